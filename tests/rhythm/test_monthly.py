"""Monthly counts: a planted December is found, seasons and growth are left alone; and a real series."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cadence.rhythm.monthly import judge


def table(counts: dict[str, np.ndarray], first: str = "2015-01") -> pd.DataFrame:
    """Unit → counts month by month."""
    rows = []
    for unit, values in counts.items():
        rows.append(pd.DataFrame({"unit": unit, "month": pd.period_range(first, periods=len(values), freq="M"), "count": values}))
    return pd.concat(rows, ignore_index=True)


def season(years: int, december: float = 1.0, rise: float = 0.0, seed: int = 1) -> np.ndarray:
    """Counts in the ten thousands with a spring peak, 5 % noise, a December factor and yearly growth."""
    months = np.tile(1 + 0.2 * np.sin(np.arange(12) / 12 * 2 * np.pi), years)
    months[11::12] *= december
    months *= (1 + rise) ** (np.arange(12 * years) / 12)
    return np.round(50_000 * months * np.random.default_rng(seed).lognormal(0, 0.05, 12 * years))


def test_a_december_rush_is_found_whatever_the_size_of_the_counts():
    """Twice the pace every December is found; a spring peak is not; a thousandth of the counts is judged alike."""
    for scale in (1, 100):
        found = judge(table({"rush": season(5, december=2.2) // scale, "even": season(5, seed=2) // scale}))
        flagged = found.groupby("unit")["flagged"].sum()
        assert flagged["rush"] == 5
        assert flagged["even"] == 0
    row = found[found["unit"] == "rush"].iloc[0]
    assert row["window"] == "December"
    assert row["expected"] == pytest.approx(31 / 365)


def test_noisy_months_are_not_a_rush():
    """Where any month may double, a doubled December says nothing, however large the counts."""
    noisy = np.round(200_000 * np.random.default_rng(3).lognormal(0, 0.6, 72))
    assert judge(table({"noisy": noisy}))["flagged"].sum() == 0


def test_growth_is_not_a_rush():
    """A step up in the middle of a year stays up after New Year and is named growth at most."""
    grown = season(4)
    grown[20:] *= 3
    found = judge(table({"grown": grown})).set_index("year")
    assert not found["flagged"].any()


def test_years_that_are_not_whole_are_not_judged():
    """A series from July, and one with a count that is missing; absent rows in between count nothing."""
    late = table({"late": season(3, december=3)[6:]}, "2015-07")
    missing = table({"missing": season(2)})
    missing.loc[3, "count"] = np.nan
    absent = table({"absent": season(2)}).drop(index=3)
    found = judge(pd.concat([late, missing, absent])).set_index(["unit", "year"])
    assert found["why"].eq("incomplete").tolist() == [False, False, True, False, False, True, False]
    assert found.loc[("late", 2015), "level"] == "none"
    assert np.isnan(found.loc[("missing", 2015), "p"])


def test_months_may_be_text_or_dates_and_are_added_up():
    """The same table three ways, and in two halves."""
    one = table({"rush": season(4, december=2)})
    expected = judge(one)["p"].to_numpy()
    for month in (one["month"].astype(str), one["month"].dt.to_timestamp()):
        assert judge(one.assign(month=month))["p"].to_numpy() == pytest.approx(expected)
    half = one.assign(count=one["count"] / 2)
    assert judge(pd.concat([half, half]))["p"].to_numpy() == pytest.approx(expected)


def test_wrong_tables_are_refused():
    """By the column that is missing, or for counts below nothing."""
    with pytest.raises(ValueError, match="count"):
        judge(pd.DataFrame({"unit": [], "month": []}))
    with pytest.raises(ValueError, match="negative"):
        judge(table({"unit": np.full(12, -1.0)}))
