"""A counted year in; the days of the windows that rhythm is tested in out, as masks of shape (days,) or (organs, days)."""

from __future__ import annotations

import numpy as np

from cadence.rhythm.ledger import NONE
from cadence.rhythm.year import Year


def between(year: Year, start: tuple[int, int], end: tuple[int, int]) -> np.ndarray:
    """The days from (month, day) to (month, day), both included."""
    days = np.arange(year.length)
    return (days >= year.day(*start)) & (days <= year.day(*end))


def last_weeks(year: Year) -> np.ndarray:
    """The last 42 days of the year."""
    return np.arange(year.length) >= year.length - 42


def last_quarter(year: Year) -> np.ndarray:
    """October to December."""
    return between(year, (10, 1), (12, 31))


def quarter_ends(year: Year) -> np.ndarray:
    """The last 14 days of each quarter apart; shape (4, days)."""
    days = np.arange(year.length)
    after = [year.day(month, 1) for month in (4, 7, 10, 13)]
    return np.stack([(days >= day - 14) & (days < day) for day in after])


def before_inspections(year: Year, days_before: int = 21) -> np.ndarray:
    """Per organ the days before each inspection that was announced to it, the day itself not included; shape (organs, days)."""
    inspections = year.ledger.inspections
    day = inspections["day"].to_numpy().astype(np.int64)
    organ, day = inspections["organ"].to_numpy()[day != NONE], day[day != NONE] - year.first
    mask = np.zeros((len(year.ledger.organs), year.length), dtype=bool)
    for back in range(1, days_before + 1):
        inside = (day - back >= 0) & (day - back < year.length)
        mask[organ[inside], day[inside] - back] = True
    return mask


PLACEBO = {"spring": ((4, 20), (5, 31)), "Q2": ((4, 1), (6, 30)), "Q3": ((7, 1), (9, 30))}
"""Windows in which nobody has a reason to rush: what the tests find there is what they find by mistake."""
