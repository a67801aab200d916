"""A store, units and two days of a year in; what these units still have to hold between them, and what says when, out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pandas as pd

from cadence import rules
from cadence.findings import EVERYBODY, SEPARATORS
from cadence.schedule import habits
from cadence.schedule.habits import Habits
from cadence.schedule.owed import Held, owed
from cadence.store import Store

PAST = 3
"""Years before this one whose share of each week tells what usually comes."""
TOPICAL = "theme_day"
"""The kind for which a key task is suggested as the subject."""


@dataclass(frozen=True)
class Demand:
    """What is to be placed, and the ground it is placed on; shared between readers, so never written to.

    occasions: one row each, columns of `owed.COLUMNS`, days as dates, and `suggested` (a key task for a theme day, or ""). unknown:
    unit, type, times: occasions of months not handed in, about which nothing is known. days: day (datetime64), is_working, holiday;
    whole weeks around the span. closures: unit, first, last, name. inspections: unit, day, name. habits: when each unit usually
    meets. past: year, day, held: activities of these units in the same span of earlier years. later: day, held: what was held in
    the span itself; is_past: the ledgers of the whole span are in.
    """

    start: dt.date
    until: dt.date
    occasions: pd.DataFrame
    days: pd.DataFrame
    habits: Habits = field(default_factory=Habits)
    unknown: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["unit", "type", "times"]))
    closures: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["unit", "first", "last", "name"]))
    inspections: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["unit", "day", "name"]))
    past: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["year", "day", "held"]))
    later: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["day", "held"]))
    is_past: bool = False

    @property
    def units(self) -> list[str]:
        """The units with anything to hold, in order."""
        return sorted(set(self.occasions["unit"]))

    @property
    def first(self) -> np.datetime64:
        """The Monday of the first week."""
        return self.days["day"].to_numpy(dtype="datetime64[D]")[0]

    @property
    def weeks(self) -> int:
        """Weeks from Monday to Sunday that the span touches."""
        return len(self.days) // 7

    def week(self, days: np.ndarray) -> np.ndarray:
        """The week each day (datetime64) lies in, from 0."""
        return (days.astype("datetime64[D]") - self.first).astype(np.int64) // 7

    @property
    def is_open(self) -> np.ndarray:
        """Whether a day may be used at all: worked and inside the span; shape (days,)."""
        day = self.days["day"].to_numpy(dtype="datetime64[D]")
        return (
            self.days["is_working"].to_numpy(dtype=bool) & (day >= np.datetime64(self.start)) & (day <= np.datetime64(self.until))
        )


def read(store: Store, units: Sequence[str], start: dt.date, until: dt.date) -> Demand:
    """What these units still owe from `start` to `until` by the rules and their plans, as far as it was known on the day before.

    Raises ValueError where the days are not in order or not of one year.
    """
    if not start <= until or start.year != until.year:
        raise ValueError(f"from {start} to {until}: expected two days of one year in order")
    params = {"units": list(units), "start": start, "until": until, "year": start.year}
    with store.cursor() as cursor:
        register = _rows(cursor, "select unit, parent, path, kind, founded_on, groups, has_committee from marts.units")
        register["founded_on"] = _dates(register["founded_on"])
        its = register[register["unit"].isin(set(units))]
        seasons = {id: kind.anchored for id, kind in rules.types().items() if kind.anchored}
        plans = _rows(cursor, PLANS, params)
        plans = plans.assign(planned_on=_dates(plans["planned_on"]), item=plans["item"].fillna("").astype(str))
        asked = _rows(cursor, "select * from facts.due_rules order by rule")
        found = owed(its, asked, seasons, plans, _held(cursor, params), start, until)
        whole = {"first": start - dt.timedelta(start.weekday()), "last": until + dt.timedelta(6 - until.weekday())}
        days = _rows(cursor, DAYS, whole)
        history = _rows(cursor, HISTORY, params)
        parents = dict(zip(register["unit"], register["parent"].astype(object).where(register["parent"].notna(), ""), strict=True))
        events = _rows(cursor, EVENTS, params)
        return Demand(
            start=start,
            until=until,
            occasions=suggested(found.frame, _tasks(cursor, params)),
            days=days,
            habits=habits.learnt(history, parents),
            unknown=pd.DataFrame([(*key, n) for key, n in sorted(found.unknown.items()) if n], columns=["unit", "type", "times"]),
            closures=_concerned(events, "closure", its).rename(columns={"starts_on": "first", "ends_on": "last"}),
            inspections=_concerned(events, "inspection", its).rename(columns={"starts_on": "day"}),
            past=_past(cursor, params),
            later=_rows(cursor, LATER, params),
            is_past=cursor.execute(REPORTED).fetchall()[0][0] >= until,
        )


def suggested(occasions: pd.DataFrame, tasks: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """The occasions with `suggested`: the unit's key tasks in turn, for theme days whose plan names no subject."""
    turn: Counter[str] = Counter()
    told = []
    for unit, kind, topic in zip(occasions["unit"], occasions["type"], occasions["topic"], strict=True):
        its = tasks.get(unit, ()) if kind == TOPICAL and not topic else ()
        told.append(its[turn[unit] % len(its)] if its else "")
        turn[unit] += bool(its)
    return occasions.assign(suggested=told)


def _held(cursor: duckdb.DuckDBPyConnection, params: Mapping) -> Held:
    rows = _rows(cursor, COUNTS, params)
    months, years = Counter(), Counter()
    for row in rows.assign(month=_dates(rows["month"])).itertuples(index=False):
        months[row.unit, row.type, row.month] += row.held
        years[row.unit, row.type, int(row.year)] += row.held
    reported = _rows(cursor, "select unit, month from marts.coverage where status = 'reported' and month < $start", params)
    since = cursor.execute("select min(month) from marts.coverage where status <> 'missing'").fetchall()[0][0]
    told = frozenset(zip(reported["unit"], _dates(reported["month"]), strict=True))
    return Held(months, years, told, since or params["start"])


def _tasks(cursor: duckdb.DuckDBPyConnection, params: Mapping) -> dict[str, list[str]]:
    """The key tasks of each unit in the newest quarter known by the day; of an earlier quarter only those not finished."""
    rows = _rows(cursor, TASKS, params)
    return {unit: list(dict.fromkeys(own["task"])) for unit, own in rows.groupby("unit", sort=True)}


def _concerned(events: pd.DataFrame, kind: str, units: pd.DataFrame) -> pd.DataFrame:
    """One row per event of a kind and unit that it concerns: named itself or through what is above it, or where nobody is named."""
    rows = []
    for event in events[events["event"] == kind].itertuples(index=False):
        words = event.units if isinstance(event.units, str) else ""
        named = None if not words.strip() or EVERYBODY.search(words) else set(SEPARATORS.split(words))
        for unit, path in zip(units["unit"], units["path"], strict=True):
            if named is None or not named.isdisjoint(path.split(" / ")):
                rows.append((unit, event.starts_on, event.ends_on, event.name or ""))
    return pd.DataFrame(rows, columns=["unit", "starts_on", "ends_on", "name"])


def _past(cursor: duckdb.DuckDBPyConnection, params: Mapping) -> pd.DataFrame:
    """Activities of the units in the same span of each of the last years, by day."""
    frames = []
    for back in range(1, PAST + 1):
        span = {name: in_year(params[name], params["year"] - back) for name in ("start", "until")}
        frames.append(_rows(cursor, LATER, {**params, **span}).assign(year=span["start"].year))
    return pd.concat(frames, ignore_index=True)


def in_year(day: dt.date, year: int) -> dt.date:
    """The same day of another year; 29 February becomes the 28th."""
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _rows(cursor: duckdb.DuckDBPyConnection, sql: str, params: Mapping | None = None) -> pd.DataFrame:
    used = {name: value for name, value in dict(params or {}).items() if f"${name}" in sql}
    return cursor.execute(sql, used).df()


def _dates(column: pd.Series) -> list[dt.date | None]:
    return [None if pd.isna(value) else pd.Timestamp(value).date() for value in column]


PLANS = """
    select unit, type, planned_on, item, occasions, versions, is_day_known
    from facts.plans
    where year(planned_on) = $year and unit in (select unnest($units))
"""
COUNTS = """
    select unit, type, month, counts_for as year, count(*) as held
    from marts.activities
    where year(held_on) >= $year - 1 and held_on < $start and (recorded_on is null or recorded_on < $start)
        and unit in (select unnest($units))
    group by all
"""
DAYS = "select day, is_working, holiday from marts.days where day between $first and $last order by day"
HISTORY = """
    select unit, isodow(held_on) - 1 as weekday, least((day(held_on) - 1) // 7, 4) as week_of_month, count(*) as held
    from marts.activities
    where is_day_known and held_on < $start and (recorded_on is null or recorded_on < $start)
    group by all
    order by all
"""
EVENTS = """
    select starts_on, ends_on, event, name, units
    from marts.events
    where event in ('closure', 'inspection') and ends_on >= $start and starts_on <= $until + 21
    order by all
"""
TASKS = """
    select tasks.unit, tasks.task
    from marts.tasks as tasks
    join (
        select unit, max(quarter) as quarter from marts.tasks where quarter <= $start group by unit
    ) as newest on newest.unit = tasks.unit and newest.quarter = tasks.quarter
    where (tasks.quarter + interval 3 month > $start or coalesce(tasks.progress, 0) < 1) and tasks.unit in (select unnest($units))
    order by tasks.unit, tasks.task
"""
REPORTED = "select coalesce(last_day(max(month)), date '0001-01-01') from marts.coverage where status <> 'missing'"
LATER = """
    select held_on as day, count(*) as held
    from marts.activities
    where held_on between $start and $until and is_day_known and unit in (select unnest($units))
    group by all
    order by all
"""
