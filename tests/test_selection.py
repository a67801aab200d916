"""Periods and selections: read, shifted, written back, and refused with a reason."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from cadence import selection
from cadence.selection import Period, Selection, SelectionError

TREE = pd.DataFrame(
    {
        "unit": ["机关党委", "数据处", "数据一支部", "数据处二", "热线中心"],
        "path": ["机关党委", "机关党委 / 数据处", "机关党委 / 数据处 / 数据一支部", "机关党委 / 数据处二", "机关党委 / 热线中心"],
    }
)


@pytest.mark.parametrize(
    ("text", "start", "until", "id"),
    [
        ("2024", "2024-01-01", "2024-12-31", "2024"),
        ("2024Q3", "2024-07-01", "2024-09-30", "2024Q3"),
        ("2024q1", "2024-01-01", "2024-03-31", "2024Q1"),
        ("2024-Q4", "2024-10-01", "2024-12-31", "2024Q4"),
        (" 2024 ", "2024-01-01", "2024-12-31", "2024"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-02..2024-02"),
        ("2023-2", "2023-02-01", "2023-02-28", "2023-02..2023-02"),
        ("2024-03..2024-09", "2024-03-01", "2024-09-30", "2024-03..2024-09"),
        ("2023-11..2024-02", "2023-11-01", "2024-02-29", "2023-11..2024-02"),
        ("2024-01..2024-12", "2024-01-01", "2024-12-31", "2024"),
        ("2024-04..2024-06", "2024-04-01", "2024-06-30", "2024Q2"),
        ("2024-02..2024-04", "2024-02-01", "2024-04-30", "2024-02..2024-04"),
        ("2023-07..2024-06", "2023-07-01", "2024-06-30", "2023-07..2024-06"),
        ("2024-03-15", "2024-03-01", "2024-03-31", "2024-03..2024-03"),
        ("2024-03-15..2024-05-02", "2024-03-01", "2024-05-31", "2024-03..2024-05"),
    ],
)
def test_a_period_is_read_and_written(text: str, start: str, until: str, id: str):
    """Years, quarters, months and days become whole months, and their id reads back to the same."""
    found = selection.period(text)
    assert found == Period(dt.date.fromisoformat(start), dt.date.fromisoformat(until))
    assert found.id == id and selection.period(id) == found


NO_PERIODS = ["", "24", "2024Q5", "2024-13", "2024-00", "soon", "2024-01..", "2024-01..2024-02..2024-03", "0000", "0000-03", "9999"]


@pytest.mark.parametrize("text", NO_PERIODS)
def test_what_is_no_period_is_refused(text: str):
    """The message holds the value and examples of what is understood."""
    with pytest.raises(SelectionError) as error:
        selection.period(text)
    assert f"“{text}”" in str(error.value) and "2024Q3" in str(error.value)


def test_a_period_may_not_end_before_it_starts():
    """Start and end the wrong way round are an error, not an empty answer."""
    with pytest.raises(SelectionError, match="开始晚于结束"):
        selection.period("2024-09..2024-03")


@pytest.mark.parametrize(
    ("text", "months", "id"),
    [
        ("2024", -12, "2023"),
        ("2024Q1", -3, "2023Q4"),
        ("2024Q4", 3, "2025Q1"),
        ("2024-02", 12, "2025-02..2025-02"),
        ("2024-01..2024-02", -1, "2023-12..2024-01"),
    ],
)
def test_a_period_moves_by_whole_months(text: str, months: int, id: str):
    """Ends stay the last days of their months."""
    moved = selection.period(text).shifted(months)
    assert moved.id == id and moved == selection.period(id)


@pytest.mark.parametrize(
    ("text", "comparison", "id"),
    [
        ("2024", "previous", "2023"),
        ("2024Q1", "previous", "2023Q4"),
        ("2024Q1", "last_year", "2023Q1"),
        ("2024-03..2024-09", "previous", "2023-08..2024-02"),
        ("2024-02", "last_year", "2023-02..2023-02"),
    ],
)
def test_what_a_period_is_compared_with(text: str, comparison: str, id: str):
    """The period of the same length just before, or the same months a year earlier."""
    assert selection.period(text).before(comparison).id == id


def test_no_comparison_has_no_period():
    """“none” compares with nothing."""
    assert selection.period("2024").before("none") is None


def test_a_unit_stands_for_everything_below_it():
    """Children and their children, and not a unit whose name only begins alike."""
    assert selection.subtree(TREE, "数据处") == ("数据处", "数据一支部")


def test_no_unit_stands_for_all():
    """In the order of the tree."""
    assert selection.subtree(TREE, "") == tuple(TREE["unit"])


def test_an_unknown_unit_is_named():
    """The message holds the name."""
    with pytest.raises(SelectionError, match="单位“从未有过”不在组织名册中"):
        selection.subtree(TREE, "从未有过")


@pytest.mark.parametrize(
    ("chosen", "known"), [((), ("a", "b", "c")), (("c", "a"), ("a", "c")), (("x",), ("a", "b", "c")), (("x", "b"), ("b",))]
)
def test_kinds_that_exist_or_all(chosen: tuple[str, ...], known: tuple[str, ...]):
    """Unknown kinds are passed over; where none is left, all are meant."""
    assert selection.known_types(chosen, ("a", "b", "c")) == known


def test_a_selection_gives_the_params_of_a_query():
    """Dates as dates, units and kinds as lists."""
    chosen = Selection(selection.period("2024Q1"), ("甲",), ("theme_day",), "six")
    assert chosen.params == {
        "start": dt.date(2024, 1, 1),
        "until": dt.date(2024, 3, 31),
        "units": ["甲"],
        "types": ["theme_day"],
        "preset": "six",
        "stale_forms": "lecture",
    }


def test_the_same_choice_in_another_period():
    """Everything but the period stays."""
    chosen = Selection(selection.period("2024Q1"), ("甲",), ("theme_day",), "six")
    assert chosen.during(selection.period("2023")) == Selection(selection.period("2023"), ("甲",), ("theme_day",), "six")
