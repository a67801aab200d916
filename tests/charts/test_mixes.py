"""Shares by quarter, and the four duties."""

from __future__ import annotations

import numpy as np

from tests.charts.conftest import cells, named


def test_two_parts_fill_the_quarter(picture):
    """Prescribed and own choice add up to all; each mark leads to its quarter."""
    figure = picture("prescribed_mix")
    assert np.allclose(named(figure, "规定动作").y + named(figure, "自选动作").y, 1)
    assert list(named(figure, "规定动作").customdata[0]) == ["", "", "2023-01-01", "2023-03-31"]
    assert list(figure.layout.yaxis.tickvals) == [0, 0.5, 1]


def test_few_changes_get_an_axis_of_their_own(picture, answers):
    """Six in a hundred fill the picture; what never happens is not drawn; above stands changed/planned."""
    figure, frame = picture("plan_changes"), answers.plan_changes()
    assert figure.layout.yaxis.range[1] < 0.15
    assert {"取消", "变更日期不详"}.isdisjoint(trace.name for trace in figure.data)
    changed, planned = int(frame["changed"][0]), int(frame["n"][0])
    assert f"{changed}/{planned}" in next(trace for trace in figure.data if getattr(trace, "mode", "") == "text").text


def test_without_sources_the_even_share_is_a_line(picture, answers):
    """By the calendar there is something to compare with, from the ledger there is not."""
    assert named(picture("upward_driven"), "按工作日应占").line.dash == "dot"
    frame = answers.upward_driven()
    told = frame.assign(superior=10, plan=frame["n"] - 20, own=10, after=None, outside=None, even=None)
    assert [trace.name for trace in picture("upward_driven", told).data if trace.name] == ["上级", "按计划", "自主安排"]


def test_a_quarter_without_any_is_a_gap(picture, answers):
    """0 of 0 is nothing."""
    frame = answers.prescribed_mix()
    frame.loc[1, ["own_choice", "prescribed", "n"]] = 0
    assert np.isnan(named(picture("prescribed_mix", frame), "规定动作").y[1])


def test_a_duty_that_nobody_held_is_hatched(picture):
    """Supervision in the second and third quarter of each year, as 0; the others by class of share."""
    figure = picture("duty_coverage")
    assert cells(named(figure, "一次也没有")) == {(1, 2), (2, 2), (5, 2), (6, 2)}
    assert named(figure, "一次也没有").marker.pattern.shape == "/"
    assert set(named(figure, "一次也没有").text) == {"0"}


def test_a_quarter_without_a_row_leaves_its_place_empty(picture, answers):
    """Missing is a gap on the axis, not a neighbour that moves up."""
    frame = answers.prescribed_mix()
    figure = picture("prescribed_mix", frame.drop(index=1))
    assert list(named(figure, "规定动作").x[:2]) == [0, 2]
    assert len(figure.layout.xaxis.tickvals) == len(frame)
