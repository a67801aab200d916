"""One row per unit or kind: due and held, dumbbells, pairs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence import catalogue
from cadence.charts import draw
from cadence.charts.rows import TOO_FEW
from tests.charts.conftest import marks, named
from tests.charts.frames import Answers


def test_met_short_and_unjudged_fill_the_bar(picture):
    """The three parts of all due periods, each with its own pattern."""
    figure = picture("due_held")
    parts = [named(figure, name) for name in ("达标", "不足", "未报齐，无法判断")]
    assert np.allclose(sum(part.x for part in parts), 1)
    assert len({part.marker.pattern.shape for part in parts}) == 3


def test_the_share_is_of_what_can_be_judged(picture, answers):
    """The figure at the end leaves out what cannot be judged, and says so where nothing can."""
    words = picture("due_held").data[-1].text
    first = answers.due_held().iloc[0]
    assert f"{first['met'] / first['due']:.0%}" in words[0]
    assert "无法" in words[-1]


def test_a_bar_drills_into_its_kind(picture):
    """By id, not by title."""
    assert list(named(picture("due_held"), "达标").customdata[0]) == ["", "members_meeting", "", ""]


def test_the_comparison_is_matched_by_kind(picture, answers):
    """Another order of rows in the earlier period does not move its notches."""
    before = answers.due_held().assign(met=lambda frame: frame["met"] // 2)
    straight, turned = (named(picture("due_held", compare=other), "对比期达标").x for other in (before, before.iloc[::-1]))
    assert np.allclose(straight, turned, equal_nan=True)


def test_units_of_few_activities_are_faint(picture, answers):
    """Below eight activities the dot is open and the row is called too small."""
    few = answers.evenness()["n"] < 8
    faint = named(picture("evenness"), "不足 8 次，不作判断")
    assert faint.marker.symbol == "circle-open"
    assert len(faint.x) == few.sum()


def test_only_clearly_late_units_are_orange(picture, answers):
    """From one and a half times the even share."""
    frame = answers.evenness()
    late = (frame["late_share"] >= 1.5 * frame["even_share"]) & (frame["n"] >= 8)
    assert len(named(picture("evenness"), "实际占比，均匀的 1.5 倍以上").x) == late.sum()


def test_ranks_begin_with_one_at_the_left(picture):
    """And the signed gap stands behind each row."""
    figure = picture("two_skins")
    assert figure.layout.xaxis.range[0] < 1 < figure.layout.xaxis.range[1]
    assert figure.layout.xaxis.tickvals[0] == 1
    gaps = next(trace for trace in figure.data if trace.mode == "text").text
    assert len(gaps) == 12


def test_a_gap_that_is_not_known_is_not_zero(picture, answers):
    """A unit without one of the two ranks has none."""
    figure = picture("two_skins", answers.two_skins().assign(gap=np.nan))
    assert {text.strip() for text in next(trace for trace in figure.data if trace.mode == "text").text} == {"–"}


def test_dots_drill_into_their_unit(picture, answers):
    """Every unit once in each of the two kinds of dots."""
    found = [unit for trace in marks(picture("two_skins")) for unit in trace.customdata[:, 0]]
    assert sorted(found) == sorted([*answers.two_skins()["unit"]] * 2)


def test_no_share_of_fewer_than_five(picture, answers):
    """A group too small shows no bar and says why."""
    frame = answers.dual_life()
    few = (frame["expected"] < TOO_FEW).to_numpy()
    figure = picture("dual_life", frame)
    assert few.any()
    assert np.isnan(named(figure, "到场").x[few]).all()
    assert not np.isnan(named(figure, "到场").x[~few]).any()
    assert "样本不足" in figure.data[-1].text[few][0]


def test_full_names_stay_in_the_hover():
    """The axis is short; pointing shows the whole name."""
    frame = Answers(1).dual_life().assign(unit="政策法规与行政审批处第三党支部")
    frame = pd.concat([frame, frame.assign(unit="办公室党支部")])
    figure = draw(catalogue.entry("dual_life"), frame)
    assert figure.layout.yaxis.ticktext[0] == "政策法规…处三支部"
    assert "政策法规与行政审批处第三党支部" in figure.data[0].hovertext[0]
