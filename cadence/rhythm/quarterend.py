"""A profile in; units that work in the last two weeks of each quarter out (pattern quarterend_rush)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence.rhythm import windows
from cadence.rhythm.judgement import QUICK, findings, weigh
from cadence.rhythm.prior import ranked, year_before
from cadence.rhythm.profile import Profile, inside

ABOVE = 1.2
SURE = 0.04
"""Stricter than elsewhere: a year with its own holidays resembles quarter ends, and FDP at q ≤ .05 came near .09."""


def quarterend(profile: Profile, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """The last 14 days of the four quarters as one window; flagged at q ≤ .04 only where at least 3 of them have k > 1.2·n·p.
    `before`: what this found a year earlier; it shifts score and q.

    Columns besides the common ones: quarters (how many lie above), phi, share_low, share_high, log_odds.
    """
    ends = windows.quarter_ends(profile.year)
    tested = weigh(profile, ends.any(axis=0), QUICK)
    above = [inside(profile.year, end) > ABOVE * profile.year.n * profile.expected(end) for end in ends]
    tested["quarters"] = np.sum(above, axis=0)
    tested = ranked(tested, year_before(len(tested), before))
    return findings(profile.year, "quarterend_rush", tested, ((tested["q"] <= SURE) & (tested["quarters"] >= 3)).to_numpy())
