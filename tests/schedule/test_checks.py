"""A plan that a reader has edited: what is worth a look."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cadence import schedule, words
from cadence.schedule import Plan, checks, told
from tests.schedule.demands import demand, occasion


@pytest.fixture
def plan() -> Plan:
    """Two units with theme days in October and November; 甲 is closed on the first days of November."""
    closed = pd.DataFrame(
        [("甲", pd.Timestamp("2025-11-03"), pd.Timestamp("2025-11-07"), "搬迁")], columns=["unit", "first", "last", "name"]
    )
    windows = [("10-01", "10-31"), ("11-01", "11-30")]
    late = occasion("甲", "study", "10-01", "12-31", is_late=True)
    return schedule.even(
        demand([*(occasion(unit, "theme_day", *ends) for unit in "甲乙" for ends in windows), late], closures=closed)
    )


def moved(plan: Plan, row: int, day: str) -> pd.DataFrame:
    """The table with one row on another day."""
    table = told.table(plan)
    table.loc[row, "day"] = dt.date.fromisoformat(day)
    return table


def of(plan: Plan, unit: str, kind: str, month: int) -> int:
    """The row of a unit's occasion in a month."""
    rows = plan.rows
    return rows.index[(rows["unit"] == unit) & (rows["type"] == kind) & (rows["day"].dt.month == month)][0]


def whats(plan: Plan, table: pd.DataFrame) -> list[str]:
    return [fault.what for fault in checks.faults(plan, table)]


def test_the_plan_itself_is_faultless(plan: Plan):
    assert whats(plan, told.table(plan)) == []


@pytest.mark.parametrize(
    ("day", "what", "said"),
    [
        ("2025-10-03", "holiday", "国庆节"),
        ("2025-10-18", "holiday", "不是工作日"),
        ("2025-09-30", "outside", "不在所选的时间内"),
        ("2025-11-12", "short", "少排了 1 次"),
    ],
)
def test_a_moved_row_is_looked_at(plan: Plan, day: str, what: str, said: str):
    """A holiday, a Saturday, a day before the span, a day out of its month."""
    found = [one for one in checks.faults(plan, moved(plan, of(plan, "乙", "theme_day", 10), day)) if one.what == what]
    assert len(found) == 1 and said in told.fault(found[0]) and "乙" in told.fault(found[0])


def test_a_closure_is_named(plan: Plan):
    """With its own name."""
    found = checks.faults(plan, moved(plan, of(plan, "甲", "theme_day", 11), "2025-11-05"))
    assert [one.what for one in found] == ["closed"] and "搬迁" in told.fault(found[0])


def test_two_on_a_day_and_three_in_a_week(plan: Plan):
    """Three rows of a unit in one week, two on one day."""
    rows = [{"day": dt.date(2025, 12, day), "unit": "乙", "type": "study", "topic": ""} for day in (9, 9, 11)]
    table = pd.concat([told.table(plan), pd.DataFrame(rows)], ignore_index=True)
    assert whats(plan, table) == ["clash", "full"]


def test_a_removed_due_row_is_missed_and_an_own_row_is_not(plan: Plan):
    """The rules ask for the one; an added row in the month serves as well."""
    table = told.table(plan)
    without = table.drop(index=of(plan, "乙", "theme_day", 10))
    assert whats(plan, without) == ["short"]
    added = pd.DataFrame([{"day": dt.date(2025, 10, 30), "unit": "乙", "type": "theme_day", "topic": None}])
    assert whats(plan, pd.concat([without, added], ignore_index=True)) == []


def test_a_row_that_is_not_whole_counts_nowhere(plan: Plan):
    """Neither in the load nor in a file."""
    table = pd.concat(
        [told.table(plan), pd.DataFrame([{"day": None, "unit": "乙", "type": "study", "topic": ""}])], ignore_index=True
    )
    assert whats(plan, table) == ["incomplete"] and len(checks.usable(table)) == len(plan.rows)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_fault_has_words(language: str):
    """In every language, with its unit and day."""
    words.speak(language)
    for what in ("outside", "holiday", "closed", "clash", "full", "short", "incomplete"):
        for name in ("", "国庆节"):
            text = told.fault(checks.Fault(what, "甲", "study", dt.date(2025, 10, 9), 3, name))
            assert text and (what == "incomplete" or "甲" in text)
            assert language == "zh" or not any("\u4e00" <= sign <= "\u9fff" for sign in text.replace("甲", ""))
