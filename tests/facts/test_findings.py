"""Findings from the store: what the ledger of rhythm is made of, and what is not judged."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cadence import findings
from cadence.rhythm.ledger import NONE
from tests.facts.office import months


def day(text: str) -> int:
    """Days since 1970."""
    return (dt.date.fromisoformat(text) - dt.date(1970, 1, 1)).days


def told(office):
    """The ledger that the office's marts make."""
    office.rows("select 1")
    with office.store.cursor() as cursor:
        return findings.ledger(cursor)


def activity(unit: str, held_on: str, **more) -> dict:
    """One activity of a key of its own."""
    return {"key": f"{unit}{held_on}{more}", "unit": unit, "type": "study", "held_on": held_on, **more}


@pytest.fixture
def two(office):
    """Two units below 局 that handed in 2024."""
    office.batch(
        units=[{"unit": unit, "parent": "局", "members": 9, "quarter": "2024-01-01", "key": unit} for unit in ("甲", "乙")],
        activities=[activity("甲", "2024-03-01"), activity("乙", "2024-03-05", recorded_on="2024-06-01", materials=3)],
        coverage=[row for unit in ("甲", "乙") for row in months(unit, "2024-01", "2024-12")],
    )
    return office


def test_the_ledger_tells_days_organs_and_traces(two):
    """Units in order, their parent as organ, days counted from 1970, what is not told empty."""
    ledger = told(two)
    assert (ledger.units["unit"].tolist(), ledger.organs.tolist()) == (["乙", "甲"], ["局"])
    rows = ledger.activities.set_index("unit").sort_index()
    assert rows["held_on"].tolist() == [day("2024-03-05"), day("2024-03-01")]
    assert rows["recorded_on"].tolist() == [day("2024-06-01"), NONE]
    assert rows["traces"].iloc[0] == 3 and rows["traces"].isna().iloc[1]
    assert ledger.complete.tolist() == [day("2024-12-31")]


def test_a_unit_exists_from_the_first_month_that_it_handed_in(office):
    """Where that is later than its founding."""
    office.batch(
        units=[{"unit": "甲", "parent": "局", "founded_on": "2020-05-01", "quarter": "2024-01-01"}],
        activities=[activity("甲", "2024-08-01")],
        coverage=list(months("甲", "2024-07", "2024-12")),
    )
    assert told(office).units["founded_on"].tolist() == [day("2024-07-01")]


def test_a_year_with_a_month_missing_is_not_judged(office):
    """Its activities are left out, and the finding says why; other years of the unit stay."""
    office.batch(
        units=[{"unit": unit, "parent": "局", "quarter": "2023-01-01", "key": unit} for unit in ("甲", "乙")],
        activities=[
            activity(unit, f"{year}-{month:02}-03") for unit in ("甲", "乙") for year in (2023, 2024) for month in range(1, 13)
        ],
        coverage=[
            *months("甲", "2023-01", "2024-12"),
            *months("乙", "2023-01", "2024-04"),
            *months("乙", "2024-06", "2024-12"),
        ],
    )
    ledger = told(office)
    assert ledger.activities.groupby("unit").size().to_dict() == {0: 12, 1: 24}
    found = office.rows("select unit, year, level from marts.findings where pattern = 'fading' order by unit, year")
    assert ("乙", 2024, "unreported") in found and ("乙", 2023, "unreported") not in found


@pytest.mark.parametrize(
    ("words", "concerned"),
    [(None, {"局", "所"}), ("各党支部", {"局", "所"}), ("局", {"局"}), ("丙", {"所"}), ("甲、丙", {"局", "所"}), ("别处", set())],
)
def test_an_inspection_concerns_the_organs_that_it_names(office, words: str | None, concerned: set[str]):
    """By themselves, by one of their units, or all where it names none; a unit nobody knows concerns none."""
    parents = {"甲": "局", "乙": "局", "丙": "所"}
    office.batch(
        units=[{"unit": unit, "parent": parent, "quarter": "2024-01-01", "key": unit} for unit, parent in parents.items()],
        activities=[activity(unit, "2024-03-01") for unit in parents],
        calendar=[{"starts_on": "2024-06-03", "event": "inspection", "name": "检查", "units": words}],
        coverage=[row for unit in parents for row in months(unit, "2024-01", "2024-12")],
    )
    ledger = told(office)
    assert {ledger.organs[code] for code in ledger.inspections["organ"]} == concerned
    assert set(ledger.inspections["day"]) <= {day("2024-06-03")}


def test_the_outlook_counts_what_is_known_by_month_and_by_the_year_it_counts_for(office):
    """A month's activity is held, though nobody knows on which day; a life meeting of last year does not serve this year."""
    office.batch(
        units=[{"unit": "甲", "parent": "局", "members": 5, "quarter": "2024-01-01"}],
        activities=[
            activity("甲", f"2024-{month:02}-01", type="theme_day", held_on_precision="month", recorded_on=f"2024-{month:02}-28")
            for month in range(1, 9)
        ]
        + [activity("甲", "2024-01-20", type="life_meeting", year_of=2023)],
        coverage=list(months("甲", "2023-12", "2024-09")),
    )
    office.rows("select 1")
    with office.store.cursor() as cursor:
        row = findings.warnings(cursor, dt.date(2024, 9, 30)).iloc[0]
        assert findings.ledger(cursor).activities["kind"].tolist() == ["life_meeting"]
    assert (row["done"], row["still_theme_day"], row["still_life_meeting"]) == (8, 4, 1)
    assert row["complete"] == pd.Timestamp("2024-09-20")


def test_of_scores_without_a_day_the_annual_one_comes_last(office):
    """The last score of a year is what units are compared by; both stand on the first day of their quarter."""
    score = {"unit": "甲", "quarter": "2024-10-01", "criterion": "党建"}
    office.batch(
        activities=[activity("甲", "2024-03-01")],
        evaluations=[
            score | {"key": kind, "assessment": kind, "score": points} for kind, points in (("annual", 90), ("ongoing", 50))
        ],
        coverage=list(months("甲", "2024-01", "2024-12")),
    )
    assert told(office).assessments["score"].tolist() == [50, 90]


def test_nothing_to_judge_is_no_error(empty_store):
    """Every table is there and empty."""
    with empty_store.cursor() as cursor:
        for table in ("findings", "contrasts", "made_up", "expected"):
            assert cursor.execute(f"select count(*) from marts.{table}").fetchall() == [(0,)]
        assert findings.as_of(cursor, dt.date(2024, 9, 30)).empty


def test_a_ledger_known_by_month_is_judged_by_its_months(office):
    """Three years with half of each year's work in December; the days, of which nothing is known, say nothing."""
    counts = dict.fromkeys(range(1, 12), 3) | {12: 40}
    office.batch(
        units=[{"unit": "甲", "parent": "局", "quarter": "2022-01-01"}],
        activities=[
            activity("甲", f"{year}-{month:02}-01", held_on_precision="month", topic=str(n))
            for year in (2022, 2023, 2024)
            for month, held in counts.items()
            for n in range(held)
        ],
        coverage=list(months("甲", "2022-01", "2024-12")),
    )
    found = office.rows("select year, span, n, k, level from marts.findings where pattern = 'yearend_rush' order by year")
    assert [row[:4] for row in found] == [(year, "December", 73, 40) for year in (2022, 2023, 2024)]
    assert {level for *_, level in found} <= {"high", "medium"}
