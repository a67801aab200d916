"""The year wheel and the rings of people."""

from __future__ import annotations

import numpy as np
import pytest

from tests.charts.conftest import named


def test_months_not_reported_are_grey_not_empty(picture, answers):
    """They stand at the even height, hatched, and say why."""
    frame = answers.year_wheel()
    frame.loc[1, ["held", "share"]] = np.nan
    grey = named(picture("year_wheel", frame), "未报")
    assert list(grey.theta) == [30]
    assert grey.r[0] == pytest.approx(frame["even_share"][1])
    assert "未报" in grey.hovertext[0]


def test_a_month_without_activities_is_a_wedge_of_zero(picture, answers):
    """Reported and nothing held."""
    frame = answers.year_wheel()
    frame.loc[1, ["held", "share"]] = 0
    figure = picture("year_wheel", frame)
    assert 0 in named(figure, "1.25 倍以内").r
    assert "未报" not in [trace.name for trace in figure.data]


def test_only_months_well_above_the_ring_are_orange(picture, answers):
    """From one and a quarter times the even share."""
    frame = answers.year_wheel()
    assert len(named(picture("year_wheel"), "均匀的 1.25 倍以上").r) == (frame["share"] > 1.25 * frame["even_share"]).sum()


def test_the_even_ring_closes(picture):
    """It ends where it began."""
    ring = named(picture("year_wheel"), "均匀的一年")
    assert ring.theta[0] == ring.theta[-1]
    assert ring.r[0] == ring.r[-1]


def test_the_comparison_is_a_dotted_ring(picture, answers):
    """Beside the even year, not instead of it."""
    figure = picture("year_wheel", compare=answers.year_wheel())
    assert named(figure, "对比期").line.dash == "dot"
    assert named(figure, "均匀的一年").line.dash == "dash"


def test_areas_are_people(picture, answers):
    """Each ring's area is in proportion to the people in it, members who host nothing included."""
    frame = answers.onion()
    rings = picture("onion").data
    area = np.array([(trace.base[0] + trace.r[0]) ** 2 - trace.base[0] ** 2 for trace in rings])
    people = np.array([*frame["people"], frame["members"][0] - frame["people"].sum()])
    assert np.allclose(area / area.sum(), people / people.sum())
    assert np.isclose(area.sum(), 1)


def test_without_a_register_there_are_only_hosts(picture, answers):
    """No outer ring is invented."""
    assert len(picture("onion", answers.onion().assign(members=None)).data) == 3


def test_the_core_is_inside_whatever_the_order(picture, answers):
    """Rings go from the core outwards."""
    rings = picture("onion", answers.onion().iloc[::-1]).data
    assert "骨干" in rings[0].name
    assert rings[0].base[0] == 0
