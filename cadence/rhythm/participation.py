"""People expected and people who came in; units where fewer come than their size explains, and their funnel, out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from cadence.rhythm import months, verdict
from cadence.rhythm.ledger import NONE, Ledger

FEWEST = 20
"""Attendances expected in the year, below which a unit is not judged."""
SHAPING = 100
"""Attendances expected, from which a unit says something about how units differ."""
LOWEST = 0.06
"""Share of units, from below, that does not shape what is usual: those in question."""
WIDER = 1.2
"""What cutting the lowest off takes from the variance is given back by this factor."""
MANY, NARROWER = 200, 0.9
"""Units it takes to tell the law by its upper half, and by how much narrower that must be."""
LIMITS = {"low998": 0.001, "low95": 0.025, "high95": 0.975, "high998": 0.999}


@dataclass(frozen=True)
class Funnel:
    """Attended of expected e is beta-binomial: share μ, precision M = α + β (∞: units differ by chance alone)."""

    mean: float
    precision: float

    def below(self, attended: np.ndarray, expected: np.ndarray) -> np.ndarray:
        """P(A ≤ a) for whole numbers; NaN where e is 0; shape as given.

        Terms are summed from a outwards, away from the mode, each made from the one before, until none counts.
        """
        shape = np.broadcast_shapes(np.shape(attended), np.shape(expected))
        a, e = (np.broadcast_to(np.asarray(x, dtype=float), shape).ravel() for x in (attended, expected))
        alpha, beta = self._shapes()
        is_low = a <= e * self.mean
        at = np.where(is_low, a, a + 1)
        there = (e > 0) & (at >= 0) & (at <= e)
        total = np.zeros(len(a))
        rows = np.flatnonzero(there)
        k, n = at[rows], e[rows]
        term = np.exp(
            scipy.special.gammaln(n + 1) - scipy.special.gammaln(k + 1) - scipy.special.gammaln(n - k + 1)
            + scipy.special.betaln(k + alpha, n - k + beta) - scipy.special.betaln(alpha, beta)
        )  # fmt: skip
        step = np.where(is_low[rows], -1.0, 1.0)
        while len(rows):
            total[rows] += term
            up = (n - k) * (k + alpha) / np.maximum((k + 1) * (n - k - 1 + beta), 1e-300)
            down = k * (n - k + beta) / np.maximum((n - k + 1) * (k - 1 + alpha), 1e-300)
            term, k = term * np.where(step > 0, up, down), k + step
            going = (term > 1e-12 * total[rows]) & (k >= 0) & (k <= n)
            rows, k, n, term, step = rows[going], k[going], n[going], term[going], step[going]
        below = np.where(is_low, total, 1 - total)
        return np.where(e > 0, np.clip(below, 0, 1), np.nan).reshape(shape)

    def limits(self, expected: np.ndarray) -> pd.DataFrame:
        """The funnel's lines at e expected: expected, centre, low998, low95, high95, high998 as shares.

        Each line is where the distribution function, straight between whole numbers, passes the quantile (Spiegelhalter 2005).
        """
        rows = []
        alpha, beta = self._shapes()
        for e in np.asarray(expected, dtype=int):
            k = np.arange(e + 1)
            mass = scipy.special.gammaln(e + 1) - scipy.special.gammaln(k + 1) - scipy.special.gammaln(e - k + 1)
            mass = np.cumsum(np.exp(mass + scipy.special.betaln(k + alpha, e - k + beta) - scipy.special.betaln(alpha, beta)))
            rows.append([np.interp(at, mass / mass[-1], k) / e for at in LIMITS.values()])
        lines = pd.DataFrame(rows, columns=list(LIMITS), index=range(len(rows)), dtype=float)
        return lines.assign(expected=np.asarray(expected, dtype=int), centre=self.mean)[["expected", "centre", *LIMITS]]

    def _shapes(self) -> tuple[float, float]:
        precision = min(self.precision, 1e7)
        return self.mean * precision, (1 - self.mean) * precision


def fitted(attended: np.ndarray, expected: np.ndarray) -> Funnel | None:
    """μ and M from the shares r = a/e of units with e ≥ 100; None with fewer than 20 of them.

    By moments, the lowest 6 % left out: τ² = 1.2·var(r) − mean(μ(1 − μ)/e), not below 0; M = μ(1 − μ)/τ² − 1. Where more
    than those stay away, their shares widen it until nobody is found; so with 200 units or more a beta law through the median
    and the 85 % quantile of r, which few low units hardly move, is taken instead if it is the narrower by a tenth.
    With e around 20 everywhere (small units, one month) the 20 that are needed are taken from all with e ≥ 20.
    """
    for least in (SHAPING, FEWEST):
        used = expected >= least
        if used.sum() >= 20:
            share, e = attended[used] / expected[used], expected[used]
            low = upper_half(share) if used.sum() >= MANY else None
            kept = share >= np.quantile(share, LOWEST)
            mean, total = float(share[kept].mean()), WIDER * float(share[kept].var(ddof=1))
            if low and low[1] < NARROWER * total:
                mean, total = low
            mean = float(np.clip(mean, 1e-6, 1 - 1e-6))
            between = total - mean * (1 - mean) * float((1 / e).mean())
            return Funnel(mean, mean * (1 - mean) / between - 1 if between > 0 else np.inf)
    return None


def upper_half(share: np.ndarray) -> tuple[float, float] | None:
    """Mean and variance of the beta law with the median and the 85 % quantile of the shares; None where they make none."""
    at = (0.5, 0.85)
    seen = np.quantile(share, at)
    if not 0 < seen[0] < seen[1] < 1:
        return None

    def shapes(x: np.ndarray) -> tuple[float, float]:
        mean, precision = scipy.special.expit(x[0]), np.exp(np.clip(x[1], -5, 20))
        return mean * precision, (1 - mean) * precision

    solved = scipy.optimize.root(lambda x: scipy.special.betaincinv(*shapes(x), at) - seen, [scipy.special.logit(seen[0]), 4.0])
    alpha, beta = shapes(solved.x)
    mean = alpha / (alpha + beta)
    return (mean, mean * (1 - mean) / (alpha + beta + 1)) if solved.success else None


def counted(ledger: Ledger) -> pd.DataFrame:
    """expected and attended of each unit and year: activities held before the records end, whose two numbers are both told.

    More who came than were expected count as all: guests are not what is asked about.
    """
    activities = ledger.activities
    day = activities["held_on"].to_numpy()
    unit = activities["unit"].to_numpy()
    organ = ledger.units["organ"].to_numpy()[unit]
    expected, attended = activities["expected"].to_numpy(dtype=float), activities["attended"].to_numpy(dtype=float)
    told = (day != NONE) & (day <= np.asarray(ledger.complete)[organ]) & (expected > 0) & ~np.isnan(attended)
    year = months.year(day[told])
    frame = pd.DataFrame({"unit": unit[told], "year": year, "expected": expected[told], "attended": attended[told]})
    frame["attended"] = np.minimum(frame["attended"], frame["expected"])
    return frame.groupby(["unit", "year"], sort=True)[["expected", "attended"]].sum().reset_index()


def low_participation(ledger: Ledger) -> pd.DataFrame:
    """参与率: attended a of expected e far in the lower tail of the year's beta-binomial; units with e < 20 are too_few.

    Flag q ≤ .05. n = e (people, not activities); k = a; expected = μ; effect = (a/e)/μ; low, high = Wilson's 95 % interval of a/e,
    with e divided by the beta-binomial's variance factor φ = 1 + (e − 1)/(M + 1), over μ. Column besides: precision (M).
    """
    frame = counted(ledger).rename(columns={"expected": "n", "attended": "k"})
    frame["organ"] = ledger.units["organ"].to_numpy()[frame["unit"]]
    few = frame["n"] < FEWEST
    found = [frame.assign(expected=np.nan, precision=np.nan, p=np.nan)[:0]]
    for _, its in frame.groupby("year", sort=True):
        funnel = fitted(its["k"].to_numpy(), its["n"].to_numpy())
        told = {"expected": np.nan, "precision": np.nan, "p": np.nan}
        if funnel:
            tail = funnel.below(np.floor(its["k"]), np.ceil(its["n"]))
            told = {"expected": funnel.mean, "precision": funnel.precision, "p": tail}
        found.append(its.assign(**told))
    frame = pd.concat(found).sort_index()
    frame["effect"] = frame["k"] / frame["n"] / frame["expected"]
    factor = 1 + (frame["n"] - 1) / (frame["precision"] + 1)
    low, high = wilson(frame["k"] / frame["n"], frame["n"] / factor)
    frame["low"], frame["high"] = low / frame["expected"], high / frame["expected"]
    few = few | frame["p"].isna()
    frame["q"] = verdict.yearly_q(frame, ~few)
    return verdict.rows("low_participation", frame, frame["q"] <= 0.05, few)


def wilson(share: np.ndarray, n: np.ndarray, z: float = 1.959963984540054) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's (1927) score interval of a share of n."""
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return middle - half, middle + half
