"""The months handed in and today in; from which day to which a plan is made unless somebody chooses otherwise, out."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from cadence import outlook


def usual(months: pd.Series, year: int, today: dt.date) -> tuple[dt.date, dt.date]:
    """The day after the last month handed in, or today where that is later in a year that still runs; and 31 December.

    In a year that is over, the day after the one that the early warnings look back to; in one without a ledger, 1 January.
    """
    complete = outlook.usual(months, year)
    start = complete + dt.timedelta(days=1) if complete else dt.date(year, 1, 1)
    if today.year == year and not outlook.is_over(months, year):
        start = max(start, today)
    return start, dt.date(year, 12, 31)


def chosen(start: str | None, until: str | None, default: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date]:
    """Two days as they were written (2025-10-01), the default where one is empty or no day; the end is in the start's year."""
    first = _day(start) or default[0]
    last = _day(until) or dt.date(first.year, 12, 31)
    return (first, last) if first.year == last.year and first <= last else (first, dt.date(first.year, 12, 31))


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
