"""Counts of past activities by weekday and week of the month in; how far each day is from what a unit is used to out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

FEWEST = 12
"""Activities from which a unit has habits of its own; with fewer it is taken to keep those of the units beside it."""
WEEKDAYS, PARTS = 7, 5
LENGTHS = np.array([7, 7, 7, 7, 2.4])
"""Days of each part of a month: the last one has two or three."""
STRIKING = 0.3
"""Share of a unit's activities on one weekday from which it is said to be its usual day; an even week has 0.2 on each."""


@dataclass(frozen=True)
class Habits:
    """weekday, part: unit → cost of each weekday (Monday first) and week of the month, 0 for the most usual to 1 for never.

    usual: unit → the weekday on which at least three in ten of its activities fell, where it has one.
    """

    weekday: Mapping[str, np.ndarray] = field(default_factory=dict)
    part: Mapping[str, np.ndarray] = field(default_factory=dict)
    usual: Mapping[str, int] = field(default_factory=dict)

    def weekdays(self, unit: str) -> np.ndarray:
        """Cost of each weekday; all the same where nothing is known."""
        return self.weekday.get(unit, np.zeros(WEEKDAYS))

    def parts(self, unit: str) -> np.ndarray:
        """Cost of each week of the month: 1st to 7th, 8th to 14th …"""
        return self.part.get(unit, np.zeros(PARTS))


def learnt(history: pd.DataFrame, parents: Mapping[str, str]) -> Habits:
    """Habits of every unit: its own from 12 activities on, else those of all units below the same one, from 12 on; else none.

    history: unit, weekday (0 to 6), week_of_month (0 to 4), held; parents: unit → the unit above, "" at the top.
    """
    own = {unit: _tables(rows) for unit, rows in history.groupby("unit", sort=True)}
    beside: dict[str, tuple[np.ndarray, np.ndarray]] = {}
    for unit, (days, parts) in own.items():
        above = parents.get(unit, "")
        total = beside.setdefault(above, (np.zeros(WEEKDAYS), np.zeros(PARTS)))
        beside[above] = (total[0] + days, total[1] + parts)
    weekday, part, usual = {}, {}, {}
    for unit in sorted(set(own) | set(parents)):
        days, parts = own.get(unit, (np.zeros(WEEKDAYS), np.zeros(PARTS)))
        if days.sum() < FEWEST:
            days, parts = beside.get(parents.get(unit, ""), (days, parts))
        elif days.max() >= STRIKING * days.sum():
            usual[unit] = int(days.argmax())
        if days.sum() >= FEWEST:
            weekday[unit], part[unit] = _cost(days), _cost(parts / LENGTHS)
    return Habits(weekday, part, usual)


def _tables(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    days = np.bincount(rows["weekday"].to_numpy(int), rows["held"].to_numpy(float), WEEKDAYS)
    return days, np.bincount(rows["week_of_month"].to_numpy(int), rows["held"].to_numpy(float), PARTS)


def _cost(counts: np.ndarray) -> np.ndarray:
    return 1 - counts / counts.max()
