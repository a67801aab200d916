"""Summary sheets that spread one field over columns: a table in, one part for each of those columns out.

Three shapes: criteria as columns (the quarterly summary), months as columns (counts of an activity type), units as columns
(criteria × units). Each column becomes a run of records, so that problems keep the letter of the cell they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from cadence.sheets import missing
from cadence.sheets.amounts import number
from cadence.sheets.columns import type_in
from cadence.sheets.contracts import contracts
from cadence.sheets.headers import Header
from cadence.sheets.matching import Column, Match, map_columns
from cadence.sheets.quarters import quarter_in
from cadence.sheets.reading import Context
from cadence.sheets.recognise import Part, Recognised, constants_for, type_of_title
from cadence.sheets.stated import UNIT_TAIL, Stated
from cadence.sheets.tables import Table
from cadence.sheets.values import Setting
from cadence.sheets.vocabulary import activity_types, numeral, plain

MONTH = re.compile(r"^(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?$")
FULL_MARK = re.compile(r"(?:满分)?(\d+(?:\.\d+)?)(?:分|%)?$")
LEAST_MONTHS = 3
CRITERION_HEADERS = ("criterion", "max_score")
QUARTERS = re.compile(r"^(?:\d{4}年)?(?:第?[一二三四1-4]季度|Q[1-4])(?:得分|成绩|考核得分|分数)?$")
NO_SCORE = re.compile(r"标准|要求|说明|方法|办法|依据|评分细则|原因|来源|部门意见|问题|选项|题号")


def spread(
    table: Table, columns: list[Column], setting: Setting, context: Context, stated: Stated, texts: list[str]
) -> Recognised | None:
    """The table as a summary sheet, if it has one of the three shapes."""
    for kind, shape in (("activities", months), ("evaluations", criteria), ("evaluations", quarters), ("evaluations", units)):
        if context.kind in (None, kind) and (found := shape(columns, setting, context, stated, texts)):
            return found
    return None


def base(kind: str, columns: list[Column], used: set[int], setting: Setting, context: Context) -> dict[str, Match]:
    """The ordinary fields among the columns that are not spread."""
    return map_columns([column for column in columns if column.header.index not in used], contracts()[kind], setting, context)[0]


def months(columns: list[Column], setting: Setting, context: Context, stated: Stated, texts: list[str]) -> Recognised | None:
    """Unit × twelve months of counts, for one or more activity types."""
    spread_over = {column.header.index: MONTH.match(plain(column.header.own)) for column in columns}
    monthly = [(column, numeral(found[1])) for column in columns if (found := spread_over[column.header.index])]
    if len({month for _, month in monthly}) < LEAST_MONTHS or not counts([column for column, _ in monthly]):
        return None
    matches = base("activities", columns, {column.header.index for column, _ in monthly}, setting, context)
    matches = {name: match for name, match in matches.items() if name in ("unit", "parent", "type", "remark")}
    constants = constants_for(contracts()["activities"], stated, texts)
    parts, questions = [], {}
    for column, month in monthly:
        parent = column.header.parent
        kind = type_of_group(parent, context) if parent else type_of_title(texts)
        if parent and not kind and "type" not in matches:
            if context.answers.get(f"type:{parent}") != "ignore":
                questions[parent] = missing.type_of_columns(parent)
            continue
        part = Part("activities", {name: match.header for name, match in matches.items()}, dict(constants), counted=column.header)
        part.constants["held_on"] = date(setting.year, month, 1) if setting.year and 1 <= month <= 12 else None
        part.constants["type"] = kind
        if "type" in matches:
            del part.constants["type"]
        parts.append(part)
    found = settled("activities", parts, matches, {"held_on": monthly[0][0].header, "type": monthly[0][0].header})
    found.questions = list(questions.values())
    return found if parts else None


def type_of_group(parent: str, context: Context) -> str | None:
    """The activity type that stands above twelve months of counts, or that was answered for it."""
    answer = context.answers.get(f"type:{parent}", "ignore")
    return type_in(plain(parent), activity_types()) or (None if answer == "ignore" else answer)


def counts(columns: list[Column]) -> bool:
    """Whether the columns hold small whole numbers, or nothing at all."""
    cells = [cell for column in columns for cell in column.sample]
    whole = [cell for cell in cells if (found := number(cell)) and found[0] in range(60)]
    return len(whole) >= 0.7 * len(cells)


def criteria(columns: list[Column], setting: Setting, context: Context, stated: Stated, texts: list[str]) -> Recognised | None:
    """The quarterly summary: one row a unit, one column a criterion, with rewards and deductions beside them."""
    wide = contracts()["evaluations"].wide
    names = {plain(name) for name in wide.criteria}
    also = {plain(name): kind for kind, listed in wide.also.items() for name in listed}
    scored = [column for column in columns if plain(column.header.own) in names]
    beside = [column for column in columns if plain(column.header.own) in also]
    if len(scored) < 2:
        return None
    ignored = {column.header.index for column in columns if plain(column.header.own) in {plain(word) for word in wide.ignore}}
    used = {column.header.index for column in scored + beside} | ignored
    scored += [column for column in columns if column.header.index not in used and marked(column)]
    used |= {column.header.index for column in scored}
    matches = base("evaluations", columns, used, setting, context)
    matches = {
        name: match for name, match in matches.items() if name in ("unit", "quarter", "rated_on", "rater", "assessment", "remark")
    }
    if "unit" not in matches:
        return None
    parts = [
        criterion_part(column.header, matches, stated, texts) for column in sorted(scored, key=lambda column: column.header.index)
    ]
    parts += [adjustment_part(column.header, matches, stated, texts) for column in beside]
    return settled("evaluations", parts, matches, {"criterion": scored[0].header, "score": scored[0].header})


def marked(column: Column) -> bool:
    """Whether a header carries a full mark (“群众满意度（10分）”) above numbers or nothing."""
    numbers = sum(number(cell) is not None for cell in column.sample)
    return bool(re.search(r"\d+分|\d+%", column.header.bracket)) and numbers >= 0.7 * len(column.sample)


def criterion_part(header: Header, matches: Mapping[str, Match], stated: Stated, texts: list[str]) -> Part:
    """One criterion's column as a run of scores."""
    constants = constants_for(contracts()["evaluations"], stated, texts)
    constants["criterion"] = re.sub(r"[(（].*?[)）]", "", header.own)
    if mark := FULL_MARK.search(header.bracket):
        constants["max_score"] = float(mark[1])
    return Part(
        "evaluations", {name: match.header for name, match in matches.items()} | {"score": header}, constants, each="score"
    )


def adjustment_part(header: Header, matches: Mapping[str, Match], stated: Stated, texts: list[str]) -> Part:
    """One column of rewards or deductions; an empty or zero cell is none."""
    shared = {name: match.header for name, match in matches.items() if name in ("unit", "quarter", "remark")}
    constants = constants_for(contracts()["adjustments"], stated, texts)
    constants["direction"] = "reward" if "加" in header.own or "奖" in header.own else "deduction"
    return Part("adjustments", shared | {"points": header}, constants, each="points")


def quarters(columns: list[Column], setting: Setting, context: Context, stated: Stated, texts: list[str]) -> Recognised | None:
    """The yearly summary: one row a unit, one column a quarter's score."""
    quarterly = [
        column for column in columns if QUARTERS.match(plain(column.header.own)) and quarter_in(plain(column.header.own))
    ]
    numbers = [number(cell) is not None for column in quarterly for cell in column.sample]
    if (
        len(quarterly) < 2
        or not setting.year
        or sum(numbers) < 0.7 * len(numbers)
        or not re.search(r"考核|考评|评分|得分|成绩|测评", "".join([*texts, *(column.header.text for column in quarterly)]))
    ):
        return None
    matches = base("evaluations", columns, {column.header.index for column in quarterly}, setting, context)
    matches = {name: match for name, match in matches.items() if name in ("unit", "criterion", "max_score", "remark")}
    if "unit" not in matches:
        return None
    parts = []
    for column in quarterly:
        constants = {"quarter": date(setting.year, 3 * quarter_in(plain(column.header.own)) - 2, 1)}
        if "criterion" not in matches:
            constants["criterion"] = plain(column.header.parent) or "季度总分"
        parts.append(
            Part(
                "evaluations",
                {name: match.header for name, match in matches.items()} | {"score": column.header},
                constants,
                each="score",
            )
        )
    return settled(
        "evaluations",
        parts,
        matches,
        {"quarter": quarterly[0].header, "score": quarterly[0].header, "criterion": quarterly[0].header},
    )


def units(columns: list[Column], setting: Setting, context: Context, stated: Stated, texts: list[str]) -> Recognised | None:
    """Criteria × units: one row a criterion, one column a unit."""
    matches = base("evaluations", columns, set(), setting, context)
    if "criterion" not in matches or "unit" in matches or "score" in matches:
        return None
    taken = {match.header.index for match in matches.values()}
    free = [column for column in columns if column.header.index not in taken and scores_or_nothing(column)]
    named = [column for column in free if unit_like(column.header.own, context.units)]
    if len(named) < 2:
        return None
    family = {column.header.parents for column in named if column.header.parents}
    named = [column for column in free if column in named or (column.header.parents and column.header.parents in family)]
    kept = {
        name: match
        for name, match in matches.items()
        if name in ("criterion", "max_score", "weight", "nature", "evidence", "rater")
    }
    constants = constants_for(contracts()["evaluations"], stated, texts)
    parts = []
    for column in named:
        columns_of = {name: match.header for name, match in kept.items()} | {"score": column.header}
        parts.append(
            Part("evaluations", columns_of, constants | {"unit": re.sub(r"[(（].*?[)）]", "", column.header.own)}, each="score")
        )
    return settled("evaluations", parts, kept, {"unit": named[0].header, "score": named[0].header})


def scores_or_nothing(column: Column) -> bool:
    """Whether a column can hold scores: numbers or nothing, and no header of explanations."""
    numbers = sum(number(cell) is not None for cell in column.sample)
    return numbers >= 0.7 * len(column.sample) and not NO_SCORE.search(column.header.own)


def unit_like(header: str, known: frozenset[str]) -> bool:
    """Whether a header names a unit: a known one, or by its last word."""
    text = re.sub(r"[(（].*?[)）]", "", header)
    return text in known or bool(UNIT_TAIL.search(text) or re.search(r"(公司|队|组|院|所|站|局|委)$", text))


def settled(kind: str, parts: list[Part], matches: dict[str, Match], spread_over: Mapping[str, Header]) -> Recognised:
    """A summary sheet as recognised, with the columns it is spread over counted among its matches."""
    extra = {name: Match(name, header, 0.9, True) for name, header in spread_over.items() if name not in matches}
    required = contracts()[kind].required
    missing = tuple(
        name
        for name in required
        if any(name not in part.columns and part.constants.get(name) is None for part in parts if part.kind == kind)
    )
    return Recognised(kind, 0.9 if not missing else 0.75, matches | extra, parts, missing)
