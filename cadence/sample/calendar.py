"""The working days of the sample years, the dates that everybody knows, and weights for drawing days."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from functools import cache
from random import Random

SPRING_FESTIVAL = {2023: dt.date(2023, 1, 22), 2024: dt.date(2024, 2, 10), 2025: dt.date(2025, 1, 29), 2026: dt.date(2026, 2, 17)}
INSPECTIONS = {
    2023: [
        (dt.date(2023, 5, 18), "组织生活专项督查"),
        (dt.date(2023, 8, 24), "半年考核"),
        (dt.date(2023, 10, 26), "巡察整改专项检查"),
        (dt.date(2023, 12, 20), "年终考核"),
    ],
    2024: [
        (dt.date(2024, 5, 16), "组织生活专项督查"),
        (dt.date(2024, 8, 22), "半年考核"),
        (dt.date(2024, 10, 24), "党建与业务融合专项检查"),
        (dt.date(2024, 12, 19), "年终考核"),
    ],
    2025: [
        (dt.date(2025, 5, 15), "组织生活专项督查"),
        (dt.date(2025, 8, 21), "半年考核"),
        (dt.date(2025, 10, 23), "台账规范专项检查"),
        (dt.date(2025, 12, 18), "年终考核"),
    ],
}
CAMPAIGNS = {
    2023: ("主题教育", dt.date(2023, 9, 11), dt.date(2024, 1, 31)),
    2024: ("党纪学习教育", dt.date(2024, 4, 8), dt.date(2024, 7, 31)),
    2025: ("作风建设学习教育", dt.date(2025, 3, 17), dt.date(2025, 7, 31)),
}

# the organ's own office rests together for a week in August
CLOSED = {year: (dt.date(year, 8, day), dt.date(year, 8, day + 4)) for year, day in ((2023, 7), (2024, 5), (2025, 4))}


@cache
def is_workday(day: dt.date) -> bool:
    """Is it a working day by the national calendar? Years that the package does not know count Monday to Friday."""
    import chinese_calendar

    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5


@cache
def workdays(year: int) -> tuple[dt.date, ...]:
    """The working days of a year, worked Saturdays and Sundays left out."""
    days = (dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(366))
    return tuple(day for day in days if day.year == year and day.weekday() < 5 and is_workday(day))


@cache
def month_days(year: int, month: int) -> tuple[dt.date, ...]:
    """The working days of a month."""
    return tuple(day for day in workdays(year) if day.month == month)


def before(day: dt.date) -> dt.date:
    """The last working day on or before a day."""
    while day.weekday() > 4 or not is_workday(day):
        day -= dt.timedelta(days=1)
    return day


def after(day: dt.date) -> dt.date:
    """The first working day on or after a day."""
    while day.weekday() > 4 or not is_workday(day):
        day += dt.timedelta(days=1)
    return day


def quarter_of(day: dt.date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def legitimate(day: dt.date) -> float:
    """How busy a working day is for everybody: the lull around Spring Festival, the summer dip, the peak before 1 July."""
    from_festival = (day - SPRING_FESTIVAL[day.year]).days
    weight = 0.6 if -9 <= from_festival < -1 else 0.7 if 5 < from_festival <= 16 else 1.0
    if (7, 15) <= (day.month, day.day) <= (8, 31):
        weight *= 0.85
    if (6, 15) <= (day.month, day.day) <= (7, 5):
        weight *= 1.3
    return weight


@cache
def base(year: int) -> tuple[float, ...]:
    """The weight of each working day of a year; they sum to 1."""
    weights = [legitimate(day) for day in workdays(year)]
    total = sum(weights)
    return tuple(weight / total for weight in weights)


def at(year: int, weights: tuple[float, ...] | list[float], share: float) -> dt.date:
    """The working day by which a share (0 to 1) of the weight has passed."""
    sums = list(itertools.accumulate(weights))
    place = bisect.bisect_left(sums, min(max(share, 0.0), 0.999999) * sums[-1])
    return workdays(year)[min(place, len(sums) - 1)]


def draw(random: Random, year: int, weights: tuple[float, ...] | list[float]) -> dt.date:
    """A working day drawn by weight."""
    return at(year, weights, random.random())
