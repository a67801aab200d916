"""Two totals side by side: intervals that cover, differences that are told only where they are more than chance."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from cadence import comparison


def totals(**measures: tuple) -> pd.DataFrame:
    """An answer of portrait_totals: measure → (numerator, denominator[, n, spread])."""
    rows = [(name, *values, *(values[1], math.nan)[len(values) - 2 :]) for name, values in measures.items()]
    return pd.DataFrame(rows, columns=["measure", "numerator", "denominator", "n", "spread"])


def verdict(name: str, left: tuple, right: tuple) -> str:
    """What is said of one measure."""
    return comparison.compared(totals(**{name: left}), totals(**{name: right}))["verdict"].iloc[0]


def test_wilson_limits():
    """Against SciPy's, computed independently; they stay within 0 and 1."""
    for k, n in ((5, 10), (1, 7), (38, 40), (120, 300)):
        expected = binomtest(k, n).proportion_ci(0.99, "wilson")
        assert comparison.wilson(k, n) == pytest.approx((expected.low, expected.high), abs=1e-4)
    assert comparison.wilson(0, 10)[0] == 0 and comparison.wilson(10, 10)[1] == 1


@pytest.mark.parametrize(
    ("name", "left", "right", "told"),
    [
        ("met", (20, 100), (80, 100), "lower"),
        ("met", (80, 100), (20, 100), "higher"),
        ("met", (50, 100), (55, 100), "alike"),
        ("met", (4, 4), (0, 4), "few"),
        ("linked", (10, 10), (1, 4), "few"),
        ("pace", (120, 12), (48, 12), "higher"),
        ("pace", (48, 12), (51, 12), "alike"),
        ("pace", (2, 12), (1, 12), "few"),
    ],
)
def test_differences(name: str, left: tuple, right: tuple, told: str):
    """Large ones are told, small ones are not, and of groups under five nothing is."""
    assert verdict(name, left, right) == told


def test_scatter_between_activities_widens_attendance():
    """People come together: what would be a difference between people is none between a few uneven activities."""
    even, uneven = (450, 500, 10, 5.0), (400, 500, 10, 6000.0)
    assert verdict("attended", even, (400, 500, 10, 5.0)) == "higher"
    assert verdict("attended", even, uneven) == "alike"


def test_what_only_one_side_has_is_not_compared():
    """The measure is there, with the value of the one side."""
    found = comparison.compared(totals(pace=(48, 12), prompt=(30, 40)), totals(pace=(48, 12))).set_index("measure")
    assert list(found.index) == ["pace", "prompt"]
    assert found.loc["prompt", "verdict"] == "few" and found.loc["prompt", "value_left"] == 0.75


def test_alike_is_said_of_what_is_alike():
    """Units of one rate are told to differ in about one of a hundred pairs; measured here over 2,000 invented pairs."""
    random = np.random.default_rng(7)
    shares = random.binomial(40, 0.7, (2000, 2))
    paces = random.poisson(48, (2000, 2))
    wrong = sum(verdict("met", (int(a), 40), (int(b), 40)) != "alike" for a, b in shares) / 2000
    assert wrong < 0.02
    wrong = sum(verdict("pace", (int(a), 12), (int(b), 12)) != "alike" for a, b in paces) / 2000
    assert 0.001 < wrong < 0.02
