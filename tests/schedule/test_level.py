"""The even plan: nothing lost, nothing out of bounds, never fuller than putting off, always the same."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cadence import schedule
from cadence.schedule import level
from tests.schedule.demands import day, demand, occasion

MONTHS = {10: ("10-01", "10-31"), 11: ("11-01", "11-30"), 12: ("12-01", "12-31")}
KINDS = ("theme_day", "committee_meeting", "group_meeting", "study", "party_lecture")


@st.composite
def occasions(draw: st.DrawFn) -> list[dict]:
    """Up to eight units with a few kinds each: due in a month, missed, or planned by the unit itself."""
    found = []
    for unit in range(draw(st.integers(1, 8))):
        for _ in range(draw(st.integers(0, 9))):
            kind, sort = draw(st.sampled_from(KINDS)), draw(st.sampled_from(["due", "late", "own"]))
            first, last = MONTHS[draw(st.sampled_from(sorted(MONTHS)))]
            if sort == "late":
                found.append(occasion(f"单位{unit}", kind, "10-01", "12-31", is_late=True, period=day("03-01")))
            elif sort == "own":
                wanted = day(first) + dt.timedelta(days=draw(st.integers(0, 27)))
                exact = draw(st.booleans())
                found.append(
                    occasion(
                        f"单位{unit}", kind, first, "12-31", is_due=False, wanted=wanted, is_exact=exact, every="", topic="议题"
                    )
                )
            else:
                found.append(occasion(f"单位{unit}", kind, first, last))
    return found


@st.composite
def demands(draw: st.DrawFn) -> schedule.Demand:
    """Such occasions, now and then with a closure and an inspection."""
    closures = pd.DataFrame(
        [("单位0", pd.Timestamp("2025-11-03"), pd.Timestamp("2025-11-14"), "搬迁")] if draw(st.booleans()) else [],
        columns=["unit", "first", "last", "name"],
    )
    inspections = pd.DataFrame(
        [("单位1", pd.Timestamp("2025-12-18"), "考核")] if draw(st.booleans()) else [], columns=["unit", "day", "name"]
    )
    return demand(draw(occasions()), closures=closures, inspections=inspections)


@settings(max_examples=25, deadline=None)
@given(demands(), st.integers(1, 3))
def test_a_plan_keeps_every_bound(asked: schedule.Demand, most: int):
    """Working days of the span and of each window, no closure, one a day, so many a week."""
    plan = schedule.even(asked, most)
    working = set(asked.days.loc[asked.days["is_working"], "day"])
    for row in plan.rows.itertuples(index=False):
        assert row.day in working and asked.start <= row.day.date() <= asked.until
        assert row.first <= row.day.date() <= row.last
        for closure in asked.closures.itertuples(index=False):
            assert row.unit != closure.unit or not closure.first <= row.day <= closure.last
    assert not plan.rows.duplicated(["unit", "day"]).any()
    week = asked.week(plan.rows["day"].to_numpy(dtype="datetime64[D]"))
    assert plan.rows.groupby(["unit", week]).size().max() <= most if len(plan.rows) else True


@settings(max_examples=25, deadline=None)
@given(demands(), st.integers(1, 3))
def test_nothing_is_lost(asked: schedule.Demand, most: int):
    """Each occasion has one day, or stands among the impossible with a reason."""
    plan = schedule.even(asked, most)
    names = ["unit", "type", "first", "last", "is_late", "is_due", "wanted"]
    both = pd.concat([plan.rows[names], plan.impossible[names]]).sort_values(names, ignore_index=True)
    pd.testing.assert_frame_equal(both, asked.occasions[names].sort_values(names, ignore_index=True), check_dtype=False)
    assert set(plan.impossible["why"]) <= {"full", "no_day"}


@settings(max_examples=25, deadline=None)
@given(demands())
def test_the_fullest_week_is_never_above_that_of_putting_off(asked: schedule.Demand):
    """Under the same bounds, wherever putting off finds a place for as many."""
    plan = schedule.even(asked)
    assert plan.put_off.sum() <= len(plan.rows)
    if plan.put_off.sum() == len(plan.rows):
        assert plan.load.max(initial=0) <= plan.put_off.max(initial=0)


@settings(max_examples=12, deadline=None)
@given(demands(), st.randoms(use_true_random=False))
def test_the_same_input_gives_the_same_plan(asked: schedule.Demand, random: object):
    """Once more, and with its rows the other way round."""
    first = schedule.even(asked)
    pd.testing.assert_frame_equal(first.rows, schedule.even(asked).rows)
    order = list(range(len(asked.occasions)))
    random.shuffle(order)
    turned = demand(asked.occasions.iloc[order].to_dict("records"), closures=asked.closures, inspections=asked.inspections)
    names = ["unit", "type", "day", "first", "last"]
    other = schedule.even(turned).rows.sort_values(names, ignore_index=True)
    assert other[["unit", "day"]].equals(first.rows.sort_values(names, ignore_index=True)[["unit", "day"]])


def test_it_is_as_even_as_it_can_be():
    """Twelve units with one each of the last quarter: one a week, where putting off makes twelve in one."""
    asked = demand([occasion(f"单位{n:02d}", "theme_day", "10-01", "12-31") for n in range(12)])
    plan = schedule.even(asked)
    assert plan.load.max() == 1 and plan.put_off.max() == 12 and plan.is_best


def test_no_plan_has_a_lower_peak():
    """Against every way of placing a few occasions in three weeks, tried one by one."""
    windows = [("11-03", "11-07"), ("11-03", "11-21"), ("11-03", "11-21"), ("11-03", "11-21"), ("11-10", "11-21")]
    asked = demand([occasion(f"单位{n}", "study", "11-03", "11-21") for n, _ in enumerate(windows)], "11-03", "11-21")
    best = min(np.bincount(choice, minlength=3).max() for choice in np.ndindex(3, 3, 3, 3, 3))
    assert schedule.even(asked).load.max() == best == 2


def test_what_was_missed_comes_early_and_not_all_at_once():
    """Five theme days to make good and three ahead: a fresh one each week at most, the missed ones first."""
    late = [occasion("甲", "theme_day", "10-01", "12-31", is_late=True, period=day(f"{month:02d}-01")) for month in range(1, 6)]
    plan = schedule.even(demand([*late, *(occasion("甲", "theme_day", *ends) for ends in MONTHS.values())]))
    missed = plan.rows.loc[plan.rows["is_late"], "day"]
    assert len(plan.rows) == 8 and missed.max() <= pd.Timestamp("2025-11-30")
    assert plan.load.max() == 1


def test_a_short_week_holds_less():
    """1 to 8 October is a holiday: the second week of October has three days, so it carries no more than its share."""
    asked = demand([occasion(f"单位{n:02d}", "study", "10-01", "10-31", is_late=True) for n in range(40)], "10-01", "10-31")
    load = schedule.even(asked).load
    assert load[0] == 0 and load[1] < load[2:5].max() and load.sum() == 40


def test_a_planned_day_is_kept_where_nothing_speaks_against_it():
    """And a unit's usual weekday where there is none."""
    asked = demand([occasion("甲", "study", "11-01", "11-30", wanted=day("11-12"), is_exact=True, is_due=False)])
    assert list(schedule.even(asked).rows["day"]) == [pd.Timestamp("2025-11-12")]
    cost = np.array([1, 1, 1, 0.0, 1, 1, 1])
    usual = schedule.demand.Habits({"甲": cost}, {"甲": np.array([1, 1, 0.0, 1, 1])}, {"甲": 3})
    asked = demand([occasion("甲", "study", "11-01", "11-30")], habits=usual)
    (found,) = schedule.even(asked).rows["day"]
    assert (found.day_of_week, (found.day - 1) // 7) == (3, 2)


def test_nothing_piles_up_before_an_inspection():
    """The two weeks before it get fewer than the others, though they would be the usual ones."""
    seen = pd.DataFrame([(f"单位{n}", pd.Timestamp("2025-11-24"), "检查") for n in range(6)], columns=["unit", "day", "name"])
    asked = demand([occasion(f"单位{n}", "study", "11-01", "11-30") for n in range(6)], "11-03", "11-30", inspections=seen)
    load = schedule.even(asked).load
    plain = schedule.even(demand([occasion(f"单位{n}", "study", "11-01", "11-30") for n in range(6)], "11-03", "11-30")).load
    assert plain.max() == load.max() == 2 and load[1] + load[2] <= 2


def test_talks_come_before_the_life_meeting_and_that_before_the_appraisal():
    """Though nothing else tells the three apart."""
    kinds = ("appraisal", "life_meeting", "talk")
    plan = schedule.even(demand([occasion("甲", kind, "10-01", "12-31", every="year") for kind in kinds]))
    assert list(plan.rows.sort_values("day")["type"]) == ["talk", "life_meeting", "appraisal"]


def test_what_does_not_fit_is_the_units_own_choice_first():
    """Ten days of work for a week of two: what is due stays, what the unit chose goes."""
    due = [occasion("甲", kind, "12-22", "12-31") for kind in KINDS[:2]]
    own = [occasion("甲", kind, "12-22", "12-31", is_due=False, every="") for kind in KINDS[2:]]
    plan = schedule.even(demand([*own, *due], "12-22", "12-26"))
    assert set(plan.rows["type"]) == set(KINDS[:2])
    assert set(plan.impossible["type"]) == set(KINDS[2:]) and set(plan.impossible["why"]) == {"full"}


def test_a_closure_of_the_whole_window_leaves_no_day():
    """The reason is another than a full week."""
    closed = pd.DataFrame(
        [("甲", pd.Timestamp("2025-11-01"), pd.Timestamp("2025-11-30"), "搬迁")], columns=["unit", "first", "last", "name"]
    )
    plan = schedule.even(demand([occasion("甲", "study", "11-01", "11-30")], closures=closed))
    assert plan.rows.empty and list(plan.impossible["why"]) == ["no_day"]


def test_out_of_time_everything_still_has_a_place(monkeypatch: pytest.MonkeyPatch):
    """Placed in turn, within the bounds; the plan says that it is not the best."""
    monkeypatch.setattr(level._Flow, "_solved", lambda *_, **__: None)
    plan = schedule.even(demand([occasion(f"单位{n}", "study", "11-01", "11-30") for n in range(9)]))
    assert not plan.is_best and len(plan.rows) == 9 and not plan.rows.duplicated(["unit", "day"]).any()


def test_nothing_asked_nothing_planned():
    """An empty demand is an empty plan."""
    plan = schedule.even(demand([]))
    assert plan.rows.empty and plan.impossible.empty and plan.load.sum() == 0
