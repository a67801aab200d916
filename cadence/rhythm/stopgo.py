"""A profile in; units that work in spells with long silences between them out (pattern stop_go). A description, not a verdict."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from cadence.rhythm import dispersion
from cadence.rhythm.judgement import FEWEST, findings, q_values
from cadence.rhythm.profile import Profile

WEEKS, BLOCKS = 52, 13
GREY = 0.003
GRID = (8, 10, 12, 15, 18, 22, 27, 33, 40, 50, 62, 78, 100, 130, 170)
DRAWS = 20_000


def stopgo(profile: Profile) -> pd.DataFrame:
    """Spells of activity and silence: R of `irregularity` of active days by operational week, p by simulation for as many days.

    n counts active days, effect is R; k and expected describe nothing here (0, NaN). `flagged` is a grey tag at p ≤ .003 and its
    level never more than "hint": activities scheduled in clumps are irregular too and cannot be told from stop-and-go.
    Further columns to be told beside it: silence (working days of the longest silent stretch), empty (four-week blocks without
    an active day, of 13), busiest (share of active days in the two busiest blocks).
    """
    year = profile.year
    units = len(year.n)
    n, effect = np.zeros(units, dtype=np.int64), np.zeros(units)
    silence, empty, busiest = np.zeros(units, dtype=np.int64), np.zeros(units, dtype=np.int64), np.zeros(units)
    for rows in year.blocks():
        active = year.held[rows] > 0
        counts, _ = dispersion.binned(active, profile.shares(rows), WEEKS)
        n[rows], effect[rows] = active.sum(axis=1), irregularity(counts)
        blocks = np.sort(dispersion.blocked(counts, BLOCKS), axis=1)
        empty[rows], busiest[rows] = (blocks == 0).sum(axis=1), blocks[:, -2:].sum(axis=1) / np.maximum(n[rows], 1)
        silence[rows] = longest_silence(active, year.exposed(rows) & year.working)
    testable = (n >= FEWEST) & (year.opens < year.closes)
    p, z = np.full(units, np.nan), np.zeros(units)
    p[testable], z[testable] = tail(effect[testable], n[testable])
    tested = pd.DataFrame({"n": n, "k": 0, "expected": np.nan, "effect": effect, "low": np.nan, "high": np.nan, "p": p})
    tested = tested.assign(q=q_values(p), score=z, silence=silence, empty=empty, busiest=busiest)
    found = findings(year, "stop_go", tested, p <= GREY)
    return found.assign(level=np.where(found["flagged"], "hint", found["level"]))


def irregularity(counts: np.ndarray) -> np.ndarray:
    """R = 3 ln max(D, .1) + A of weekly counts about a quadratic trend M; counts (units, 52) → (units,).

    D = Σ over 13 blocks (X − M)²/M/10, the variation from month to month; A = Σ_{l=1,2} autocovariance/variance·√26, how long
    spells last.
    """
    weeks = counts.shape[1]
    at = np.linspace(-1, 1, weeks)
    basis = np.linalg.qr(np.stack([np.ones(weeks), at, at**2], axis=1))[0]
    trend = np.maximum(counts @ basis @ basis.T, counts.mean(axis=1, keepdims=True) * 0.1 + 1e-9)
    left = counts - trend
    variance = np.maximum((left**2).mean(axis=1), 1e-9)
    covariance = sum((left[:, lag:] * left[:, :-lag]).sum(axis=1) / weeks for lag in (1, 2))
    months, expected = dispersion.blocked(counts, BLOCKS), dispersion.blocked(trend, BLOCKS)
    uneven = ((months - expected) ** 2 / expected).sum(axis=1) / (BLOCKS - 3)
    return 3 * np.log(np.maximum(uneven, 0.1)) + covariance / variance * np.sqrt(weeks / 2)


def longest_silence(active: np.ndarray, working: np.ndarray) -> np.ndarray:
    """Most working days in a row without activity; both (units, days), bool → (units,)."""
    passed = np.cumsum(working, axis=1)
    since = np.maximum.accumulate(np.where(active, passed, 0), axis=1)
    return (passed - since).max(axis=1, initial=0)


@cache
def chance(n: int) -> np.ndarray:
    """Sorted R of n active days strewn over the weeks at random; shape (20000,). Drawn once, from a fixed seed."""
    generator = np.random.default_rng(n)
    counts = generator.multinomial(n, np.full(WEEKS, 1 / WEEKS), size=DRAWS).astype(float)
    return np.sort(irregularity(counts))


def tail(effect: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """p = (b + 1)/(R + 1) after Phipson and Smyth (2010), and how many standard deviations R exceeds chance by; nearest n."""
    grid = np.array(GRID)
    nearest = np.abs(np.log(n[:, None] / grid)).argmin(axis=1)
    p, z = np.ones(len(n)), np.zeros(len(n))
    for at, size in enumerate(GRID):
        rows = nearest == at
        if rows.any():
            drawn = chance(size)
            p[rows] = (DRAWS - np.searchsorted(drawn, effect[rows], side="left") + 1) / (DRAWS + 1)
            z[rows] = (effect[rows] - drawn.mean()) / drawn.std()
    return p, z
