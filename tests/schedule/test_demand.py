"""From a store to a demand: what was known by the day, who is closed, which task is offered."""

from __future__ import annotations

import datetime as dt

import pytest

from cadence import schedule
from cadence.schedule import Demand
from tests.facts.office import Office, months


@pytest.fixture
def office() -> Office:
    """甲 and 乙 below 机关; 甲 has a theme day each month of 2024 to August, September's written down in October."""
    office = Office()
    held = [{"held_on": f"2024-{month:02d}-11", "recorded_on": f"2024-{month:02d}-12"} for month in range(1, 9)]
    late = {"held_on": "2024-09-11", "recorded_on": "2024-10-20"}
    office.batch(
        units=[{"unit": "甲", "parent": "机关", "groups": 0}, {"unit": "乙", "parent": "机关", "groups": 0}],
        activities=[*held, late, *({"unit": "乙", **row} for row in held)],
        plans=[{"planned_on": "2024-11-01", "planned_on_precision": "month", "item": "十一月党日"}],
        tasks=[{"task": "一网通办", "quarter": "2024-10-01"}, {"task": "旧任务", "quarter": "2024-07-01"}],
        calendar=[
            {"event": "closure", "name": "搬迁", "starts_on": "2024-12-02", "ends_on": "2024-12-06", "units": "机关"},
            {"event": "inspection", "name": "考核", "starts_on": "2024-12-19", "units": "甲、丙"},
        ],
        coverage=[*months("甲", "2024-01", "2024-12"), *months("乙", "2024-01", "2024-08")],
    )
    return office


def read(office: Office, start: str = "2024-10-01") -> Demand:
    office.rows("select 1")
    return schedule.read(office.store, ["甲", "乙"], dt.date.fromisoformat(start), dt.date(2024, 12, 31))


def theme_days(asked: Demand, unit: str) -> list[tuple[int, bool]]:
    """(month of the period, is late) of a unit's theme days."""
    rows = asked.occasions[(asked.occasions["unit"] == unit) & (asked.occasions["type"] == "theme_day")]
    return [(row.period.month, row.is_late) for row in rows.itertuples()]


def test_only_what_was_on_record_by_the_day_counts(office: Office):
    """September's theme day was written down on 20 October: missing on the 1st, there on the 21st."""
    assert theme_days(read(office), "甲") == [(9, True), (10, False), (11, False), (12, False)]
    assert theme_days(read(office, "2024-10-21"), "甲") == [(10, False), (11, False), (12, False)]


def test_a_month_not_handed_in_is_not_asked_for_again(office: Office):
    """乙's September is unknown."""
    asked = read(office)
    assert (9, True) not in theme_days(asked, "乙")
    assert asked.unknown.set_index(["unit", "type"])["times"].loc[("乙", "theme_day")] == 1


def test_events_concern_those_they_name_and_those_below(office: Office):
    """The organ's closure is both units', the inspection one's; nothing is placed while closed."""
    asked = read(office)
    assert sorted(asked.closures["unit"]) == ["乙", "甲"] and list(asked.inspections["unit"]) == ["甲"]
    days = schedule.even(asked).rows["day"]
    assert len(days) and not days.between("2024-12-02", "2024-12-06").any()


def test_a_task_of_the_quarter_is_offered_where_the_plan_names_no_subject(office: Office):
    """November has its own words; 乙 has no task."""
    rows = read(office).occasions
    own = rows[(rows["unit"] == "甲") & (rows["type"] == "theme_day")]
    assert list(own["topic"]) == ["", "", "十一月党日", ""] and list(own["suggested"]) == ["一网通办", "一网通办", "", "一网通办"]
    assert set(rows.loc[rows["unit"] == "乙", "suggested"]) == {""}


def test_what_was_held_in_the_span_is_for_looking_back_alone(office: Office):
    """The ledgers reach the year's end, so the picture may say what came; a span into the next year may not."""
    assert read(office).is_past
    with pytest.raises(ValueError, match="one year"):
        schedule.read(office.store, ["甲"], dt.date(2024, 12, 1), dt.date(2025, 1, 31))
