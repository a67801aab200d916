"""The steps of planning, and hours of learning before their line."""

from __future__ import annotations

import numpy as np

from tests.charts.conftest import named


def test_a_step_without_records_says_so(picture):
    """No bar and no 0 %: the spreadsheets are silent."""
    figure = picture("plan_ladder")
    silent = [trace for trace in figure.data if getattr(trace, "mode", "") == "text"][1]
    assert list(silent.y) == [3] and "没有可用的记录" in silent.text[0]
    assert np.isnan(figure.data[1].x[3])
    assert "提前 4 个工作日" in next(trace for trace in figure.data if getattr(trace, "mode", "") == "text").text[-1]


def test_units_stand_before_the_line(picture, answers):
    """Reached, not reached and not judged have signs of their own; who has no hours has no dot."""
    frame = answers.hours_met()
    figure = picture("hours_met", frame)
    assert (named(figure, "达到").x >= 32).all() and (named(figure, "未达到").x < 32).all()
    drawn = sum(len(trace.x) for trace in figure.data if getattr(trace, "mode", "") == "markers")
    assert drawn == frame["hours"].notna().sum()
    assert len({trace.marker.symbol for trace in figure.data if getattr(trace, "mode", "") == "markers"}) == 3
    assert figure.layout.shapes[0].x0 == 32


def test_equal_hours_do_not_cover_each_other(picture, answers):
    """Twelve units with the same hours are twelve places, all within their year's row."""
    frame = answers.hours_met().query("year == 2023").assign(hours=20.0, judged=1, enough=0)
    dots = named(picture("hours_met", frame), "未达到")
    assert len(set(dots.y)) == 12 and np.abs(dots.y).max() < 0.5
