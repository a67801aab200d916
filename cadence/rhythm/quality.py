"""Activities and a window in; effect and attendance inside the window against outside it, with intervals, out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from cadence.rhythm import months
from cadence.rhythm.ledger import Ledger

DAYS = 42
"""The window of the year's end."""


def last_days(day: np.ndarray, days: int = DAYS) -> np.ndarray:
    """Which days are among the last `days` of their year; shape as given, bool."""
    return np.asarray(day, dtype=np.int64) > months.last(months.year(day)) - days


def effect(ledger: Ledger, used: np.ndarray, inside: np.ndarray, group: np.ndarray) -> pd.DataFrame:
    """Mean effect score of activities inside and outside; `compared` with each activity weighing the same.

    used, inside, group: one entry per activity of the ledger; group may be units, organs or zeros for the whole system.
    """
    told = ledger.activities["effect"].to_numpy(dtype=float)
    used = used & ~np.isnan(told)
    return compared(told[used], np.ones(used.sum()), inside[used], group[used])


def attendance(ledger: Ledger, used: np.ndarray, inside: np.ndarray, group: np.ndarray) -> pd.DataFrame:
    """Share of the expected who came, inside and outside; arguments as for `effect`."""
    expected, attended = (ledger.activities[name].to_numpy(dtype=float) for name in ("expected", "attended"))
    used = used & (expected > 0) & ~np.isnan(attended)
    return compared(attended[used], expected[used], inside[used], group[used])


def compared(value: np.ndarray, weight: np.ndarray, inside: np.ndarray, group: np.ndarray, mass: float = 0.95) -> pd.DataFrame:
    """Σ value/Σ weight inside less outside, per group, with Welch's t interval; the activity, not the person, is the sample.

    Variance of a side's ratio R: m/(m − 1)·Σ(value − R·weight)²/(Σ weight)² over its m activities (linearised ratio estimator,
    Cochran 1977; with weights 1 the variance of a mean). Indexed by group: n_inside, n_outside, inside, outside, difference, low,
    high. Limits are NaN with fewer than two activities on a side; no row has a p-value: it stands beside a finding, it is none.
    """
    frame = pd.DataFrame({"group": group, "inside": np.asarray(inside, bool), "value": value, "weight": weight})
    keys = ["group", "inside"]
    sums = frame.groupby(keys)[["value", "weight"]].transform("sum")
    frame["square"] = (frame["value"] - sums["value"] / sums["weight"] * frame["weight"]) ** 2
    sides = frame.groupby(keys).agg(value=("value", "sum"), weight=("weight", "sum"), square=("square", "sum"), n=("value", "size"))
    sides["rate"] = sides["value"] / sides["weight"]
    more = (sides["n"] - 1).where(sides["n"] > 1)
    sides["variance"] = sides["n"] / more * sides["square"] / sides["weight"] ** 2
    sides["over"] = sides["variance"] ** 2 / more
    wide = sides[["n", "rate", "variance", "over"]].unstack("inside").reindex(
        columns=pd.MultiIndex.from_product([["n", "rate", "variance", "over"], [True, False]])
    )  # fmt: skip
    n = wide["n"].fillna(0).astype(np.int64)
    found = pd.DataFrame({"n_inside": n[True], "n_outside": n[False], "inside": wide["rate"][True], "outside": wide["rate"][False]})
    found["difference"] = found["inside"] - found["outside"]
    variance = wide["variance"].sum(axis=1, skipna=False)
    over = wide["over"].sum(axis=1, skipna=False)
    freedom = variance**2 / over.where(over > 0)
    half = scipy.stats.t.isf((1 - mass) / 2, freedom.fillna(1)) * np.sqrt(variance)
    half = half.where(over > 0, np.where(variance == 0, 0.0, np.nan))
    return found.assign(low=found["difference"] - half, high=found["difference"] + half)
