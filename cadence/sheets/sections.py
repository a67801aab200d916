"""Headings inside a table (“二、支部党员大会”, “第一党支部”, “3月”): a table in, one for each heading that says something out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from cadence.sheets.headers import filled
from cadence.sheets.skips import NOTE
from cadence.sheets.stated import UNIT_TAIL, span_in
from cadence.sheets.vocabulary import activity_types, plain, tidy

if TYPE_CHECKING:
    from cadence.sheets.grid import Grid
    from cadence.sheets.tables import Table

ORDINAL = re.compile(r"^[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）]?[、.．:：]")
LONGEST = 30


def text_of(row: Sequence[Any]) -> str | None:
    """The heading that a row of one cell is, if it names a kind of activity, a unit or a period."""
    cells = [row[index] for index in filled(row)]
    if len(cells) != 1 or not isinstance(cells[0], str) or len(tidy(cells[0])) > LONGEST or NOTE.match(tidy(cells[0])):
        return None
    text = without_ordinal(cells[0])
    named = any(name in plain(text) for name in activity_types()) or UNIT_TAIL.search(text) or span_in(text)
    return text if named else None


def without_ordinal(text: str) -> str:
    """A heading without its “二、”."""
    return ORDINAL.sub("", tidy(text))


def heads(rows: Grid, start: int, until: int) -> bool:
    """Whether the last filled one of the rows in [start, until) is a heading."""
    last = next((index for index in range(until - 1, start - 1, -1) if filled(rows[index])), None)
    return last is not None and text_of(rows[last]) is not None


def above(rows: Sequence[Sequence[Any]], before: Sequence[str]) -> list[str]:
    """The texts above a header; below a mere heading the titles of the first table still hold."""
    own = [cell.strip() for row in rows for cell in row if isinstance(cell, str)]
    held = [row for row in rows if filled(row)]
    if before and len(held) <= 1 and (not held or text_of(held[0])):
        return [*map(without_ordinal, own), *before]
    return own


def split(table: Table) -> list[Table]:
    """The rows above the first heading and those below each as tables of their own, the heading among their titles."""
    if not table.sections:
        return [table]
    marks = [(0, None), *table.sections]
    bounds = [*np.searchsorted(table.numbers, [row for row, _ in marks]).tolist(), len(table.numbers)]
    parts = []
    for (_, heading), start, until in zip(marks, bounds, bounds[1:], strict=False):
        if start == until:
            continue
        parts.append(
            replace(
                table,
                titles=[heading, *table.titles] if heading else table.titles,
                numbers=table.numbers[start:until],
                columns=[cells.take(slice(start, until)) for cells in table.columns],
                skipped=[] if parts else table.skipped,
                filled={} if parts else table.filled,
                sections=[],
            )
        )
    return parts or [table]
