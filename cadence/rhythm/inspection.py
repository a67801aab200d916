"""A profile and what the year-end test found in; units that work in the three weeks before inspections out (preinspection_rush)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence.rhythm import windows
from cadence.rhythm.judgement import QUICK, findings, weigh
from cadence.rhythm.prior import ranked, year_before
from cadence.rhythm.profile import Profile


def preinspection(profile: Profile, yearend: pd.DataFrame, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """The 21 days before every announced inspection of the organ as one window; yearend as `yearend.yearend` returns it,
    before as this returned it a year earlier (it shifts score and q).

    Where the window says nothing without the last six weeks of the year (p > .05) and the unit is flagged for those already,
    the rush is named after the year's end and not flagged here. Columns besides the common ones: why ("" where judged,
    "yearend", "no_inspection" where no date is registered), p_before (p without the last six weeks), log_odds, phi, share_low and
    share_high.
    """
    year = profile.year
    mask = windows.before_inspections(year)
    tested = weigh(profile, mask, QUICK)
    tested["p_before"] = weigh(profile, mask & ~windows.last_weeks(year), QUICK)["p"]
    tested = ranked(tested, year_before(len(tested), before))
    rushed = np.zeros(len(tested), dtype=bool)
    rushed[yearend.loc[yearend["flagged"], "unit"]] = True
    is_yearend = rushed & ~(tested["p_before"] <= 0.05).to_numpy()
    found = (tested["q"] <= 0.05).to_numpy()
    tested["why"] = np.select([~mask.any(axis=1)[year.organ], found & is_yearend], ["no_inspection", "yearend"], "")
    return findings(profile.year, "preinspection_rush", tested, found & ~is_yearend)
