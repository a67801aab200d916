"""A ledger and a year in; its activities counted by unit and day, with the days each unit can be judged on, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cadence.rhythm.ledger import NONE, Ledger

ROWS = 4096
"""Units worked on at a time: a block of float64 by day is 12 MB, so that memory does not grow with the system."""


@dataclass(frozen=True)
class Year:
    """One year of a ledger.

    held      activities whose kind has no season of its own, by unit and day; shape (units, days), uint16
    opens     first day of the year on which the unit existed; shape (units,)
    closes    day of the year after the last one with complete records; shape (units,)
    organ     code; shape (units,)
    working   is it a working day; shape (days,)
    first     1 January, counted from 1970-01-01
    """

    ledger: Ledger
    year: int
    first: int
    held: np.ndarray
    opens: np.ndarray
    closes: np.ndarray
    organ: np.ndarray
    working: np.ndarray

    @property
    def length(self) -> int:
        """Days of the year."""
        return self.held.shape[1]

    @cached_property
    def n(self) -> np.ndarray:
        """Activities of each unit that rhythm is judged by; shape (units,)."""
        return self.held.sum(axis=1, dtype=np.int64)

    def day(self, month: int, of_month: int) -> int:
        """Day of the year, from 0; may lie outside the year (month 13 is the next January)."""
        year, month = self.year + (month - 1) // 12, (month - 1) % 12 + 1
        return int(np.datetime64(f"{year}-{month:02d}-{of_month:02d}").astype(int)) - self.first

    def blocks(self) -> Iterator[slice]:
        """Slices of units, in order."""
        for start in range(0, len(self.n), ROWS):
            yield slice(start, min(start + ROWS, len(self.n)))

    def exposed(self, rows: slice) -> np.ndarray:
        """Which days of which units are judged; shape (rows, days), bool."""
        days = np.arange(self.length)
        return (days >= self.opens[rows, None]) & (days < self.closes[rows, None])


def years(ledger: Ledger) -> list[int]:
    """The years in which activities were held."""
    held = ledger.activities["held_on"].to_numpy()
    return np.unique(held[held != NONE].astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970).tolist()


def counted(ledger: Ledger, year: int) -> Year:
    """The year of the ledger. Activities before a unit was founded or after its organ's records are complete are not counted."""
    first, after = (int(np.datetime64(str(y)).astype("datetime64[D]").astype(int)) for y in (year, year + 1))
    length, units = after - first, len(ledger.units)
    organ = ledger.units["organ"].to_numpy()
    founded = ledger.units["founded_on"].to_numpy().astype(np.int64)
    opens = np.where(founded == NONE, 0, np.clip(founded - first, 0, length))
    closes = np.clip(np.asarray(ledger.complete, dtype=np.int64) - first + 1, 0, length)[organ]
    activities = ledger.activities
    day = activities["held_on"].to_numpy().astype(np.int64) - first
    unit = activities["unit"].to_numpy()
    used = (day >= 0) & (day < length) & ~activities["is_anchored"].to_numpy(dtype=bool)
    unit, day = unit[used], day[used]
    used = (day >= opens[unit]) & (day < closes[unit])
    held = np.bincount(unit[used].astype(np.int64) * length + day[used], minlength=units * length)
    calendar = ledger.days
    place = calendar["day"].to_numpy().astype(np.int64) - first
    inside = (place >= 0) & (place < length)
    working = np.zeros(length, dtype=bool)
    working[place[inside]] = calendar["is_working"].to_numpy(dtype=bool)[inside]
    return Year(ledger, year, first, held.astype(np.uint16).reshape(units, length), opens, closes, organ, working)
