"""Cells of maps: classes of counts, missing apart from zero."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from cadence.charts import cells, style


def test_small_counts_are_their_own_classes():
    """Up to five every number has a shade."""
    assert cells.classes(np.array([0, 1, 2, 3, np.nan])) == [(1, 1), (2, 2), (3, np.inf)]


def test_large_counts_are_cut_at_round_numbers():
    """At most five classes, without gaps, the last one open."""
    steps = cells.classes(np.arange(0, 400))
    assert len(steps) <= 5
    assert steps[0][0] == 1
    assert steps[-1][1] == np.inf
    assert all(high + 1 == low for (_, high), (low, _) in pairwise(steps))
    assert all(low < 10 or low % 5 == 0 for low, _ in steps)


def test_nothing_held_has_no_class():
    """Only zeros and gaps: no shade but those two."""
    assert cells.counted(np.array([0, 0, np.nan]), style.LIGHT) == []


def test_each_count_has_exactly_one_shade():
    """Zero and missing have none of the counted shades."""
    values = np.array([np.nan, 0, 1, 4, 9, 30, 200])
    shades = np.sum([where for where, _ in cells.counted(values, style.LIGHT)], axis=0)
    assert list(shades) == [0, 0, 1, 1, 1, 1, 1]


def test_more_is_darker_on_light_and_lighter_on_dark():
    """The eye finds the most on both pages."""

    def brightness(color: str) -> int:
        return sum(int(color[place : place + 2], 16) for place in (1, 3, 5))

    assert [brightness(color) for color in style.LIGHT.heat] == sorted((brightness(c) for c in style.LIGHT.heat), reverse=True)
    assert [brightness(color) for color in style.DARK.heat] == sorted(brightness(c) for c in style.DARK.heat)


def test_rows_shrink_within_limits_and_skip_names():
    """Many rows: thinner, and not every name is written."""
    assert cells.row_height(10) == 18
    assert cells.row_height(100) == 15
    assert cells.row_height(10_000) == 5
    assert len(cells.row_axis([f"u{n}" for n in range(90)], 5)["tickvals"]) == 30
