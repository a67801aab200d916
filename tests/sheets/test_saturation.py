"""Scores that hardly differ are said to, once a sheet."""

import pytest

from tests.sheets.books import read

HEAD = ["被评单位", "考核指标", "满分", "得分"]


def notices(scores, full=10):
    """The ids of the notices of a sheet of scores."""
    rows = [["2024年第一季度考核评分"], HEAD, *[[f"支部{place}党支部", "作风", full, score] for place, score in enumerate(scores)]]
    return [question.id for question in read(rows, name="考核评分.xlsx").questions if question.severity == "notice"]


@pytest.mark.parametrize("scores", [[10] * 19 + [9.5], [9.9, 9.8, 9.85, 9.95] * 4])
def test_nearly_all_full_or_in_a_narrow_band(scores):
    """Nearly all full marks, or all within a hair of them, are worth a word."""
    assert notices(scores).count("scores:saturated") == 1


@pytest.mark.parametrize("scores", [[10, 9, 8, 7] * 5, [10] * 9])
def test_scores_that_differ_or_are_few(scores):
    """Scores that differ, and a handful of them, are not."""
    assert "scores:saturated" not in notices(scores)
