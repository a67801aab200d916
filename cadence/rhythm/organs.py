"""Units' year-end tests and assessments in; organs whose evaluation lost its edge out, one row per organ and year."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from cadence.rhythm import months, verdict
from cadence.rhythm.ledger import NONE, Ledger
from cadence.rhythm.participation import Funnel, upper_half

FEWEST = 5
"""An organ with fewer units than this is not judged."""
SYSTEM = 5
"""Fewer organs than this do not tell what is usual."""
RUSHES = 0.10
"""Year-end p-value of a unit that is counted in the sentence "x of m units"."""
SMALLEST = 0.001
"""Year-end p-values below this count as this: a culture is many units, not one with a record."""
STEP = 0.02
"""Width of a bin of −ln p."""
PRESSED, SURELY = 0.10, 0.25
"""Ratio of variances from which scores count as compressed, when q agrees and the upper limit is below a quarter: surely less
than half the usual standard deviation."""
ORGANS = 30
"""Organs it takes to tell how much they differ."""
OUTCOMES = 12
"""An organ with fewer rewards and penalties than this is not judged on their balance."""
LENIENT, RARELY = 0.10, 0.5
"""q, and share of penalties over the usual share, up to which an organ is said to hardly ever penalise."""


def yearend_culture(tested: pd.DataFrame) -> pd.DataFrame:
    """机关年末抓: do the units of an organ, taken together, have smaller year-end p-values than as many units of the system?

    tested: one row per unit and year with organ, p_w6, p_Q4 (NaN where not tested). Statistic: Σ −ln max(min(p_w6, p_Q4), .001)
    over the m tested units. Its law, if the organ were m units drawn at random from the system, is the m-fold convolution of
    what all units of that year have, by FFT on bins of .02: no assumption on how p-values are distributed, no random numbers.
    (Fisher's combination, 1932, with an empirical null.) Flag q ≤ .05 and effect > 1.

    n = m; k = units with min(p_w6, p_Q4) < .10; expected = share of those in the system π₀; effect = (k/m)/π₀ with Jeffreys'
    interval of k/m over π₀. Organs with m < 5 are too_few.
    """
    least = tested[["p_w6", "p_Q4"]].min(axis=1)
    units = tested.assign(least=least)[least.notna()]
    years = [_culture(units[units["year"] == year]) for year in np.unique(units["year"])]
    if not years:
        return _nothing("yearend_culture", ["statistic"])
    frame = pd.concat(years, ignore_index=True)
    frame["q"] = verdict.yearly_q(frame, frame["n"] >= FEWEST)
    flagged = (frame["q"] <= 0.05) & (frame["effect"] > 1)
    return verdict.rows("yearend_culture", frame, flagged, frame["n"] < FEWEST)


def _culture(units: pd.DataFrame) -> pd.DataFrame:
    """One year's organs: counts, statistic and p."""
    bins = np.rint(-np.log(units["least"].clip(SMALLEST, 1).to_numpy()) / STEP).astype(np.int64)
    by = units.assign(bins=bins, is_rush=units["least"] < RUSHES).groupby("organ", sort=True)
    frame = by.agg(year=("year", "first"), n=("least", "size"), k=("is_rush", "sum"), statistic=("bins", "sum")).reset_index()
    share = np.bincount(bins) / len(bins)
    n, statistic = frame["n"].to_numpy(), frame["statistic"].to_numpy()
    frame["p"] = np.nan
    for m in np.unique(n):
        frame.loc[n == m, "p"] = convolved(share, int(m))[statistic[n == m]]
    frame["expected"] = (units["least"] < RUSHES).mean()
    frame["statistic"] *= STEP
    return frame.assign(**share_ratio(frame["k"], frame["n"], frame["expected"]))


def convolved(share: np.ndarray, times: int) -> np.ndarray:
    """P(S ≥ s) for the sum S of `times` draws from `share` (probability of 0, 1, 2 …); shape (times·(len(share) − 1) + 1,)."""
    length = times * (len(share) - 1) + 1
    size = 1 << int(np.ceil(np.log2(max(2, length))))
    density = np.fft.irfft(np.fft.rfft(share, size) ** times, size)[:length]
    return np.clip(np.cumsum(density[::-1])[::-1], 1e-15, 1)


def share_ratio(k: pd.Series, n: pd.Series, expected: pd.Series) -> dict[str, pd.Series]:
    """effect = (k/n)/expected; low, high: Jeffreys' 95 % interval Beta(k + ½, n − k + ½) of k/n over expected; NaN if that is 0."""
    base = expected.where(expected > 0)
    low, high = (scipy.special.betaincinv(k + 0.5, n - k + 0.5, tail) / base for tail in verdict.either_side())
    return {"effect": k / n / base, "low": low, "high": high}


def score_compression(ledger: Ledger) -> pd.DataFrame:
    """照顾搞平衡: s² of an organ's annual scores far below what organs usually have.

    Annual score: the last score of a unit in the year. σ₀² = median of s² over the year's organs with m ≥ 5;
    (m − 1)·s²/σ₀² against the lower tail of χ²(m − 1). Flag q ≤ .05, s²/σ₀² ≤ .10 and its upper limit ≤ .25. Scores in steps
    of Δ (the smallest gap between two) hide Δ²/12 of variance, which is added to every s²: five equal grades out of four do not
    make a compression.
    n = m; k = units within ½σ₀ of the organ's median score; expected = share of those in all organs; effect = s²/σ₀² with the
    χ² interval; score = −log₁₀ of its upper end. Columns besides: sd, usual_sd (points).
    Fewer than 5 organs with m ≥ 5: nobody is judged.
    """
    scored = ledger.assessments.dropna(subset=["score"]).sort_values("assessed_on", kind="stable")
    annual = scored.drop_duplicates(["organ", "unit", "year"], keep="last")[["organ", "year", "score"]]
    if annual.empty:
        return _nothing("score_compression", ["sd", "usual_sd"])
    by = annual.groupby(["organ", "year"], sort=True)["score"]
    frame = by.agg(n="size", variance="var").reset_index()
    frame["variance"] += frame["year"].map(annual.groupby("year")["score"].agg(step)) ** 2 / 12
    enough = frame["n"] >= FEWEST
    usual = frame["variance"].where(enough).groupby(frame["year"]).transform("median")
    organs = enough.groupby(frame["year"]).transform("sum")
    frame["usual_sd"], frame["sd"] = np.sqrt(usual), np.sqrt(frame["variance"])
    near = annual.merge(frame[["organ", "year", "usual_sd"]], on=["organ", "year"])
    middle = near.groupby(["organ", "year"])["score"].transform("median")
    near["is_near"] = (near["score"] - middle).abs() <= near["usual_sd"] / 2
    frame["k"] = near.groupby(["organ", "year"], sort=True)["is_near"].sum().to_numpy()
    frame["expected"] = frame["year"].map(near.groupby("year")["is_near"].mean())
    freedom = (frame["n"] - 1).where(enough)
    frame["effect"] = frame["variance"] / usual.where(usual > 0)
    frame["p"] = scipy.stats.chi2.cdf(freedom * frame["effect"], freedom)
    low, high = verdict.either_side()
    frame["low"] = freedom * frame["effect"] / scipy.stats.chi2.ppf(high, freedom)
    frame["high"] = freedom * frame["effect"] / scipy.stats.chi2.ppf(low, freedom)
    frame["score"] = -np.log10(np.maximum(frame["high"], 1e-300))
    few = ~enough | (organs < SYSTEM) | frame["p"].isna()
    frame["q"] = verdict.yearly_q(frame, ~few)
    flagged = (frame["q"] <= 0.05) & (frame["effect"] <= PRESSED) & (frame["high"] <= SURELY)
    return verdict.rows("score_compression", frame.drop(columns="variance"), flagged, few)


def step(score: pd.Series) -> float:
    """The smallest gap between two different scores; 0 where all are alike."""
    return float(np.diff(np.unique(score)).min()) if score.nunique() > 1 else 0.0


def yearend_settlement(ledger: Ledger) -> pd.DataFrame:
    """秋后算总账: an organ that assesses in at most two quarters of four. A count, not a test: p, q and the interval are NaN.

    A quarter counts when at least a tenth of the units assessed in the year were assessed in it; what is done after the year's
    end counts to its last quarter. Only years whose end is covered by the organ's records are judged (else too_few).
    n = assessments; k = those in the last 42 days or later; expected = 42 days of the year; effect = (k/n)/expected.
    score = 4 − quarters + k/n. Column besides: quarters. level: high with one quarter, medium with two.
    """
    acts = ledger.assessments[ledger.assessments["assessed_on"] != NONE]
    if acts.empty:
        return _nothing("yearend_settlement", ["quarters"])
    year, day = acts["year"].to_numpy(), acts["assessed_on"].to_numpy().astype(np.int64)
    quarter = np.clip((months.month(day) - months.january(year)) // 3, 0, 3)
    acts = acts.assign(quarter=quarter, is_late=day > months.last(year) - 42)
    keys = ["organ", "year"]
    frame = acts.groupby(keys, sort=True).agg(n=("unit", "size"), k=("is_late", "sum"), units=("unit", "nunique")).reset_index()
    covered = acts.groupby([*keys, "quarter"], sort=True)["unit"].nunique().rename("covered").reset_index().merge(frame, on=keys)
    covered["counts"] = covered["covered"] >= 0.1 * covered["units"]
    frame["quarters"] = covered.groupby(keys, sort=True)["counts"].sum().to_numpy()
    begun, over = months.first(frame["year"]), months.last(frame["year"])
    frame["expected"] = 42 / (over - begun + 1)
    frame["effect"] = frame["k"] / frame["n"] / frame["expected"]
    frame[["low", "high", "p", "q"]] = np.nan
    frame["score"] = 4 - frame["quarters"] + frame["k"] / frame["n"]
    ended = np.asarray(ledger.complete)[frame["organ"]] >= over
    few, flagged = (frame["units"] < FEWEST) | ~ended, frame["quarters"] <= 2
    frame["level"] = np.select([few, flagged & (frame["quarters"] == 1), flagged], ["too_few", "high", "medium"], "none")
    return verdict.rows("yearend_settlement", frame.drop(columns="units"), flagged, few)


def reward_heavy(ledger: Ledger, rewards: tuple[str, ...] = ("reward", "grade"), penalty: str = "penalty") -> pd.DataFrame:
    """重奖轻罚: penalties among all rewards and penalties, cumulated to each year, far below what organs usually have.

    p = mid-p of the lower tail of the law of `usual_share` over organs with ≥ 12 outcomes by that year, whose centre is π.
    Flag q ≤ .10 and effect ≤ ½. n = rewards + penalties; k = penalties; expected = π; effect = (k/n)/π with the interval of
    `share_ratio`.
    Organs with n < 12 are too_few, and so is everyone where fewer than 5 organs have as many.
    """
    told = ledger.assessments[ledger.assessments["outcome"].isin([*rewards, penalty])]
    if told.empty:
        return _nothing("reward_heavy", [])
    counts = told.assign(k=told["outcome"] == penalty, n=1).groupby(["organ", "year"])[["n", "k"]].sum()
    wide = counts.unstack("year", fill_value=0).sort_index(axis=1)
    frame = pd.concat({"n": wide["n"].cumsum(axis=1).stack(), "k": wide["k"].cumsum(axis=1).stack()}, axis=1).reset_index()
    frame = frame[frame["n"] > 0].reset_index(drop=True).assign(expected=np.nan, p=np.nan)
    enough = frame["n"] >= OUTCOMES
    for _, its in frame.groupby("year"):
        k, n = (its[name].to_numpy(dtype=float) for name in ("k", "n"))
        if not (n >= OUTCOMES).any():
            continue
        funnel = usual_share(k[n >= OUTCOMES], n[n >= OUTCOMES])
        frame.loc[its.index, "expected"] = funnel.mean
        frame.loc[its.index, "p"] = (funnel.below(k, n) + funnel.below(k - 1, n)) / 2
    few = ~enough | (enough.groupby(frame["year"]).transform("sum") < SYSTEM)
    frame["q"] = verdict.yearly_q(frame, ~few)
    frame = frame.assign(**share_ratio(frame["k"], frame["n"], frame["expected"]))
    return verdict.rows("reward_heavy", frame, (frame["q"] <= LENIENT) & (frame["effect"] <= RARELY), few)


def usual_share(k: np.ndarray, n: np.ndarray) -> Funnel:
    """π = median of k/n; how much organs differ beyond chance, from the upper half of the shares, which no lenient organ moves.

    With fewer than 30 organs, or where the upper half shows no more than chance, the law is Binomial(n, π).
    """
    share, precision = k / n, np.inf
    usual = float(np.clip(np.median(share), 1e-6, 1 - 1e-6))
    law = upper_half(share) if len(share) >= ORGANS else None
    if law:
        mean, total = law
        between = total - mean * (1 - mean) * float((1 / n).mean())
        precision = mean * (1 - mean) / between - 1 if between > 0 else np.inf
    return Funnel(usual, precision)


def _nothing(pattern: str, more: list[str]) -> pd.DataFrame:
    """No row, all columns."""
    empty = pd.DataFrame({name: pd.Series(dtype=float) for name in ["organ", "year", "n", "k", "expected", "p", "q", *more]})
    blank = empty.assign(effect=empty["n"], low=empty["n"], high=empty["n"])
    return verdict.rows(pattern, blank, blank["n"] > 0, blank["n"] > 0)
