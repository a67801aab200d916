"""Ratios with their intervals."""

from __future__ import annotations

import numpy as np

from tests.charts.conftest import named


def test_only_an_interval_above_one_is_marked(picture):
    """Surely denser, not told apart, and what the end of the year hides have signs of their own."""
    figure = picture("inspection_surge")
    assert list(named(figure, "高于平时（区间不含1）").y) == [2, 6]
    assert list(named(figure, "与年底重叠，不作判断").y) == [3, 7]
    assert len(named(figure, "与平时分不开").y) == 4
    assert np.allclose(named(figure, "与平时分不开").error_x.arrayminus, 0.2)


def test_a_row_leads_to_the_days_before(picture):
    """Fifteen days, the inspection itself left out."""
    assert list(named(picture("inspection_surge"), "与平时分不开").customdata[0]) == ["", "", "2023-05-05", "2023-05-19"]
