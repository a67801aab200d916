"""A demand in; a dated plan as even as it can be, what it leaves out and why, and the load of every week, out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cadence.schedule import level
from cadence.schedule.days import days
from cadence.schedule.demand import Demand, in_year
from cadence.schedule.habits import FEWEST

MOST = 2
"""Activities of a unit in a week, unless the reader chooses otherwise."""


@dataclass(frozen=True)
class Plan:
    """A day for each occasion; shared between readers, so never written to.

    rows: the occasions that have one, columns of the demand's and `day`, by day and unit. impossible: those that have none, and
    `why` (no_day: no day may be used; full: the unit's weeks are full). put_off: load of each week if the same occasions were held
    as late as they may. is_best: the solver came to its end.
    """

    demand: Demand
    most: int
    rows: pd.DataFrame
    impossible: pd.DataFrame
    put_off: np.ndarray
    is_best: bool

    @property
    def load(self) -> np.ndarray:
        """Activities in each week, shape (weeks,)."""
        return weekly(self.demand, self.rows["day"])


def even(demand: Demand, most: int = MOST, seconds: float = level.SECONDS) -> Plan:
    """The even plan of a demand with at most so many activities of a unit in a week (and one a day)."""
    demand = replace(demand, occasions=in_order(demand.occasions))
    ground = level.cells(demand)
    late = level.put_off(demand, ground, most)
    found = level.weeks(demand, ground, most, late.highest, seconds)
    rows = demand.occasions.assign(day=days(demand, ground, found.cell))
    placed = rows[found.cell >= 0].sort_values(["day", "unit", "type"], kind="stable").reset_index(drop=True)
    left = rows[found.cell < 0].drop(columns="day").reset_index(drop=True)
    code = pd.Categorical(left["unit"], categories=demand.units).codes
    months = [pd.to_datetime(left[name]).dt.month.to_numpy(int) - 1 for name in ("first", "last")]
    there = (ground.month >= months[0][:, None]) & (ground.month <= months[1][:, None]) & (ground.open[code] > 0)
    return Plan(
        demand,
        most,
        placed,
        left.assign(why=np.where(there.any(axis=1), "full", "no_day")),
        np.bincount(ground.week[late.cell[late.cell >= 0]], minlength=demand.weeks),
        found.is_best,
    )


def in_order(occasions: pd.DataFrame) -> pd.DataFrame:
    """The occasions in an order of their own, so that the plan does not depend on the one they came in."""
    keys = occasions[["unit", "type", "period", "first", "last", "is_late", "is_due", "wanted", "is_exact", "topic"]].astype(str)
    return occasions.loc[keys.sort_values(list(keys), kind="stable").index].reset_index(drop=True)


def weekly(demand: Demand, days: pd.Series) -> np.ndarray:
    """Activities per week of the span; days outside it count nowhere."""
    week = demand.week(pd.to_datetime(days).dropna().to_numpy(dtype="datetime64[D]"))
    return np.bincount(week[(week >= 0) & (week < demand.weeks)], minlength=demand.weeks)


def as_before(demand: Demand) -> tuple[np.ndarray, list[int]] | None:
    """The load of each week if as many occasions fell as these units' activities did in the same span of earlier years, and which.

    None where fewer than 12 are known of them.
    """
    if demand.past["held"].sum() < FEWEST:
        return None
    day = [np.datetime64(in_year(pd.Timestamp(day).date(), demand.start.year), "D") for day in demand.past["day"]]
    week = np.clip(demand.week(np.array(day)), 0, demand.weeks - 1)
    held = np.bincount(week, demand.past["held"].to_numpy(float), demand.weeks)
    return held / held.sum() * len(demand.occasions), sorted({int(year) for year in demand.past["year"]})
