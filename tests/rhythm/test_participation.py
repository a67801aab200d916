"""The funnel is SciPy's beta-binomial, allows small units their swings, and leaves a unit where few come outside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cadence.rhythm import participation
from cadence.rhythm.ledger import Ledger
from cadence.rhythm.participation import Funnel, fitted, low_participation
from tests.rhythm import systems


def gathered(expected: np.ndarray, attended: np.ndarray) -> Ledger:
    """One activity of each unit."""
    ledger = systems.ledger(np.arange(len(expected)), np.full(len(expected), 100), units=len(expected))
    return replace(ledger, activities=ledger.activities.assign(expected=expected, attended=attended))


@pytest.mark.parametrize("precision", [3.0, 60.0, 5000.0])
def test_tails_agree_with_scipy(precision):
    """Lower tails to 10 significant places over both sides of the mode and both ends."""
    e = np.repeat([20, 137, 1200], 50)
    a = (np.tile(np.linspace(0, 1, 50), 3) * e).astype(int)
    theirs = stats.betabinom.cdf(a, e, 0.9 * precision, 0.1 * precision)
    assert Funnel(0.9, precision).below(a, e) == pytest.approx(theirs, rel=1e-8, abs=1e-11)


def test_without_differences_between_units_it_is_the_binomial():
    """Infinite precision."""
    a = np.arange(21)
    assert Funnel(0.8, np.inf).below(a, np.full(21, 20)) == pytest.approx(stats.binom.cdf(a, 20, 0.8), rel=1e-4)


def test_limits_hold_what_they_promise():
    """Between the 95 % lines lies at least 95 % less one step of the whole numbers; the lines nest and narrow with size."""
    funnel = Funnel(0.9, 60.0)
    lines = funnel.limits(np.array([20, 200, 2000]))
    ordered = lines[["low998", "low95", "centre", "high95", "high998"]].to_numpy()
    assert (np.diff(ordered, axis=1) > 0).all()
    assert (np.diff(lines["low998"]) > 0).all()
    assert (np.diff(lines["high998"]) < 0).all()
    at = 2000 * lines["low95"].iloc[2]
    assert funnel.below(np.array([round(at)]), np.array([2000]))[0] == pytest.approx(0.025, abs=0.001)


def test_the_fit_finds_what_was_drawn():
    """800 units of a beta-binomial with μ = .9 and M = 60: μ within a point, M within its error and the margin given on purpose."""
    rng = np.random.default_rng(3)
    e = rng.integers(100, 900, 800)
    a = rng.binomial(e, rng.beta(54, 6, 800))
    funnel = fitted(a.astype(float), e.astype(float))
    assert funnel.mean == pytest.approx(0.9, abs=0.01)
    assert 45 < funnel.precision < 80


def test_units_that_differ_by_chance_alone_are_a_plain_binomial():
    """Variance at what the binomial gives, less what was cut off below: no more is made of it."""
    rng = np.random.default_rng(4)
    e = np.full(500, 150.0)
    assert fitted(rng.binomial(150, 0.5, 500).astype(float), e).precision > 300


def test_who_stays_away_is_found_and_ordinary_units_are_not():
    """Planted: 5 of 300 units where 65 % come; among the others one in a thousand may be flagged at most."""
    rng = np.random.default_rng(5)
    e = rng.integers(100, 900, 300)
    rate = rng.beta(54, 6, 300)
    rate[:5] = 0.62
    found = low_participation(gathered(e, rng.binomial(e, rate))).set_index("unit")
    assert found.loc[:4, "flagged"].sum() >= 4
    assert not found.loc[5:, "flagged"].any()
    flagged = found[found["flagged"]]
    assert (flagged["high"] < 1).all()
    assert (found["low"] < found["effect"]).all()


def test_few_expected_are_not_judged():
    """19 expected say nothing, and missing numbers are not zero."""
    e, a = np.full(60, 200.0), np.full(60, 180.0)
    e[0], a[0] = 19, 0
    a[1] = np.nan
    found = low_participation(gathered(e, a)).set_index("unit")
    assert found.loc[0, ["level", "flagged"]].tolist() == ["too_few", False]
    assert 1 not in found.index


def test_a_small_system_has_no_funnel():
    """With 19 units nothing says how units differ."""
    found = low_participation(gathered(np.full(19, 200.0), np.full(19, 100.0)))
    assert set(found["level"]) == {"too_few"}
    assert found["p"].isna().all()


def test_guests_do_not_fill_absences():
    """More attended than expected counts as all."""
    counted = participation.counted(gathered(np.array([10.0, 10.0]), np.array([15.0, 5.0])))
    assert counted["attended"].tolist() == [10, 5]


def test_wilson_by_hand():
    """8 of 10: .490 to .943 (Wilson 1927, as Brown, Cai and DasGupta 2001 compute it)."""
    low, high = participation.wilson(pd.Series([0.8]), pd.Series([10]))
    assert (low.iloc[0], high.iloc[0]) == pytest.approx((0.490, 0.943), abs=0.001)


def test_many_who_stay_away_do_not_hide_each_other():
    """Planted: in 300 of 1500 units 72 % come; the upper half of the units still shows what is usual."""
    rng = np.random.default_rng(8)
    e = rng.integers(100, 900, 1500)
    rate = rng.beta(54, 6, 1500)
    rate[:300] = 0.72
    found = low_participation(gathered(e, rng.binomial(e, rate))).set_index("unit")
    assert found["expected"].iloc[0] == pytest.approx(0.9, abs=0.015)
    assert found.loc[:299, "flagged"].mean() > 0.5
    assert found.loc[300:, "flagged"].mean() < 0.005
