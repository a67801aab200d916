"""One value per row with its interval: what is flagged stands out, what cannot be judged says so, scales have their own words."""

from __future__ import annotations

import numpy as np

from cadence import catalogue
from cadence.charts import draw, style
from tests.charts.frames import Answers


def marked(figure, symbol: str):
    """The trace of marks with a symbol."""
    return next((trace for trace in figure.data if trace.mode == "markers" and trace.marker.symbol == symbol), None)


def test_what_is_flagged_is_an_amber_diamond_that_leads_to_its_unit(answers: Answers):
    """Planted: the first organ."""
    frame = answers.compression()
    diamond = marked(draw(catalogue.entry("compression"), frame), "diamond")
    assert diamond.marker.color == style.LIGHT.alert
    assert diamond.customdata[:, 0].tolist() == [frame["unit"].iloc[0]]


def test_a_row_without_a_value_says_that_the_sample_is_too_small():
    """The last organ has no value, and no mark at nought either."""
    figure = draw(catalogue.entry("compression"), Answers(60).compression())
    words = [word for trace in figure.data if trace.mode == "text" for word in trace.text]
    assert words[-1].strip() == "样本不足" and "样本不足" not in words[0]
    assert np.isnan(marked(figure, "circle").x[-1])


def test_raters_are_numbers_and_lead_to_no_unit(answers: Answers):
    """评委1, 评委2 …; a click narrows nothing down."""
    figure = draw(catalogue.entry("rater_leniency"), answers.rater_leniency())
    assert list(figure.layout.yaxis.ticktext) == ["评委1", "评委2", "评委3"]
    assert set(marked(figure, "circle").customdata[:, 0]) == {""}


def test_the_words_are_those_of_the_scale(answers: Answers):
    """Axis and reference come from the vocabulary; a difference has its sign."""
    figure = draw(catalogue.entry("rater_leniency"), answers.rater_leniency())
    assert figure.layout.xaxis.title.text == "百分点（线为 95% 区间）"
    assert marked(figure, "line-ns").name == "其他评委"
    assert [word.strip() for word in figure.data[-1].text] == ["<b>+0.6</b>", "<b>+0.5</b>", "<b>−2.1</b>"]


def test_awards_are_told_beside_the_cap(answers: Answers):
    """Fewer repeats than lots is a diamond; after them stand the places used of those there are; too few lists are no number."""
    figure = draw(catalogue.entry("excellent_turns"), answers.excellent_turns())
    assert list(marked(figure, "diamond").x) == [0]
    (ends,) = [trace.text for trace in figure.data if trace.mode == "text"]
    assert [text.strip() for text in ends] == ["<b>0</b> · 2/2", "<b>3</b> · 2/2", "<b>4</b> · 2/2", "样本不足 · 2/2"]
