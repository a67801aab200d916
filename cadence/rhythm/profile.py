"""A counted year in; the share of a year that each day carries where units work as all others do, seen from each organ, out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from cadence.rhythm import windows
from cadence.rhythm.year import Year

OTHERS = 30
"""Fewer units than this do not make a system; working days are taken instead."""
OBVIOUS = 0.02
"""Upper binomial tail below which a unit is an obvious rusher and does not shape what is expected of others."""


@dataclass(frozen=True)
class Profile:
    """What is expected of the units of a year.

    weight     intensity of each day as seen from each organ, its own units left out; shape (organs, days), any scale
    is_system  False where the organ has too few others and working days were taken; shape (organs,)
    """

    year: Year
    weight: np.ndarray
    is_system: np.ndarray

    def shares(self, rows: slice) -> np.ndarray:
        """P_d: expected share of the unit's year on each day, 0 outside its exposure, rows sum to 1; shape (rows, days)."""
        weight = self.weight[self.year.organ[rows]] * self.year.exposed(rows)
        total = weight.sum(axis=1, keepdims=True)
        return np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)

    def expected(self, mask: np.ndarray) -> np.ndarray:
        """p = sum of P_d over the window, per unit; mask (days,) or (organs, days); shape (units,)."""
        found = np.empty(len(self.year.n))
        for rows in self.year.blocks():
            shares = self.shares(rows)
            found[rows] = shares @ mask if mask.ndim == 1 else (shares * mask[self.year.organ[rows]]).sum(axis=1)
        return found


def inside(year: Year, mask: np.ndarray) -> np.ndarray:
    """k: activities of each unit in the window; mask (days,) or (organs, days); shape (units,)."""
    if mask.ndim == 1:
        return year.held[:, mask].sum(axis=1, dtype=np.int64)
    found = np.empty(len(year.n), dtype=np.int64)
    for rows in year.blocks():
        found[rows] = (year.held[rows] * mask[year.organ[rows]]).sum(axis=1, dtype=np.int64)
    return found


def working_days(year: Year) -> Profile:
    """What the working calendar alone expects: every working day alike."""
    weight = np.tile(year.working.astype(float), (len(year.ledger.organs), 1))
    return Profile(year, weight, np.zeros(len(weight), dtype=bool))


def system(year: Year, rounds: int = 2) -> Profile:
    """Activity per unit and day of all other organs; units that obviously rush at the year's end are taken out in `rounds` rounds.

    Only units that existed on 1 January shape it, each up to the day its records are complete.
    """
    donors = (year.opens == 0) & (year.closes > 0)
    found = _pooled(year, donors)
    for _ in range(rounds):
        rushes = np.zeros(len(donors), dtype=bool)
        for mask in (windows.last_weeks(year), windows.last_quarter(year)):
            p, k = found.expected(mask), inside(year, mask)
            rushes |= scipy.stats.binom.sf(k - 1, year.n, p) <= OBVIOUS
        found = _pooled(year, donors & ~rushes)
    return found


def _pooled(year: Year, donors: np.ndarray) -> Profile:
    organs = len(year.ledger.organs)
    of = scipy.sparse.csr_array((donors.astype(np.int64), (year.organ, np.arange(len(donors)))), shape=(organs, len(donors)))
    held = (of @ year.held).astype(float)
    members = np.bincount(year.organ[donors], minlength=organs).astype(float)
    closes = np.zeros(organs, dtype=np.int64)
    closes[year.organ] = year.closes
    units = members[:, None] * (np.arange(year.length) < closes[:, None])
    others, those = held.sum(axis=0) - held, units.sum(axis=0) - units
    weight = np.divide(others, those, out=np.zeros_like(others), where=those > 0)
    is_system = members.sum() - members >= OTHERS
    weight[~is_system] = year.working
    return Profile(year, weight, is_system)
