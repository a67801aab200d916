"""Standing among others: the value, what it was, the benchmark; those nearest the lamp in rows of their own."""

from __future__ import annotations

import numpy as np
import pytest

from tests.charts.conftest import marks, named


def test_a_pillar_stands_beside_its_past_and_the_benchmark(picture, answers):
    """The bar is the value, the open dot the comparison period whatever its order, the line the benchmark."""
    frame = answers.pillars()
    before = frame.assign(value=[0.5, 0.6, 0.7, 0.2]).iloc[::-1]
    figure = picture("pillars", frame, compare=before)
    assert list(named(figure, "本期").x) == pytest.approx([0.88, 0.83, 0.91, 0.24])
    assert list(named(figure, "对比期").x) == pytest.approx([0.5, 0.6, 0.7, 0.2])
    assert list(named(figure, "标杆：同类前四分之一").x[:3]) == pytest.approx([0.97, 0.9, 0.95])


def test_without_a_benchmark_none_is_drawn_nor_named(picture, answers):
    """Too few similar units: no line and no word in the legend."""
    figure = picture("pillars", answers.pillars().assign(benchmark=np.nan))
    assert "标杆：同类前四分之一" not in {trace.name for trace in figure.data}


def test_what_cannot_be_judged_is_said_and_not_drawn_as_zero(picture, answers):
    """A pillar without a value has no bar, and a word at its end."""
    frame = answers.pillars()
    frame.loc[3, "value"] = np.nan
    figure = picture("pillars", frame)
    assert np.isnan(named(figure, "本期").x[3])
    assert any("判断" in text for trace in figure.data if trace.text is not None for text in trace.text)


def test_own_office_and_leaders_stand_first_on_the_same_axis(picture, answers):
    """Leaders in the first row, the own office in the second, the rest in the third; what is both stands in both."""
    frame = answers.under_lamp()
    first = [trace for trace in marks(picture("under_lamp", frame)) if trace.xaxis == "x"]
    assert [trace.name for trace in first] == ["领导所在", "机关本级", "其他支部"]
    assert [len(trace.x) for trace in first] == [1, 4, len(frame) - 4]
    assert [set(trace.y) for trace in first] == [{0.0}, {1.0}, {2.0}]
    assert {trace.xaxis for trace in marks(picture("under_lamp", frame))} == {"x", "x2", "x3"}


def test_a_group_that_does_not_exist_has_no_row(picture, answers):
    """No leaders' branch in the register: two rows."""
    frame = answers.under_lamp().assign(is_leaders=False)
    assert list(picture("under_lamp", frame).layout.yaxis.ticktext) == ["机关本级", "其他支部"]


def test_the_line_of_a_row_is_its_median(picture, answers):
    """Drawn and written."""
    frame = answers.under_lamp()
    figure = picture("under_lamp", frame)
    middle = np.median(frame.loc[frame["is_own"], "per_month"])
    assert any(shape.x0 == pytest.approx(middle) and shape.xref == "x" for shape in figure.layout.shapes)
    assert f"<b>{middle:.1f}</b>" in {annotation.text for annotation in figure.layout.annotations}
