"""A counted year in; units that write their records up in a hurry before inspections and the year's end out (pattern backfill)."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from cadence.rhythm import windows
from cadence.rhythm.judgement import findings, q_values
from cadence.rhythm.ledger import NONE
from cadence.rhythm.year import Year

LATE = 15
"""Days from holding to recording up to which a record is in time."""
SHARE, OF_ALL, FEWEST_LATE, SURE = 0.58, 0.08, 5, 0.01
IMPORT_DAYS, OF_ORGAN, OF_UNITS, FEWEST_UNITS, AROUND = 5, 0.25, 0.30, 3, 4


def backfill(year: Year) -> pd.DataFrame:
    """Of the records written more than 15 days late, how many were written in the 14 days before a deadline.

    Deadlines are the organ's inspections and 31 December. Days on which an organ brought in its whole ledger at once are no
    deadline's doing and are taken out. n counts the records of the year with a known day of recording, k the late ones inside the
    windows, `late` all late ones; expected is pe, the share of working days inside the windows, and effect the smoothed share
    (k + pe)/(late + 1). p is the binomial tail of the distinct days of late recording. Flagged: effect ≥ .58, k ≥ .08·n, k ≥ 5
    and p < .01. score is √(k/n)·(effect − pe). Further columns: late, of_all (k/n). Low and high are NaN.
    """
    units = len(year.n)
    activities = year.ledger.activities
    held = activities["held_on"].to_numpy().astype(np.int64) - year.first
    recorded = activities["recorded_on"].to_numpy().astype(np.int64)
    rows = np.flatnonzero((held >= 0) & (held < year.length) & (recorded != NONE))
    unit, held, recorded = activities["unit"].to_numpy()[rows], held[rows], recorded[rows] - year.first
    within = (held >= year.opens[unit]) & (held < year.closes[unit])
    unit, held, recorded = unit[within], held[within], recorded[within]
    n = np.bincount(unit, minlength=units)
    late = recorded - held > LATE
    unit, recorded = unit[late], recorded[late]
    late = ~imported(year, unit, recorded, n > 0)
    mask = windows.before_inspections(year, days_before=14) | windows.between(year, (12, 18), (12, 31))
    unit, recorded = unit[late], recorded[late]
    here = (recorded >= 0) & (recorded < year.length)
    inside = np.zeros(len(unit), dtype=bool)
    inside[here] = mask[year.organ[unit[here]], recorded[here]]
    nl, ka = np.bincount(unit, minlength=units), np.bincount(unit[inside], minlength=units)
    distinct = np.unique(np.stack([unit, recorded, inside]), axis=1) if len(unit) else np.zeros((3, 0), dtype=np.int64)
    all_days = np.bincount(distinct[0], minlength=units)
    hurried = np.bincount(distinct[0][distinct[2] > 0], minlength=units)
    pe = ((mask * year.working).sum(axis=1) / max(year.working.sum(), 1))[year.organ]
    share, of_all = (ka + pe) / (nl + 1), ka / np.maximum(n, 1)
    p = np.where(n >= 8, scipy.stats.binom.sf(hurried - 1, all_days, pe), np.nan)
    tested = pd.DataFrame(
        {"n": n, "k": ka, "expected": pe, "effect": share, "low": np.nan, "high": np.nan, "p": p, "q": q_values(p)}
    ).assign(late=nl, of_all=of_all, score=np.sqrt(of_all) * (share - pe))
    flagged = (share >= SHARE) & (of_all >= OF_ALL) & (ka >= FEWEST_LATE) & (p < SURE)
    return findings(year, "backfill", tested, flagged)


def imported(year: Year, unit: np.ndarray, recorded: np.ndarray, active: np.ndarray) -> np.ndarray:
    """Which late records came in with their whole organ: 5 days with > 25 % of them, from ≥ 30 % of its units (≥ 3), ± 4 days.

    unit and recorded (day of the year, may lie outside) of every late record, active: units with any record (bool); shape (late,).
    A share of the late records, not of all: an organ that begins in April brings in little of its year, but most of what is late.
    """
    organs = len(year.ledger.organs)
    first, last = min(int(recorded.min(initial=0)), 0), max(int(recorded.max(initial=0)), year.length)
    span = last - first + 1
    organ, day = year.organ[unit], recorded - first
    by_day = np.bincount(organ.astype(np.int64) * span + day, minlength=organs * span).reshape(organs, span)
    total, members = by_day.sum(axis=1), np.bincount(year.organ[active], minlength=organs)
    padded = np.cumsum(np.pad(by_day, ((0, 0), (1, IMPORT_DAYS - 1))), axis=1)
    five = padded[:, IMPORT_DAYS:] - padded[:, :-IMPORT_DAYS]
    struck = np.zeros((organs, span), dtype=bool)
    by_organ = np.argsort(organ, kind="stable")
    bounds = np.searchsorted(organ[by_organ], np.arange(organs + 1))
    for at, start in zip(*np.nonzero(five > OF_ORGAN * np.maximum(total, 1)[:, None]), strict=True):
        own = by_organ[bounds[at] : bounds[at + 1]]
        inside = (day[own] >= start) & (day[own] < start + IMPORT_DAYS)
        if len(np.unique(unit[own[inside]])) >= max(OF_UNITS * members[at], FEWEST_UNITS):
            struck[at, max(0, start - AROUND) : start + IMPORT_DAYS + AROUND] = True
    return struck[organ, day]
