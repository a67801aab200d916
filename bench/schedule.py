"""A number of units in; the demand of an invented office of that size, and what planning it costs, out."""

from __future__ import annotations

import datetime as dt
import os
import resource
import time

import numpy as np
import pandas as pd

from cadence import rules, schedule
from cadence.schedule.habits import Habits
from cadence.schedule.owed import COLUMNS

START, UNTIL = dt.date(2025, 10, 1), dt.date(2025, 12, 31)
MONTHS = [(dt.date(2025, month, 1), dt.date(2025, month, last)) for month, last in ((10, 31), (11, 30), (12, 31))]
OWN = ("study", "service", "volunteer", "joint", "visit")
"""Kinds of a unit's own plan."""


def demand(units: int, seed: int = 1) -> schedule.Demand:
    """What the rules ask of so many units in the last quarter, what some of them missed, and what they planned themselves."""
    random = np.random.default_rng(seed)
    rows: list[dict] = []
    for number in range(units):
        unit = f"第{number:04d}党支部"
        for kind in ("theme_day", "committee_meeting"):
            rows += [_one(unit, kind, "month", first, last) for first, last in MONTHS]
        rows.append(_one(unit, "members_meeting", "quarter", START, UNTIL))
        rows += [_one(unit, kind, "year", START, UNTIL) for kind in ("talk", "life_meeting", "appraisal")]
        missed = random.binomial(6, 0.25)
        rows += [_one(unit, "theme_day", "month", START, UNTIL, is_late=True) for _ in range(missed)]
        for kind in random.choice(OWN, random.poisson(4)):
            month = int(random.integers(3))
            last = MONTHS[min(2, month + 1)][1]
            own = {"is_due": False, "wanted": MONTHS[month][0], "topic": "议题"}
            rows.append(_one(unit, str(kind), "", MONTHS[max(0, month - 1)][0], last, **own))
    days = [day for day in rules.days(2025, 2026) if dt.date(2025, 9, 29) <= day.day <= dt.date(2026, 1, 4)]
    calendar = pd.DataFrame({"day": pd.to_datetime([day.day for day in days]), "is_working": [day.is_working for day in days]})
    names = sorted({row["unit"] for row in rows})
    habits = Habits({unit: random.random(7) for unit in names}, {unit: random.random(5) for unit in names})
    occasions = pd.DataFrame(rows, columns=list(COLUMNS)).assign(suggested="")
    return schedule.Demand(START, UNTIL, occasions, calendar.assign(holiday=[day.holiday for day in days]), habits)


def _one(unit: str, kind: str, every: str, first: dt.date, last: dt.date, **more: object) -> dict:
    free = {"at_once": 1, "is_late": False, "is_due": True, "wanted": None, "is_exact": False, "topic": "", "planned": None}
    return {"unit": unit, "type": kind, "every": every, "period": first, "first": first, "last": last, "version": 0, **free, **more}


def planned(units: int) -> str:
    """One line: occasions, fullest weeks, seconds by the clock and of the processor, peak memory."""
    asked = demand(units)
    begun, used = time.perf_counter(), sum(os.times()[:4])
    plan = schedule.even(asked)
    clock, processor = time.perf_counter() - begun, sum(os.times()[:4]) - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return (
        f"{units:>5} units, {len(asked.occasions):>6,} occasions, {len(plan.impossible):>3} without a place; fullest week "
        f"{plan.load.max():>4}, put off {plan.put_off.max():>4}; {clock:6.2f} s, {processor:6.2f} processor s; {peak:4.0f} MB"
        + ("" if plan.is_best else "; not proven best")
    )
