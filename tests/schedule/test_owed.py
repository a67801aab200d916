"""What is still owed: rules, plans and what was held, period by period."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pandas as pd
import pytest

from cadence.schedule.owed import Held, Owed, months, owed

MONTHLY = {"rule": "R9", "type": "theme_day", "every": "month", "times": 1, "times_per_group": False, "only_with": None}
QUARTERLY = {**MONTHLY, "rule": "R1", "type": "members_meeting", "every": "quarter"}
YEARLY = {**MONTHLY, "rule": "R6", "type": "life_meeting", "every": "year"}
SEASONS = {"life_meeting": (10, 11, 12, 1, 2, 3)}
PLAN = ["unit", "type", "planned_on", "item", "occasions", "versions", "is_day_known"]


def ask(
    *rules: dict,
    held: dict[str, int] | None = None,
    missing: tuple[str, ...] = (),
    plans: list[tuple] = (),
    start: str = "2025-10-01",
    until: str = "2025-12-31",
    type: str = "theme_day",
    years: dict[int, int] | None = None,
    **unit: object,
) -> Owed:
    """What 甲 owes: held counts activities by month (03), missing are months not handed in, plans (month or day, item, version)."""
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(until)
    register = {"unit": "甲", "kind": "branch", "founded_on": None, "groups": 0, "has_committee": True} | unit
    told = [month for month in months(dt.date(2024, 1, 1), first) if f"{month:%m}" not in missing or month.year < 2025]
    counts = Counter({("甲", type, dt.date(2025, int(month), 1)): n for month, n in (held or {}).items()})
    plan = [
        ("甲", type, dt.date.fromisoformat(f"2025-{day}" if len(day) > 2 else f"2025-{day}-01"), item, 1, version, len(day) > 2)
        for day, item, version in plans
    ]
    return owed(
        pd.DataFrame([register]),
        pd.DataFrame(list(rules), columns=list(MONTHLY)),
        SEASONS,
        pd.DataFrame(plan, columns=PLAN),
        Held(
            counts,
            Counter({("甲", type, year): n for year, n in (years or {}).items()}),
            frozenset(("甲", m) for m in told),
            dt.date(2024, 1, 1),
        ),
        first,
        last,
    )


ALL = {f"{month:02d}": 1 for month in range(1, 10)}


def windows(found: Owed) -> list[tuple[str, str, bool]]:
    """(first, last, is late) of each occasion in order."""
    return [(f"{row.first:%m-%d}", f"{row.last:%m-%d}", row.is_late) for row in found.frame.itertuples()]


def test_each_month_ahead_is_its_own_window():
    """Three theme days from 1 October, each in its month."""
    found = ask(MONTHLY, held=ALL)
    assert windows(found) == [("10-01", "10-31", False), ("11-01", "11-30", False), ("12-01", "12-31", False)]


def test_the_month_that_runs_begins_with_the_first_day():
    """What was held in it already counts."""
    assert windows(ask(MONTHLY, held=ALL, start="2025-10-15"))[0] == ("10-15", "10-31", False)
    assert windows(ask(MONTHLY, held={**ALL, "10": 1}, start="2025-10-15"))[0] == ("11-01", "11-30", False)


def test_a_missed_month_may_be_made_good_anywhere():
    """April's theme day, from the first day to the last."""
    found = ask(MONTHLY, held={month: n for month, n in ALL.items() if month != "04"})
    (late,) = [row for row in found.frame.itertuples() if row.is_late]
    assert (late.period, late.first, late.last) == (dt.date(2025, 4, 1), dt.date(2025, 10, 1), dt.date(2025, 12, 31))


def test_a_later_surplus_has_made_a_gap_good_and_an_earlier_one_has_not():
    """Two in June serve April; two in March do not."""
    without = {month: n for month, n in ALL.items() if month != "04"}
    assert not any(late for *_, late in windows(ask(MONTHLY, held={**without, "06": 2})))
    assert any(late for *_, late in windows(ask(MONTHLY, held={**without, "03": 2})))


def test_of_a_month_not_handed_in_nobody_knows():
    """It is counted as unknown, not placed."""
    found = ask(MONTHLY, held={month: n for month, n in ALL.items() if month != "04"}, missing=("04",))
    assert not any(late for *_, late in windows(found)) and found.unknown == {("甲", "theme_day"): 1}


@pytest.mark.parametrize(
    ("rule", "unit", "times"),
    [
        ({}, {"kind": "department"}, 0),
        ({"only_with": "committee"}, {"has_committee": False}, 0),
        ({"only_with": "groups", "times_per_group": True}, {"groups": 2}, 6),
        ({"only_with": "groups", "times_per_group": True}, {"groups": 0}, 0),
        ({"times_per_group": True}, {"groups": pd.NA}, 0),
        ({"times": 2}, {}, 6),
        ({}, {"founded_on": dt.date(2025, 10, 20)}, 2),
    ],
)
def test_a_rule_asks_only_those_it_concerns(rule: dict, unit: dict, times: int):
    """Branches, with a committee, per group, from their founding on."""
    assert sum(not late for *_, late in windows(ask({**MONTHLY, **rule}, held=dict.fromkeys(ALL, 9), **unit))) == times


def test_a_quarter_that_ends_later_is_not_due_yet():
    """To 30 November only the months that have ended by then."""
    assert windows(ask(QUARTERLY, type="members_meeting", held={"01": 1, "04": 1, "07": 1}, until="2025-11-30")) == []
    assert windows(ask(QUARTERLY, type="members_meeting", held={"01": 1, "04": 1, "07": 1})) == [("10-01", "12-31", False)]


def test_a_season_is_kept():
    """A life meeting asked for in June may stand from October on; in January that of the year before is still open."""
    assert windows(ask(YEARLY, type="life_meeting", start="2025-06-01", years={2024: 1})) == [("10-01", "12-31", False)]
    assert windows(ask(YEARLY, type="life_meeting", years={2024: 1, 2025: 1})) == []
    found = ask(YEARLY, type="life_meeting", start="2025-01-10", years={2024: 0})
    assert windows(found) == [("01-10", "03-31", False), ("10-01", "12-31", False)]


def test_a_planned_item_is_the_due_occasion_of_its_month():
    """One occasion with the plan's words and day; a second item of the month is one more."""
    found = ask(MONTHLY, held=ALL, plans=[("10", "十月党日", 1), ("10-20", "加一次", 2)]).frame
    assert len(found) == 4
    assert list(found.loc[found["is_due"], "topic"]) == ["十月党日", "", ""]
    (own,) = found[~found["is_due"]].itertuples()
    assert (own.topic, own.version, own.wanted, own.is_exact) == ("加一次", 2, dt.date(2025, 10, 20), True)
    assert (own.first, own.last) == (dt.date(2025, 10, 1), dt.date(2025, 11, 30))


def test_a_missed_month_takes_the_item_that_was_put_off_for_it():
    """August's theme day was moved to December: it is what makes August good, not a second one in December."""
    held = {month: n for month, n in ALL.items() if month != "08"}
    found = ask(MONTHLY, held=held, plans=[("10", "十月", 1), ("11", "十一月", 1), ("12", "八月补", 3), ("12", "十二月", 1)]).frame
    assert len(found) == 4 and found["is_due"].all()
    assert (
        set(found.loc[found["is_late"], "topic"]) <= {"八月补", "十二月"} and found.loc[found["is_late"], "planned"].notna().all()
    )


def test_own_items_answered_by_an_activity_are_done():
    """One held in its month, one later; the third is still open."""
    plans = [("03", "一", 1), ("04", "二", 1), ("05", "三", 1)]
    found = ask(type="study", held={"03": 1, "06": 1}, plans=plans).frame
    assert list(found["topic"]) == ["三"] and found["is_late"].all() and not found["is_due"].any()
    assert (found["first"][0], found["last"][0]) == (dt.date(2025, 10, 1), dt.date(2025, 12, 31))


def test_an_item_after_the_last_day_is_not_asked_for():
    """To 30 November, nothing of December."""
    assert ask(type="study", plans=[("12", "一", 1)], until="2025-11-30").frame.empty


def test_an_item_of_a_month_not_handed_in_is_unknown():
    """It may have been held."""
    found = ask(type="study", plans=[("04", "一", 1)], missing=("04",))
    assert found.frame.empty and found.unknown == {("甲", "study"): 1}
