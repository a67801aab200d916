"""Occasions with their week in; a day for each out: never two of a unit on one day, close to its usual weekday, spread over all."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd
import scipy

from cadence.schedule.demand import Demand
from cadence.schedule.level import Cells

IN_ORDER = ("talk", "life_meeting", "appraisal")
"""Kinds that come once a year in this order: talks before the life meeting, the appraisal with it or after it."""
SPREAD = 0.5
"""Price of a day on which the average is already placed, against 1 for a weekday on which the unit never meets."""
EXACT = 3.0
"""Price of a day away from a planned day."""


def days(demand: Demand, ground: Cells, cell: np.ndarray) -> np.ndarray:
    """The day of each occasion, datetime64[D], NaT for those without a cell (−1)."""
    asked = demand.occasions
    day = demand.days["day"].to_numpy(dtype="datetime64[D]")
    weekday = (day.astype(int) + 3) % 7
    wanted = pd.to_datetime(asked["wanted"]).to_numpy(dtype="datetime64[D]")
    exact = asked["is_exact"].to_numpy(dtype=bool)
    cell = in_order(asked, cell)
    together: dict[tuple[int, int], list[int]] = defaultdict(list)
    units = demand.units
    unit = pd.Categorical(asked["unit"], categories=units).codes.astype(int)
    for row in np.flatnonzero(cell >= 0):
        together[int(cell[row]), int(unit[row])].append(int(row))
    found = np.full(len(asked), np.datetime64("NaT"), dtype="datetime64[D]")
    load = np.zeros(len(day))
    average = 1 + len(asked) / (demand.is_open.sum() or 1)
    inside = [np.flatnonzero(ground.of_day == cell) for cell in range(ground.size)]
    for (where, code), rows in sorted(together.items()):
        free = inside[where][ground.is_open[code, inside[where]]]
        price = demand.habits.weekdays(units[code])[weekday[free]] + SPREAD * load[free] / average
        prices = np.tile(price, (len(rows), 1))
        for place, row in enumerate(rows):
            if exact[row]:
                prices[place] += EXACT * np.abs((day[free] - wanted[row]).astype(int))
        _, taken = scipy.optimize.linear_sum_assignment(prices + 1e-9 * np.arange(len(free)))
        found[rows] = day[free[taken]]
        load[free[taken]] += 1
    return found


def in_order(asked: pd.DataFrame, cell: np.ndarray) -> np.ndarray:
    """The cells with those of a unit's yearly kinds swapped among each other until they come in order; loads stay as they are."""
    cell = cell.copy()
    yearly = asked[(asked["every"] == "year") & asked["type"].isin(IN_ORDER) & (cell >= 0)]
    for _, rows in yearly.groupby(["unit", "first", "last"], sort=True):
        places = rows.index.to_numpy()
        rank = rows["type"].map(IN_ORDER.index).to_numpy(int)
        cell[places[np.argsort(rank, kind="stable")]] = np.sort(cell[places])
    return cell
