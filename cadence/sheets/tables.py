"""Sheets in, tables out: titles above, header, data columns with the spreadsheet's own row numbers, and the rows passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cadence.sheets import headers as header_rows
from cadence.sheets import limits, personal, sections, splits
from cadence.sheets.cells import Sheet
from cadence.sheets.grid import Cells, Grid
from cadence.sheets.headers import Header, filled
from cadence.sheets.reading import Skipped
from cadence.sheets.skips import SAMPLE_ROWS, doubtful, lonely, masked, reason_to_skip
from cadence.sheets.vocabulary import plain
from cadence.words import Message

DITTO = {"同上", "〃", '"', "″", "”", "..", "同前"}
LEAST_KNOWN = 3
PROBLEMS, OF_TEXT = "导入问题", "导入问题（文本表）"
"""Headers of the column that `cadence.marked` adds to a workbook; the latter where it came from a text file."""


@dataclass
class Table:
    """One table: `columns[i]` are the cells below `headers[i]`, `numbers` the spreadsheet's own rows (from 1).

    `sections` are (row, text) of the rows that head those below them.
    """

    titles: list[str]
    header_rows: list[int]
    headers: list[Header]
    numbers: list[int] = field(default_factory=list)
    columns: list[Cells] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    filled: dict[int, int] = field(default_factory=dict)
    merges_known: bool = True
    sections: list[tuple[int, str]] = field(default_factory=list)

    def column(self, header: Header) -> Cells:
        """The cells below a header."""
        return next(cells for own, cells in zip(self.headers, self.columns, strict=True) if own.index == header.index)


def tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet from top to bottom, side-by-side ones apart; none if there is no header."""
    sheet = unmarked(sheet)
    found: list[Table] = []
    start = 0
    while (block := header_rows.find(sheet.rows, start)) is not None:
        until = next_header(sheet.rows, block)
        above = [
            text[: header_rows.SHOWN] for text in sections.above(sheet.rows[start : block[0]], found[0].titles if found else [])
        ]
        found += [part for whole in table(sheet, start, block, until, above) for part in sections.split(whole)]
        if until >= len(sheet.rows) or len(found) > limits.MAX_TABLES:
            break
        start = until
    return found


def unmarked(sheet: Sheet) -> Sheet:
    """The sheet without the column of problems that was added to it."""
    for row in sheet.rows[: header_rows.SEARCHED]:
        last = max(filled(row), default=-1)
        if last >= 0 and row[last] in (PROBLEMS, OF_TEXT):
            known = sheet.merges_known and row[last] == PROBLEMS
            return replace(sheet, rows=Grid(sheet.rows.columns[:last], len(sheet.rows)), merges_known=known)
    return sheet


def next_header(rows: Grid, block: tuple[int, int]) -> int:
    """Index at which a further table begins (its title included), or the number of rows."""
    first, last = block
    own = {plain(str(cell)) for row in rows[first : last + 1] for cell in row if cell is not None}
    begun = rows.begun(lambda cell: isinstance(cell, str) and plain(cell) in header_rows.words())
    for index in np.nonzero(begun)[0].tolist():
        if index < last + 2 or not header_rows.label_row(row := rows[index]):
            continue
        labels = [plain(row[column]) for column in filled(row) if isinstance(row[column], str)]
        new = sum(header_rows.known(label) == 1.0 for label in labels)
        same = sum(label in own for label in labels) >= 0.8 * len(labels)
        if new >= LEAST_KNOWN and new >= 0.7 * len(labels) and (not same or sections.heads(rows, last + 1, index)):
            while index - 1 > last and len(filled(rows[index - 1])) <= 1:
                index -= 1
            return index
    return len(rows)


def table(sheet: Sheet, start: int, block: tuple[int, int], until: int, titles: list[str]) -> list[Table]:
    """The table (or side-by-side tables) with this header block, below these titles."""
    first, last = block
    merged = [
        (top - sheet.row, left - sheet.column, bottom - sheet.row, right - sheet.column)
        for top, left, bottom, right in sheet.merged
    ]
    while last + 1 < until and not filled(sheet.rows[last + 1]) and any(top <= last < bottom for top, _, bottom, _ in merged):
        last += 1
    head = [(top - first, left, bottom - first, right) for top, left, bottom, right in merged if first <= top <= last]
    found = personal.unnamed(header_rows.read(sheet.rows[first : last + 1], head, sheet.column))
    whole = Table(titles, [sheet.row + index + 1 for index in range(first, last + 1)], found, merges_known=sheet.merges_known)
    return [body(whole, part, sheet, last + 1, until, merged) for part in side_by_side(found)]


def side_by_side(found: Sequence[Header]) -> list[list[Header]]:
    """The columns as one list, or as several when the same headers stand side by side."""
    named = [header for header in found if header.text]
    texts = [header.own if header.parents else header.text for header in named]
    for size in range(2, len(texts) // 2 + 1):
        if (
            len(texts) % size == 0
            and len(set(texts[:size])) == size
            and all(texts[at : at + size] == texts[:size] for at in range(0, len(texts), size))
        ):
            return [named[at : at + size] for at in range(0, len(named), size)]
    return [list(found)]


def body(
    whole: Table, part: list[Header], sheet: Sheet, start: int, until: int, merged: Sequence[tuple[int, int, int, int]]
) -> Table:
    """The data rows below a header: merged cells filled down, rows that are no records passed over."""
    low, high = part[0].index, part[-1].index + 1
    alone = len(part) == len(whole.headers)
    high = max(high, len(sheet.rows.columns)) if alone else high
    headers = part + [Header(index, header_rows.letter(sheet.column + index), "", "") for index in range(part[-1].index + 1, high)]
    rows = below(sheet.rows, start, until, 0 if alone else low, high)
    result = Table(whole.titles, whole.header_rows, headers, merges_known=whole.merges_known)
    reason = reason_to_skip(headers)
    place_of = (lambda place: place + SAMPLE_ROWS) if masked(rows[: SAMPLE_ROWS + 50]) else (lambda place: place)
    looked_at = {place: reason(rows[place], place_of(place)) for place in doubtful(headers, rows.columns)}
    reasons = {place: why for place, why in looked_at.items() if why}
    continued = fill_down(rows, [span for span in merged if start <= span[0] < until], start, reasons, result.filled)
    lonely_text = lonely("").text
    result.sections = [
        (sheet.row + start + place + 1, text)
        for place in sorted(reasons)
        if reasons[place].text == lonely_text and (text := sections.text_of(rows[place]))
    ]
    reasons |= {place: Message("合并单元格的续行") for place in continued}
    result.skipped += [Skipped(sheet.row + start + place + 1, reasons[place]) for place in sorted(reasons)]
    kept = np.delete(np.arange(len(rows)), list(reasons))
    result.numbers = (sheet.row + start + 1 + kept).tolist()
    result.columns = [rows.columns[header.index].take(kept) for header in headers]
    fill_ditto(result)
    used = [place for place, header in enumerate(headers) if header.text or result.columns[place].filled.any()]
    result.headers, result.columns = [headers[place] for place in used], [result.columns[place] for place in used]
    splits.join(result)
    splits.fall_back(result)
    splits.take_apart(result)
    return result


def below(rows: Grid, start: int, until: int, low: int, high: int) -> Grid:
    """The rows from `start` to the last filled one before `until`; columns left of `low` and from `high` on are empty."""
    span = slice(start, until)
    cells = [
        column.take(span) if low <= index < high else Cells.constant(None, until - start)
        for index, column in enumerate(rows.columns)
    ][:high]
    cells += [Cells.constant(None, until - start) for _ in range(high - len(cells))]
    filled_rows = np.nonzero(Grid(cells, until - start).filled)[0]
    height = int(filled_rows[-1]) + 1 if filled_rows.size else 0
    return Grid([column.take(slice(height)) for column in cells], height)


def fill_down(
    rows: Grid, spans: Sequence[tuple[int, int, int, int]], start: int, reasons: dict[int, Message], counts: dict[int, int]
) -> set[int]:
    """Repeat the value of cells merged downwards; returns the rows that held nothing of their own."""
    empty_before = rows.filled == 0
    touched: set[int] = set()
    for top, left, bottom, _ in spans:
        if bottom == top or left >= len(rows.columns) or top - start >= len(rows) or top - start in reasons:
            continue
        codes = rows.columns[left].codes
        if not codes[top - start]:
            continue
        end = min(bottom - start + 1, len(rows))
        codes = codes.copy()
        codes[top - start + 1 : end] = codes[top - start]
        rows.columns[left] = Cells(rows.columns[left].distinct, codes)
        touched.update(range(top - start + 1, end))
        counts[left] = counts.get(left, 0) + end - (top - start + 1)
    continued = {place for place in touched if empty_before[place]}
    for place in continued:
        reasons.pop(place, None)
    return continued


def fill_ditto(table: Table) -> None:
    """“同上” is the cell above."""
    for index, cells in enumerate(table.columns):
        ditto = cells.where(lambda cell: type(cell) is str and cell.strip() in DITTO)
        ditto[:1] = False
        if ditto.any():
            above = np.maximum.accumulate(np.where(ditto, 0, np.arange(len(cells))))
            table.columns[index] = cells.take(above)
            where = table.headers[index].index
            table.filled[where] = table.filled.get(where, 0) + int(ditto.sum())
