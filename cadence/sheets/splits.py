"""Dates and periods spread over columns (年 | 月 | 日, 年度 | 季度, 原定 | 调整后): a table in, one column of each out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from cadence.sheets.grid import Cells
from cadence.sheets.headers import Header
from cadence.sheets.values import NULLS
from cadence.sheets.vocabulary import plain, tidy

if TYPE_CHECKING:
    from cadence.sheets.tables import Table

PLACES = {
    "year": re.compile(r"年|年份|年度"),
    "month": re.compile(r"月|月份"),
    "day": re.compile(r"日|日期|号"),
    "quarter": re.compile(r"季|季度"),
}
SHAPES = (("year", "month", "day"), ("month", "day"), ("year", "month"), ("year", "quarter"))
WRITTEN = {
    "year": re.compile(r"((?:19|20)\d\d)年?度?"),
    "month": re.compile(r"(\d{1,2})月?份?"),
    "day": re.compile(r"(\d{1,2})[日号]?"),
    "quarter": re.compile(r"(.{1,5})"),
}
BEFORE = re.compile(r"(?:原|原定|原计划|调整前|变更前)(?:的)?(?:计划)?(?:日期|时间|月份)")
AFTER = re.compile(r"(?:调整后|变更后|现定|现计划)(?:的)?(?:计划)?(?:日期|时间|月份)")
COUNTED = re.compile(r"^(?:应|实)(?:到|出席|参加|参会|到会)")
TWO = re.compile(r"(\d{1,5})人?[/、／](\d{1,5})人?")
BEYOND = 20_000  # past every column of a sheet: the second half of one has a place of its own
SIGNS = {"year": "年", "month": "月", "day": "日", "quarter": ""}


def join(table: Table) -> None:
    """Put neighbouring columns of one date or quarter together, where their cells are the parts of one."""
    for at in range(len(table.headers) - 1):
        for shape in SHAPES:
            group = table.headers[at : at + len(shape)]
            if len(group) == len(shape) and all(map(holds, shape, group, table.columns[at : at + len(shape)])):
                put_together(table, at, shape)
                return


def fall_back(table: Table) -> None:
    """A plan that was not moved keeps its first date: blank cells of “调整后时间” are those of “原定时间”."""
    first = next((place for place, header in enumerate(table.headers) if BEFORE.fullmatch(plain(header.own))), None)
    later = next((place for place, header in enumerate(table.headers) if AFTER.fullmatch(plain(header.own))), None)
    if first is not None and later is not None:
        blank = table.columns[later].where(lambda new: new is None or text(new) in NULLS)
        table.columns[later] = table.columns[later].instead(blank, table.columns[first])


def take_apart(table: Table) -> None:
    """“应到/实到” above “20/18” are two columns, where every cell holds as many numbers as the header has names."""
    for at, header in enumerate(table.headers):
        names = [name for name in re.split(r"[/、]", tidy(header.own)) if name]
        if len(names) == 2 and all(COUNTED.search(name) for name in names):
            cells = table.columns[at]
            found = {cell: TWO.fullmatch(text(cell)) for cell in cells.distinct[1:]}
            if found and all(found.values()):
                twice = [Header(header.index + place * BEYOND, header.letter, name, name) for place, name in enumerate(names)]
                table.headers[at : at + 1] = twice
                numbers = [{cell: int(two[place]) for cell, two in found.items()} for place in (1, 2)]
                table.columns[at : at + 1] = [cells.map(of.get) for of in numbers]
                return


def holds(part: str, header: Header, cells: Cells) -> bool:
    """Whether a column is this part of a date: by its header, and by every cell in it."""
    return bool(PLACES[part].fullmatch(plain(header.own))) and all(
        WRITTEN[part].fullmatch(text(cell)) for cell in cells.distinct[1:]
    )


def text(cell: Any) -> str:
    """A cell without blanks; 3.0 is 3."""
    return f"{cell:.0f}" if isinstance(cell, float) and cell.is_integer() else tidy(str(cell))


def put_together(table: Table, at: int, shape: Sequence[str]) -> None:
    """Replace the columns from `at` by one whose cells say the whole; a part that is missing at the end is left unsaid."""
    size = len(shape)
    group, columns = table.headers[at : at + size], table.columns[at : at + size]
    own = "".join(header.own for header in group)
    together, codes = np.unique(np.stack([column.codes for column in columns], axis=1), axis=0, return_inverse=True)
    rows = [[column.distinct[code] for column, code in zip(columns, row, strict=True)] for row in together.tolist()]
    whole = Cells([None, *(said(shape, row) for row in rows)], codes.astype(np.int32).ravel() + 1)
    table.headers[at : at + size] = [Header(group[0].index, group[0].letter, own, own)]
    table.columns[at : at + size] = [whole.map(lambda cell: cell)]


def said(shape: Sequence[str], row: Sequence[Any]) -> str | None:
    """“2025年11月6日”, “2025年一季度”, or the parts before the first one that is missing; None for none."""
    found = ""
    for part, cell in zip(shape, row, strict=True):
        if cell is None:
            break
        value = WRITTEN[part].fullmatch(text(cell))[1]
        found += f"第{value}季度" if part == "quarter" and value.isdigit() else value + SIGNS[part]
    return found or None
