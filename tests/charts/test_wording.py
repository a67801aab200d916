"""Numbers, dates and names in the words of a picture."""

from __future__ import annotations

import numpy as np
import pytest

from cadence import words
from cadence.charts import wording

MARCH = np.datetime64("2024-03-05")


def test_large_numbers_are_counted_in_ten_thousands():
    """万 from ten thousand, 亿 from a hundred million, no needless decimal."""
    assert [wording.count(n) for n in (9999, 10_000, 56_000, 123_456, 2e8)] == ["9,999", "1万", "5.6万", "12.3万", "2亿"]


def test_english_numbers_have_commas():
    """Thousands separators instead of 万."""
    words.speak("en")
    assert wording.count(123_456) == "123,456"


def test_what_is_missing_is_a_dash():
    """nan never becomes 0."""
    assert [wording.count(np.nan), wording.share(np.nan), wording.decimal(np.nan)] == ["–", "–", "–"]


def test_ticks_are_round_and_begin_at_zero():
    """Axis values a reader can count with."""
    values, told = wording.ticks(56_000)
    assert list(values) == [0, 20_000, 40_000, 60_000]
    assert told == ["0", "2万", "4万", "6万"]
    assert wording.ticks(0)[1] == wording.ticks(np.nan)[1] == ["0"]


def test_dates_are_chinese():
    """Year, month, day in order."""
    assert wording.date(MARCH) == "2024年3月5日"
    assert wording.month(MARCH) == "2024年3月"
    assert wording.quarter(MARCH) == "2024年第1季度"


def test_dates_are_said(monkeypatch):
    """The order of a date is the translation's."""
    monkeypatch.setattr(words, "catalogue", lambda spoken: {"{year}年{month}{day}日": "{day} {month} {year}", "3月": "Mar"})
    words.speak("en")
    assert wording.date(MARCH) == "5 Mar 2024"


def test_ids_have_names():
    """Types, steps and states are named; an unknown id shows itself."""
    assert wording.named("type", "theme_day") == "主题党日"
    assert wording.named("status", "partly") == "部分"
    assert wording.named("type", "gone") == "gone"


@pytest.mark.parametrize(
    ("name", "shortened"),
    [
        ("营商环境处第二党支部", "营商环境处二支部"),
        ("局办公室党支部", "局办公室支部"),
        ("政策法规与行政审批处第三党支部", "政策法规…处三支部"),
        ("Branch 7", "Branch 7"),
    ],
)
def test_names_are_short_and_keep_their_end(name: str, shortened: str):
    """Branches of one office differ at the end."""
    assert wording.short(name) == shortened
    assert wording.width(wording.short(name)) <= 18


def test_long_english_is_broken_at_blanks():
    """A line break never cuts a word."""
    assert wording.wrapped("Organisational-life meeting", 18) == "Organisational-life<br>meeting"
    assert wording.wrapped("目标同步研究", 4) == "目标<br>同步<br>研究"


def test_only_chinese_is_set_upright():
    """Latin letters below each other cannot be read."""
    assert wording.upright("党课") == "党<br>课"
    assert wording.upright("Lecture") == "Lecture"
