"""A profile in; units that leave their year to its last quarter or its last six weeks out (pattern yearend_rush)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence.rhythm import windows
from cadence.rhythm.fading import laplace
from cadence.rhythm.judgement import HIGH, MEDIUM, SLOW, findings, weigh
from cadence.rhythm.prior import hinges, ranked, year_before
from cadence.rhythm.profile import Profile
from cadence.rhythm.year import Year

STRENGTH = 1.25
"""A pace less than this above the expected one is not worth telling, however certain."""
GROWING = 1.5


def yearend(profile: Profile, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """p = min(1, 2·min(p_w6, p_Q4)); the row tells of the window with the smaller p. `before`: what this found a year earlier.

    p rests on the unit's own days. Plan and year before only shift score and q, see prior.py. Columns besides the common ones:
    window (w6 or Q4), p_w6, p_Q4, phi, share_low, share_high (95 % interval of k/n), growing (the unit's activity rose from January
    to September already, which this test may mistake for a rush: flagged only at q ≤ .02), log_odds (of a rush, covariates and
    evidence together).
    """
    weeks = weigh(profile, windows.last_weeks(profile.year), SLOW)
    quarter = weigh(profile, windows.last_quarter(profile.year), SLOW)
    is_weeks = (weeks["p"].fillna(2) < quarter["p"].fillna(2)).to_numpy()
    tested = weeks.where(pd.Series(is_weeks), quarter)
    tested = tested.astype({"n": np.int64, "k": np.int64})
    smallest = np.fmin(weeks["p"], quarter["p"])
    tested["p"] = np.minimum(1, 2 * smallest)
    tested = ranked(tested, covariates(profile.year, before), smallest)
    tested["growing"] = growth(profile) > GROWING
    bound = np.where(tested["growing"], HIGH, MEDIUM)
    flagged = ((tested["q"] <= bound) & (tested["effect"] >= STRENGTH)).to_numpy()
    tested["window"] = np.where(is_weeks, "w6", "Q4")
    tested["p_w6"], tested["p_Q4"] = weeks["p"], quarter["p"]
    return findings(profile.year, "yearend_rush", tested, flagged)


def covariates(year: Year, before: pd.DataFrame | None) -> np.ndarray:
    """What may tell beforehand who rushes: activities over those planned, and the year before; shape (units, 3 or 6)."""
    plans = year.ledger.plans
    plans = plans[plans["year"] == year.year].groupby("unit")["planned"].sum()
    planned = plans.reindex(np.arange(len(year.n))).to_numpy(dtype=float)
    over = np.log((year.n + 0.5) / (planned + 0.5))
    return np.column_stack([hinges(over), year_before(len(year.n), before)])


def growth(profile: Profile) -> np.ndarray:
    """√(12n)·(ū − ½) of the activities of January to September in operational time: positive where they grow; shape (units,)."""
    year = profile.year
    before = ~windows.last_quarter(year)
    found = [-laplace(profile.shares(rows) * before, year.held[rows] * before) for rows in year.blocks()]
    return np.concatenate(found) if found else np.zeros(0)


def habits(findings: pd.DataFrame) -> pd.DataFrame:
    """A unit with p ≤ .05 at the end of two years running is hinted at in the second, if neither certain nor too small to judge."""
    suspicious = findings[(findings["pattern"] == "yearend_rush") & (findings["p"] <= 0.05)]
    before = set(zip(suspicious["unit"], suspicious["year"] + 1, strict=True))
    this = zip(suspicious["unit"], suspicious["year"], strict=True)
    again = [at for at, key in zip(suspicious.index, this, strict=True) if key in before]
    level = findings["level"].copy()
    level.loc[again] = level.loc[again].replace("none", "hint")
    return findings.assign(level=level)
