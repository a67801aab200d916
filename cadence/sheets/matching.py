"""Which column is which field of a contract: columns of a table in, matches with a confidence each out.

Exact header synonyms come first, then the values themselves (a column 活动名称 may hold the type or the topic), then
resemblance. Below `CONFIDENT` a column is asked about, never mapped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from cadence.sheets import asking, personal
from cadence.sheets.amounts import COUNT_UNITS, number
from cadence.sheets.columns import SPLIT, read_column
from cadence.sheets.contracts import Contract, Field, contracts
from cadence.sheets.grid import Cells
from cadence.sheets.headers import SERIAL, Header, known
from cadence.sheets.reading import Context
from cadence.sheets.skips import number_like
from cadence.sheets.tables import Table
from cadence.sheets.values import Setting, text_of
from cadence.sheets.vocabulary import activity_types, plain

CONFIDENT = 0.75
WORTH_ASKING = 0.55
SAMPLED = 60
NUMERIC = {"count", "number", "minutes", "share", "score"}
FEW = 3
BY_VALUES = 0.8
LEAST_TYPED = 0.5
BUILT = 0.95  # of a header that no list has, but that is built like those of a field
PLANNED = re.compile(r"计划|预计|预定|拟")
ACTUAL = re.compile(r"实际")
TAILS = (
    "编码",
    "代码",
    "编号",
    "号",
    "序号",
    "姓名",
    "名单",
    "说明",
    "原因",
    "率",
    "比例",
    "备注",
    "人",
    "次数",
    "排名",
    "类型",
    "类别",
    "性质",
    "情况",
    "时间",
    "日期",
    "人数",
    "数",
    "分",
    "地点",
)


@dataclass(frozen=True)
class Match:
    """A field, the column taken for it, how sure that is, and whether the header says it word for word."""

    field: str
    header: Header
    confidence: float
    exact: bool = False
    rank: int = 0


@dataclass(frozen=True)
class Column:
    """A column under examination: its header and up to SAMPLED distinct values."""

    header: Header
    sample: tuple[Any, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.sample


def columns_of(table: Table) -> tuple[list[Column], list[Header]]:
    """(columns to look at, columns of personal data to drop); serial columns and nameless empty ones are left out."""
    kept, dropped = [], []
    for header, cells in zip(table.headers, table.columns, strict=True):
        sample = tuple(dict.fromkeys(cell for cell in cells[:5000] if cell is not None))[:SAMPLED]
        if serial(header, sample):
            continue
        if personal.by_header(header.text) or personal.by_values(cells, known(header.text) == 1.0):
            dropped.append(header)
        elif header.text:
            kept.append(Column(header, sample))
    return kept, dropped


def serial(header: Header, sample: Iterable[Any] = ()) -> bool:
    """Whether a column only counts the rows."""
    return (header.own in SERIAL or plain(header.own) in SERIAL) and all(number_like(cell) for cell in sample)


@lru_cache(maxsize=20_000)
def exact(kind: str, parent: str, own: str, text: str) -> tuple[tuple[Field, float], ...]:
    """The fields of a contract whose own header a column has: 1 with its parents or without any, a little less without them."""
    joined, alone, whole = plain(parent + own), plain(own), plain(text)
    found = []
    for field_ in contracts()[kind].fields.values():
        accepted = accepted_headers(field_.headers, field_.title)
        if not allowed(joined, field_):
            continue
        if joined in accepted or whole in accepted or alone in accepted:
            found.append((field_, 0.97 if joined not in accepted and whole not in accepted else 1.0))
        elif field_.says(joined) or field_.says(alone):
            found.append((field_, BUILT))
    return tuple(found)


@lru_cache(maxsize=500)
def accepted_headers(headers: tuple[str, ...], title: str) -> frozenset[str]:
    """A field's headers as they are compared."""
    return frozenset(plain(header) for header in (*headers, title))


def allowed(joined: str, field: Field) -> bool:
    """A planned date is never taken for the date of holding, nor the other way round."""
    if field.type != "date":
        return True
    if field.name == "planned_on":
        return not ACTUAL.search(joined)
    return not PLANNED.search(joined)


@lru_cache(maxsize=20_000)
def fuzzy(kind: str, parent: str, own: str) -> tuple[tuple[Field, float], ...]:
    """The fields of a contract whose headers a column's resembles: one within the other, or many signs in common; below 1."""
    joined, alone = plain(parent + own), plain(own)
    found = []
    for field_ in contracts()[kind].fields.values():
        if len(alone) > 1 and allowed(joined, field_):
            grade = max((resemblance(alone, accepted) for accepted in accepted_headers(field_.headers, field_.title)), default=0.0)
            if grade >= WORTH_ASKING:
                found.append((field_, grade))
    return tuple(found)


@lru_cache(maxsize=50_000)
def resemblance(header: str, accepted: str) -> float:
    """0.82 when a header ends with an accepted one, 0.78 when it begins with one, else by signs in common."""
    if len(accepted) < 2 or tail(header) != tail(accepted):
        return 0.0
    extra = len(header) - len(accepted)
    if len(accepted) >= 3 and 0 < extra <= 6 and header.endswith(accepted):
        return 0.82
    if len(accepted) >= 3 and 0 < extra <= 6 and header.startswith(accepted):
        return 0.78
    if 2 * sum(map(set(accepted).__contains__, header)) < 0.7 * (len(header) + len(accepted)):
        return 0.0
    ratio = SequenceMatcher(None, header, accepted, autojunk=False).ratio()
    return 0.9 * ratio if ratio >= 0.7 else 0.0


@lru_cache(maxsize=20_000)
def tail(header: str) -> str:
    """The last word of a header, where it decides what the column holds: a code, a rate, a reason …"""
    return next((word for word in TAILS if header.endswith(word)), "")


def fit(field: Field, column: Column, setting: Setting) -> float:
    """The share of a column's distinct values that the field can read; an empty column speaks neither way."""
    if column.blank:
        return 1.0
    if field.type == "text":
        return 1.0
    if field.type in ("unit", "new_unit", "person"):
        return sum(isinstance(cell, str) and not amount(cell) for cell in column.sample) / len(column.sample)
    if field.type == "time":
        return sum(clock_only(cell) for cell in column.sample) / len(column.sample)
    cells = Cells.of(column.sample)
    scale, _ = asking.scale(field, column.header, cells, {})
    read = read_column(field, cells, replace(setting, scale=scale or 1.0, header=column.header.text))
    good = [value for value in read if value.value is not None or value.asks]
    empty = sum(value.value is None and not value.asks and not value.reason for value in read)
    return len(good) / max(1, len(read) - empty) if len(read) > empty else 1.0


def amount(cell: Any) -> bool:
    """Whether a cell is a number, alone or with the unit of an amount; “第3党支部” is none."""
    found = number(cell)
    return found is not None and found[1] in COUNT_UNITS | {"%", "分", "元", "分钟", "小时", "学时"}


def clock_only(cell: Any) -> bool:
    """Whether a cell is a time of day and no date."""
    if isinstance(cell, str):
        return len(cell) <= 40 and bool(
            re.fullmatch(
                r"(?:上午|下午|晚上?)?\s*\d{1,2}\s*[:：点时]\s*(?:\d{2}|半)?\s*分?(?:[:：]\d\d)?(?:\s*[-~—至]\s*\d{1,2}[:：]\d{2})?",
                cell.strip(),
            )
        )
    return type(cell).__name__ == "time" or (isinstance(cell, float) and 0 < cell < 1)


def type_share(column: Column, loosely: bool = False) -> float:
    """The share of values that are the name of an activity type; loosely, that hold one."""
    types = activity_types()
    texts = [text_of(cell) for cell in column.sample]
    named = [all(of_type(plain(part), types, loosely) for part in SPLIT.split(text) if plain(part)) for text in texts]
    return sum(named) / len(named) if named else 0.0


def of_type(text: str, types: Mapping[str, str], loosely: bool) -> bool:
    """Whether a text is the name of a type, or one with little around it (“第3次支委会”)."""
    if text in types:
        return True
    name = next((name for name in types if name in text), None)
    return name is not None and (loosely or len(text) - len(name) <= 4)


def claims(columns: list[Column], contract: Contract, setting: Setting) -> list[Match]:
    """Every (field, column) pair worth considering, with its confidence."""
    found = []
    for column in columns:
        header = column.header
        certain = exact(contract.kind, header.parent, header.own, header.text)
        for field_, grade in certain:
            found.append(Match(field_.name, header, grade * weight(field_, column, certain, setting), True, rank(field_, header)))
        for field_, grade in () if certain else fuzzy(contract.kind, header.parent, header.own):
            found.append(Match(field_.name, header, grade * (0.4 + 0.6 * fit(field_, column, setting))))
    return found


def rank(field_: Field, header: Header) -> int:
    """The place of a header among the field's own: the earlier, the better, when two columns claim one field."""
    listed = [plain(accepted) for accepted in field_.headers]
    return next(
        (listed.index(word) for word in (plain(header.parent + header.own), plain(header.own)) if word in listed), len(listed)
    )


def weight(field_: Field, column: Column, certain: tuple[tuple[Field, float], ...], setting: Setting) -> float:
    """What the values say about an exact header: they decide between fields that share it, and veto a column none can read."""
    rivals = {rival.type for rival, _ in certain}
    if "activity_type" in rivals and "text" in rivals and not column.blank:
        share = type_share(column)
        return 0.4 + 0.6 * (share if field_.type == "activity_type" else 1 - share)
    if len(certain) > 1 and column.blank:
        return 1.0 if field_.required else 0.9
    found = fit(field_, column, setting)
    if not found and field_.type in NUMERIC and personal.names_people(column.header.text, column.sample):
        return 0.0
    if len(certain) > 1:
        return 0.4 + 0.6 * found
    few = len(column.sample) < FEW
    return 1.0 if found >= 0.25 or field_.type in ("text", "person") else (0.8 if few else 0.6) + found


def assign(found: list[Match]) -> tuple[dict[str, Match], list[Match]]:
    """(field → match, doubtful ones): the surest first, each field and each column once."""
    chosen: dict[str, Match] = {}
    doubtful: list[Match] = []
    used: set[int] = set()
    for match in sorted(found, key=lambda match: (-match.confidence, not match.exact, match.rank, match.header.index)):
        if match.field in chosen or match.header.index in used:
            continue
        if match.confidence >= CONFIDENT:
            chosen[match.field] = match
            used.add(match.header.index)
        elif match.confidence >= WORTH_ASKING:
            doubtful.append(match)
    return chosen, [match for match in doubtful if match.field not in chosen and match.header.index not in used]


def map_columns(
    columns: list[Column], contract: Contract, setting: Setting, context: Context
) -> tuple[dict[str, Match], list[Match]]:
    """(field → match, doubtful ones) for one contract; answers given before come first."""
    answered = {
        column.header.index: context.answers[f"column:{column.header.text}"]
        for column in columns
        if f"column:{column.header.text}" in context.answers
    }
    given = {
        name: Match(name, column.header, 1.0)
        for column in columns
        if (name := answered.get(column.header.index)) in contract.fields
    }
    chosen, doubtful = assign(
        [match for match in claims(columns, contract, setting) if match.header.index not in answered and match.field not in given]
    )
    chosen |= given
    if not any(match.field == "type" for match in doubtful):
        by_content(chosen, columns, contract)
    return chosen, [match for match in doubtful if match.field not in chosen]


def by_content(chosen: dict[str, Match], columns: list[Column], contract: Contract) -> None:
    """Without a column of types: one under another name that holds nothing else, or the topic or item if it names them."""
    if "type" not in contract.fields or contract.fields["type"].type != "activity_type" or "type" in chosen:
        return
    taken = {match.header.index for match in chosen.values()}
    for column in columns:
        if column.header.index not in taken and len(column.sample) > 1 and type_share(column) == 1.0:
            chosen["type"] = Match("type", column.header, BY_VALUES)
            return
    for name in ("topic", "item"):
        match = chosen.get(name)
        column = next((column for column in columns if match and column.header is match.header), None)
        if column and not column.blank and type_share(column, loosely=True) >= 0.8:
            chosen["type"] = Match("type", column.header, BY_VALUES)
            return


def settle_type(chosen: dict[str, Match], columns: list[Column], titled: bool) -> None:
    """The column of types against that of forms: below a title that names a type, words that are none are a form of it."""
    of = {column.header.index: column for column in columns}
    match, form = chosen.get("type"), chosen.get("form")
    if titled and match and "topic" in chosen and match.header is chosen["topic"].header:
        del chosen["type"]
        return
    if titled and match and not of[match.header.index].blank:
        if type_share(of[match.header.index], loosely=True) <= LEAST_TYPED:
            del chosen["type"]
            if form is None:
                chosen["form"] = Match("form", match.header, BY_VALUES)
    elif not titled and match is None and form and not of[form.header.index].blank and type_share(of[form.header.index]) == 1.0:
        del chosen["form"]
        chosen["type"] = Match("type", form.header, BY_VALUES)
