"""Patterns in words: every pattern that is judged can be said, and what is said is what was found."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from cadence import patterns, queries, words
from cadence.rhythm import PATTERNS

NAMES = [column.name for column in queries.indicator("rhythm_findings").columns]


def finding(**known) -> pd.Series:
    """A row of rhythm_findings; what is not known is empty."""
    return pd.Series({name: known.get(name, np.nan) for name in NAMES}, dtype=object)


RUSH = finding(
    scope="unit", unit="甲", year=2024, pattern="yearend_rush", span="Q4", n=60.0, k=28.0, expected=0.27, effect=2.4, low=1.52,
    high=3.9, share_low=0.35, share_high=0.59, p=0.0004, q=0.003, level="high",
)  # fmt: skip


def test_every_pattern_judged_has_words():
    """Those of the engine, placebo windows aside, and those over all years."""
    over_years = {"yearend_culture", "score_compression", "award_rotation", "yearend_settlement", "reward_heavy"}
    assert set(patterns.patterns()) == (set(PATTERNS) - {"placebo"}) | over_years | {"low_participation", "trace_no_effect"}


@pytest.mark.parametrize("language", words.LANGUAGES)
@pytest.mark.parametrize("pattern", patterns.patterns())
def test_every_sentence_can_be_said_of_little(language: str, pattern: str):
    """With n and k alone nothing fails and nothing but the figures is missing."""
    words.speak(language)
    told = patterns.sentence(finding(pattern=pattern, n=10.0, k=3.0, scope="unit"))
    assert "nan" not in told and "{" not in told


def test_a_rush_is_said_with_its_figures():
    """The sentence of the specification."""
    assert patterns.sentence(RUSH) == (
        "第四季度占全年 47%（28/60），同期其他单位扣除年度固定事项后为 27%；95% 区间 35%–59%，强度 2.4 倍（1.5–3.9）。"
    )
    assert "按工作日为 27%" in patterns.sentence(RUSH, is_system=False)
    assert patterns.evidence(RUSH) == "偶然出现的可能 p=<0.001；同等把握的提示中误报约占 q=0.003。"


@pytest.mark.parametrize(("low", "said"), [(1.49, "轻"), (1.5, "中"), (2.49, "中"), (2.5, "重"), (np.nan, "")])
def test_severity_goes_by_the_lower_limit(low: float, said: str):
    """Never by the strength itself."""
    assert patterns.severity({**RUSH, "low": low}) == said


def test_what_speaks_against_a_finding_is_said():
    """Few activities, growth before, a hint."""
    assert patterns.doubts(RUSH) == []
    assert len(patterns.doubts({**RUSH, "n": 12.0, "growing": True, "level": "hint"})) == 3


def test_the_window_of_each_pattern():
    """First and last day."""
    last = dt.date(2024, 12, 31)
    assert patterns.window(RUSH) == [(dt.date(2024, 10, 1), last)]
    assert patterns.window({**RUSH, "span": "w6"}) == [(dt.date(2024, 11, 20), last)]
    assert patterns.window({**RUSH, "pattern": "preinspection_rush"}, [dt.date(2024, 6, 30)]) == [
        (dt.date(2024, 6, 9), dt.date(2024, 6, 29))
    ]
    assert len(patterns.window({**RUSH, "pattern": "quarterend_rush"})) == 4
    assert patterns.window({**RUSH, "pattern": "backfill"}) == [(dt.date(2024, 1, 1), last)]
