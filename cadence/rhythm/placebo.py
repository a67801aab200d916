"""A profile in; what the year-end test finds in windows where nobody has a reason to rush, and the step down that follows, out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence.rhythm import windows
from cadence.rhythm.judgement import COLUMNS, SLOW, q_values, weigh
from cadence.rhythm.profile import Profile

ALARMS = 0.07
"""Share of p ≤ .05 above which the year's findings are trusted a step less; .05 is what the test promises."""
ENOUGH = 100
"""With fewer tests the share of alarms says nothing."""
TIMED = ("yearend_rush", "quarterend_rush", "preinspection_rush", "fading")
DOWN = {"high": "medium", "medium": "hint"}


def placebo(profile: Profile) -> pd.DataFrame:
    """One row per window (pattern placebo; unit and organ −1) with the columns of a finding.

    n counts the units tested, k those with p ≤ .05, expected is .05 and effect k/n/.05; q is the smallest of the units. Further
    columns: window, rate (k/n), rate_001 (share of p ≤ .001), alarms (units with q ≤ .05 and more activity than expected).
    """
    rows = []
    for name, (start, end) in windows.PLACEBO.items():
        p = weigh(profile, windows.between(profile.year, start, end), SLOW)["p"].to_numpy()
        q, tested = q_values(p), int((~np.isnan(p)).sum())
        k, very = int((p <= 0.05).sum()), int((p <= 0.001).sum())
        rate, least = k / max(tested, 1), float(np.nanmin(q)) if tested else np.nan
        told = {"window": name, "n": tested, "k": k, "effect": rate / 0.05, "q": least, "alarms": int((q <= 0.05).sum())}
        rows.append({**told, "rate": rate, "rate_001": very / max(tested, 1)})
    frame = pd.DataFrame(rows).assign(
        unit=-1, organ=-1, year=profile.year.year, pattern="placebo", expected=0.05, low=np.nan, high=np.nan, p=np.nan,
        score=0.0, level="none", flagged=False,
    )  # fmt: skip
    return frame[[*COLUMNS, "window", "rate", "rate_001", "alarms"]]


def is_shaky(placebo: pd.DataFrame) -> bool:
    """Do the placebo windows of a year alarm too often for its findings to be taken at their word?"""
    tests = placebo["n"].sum()
    return bool(tests >= ENOUGH and placebo["k"].sum() > ALARMS * tests)


def downgraded(findings: pd.DataFrame) -> pd.DataFrame:
    """Timed findings one level down: high → medium, medium → hint, which is no longer flagged."""
    timed = findings["pattern"].isin(TIMED)
    level = findings["level"].where(~timed, findings["level"].replace(DOWN))
    return findings.assign(level=level, flagged=findings["flagged"] & ~(timed & (level == "hint")))
