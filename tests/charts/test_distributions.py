"""Quantiles per kind, and a dot per unit."""

from __future__ import annotations

import numpy as np

from tests.charts.conftest import marks, named


def test_the_lines_reach_from_quantile_to_quantile(picture, answers):
    """Thin over the middle eight tenths, thick over the middle half, the dot at the median."""
    figure, frame = picture("too_short"), answers.too_short()
    assert list(named(figure, "中间八成").x[:2]) == [frame["p10"][0], frame["p90"][0]]
    assert list(named(figure, "中间一半").x[3:5]) == [frame["p25"][1], frame["p75"][1]]
    assert list(named(figure, "中位数").x) == list(frame["p50"])


def test_short_ones_are_counted_beside_their_line(picture):
    """The threshold is a line of its own; how many lie below it stands before the number of activities."""
    figure = picture("too_short")
    assert list(named(figure, "偏短线").x[:2]) == [45, 30]
    assert "<b>12</b>/433" in figure.data[-1].text[0]
    assert list(named(figure, "偏短线").customdata[1]) == ["", "committee_meeting", "", ""]


def test_a_unit_without_a_new_form_looks_different(picture, answers):
    """Another symbol, not only another colour; a unit whose past is not known is not among them."""
    figure, frame = picture("form_diversity"), answers.form_diversity()
    unchanged = named(figure, "没有用过新形式")
    assert {row[0] for row in unchanged.customdata} == set(frame.loc[frame["fresh"] == 0, "unit"])
    assert len({trace.marker.symbol for trace in marks(figure)}) == 2


def test_no_unit_is_named_on_the_plot(picture, answers):
    """Names come on hover only: this is no ranking."""
    figure = picture("form_diversity")
    assert not figure.layout.annotations and all(trace.mode == "markers" for trace in figure.data)
    assert np.concatenate([trace.x for trace in figure.data]).size == len(answers.form_diversity())
