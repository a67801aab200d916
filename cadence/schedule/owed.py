"""Rules, plans and what was held before a day in; every occasion that is still to be held by another, each with its window, out.

An occasion may stand only in its own month, quarter or season. One whose month or quarter has passed may stand anywhere, the
sooner the better. A planned item that fills a due occasion is that occasion, with the plan's words.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

MONTHS = {"month": 1, "quarter": 3}
MOST = 60
"""Occasions of one planned item that are believed."""
COLUMNS = (
    *("unit", "type", "every", "period", "first", "last", "at_once"),
    *("is_late", "is_due", "wanted", "is_exact", "topic", "planned", "version"),
)


@dataclass(frozen=True)
class Held:
    """What was held before the day, and which months were handed in.

    months: (unit, kind, first of the month) → activities. years: (unit, kind, year it counts for) → activities. reported: (unit,
    first of the month) handed in whole. since: the first month that anybody handed in.
    """

    months: Counter[tuple[str, str, dt.date]]
    years: Counter[tuple[str, str, int]]
    reported: frozenset[tuple[str, dt.date]]
    since: dt.date

    def of(self, unit: str, kind: str, first: dt.date, last: dt.date) -> int:
        """Activities of a unit and kind in whole months."""
        return sum(self.months[unit, kind, month] for month in months(first, last))

    def is_told(self, unit: str, first: dt.date, last: dt.date) -> bool:
        """Whether the unit handed in all of these months."""
        return all((unit, month) in self.reported for month in months(first, last))


@dataclass
class Item:
    """One planned activity that nothing on record answers to."""

    planned_on: dt.date
    is_exact: bool
    topic: str
    version: int

    @property
    def month(self) -> dt.date:
        return self.planned_on.replace(day=1)


@dataclass
class Owed:
    """occasions: one dict per occasion to be held, keys COLUMNS. unknown: (unit, kind) → occasions whose month nobody handed in."""

    occasions: list[dict] = field(default_factory=list)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def frame(self) -> pd.DataFrame:
        """The occasions in an order that does not depend on the order they came in."""
        found = pd.DataFrame(self.occasions, columns=list(COLUMNS))
        return found.sort_values(["unit", "type", "period", "last", "wanted", "topic"], na_position="last").reset_index(drop=True)


def owed(
    units: pd.DataFrame,
    rules: pd.DataFrame,
    seasons: Mapping[str, tuple[int, ...]],
    plans: pd.DataFrame,
    held: Held,
    start: dt.date,
    until: dt.date,
) -> Owed:
    """What is still to be held from `start` to `until`, two days of one year.

    units: unit, kind, founded_on, groups, has_committee; rules as `facts.due_rules`; seasons: kind → months, the first one opening
    the season; plans: unit, type, planned_on, item, occasions, versions, is_day_known. A surplus held later in the year has made
    an earlier gap good. Of a month that was not handed in nobody knows: what it lacks is counted as unknown, not asked for again.
    """
    found = Owed()
    open_items = outstanding(plans, held, start, found.unknown)
    by_kind = [(kind, rows.to_dict("records")) for kind, rows in rules.groupby("type", sort=True)]
    for unit in units.sort_values("unit").itertuples(index=False):
        for kind, asked in by_kind:
            season = seasons.get(kind, ())
            due = [one for rule in asked for one in _due(unit, rule, season, held, start, until, found)]
            _paired(due, open_items.get((unit.unit, kind), []))
            found.occasions += due
    for (unit, kind), items in open_items.items():
        found.occasions += [one for item in items if (one := _own(unit, kind, item, seasons.get(kind, ()), start, until))]
    return found


def _due(unit: object, rule: dict, season: tuple[int, ...], held: Held, start: dt.date, until: dt.date, found: Owed) -> list[dict]:
    """The occasions that one rule still asks of a unit."""
    times = _times(unit, rule)
    if not times:
        return []
    if rule["every"] == "year":
        return list(_yearly(unit, rule, times, season, held, start, until))
    late: list[tuple[dt.date, int]] = []
    ahead: list[dict] = []
    for first, last in periods(rule["every"], start.year):
        if last < held.since or first > until or (unit.founded_on and first < unit.founded_on):
            continue
        gap = times - held.of(unit.unit, rule["type"], first, min(last, start))
        if gap < 0:
            late = _made_good(late, -gap)
        if gap <= 0:
            continue
        if last >= start:
            if last <= until:
                ahead += _occasions(unit.unit, rule, gap, first, max(first, start), last, is_late=False, at_once=times)
        elif held.is_told(unit.unit, first, last):
            late.append((first, gap))
        else:
            found.unknown[unit.unit, rule["type"]] += gap
    return [
        one for first, gap in late for one in _occasions(unit.unit, rule, gap, first, start, until, is_late=True, at_once=times)
    ] + ahead


def _yearly(
    unit: object, rule: dict, times: int, season: tuple[int, ...], held: Held, start: dt.date, until: dt.date
) -> Iterator[dict]:
    """Once a year: in its season, which may reach into the next year; without a season, any time before the year's end."""
    for year in (start.year - 1, start.year):
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        if season:
            first = dt.date(year, season[0], 1)
            if season[-1] < season[0]:
                last = _last(dt.date(year + 1, season[-1], 1))
        last = min(last, dt.date(start.year, 12, 31))
        if last < start or last > until or (unit.founded_on and dt.date(year, 1, 1) < unit.founded_on):
            continue
        if year < start.year and dt.date(year, 1, 1) < held.since:
            continue
        if (gap := times - held.years[unit.unit, rule["type"], year]) > 0:
            yield from _occasions(unit.unit, rule, gap, first, max(first, start), last, is_late=False, at_once=times)


def _occasions(
    unit: str, rule: dict, times: int, period: dt.date, first: dt.date, last: dt.date, is_late: bool, at_once: int
) -> list[dict]:
    own = {"unit": unit, "type": rule["type"], "every": rule["every"], "period": period, "first": first, "last": last}
    free = {"is_late": is_late, "is_due": True, "wanted": None, "is_exact": False, "topic": "", "planned": None, "version": 0}
    return [own | free | {"at_once": at_once} for _ in range(times)]


def _times(unit: object, rule: dict) -> int:
    """How often a rule asks in each period; 0 where it does not concern the unit."""
    groups = 0 if pd.isna(unit.groups) else int(unit.groups)
    only = rule.get("only_with")
    concerned = {"committee": bool(unit.has_committee), "groups": groups > 0}.get(only, True) if isinstance(only, str) else True
    if unit.kind not in ("branch", "office") or not concerned:
        return 0
    return int(rule["times"]) * (groups if rule.get("times_per_group") else 1)


def _made_good(late: list[tuple[dt.date, int]], surplus: int) -> list[tuple[dt.date, int]]:
    """The gaps that are left once later activities beyond what was due have filled the oldest."""
    left = []
    for first, gap in late:
        taken = min(gap, surplus)
        surplus -= taken
        if gap > taken:
            left.append((first, gap - taken))
    return left


def outstanding(plans: pd.DataFrame, held: Held, start: dt.date, unknown: Counter) -> dict[tuple[str, str], list[Item]]:
    """(unit, kind) → planned activities of the year that nothing on record answers to, by day.

    An activity answers to an item of its own month first, and what is left over to the oldest open item of a month that has passed.
    """
    open_: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for row in plans.sort_values(["unit", "type", "planned_on", "item"], na_position="last").itertuples(index=False):
        item = Item(row.planned_on, bool(row.is_day_known), row.item or "", int(row.versions))
        open_[row.unit, row.type] += [item] * min(int(row.occasions), MOST)
    this = start.replace(day=1)
    for (unit, kind), items in open_.items():
        left = Counter({month: held.months[unit, kind, month] for month in months(dt.date(start.year, 1, 1), start)})
        rest = []
        for item in items:
            if left[item.month] > 0:
                left[item.month] -= 1
            else:
                rest.append(item)
        spare = sum(left.values())
        kept = []
        for item in rest:
            is_past = item.month < this or (item.is_exact and item.planned_on < start)
            if is_past and spare:
                spare -= 1
            elif is_past and (unit, item.month) not in held.reported and item.month < this:
                unknown[unit, kind] += int(item.month >= held.since)
            else:
                kept.append(item)
        open_[unit, kind] = kept
    return open_


def _paired(due: list[dict], items: list[Item]) -> None:
    """Give due occasions the words of the planned items that stand for them, and take these items away."""
    for one in due:
        if item := next((item for item in items if _is_in(item, one)), None):
            _take(one, item, items, wanted=not one["is_late"])
    for one in due:
        if one["is_late"] and one["planned"] is None and items and one["every"] != "year":
            beyond = [item for item in items if not any(_is_in(item, other) and other["planned"] is None for other in due)]
            if beyond:
                _take(one, beyond[0], items, wanted=False)


def _is_in(item: Item, one: dict) -> bool:
    """Whether an item is planned in the period of a due occasion that has no item yet."""
    last = one["last"] if not one["is_late"] else _last(_shifted(one["period"], MONTHS.get(one["every"], 12) - 1))
    return one["planned"] is None and one["period"] <= item.planned_on <= last


def _take(one: dict, item: Item, items: list[Item], wanted: bool) -> None:
    items.remove(item)
    one.update(topic=item.topic, planned=item.planned_on, version=item.version)
    if wanted:
        one.update(wanted=item.planned_on, is_exact=item.is_exact)


def _own(unit: str, kind: str, item: Item, season: tuple[int, ...], start: dt.date, until: dt.date) -> dict | None:
    """An item of the unit's own plan: a month before or after its own, or anywhere once its month has passed."""
    if item.planned_on > until:
        return None
    is_late = item.month < start.replace(day=1) or (item.is_exact and item.planned_on < start)
    reach = 0 if item.month.month in season else 1
    first, last = max(start, _shifted(item.month, -reach)), min(until, _last(_shifted(item.month, reach)))
    own = {"unit": unit, "type": kind, "every": "", "period": item.month, "at_once": 1, "is_late": is_late, "is_due": False}
    own |= {"topic": item.topic, "planned": item.planned_on, "version": item.version}
    if is_late:
        return own | {"first": start, "last": until, "wanted": None, "is_exact": False}
    return own | {"first": first, "last": last, "wanted": item.planned_on, "is_exact": item.is_exact}


def periods(every: str, year: int) -> list[tuple[dt.date, dt.date]]:
    """First and last day of each month or quarter of a year."""
    step = MONTHS[every]
    return [(dt.date(year, month, 1), _last(dt.date(year, month + step - 1, 1))) for month in range(1, 13, step)]


def months(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    """The first day of each month from one day to another."""
    numbers = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]


def _shifted(month: dt.date, by: int) -> dt.date:
    number = 12 * month.year + month.month - 1 + by
    return dt.date(number // 12, number % 12 + 1, 1)


def _last(month: dt.date) -> dt.date:
    return _shifted(month, 1) - dt.timedelta(days=1)
