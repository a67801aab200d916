"""One dot per unit along one measure, or along two."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.charts.conftest import marks, named


def test_units_below_the_line_are_told_apart_by_shape(picture, answers):
    """Amber diamonds below the threshold, dots above; together they are all units."""
    frame = answers.training_spread()
    figure = picture("training_spread", frame)
    assert len(named(figure, "单位").x) + len(named(figure, "低于 20").x) == len(frame)
    assert named(figure, "低于 20").marker.symbol == "diamond"
    assert max(named(figure, "低于 20").x) < 20


def test_units_alike_are_stacked(picture, answers):
    """No dot hides another."""
    figure = picture("training_spread", answers.training_spread().assign(hours=30.0))
    dots = marks(figure)[0]
    assert len({(x, y) for x, y in zip(dots.x, dots.y, strict=True)}) == len(dots.x)


def test_a_unit_lies_at_its_two_measures(picture, answers):
    """Staffing across, problems solved up; a unit without one of them is left out."""
    frame = answers.staffing_quality()
    frame.loc[0, "solving"] = np.nan
    dots = marks(picture("staffing_quality", frame))[0]
    assert list(dots.x) == pytest.approx(list(frame["staffing"][1:]))
    assert list(dots.customdata[0]) == [frame["unit"][1], "", "", ""]


def test_units_without_a_value_take_no_room(picture, answers):
    """They are not drawn, so they do not press the others down."""
    frame = answers.training_spread()
    more = pd.concat([frame, frame.assign(hours=np.nan)])
    assert picture("training_spread", more).layout.yaxis.range == picture("training_spread", frame).layout.yaxis.range


def test_a_share_is_told_as_the_axis_writes_it(picture, answers):
    """Per cent, not a decimal number."""
    assert all("%" in text for text in marks(picture("staffing_quality", answers.staffing_quality()))[0].hovertext)
