"""When things are held: a statutory rhythm, bent by the patterns hidden in a branch, and what crowds the turn of the year."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from random import Random

from cadence.sample import calendar, organ
from cadence.sample.organ import Branch

OWN_CHOICE = {"study": 5, "training": 2, "visit": 2, "volunteer": 3, "joint": 3, "service": 4}
HERD_MONTHS = (2, 4, 7, 9, 10, 12)


@lru_cache(maxsize=2)
def intended(seed: int) -> dict[tuple[str, int], list[tuple[tuple[str, ...], dt.date, int]]]:
    """(unit, year) → what would be held if nothing bent the rhythm: types, day, party group (0: none)."""
    return {
        (branch.unit, year): _intended(branch, year, Random(f"{seed}/intended/{branch.unit}/{year}"))
        for branch in organ.branches()
        for year in organ.YEARS
    }


def herds(branch: Branch) -> bool:
    """Does its whole department hold the same theme day in the same week of some months?"""
    return "herding" in organ.DEPARTMENTS[branch.department][1]


def _intended(branch: Branch, year: int, random: Random) -> list[tuple[tuple[str, ...], dt.date, int]]:
    plan: list[tuple[tuple[str, ...], dt.date, int]] = []
    theme_place, committee_place = random.uniform(0.1, 0.9), random.uniform(0.1, 0.9)

    def in_month(month: int, place: float) -> dt.date:
        days = calendar.month_days(year, month)
        return days[round(min(max(place, 0), 1) * (len(days) - 1))]

    theme = {month: in_month(month, theme_place + random.gauss(0, 0.06)) for month in range(1, 13)}
    if herds(branch):
        theme |= {month: in_month(month, 0.5 + random.uniform(-0.1, 0.1)) for month in HERD_MONTHS}
    plan += [(("theme_day",), day, 0) for day in theme.values()]
    if branch.has_committee:
        plan += [(("committee_meeting",), in_month(m, committee_place + random.gauss(0, 0.12)), 0) for m in range(1, 13)]
    for group in range(1, branch.groups + 1):
        plan += [(("group_meeting",), in_month(m, random.random()), group) for m in range(1, 13)]
    for quarter in range(4):
        meeting = in_month(3 * quarter + random.randint(1, 3), random.random())
        if random.random() < 0.35:
            plan.append((("members_meeting", "party_lecture"), meeting, 0))
        else:
            month = 3 * quarter + random.randint(1, 3)
            lecture = theme[month] if random.random() < 0.4 else in_month(month, random.random())
            plan += [(("members_meeting",), meeting, 0), (("party_lecture",), lecture, 0)]
    count = 0 if branch.has("prescribed_only", year) else random.randint(5, 8) if branch.groups else random.randint(9, 15)
    for n in range(count):
        kind = random.choices(list(OWN_CHOICE), list(OWN_CHOICE.values()))[0]
        plan.append(((kind,), calendar.at(year, calendar.base(year), (n + 0.5 + random.gauss(0, 0.25)) / count), 0))
    return sorted((item for item in plan if branch.exists(item[1])), key=lambda item: (item[1], item[0], item[2]))


def _tilt(branch: Branch, year: int, random: Random) -> list[float]:
    """How the hidden patterns bend the density: a factor per working day."""
    days = calendar.workdays(year)
    tilt = [1.0] * len(days)

    def multiply(chosen, factor) -> None:
        for place, day in enumerate(days):
            if chosen(day):
                tilt[place] *= factor(day) if callable(factor) else factor

    six_weeks = dt.date(year, 11, 20)
    for name, factor in (("yearend_w6_strong", 6.0), ("yearend_w6_mild", 2.6)):
        if branch.has(name, year):
            multiply(lambda day: day >= six_weeks, factor)
    for name, factor in (("yearend_q4_strong", 4.2), ("yearend_q4_mild", 2.1), ("yearend_culture", random.uniform(2.3, 3.0))):
        if branch.has(name, year):
            multiply(lambda day: day.month >= 10, factor)
    if branch.has("preinspection_rush", year):
        dates = [day for day, _ in calendar.INSPECTIONS[year]]
        multiply(lambda day: any(0 < (date - day).days <= 21 for date in dates), 7.0)
    if branch.has("fade_out", year):
        multiply(lambda day: True, lambda day: 0.14 ** min(max(((day - dt.date(year, 1, 1)).days / 365 - 0.15) / 0.85, 0), 1))
    if branch.has("stop_go", year):
        start, on = dt.date(year, 1, 1) - dt.timedelta(days=random.randint(0, 25)), False
        while start.year <= year:
            end = start + dt.timedelta(days=random.randint(28, 48))
            if not on:
                multiply(lambda day, start=start, end=end: start <= day < end, 0.04)
            start, on = end, not on
    return tilt


def bend(branch: Branch, year: int, plan: list, random: Random) -> list[tuple[tuple[str, ...], dt.date, int, dt.date]]:
    """Keep an item with probability min(1, w/W), else move it where the excess is: the density becomes exactly p·w/W."""
    days, base, tilt = calendar.workdays(year), calendar.base(year), _tilt(branch, year, random)
    mean = sum(b * w for b, w in zip(base, tilt, strict=True))
    excess = [b * max(0.0, w / mean - 1) for b, w in zip(base, tilt, strict=True)]
    place = {day: n for n, day in enumerate(days)}
    held = []
    for types, planned, group in plan:
        if random.random() < 0.03:  # not held at all
            continue
        day = planned
        if random.random() > tilt[place[planned]] / mean:
            day = calendar.draw(random, year, excess)
        elif random.random() < 0.03 and planned.month < 12:  # a month late, now and then
            day = calendar.after(planned + dt.timedelta(days=28))
            day = min(day, days[-1])
        if branch.department == "机关本级党总支" and calendar.CLOSED[year][0] <= day <= calendar.CLOSED[year][1]:
            day = calendar.after(calendar.CLOSED[year][1] + dt.timedelta(days=1))
        if branch.exists(day):
            held.append((types, day, group, planned))
    return held


def anchored(branch: Branch, year: int, random: Random) -> list[tuple[tuple[str, ...], dt.date, int, int]]:
    """The life meeting, appraisal, talks, debrief and annual business: types, day, place in the series, year they belong to."""
    next_year = organ.office_of(branch) in ("街镇便民", "交易中心")
    if next_year:
        meeting = calendar.after(dt.date(year, 1, 10) + dt.timedelta(days=random.randint(0, 40)))
        if (meeting - calendar.SPRING_FESTIVAL[year]).days in range(-2, 8):
            meeting = calendar.after(calendar.SPRING_FESTIVAL[year] + dt.timedelta(days=9))
    else:
        meeting = calendar.after(dt.date(year, 11, 22) + dt.timedelta(days=random.randint(0, 28)))
    belongs = year - 1 if next_year else year
    if not branch.exists(meeting):
        return []
    together = random.random() < 0.5
    series = [((("life_meeting", "appraisal") if together else ("life_meeting",)), meeting, 0, belongs)]
    if not together:
        series.append((("appraisal",), calendar.after(meeting + dt.timedelta(days=random.randint(1, 7))), 0, belongs))
    for n in range(min(4, 2 + branch.members // 12)):
        series.append((("talk",), calendar.before(meeting - dt.timedelta(days=random.randint(1, 20))), n, belongs))
    if random.random() < 0.75:
        series.append((("debrief",), calendar.before(dt.date(year, 12, random.randint(12, 30))), 0, year))
    series.append((("annual",), calendar.before(dt.date(year, 12, random.randint(10, 30))), 0, year))
    return [item for item in series if item[1].year == year]
