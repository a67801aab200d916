"""Scores: a ridge per year, kind and rater with the full mark in sight; what is apart between traces and effect is named."""

from __future__ import annotations

import numpy as np

from cadence import catalogue
from cadence.charts import draw, style, wording
from tests.charts.frames import Answers


def texts(figure) -> list[str]:
    """Every word set into the plot."""
    return [word for trace in figure.data if trace.mode == "text" for word in trace.text]


def test_a_rater_is_a_number_and_a_ridge_a_row(answers: Answers):
    """Four rows a year, named by year, kind and number; no token ever."""
    frame = answers.score_ridge()
    figure = draw(catalogue.entry("score_ridge"), frame)
    assert len(figure.layout.yaxis.ticktext) == 4 * len(answers.years)
    assert list(figure.layout.yaxis.ticktext[:2]) == ["2023年 类别未注明", "2023年 年终 · 评委1"]


def test_the_area_of_a_ridge_lies_where_its_results_do(answers: Answers):
    """Planted: all results of one row at the full mark; its ridge rises nowhere else."""
    frame = answers.score_ridge().iloc[:1].assign(score_rate=1.0, results=5, n=5)
    ridge = draw(catalogue.entry("score_ridge"), frame).data[0]
    high = np.asarray(ridge.x)[np.asarray(ridge.y) < -0.5]
    assert high.min() == 1.0


def test_the_share_of_full_marks_stands_beside_the_spread(answers: Answers):
    """30 of 120 and 0.4 points of 100."""
    frame = answers.score_ridge().iloc[:1].assign(sd=0.004, full_items=30, items=120)
    assert [word.strip() for word in texts(draw(catalogue.entry("score_ridge"), frame))] == ["0.4 · <b>25%</b>"]


def test_units_apart_are_amber_named_and_carry_their_interval(answers: Answers):
    """Three units: three diamonds, three names, a cross each; the others are dots."""
    figure = draw(catalogue.entry("trace_effect"), answers.trace_effect())
    (apart,) = [trace for trace in figure.data if trace.mode == "markers" and trace.marker.symbol == "diamond"]
    assert len(apart.x) == 3 and apart.marker.color == style.LIGHT.alert
    assert sorted(word.replace("<br>", "").strip() for word in texts(figure)) == ["<b>1</b>", "<b>2</b>", "<b>3</b>"]
    (key,) = [note.text for note in figure.layout.annotations if "<b>1</b>" in note.text]
    told = [name.split("\u00a0") for name in key.replace("<br>", "\u2003").split("\u2003")]
    assert sorted(told) == sorted([f"<b>{at}</b>", wording.short(unit)] for at, unit in enumerate(apart.customdata[:, 0], start=1))
    assert len([trace for trace in figure.data if trace.mode == "lines"]) == 6


def test_without_anything_apart_nobody_is_named(answers: Answers):
    """No name of a unit that gives no reason to look."""
    frame = answers.trace_effect().assign(quadrant="usual")
    assert texts(draw(catalogue.entry("trace_effect"), frame)) == []
