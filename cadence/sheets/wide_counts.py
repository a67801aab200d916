"""Counts of activities spread over columns: months or activity types above, units at the side; one part for each column out."""

from __future__ import annotations

import re
from datetime import date

from cadence.sheets import missing
from cadence.sheets.amounts import number
from cadence.sheets.columns import type_in
from cadence.sheets.contracts import contracts
from cadence.sheets.matching import Column
from cadence.sheets.recognise import Part, Recognised, Scene, base, constants_for, settled, type_of_title
from cadence.sheets.vocabulary import activity_types, numeral, plain

MONTH = re.compile(r"^(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?$")
TIMES = re.compile(r"(?:开展|召开)?(?:次数|场次|场数|次|数|期数)$")
LEAST_MONTHS = 3
LEAST_TYPES = 2


def months(columns: list[Column], scene: Scene) -> Recognised | None:
    """Unit × twelve months of counts, for one or more activity types."""
    spread_over = {column.header.index: MONTH.match(plain(column.header.own)) for column in columns}
    monthly = [(column, numeral(found[1])) for column in columns if (found := spread_over[column.header.index])]
    if len({month for _, month in monthly}) < LEAST_MONTHS or not counts([column for column, _ in monthly]):
        return None
    matches = base("activities", columns, {column.header.index for column, _ in monthly}, scene)
    matches = {name: match for name, match in matches.items() if name in ("unit", "parent", "type", "remark")}
    constants = constants_for(contracts()["activities"], scene)
    parts, questions = [], {}
    for column, month in monthly:
        parent = column.header.parent
        kind = type_of_group(parent, scene) if parent else type_of_title(scene.texts, scene.file)
        if parent and not kind and "type" not in matches:
            if scene.context.answers.get(f"type:{parent}") != "ignore":
                questions[parent] = missing.type_of_columns(parent)
            continue
        part = Part("activities", {name: match.header for name, match in matches.items()}, dict(constants), counted=column.header)
        part.constants["held_on"] = date(scene.setting.year, month, 1) if scene.setting.year and 1 <= month <= 12 else None
        part.constants["type"] = kind
        if "type" in matches:
            del part.constants["type"]
        parts.append(part)
    found = settled("activities", parts, matches, {"held_on": monthly[0][0].header, "type": monthly[0][0].header})
    found.questions = list(questions.values())
    return found if parts else None


def type_of_group(parent: str, scene: Scene) -> str | None:
    """The activity type that stands above twelve months of counts, or that was answered for it."""
    answer = scene.context.answers.get(f"type:{parent}", "ignore")
    return type_in(plain(parent), activity_types()) or (None if answer == "ignore" else answer)


def counts(columns: list[Column]) -> bool:
    """Whether the columns hold small whole numbers, or nothing at all."""
    cells = [cell for column in columns for cell in column.sample]
    whole = [cell for cell in cells if (found := number(cell)) and found[0] in range(60)]
    return len(whole) >= 0.7 * len(cells)


def types(columns: list[Column], scene: Scene) -> Recognised | None:
    """Unit × activity types of counts, for the one month that the surroundings state."""
    named = {column.header.index: type_of_header(column) for column in columns}
    typed = [column for column in columns if named[column.header.index]]
    if len(typed) < LEAST_TYPES or not counts(typed) or not any(column.sample for column in typed):
        return None
    matches = base("activities", columns, {column.header.index for column in typed}, scene)
    if "type" in matches or "held_on" in matches:
        return None
    matches = {name: match for name, match in matches.items() if name in ("unit", "parent", "remark")}
    parts = []
    for column in typed:
        part = Part("activities", {name: match.header for name, match in matches.items()}, counted=column.header)
        part.constants = constants_for(contracts()["activities"], scene) | {"type": named[column.header.index]}
        part.constants["held_on"] = date(scene.setting.year, scene.month, 1) if scene.setting.year and scene.month else None
        parts.append(part)
    return settled("activities", parts, matches, {"type": typed[0].header})


def type_of_header(column: Column) -> str | None:
    """The activity type whose number of times a column holds (“支委会次数”, “党课（次）”)."""
    word = plain(column.header.own)
    bare = TIMES.sub("", word)
    told = bare != word or "次" in column.header.bracket or bool(TIMES.search(plain(column.header.parent)))
    return activity_types().get(bare) if told else None
