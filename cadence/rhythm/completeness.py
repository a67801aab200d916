"""When activities were held and when they were recorded in; up to which day records can be taken as complete, out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from cadence.rhythm.ledger import NONE, Ledger

SHARE = 0.9
"""Share of the records that are there by then."""
GRACE = 10
"""Days given on top."""
SEEN = 100
"""Days an activity must lie back for its lag to count: of later ones only the quick records are there yet."""
LOOKED = 365
"""Days that are looked at."""
UNITS = 5
"""Units an organ needs for the day on which most of them last recorded to tell anything."""
FEWEST = 20
"""Records with fewer of which an organ or a unit tells nothing of its own lag."""


def known(ledger: Ledger, as_of: int) -> Ledger:
    """The ledger as it was on a day: activities held and recorded by then; without a day of recording they count as recorded."""
    activities = ledger.activities
    held, recorded = activities["held_on"].to_numpy(), activities["recorded_on"].to_numpy()
    return replace(ledger, activities=activities[(held <= as_of) & (held != NONE) & (recorded <= as_of)])


def complete_through(ledger: Ledger, as_of: int) -> np.ndarray:
    """For each organ: as_of less the 90 % quantile of its recording lag, less 10 days; shape (organs,), int64.

    Lags of activities held between 465 and 100 days ago; where an organ has fewer than 20 of those, of all that it has; where it
    has fewer than 20 in all, of the whole system. Never later than the day by which half of the organ's units last recorded
    anything: an organ that brings its ledger in once a year has not stood still until then.
    """
    organ = ledger.units["organ"].to_numpy()[ledger.activities["unit"].to_numpy()]
    lag = lags(ledger, as_of, organ, len(ledger.organs))
    return np.minimum(as_of - np.ceil(lag).astype(np.int64) - GRACE, last_recorded(ledger, as_of))


def last_recorded(ledger: Ledger, as_of: int) -> np.ndarray:
    """For each organ the median over its units of the last day by `as_of` on which a record was made; shape (organs,).

    as_of for organs with fewer than 5 units or where no day of recording is told: one unit that stopped working says nothing of its
    organ's records, most units of an organ do.
    """
    recorded, unit = ledger.activities["recorded_on"].to_numpy().astype(np.int64), ledger.activities["unit"].to_numpy()
    there = (recorded != NONE) & (recorded <= as_of)
    last = np.full(len(ledger.units), int(NONE), dtype=np.int64)
    np.maximum.at(last, unit[there], recorded[there])
    units = pd.DataFrame({"organ": ledger.units["organ"].to_numpy(), "last": last})[last != NONE]
    by = units.groupby("organ")["last"].agg(["median", "size"])
    by = by[by["size"] >= UNITS]
    found = np.full(len(ledger.organs), as_of, dtype=np.int64)
    found[by.index.to_numpy()] = by["median"].to_numpy().astype(np.int64)
    return found


def units_complete_through(ledger: Ledger, as_of: int) -> np.ndarray:
    """For each unit the same by its own lag; its organ's day where it has too few records; shape (units,), int64.

    In one organ some units record within days and some by the quarter: a day for all would warn the ones of what is merely not
    yet recorded and keep silent on what the others do now.
    """
    unit = ledger.activities["unit"].to_numpy()
    own = lags(ledger, as_of, unit, len(ledger.units), otherwise=np.nan)
    organ = ledger.units["organ"].to_numpy()
    day = as_of - np.ceil(np.nan_to_num(own)).astype(np.int64) - GRACE
    day = np.where(np.isnan(own), complete_through(ledger, as_of)[organ], day)
    return np.minimum(day, last_recorded(ledger, as_of)[organ])


def lags(ledger: Ledger, as_of: int, group: np.ndarray, groups: int, otherwise: float | None = None) -> np.ndarray:
    """90 % quantile of recorded_on − held_on (not below 0) of each group, in days; shape (groups,).

    group: one code per activity. Groups with too few records get `otherwise`, or the system's quantile.
    """
    held, recorded = (ledger.activities[name].to_numpy().astype(np.int64) for name in ("held_on", "recorded_on"))
    there = (recorded != NONE) & (held != NONE) & (recorded <= as_of)
    settled = there & (held <= as_of - SEEN) & (held > as_of - SEEN - LOOKED)
    if settled.sum() < FEWEST:
        settled = there
    lag = np.maximum(0, recorded - held)
    if otherwise is None:
        otherwise = float(np.quantile(lag[settled], SHARE)) if settled.any() else 0.0
    of_late = quantiles(lag[settled], group[settled], groups, np.nan)
    return np.where(np.isnan(of_late), quantiles(lag[there], group[there], groups, otherwise), of_late)


def quantiles(value: np.ndarray, group: np.ndarray, groups: int, otherwise: float) -> np.ndarray:
    """90 % quantile (the smallest value that at least 90 % do not exceed) of each group with 20 values or more; shape (groups,)."""
    order = np.lexsort((value, group))
    count = np.bincount(group, minlength=groups)
    start = np.cumsum(count) - count
    at = start + np.maximum(0, np.ceil(SHARE * count).astype(np.int64) - 1)
    enough = count >= FEWEST
    found = np.full(groups, float(otherwise))
    found[enough] = value[order][at[enough]]
    return found
