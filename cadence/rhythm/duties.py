"""What regulations ask of units and the activities that were held in; how many are due, held, missing and made up, out.

Rules are a table as `facts.due_rules` has it: type (a kind of activity), every (month, quarter, year), times,
times_per_group (bool: times each party group), only_with (committee, groups or nothing).
The ledger's activities need a column `kind` with the same ids; `counts_for`, the year an activity belongs to, may be there.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence.rhythm import months
from cadence.rhythm.ledger import NONE, Ledger

LENGTH = {"month": 1, "quarter": 3, "year": 12}
"""Months of a period."""


def due(ledger: Ledger, rule: dict, year: int) -> np.ndarray:
    """Activities that one rule asks of each unit in each period of the year; shape (units, periods), int64.

    A unit owes nothing for periods that had begun when it was founded.
    """
    units = ledger.units
    groups = units["groups"].fillna(0).to_numpy(dtype=np.int64)
    times = np.full(len(units), int(rule["times"]), dtype=np.int64)
    if rule.get("times_per_group"):
        times = times * groups
    only = rule.get("only_with")
    if only == "committee":
        times = times * units["has_committee"].fillna(False).to_numpy(dtype=bool)
    elif only == "groups":
        times = times * (groups > 0)
    elif isinstance(only, str) and only:
        raise ValueError(f"rule {rule.get('rule', rule['type'])}: only_with is “{only}”; expected committee, groups or nothing")
    if "owes" in units:
        times = times * units["owes"].to_numpy(dtype=bool)
    starts = begins(rule, year)
    founded = units["founded_on"].to_numpy().astype(np.int64)
    return times[:, None] * ((founded[:, None] == NONE) | (founded[:, None] <= starts))


def begins(rule: dict, year: int) -> np.ndarray:
    """First day of each period of the year; shape (periods,)."""
    if rule["every"] not in LENGTH:
        raise ValueError(f"rule {rule.get('rule', rule['type'])}: every is “{rule['every']}”; expected one of {', '.join(LENGTH)}")
    return months.begins(months.january(year) + np.arange(0, 12, LENGTH[rule["every"]]))


def held(ledger: Ledger, rule: dict, year: int, since: int | None = None, until: np.ndarray | None = None) -> np.ndarray:
    """Activities of the rule's kind per period, from day `since` to day `until` (one per unit); shape (units, periods), int64.

    What is due once a year belongs to the year it counts for, where the ledger tells it: a debriefing may be held in January.
    """
    activities, is_yearly = ledger.activities, rule["every"] == "year"
    unit, day = activities["unit"].to_numpy(), activities["held_on"].to_numpy().astype(np.int64)
    belongs = activities["counts_for"].to_numpy() if is_yearly and "counts_for" in activities else months.year(day)
    used = (activities["kind"] == rule["type"]).to_numpy() & (belongs == year)
    if since is not None:
        used &= day >= since
    unit, day = unit[used], day[used]
    if until is not None:
        known = day <= np.asarray(until)[unit]
        unit, day = unit[known], day[known]
    periods = 12 // LENGTH[rule["every"]]
    period = (
        np.zeros(len(day), dtype=np.int64) if is_yearly else (months.month(day) - months.january(year)) // LENGTH[rule["every"]]
    )
    count = np.bincount(unit.astype(np.int64) * periods + period, minlength=len(ledger.units) * periods)
    return count.reshape(-1, periods)


def made_up(ledger: Ledger, rules: pd.DataFrame, year: int, since: int) -> pd.DataFrame:
    """补开清单: meetings missing in their own month or quarter and held in surplus from day `since` (the window's first) on.

    Per unit and kind of monthly and quarterly rules: gaps = Σ max(0, due − held) over periods that ended before `since`;
    surplus = max(0, held − due) over the periods that reach into the window, at most what was held in it;
    made_up = min(surplus, gaps): a fact beside a finding, not a test. Rows with made_up > 0; columns unit, kind, due, held (in
    the year), gaps, surplus, made_up, missing (the months that the unserved periods begin in, e.g. "3 5 6").
    """
    found = []
    for rule in rules.to_dict("records"):
        if rule["every"] == "year":
            continue
        asked, done, starts = due(ledger, rule, year), held(ledger, rule, year), begins(rule, year)
        ends = np.append(starts[1:], months.last(year) + 1)
        before = ends <= since
        short = np.maximum(0, asked - done) * before
        over = done[:, ~before].sum(axis=1) - asked[:, ~before].sum(axis=1)
        surplus = np.minimum(np.maximum(0, over), held(ledger, rule, year, since).sum(axis=1))
        gaps = short.sum(axis=1)
        made = np.minimum(surplus, gaps)
        rows = np.flatnonzero(made)
        names = (np.arange(len(starts)) * LENGTH[rule["every"]] + 1).astype(str)
        missing = [" ".join(names[line > 0]) for line in short[rows]]
        total = {"due": asked[rows].sum(axis=1), "held": done[rows].sum(axis=1)}
        counts = {"gaps": gaps[rows], "surplus": surplus[rows], "made_up": made[rows], "missing": missing}
        found.append(pd.DataFrame({"unit": rows, "kind": rule["type"], **total, **counts}))
    names = ["unit", "kind", "due", "held", "gaps", "surplus", "made_up", "missing"]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=names)


def still_due(ledger: Ledger, rules: pd.DataFrame, year: int, until: np.ndarray) -> pd.DataFrame:
    """What each unit still owes of each kind to the year's end: due less held, period by period, as far as records tell.

    until: the last day judged, per unit, shape (units,). overdue: missing in periods that ended by then; ahead: not yet held of the
    periods after and of the one that runs. An activity too many in one period does not serve another: a month without a
    meeting stays without. Columns: unit, kind, every, due (year), held, overdue, ahead; one row per unit and rule that asks.
    """
    found = []
    for rule in rules.to_dict("records"):
        asked, starts = due(ledger, rule, year), begins(rule, year)
        done = held(ledger, rule, year, until=until)
        ends = np.append(starts[1:], months.last(year) + 1) - 1
        gap = np.maximum(0, asked - done)
        ended = ends <= np.asarray(until)[:, None]
        rows = np.flatnonzero(asked.sum(axis=1))
        counts = {"due": asked, "held": done, "overdue": gap * ended, "ahead": gap * ~ended}
        counts = {name: count[rows].sum(axis=1) for name, count in counts.items()}
        names = {"unit": rows, "kind": rule["type"], "every": rule["every"]}
        found.append(pd.DataFrame({**names, **counts}))
    names = ["unit", "kind", "every", "due", "held", "overdue", "ahead"]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=names)
