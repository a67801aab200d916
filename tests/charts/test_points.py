"""Held and recorded, and the attendance funnel."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from cadence.charts.points import MANY
from tests.charts.conftest import named
from tests.charts.frames import Answers


def test_prompt_somewhat_late_and_late_are_three_symbols(picture, answers):
    """Each record once, by its lag in working days; colour never alone."""
    frame = answers.held_recorded()
    dots = [trace for trace in picture("held_recorded", frame).data if trace.mode == "markers"]
    assert [len(trace.x) for trace in dots] == [
        (frame["lag"] <= 3).sum(),
        ((frame["lag"] > 3) & (frame["lag"] <= 15)).sum(),
        (frame["lag"] > 15).sum(),
    ]
    assert len({trace.marker.symbol for trace in dots}) == 3


def test_a_dot_drills_into_its_day(picture):
    """Unit, kind and the day it was held, twice."""
    unit, type, start, until = next(trace for trace in picture("held_recorded").data if trace.mode == "markers").customdata[0]
    assert unit and type
    assert start == until != ""


def test_records_without_a_day_are_left_out(picture, answers):
    """No day of recording: no place in the picture."""
    frame = answers.held_recorded()
    frame.loc[:9, "recorded_on"] = None
    drawn = sum(len(trace.x) for trace in picture("held_recorded", frame).data if trace.mode == "markers")
    assert drawn == len(frame) - 10


def test_inspections_are_horizontal_lines(picture, answers):
    """At the day of the inspection, named; those outside the picture are not drawn."""
    marks = answers.inspections()
    marks.loc[len(marks)] = [np.datetime64("1999-01-01"), None, "inspection", "从前"]
    figure = picture("held_recorded", marks=marks)
    assert [(line.y0, line.y1) for line in figure.layout.shapes] == [("2024-06-17", "2024-06-17"), ("2024-11-25", "2024-11-25")]
    assert "半年党建督查" in figure.layout.annotations[0].text


def test_webgl_only_for_many_points(picture):
    """Up to five thousand points stay vector graphics."""
    assert not any(isinstance(trace, go.Scattergl) for trace in picture("held_recorded").data)
    many = Answers(MANY // 30 + 1, range(2024, 2025)).held_recorded()
    assert any(isinstance(trace, go.Scattergl) for trace in picture("held_recorded", many).data)


def test_each_verdict_has_its_symbol(picture, answers):
    """Units outside the funnel are told by form, colour and word."""
    frame = answers.attendance_funnel()
    frame["verdict"] = ["below", "above", "few", *["within"] * (len(frame) - 3)]
    figure = picture("attendance_funnel", frame)
    found = [
        named(figure, name).marker.symbol for name in ("低于控制线 · 1", "高于控制线 · 1", "人次不足，不作判断 · 1", "正常波动 · 9")
    ]
    assert len(set(found)) == 4


def test_the_drawn_limits_are_those_of_the_answer(picture, answers):
    """The smooth curve passes through each unit's own limit."""
    frame = answers.attendance_funnel()
    curve = named(picture("attendance_funnel", frame), "99.8% 控制线")
    inside = frame[(frame["low998"] > 0) & (frame["expected"] > 30)]
    assert np.allclose(np.interp(inside["expected"], curve.x, curve.y), inside["low998"], atol=0.01)


def test_only_units_below_are_named(picture, answers):
    """Names point at what is worth asking; nobody is ranked."""
    frame = answers.attendance_funnel()
    frame["verdict"] = ["below", *["within"] * (len(frame) - 1)]
    assert len(picture("attendance_funnel", frame).layout.annotations) == 1
