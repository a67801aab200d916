"""A plan and the table a reader has made of it in; what does not agree with calendar, bounds or rules any more out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cadence.schedule.plan import Plan

COLUMNS = ("day", "unit", "type", "topic")
"""What a row of the table needs; `row`, the place of its occasion in the plan, is empty for rows that were added."""


@dataclass(frozen=True)
class Fault:
    """One thing worth a look. what: incomplete, outside, holiday, closed, clash, full or short; name: of a holiday or closure."""

    what: str
    unit: str = ""
    type: str = ""
    day: dt.date | None = None
    n: int = 0
    name: str = ""


def usable(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a day, a unit and a kind, days as datetime64, texts as texts; by day and unit."""
    day = pd.to_datetime(table["day"], errors="coerce")
    told = table.assign(day=day, topic=table["topic"].fillna("").astype(str))
    kept = told[day.notna() & table["unit"].notna() & table["type"].notna()]
    return kept.sort_values(["day", "unit", "type", "topic"], kind="stable").reset_index(drop=True)


def faults(plan: Plan, table: pd.DataFrame) -> list[Fault]:
    """Everything worth a look, by kind, unit and day; none for the plan as it was made."""
    rows = usable(table)
    found = [Fault("incomplete", n=len(table) - len(rows))] if len(rows) < len(table) else []
    return [*found, *_days(plan, rows), *_crowds(plan, rows), *_short(plan, rows)]


def _days(plan: Plan, rows: pd.DataFrame) -> Iterator[Fault]:
    """Days outside the span, not worked, or on which the unit is closed."""
    asked = plan.demand
    start, until = pd.Timestamp(asked.start), pd.Timestamp(asked.until)
    calendar = asked.days.set_index("day")
    barred: dict[str, list[tuple]] = {}
    for closure in asked.closures.itertuples(index=False):
        barred.setdefault(closure.unit, []).append((closure.first, closure.last, closure.name))
    for row in rows.itertuples(index=False):
        place = {"unit": row.unit, "type": row.type, "day": row.day.date()}
        if not start <= row.day <= until:
            yield Fault("outside", **place)
            continue
        of = calendar.loc[row.day]
        if not of["is_working"]:
            yield Fault("holiday", name=of["holiday"] if isinstance(of["holiday"], str) else "", **place)
        for first, last, name in barred.get(row.unit, ()):
            if first <= row.day <= last:
                yield Fault("closed", name=name, **place)


def _crowds(plan: Plan, rows: pd.DataFrame) -> Iterator[Fault]:
    """Two of a unit on one day; more in a week than its bound."""
    for (unit, day), own in rows.groupby(["unit", "day"], sort=True):
        if len(own) > 1:
            yield Fault("clash", unit=unit, day=day.date(), n=len(own))
    week = plan.demand.week(rows["day"].to_numpy(dtype="datetime64[D]"))
    for (unit, number), own in rows.groupby(["unit", week], sort=True):
        if len(own) > plan.most and 0 <= number < plan.demand.weeks:
            monday = plan.demand.first + np.timedelta64(7 * int(number), "D")
            yield Fault("full", unit=unit, day=monday.astype(object), n=len(own))


def _short(plan: Plan, rows: pd.DataFrame) -> Iterator[Fault]:
    """Occasions due that the table no longer holds in their month, quarter or season, or anywhere if they were late already."""
    due = plan.rows[plan.rows["is_due"]]
    held = {key: own["day"] for key, own in rows.groupby(["unit", "type"])}
    for (unit, kind), own in due.groupby(["unit", "type"], sort=True):
        days = held.get((unit, kind), pd.Series(dtype="datetime64[s]"))
        there = own[~own["is_late"]].groupby(["first", "last"]).size()
        missing = sum(
            max(0, n - int(days.between(pd.Timestamp(first), pd.Timestamp(last)).sum())) for (first, last), n in there.items()
        )
        if missing := max(missing, len(own) - len(days)):
            yield Fault("short", unit=unit, type=kind, n=missing)
