"""Sheets in, tables out: titles above, header, data columns with the spreadsheet's own row numbers, and the rows passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cadence.sheets import headers as header_rows
from cadence.sheets import limits, personal
from cadence.sheets.cells import Sheet
from cadence.sheets.headers import Header, filled
from cadence.sheets.reading import Skipped
from cadence.sheets.skips import SAMPLE_ROWS, masked, reason_to_skip
from cadence.sheets.vocabulary import plain
from cadence.words import Message

DITTO = {"同上", "〃", '"', "″", "”", "..", "同前"}
LEAST_KNOWN = 3


@dataclass
class Table:
    """One table: `columns[i]` are the cells below `headers[i]`, `numbers` the spreadsheet's own rows (from 1)."""

    titles: list[str]
    header_rows: list[int]
    headers: list[Header]
    numbers: list[int] = field(default_factory=list)
    columns: list[list[Any]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    filled: dict[int, int] = field(default_factory=dict)
    merges_known: bool = True

    def column(self, header: Header) -> list[Any]:
        """The cells below a header."""
        return next(cells for own, cells in zip(self.headers, self.columns, strict=True) if own.index == header.index)


def tables(sheet: Sheet) -> list[Table]:
    """The tables of a sheet from top to bottom, side-by-side ones apart; none if there is no header."""
    found: list[Table] = []
    start = 0
    while (block := header_rows.find(sheet.rows, start)) is not None:
        until = next_header(sheet.rows, block)
        found += table(sheet, start, block, until)
        if until >= len(sheet.rows) or len(found) > limits.MAX_TABLES:
            break
        start = until
    return found


def next_header(rows: Sequence[Sequence[Any]], block: tuple[int, int]) -> int:
    """Index at which a further table begins (its title included), or the number of rows."""
    first, last = block
    own = {plain(str(cell)) for row in rows[first : last + 1] for cell in row if cell is not None}
    for index in range(last + 2, len(rows)):
        row = rows[index]
        head = next((cell for cell in row if cell is not None), None)
        if not isinstance(head, str) or plain(head) not in header_rows.words() or not header_rows.label_row(row):
            continue
        labels = [plain(row[column]) for column in filled(row) if isinstance(row[column], str)]
        new = sum(header_rows.known(label) == 1.0 for label in labels)
        if new >= LEAST_KNOWN and new >= 0.7 * len(labels) and sum(label in own for label in labels) < 0.8 * len(labels):
            while index - 1 > last and len(filled(rows[index - 1])) <= 1:
                index -= 1
            return index
    return len(rows)


def table(sheet: Sheet, start: int, block: tuple[int, int], until: int) -> list[Table]:
    """The table (or side-by-side tables) with this header block."""
    first, last = block
    merged = [
        (top - sheet.row, left - sheet.column, bottom - sheet.row, right - sheet.column)
        for top, left, bottom, right in sheet.merged
    ]
    while last + 1 < until and not filled(sheet.rows[last + 1]) and any(top <= last < bottom for top, _, bottom, _ in merged):
        last += 1
    head = [(top - first, left, bottom - first, right) for top, left, bottom, right in merged if first <= top <= last]
    found = personal.unnamed(header_rows.read(sheet.rows[first : last + 1], head, sheet.column))
    titles = [cell.strip()[: header_rows.SHOWN] for row in sheet.rows[start:first] for cell in row if isinstance(cell, str)]
    whole = Table(titles, [sheet.row + index + 1 for index in range(first, last + 1)], found, merges_known=sheet.merges_known)
    return [body(whole, part, sheet, last + 1, until, merged) for part in side_by_side(found)]


def side_by_side(found: Sequence[Header]) -> list[list[Header]]:
    """The columns as one list, or as several when the same headers stand side by side."""
    named = [header for header in found if header.text]
    texts = [header.text for header in named]
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
    high = max([high, *(len(row) for row in sheet.rows[start:until])]) if alone else high
    headers = part + [Header(index, header_rows.letter(sheet.column + index), "", "") for index in range(part[-1].index + 1, high)]
    rows = [list(row[:high]) + [None] * (high - len(row)) for row in sheet.rows[start:until]]
    if not alone:
        rows = [[None] * low + row[low:high] for row in rows]
    while rows and not filled(rows[-1]):
        rows.pop()
    result = Table(whole.titles, whole.header_rows, headers, merges_known=whole.merges_known)
    reason = reason_to_skip(headers)
    place_of = (lambda place: place + SAMPLE_ROWS) if masked(rows) else (lambda place: place)
    reasons = [reason(row, place_of(place)) for place, row in enumerate(rows)]
    continued = fill_down(rows, [span for span in merged if start <= span[0] < until], start, reasons, result.filled)
    for place in range(len(rows)):
        why = reasons[place] or (Message("合并单元格的续行") if place in continued else None)
        if why:
            result.skipped.append(Skipped(sheet.row + start + place + 1, why))
    kept = [place for place, row in enumerate(rows) if not reasons[place] and place not in continued]
    result.numbers = [sheet.row + start + place + 1 for place in kept]
    result.columns = [[rows[place][header.index] for place in kept] for header in headers]
    fill_ditto(result)
    used = [place for place, header in enumerate(headers) if header.text or any(cell is not None for cell in result.columns[place])]
    result.headers, result.columns = [headers[place] for place in used], [result.columns[place] for place in used]
    return result


def fill_down(
    rows: list[list[Any]],
    spans: Sequence[tuple[int, int, int, int]],
    start: int,
    reasons: list[Message | None],
    counts: dict[int, int],
) -> set[int]:
    """Repeat the value of cells merged downwards; returns the rows that held nothing of their own."""
    empty_before = {place for place, row in enumerate(rows) if not filled(row)}
    touched: set[int] = set()
    for top, left, bottom, _ in spans:
        if bottom == top or left >= len(rows[0] if rows else []):
            continue
        value = rows[top - start][left] if top - start < len(rows) else None
        if value is None or reasons[top - start]:
            continue
        for place in range(top - start + 1, min(bottom - start + 1, len(rows))):
            rows[place][left] = value
            touched.add(place)
            counts[left] = counts.get(left, 0) + 1
    for place in touched & empty_before:
        reasons[place] = None
    return touched & empty_before


def fill_ditto(table: Table) -> None:
    """“同上” is the cell above."""
    for index, cells in enumerate(table.columns):
        if not any(type(cell) is str and cell.strip() in DITTO for cell in cells):
            continue
        for place in range(1, len(cells)):
            if type(cells[place]) is str and cells[place].strip() in DITTO:
                cells[place] = cells[place - 1]
                table.filled[table.headers[index].index] = table.filled.get(table.headers[index].index, 0) + 1
