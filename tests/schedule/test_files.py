"""Work plan and calendar: read back by the import and by a reader of calendars that is not ours."""

from __future__ import annotations

import datetime as dt

import icalendar
import pandas as pd
import pytest

from cadence import batches, engine, schedule
from cadence.schedule import Plan, files, told
from cadence.store import Store
from tests.schedule.demands import day, demand, occasion

MADE = dt.datetime(2025, 9, 30, 8, 0, tzinfo=dt.UTC)
TODAY = dt.date(2025, 9, 30)
AWKWARD = "=1+1；“一网通办”, 第2批; a\\b\n换行" + "很长的主题" * 20


@pytest.fixture
def plan() -> Plan:
    """A due occasion with the plan's words in its second version, one without words, and an own one with awkward words."""
    asked = [
        occasion("第一党支部", "theme_day", "10-01", "10-31", topic="10月主题党日：台账", planned=day("10-01"), version=2),
        occasion("第一党支部", "theme_day", "11-01", "11-30"),
        occasion("第二党支部", "study", "10-01", "11-30", topic=AWKWARD, version=1, planned=day("10-01"), is_due=False, every=""),
    ]
    return schedule.even(demand(asked))


def test_the_import_reads_every_row_as_a_plan(plan: Plan, empty_store: Store):
    """Recognised without being told; unit, kind, day and item come back."""
    content = files.sheet(plan, told.table(plan), TODAY)
    (reading,) = batches.read(empty_store, [(f"{files.name(plan)}.xlsx", content)])
    sheets = [sheet for sheet in reading.sheets if sheet.kind]
    assert [sheet.kind for sheet in sheets] == ["plans"]
    batches.commit(empty_store, [reading])
    with empty_store.cursor() as cursor:
        found = cursor.execute("select unit, type, planned_on from facts.plans order by all").fetchall()
    assert found == sorted((row.unit, row.type, row.day.date()) for row in plan.rows.itertuples())


def test_an_import_moves_a_planned_item(plan: Plan, empty_store: Store):
    """The item that was planned for October in its second version is planned for the new day now, once."""
    old = pd.DataFrame([["第一党支部", "主题党日", dt.date(2025, 10, 1), "10月主题党日：台账", 2]])
    before = plan.rows.iloc[[0]]
    assert before["version"].iloc[0] == 2
    rows = files.exported(plan, told.table(plan), TODAY)
    assert list(rows.loc[rows["item"] == old[3][0], "version"]) == [3]
    assert list(rows.loc[rows["item"] != old[3][0], "version"]) != [3] and "11月主题党日" in set(rows["item"])


def test_changed_words_are_a_new_item(plan: Plan):
    """Version 1: nothing in the store is superseded by another subject."""
    table = told.table(plan)
    table["topic"] = "改过的主题"
    assert set(files.exported(plan, table, TODAY)["version"]) == {1}


def test_another_kind_is_a_new_item(plan: Plan):
    """A theme day made a study does not supersede the theme day's plan; a row that a reader added has no plan at all."""
    table = told.table(plan).assign(type="study")
    added = table.iloc[[0]].assign(row=pd.Series([pd.NA], dtype="Int64").to_numpy(), topic="新增")
    table = pd.concat([table, added], ignore_index=True)
    moved = files.exported(plan, table, TODAY)
    assert sorted(moved.loc[moved["unit"] == "第一党支部", "version"]) == [1, 1, 1] and moved["changed_on"].notna().sum() == 1


def test_a_reader_of_calendars_finds_every_event(plan: Plan):
    """Whole days, the words unescaped, distinct names; no line is too long, none cut inside a character."""
    content = files.calendar(plan, told.table(plan), MADE)
    read = icalendar.Calendar.from_ical(content)
    events = read.walk("VEVENT")
    rows = plan.rows.itertuples()
    assert read.errors == [] and [event.errors for event in events] == [[], [], []]
    assert [event["DTSTART"].dt for event in events] == [row.day.date() for row in rows]
    assert all(event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(days=1) for event in events)
    assert len({str(event["UID"]) for event in events}) == 3 and all(event["DTSTAMP"].dt == MADE for event in events)
    assert any(AWKWARD in str(event["SUMMARY"]) for event in events)
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75 and all(line.decode() is not None for line in lines)
    assert content.endswith(b"END:VCALENDAR\r\n") and b"\n" not in content.replace(b"\r\n", b"")


def test_the_same_table_gives_the_same_events(plan: Plan):
    """So that a calendar that is imported again replaces its events."""
    assert files.calendar(plan, told.table(plan), MADE) == files.calendar(plan, told.table(plan), MADE)


def test_a_whole_office_goes_round(sample_copy, tmp_path):
    """Every row of the sample's plan is accepted again, and planned items are not doubled."""
    from cadence import queries, store

    opened = engine.ready(store.open(str(sample_copy)))
    units = queries.ask(opened, "unit_tree", {})["unit"]
    asked = schedule.read(opened, list(units), dt.date(2025, 10, 1), dt.date(2025, 12, 31))
    plan = schedule.even(asked)
    readings = batches.read(opened, [("工作计划.xlsx", files.sheet(plan, told.table(plan), TODAY))])
    sheets = [sheet for sheet in readings[0].sheets if sheet.kind]
    assert [(sheet.kind, len(sheet.rejected)) for sheet in sheets] == [("plans", 0)]
    receipt = batches.commit(opened, readings)
    assert receipt.counts.fresh == len(plan.rows) and receipt.counts.refused == 0
    again = schedule.read(opened, list(units), dt.date(2025, 10, 1), dt.date(2025, 12, 31))
    assert len(again.occasions) == len(asked.occasions)
    opened.close()
