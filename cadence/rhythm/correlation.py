"""Pairs of numbers in groups in; Spearman's rank correlation of each group with its interval out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy


def spearman(keys: pd.DataFrame, x: pd.Series, y: pd.Series, mass: float = 0.95) -> pd.DataFrame:
    """One row per group of equal keys: the keys, n (pairs without NaN), rho, low, high.

    rho is NaN with fewer than 3 pairs or where one side is constant.
    Interval: tanh(atanh ρ ± z·√((1 + ρ²/2)/(n − 3))), Bonett and Wright (2000); NaN with n < 4.
    """
    names = list(keys.columns)
    pairs = keys.assign(x=np.asarray(x, float), y=np.asarray(y, float)).dropna()
    by = [pairs[name] for name in names]
    ranks = pairs.groupby(names)[["x", "y"]].rank()
    ranks -= ranks.groupby(by).transform("mean")
    parts = pd.DataFrame({"xx": ranks["x"] ** 2, "yy": ranks["y"] ** 2, "xy": ranks["x"] * ranks["y"], "n": 1.0})
    sums = parts.groupby(by).sum()
    spread = np.sqrt(sums["xx"] * sums["yy"])
    rho = (sums["xy"] / spread.where(spread > 0)).where(sums["n"] >= 3)
    low, high = interval(rho.to_numpy(), sums["n"].to_numpy(), mass)
    return pd.DataFrame({"n": sums["n"].astype(np.int64), "rho": rho, "low": low, "high": high}).reset_index()


def interval(rho: np.ndarray, n: np.ndarray, mass: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Bonett and Wright's interval of ρ from n pairs; NaN with n < 4."""
    z = scipy.stats.norm.isf((1 - mass) / 2)
    half = z * np.sqrt((1 + rho**2 / 2) / np.where(n >= 4, n - 3, np.nan))
    middle = np.arctanh(np.clip(rho, -1 + 1e-12, 1 - 1e-12))
    return np.tanh(middle - half), np.tanh(middle + half)
