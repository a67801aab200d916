"""Maps: missing, none and some are three different things."""

from __future__ import annotations

import numpy as np

from tests.charts.conftest import cells, named
from tests.charts.frames import Answers


def test_nothing_to_judge_is_grey_and_nothing_met_is_white(picture, answers):
    """nan and 0 never share a shade."""
    frame = answers.compliance_map()
    frame.loc[0, ["due", "met", "share"]] = [0, 0, np.nan]
    frame.loc[1, ["due", "met", "share"]] = [4, 0, 0.0]
    figure = picture("compliance_map", frame)
    assert (0, 0) in cells(named(figure, "无可判定"))
    assert (1, 0) in cells(named(figure, "0%"))


def test_almost_all_is_not_all(picture, answers):
    """99.9 % is written 99, not ticked."""
    frame = answers.compliance_map()
    frame.loc[0, ["due", "met", "share"]] = [1000, 999, 0.999]
    figure = picture("compliance_map", frame)
    where = [tuple(cell) for cell in zip(np.floor(named(figure, "80–99%").base), named(figure, "80–99%").y, strict=True)]
    assert named(figure, "80–99%").text[where.index((0, 0))] == "99"


def test_pairs_that_are_not_due_are_grey_too(picture, answers):
    """A kind that a unit does not owe has nothing to judge; it is not left blank."""
    frame = answers.compliance_map().drop(index=[3])
    assert (3, 0) in cells(named(picture("compliance_map", frame), "无可判定"))


def test_a_cell_drills_into_unit_and_kind(picture, answers):
    """Both by their ids."""
    frame = answers.compliance_map()
    pairs = {tuple(row[:2]) for trace in picture("compliance_map", frame).data for row in trace.customdata}
    assert pairs == set(zip(frame["unit"], frame["type"], strict=True))


def test_evidence_shows_its_first_day(picture, answers):
    """A date where there is evidence, a dash where there is none."""
    frame = answers.sync_matrix()
    figure = picture("sync_matrix", frame)
    assert set(named(figure, "无依据").text) == {"–"}
    assert len(named(figure, "无依据").x) == (frame["evidence"] == 0).sum()
    assert all("/" in day for day in named(figure, "有依据（最早日期）").text)


def test_units_with_every_step_are_marked(picture, answers):
    """A dot behind the row."""
    frame = answers.sync_matrix()
    assert set(named(picture("sync_matrix", frame), "全部环节都有").customdata[:, 0]) == set(frame.loc[frame["complete"], "unit"])


def test_reported_none_partly_and_missing_are_four_shades(picture, answers):
    """Filled, white, hatched, grey; each cell once."""
    frame = answers.coverage_map()
    figure = picture("coverage_map", frame)
    for word, status in (("已报", "reported"), ("无活动", "none"), ("部分", "partly"), ("未报", "missing")):
        assert len(named(figure, word).x) == (frame["status"] == status).sum() > 0
    assert named(figure, "部分").marker.pattern.shape == "/"
    assert len({named(figure, word).marker.color for word in ("已报", "无活动", "未报")}) == 3


def test_a_quarter_drills_from_its_first_to_its_last_day(picture):
    """One that ends in June included."""
    days = {tuple(row[2:]) for trace in picture("coverage_map").data for row in trace.customdata}
    assert ("2024-04-01", "2024-06-30") in days


def test_units_of_one_parent_stand_under_its_name(picture, answers):
    """Twelve units of three parents: three names below, a line between them; forty parents are not named."""
    figure = picture("coverage_map", answers.coverage_map())
    assert len(figure.layout.xaxis.ticktext) == 3 and len(figure.layout.shapes) == 2
    frame = Answers(40).coverage_map()
    assert picture("coverage_map", frame.assign(parent=frame["unit"] + "的上级")).layout.xaxis.showticklabels is False


def test_the_legend_of_a_single_row_stands_below(picture):
    """Plotly would drop a legend that is several heights above so low a grid onto the headings."""
    assert picture("compliance_map", Answers(1).compliance_map()).layout.legend.yanchor == "top"
    assert picture("compliance_map", Answers(40).compliance_map()).layout.legend.y > 1
