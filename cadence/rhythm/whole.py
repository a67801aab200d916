"""A counted year in; whether the system as a whole leaves its year to the end out, against the calendar (pattern system_yearend).

Units are compared with one another, so that a rush of all would hide in what is expected of each: this row is read first.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence.rhythm import dispersion, windows
from cadence.rhythm.judgement import COLUMNS, SLOW, levels, one_sided, q_values, rate_ratio
from cadence.rhythm.year import Year


def whole(year: Year) -> pd.DataFrame:
    """Two rows (window w6 and Q4; unit and organ −1): all units that existed on 1 January, every working day expected alike.

    Dispersion is the system's own, from ten blocks of the year outside the window: holidays, campaigns and 1 July are in it.
    """
    days = np.arange(year.length)
    whole_year = (year.opens == 0) & (year.closes == year.closes.max(initial=0))
    held = year.held[whole_year].sum(axis=0, dtype=np.int64)[None, :]
    weight = (year.working & (days < year.closes.max(initial=0)))[None, :].astype(float)
    rows = []
    for name, mask in (("w6", windows.last_weeks(year)), ("Q4", windows.last_quarter(year))):
        counts, parts = dispersion.binned(held * ~mask, weight * ~mask)
        phi = dispersion.pearson(dispersion.blocked(counts), dispersion.blocked(parts))
        n, k = held.sum(axis=1), held[:, mask].sum(axis=1)
        expected = (weight * mask).sum(axis=1) / max(weight.sum(), 1)
        judged = (n >= 8) & (expected > 0) & (expected < 1)
        p = np.where(judged, one_sided(k, n, expected, phi, SLOW.freedom), np.nan)
        rows.append(pd.DataFrame({"window": name, "n": n, "k": k, "expected": expected, "p": p, **rate_ratio(k, n, expected, phi)}))
    frame = pd.concat(rows, ignore_index=True)
    frame["q"] = q_values(frame["p"].to_numpy())
    flagged = ((frame["q"] <= 0.05) & (frame["effect"] >= 1.25)).to_numpy()
    frame = frame.assign(
        unit=-1, organ=-1, year=year.year, pattern="system_yearend", flagged=flagged,
        score=-np.log10(frame["p"].clip(lower=1e-300).fillna(1)),
        level=levels(frame["n"].to_numpy(), frame["q"].to_numpy(), flagged),
    )  # fmt: skip
    return frame[[*COLUMNS, "window", "share_low", "share_high"]]
