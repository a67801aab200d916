"""Records without effect are told from much work with effect; correlations and differences carry their intervals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cadence.rhythm import correlation, effects, quality
from cadence.rhythm.ledger import Ledger
from tests.rhythm import systems


def recorded(traces: np.ndarray, effect: np.ndarray, each: int = 20, organs: int = 1) -> Ledger:
    """Units with `each` activities of the unit's traces and about the unit's effect."""
    units = len(traces)
    ledger = systems.ledger(np.repeat(np.arange(units), each), np.tile(np.arange(each) + 30, units), units=units, organs=organs)
    wobble = np.tile(np.linspace(-5, 5, each), units)
    more = {"traces": np.repeat(traces, each), "effect": np.repeat(effect, each) + wobble}
    return replace(ledger, activities=ledger.activities.assign(**more))


def test_spearman_and_its_interval_by_hand():
    """Ranks 1 2 3 4 5 against 2 1 4 3 5: ρ = .8; Bonett–Wright with n = 5: tanh(atanh .8 ± 1.96·√(1.32/2))."""
    found = correlation.spearman(pd.DataFrame({"organ": [0] * 5}), pd.Series([1, 2, 3, 4, 5]), pd.Series([2, 1, 4, 3, 5])).iloc[0]
    half = 1.959964 * np.sqrt(1.32 / 2)
    assert found["rho"] == pytest.approx(0.8)
    assert (found["low"], found["high"]) == pytest.approx((np.tanh(np.arctanh(0.8) - half), np.tanh(np.arctanh(0.8) + half)))


def test_spearman_agrees_with_scipy_with_ties_and_gaps():
    """Group by group, NaN pairs left out, ties averaged."""
    rng = np.random.default_rng(0)
    x, y = rng.integers(0, 6, 60).astype(float), rng.normal(size=60)
    x[7] = np.nan
    found = correlation.spearman(pd.DataFrame({"organ": np.arange(60) % 3}), x, y).set_index("organ")
    for organ in range(3):
        here = (np.arange(60) % 3 == organ) & ~np.isnan(x)
        assert found.loc[organ, "rho"] == pytest.approx(stats.spearmanr(x[here], y[here]).statistic)
        assert found.loc[organ, "n"] == here.sum()


def test_a_constant_has_no_correlation():
    """All traces alike: NaN, not 0."""
    found = correlation.spearman(pd.DataFrame({"organ": [0] * 5}), np.ones(5), np.arange(5.0))
    assert np.isnan(found["rho"].iloc[0])


def test_many_records_and_little_effect_are_found():
    """Planted: one unit of 300 with many records and the least effect; another with as many and the best effect is not told."""
    rng = np.random.default_rng(1)
    traces, effect = np.round(np.exp(rng.normal(1.4, 0.35, 300))), rng.normal(70, 5, 300)
    traces[:2], effect[:2] = 24, [50, 90]
    found = effects.trace_no_effect(recorded(traces, effect)).set_index("unit")
    assert found.index[found["flagged"]].tolist() == [0]
    assert found["score"].idxmax() == 0


def test_few_activities_weigh_less():
    """The same gap is less certain over 8 activities than over 40."""
    rng = np.random.default_rng(2)
    traces, effect = np.round(np.exp(rng.normal(1.4, 0.35, 200))), rng.normal(70, 5, 200)
    many, few = (effects.trace_no_effect(recorded(traces, effect, each)) for each in (40, 8))
    suspicious = many["p"] < 0.05
    assert suspicious.any()
    assert (
        few.loc[suspicious, "high"] - few.loc[suspicious, "low"] > many.loc[suspicious, "high"] - many.loc[suspicious, "low"]
    ).all()


def test_a_ledger_without_scores_says_nothing():
    """Missing is not zero."""
    assert effects.trace_no_effect(systems.drawn(systems.steady(5, 20))).empty


@pytest.mark.parametrize(("units", "related", "verdict"), [(60, True, "related"), (400, False, "unrelated"), (20, True, "unknown")])
def test_records_and_effect_of_an_organ(units: int, related: bool, verdict: str):
    """Related, clearly unrelated, and too few units to tell."""
    rng = np.random.default_rng(6)
    traces = np.round(np.exp(rng.normal(2, 0.6, units)))
    effect = 50 + 8 * np.log(traces + 1) + rng.normal(0, 1, units) if related else rng.normal(70, 5, units)
    found = effects.organ_traces(recorded(traces, effect)).iloc[0]
    assert found["verdict"] == verdict


def test_inside_and_outside_is_welch():
    """With weights 1 difference and interval are those of Welch's t."""
    rng = np.random.default_rng(7)
    value, inside = rng.normal(70, 9, 50), np.arange(50) < 15
    found = quality.compared(value, np.ones(50), inside, np.zeros(50, int)).loc[0]
    theirs = stats.ttest_ind(value[inside], value[~inside], equal_var=False).confidence_interval(0.95)
    assert (found["low"], found["high"]) == pytest.approx((theirs.low, theirs.high))
    assert found[["n_inside", "n_outside"]].tolist() == [15, 35]


def test_attendance_is_weighed_by_the_expected():
    """9 of 10 and 10 of 90 inside are 19 %, not the mean of 90 % and 11 %."""
    found = quality.compared([9, 10, 30, 30], [10, 90, 60, 60], [True, True, False, False], [0] * 4).loc[0]
    assert found["inside"] == pytest.approx(0.19)
    assert found["difference"] == pytest.approx(0.19 - 0.5)


def test_one_activity_inside_has_no_interval():
    """A mean of one is shown, without limits; a group with none inside has no difference."""
    found = quality.compared([70.0, 80, 81, 60, 61], np.ones(5), [True, False, False, False, False], [0, 0, 0, 1, 1])
    assert found.loc[0, "difference"] == pytest.approx(-10.5)
    assert np.isnan(found.loc[0, "low"])
    assert np.isnan(found.loc[1, "difference"])


def test_the_last_days_of_each_year():
    """20 November is the first of the last 42 days, in leap years too."""
    days = np.array(["2023-11-19", "2023-11-20", "2024-11-19", "2024-11-20", "2024-12-31"], dtype="datetime64[D]").astype(int)
    assert quality.last_days(days).tolist() == [False, True, False, True, True]


def test_scores_that_follow_what_was_done():
    """Scores in the order of effect give ρ near 1."""
    effect = np.linspace(50, 90, 20)
    ledger = recorded(np.full(20, 4.0), effect)
    scored = pd.DataFrame({"organ": 0, "unit": range(20), "year": 2023, "assessed_on": systems.FIRST + 350, "score": effect})
    ledger = replace(ledger, assessments=scored, plans=pd.DataFrame({"unit": range(20), "year": 2023, "planned": 20}))
    found = effects.scores_and_outcomes(ledger).iloc[0]
    assert found["rho"] == pytest.approx(1)
    assert found["n"] == 20
