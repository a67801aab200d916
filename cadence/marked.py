"""A reading and the workbook that was read in; the same cells again as .xlsx with the problems marked in place out.

Each sheet keeps its name, its cells their places, and merged cells stay merged. A cell with a problem is filled and carries a
note; the column 导入问题 at the right lists each row's problems in words, and the importer passes it over, so that the file can be
corrected and handed in again. Lost are fonts, colours, widths, pictures and drop-downs; formulas become their values. What the
importer does not read because it is personal is not written either.
"""

from __future__ import annotations

import io
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol

from cadence.sheets import forms, matching, personal
from cadence.sheets.cells import Sheet, Workbook
from cadence.sheets.reading import FileReading, Problem, SheetReading
from cadence.sheets.tables import OF_TEXT, PROBLEMS, tables, unmarked
from cadence.templates.blank import shown
from cadence.words import say

SUFFIX = "_问题标注"
FILLS = {"warning": {"bg_color": "#FFEBAF"}, "error": {"bg_color": "#FFB74D", "bold": True}}
MOST_NOTES = 2000
"""Beyond these, problems are filled and listed only: spreadsheet programs grow slow with more notes."""
MOST_COLUMNS = 16384
LONGEST_NAME = 31


def name(file: str) -> str:
    """台账.xls → 台账_问题标注.xlsx; a file that is marked already keeps its name."""
    stem = PurePath(file).stem
    return f"{stem.removesuffix(SUFFIX)}{SUFFIX}.xlsx"


def workbook(reading: FileReading, opened: Workbook) -> bytes:
    """The workbook with the problems of its reading; sheets without any only lose what the module says."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    looks, left, used = Looks(book), [MOST_NOTES], set()
    for sheet, read in zip(map(unmarked, opened.sheets), reading.sheets, strict=True):
        page = book.add_worksheet(free_name(sheet.name, used))
        write(page, sheet, marks_of(sheet, read), looks, left)
    seen = [page for page, sheet in zip(book.worksheets(), opened.sheets, strict=False) if not sheet.hidden]
    for page in book.worksheets() if seen else ():
        if page not in seen:
            page.hide()
    if seen:
        seen[0].activate()
    book.close()
    return target.getvalue()


class Looks:
    """Formats of a workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook):
        self.book, self.made = book, {}

    def of(self, **look: Any) -> Any:
        """The format with these properties; None without any."""
        key = tuple(sorted(look.items()))
        if look and key not in self.made:
            self.made[key] = self.book.add_format(look)
        return self.made.get(key)


@dataclass
class Marks:
    """What is put on a sheet, places counted from A1: problems by cell and by row, the column for them, what is not written."""

    cells: dict[tuple[int, int], list[Problem]] = field(default_factory=dict)
    rows: dict[int, list[Problem]] = field(default_factory=dict)
    column: int | None = None
    head: range = range(0)
    masked: list[tuple[int, int, int]] = field(default_factory=list)


def marks_of(sheet: Sheet, read: SheetReading) -> Marks:
    """Where the problems of a sheet stand; nothing but masks for a sheet without any."""
    marks = Marks(masked=list(masks(sheet, read)))
    problems = [*read.rejected, *read.warnings]
    if not problems:
        return marks
    last = block_end(read.header_rows)
    marks.head = range(read.header_rows[0] - 1, last) if read.header_rows else range(sheet.row, sheet.row + 1)
    below = [right for _, _, bottom, right in sheet.merged if bottom >= last]
    column = max([sheet.column + max(map(filled_width, sheet.rows), default=0), *(right + 1 for right in below)])
    marks.column = column if column < MOST_COLUMNS else None
    top_left = Merged(sheet.merged)
    for problem in problems:
        if problem.row is not None:
            marks.rows.setdefault(problem.row - 1, []).append(problem)
        if problem.column:
            place = xl_cell_to_rowcol(f"{problem.column}{problem.row or max(last, 1)}")
            marks.cells.setdefault(top_left.of(*place), []).append(problem)
    return marks


def filled_width(row: Sequence[Any]) -> int:
    """How many cells a row has up to its last filled one."""
    return next((place + 1 for place in range(len(row) - 1, -1, -1) if row[place] is not None), 0)


def block_end(rows: Sequence[int]) -> int:
    """The last of the header rows that follow each other, from 1; 0 without any."""
    last = rows[0] if rows else 0
    while last + 1 in rows:
        last += 1
    return last


def masks(sheet: Sheet, read: SheetReading) -> Iterator[tuple[int, int, int]]:
    """(column, first row, row behind the last) of each run of cells that the importer does not read because they are personal.

    A column of names that a question is open about is left alone: the answer may be that it is read.
    """
    kept = set(read.columns.values()) | {question.id.removeprefix("column:") for question in read.questions}
    if read.kind == forms.KIND and not read.header_rows:
        for row, column in forms.personal_cells(sheet.rows, kept):
            yield sheet.column + column, sheet.row + row, sheet.row + row + 1
        return
    found = tables(sheet)
    for place, table in enumerate(found):
        after = [other.header_rows[0] - 1 for other in found[place + 1 :] if other.header_rows[0] > table.header_rows[-1]]
        names = [header for header in table.headers if personal.names_people(header.text, table.column(header))]
        dropped = matching.columns_of(table)[1] + [header for header in names if header.text not in kept]
        for header in dropped:
            yield sheet.column + header.index, table.header_rows[-1], min(after, default=sheet.row + len(sheet.rows))


class Merged:
    """Merged ranges by column, to find the cell that shows what a covered one holds."""

    def __init__(self, ranges: Iterable[tuple[int, int, int, int]]):
        self.ranges, self.columns = sorted(ranges), {}

    def of(self, row: int, column: int) -> tuple[int, int]:
        """The top left cell of the range that covers a cell, or the cell itself."""
        if column not in self.columns:
            self.columns[column] = [span for span in self.ranges if span[1] <= column <= span[3]]
        spans = self.columns[column]
        place = bisect_right(spans, (row, MOST_COLUMNS)) - 1
        return spans[place][:2] if place >= 0 and row <= spans[place][2] else (row, column)


def write(page: Any, sheet: Sheet, marks: Marks, looks: Looks, left: list[int]) -> None:
    """One sheet, row by row; `left` is how many notes may still be written."""
    masked: dict[int, list[tuple[int, int]]] = {}
    for column, first, until in marks.masked:
        masked.setdefault(column, []).append((first, until))
    missing: dict[int, list[int]] = {}
    for row, column in marks.cells:
        missing.setdefault(row, []).append(column)
    widths: dict[int, int] = {}
    for number, cells in enumerate(sheet.rows, sheet.row):
        there = dict.fromkeys(missing.get(number, ()))
        there |= {sheet.column + place: cell for place, cell in enumerate(cells) if cell is not None}
        for column, found in there.items():
            is_masked = found is not None and any(first <= number < until for first, until in masked.get(column, ()))
            cell = personal.MASK if is_masked else found
            problems = marks.cells.get((number, column), ())
            look = FILLS[worst(problems)] if problems else {}
            put(page, number, column, cell, look | {"bold": True} if number in marks.head else look, looks)
            if problems and left[0]:
                left[0] -= 1
                text = "\n".join(dict.fromkeys(line for problem in problems for line in lines_of(problem)))
                page.write_comment(
                    number, column, text, {"author": "Cadence", "width": 240, "height": 30 + 18 * (1 + shown(text) // 34)}
                )
            if number < sheet.row + 200:
                widths[column] = max(widths.get(column, 0), shown(cell) if not isinstance(cell, (date, time)) else 10)
        mark_row(page, number, sheet, marks, looks)
    page.merge += [list(span) for span in apart(sheet.merged)]  # merge_range() would write into rows that are closed already
    for column, width in widths.items():
        page.set_column(column, column, min(max(width + 2, 9), 36))
    if marks.column is not None:
        page.set_column(marks.column, marks.column, 60)
        page.freeze_panes(marks.head.stop, 0)


def mark_row(page: Any, number: int, sheet: Sheet, marks: Marks, looks: Looks) -> None:
    """The cell of a row in the column of problems; its header in the last header row, of a form in its first row."""
    if marks.column is None:
        return
    problems = sorted(marks.rows.get(number, ()), key=lambda problem: problem.severity)
    texts = dict.fromkeys(lines_of(problem)[0] for problem in problems)
    if number == marks.head.stop - 1:
        page.write_string(number, marks.column, PROBLEMS if sheet.merges_known else OF_TEXT, looks.of(bold=True))
        if problems:
            page.write_comment(number, marks.column, "\n".join(texts), {"author": "Cadence"})
    elif problems:
        look = looks.of(text_wrap=True, valign="top", **FILLS[worst(problems)])
        page.write_string(number, marks.column, say("；").join(texts), look)


def worst(problems: Sequence[Problem]) -> str:
    """“error” if one of the problems is one, else “warning”."""
    return "error" if any(problem.severity == "error" for problem in problems) else "warning"


def lines_of(problem: Problem) -> list[str]:
    """What is wrong, and what to do about it."""
    text = say("错误：{reason}", reason=str(problem.reason)) if problem.severity == "error" else ""
    text = text or say("警告：{reason}", reason=str(problem.reason))
    more = [say("建议：{suggestion}", suggestion=str(problem.suggestion))] if problem.suggestion else []
    return [personal.redacted(line) for line in (text, *more)]


def put(page: Any, row: int, column: int, cell: Any, look: Mapping[str, Any], looks: Looks) -> None:
    """One cell as what it is: text never as a formula, days as days; a day before 1900 is text, as spreadsheets know none."""
    if isinstance(cell, date) and cell.year < 1900:
        cell = cell.isoformat()
    if cell is None:
        page.write_blank(row, column, None, looks.of(**look))
    elif isinstance(cell, str):
        page.write_string(row, column, cell, looks.of(**look))
    elif isinstance(cell, bool):
        page.write_boolean(row, column, cell, looks.of(**look))
    elif isinstance(cell, (int, float)):
        page.write_number(row, column, cell, looks.of(**look))
    else:
        page.write_datetime(row, column, cell, looks.of(num_format=pattern(cell), **look))


def pattern(cell: date | datetime | time | timedelta) -> str:
    """The number format of a day, a moment, a time of day or a length of time."""
    if isinstance(cell, datetime):
        return "yyyy-mm-dd" if cell.time() == time(0) else "yyyy-mm-dd hh:mm:ss" if cell.second else "yyyy-mm-dd hh:mm"
    return "yyyy-mm-dd" if isinstance(cell, date) else "hh:mm:ss" if isinstance(cell, time) else "[h]:mm:ss"


def apart(ranges: Iterable[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Ranges of two or more cells that do not overlap one before: spreadsheet programs refuse a file in which some do."""
    kept: list[tuple[int, int, int, int]] = []
    for span in sorted(ranges):
        top, left, bottom, right = span
        kept = [other for other in kept if other[2] >= top]
        if (top, left) != (bottom, right) and not any(other[1] <= right and left <= other[3] for other in kept):
            kept.append(span)
            yield span


def free_name(wanted: str, used: set[str]) -> str:
    """A name that .xlsx allows (31 signs, none of []:*?/\\) and that no sheet has yet."""
    plain = re.sub(r"[\[\]:*?/\\]", "_", wanted).strip("'")[:LONGEST_NAME] or "Sheet"
    found, number = plain, 2
    while found.lower() in used:
        found, number = f"{plain[: LONGEST_NAME - 4]}_{number}", number + 1
    used.add(found.lower())
    return found
