"""Small demands for plans: units with occasions on the real calendar of 2025, made in a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from cadence import rules
from cadence.schedule import Demand
from cadence.schedule.owed import COLUMNS


def day(text: str) -> dt.date:
    """10-09 as 9 October 2025."""
    return dt.date.fromisoformat(f"2025-{text}")


def calendar(start: dt.date, until: dt.date) -> pd.DataFrame:
    """The whole weeks around two days."""
    first, last = start - dt.timedelta(start.weekday()), until + dt.timedelta(6 - until.weekday())
    days = [one for one in rules.days(first.year, last.year) if first <= one.day <= last]
    return pd.DataFrame(
        {
            "day": pd.to_datetime([one.day for one in days]),
            "is_working": [one.is_working for one in days],
            "holiday": [one.holiday for one in days],
        }
    )


def occasion(unit: str, kind: str, first: str, last: str, **more: object) -> dict:
    """A due occasion that may stand from one day to another."""
    free = {"every": "month", "period": day(first).replace(day=1), "at_once": 1, "is_late": False, "is_due": True, "wanted": None}
    free |= {"is_exact": False, "topic": "", "planned": None, "version": 0}
    return {"unit": unit, "type": kind, **free, "first": day(first), "last": day(last), **more}


def demand(occasions: Sequence[dict], start: str = "10-01", until: str = "12-31", **more: object) -> Demand:
    """These occasions between two days of 2025."""
    frame = pd.DataFrame(list(occasions), columns=list(COLUMNS)).assign(suggested="")
    return Demand(start=day(start), until=day(until), occasions=frame, days=calendar(day(start), day(until)), **more)
