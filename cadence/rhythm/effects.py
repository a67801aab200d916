"""Records kept of activities and the effect they had in; units and organs where records and effect part company, out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from cadence.rhythm import correlation, months, verdict
from cadence.rhythm.ledger import NONE, Ledger

FEWEST = 8
"""Activities with an effect score, below which a unit is not judged."""
BRANCHES = 30
"""Units an organ needs before records and effect can be compared: with 30 the interval of ρ is ± 0.36."""
APART = 0.3
"""Upper end of ρ below which records and effect of an organ are called unrelated."""
CLEAR = 1.0
"""Robust z of the records from which they are many."""


def told(ledger: Ledger) -> pd.DataFrame:
    """Per unit and year of activities without a season of their own: what is known of their effect, traces and attendance.

    Columns: unit, organ, year, held (activities), n (with an effect score), effect (mean), variance, kept (activities whose traces
    are told), traces (mean), attendance (attended/expected where both are told).
    """
    activities = ledger.activities
    day, unit = activities["held_on"].to_numpy(), activities["unit"].to_numpy()
    organ = ledger.units["organ"].to_numpy()
    used = (day != NONE) & (day <= np.asarray(ledger.complete)[organ[unit]]) & ~activities["is_anchored"].to_numpy(dtype=bool)
    frame = activities.loc[used, ["traces", "effect", "expected", "attended"]].astype(float)
    frame["square"] = frame["effect"] ** 2
    both = frame["expected"].notna() & frame["attended"].notna()
    frame[["expected", "attended"]] = frame[["expected", "attended"]].where(both)
    keys = pd.DataFrame({"unit": unit[used], "year": months.year(day[used])}, index=frame.index)
    by = frame.groupby([keys["unit"], keys["year"]], sort=True)
    sums, counts = by.sum(min_count=1), by.count()
    n = counts["effect"]
    effect = sums["effect"] / n.where(n > 0)
    variance = ((sums["square"] - n * effect**2) / (n - 1).where(n > 1)).clip(lower=0)
    traces = sums["traces"] / counts["traces"].where(counts["traces"] > 0)
    share = sums["attended"] / sums["expected"].where(sums["expected"] > 0)
    means = {"effect": effect, "variance": variance, "traces": traces, "attendance": share}
    frame = pd.DataFrame({"n": n, "held": by.size(), "kept": counts["traces"], **means})
    frame = frame.reset_index()
    return frame.assign(organ=organ[frame["unit"]])


def robust_z(x: pd.Series, usable: pd.Series) -> tuple[pd.Series, float]:
    """(x − median)/(1.4826·MAD) of the usable; zeros and a scale of 0 where they do not differ."""
    middle = x[usable].median()
    scale = 1.4826 * (x[usable] - middle).abs().median()
    return ((x - middle) / scale, float(scale)) if scale > 0 else (x * 0.0, 0.0)


def trace_no_effect(ledger: Ledger) -> pd.DataFrame:
    """痕迹多、成效少: g = z(ln(traces per activity + ½)) − z(mean effect) far above what units of the year have.

    z is robust (median, MAD). A unit with few activities varies more: Var(g) = τ² + v, v = the sampling variance of its two means
    (effect: pooled variance/n; traces: by the delta method, their variance taken as their mean); τ² = max(0, s² − median v) with s
    the robust scale of g. p = upper normal tail of (g − median)/√(τ² + v). Flag q ≤ .05, z of traces > 1, z of effect < 0:
    a reading list, not a verdict.

    n = activities with an effect score; effect = g, low and high g ± 1.96·√v; k and expected NaN. Columns besides: traces (per
    activity), outcome (mean effect), z_traces, z_outcome.
    """
    frame = told(ledger)
    frame = frame[frame["effect"].notna() & frame["traces"].notna()].reset_index(drop=True)
    parts = [_yearly(its) for _, its in frame.groupby("year", sort=True)]
    frame = pd.concat(parts) if parts else _yearly(frame)
    few = frame["n"] < FEWEST
    frame["q"] = verdict.yearly_q(frame, ~few & frame["p"].notna())
    frame["k"] = frame["expected"] = np.nan
    flagged = (frame["q"] <= 0.05) & (frame["z_traces"] > CLEAR) & (frame["z_outcome"] < 0)
    return verdict.rows("trace_no_effect", frame, flagged, few)


def _yearly(frame: pd.DataFrame) -> pd.DataFrame:
    usable = frame["n"] >= FEWEST
    logs = np.log(frame["traces"] + 0.5)
    z_traces, scale_traces = robust_z(logs, usable)
    z_outcome, scale_outcome = robust_z(frame["effect"], usable)
    gap = z_traces - z_outcome
    freedom = (frame["n"] - 1).clip(lower=0)
    pooled = (frame["variance"].fillna(0) * freedom).sum() / max(1, freedom.sum())
    noise = frame["n"] * 0.0
    if scale_outcome > 0:
        noise += pooled / frame["n"].clip(lower=1) / scale_outcome**2
    if scale_traces > 0:
        noise += frame["traces"] / frame["kept"].clip(lower=1) / (frame["traces"] + 0.5) ** 2 / scale_traces**2
    centred, scale = robust_z(gap, usable)
    between = max(0.0, scale**2 - float(noise[usable].median())) if usable.any() else 0.0
    spread = np.sqrt(between + noise)
    p = scipy.stats.norm.sf((centred * scale / spread.where(spread > 0)).astype(float))
    half = scipy.stats.norm.isf(0.025) * np.sqrt(noise)
    more = {"p": p, "low": gap - half, "high": gap + half, "z_traces": z_traces, "z_outcome": z_outcome, "outcome": frame["effect"]}
    return frame.assign(effect=gap, **more).drop(columns=["variance", "held", "kept", "attendance"])


def organ_traces(ledger: Ledger) -> pd.DataFrame:
    """痕迹与成效脱钩: Spearman's ρ of records per activity and mean effect over an organ's units with n ≥ 8 activities.

    One row per organ and year: organ, year, n (units), rho, low, high (Bonett–Wright), verdict: unrelated (≥ 30 units and
    high < .3), related (low > 0), else unknown (too few units or too wide an interval: 尚无法判断).
    """
    frame = told(ledger)
    frame = frame[frame["n"] >= FEWEST]
    found = correlation.spearman(frame[["organ", "year"]], frame["traces"], frame["effect"])
    is_apart = (found["n"] >= BRANCHES) & (found["high"] < APART)
    is_related = (found["n"] >= BRANCHES) & (found["low"] > 0)
    return found.assign(verdict=np.select([is_apart, is_related], ["unrelated", "related"], "unknown"))


def scores_and_outcomes(ledger: Ledger) -> pd.DataFrame:
    """Does the annual score follow what was done? ρ of score and an objective composite over an organ's units.

    Composite: mean of the ranks, within organ and year, of mean effect, attendance share and done/planned (1 at most: doing
    more than planned earns nothing); traces stay out, since volume of records is no merit. Score: a unit's last of the year.
    One row per organ and year: organ, year, n, rho, low, high.
    """
    frame = told(ledger).merge(ledger.plans, on=["unit", "year"], how="left")
    frame["done"] = (frame["held"] / frame["planned"].where(frame["planned"] > 0)).clip(upper=1)
    frame["composite"] = frame.groupby(["organ", "year"])[["effect", "attendance", "done"]].rank(pct=True).mean(axis=1)
    scored = ledger.assessments.dropna(subset=["score"]).sort_values("assessed_on", kind="stable")
    annual = scored.drop_duplicates(["unit", "year"], keep="last")[["unit", "year", "score"]]
    pairs = frame.merge(annual, on=["unit", "year"])
    return correlation.spearman(pairs[["organ", "year"]], pairs["composite"], pairs["score"])
