"""What rhythm is judged by: activities, units, inspections, plans and assessments as plain tables of one system."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cadence.rhythm import months


@dataclass(frozen=True)
class Ledger:
    """One system of organs with their branches. Units and organs are named by their row in `units` and `organs` (int32 codes).

    Days are int32, counted from 1970-01-01, as `numpy.datetime64[D]` counts them; NONE where a day is not known.

    activities   unit, held_on, recorded_on (day or NONE), is_anchored (bool: its kind has a legitimate season and is never tested),
                 kind (category of ids; needed only where what is due is counted), expected, attended (people, NaN where not told),
                 traces (records kept of it, NaN), effect (score, NaN); and, where what is due once a year is counted, counts_for
                 (the year it belongs to)
    units        unit (text id), organ (code), founded_on (day or NONE), members, has_committee (bool), groups; and, where some
                 units owe nothing by regulation, owes (bool)
    organs       text ids
    inspections  organ, day: each inspection that was announced to an organ
    plans        unit, year, planned (activities)
    assessments  organ, unit, year, assessed_on (day), kind (text), score (NaN where none), outcome (text: reward, penalty, …)
    days         day, is_working: the working calendar, every year of the activities whole
    complete     for each organ the last day up to which its records are complete; shape (organs,)
    """

    activities: pd.DataFrame
    units: pd.DataFrame
    organs: np.ndarray
    inspections: pd.DataFrame
    plans: pd.DataFrame
    assessments: pd.DataFrame
    days: pd.DataFrame
    complete: np.ndarray

    def digest(self, year: int) -> int:
        """A number that stays the same while nothing changes that the findings about this year rest on, whatever the order of rows.

        What the year before told is not in it: whoever keeps findings keeps them from the first year on without a gap.
        """
        first, last = int(months.first(year)), int(months.last(year))
        held = self.activities["held_on"]
        parts = [
            self.activities[held.between(first, last)],
            self.units,
            self.inspections[self.inspections["day"].between(first, last + LOOKED_AHEAD)],
            self.plans[self.plans["year"] == year],
            self.days[self.days["day"].between(first, last)],
            pd.DataFrame({"organ": self.organs, "complete": np.clip(self.complete, first - 1, last)}),
        ]
        hashed = [int(pd.util.hash_pandas_object(part, index=False).to_numpy().sum(dtype=np.uint64)) for part in parts]
        return hash(tuple(hashed))


NONE = np.int32(-(2**31))
"""A day that is not known."""


def days(when: pd.Series) -> np.ndarray:
    """Dates as days since 1970-01-01, int32; NONE where there is none."""
    moments = when.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(moments), NONE, moments.astype(np.int64)).astype(np.int32)


def number(day: dt.date) -> int:
    """One date as days since 1970-01-01."""
    return int(np.datetime64(day, "D").astype(int))


def dates(days: pd.Series) -> pd.Series:
    """Days since 1970-01-01 as dates; `days` the other way, where every day is known."""
    return pd.Series(days.to_numpy().astype("datetime64[D]").astype("datetime64[s]"), index=days.index)


LOOKED_AHEAD = 31
"""Days after a year's end whose inspections still reach back into it."""
