"""A table of monthly counts in; the same findings as of dated activities out: which unit leaves its year to December or to Q4.

A series of counts, not of events: months differ by far more than chance, so dispersion, not the size of the counts, decides. What a
unit's months do in other years as well is its season, and no noise; the season itself is judged against the calendar.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence.rhythm.judgement import COLUMNS, FEWEST, levels, one_sided, q_values, rate_ratio

WINDOWS = {"December": (12,), "Q4": (10, 11, 12)}
STRENGTH = 1.25
SEASONS = 3
"""Years from which a unit's own season is known; with fewer its months are held against the calendar alone."""
PRIOR = 4
TESTED = ["k", "expected", "effect", "low", "high", "share_low", "share_high", "phi", "p"]


def judge(table: pd.DataFrame, weights: pd.Series | None = None) -> pd.DataFrame:
    """Findings (pattern yearend_rush) per unit and year, from columns unit, month (period, date or "2024-07") and count.

    Months without a row between the first and last of a unit count 0; a year that is not whole (outside those, or a count that
    is missing) is not judged: level none, why "incomplete". Rows of one unit and month are added up. Expected is the share of
    the calendar: days of each month, or `weights` by month (index Period[M]), such as working days.

    `unit` keeps the labels of the table, organ is −1. Further columns: window, p_December, p_Q4, phi, share_low, share_high, why,
    and after: the pace in the window over that of the next year outside it (NaN where that year is not whole). A rush falls away
    after New Year, growth goes on: below 1.25 nothing is flagged and why is "growth".

    Raises ValueError where a count is negative or a column is missing.
    """
    counts = whole_years(table)
    found = pd.DataFrame(index=counts.index)
    n = counts.sum(axis=1).to_numpy()
    share = calendar(counts.index.get_level_values("year"), weights)
    judged = (counts.notna().all(axis=1) & (n >= FEWEST)).to_numpy()
    tested = {}
    for name, months in WINDOWS.items():
        mask = np.isin(counts.columns, months)
        tested[name] = pd.DataFrame(np.nan, found.index, TESTED)
        if judged.any():
            tested[name].loc[judged] = weigh(counts[judged], share[judged], mask)
    december, quarter = tested["December"], tested["Q4"]
    is_december = december["p"] < quarter["p"]
    found = december.where(is_december, quarter)
    found["p"] = np.minimum(1, 2 * np.fmin(december["p"], quarter["p"]))
    found = found.assign(window=np.where(is_december, "December", "Q4"), p_December=december["p"], p_Q4=quarter["p"], n=n)
    found["q"] = found.groupby(level="year")["p"].transform(lambda p: q_values(p.to_numpy()))
    found["after"] = np.where(is_december, fallen(counts, share, WINDOWS["December"]), fallen(counts, share, WINDOWS["Q4"]))
    flagged = ((found["q"] <= 0.05) & (found["effect"] >= STRENGTH) & ~(found["after"] < STRENGTH)).to_numpy()
    found["level"] = np.where(counts.isna().any(axis=1), "none", levels(n, found["q"].to_numpy(), flagged))
    grown = (found["q"] <= 0.05) & (found["after"] < STRENGTH)
    found["why"] = np.select([counts.isna().any(axis=1), grown], ["incomplete", "growth"], "")
    found["score"] = -np.log10(found["p"].clip(lower=1e-300).fillna(1))
    found = found.assign(pattern="yearend_rush", organ=-1, flagged=flagged).reset_index()
    return found[COLUMNS + [column for column in found.columns if column not in COLUMNS]]


def whole_years(table: pd.DataFrame) -> pd.DataFrame:
    """Counts by (unit, year) and month 1–12, NaN where the unit has none; every month between its first and last is there."""
    missing = {"unit", "month", "count"} - set(table.columns)
    if missing:
        raise ValueError(f"monthly counts lack the columns {sorted(missing)}; expected unit, month and count")
    if (table["count"] < 0).any():
        raise ValueError("monthly counts must not be negative")
    month = table["month"]
    period = month.dt.to_period("M") if hasattr(month.dtype, "unit") else pd.PeriodIndex(month.astype(str), freq="M")
    period = pd.PeriodIndex(period)
    told = pd.DataFrame({"unit": table["unit"].to_numpy(), "serial": np.asarray(period.year * 12 + period.month - 1)})
    told["count"] = table["count"].to_numpy(dtype=float)
    by_month = told.groupby(["unit", "serial"])["count"].sum(min_count=1, skipna=False)
    ends = told.groupby("unit")["serial"].agg(["min", "max"])
    grid = pd.MultiIndex.from_tuples(
        [(unit, at) for unit, first, last in ends.itertuples() for at in range(first // 12 * 12, last // 12 * 12 + 12)],
        names=["unit", "serial"],
    )
    counts = by_month.reindex(grid)
    at = grid.get_level_values("serial").to_numpy()
    first, last = (ends[side].loc[grid.get_level_values("unit")].to_numpy() for side in ("min", "max"))
    absent = ~grid.isin(by_month.index) & (at >= first) & (at <= last)
    counts[absent] = 0
    levels = [grid.get_level_values("unit"), at // 12, at % 12 + 1]
    counts.index = pd.MultiIndex.from_arrays(levels, names=["unit", "year", "month"])
    return counts.unstack("month")


def calendar(years: pd.Index, weights: pd.Series | None) -> np.ndarray:
    """Share of each month in each of the years; shape (years, 12)."""
    months = pd.PeriodIndex([pd.Period(year=year, month=month, freq="M") for year in years for month in range(1, 13)], freq="M")
    weight = months.days_in_month.to_numpy(dtype=float) if weights is None else weights.reindex(months).to_numpy(dtype=float)
    weight = weight.reshape(-1, 12)
    if np.isnan(weight).any():
        raise ValueError("weights must be given for every month of every year of the table")
    return weight / weight.sum(axis=1, keepdims=True)


def fallen(counts: pd.DataFrame, share: np.ndarray, months: tuple[int, ...]) -> np.ndarray:
    """Pace in the window over the pace outside it in the unit's next year, both per expected share; shape (unit-years,)."""
    mask = np.isin(counts.columns, months)
    held = counts.to_numpy()
    outside = pd.Series((held[:, ~mask].sum(axis=1) + 0.5) / share[:, ~mask].sum(axis=1), index=counts.index)
    units, years = (counts.index.get_level_values(level) for level in ("unit", "year"))
    following = outside.reindex(pd.MultiIndex.from_arrays([units, years + 1])).to_numpy()
    return (held[:, mask].sum(axis=1) + 0.5) / share[:, mask].sum(axis=1) / following


def weigh(counts: pd.DataFrame, share: np.ndarray, mask: np.ndarray) -> pd.DataFrame:
    """One window in whole years: k, expected, phi, p and the rate ratio; counts and share (unit-years, 12), mask (12,)."""
    n, k = counts.to_numpy().sum(axis=1), counts.to_numpy()[:, mask].sum(axis=1)
    expected = share[:, mask].sum(axis=1)
    phi = dispersion(counts.loc[:, ~mask], share[:, ~mask])
    p = one_sided(k, n, expected, phi, (~mask).sum() - 1 + PRIOR)
    found = pd.DataFrame({"k": k, "expected": expected, "phi": phi, "p": p, **rate_ratio(k, n, expected, phi)}, index=counts.index)
    return found[TESTED]


def dispersion(counts: pd.DataFrame, share: np.ndarray) -> np.ndarray:
    """φ̃ = 1 + n₀τ̃² of the months outside the window, about the unit's season in its other years; shape (unit-years,).

    τ² = (φ − 1)/n₀ is a month's own variation beyond chance, relative to its mean, and unlike φ does not grow with the counts. Each
    year's is drawn to the mean of the unit's years, or of all units where the unit has fewer than 3 years.
    """
    held = counts.to_numpy()
    n0 = np.maximum(held.sum(axis=1, keepdims=True), 1)
    season = share / share.sum(axis=1, keepdims=True)
    unit = counts.index.get_level_values("unit")
    code = pd.factorize(unit)[0]
    years = np.bincount(code)
    sums = np.zeros((len(years), held.shape[1]))
    np.add.at(sums, code, held / n0)
    is_known = years[code] >= SEASONS
    others = (sums[code] - held / n0) / np.maximum(years[code] - 1, 1)[:, None]
    others = np.divide(others, others.sum(axis=1, keepdims=True), out=season.copy(), where=others.sum(axis=1, keepdims=True) > 0)
    expected = n0 * np.maximum(np.where(is_known[:, None], others, season), 0.5 / n0)
    own = ((held - expected) ** 2 / expected).sum(axis=1) / (held.shape[1] - 1)
    relative = pd.Series(np.maximum(own - 1, 0) / n0[:, 0])
    pooled = np.where(is_known, relative.groupby(code).transform("mean"), relative.mean())
    freedom = held.shape[1] - 1
    return 1 + n0[:, 0] * (freedom * relative.to_numpy() + PRIOR * pooled) / (freedom + PRIOR)
