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
    "open_files",
    "read_files",
    "read_opened",
]


def read_files(files, context, watch=None):
    """One FileReading for each (name, bytes) of `files`: `open_files` and `read_opened` in one."""
    from cadence.sheets.reader import read_files as read

    return read(files, context, watch)


def open_files(files, answers=None, watch=None):
    """One opened workbook, or the message that refuses it, for each (name, bytes); `answers` may name encodings of text files."""
    from cadence.sheets.reader import open_files as open_

    return open_(files, answers or {}, watch)


def read_opened(files, opened, context, watch=None):
    """One FileReading for each of `files`, which `open_files` has opened; for reading again with other answers."""
    from cadence.sheets.reader import read_opened as read

    return read(files, opened, context, watch)
