"""Where the header of a table is, and what it says: rows of cells in, header rows and one header per column out.

A header may have up to three rows; a parent above several columns is joined with the header of each of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Any

from cadence.sheets.contracts import contracts
from cadence.sheets.vocabulary import bracketed, plain, tidy

SEARCHED = 20
MOST_HEADER_ROWS = 3
LEAST_SCORE = 1.6
NEARLY = 0.75
LONGEST = 60
SHOWN = 120
SERIAL = {"序号", "序", "编号", "号", "no", "NO", "No", "行号", "#"}
COMMON = {
    "姓名",
    "性别",
    "电话",
    "状态",
    "负责人",
    "责任人",
    "问题",
    "选项",
    "题号",
    "措施",
    "期限",
    "金额",
    "数量",
    "合计",
    "小计",
    "职务",
    "签名",
    "名称",
    "党委名称",
}
META = re.compile(r"^[^:：]{1,14}[:：].*$", re.DOTALL)
PERIODIC = re.compile(r"^(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月份?$|^第?[一二三四1-4]季度$|^Q[1-4]$")


@dataclass(frozen=True)
class Header:
    """One column's header: its place, what it says with its parents, its own last level, and what stands in brackets."""

    index: int
    letter: str
    text: str
    own: str
    parents: tuple[str, ...] = ()

    @property
    def parent(self) -> str:
        """The levels above the last one, joined."""
        return "".join(self.parents)

    @property
    def bracket(self) -> str:
        """What stands in brackets: a unit of measure or a full mark."""
        return bracketed(self.text)


def letter(column: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


@cache
def words() -> frozenset[str]:
    """Every header that a contract knows, as it is compared."""
    known = {
        plain(header)
        for contract in contracts().values()
        for field in contract.fields.values()
        for header in (*field.headers, field.title)
    }
    for contract in contracts().values():
        if contract.wide:
            known |= {
                plain(word) for word in (*contract.wide.criteria, *contract.wide.ignore, *sum(contract.wide.also.values(), ()))
            }
    return frozenset(known | {plain(word) for word in SERIAL | COMMON})


def built(word: str) -> bool:
    """Whether a header is built like those of a field of some contract."""
    return any(field.says(word) for contract in contracts().values() for field in contract.fields.values())


@lru_cache(maxsize=5_000)
def known(text: str) -> float:
    """How well a cell reads as a header: 1 a known one, less for one that holds or resembles a known one, 0 for others."""
    word = plain(text)
    if not word:
        return 0.0
    if word in words() or built(word):
        return 1.0
    if PERIODIC.match(word):
        return 0.8
    parts = [part for extra in range(1, 5) for part in (word[extra:], word[:-extra]) if len(part) > 1]
    if 3 <= len(word) <= 16 and any(part in words() for part in parts):
        return 0.6
    return 0.0


def filled(row: Sequence[Any]) -> list[int]:
    """Indexes of the cells that hold something."""
    return [index for index, cell in enumerate(row) if cell is not None]


def label_row(row: Sequence[Any]) -> bool:
    """Whether a row can be a header row: two or more short texts, next to no numbers, no “name: value” cells."""
    cells = [row[index] for index in filled(row)]
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(cells) < 2 or len(texts) < 0.8 * len(cells):
        return False
    meta = sum(bool(META.match(text)) and plain(text) not in words() for text in texts)
    return meta * 2 < len(texts) and sum(len(tidy(text)) <= LONGEST for text in texts) >= 0.8 * len(texts)


def score(row: Sequence[Any]) -> float:
    """How many of the cells of a row read as headers."""
    return sum(known(cell) for cell in row if isinstance(cell, str)) if label_row(row) else 0.0


def find(rows: Sequence[Sequence[Any]], start: int = 0) -> tuple[int, int] | None:
    """(first, last) index of the header rows, or None. Known words decide; without any, the shape of the rows does."""
    near = range(start, min(len(rows), start + SEARCHED))
    scores = {index: score(rows[index]) for index in near}
    best = max(scores, key=lambda index: (scores[index], -index), default=None)
    if best is None or scores[best] < LEAST_SCORE:
        best = by_shape(rows, near)
    else:
        best = next(index for index in near if scores[index] >= max(LEAST_SCORE, NEARLY * scores[best]))
    return None if best is None else extended(rows, best, start)


def by_shape(rows: Sequence[Sequence[Any]], near: range) -> int | None:
    """The first row of three or more short distinct texts that is as wide as what follows it."""
    for index in near:
        row = rows[index]
        texts = [row[column] for column in filled(row)]
        below = max((len(filled(other)) for other in rows[index + 1 : index + 6]), default=0)
        wordy = all(isinstance(text, str) and len(text) <= 20 and not re.fullmatch(r"[\d\s.,:%/年月日-]+", text) for text in texts)
        if len(texts) >= 3 and wordy and len(set(texts)) == len(texts) and len(texts) >= 0.7 * below:
            return index
    return None


def extended(rows: Sequence[Sequence[Any]], best: int, start: int) -> tuple[int, int]:
    """The header rows around the best one: parents above, children below."""
    first = last = best
    while first > start and last - first + 1 < MOST_HEADER_ROWS and complements(rows[first - 1], rows[first]):
        first -= 1
    if first - 2 >= start and last == first and label_row(rows[first - 2]) and label_row(rows[first - 1]):
        both = [upper if upper is not None else lower for upper, lower in zip_longest(rows[first - 2], rows[first - 1])]
        if complements(rows[first - 2], rows[first - 1]) and complements(both, rows[first]):
            first -= 2
    while (
        last + 1 < len(rows) and last - first + 1 < MOST_HEADER_ROWS and complements(rows[last], rows[last + 1], rows[first:last])
    ):
        last += 1
    return first, last


def complements(top: Sequence[Any], bottom: Sequence[Any], above: Sequence[Sequence[Any]] = ()) -> bool:
    """Whether two rows are levels of one header: each top cell has nothing or several cells below it."""
    if not (label_row(top) and label_row(bottom)):
        return False
    upper, lower = set(filled(top)), set(filled(bottom))
    covered = upper.union(*(filled(row) for row in above))
    nexts = {column: min((other for other in upper if other > column), default=len(bottom)) for column in upper}
    groups = {column for column in upper & lower if any(column < other < nexts[column] for other in lower)}
    orphans = [column for column in lower - upper if not any(left in upper for left in range(column))]
    single = 0.5 if covered - lower else 0.2
    return bool(groups) and not orphans and len(upper) >= 2 and len(upper & lower - groups) <= single * len(upper)


def read(rows: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int]], first_column: int = 0) -> list[Header]:
    """One header per column from the header rows; `merged` ranges count from the first of these rows and cells."""
    width = max((len(row) for row in rows), default=0)
    levels = [spread(rows, level, width, merged) for level in range(len(rows))]
    return [header(index, first_column, [row[index] for row in levels]) for index in range(width)]


def spread(rows: Sequence[Sequence[Any]], level: int, width: int, merged: Sequence[tuple[int, int, int, int]]) -> list[str]:
    """The texts of one header row, a parent repeated over the columns that it stands above."""
    row = [tidy(str(cell)[:SHOWN]) if cell is not None else "" for cell in rows[level]] + [""] * (width - len(rows[level]))
    ends = {left: right for top, left, _, right in merged if top == level}
    parent, limit = "", -1
    for column in range(width):
        if row[column]:
            parent, limit = row[column], ends.get(column, width - 1)
        elif parent and column <= limit and has_child(rows, level, column):
            row[column] = parent
        else:
            parent = ""
    return row


def has_child(rows: Sequence[Sequence[Any]], level: int, column: int) -> bool:
    """Whether a header stands below, and none above, a blank cell of a header row."""
    below = any(column < len(row) and row[column] is not None for row in rows[level + 1 :])
    above = any(column < len(row) and row[column] is not None for row in rows[:level])
    return below and not above


def header(index: int, first_column: int, texts: Sequence[str]) -> Header:
    """A column's header from its levels, equal neighbours taken once."""
    levels = [text for place, text in enumerate(texts) if text and text not in texts[:place]]
    own, parents = (levels[-1], tuple(levels[:-1])) if levels else ("", ())
    return Header(index, letter(first_column + index), "·".join(levels), own, parents)


def repeated(headers: Sequence[Header], row: Mapping[int, Any] | Sequence[Any]) -> bool:
    """Whether a row says the header again."""
    pairs = [
        (header, row[header.index])
        for header in headers
        if header.own and header.index < len(row) and row[header.index] is not None
    ]
    same = sum(isinstance(cell, str) and plain(cell) in (plain(header.own), plain(header.text)) for header, cell in pairs)
    return len(pairs) >= 2 and same >= 0.7 * len(pairs)
