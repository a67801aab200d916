"""Forms, with names at the left and values at the right of them: a sheet in, a table of one record for each form out.

A form is one activity on a page (会议记录: 时间 | … | 地点 | …). Its labels become the headers of an ordinary table, so that
everything else reads it like a ledger. Forms stacked in one sheet begin anew where the first label comes again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cadence.sheets.cells import Sheet
from cadence.sheets.headers import Header, filled
from cadence.sheets.matching import exact
from cadence.sheets.tables import Table
from cadence.sheets.vocabulary import plain, tidy

KIND = "activities"
INLINE = re.compile(r"^([^:：]{2,14})[:：](.*)$", re.DOTALL)
SEARCHED = 20
LEAST_LABELS = 5
LEAST_SHARE = 0.7
LONGEST_LABEL = 14


def read(sheet: Sheet) -> Table | None:
    """The forms of a sheet as a table, or None if the sheet is not made of forms."""
    top = list(pairs_of(sheet.rows[:SEARCHED]))
    if not top or not leads(sheet.rows[:SEARCHED], top):
        return None
    pairs = list(pairs_of(sheet.rows))
    labels = {plain(label) for _, label, _ in pairs}
    if len(labels) < LEAST_LABELS or not leads(sheet.rows, pairs):
        return None
    first = pairs[0][0]
    titles = [cell.strip() for row in sheet.rows[:first] for cell in row if isinstance(cell, str)]
    records = records_of(pairs)
    names: dict[str, str] = {}
    for _, values in records:
        for label in values:
            names.setdefault(plain(label), tidy(label))
    headers = [Header(place, "", name, name) for place, name in enumerate(names.values())]
    columns = [[{plain(label): cell for label, cell in values.items()}.get(name) for _, values in records] for name in names]
    return Table(titles, [], headers, [sheet.row + row + 1 for row, _ in records], columns)


def leads(rows: Sequence[Sequence[Any]], pairs: Sequence[tuple[int, str, Any]]) -> bool:
    """Whether nearly every row from the first label on begins with one: below a header they would begin with values."""
    first = pairs[0][0]
    held = [row for row in rows[first:] if filled(row)]
    begun = sum(bool(label_of(row[filled(row)[0]])) for row in held)
    return len(held) > 2 and begun >= LEAST_SHARE * len(held)


def pairs_of(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, str, Any]]:
    """(index of the row, label, value or None) of every label."""
    for index, row in enumerate(rows):
        cells = [row[column] for column in filled(row)]
        place = 0
        while place < len(cells):
            cell, label = cells[place], label_of(cells[place])
            place += 1
            if not label:
                continue
            inside = INLINE.match(cell.strip())
            if inside and inside[2].strip():
                yield index, label, inside[2].strip()
            elif place < len(cells) and not label_of(cells[place]):
                yield index, label, cells[place]
                place += 1
            else:
                yield index, label, None


def label_of(cell: Any) -> str | None:
    """The label that a cell is, or that stands before its colon; None for a value."""
    if not isinstance(cell, str):
        return None
    inside = INLINE.match(cell.strip())
    text = inside[1] if inside else cell
    return text if len(plain(text)) <= LONGEST_LABEL and exact(KIND, "", text, text) else None


def records_of(pairs: Sequence[tuple[int, str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """(index of its first row, label → value) of each form: a new one begins where the first label comes again."""
    start = plain(pairs[0][1])
    records: list[tuple[int, dict[str, Any]]] = []
    for index, label, value in pairs:
        if plain(label) == start:
            records.append((index, {}))
        records[-1][1].setdefault(label, value)
    return records
