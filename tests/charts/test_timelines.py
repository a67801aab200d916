"""Shares by quarter, the year's progress, and sparklines."""

from __future__ import annotations

import numpy as np
import pandas as pd

from tests.charts.conftest import named
from tests.charts.frames import Answers


def test_the_parts_fill_the_bar(picture):
    """Substantive, nominal, by the title alone and unlinked add up to all activities of the quarter."""
    figure = picture("linked_trend")
    total = sum(named(figure, name).y for name in ("实质结合", "名义结合", "题目挂名", "未关联"))
    assert np.allclose(total, 1)
    assert named(figure, "名义结合").marker.pattern.shape == "/"


def test_a_quarter_without_activities_is_a_gap(picture, answers):
    """0 of 0 is nothing, not 0 %."""
    frame = answers.linked_trend()
    frame.loc[1, ["substantive", "nominal", "titled", "unlinked", "n"]] = 0
    assert np.isnan(named(picture("linked_trend", frame), "实质结合").y[1])


def test_a_quarter_drills_into_its_three_months(picture):
    """From its first to its last day."""
    assert list(named(picture("linked_trend"), "实质结合").customdata[0]) == ["", "", "2023-01-01", "2023-03-31"]


def test_an_unfinished_year_is_projected_at_its_pace(picture, answers):
    """Dotted from the last month reported to December; the middle is proportional to the time left."""
    frame = answers.burn_up()
    figure = picture("burn_up", frame)
    ahead = named(figure, "按目前节奏推算")
    done = frame["held"].dropna().iloc[-1]
    assert ahead.line.dash == "dot"
    assert list(ahead.x) == [9, 10, 11, 12]
    assert ahead.y[0] == done
    assert abs(ahead.y[-1] - done * 12 / 9) < 1


def test_a_finished_year_is_not_projected(picture):
    """Nothing is guessed about what is known."""
    figure = picture("burn_up", Answers(12, range(2023, 2025), finished=True).burn_up())
    assert "按目前节奏推算" not in [trace.name for trace in figure.data]


def test_the_latest_year_stands_out(picture):
    """It alone is thick; the year before is thin and grey."""
    figure = picture("burn_up")
    assert named(figure, "2024年已开展").line.width > 2 * named(figure, "2023年").line.width


def test_without_a_plan_there_is_no_plan_line(picture, answers):
    """An absent plan is absent, not a line at zero."""
    figure = picture("burn_up", answers.burn_up().assign(planned=None))
    assert "计划" not in [trace.name for trace in figure.data]


def test_a_cumulated_point_drills_from_january(picture):
    """Behind it are the activities since the start of the year."""
    assert list(named(picture("burn_up"), "2024年已开展").customdata[4]) == ["", "", "2024-01-01", "2024-05-31"]


def test_a_missing_quarter_breaks_the_sparkline(picture, answers):
    """The line does not run over what is not known."""
    frame = answers.attendance().drop(index=2)
    line = picture("attendance", frame).data[0]
    assert len(line.y) == 8
    assert np.isnan(line.y[2])
    assert line.connectgaps is False


def test_a_sparkline_of_years_shows_the_even_share(picture):
    """What to compare the year-end share with."""
    figure = picture("yearend_share")
    assert figure.data[0].line.dash == "dot"
    assert list(figure.data[-1].customdata[0]) == ["", "", "2023-01-01", "2023-12-31"]


def test_a_denominator_of_zero_is_a_gap(picture):
    """No activities: no share."""
    frame = pd.DataFrame(
        {"period": pd.to_datetime(["2024-01-01", "2024-04-01"]), "numerator": [0, 3], "denominator": [0, 6], "n": [0, 6]}
    )
    assert np.isnan(picture("compliance", frame).data[0].y[0])
    assert picture("compliance", frame).data[0].y[1] == 0.5


def test_decisions_are_counted_as_decisions(picture):
    """The same bars with other parts: closed and open, open hatched; the number above counts decisions, not activities."""
    figure = picture("closure")
    assert [trace.name for trace in figure.data[:2]] == ["已办结", "未办结"]
    assert named(figure, "未办结").marker.pattern.shape == "/" and "项" in named(figure, "未办结").hovertext[0]
    assert figure.data[-1].text[0].endswith("项")
