"""The page of the level plan."""

from __future__ import annotations

import datetime as dt
import importlib

import pytest
from streamlit.testing.v1 import AppTest

from cadence import queries, schedule
from cadence.store import Store
from tests.pages import screen
from tests.pages.test_pages import second_level


def said(page: AppTest) -> str:
    """Every text of the page."""
    return "\n".join(screen.texts(page))


def planned(page: AppTest) -> object:
    """The rows of the table."""
    return screen.frames(page)[0]


def below(store: Store, unit: str) -> list[str]:
    """A unit and what is below it."""
    tree = queries.ask(store, "unit_tree", {})
    path = tree.loc[tree["unit"] == unit, "path"].iloc[0]
    return list(tree.loc[tree["path"].str.startswith(path), "unit"])


def test_a_year_that_is_over_is_planned_from_october(visit, sample: Store):
    """Sentence, picture, table and two files; the page says from which day and what it rests on, and what came in the end."""
    unit = second_level(sample)
    found = visit(sample, "schedule", unit=unit)
    assert not found.exception and len(found.get("plotly_chart")) == 1
    text = said(found)
    assert "从2025年10月1日排起，只用2025年9月30日以前登记的记录。" in text and "后来实际" in text
    plan = schedule.even(schedule.read(sample, below(sample, unit), dt.date(2025, 10, 1), dt.date(2025, 12, 31)))
    due = plan.demand.occasions["is_due"].sum()
    assert f"待排 {len(plan.demand.occasions)} 次（规定动作 {due} 次" in text and f"每周最多 {plan.load.max()} 次" in text
    rows = planned(found)
    assert len(rows) == len(plan.rows) and set(rows["unit"]) <= set(below(sample, unit))
    assert len(found.get("download_button")) == 2


def test_the_address_chooses_days_and_bound(visit, sample: Store):
    """From 3 November to the month's end, once a week; what does not fit is said unit by unit."""
    found = visit(sample, "schedule", unit=second_level(sample), from_day="2025-11-03", to_day="2025-11-30", a_week="1")
    rows = planned(found)
    assert not found.exception and rows["day"].min() >= dt.date(2025, 11, 3) and rows["day"].max() <= dt.date(2025, 11, 30)
    assert "从2025年11月3日排起" in said(found) and "排不下" in said(found)


@pytest.mark.parametrize(
    "query",
    [
        {"from_day": "soon"},
        {"from_day": "1999-01-01"},
        {"to_day": "2024-01-01"},
        {"a_week": "99"},
        {"from_day": "2025-13-40", "a_week": "-1"},
    ],
    ids=str,
)
def test_an_address_that_makes_no_sense_falls_back(visit, sample: Store, query: dict):
    """The usual span and bound."""
    found = visit(sample, "schedule", unit=second_level(sample), **query)
    assert not found.exception and "从2025年10月1日排起" in said(found)


def test_a_new_bound_goes_into_the_address(visit, sample: Store):
    """And the usual one out of it again."""
    found = visit(sample, "schedule", unit=second_level(sample))
    control = next(group for group in found.get("button_group") if (group.key or "").startswith("a_week-"))
    found = control.set_value("3").run()
    assert "3" in found.query_params["a_week"] and not found.exception
    control = next(group for group in found.get("button_group") if (group.key or "").startswith("a_week-"))
    assert "a_week" not in control.set_value("2").run().query_params


def test_the_year_ahead_can_be_planned(visit, sample: Store):
    """From 1 January after the last ledger: everything is ahead, and nothing came in the end yet."""
    found = visit(sample, "schedule", unit=second_level(sample), from_day="2026-01-01")
    assert not found.exception and {day.year for day in planned(found)["day"]} == {2026}
    assert "后来实际" not in said(found)


def test_too_many_units_are_asked_to_be_fewer(visit, sample: Store, monkeypatch: pytest.MonkeyPatch):
    """Instead of minutes of silence."""
    monkeypatch.setattr(importlib.import_module("cadence.view.schedule"), "LARGEST", 3)
    found = visit(sample, "schedule")
    assert not found.exception and "请在左侧选定一部分" in said(found) and not found.get("plotly_chart")


def test_nothing_left_to_hold_is_said(visit, sample: Store):
    """On the last day of the year no month is left to plan for a unit above the branches."""
    with sample.cursor() as cursor:
        (organ,) = cursor.execute("select unit from marts.units where kind = 'organ'").fetchall()[0]
    plan = schedule.read(sample, [organ], dt.date(2025, 12, 1), dt.date(2025, 12, 31))
    assert plan.occasions.empty
    assert schedule.even(plan).rows.empty


def test_an_edit_warns_and_changes_the_sentence(visit, sample: Store, monkeypatch: pytest.MonkeyPatch):
    """A row moved to a holiday and two removed: the page names the holiday, and the count follows."""
    module = importlib.import_module("cadence.view.schedule")
    unit, made = second_level(sample), module._editor
    assert not visit(sample, "schedule", unit=unit).warning

    def edited(*arguments: object) -> object:
        table = made(*arguments)
        table.loc[0, "day"] = dt.date(2025, 10, 3)
        return table.drop(index=[1, 2])

    monkeypatch.setattr(module, "_editor", edited)
    found = visit(sample, "schedule", unit=unit)
    assert not found.exception and any("国庆节" in warning.value for warning in found.warning)
    assert f"表中现有 {len(planned(found)) - 2} 次" in said(found)
