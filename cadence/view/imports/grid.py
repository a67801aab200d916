"""A sheet and its reading in; its first rows as an HTML table in the original layout, marked with what was made of them, out."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from cadence.sheets import SheetReading
from cadence.sheets.cells import Sheet
from cadence.sheets.contracts import contracts
from cadence.sheets.headers import letter
from cadence.sheets.personal import by_values
from cadence.sheets.values import text_of
from cadence.words import say

MOST_ROWS = 24
MOST_COLUMNS = 40
MOST_SIGNS = 60
VEIL = "•••"


def grid(sheet: Sheet, reading: SheetReading) -> str:
    """The table, every text escaped, personal columns and names veiled. Rows beyond the first are left out and counted."""
    height = min(len(sheet.rows), MOST_ROWS)
    width = min(max((len(row) for row in sheet.rows[:height]), default=0), MOST_COLUMNS)
    head = "".join(_head(sheet, reading, column) for column in range(width))
    body = "".join(_row(sheet, reading, row, width) for row in range(height))
    rest = len(sheet.rows) - height
    more = f"<tfoot><tr><td colspan={width + 1}>{escape(say('… 还有 {n} 行', n=rest))}</td></tr></tfoot>" if rest else ""
    return f'<div class="cadence-grid"><table><thead><tr><th></th>{head}</tr></thead><tbody>{body}</tbody>{more}</table></div>'


def _head(sheet: Sheet, reading: SheetReading, column: int) -> str:
    """A column's letter, and the field that it is read as."""
    name = letter(sheet.column + column)
    header = reading.headers.get(name)
    fields = contracts()[reading.kind].fields if reading.kind else {}
    titles = [say(fields[field].title) for field, text in reading.columns.items() if text == header and field in fields]
    tag = f"<b>{escape(titles[0])}</b>" if titles else ""
    return f"<th>{name}{tag}</th>"


def _row(sheet: Sheet, reading: SheetReading, row: int, width: int) -> str:
    number = sheet.row + row + 1
    skipped = next((str(skipped.reason) for skipped in reading.skipped if skipped.row == number), "")
    wrong = {problem.column for problem in reading.rejected if problem.row == number}
    kind = "title"
    if number in reading.header_rows:
        kind = "header"
    elif skipped:
        kind = "skipped"
    elif wrong:
        kind = "wrong"
    elif not reading.header_rows or number > max(reading.header_rows):
        kind = ""
    cells = "".join(_cells(sheet, reading, row, width))
    return f'<tr class="{kind}" title="{escape(skipped)}"><th>{number}</th>{cells}</tr>'


def _cells(sheet: Sheet, reading: SheetReading, row: int, width: int) -> Iterator[str]:
    """The cells of a row; a merged range is one cell, drawn where it begins."""
    marks = {
        problem.column: problem
        for problem in [*reading.corrected, *reading.warnings, *reading.rejected]
        if problem.row == sheet.row + row + 1
    }
    for column in range(width):
        span = _span(sheet, row, column, width)
        if span is None:
            continue
        name = letter(sheet.column + column)
        mark = marks.get(name)
        attributes = f' class="{mark.severity}" title="{escape(str(mark.reason))}"' if mark else ""
        yield f"<td{span}{attributes}>{escape(_text(sheet, reading, row, column))}</td>"


def _span(sheet: Sheet, row: int, column: int, width: int) -> str | None:
    """The attributes of a cell that begins a merged range, nothing for a single cell, None for one that a range covers."""
    for top, left, bottom, right in sheet.merged:
        top, left, bottom, right = top - sheet.row, left - sheet.column, bottom - sheet.row, right - sheet.column
        if top <= row <= bottom and left <= column <= right:
            if (row, column) != (max(top, 0), max(left, 0)):
                return None
            down, across = min(bottom, MOST_ROWS - 1) - row + 1, min(right, width - 1) - column + 1
            return f" rowspan={down} colspan={across}"
    return ""


def _text(sheet: Sheet, reading: SheetReading, row: int, column: int) -> str:
    line = sheet.rows[row]
    cell = line[column] if column < len(line) else None
    if cell is None:
        return ""
    name = letter(sheet.column + column)
    below = not reading.header_rows or sheet.row + row + 1 > max(reading.header_rows)
    if below and (name in reading.private or (name not in reading.headers and by_values(_column(sheet, column)))):
        return VEIL
    text = " ".join(text_of(cell).split())
    return text if len(text) <= MOST_SIGNS else f"{text[: MOST_SIGNS - 1]}…"


def _column(sheet: Sheet, column: int) -> list:
    return sheet.rows.columns[column][:200]
