"""Months met on end, half-years with studies, and the thirds of a campaign."""

from __future__ import annotations

import numpy as np

from tests.charts.conftest import cells, named


def test_each_month_has_its_state(picture, answers):
    """Met, short and not to be judged are told apart by shade and pattern; a cell leads to its unit and month."""
    frame = answers.streaks()
    figure = picture("streaks", frame)
    for state, name in (("met", "达标"), ("short", "不足"), ("unreported", "无法判断")):
        assert len(cells(named(figure, name))) == (frame["state"] == state).sum(), name
    assert named(figure, "不足").marker.pattern.shape == "/"
    assert list(named(figure, "达标").customdata[0])[2:] == ["2023-01-01", "2023-01-31"]


def test_the_runs_stand_beside_each_unit(picture, answers):
    """Now and at the longest, in the order of the rows."""
    frame = answers.streaks().drop_duplicates("unit")
    words = next(trace for trace in picture("streaks").data if getattr(trace, "mode", "") == "text").text
    assert [word.strip("\u00a0") for word in words] == [
        f"<b>{now}</b> · {longest}" for now, longest in zip(frame["current"], frame["longest"], strict=True)
    ]


def test_a_half_year_is_six_months_wide_and_says_how_many(picture):
    """A click leads to all six months."""
    figure = picture("dedicated_studies")
    short = named(figure, "不足")
    assert np.allclose(short.x, 5.9) and set(short.text) == {"0"}
    assert list(short.customdata[0])[2:] == ["2023-01-01", "2023-06-30"]
    assert figure.layout.xaxis.ticktext[0].startswith("上半年")


def test_thirds_stand_side_by_side_with_their_interval(picture, answers):
    """Three points per campaign joined by a line, whiskers to the limits; bars of activities below."""
    frame = answers.fade_out()
    figure = picture("fade_out", frame)
    lines = [trace for trace in figure.data if getattr(trace, "mode", "") == "lines+markers"]
    assert [len(line.x) for line in lines] == [3, 3, 3]
    assert np.allclose(lines[0].error_y.array, 0.02) and np.allclose(lines[0].error_y.arrayminus, 0.02)
    assert list(named(figure, "后三分之一").y) == list(frame.loc[frame["third"] == 3, "held"])


def test_one_campaign_fills_the_picture(picture, answers):
    """No room is kept for a second one."""
    frame = answers.fade_out()
    figure = picture("fade_out", frame[frame["campaign"] == frame["campaign"][0]])
    first, last = figure.layout.xaxis.range
    bars = [x for trace in figure.data if trace.type == "bar" for x in trace.x]
    assert min(bars) - first < 1 and last - max(bars) < 1
