"""Spreadsheets as offices keep them in; checked records, problems and questions out. Nothing is guessed, nothing is lost.

The flow, one module each: `cells` (open) → `tables` (header, rows) → `recognise` and `wide` (kind, columns) → `values` (cells)
→ `rows` and `checks` (records) → `reading` (what comes out). `reader` goes through it sheet by sheet.
"""

from cadence.sheets.reading import IGNORE, Context, FileReading, Layout, Problem, Question, Rows, SheetReading, Skipped, as_json

__all__ = [
    "IGNORE",
    "Context",
    "FileReading",
    "Layout",
    "Problem",
    "Question",
    "Rows",
    "SheetReading",
    "Skipped",
    "as_json",
    "read_files",
]


def read_files(files, context):
    """One FileReading for each (name, bytes) of `files`; see `cadence.sheets.reader.read_files`."""
    from cadence.sheets.reader import read_files as read

    return read(files, context)
