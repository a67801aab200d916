"""Shares in their intervals, along the quarters, and as parts of a whole."""

from __future__ import annotations

import numpy as np

from tests.charts.conftest import marks


def words(figure) -> list[str]:
    """Everything that is set at places of the plot."""
    return [str(text) for trace in figure.data if trace.mode == "text" for text in trace.text]


def test_what_is_missing_is_said_in_its_place(picture):
    """A group without a share has no dot and names the column; it is never drawn at zero."""
    figure = picture("secretary_duty")
    assert [list(trace.y) for trace in marks(figure) if len(trace.x)] == [[0, 2]]
    told = words(figure)
    assert "缺少列" in told[1] and "85%" in told[0] and "n=1,678" in told[2]


def test_too_few_are_said_to_be_too_few(picture, answers):
    """No share and no column missing: too little to say."""
    frame = answers.secretary_duty().assign(lacks=None)
    assert "样本不足" in words(picture("secretary_duty", frame))[1]


def test_a_slope_that_may_be_none_is_hollow(picture):
    """Filled only where the interval leaves out zero."""
    filled, hollow = (trace for trace in marks(picture("fatigue")) if trace.mode == "markers")
    assert (filled.marker.symbol, list(filled.y)) == ("circle", [0, 1])
    assert (hollow.marker.symbol, list(hollow.y)) == ("circle-open", [2, 3, 4])


def test_slopes_lie_about_zero_and_shares_where_they_are(picture, answers):
    """The axis of slopes has zero in its middle; shares that all lie high, or all low, get their part of the axis."""
    left, right = picture("fatigue").layout.xaxis.range
    assert left == -right
    frame = answers.secretary_duty().iloc[[0, 0]]
    assert picture("secretary_duty", frame.assign(share=0.92, low=0.9, high=0.94)).layout.xaxis.range == (0.8, 1)
    assert picture("secretary_duty", frame.assign(share=0.03, low=0.02, high=0.04)).layout.xaxis.range[1] == 0.1
    assert picture("secretary_duty", frame.assign(share=0.5, low=0.1, high=0.9)).layout.xaxis.range[1] == 1


def test_the_band_asked_for_is_drawn(picture):
    """The span of the rule lies behind the line, within the axis."""
    figure = picture("officer_structure")
    assert [(shape.y0, shape.y1) for shape in figure.layout.shapes] == [(0.01, 0.02)]
    assert figure.layout.yaxis.range[1] > 0.02
    assert any("1%–2%" in text for text in words(figure))


def test_the_parts_of_a_subject_fill_its_bar(picture):
    """Each subject's parts add up to all its people; a narrow part bears no word."""
    figure = picture("member_structure")
    widths = np.zeros(2)
    for trace in figure.data:
        np.add.at(widths, np.asarray(trace.y, dtype=int), trace.x)
    assert np.allclose(widths, 1)
    assert figure.data[3].text[0] == "4%"
