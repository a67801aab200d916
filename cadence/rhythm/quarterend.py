"""A profile in; units that work in the last two weeks of each quarter out (pattern quarterend_rush)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence.rhythm import windows
from cadence.rhythm.judgement import QUICK, findings, q_values, weigh
from cadence.rhythm.profile import Profile, inside

ABOVE = 1.2


def quarterend(profile: Profile) -> pd.DataFrame:
    """The last 14 days of the four quarters as one window; flagged only where at least 3 of them have k > 1.2·n·p.

    Columns besides the common ones: quarters (how many lie above), phi, share_low, share_high.
    """
    ends = windows.quarter_ends(profile.year)
    tested = weigh(profile, ends.any(axis=0), QUICK)
    above = [inside(profile.year, end) > ABOVE * profile.year.n * profile.expected(end) for end in ends]
    tested["quarters"] = np.sum(above, axis=0)
    tested["q"] = q_values(tested["p"].to_numpy())
    return findings(profile.year, "quarterend_rush", tested, ((tested["q"] <= 0.05) & (tested["quarters"] >= 3)).to_numpy())
