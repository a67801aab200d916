"""Activities spread over columns: months or activity types above, units at the side; one part for each column out."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from cadence.sheets import missing
from cadence.sheets.amounts import CROSSES, TICKS, number
from cadence.sheets.columns import type_in
from cadence.sheets.contracts import contracts
from cadence.sheets.dates import YEAR_MONTH, when
from cadence.sheets.matching import Column, type_share
from cadence.sheets.recognise import Part, Recognised, Scene, base, constants_for, settled, type_of_title
from cadence.sheets.values import NULLS, text_of
from cadence.sheets.vocabulary import activity_types, numeral, plain

MONTH = re.compile(r"^(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?$")
TIMES = re.compile(r"(?:开展|召开)?(?:次数|场次|场数|次|数|期数)$")
PLANNED = re.compile(r"计划|安排|预排|拟")
LEAST_MONTHS = 3
LEAST_TYPES = 2


def months(columns: list[Column], scene: Scene) -> Recognised | None:
    """Unit × twelve months: of counts for one or more activity types, of the dates held, or of the types held or planned."""
    spread_over = {column.header.index: MONTH.match(plain(column.header.own)) for column in columns}
    monthly = [(column, numeral(found[1])) for column in columns if (found := spread_over[column.header.index])]
    if len({month for _, month in monthly}) < LEAST_MONTHS:
        return None
    if counts([column for column, _ in monthly]):
        return counted_months(columns, monthly, scene)
    cells = [cell for column, _ in monthly for cell in column.sample]
    if all(day_in(cell, scene) for cell in cells):
        return told_months("activities", "held_on", columns, monthly, scene)
    if all(type_share(column, loosely=True) == 1.0 for column, _ in monthly if not column.blank):
        kind = "plans" if any(PLANNED.search(text) for text in [*scene.texts, scene.file]) else "activities"
        return told_months(kind, "type", columns, monthly, scene)
    return None


def told_months(kind: str, name: str, columns: list[Column], monthly: list[tuple[Column, int]], scene: Scene) -> Recognised | None:
    """Cells that say when (`held_on`) or what (`type`) below months: one record a filled cell."""
    matches = base(kind, columns, {column.header.index for column, _ in monthly}, scene)
    matches = {field: match for field, match in matches.items() if field in ("unit", "parent", "type", "remark") and field != name}
    day = "planned_on" if kind == "plans" else "held_on"
    parts = []
    for column, month in monthly:
        part = Part(kind, {field: match.header for field, match in matches.items()} | {name: column.header}, each=name)
        part.constants = {field: value for field, value in constants_for(contracts()[kind], scene).items() if field != name}
        if name == "type":
            part.constants[day] = date(scene.setting.year, month, 1) if scene.setting.year and 1 <= month <= 12 else None
        parts.append(part)
    return settled(kind, parts, matches, {name: monthly[0][0].header, day: monthly[0][0].header})


def day_in(cell: Any, scene: Scene) -> bool:
    """Whether a cell says a day (one without a year too) or nothing."""
    if text_of(cell) in NULLS:
        return True
    found = when(cell, scene.setting.year, scene.context.today)
    return (found.day is not None and found.precision == "day") or found.asks in ("year", "float_date", "two_dates")


def counted_months(columns: list[Column], monthly: list[tuple[Column, int]], scene: Scene) -> Recognised | None:
    """Counts below months, with the type in the title, a column, or a header above the months."""
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
    whole = [cell for cell in cells if ticked(cell) or ((found := number(cell)) and found[0] in range(60))]
    return len(whole) >= 0.7 * len(cells)


def ticked(cell: Any) -> bool:
    """A tick or a cross, which count one or none."""
    return text_of(cell) in TICKS | CROSSES


def types(columns: list[Column], scene: Scene) -> Recognised | None:
    """Unit × activity types of counts, for the one month that the surroundings or a column of months state."""
    named = {column.header.index: type_of_header(column) for column in columns}
    typed = [column for column in columns if named[column.header.index]]
    if len({named[column.header.index] for column in typed}) < LEAST_TYPES or not counts(typed) or not any(map(filled, typed)):
        return None
    matches = base("activities", columns, {column.header.index for column in typed}, scene)
    held = next((column for column in columns if "held_on" in matches and column.header is matches["held_on"].header), None)
    if "type" in matches or (
        held and not all(MONTH.match(plain(text_of(cell))) or YEAR_MONTH.match(text_of(cell)) for cell in held.sample)
    ):
        return None
    matches = {name: match for name, match in matches.items() if name in ("unit", "parent", "held_on", "remark")}
    parts = []
    for column in typed:
        part = Part("activities", {name: match.header for name, match in matches.items()}, counted=column.header)
        part.constants = constants_for(contracts()["activities"], scene) | {"type": named[column.header.index]}
        if held is None:
            part.constants["held_on"] = date(scene.setting.year, scene.month, 1) if scene.setting.year and scene.month else None
        parts.append(part)
    shown = {"type": typed[0].header} | ({"held_on": typed[0].header} if scene.month else {})
    return settled("activities", parts, matches, shown)


def filled(column: Column) -> bool:
    """Whether a column holds something."""
    return not column.blank


def type_of_header(column: Column) -> str | None:
    """The activity type whose number of times a column holds (“支委会次数”, “党课（次）”, 次数 below 党课, 党课 above numbers)."""
    word, parent = plain(column.header.own), plain(column.header.parent)
    bare = TIMES.sub("", word) or TIMES.sub("", parent)
    told = bare != word or "次" in column.header.bracket or bool(TIMES.search(parent))
    numbers = column.sample and all(ticked(cell) or number(cell) or text_of(cell) in NULLS for cell in column.sample)
    return activity_types().get(bare) if told or numbers else None
