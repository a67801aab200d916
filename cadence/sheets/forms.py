"""Forms, with names at the left and values at the right of them: a sheet in, a table of one record for each form out.

A form is one activity on a page (会议记录: 时间 | … | 地点 | …). Its labels become the headers of an ordinary table, so that
everything else reads it like a ledger. Forms stacked in one sheet begin anew where the first label comes again.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np

from cadence.sheets.cells import Sheet
from cadence.sheets.grid import Cells, Grid
from cadence.sheets.headers import Header, filled
from cadence.sheets.matching import exact
from cadence.sheets.personal import by_header, names_people
from cadence.sheets.tables import Table, unmarked
from cadence.sheets.vocabulary import plain, tidy

KIND = "activities"
INLINE = re.compile(r"^([^:：]{2,14})[:：](.*)$", re.DOTALL)
SEARCHED = 20
LEAST_LABELS = 5
LEAST_SHARE = 0.7
LONGEST_LABEL = 14


def read(sheet: Sheet) -> Table | None:
    """The forms of a sheet as a table, or None if the sheet is not made of forms."""
    sheet = unmarked(sheet)
    if not begins_with_labels(sheet.rows):
        return None
    pairs = list(pairs_of(sheet.rows))
    first = pairs[0].row
    if len({plain(pair.label) for pair in pairs}) < LEAST_LABELS or not leads(sheet.rows, sheet.rows.begun(label_of), first):
        return None
    titles = [cell.strip() for row in sheet.rows[:first] for cell in row if isinstance(cell, str)]
    records = records_of(pairs)
    names: dict[str, str] = {}
    for pair in pairs:
        names.setdefault(plain(pair.label), tidy(pair.label))
    headers = [Header(place, "", name, name) for place, name in enumerate(names.values())]
    columns = [Cells.of([values.get(name) for _, values in records]) for name in names]
    return Table(titles, [], headers, [sheet.row + row + 1 for row, _ in records], columns)


def begins_with_labels(rows: Grid) -> bool:
    """Whether the first rows may be those of a form; a glance that spares long ledgers the rest."""
    glance = Grid([column.take(slice(SEARCHED)) for column in rows.columns], min(SEARCHED, len(rows)))
    begun = glance.begun(label_of)
    return bool(begun.any()) and leads(glance, begun, int(np.argmax(begun)))


def leads(rows: Grid, begun: np.ndarray, first: int) -> bool:
    """Whether nearly every row from the first label on begins with one: below a header they would begin with values."""
    held = int((rows.filled[first:] > 0).sum())
    return held > 2 and int(begun[first:].sum()) >= LEAST_SHARE * held


@dataclass(frozen=True)
class Pair:
    """A label and what stands beside or behind it, None for nothing; `row` and `column` (of the value) are places in the sheet."""

    row: int
    column: int
    label: str
    value: Any


def pairs_of(rows: Grid) -> Iterator[Pair]:
    """Every label with its value, from the top."""
    for index, row in enumerate(rows):
        columns = filled(row)
        place = 0
        while place < len(columns):
            column = columns[place]
            cell, label = row[column], label_of(row[column])
            place += 1
            if not label:
                continue
            inside = INLINE.match(cell.strip())
            if inside and inside[2].strip():
                yield Pair(index, column, label, inside[2].strip())
            elif place < len(columns) and not label_of(row[columns[place]]):
                yield Pair(index, columns[place], label, row[columns[place]])
                place += 1
            else:
                yield Pair(index, column, label, None)


def personal_cells(rows: Grid, read: Collection[str]) -> Iterator[tuple[int, int]]:
    """(row, column) of what stands beside or behind a name of personal data, but for those that were read."""
    for index, row in enumerate(rows):
        columns = filled(row)
        for column, after in zip_longest(columns, columns[1:]):
            inside = INLINE.match(row[column].strip()) if isinstance(row[column], str) else None
            name = tidy(inside[1] if inside else row[column]) if isinstance(row[column], str) else ""
            if len(name) > LONGEST_LABEL or not (by_header(name) or (names_people(name) and name not in read)):
                continue
            if inside and inside[2].strip():
                yield index, column
            elif after is not None and not label_of(row[after]):
                yield index, after


def label_of(cell: Any) -> str | None:
    """The label that a cell is, or that stands before its colon; None for a value."""
    if not isinstance(cell, str):
        return None
    inside = INLINE.match(cell.strip())
    text = inside[1] if inside else cell
    return text if len(plain(text)) <= LONGEST_LABEL and exact(KIND, "", text, text) else None


def records_of(pairs: Sequence[Pair]) -> list[tuple[int, dict[str, Any]]]:
    """(index of its first row, plain label → value) of each form: a new one begins where the first label comes again."""
    start = plain(pairs[0].label)
    records: list[tuple[int, dict[str, Any]]] = []
    for pair in pairs:
        if plain(pair.label) == start:
            records.append((pair.row, {}))
        records[-1][1].setdefault(plain(pair.label), pair.value)
    return records
