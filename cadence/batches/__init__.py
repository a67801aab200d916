"""Readings of spreadsheets in; batches in the store, which can be compared, committed, taken back and looked at as of, out."""

from cadence.batches.commit import Receipt, commit, insert, preview, summary
from cadence.batches.differences import CLASHES, SCOPES, Choice, Counts, Difference
from cadence.batches.example import clear_sample, has_sample, import_sample, wants_sample
from cadence.batches.history import BatchError, history, problems, redo, undo, undoings
from cadence.batches.known import context, known_units, read, salt
from cadence.batches.past import as_of

__all__ = [
    "CLASHES",
    "SCOPES",
    "BatchError",
    "Choice",
    "Counts",
    "Difference",
    "Receipt",
    "as_of",
    "clear_sample",
    "commit",
    "context",
    "has_sample",
    "history",
    "import_sample",
    "insert",
    "known_units",
    "preview",
    "problems",
    "read",
    "redo",
    "salt",
    "summary",
    "undo",
    "undoings",
    "wants_sample",
]
