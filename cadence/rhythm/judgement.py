"""Counts in a window and what was expected in; p-values, rate ratios with intervals, q-values and levels out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from cadence.rhythm import dispersion
from cadence.rhythm.profile import Profile, inside
from cadence.rhythm.year import Year

FEWEST = 8
"""With fewer activities a unit is not judged."""
HIGH, MEDIUM = 0.02, 0.05
"""q-values up to which a finding is certain enough to be called high or medium."""
COLUMNS = ["unit", "organ", "year", "pattern", "n", "k", "expected", "effect", "low", "high", "p", "q", "score", "level", "flagged"]


@dataclass(frozen=True)
class Moderation:
    """How a unit's dispersion is made: `fine` adds the variation inside blocks; ν own and ν₀ pooled degrees of freedom."""

    fine: bool
    freedom: float
    prior: float


SLOW = Moderation(fine=False, freedom=9, prior=4)
"""For windows of weeks: the variation from block to block is what such a window shows."""
QUICK = Moderation(fine=True, freedom=20, prior=10)
"""For windows of days scattered over the year."""


def weigh(profile: Profile, mask: np.ndarray, moderation: Moderation) -> pd.DataFrame:
    """Every unit in one window: n, k, expected, phi, p, effect, low, high, share_low, share_high; one row per unit.

    mask is (days,) or (organs, days). p is NaN where nothing can be tested: fewer than 8 activities, or a window that no
    day or every day of the unit's exposure lies in.
    """
    year = profile.year
    units = len(year.n)
    k, expected, own, outside = inside(year, mask), np.empty(units), np.empty(units), np.empty(units)
    for rows in year.blocks():
        shares, held = profile.shares(rows), year.held[rows]
        out = ~mask if mask.ndim == 1 else ~mask[year.organ[rows]]
        shares_out = shares * out
        expected[rows] = 1 - shares_out.sum(axis=1)
        counts, parts = dispersion.binned(held * out, shares_out)
        outside[rows] = counts.sum(axis=1)
        phi = dispersion.pearson(dispersion.blocked(counts), dispersion.blocked(parts))
        own[rows] = (phi + dispersion.within(counts, parts)) / 2 if moderation.fine else phi
    expected = np.clip(expected, 0, 1)
    open_ = (expected > 1e-9) & (expected < 1 - 1e-9)
    testable = open_ & (year.n >= FEWEST)
    phi = dispersion.moderated(own, testable & (outside >= dispersion.FEW), moderation.freedom, moderation.prior)
    p = np.where(testable, one_sided(k, year.n, expected, phi, moderation.freedom + moderation.prior), np.nan)
    return pd.DataFrame({"n": year.n, "k": k, "expected": expected, "phi": phi, "p": p, **rate_ratio(k, year.n, expected, phi)})


def signed_root(k: np.ndarray, n: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """r = sign(k − np)·√(2[k ln(k/np) + (n − k) ln((n − k)/(n(1 − p)))]), the signed root of the binomial deviance."""
    mean = n * expected
    deviance = 2 * (scipy.special.rel_entr(k, mean) + scipy.special.rel_entr(n - k, n - mean))
    return np.sign(k - mean) * np.sqrt(np.maximum(deviance, 0))


def one_sided(k: np.ndarray, n: np.ndarray, expected: np.ndarray, phi: np.ndarray, freedom: float) -> np.ndarray:
    """Upper tail of Student's t of r/√max(φ̃, ½)."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return scipy.stats.t.sf(signed_root(k, n, expected) / np.sqrt(np.maximum(phi, 0.5)), freedom)


def rate_ratio(k: np.ndarray, n: np.ndarray, expected: np.ndarray, phi: np.ndarray, mass: float = 0.95) -> dict[str, np.ndarray]:
    """Pace inside the window over pace outside, each against what was expected, with its interval and that of the share k/n.

    RR = [(k + ½)/(np + ½)] / [(n − k + ½)/(n(1 − p) + ½)]; share: Beta(k/f + ½, (n − k)/f + ½) with f = max(1, φ̃), Jeffreys'
    prior and counts that are worth less when they come in clumps; its quantiles L give the ratio's L/(1 − L)·(1 − p)/p.
    """
    f, mean = np.maximum(1, phi), n * expected
    tail = (1 - mass) / 2
    low, high = (scipy.special.betaincinv(k / f + 0.5, (n - k) / f + 0.5, at) for at in (tail, 1 - tail))
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = (1 - expected) / expected
        effect = ((k + 0.5) / (mean + 0.5)) / ((n - k + 0.5) / (n - mean + 0.5))
        ratio = {"effect": effect, "low": low / (1 - low) * odds, "high": high / (1 - high) * odds}
    return {**ratio, "share_low": low, "share_high": high}


def q_values(p: np.ndarray) -> np.ndarray:
    """Benjamini and Hochberg (1995) over the p-values that are there; NaN stays NaN."""
    q = np.full(len(p), np.nan)
    there = ~np.isnan(p)
    if there.any():
        q[there] = scipy.stats.false_discovery_control(p[there])
    return q


def levels(n: np.ndarray, q: np.ndarray, flagged: np.ndarray) -> np.ndarray:
    """high (q ≤ .02), medium (q ≤ .05) of what is flagged; none; too_few below 8 activities."""
    known = np.nan_to_num(q, nan=1.0)
    named = np.select([flagged & (known <= HIGH), flagged], ["high", "medium"], "none")
    return np.where(n < FEWEST, "too_few", named)


def findings(year: Year, pattern: str, tested: pd.DataFrame, flagged: np.ndarray) -> pd.DataFrame:
    """Tested units → the columns every pattern has; units that did not exist in the year are left out. `q` must be there."""
    frame = tested.assign(
        unit=np.arange(len(tested)), organ=year.organ, year=year.year, pattern=pattern, flagged=flagged,
        level=levels(tested["n"].to_numpy(), tested["q"].to_numpy(), flagged),
    )  # fmt: skip
    if "score" not in frame:
        frame["score"] = -np.log10(frame["p"].clip(lower=1e-300).fillna(1))
    more = [column for column in frame.columns if column not in COLUMNS]
    return frame.loc[year.opens < year.closes, COLUMNS + more].reset_index(drop=True)
