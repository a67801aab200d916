"""A demand in; the week of every occasion, so that no week has more than it must, out. docs/schedule.md says what is minimised.

Occasions go into *cells*, weeks cut at the ends of months. What bounds them is nested: kind and cell of a unit within cell of the
unit within week of the unit within week of all. So this is a flow through a network, and the linear programme that HiGHS solves
has whole numbers at its corners.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy

from cadence.schedule.demand import Demand
from cadence.schedule.habits import PARTS

SECONDS = 30.0
"""Seconds that each of the two solutions may take before occasions are placed in turn."""
UNPLACED, CROWDED, DOUBLED, ABOVE, AWAY, USUAL, BEFORE, LATE = 10_000.0, 300.0, 100.0, 6.0, 10.0, 4.0, 15.0, 2.0
"""Prices: an occasion left out; one beyond its share in a week cut short by holidays; a unit's second in a week; one above the
average week; a week away from the planned time; a part of the month the unit never uses; a week just before an inspection; a week
later, of what is late already."""
WORTH = {"own": 1.0, "late": 3.0, "due": 9.0}
"""What is left out last where not everything fits: what is due, then what is late, then the unit's own choice."""
WARY = 14
"""Days before an inspection that are kept free of more than needed."""
FULL = 5
"""Working days of a whole week."""
WHOLE = 1e-6


@dataclass(frozen=True)
class Cells:
    """Weeks cut at month ends: week and month (0 = January) of each, shape (cells,); the cell of each day, −1 outside the span;
    open, days each unit may use in each, shape (units, cells)."""

    week: np.ndarray
    month: np.ndarray
    of_day: np.ndarray
    open: np.ndarray
    is_open: np.ndarray

    @property
    def size(self) -> int:
        return len(self.week)


@dataclass(frozen=True)
class Classes:
    """Occasions that are alike, solved as one: rows of the demand, unit and kind codes, how many, price and leave per cell."""

    rows: list[np.ndarray]
    unit: np.ndarray
    kind: np.ndarray
    times: np.ndarray
    at_once: np.ndarray
    worth: np.ndarray
    price: np.ndarray
    may: np.ndarray


@dataclass(frozen=True)
class Weeks:
    """cell of each occasion, −1 where it has none; highest, the peak over all weeks; is_best: the solver came to its end."""

    cell: np.ndarray
    highest: int
    is_best: bool


def cells(demand: Demand) -> Cells:
    """The cells of a demand, with closures of single units taken out."""
    day = demand.days["day"].to_numpy(dtype="datetime64[D]")
    inside = (day >= np.datetime64(demand.start)) & (day <= np.datetime64(demand.until))
    week, month = demand.week(day), day.astype("datetime64[M]").astype(int) % 12
    both, of = np.unique(np.stack([week[inside], month[inside]]), axis=1, return_inverse=True)
    of_day = np.full(len(day), -1)
    of_day[inside] = of.ravel()
    units = demand.units
    is_open = np.tile(demand.is_open, (len(units), 1))
    code = {unit: number for number, unit in enumerate(units)}
    for closure in demand.closures.itertuples(index=False):
        if closure.unit in code:
            barred = (day >= np.datetime64(closure.first, "D")) & (day <= np.datetime64(closure.last, "D"))
            is_open[code[closure.unit], barred] = False
    open_ = np.zeros((len(units), both.shape[1]), dtype=int)
    for cell in range(both.shape[1]):
        open_[:, cell] = is_open[:, of_day == cell].sum(axis=1)
    return Cells(both[0], both[1], of_day, open_, is_open)


def classes(demand: Demand, ground: Cells) -> Classes:
    """The occasions by unit, kind, window and wish; prices grow with distance, unusual times, inspections and lateness."""
    asked = demand.occasions
    unit = pd.Categorical(asked["unit"], categories=demand.units).codes.astype(int)
    kind, _ = pd.factorize(asked["type"], sort=True)
    first, last = (pd.to_datetime(asked[name]).dt.month.to_numpy(int) - 1 for name in ("first", "last"))
    wanted = pd.to_datetime(asked["wanted"]).to_numpy(dtype="datetime64[D]")
    late, due, exact = (asked[name].to_numpy(dtype=bool) for name in ("is_late", "is_due", "is_exact"))
    usual, near = _usual(demand, ground), _near(demand, ground)
    keys = pd.DataFrame({"unit": unit, "kind": kind, "first": first, "last": last, "late": late, "due": due, "exact": exact})
    keys["wanted"] = np.where(np.isnat(wanted), 0, wanted.astype(int))
    number = keys.groupby(list(keys), sort=True).ngroup().to_numpy()
    order = np.argsort(number, kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(number[order])) + 1) if len(order) else []
    price, may = np.zeros((len(rows), ground.size)), np.zeros((len(rows), ground.size), dtype=bool)
    for place, own in enumerate(rows):
        one = own[0]
        may[place] = (ground.month >= first[one]) & (ground.month <= last[one]) & (ground.open[unit[one]] > 0)
        price[place] = USUAL * usual[unit[one]] + BEFORE * near[unit[one]]
        if late[one]:
            price[place] += LATE * ground.week
        elif not np.isnat(wanted[one]):
            price[place] += AWAY * _away(ground, demand, wanted[one], exact[one])
    one = np.array([own[0] for own in rows], dtype=int)
    worth = np.select([due[one] & ~late[one], due[one]], [WORTH["due"], WORTH["late"]], WORTH["own"])
    at_once = pd.Series(asked["at_once"].to_numpy(int)).groupby([unit, kind]).transform("max").to_numpy(int)
    times = np.array([len(own) for own in rows], dtype=int)
    return Classes(rows, unit[one], kind[one], times, at_once[one], worth, price, may)


def _away(ground: Cells, demand: Demand, wanted: np.datetime64, is_exact: bool) -> np.ndarray:
    """Weeks between each cell and the day or month that was planned."""
    if is_exact:
        return np.abs(ground.week - demand.week(np.array([wanted]))[0]).astype(float)
    month = wanted.astype("datetime64[M]")
    ends = demand.week(np.array([month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]") - 1]))
    outside = np.maximum(0, np.maximum(ends[0] - ground.week, ground.week - ends[1]))
    return np.where(ground.month == month.astype(int) % 12, 0, np.maximum(1, outside)).astype(float)


def _usual(demand: Demand, ground: Cells) -> np.ndarray:
    """How unusual each cell's part of the month is for each unit, 0 to 1; shape (units, cells)."""
    day = demand.days["day"].to_numpy(dtype="datetime64[D]")
    part = np.minimum(4, (day - day.astype("datetime64[M]")).astype(int) // 7)
    costs = np.array([demand.habits.parts(unit) for unit in demand.units]).reshape(-1, PARTS)
    found = np.zeros((len(demand.units), ground.size))
    for cell in range(ground.size):
        found[:, cell] = costs[:, part[ground.of_day == cell]].mean(axis=1)
    return found


def _near(demand: Demand, ground: Cells) -> np.ndarray:
    """Whether a cell lies in the two weeks before an inspection of the unit; shape (units, cells)."""
    day = demand.days["day"].to_numpy(dtype="datetime64[D]")
    code = {unit: number for number, unit in enumerate(demand.units)}
    found = np.zeros((len(code), ground.size))
    for unit, held in zip(demand.inspections["unit"], demand.inspections["day"], strict=True):
        away = (np.datetime64(held, "D") - day).astype(int)
        touched = np.unique(ground.of_day[(away > 0) & (away <= WARY) & (ground.of_day >= 0)])
        if unit in code:
            found[code[unit], touched] = 1
    return found


def weeks(demand: Demand, ground: Cells, most: int, ceiling: int, seconds: float = SECONDS) -> Weeks:
    """The cell of every occasion. First as few as possible are left out, then the highest week of all is as low as it can be, then
    the sum of prices; `most` bounds a unit's week. A week cut short by holidays holds less: for its sake the highest may be the
    average of a whole week, but not above `ceiling`. Where time runs out the occasions go in turn into the emptiest week.
    """
    its = classes(demand, ground)
    if not its.rows:
        return Weeks(np.zeros(0, dtype=int), 0, True)
    flow = _Flow(its, ground, demand, most)
    found = flow.cheapest(*least, ceiling, seconds) if (least := flow.peak(seconds)) else None
    cell = in_turn(its, ground, most) if found is None else _shared(its, found, len(demand.occasions))
    used = cell[cell >= 0]
    return Weeks(cell, int(np.bincount(ground.week[used]).max(initial=0)), found is not None)


def put_off(demand: Demand, ground: Cells, most: int) -> Weeks:
    """The same occasions under the same bounds, each as late as it may be: the year as it goes when everything is put off."""
    its = classes(demand, ground)
    cell = in_turn(its, ground, most, late=True)
    return Weeks(cell, int(np.bincount(ground.week[cell[cell >= 0]]).max(initial=0)), False)


def in_turn(its: Classes, ground: Cells, most: int, late: bool = False) -> np.ndarray:
    """One after the other, due ones with little leeway first, into the emptiest week with room, or the latest; −1 without."""
    cell = np.full(sum(len(rows) for rows in its.rows), -1)
    left, total = ground.open.copy(), np.zeros(int(ground.week.max()) + 1, dtype=int)
    weekly = np.full((len(left), len(total)), most)
    alike = np.zeros((len(left), int(its.kind.max(initial=0)) + 1, ground.size), dtype=int)
    for place in np.lexsort((its.may.sum(axis=1), -its.worth)):
        unit, kind = its.unit[place], its.kind[place]
        there = np.flatnonzero(its.may[place])
        for row in its.rows[place]:
            free = (
                (left[unit, there] > 0) & (weekly[unit, ground.week[there]] > 0) & (alike[unit, kind, there] < its.at_once[place])
            )
            if not free.any():
                break
            one = there[free][-1] if late else there[free][np.argmin(total[ground.week[there[free]]])]
            cell[row] = one
            left[unit, one] -= 1
            weekly[unit, ground.week[one]] -= 1
            alike[unit, kind, one] += 1
            total[ground.week[one]] += 1
    return cell


def _shared(its: Classes, found: np.ndarray, size: int) -> np.ndarray:
    """The cell of each occasion from how many of its class go where, the oldest period first; found: (classes, cells)."""
    cell = np.full(size, -1)
    for rows, counts in zip(its.rows, found, strict=True):
        places = np.repeat(np.arange(len(counts)), counts)
        cell[rows[: len(places)]] = places
    return cell


class _Flow:
    """The linear programme: x[class, cell], then what is left out of each class, a unit's weeks above one, and the weeks of all."""

    def __init__(self, its: Classes, ground: Cells, demand: Demand, most: int):
        self.its, self.ground = its, ground
        self.of, self.at = np.nonzero(its.may)
        self.x, self.classes = len(self.of), len(its.rows)
        unit, week = its.unit[self.of], ground.week[self.at]
        self.unit_weeks, self.unit_week = np.unique(unit * demand.weeks + week, return_inverse=True)
        self.doubles, self.weeks, self.week = len(self.unit_weeks), demand.weeks, week
        self.upper = np.concatenate([its.times[self.of], its.times, np.full(self.doubles, most - 1)]).astype(float)
        kind = (its.unit[self.of] * (its.kind.max() + 1) + its.kind[self.of]) * ground.size + self.at
        _, alike = np.unique(kind, return_inverse=True)
        _, cell = np.unique(unit * ground.size + self.at, return_inverse=True)
        self.blocks = [
            (self.of, np.arange(self.classes), self.x, 1.0, its.times, its.times),
            (self.unit_week, np.arange(self.doubles), self.x + self.classes, -1.0, None, np.ones(self.doubles)),
            (alike, None, 0, 0.0, None, self._first(alike, its.at_once[self.of])),
            (cell, None, 0, 0.0, None, self._first(cell, ground.open[unit, self.at])),
        ]
        working = np.array([demand.is_open[demand.week(demand.days["day"].to_numpy()) == week].sum() for week in range(self.weeks)])
        self.share = np.minimum(1, working / FULL)

    @staticmethod
    def _first(group: np.ndarray, value: np.ndarray) -> np.ndarray:
        """The value of each group, the same in all of its members."""
        found = np.zeros(group.max() + 1 if len(group) else 0)
        found[group] = value
        return found

    def peak(self, seconds: float) -> tuple[int, int] | None:
        """How high the highest week has to be with as little as possible left out, and how many have a place; None out of time."""
        cost = np.concatenate([np.zeros(self.x), UNPLACED * self.its.worth, np.zeros(self.doubles), [1.0]])
        upper = np.append(self.upper, np.inf)
        found = self._solved(cost, upper, np.zeros((1, self.weeks), dtype=int), np.zeros(self.weeks), seconds)
        return None if found is None else (int(np.ceil(found[-1] - WHOLE)), int(np.round(found[: self.x].sum())))

    def cheapest(self, least: int, placed: int, ceiling: int, seconds: float) -> np.ndarray | None:
        """How many of each class go into each cell at the least price, no week higher than it must be; shape (classes, cells)."""
        usual = int(np.ceil(placed / max(self.share.sum(), WHOLE)))
        highest = max(least, min(ceiling, usual))
        fair = np.ceil(self.share * highest - WHOLE)
        average = np.minimum(fair, np.ceil(self.share * usual))
        price, more = self.its.price[self.of, self.at], np.repeat([ABOVE, CROWDED], self.weeks)
        cost = np.concatenate([price, UNPLACED * self.its.worth, np.full(self.doubles, DOUBLED), more])
        upper = np.concatenate([self.upper, fair - average, highest - fair])
        beyond = np.arange(2 * self.weeks).reshape(2, -1)
        found = self._solved(cost, upper, beyond, average, seconds)
        if found is not None and np.abs(found - np.round(found)).max() > WHOLE:
            found = self._solved(cost, upper, beyond, average, seconds, whole=True)
        if found is None:
            return None
        counts = np.zeros((self.classes, self.ground.size), dtype=int)
        counts[self.of, self.at] = np.round(found[: self.x]).astype(int)
        return counts

    def _solved(
        self, cost: np.ndarray, upper: np.ndarray, beyond: np.ndarray, free: np.ndarray, seconds: float, whole: bool = False
    ) -> np.ndarray | None:
        """The variables at the least cost. beyond: which of the last ones lift each week above what is free, shape (·, weeks)."""
        rows, columns, values, low, high, base = [], [], [], [], [], 0
        last = self.x + self.classes + self.doubles
        for group, own, offset, sign, least, bound in [*self.blocks, (self.week, beyond, last, -1.0, None, free)]:
            rows.append(group + base)
            columns.append(np.arange(self.x))
            values.append(np.ones(self.x))
            for single in np.atleast_2d(own) if own is not None else ():
                rows.append(np.arange(len(single)) + base)
                columns.append(single + offset)
                values.append(np.full(len(single), sign))
            low.append(np.full(len(bound), -np.inf) if least is None else least)
            high.append(bound)
            base += len(bound)
        matrix = scipy.sparse.csr_array(
            (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(base, len(cost))
        )
        answer = scipy.optimize.milp(
            cost,
            integrality=np.full(len(cost), int(whole)),
            bounds=scipy.optimize.Bounds(np.zeros(len(cost)), upper),
            constraints=scipy.optimize.LinearConstraint(matrix, np.concatenate(low), np.concatenate(high)),
            options={"time_limit": seconds},
        )
        return answer.x if answer.success else None
