"""A profile in; units that begin their year briskly and let it fade out (pattern fading)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from cadence.rhythm import dispersion
from cadence.rhythm.judgement import FEWEST, findings
from cadence.rhythm.prior import ranked, year_before
from cadence.rhythm.profile import Profile

WEEKS, BLOCKS = 52, 13
TREND, FINE, PRIOR = 11, 39, 4
"""Degrees of freedom: 13 blocks about a line, 52 weeks about their blocks, and the pooled dispersion."""
FADED = 0.67


def fading(profile: Profile, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """Laplace's statistic in operational time, L = −√(12n)·(ū − ½), against its own dispersion; p from t with 54 degrees.

    n counts the year's activities, k those in the last third of operational time, expected is ⅓, effect is last third over first
    third ((k + ½)/(k₁ + ½)). Flagged: q ≤ .05 and effect ≤ .67. Further columns: first (activities in the first third),
    phi, log_odds. `before`: what this found a year earlier; it shifts score and q.
    """
    year = profile.year
    units = len(year.n)
    statistic, own, first, last = np.zeros(units), np.ones(units), np.zeros(units), np.zeros(units)
    for rows in year.blocks():
        shares, held = profile.shares(rows), year.held[rows]
        middle = np.cumsum(shares, axis=1) - shares / 2
        statistic[rows] = laplace(shares, held)
        first[rows], last[rows] = (held * (middle < 1 / 3)).sum(axis=1), (held * (middle >= 2 / 3)).sum(axis=1)
        counts, parts = dispersion.binned(held, shares, WEEKS)
        fine = dispersion.within(counts, parts, BLOCKS)
        own[rows] = (TREND * about_line(dispersion.blocked(counts, BLOCKS)) + FINE * fine) / (TREND + FINE)
    testable = (year.n >= FEWEST) & (year.opens < year.closes)
    phi = dispersion.moderated(own, testable, TREND + FINE, PRIOR)
    z = statistic / np.sqrt(np.maximum(phi, 0.5))
    p = np.where(testable, scipy.stats.t.sf(z, TREND + FINE + PRIOR), np.nan)
    effect = (last + 0.5) / (first + 0.5)
    tested = pd.DataFrame({"n": year.n, "k": last.astype(np.int64), "expected": 1 / 3, "effect": effect})
    tested = tested.assign(low=np.nan, high=np.nan, p=p, first=first.astype(np.int64), phi=phi)
    tested = ranked(tested, year_before(units, before))
    return findings(year, "fading", tested, ((tested["q"] <= 0.05) & (effect <= FADED)).to_numpy())


def laplace(shares: np.ndarray, held: np.ndarray) -> np.ndarray:
    """L = −√(12n)·(ū − ½), ū the mean operational time of the activities: positive where they fade, negative where they grow.

    shares and held (units, days), shares of any scale → (units,); 0 where nothing was held or expected.
    """
    total, n = shares.sum(axis=1), held.sum(axis=1)
    middle = ((np.cumsum(shares, axis=1) - shares / 2) * held).sum(axis=1)
    mean = np.divide(middle, total * n, out=np.full(len(n), 0.5), where=(total > 0) & (n > 0))
    return -np.sqrt(12 * n) * (mean - 0.5)


def about_line(counts: np.ndarray) -> np.ndarray:
    """φ of blocks about a straight line fitted to them: Σ (X − X̂)² / X̄ / (blocks − 2); counts (units, blocks) → (units,)."""
    blocks = counts.shape[1]
    at = np.arange(blocks) - (blocks - 1) / 2
    mean = counts.mean(axis=1, keepdims=True)
    left = counts - mean - (counts @ at / (at @ at))[:, None] * at
    return np.divide((left**2).sum(axis=1), mean[:, 0], out=np.full(len(counts), blocks - 2.0), where=mean[:, 0] > 0) / (blocks - 2)
