"""What else is known of units, and their p-values, in; who is the more likely to rush, and q-values that use it, out.

How much a plan or a year before tells is not written down here: it is learned from the ledger itself, without anyone having
said who rushes, from what a covariate does where small p-values lie. Where it tells nothing its weight comes out as none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

ENOUGH = 1000
"""With fewer tested units nothing is learned: z ranks them and q is plain Benjamini–Hochberg."""
APART, MOST = 1.5, 0.5
"""A mixture whose groups lie closer than 1.5 spreads, or of which most rush, has found something else and is not used."""
RIDGE, ROUNDS, STILL = 2.0, 200, 1e-4
LOWEST, HIGHEST = -5.5, 8.0
CAP = 10.0
"""Weights lie between a tenth and ten times their median."""


@dataclass(frozen=True)
class Mixture:
    """z of innocent units is N(quiet, spread²), of the others N(loud, spread²); log prior odds are [1, covariates]·slopes."""

    quiet: float
    loud: float
    spread: float
    slopes: np.ndarray

    def odds(self, covariates: np.ndarray) -> np.ndarray:
        """Log prior odds; covariates (units, c) → (units,)."""
        return self.slopes[0] + covariates @ self.slopes[1:]

    @property
    def steepness(self) -> float:
        """Log odds that one more standard deviation of z is worth."""
        return (self.loud - self.quiet) / self.spread**2

    def evidence(self, z: np.ndarray) -> np.ndarray:
        """Log likelihood ratio of z."""
        return self.steepness * (z - (self.quiet + self.loud) / 2)


def stock(covariates: np.ndarray) -> Mixture:
    """One in ten rushes, three standard deviations away; covariates are not used."""
    return Mixture(0.0, 3.0, 1.0, np.r_[np.log(1 / 9), np.zeros(covariates.shape[1])])


def learned(z: np.ndarray, covariates: np.ndarray) -> Mixture:
    """Efron's two-group model (2008) with prior odds by ridge logistic regression, by EM; z (units,), covariates (units, c)."""
    design = np.column_stack([np.ones(len(z)), covariates])
    slopes = np.r_[-2.0, np.zeros(covariates.shape[1])]
    ridge = np.diag(np.r_[1e-6, np.full(covariates.shape[1], RIDGE)])
    quiet, loud, spread = float(np.median(z)), float(np.median(z)) + 3, 1.0
    for _ in range(ROUNDS):
        mixture = Mixture(quiet, loud, spread, slopes)
        odds = design @ slopes
        rushes = scipy.special.expit(odds + mixture.evidence(z))
        rest = 1 - rushes
        quiet, loud = rest @ z / rest.sum(), rushes @ z / rushes.sum()
        spread = np.sqrt((rest @ (z - quiet) ** 2 + rushes @ (z - loud) ** 2) / len(z))
        prior = scipy.special.expit(odds)
        curvature = (design * (prior * (1 - prior))[:, None]).T @ design + ridge
        step = np.clip(np.linalg.solve(curvature, design.T @ (rushes - prior) - ridge @ slopes), -1, 1)
        slopes = slopes + step
        if max(np.abs(step).max(), abs(quiet - mixture.quiet), abs(loud - mixture.loud)) < STILL:
            break
    return Mixture(quiet, loud, spread, slopes)


def believed(z: np.ndarray, covariates: np.ndarray) -> Mixture:
    """What is learned, if there is enough to learn from and two groups were found in it; else the stock mixture."""
    if len(z) < ENOUGH:
        return stock(covariates)
    found = learned(z, covariates)
    apart = found.loud - found.quiet >= APART * found.spread
    return found if apart and scipy.special.expit(found.odds(covariates)).mean() <= MOST else stock(covariates)


def informed(p: np.ndarray, z: np.ndarray, covariates: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores, q-values and log odds of a rush; p and z (large is suspicious) of shape (units,), p NaN where not tested.

    score is z, moved by what the prior odds are worth in z; of an untested unit by that alone. q is Benjamini–Hochberg over p/w
    with weights w ∝ prior odds (Genovese, Roeder and Wasserman 2006), times the weight of the innocent as estimated from p > ½
    (Storey 2002), at most the mean weight. It is as honest as a plain q wherever covariates say nothing of an innocent unit's p.
    """
    tested = ~np.isnan(p)
    z = np.where(tested, np.clip(z, LOWEST, HIGHEST), 0)
    mixture = believed(z[tested], covariates[tested])
    odds = mixture.odds(covariates)
    usual = scipy.special.logit(scipy.special.expit(odds).mean()) if len(odds) else 0
    score = z + (odds - usual) / mixture.steepness
    q = np.full(len(p), np.nan)
    if tested.any():
        own, log = p[tested], odds[tested] - np.median(odds[tested])
        weight = np.exp(np.clip(log, -np.log(CAP), np.log(CAP)))
        innocent = min((weight.max() + weight[own > 0.5].sum()) / (len(own) / 2), weight.mean())
        q[tested] = np.minimum(1, scipy.stats.false_discovery_control(np.minimum(1, own / weight)) * innocent)
    return score, q, odds + np.where(tested, mixture.evidence(z), 0)


def ranked(tested: pd.DataFrame, covariates: np.ndarray, smallest: pd.Series | None = None) -> pd.DataFrame:
    """The columns score, q and log_odds added; z from `smallest`, the p-value before a correction cut it at 1, or from p."""
    p = tested["p"].to_numpy()
    z = scipy.stats.norm.isf(np.clip(tested["p"] if smallest is None else smallest, 1e-15, 1 - 1e-9))
    score, q, log_odds = informed(p, z, covariates)
    return tested.assign(score=score, q=q, log_odds=log_odds)


def hinges(values: np.ndarray) -> np.ndarray:
    """A covariate in robust standard deviations from its median, −4 to 6, bent at 0 and 2; NaN becomes 0; (units,) → (units, 3)."""
    known = ~np.isnan(values)
    scaled = np.zeros(len(values))
    if known.any():
        middle = np.median(values[known])
        spread = 1.4826 * np.median(np.abs(values[known] - middle))
        scaled[known] = np.clip((values[known] - middle) / spread, -4, 6) if spread > 0 else 0
    return np.column_stack([np.maximum(scaled, 0), np.maximum(scaled - 2, 0), np.minimum(scaled, 0)])


def year_before(units: int, before: pd.DataFrame | None) -> np.ndarray:
    """Covariates from the year before, as its pattern found it (unit, log_odds): was there one, log odds, odds; (units, 3 or 0)."""
    if before is None:
        return np.zeros((units, 0))
    known, odds = np.zeros(units), np.full(units, -np.inf)
    known[before["unit"]], odds[before["unit"]] = 1, before["log_odds"]
    return np.column_stack([known, np.where(known > 0, np.clip(odds, -4, 4), 0), scipy.special.expit(odds)])
