"""Shares of a whole, row by row, and what is given and taken month by month."""

from __future__ import annotations

import numpy as np
import pytest

from cadence import catalogue
from cadence.charts import draw, style
from tests.charts.frames import Answers


def test_the_segments_of_a_row_make_a_whole(answers: Answers):
    """Each bar ends at 100 %, and says beside it how far the order stayed."""
    figure = draw(catalogue.entry("rank_mobility"), answers.rank_mobility())
    bars = [trace for trace in figure.data if trace.type == "bar"]
    ends = np.zeros(3)
    for bar in bars:
        ends[np.asarray(bar.y)] += np.asarray(bar.x)
    assert ends[0] == pytest.approx(1) and len(bars) == 3
    assert [word.strip() for word in figure.data[-1].text] == ["τ = 0.50", "τ = 0.60", "τ = 0.70"]
    assert all(bar.showlegend for bar in bars)


def test_a_quarter_leads_to_its_days(answers: Answers):
    """A click on a bar of a quarter selects the quarter."""
    bar = draw(catalogue.entry("rank_mobility"), answers.rank_mobility()).data[0]
    assert bar.customdata[0].tolist() == ["", "", "2023-04-01", "2023-06-30"]


def test_segments_of_one_row_each_are_named_inside(answers: Answers):
    """No legend of eight."""
    figure = draw(catalogue.entry("weights"), answers.weights())
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert not any(bar.showlegend for bar in bars)
    assert bars[0].text.tolist() == ["定量<br><b>45%</b>"]
    unstated = next(bar for bar in bars if bar.name == "未注明")
    assert unstated.text[1] == "未注明<br><b>50%</b>" and unstated.marker.color == style.LIGHT.missing


def test_words_in_segments_never_shrink(answers: Answers):
    """What does not fit is left out, on a phone and on a wall alike."""
    figure = draw(catalogue.entry("weights"), answers.weights())
    assert figure.layout.uniformtext.to_plotly_json() == {"minsize": style.TINY, "mode": "hide"}
    assert style.enlarged(figure, 2).layout.uniformtext.minsize == 2 * style.TINY


def test_deductions_hang_below_rewards(answers: Answers):
    """Same months, opposite signs; ticks are written without one."""
    frame = answers.late_deductions()
    up, down = draw(catalogue.entry("late_deductions"), frame).data
    assert (np.asarray(up.y) == frame["rewards"]).all() and (np.asarray(down.y) == -frame["deductions"]).all()
    assert not any(word.startswith("-") for word in draw(catalogue.entry("late_deductions"), frame).layout.yaxis.ticktext)
