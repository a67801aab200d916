"""A ledger and a day in; what units still owe of their year, whether their pace suffices, and where it leads, out.

Arithmetic on what is planned or due and what was done: nobody is said to rush before it has happened.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from cadence.rhythm import completeness, duties, months
from cadence.rhythm.ledger import NONE, Ledger
from cadence.rhythm.profile import system
from cadence.rhythm.year import counted

WATCH, WARNING, SEVERE = 2.0, 2.5, 3.0
"""Backlog pressure from which a unit is on each level."""
LIKELY = 0.05
"""Chance of getting there at the present pace, from which nobody is warned."""
EARLY = 0.10
"""Share of the year below which there is no pace to speak of."""
PAST = 3
"""Years before this one that the profile is made of, as far as they are there."""
SHIFT = 0.1
"""How far the system's own pace moves what is expected by now."""
BEHIND = 0.75
"""Below this share of the median pace a unit is obviously behind and does not shape what is usual."""
OTHERS = 30
"""Units it takes to tell the system's pace."""
BAND = {"low": 0.05, "middle": 0.5, "high": 0.95}
"""Quantiles of the forecast."""
FEWEST = 8
"""Activities planned or due in the year, below which nobody is warned."""


def elapsed(ledger: Ledger, year: int) -> np.ndarray:
    """Share of the year's activity before each of its days, and 1 at the end; shape (organs, days + 1).

    Mean of the working calendar and of up to three years before, each as seen from an organ (all others, obvious rushers left
    out): activity per working day of each month, laid on the working days of this year, so that a Spring Festival that moved
    moves along. One year alone would carry its campaigns over into the next.
    """
    this = counted(ledger, year)
    weights = [np.tile(this.working.astype(float), (len(ledger.organs), 1))]
    for back in range(1, PAST + 1):
        before = counted(ledger, year - back)
        if not before.held.any():
            break
        past, weight = system(before), weights[0].copy()
        for month in range(1, 13):
            there, here = (slice(x.day(month, 1), x.day(month + 1, 1)) for x in (before, this))
            weight[:, here] *= past.weight[:, there].sum(axis=1, keepdims=True) / max(1, before.working[there].sum())
        weights.append(weight)
    shares = [weight / np.maximum(weight.sum(axis=1, keepdims=True), 1e-300) for weight in weights]
    total = np.cumsum(np.mean(shares, axis=0), axis=1)
    return np.hstack([np.zeros((len(total), 1)), total])


def system_pace(goal: np.ndarray, done: np.ndarray, share: np.ndarray) -> float:
    """γ = median of A/(N·Λ) over units not obviously behind, in [.9, 1.1]: is the whole system where it should be?

    A campaign that lies in spring one year and in autumn the next shifts everybody; a unit is judged by γ·Λ. More than a tenth
    is no campaign: if all units are that late, all are warned. 1 with fewer than 30 units to go by.
    """
    used = (goal >= FEWEST) & (share >= EARLY)
    if used.sum() < OTHERS:
        return 1.0
    pace = done[used] / (goal[used] * share[used])
    usual = np.median(pace[pace >= BEHIND * np.median(pace)])
    return float(np.clip(usual, 1 - SHIFT, 1 + SHIFT))


def pressure(goal: np.ndarray, done: np.ndarray, share: np.ndarray) -> np.ndarray:
    """BP = [(N − A)/(1 − Λ)]/[(A + 1)/(Λ + .02)]: pace needed over pace so far; 0 where nothing is left to do."""
    left = np.maximum(0, goal - done)
    return left / np.maximum(1 - share, 1e-9) / ((done + 1) / (share + 0.02))


def chance(goal: np.ndarray, done: np.ndarray, share: np.ndarray) -> np.ndarray:
    """P_ok = P(X ≥ N − A), X ~ NB(A + ½, Λ): what the rest of the year brings at the present pace (gamma–Poisson predictive)."""
    return scipy.stats.nbinom.sf(np.maximum(0, goal - done) - 1, done + 0.5, np.clip(share, 1e-9, 1 - 1e-9))


def warn(ledger: Ledger, as_of: int, rules: pd.DataFrame | None = None, complete: np.ndarray | None = None) -> pd.DataFrame:
    """One row per unit that existed by `as_of`: what is planned and due, what was done, and whether the pace suffices.

    as_of: the day, counted as in the ledger. rules: what is due (see `duties`); without them only plans count. complete: last day
    up to which each unit is judged, shape (units,); from the recording lags if not given; never after its organ's records end.
    Later records do not count for the pace, they do count for what is still due.

    Columns: unit, organ, year, complete (day judged to), elapsed (Λ), pace (γ of the system), planned (NaN without a plan), done
    (A, by `complete`), due and due_done (by monthly and quarterly rules and of those kinds; NaN without rules), basis (plan, due
    or nothing), pressure and p_ok (of the basis), due_pressure, due_p_ok, level (severe, warning, watch, none, too_few), still
    and still_<kind> (due to 31 December by all rules and not held by `as_of`; counts, only with rules).
    """
    ledger = completeness.known(ledger, as_of)
    year = int(months.year(as_of))
    if complete is None:
        complete = completeness.units_complete_through(ledger, as_of)
    units, first = ledger.units, int(months.first(year))
    founded = units["founded_on"].to_numpy().astype(np.int64)
    begins = np.where(founded == NONE, first, np.maximum(founded, first))
    organ = units["organ"].to_numpy()
    judged = np.clip(np.minimum(complete, np.asarray(ledger.complete)[organ]), first - 1, as_of)
    share = _share(elapsed(ledger, year)[organ], begins - first, judged - first + 1)
    frame = pd.DataFrame({"unit": np.arange(len(units)), "organ": organ, "year": year, "complete": judged, "elapsed": share})
    frame["planned"], frame["done"] = _planned(ledger, year), _done(ledger, begins, judged)
    owed = pd.DataFrame({"due": np.nan, "due_done": np.nan}, index=frame.index)
    if rules is not None:
        owed = _owed(ledger, rules, as_of, begins, judged)
    frame[["due", "due_done"]] = owed[["due", "due_done"]].to_numpy()
    has_plan = frame["planned"].notna()
    frame["basis"] = np.select([has_plan, frame["due"] > 0], ["plan", "due"], "")
    goal, made = frame["planned"].fillna(frame["due"]), frame["done"].where(has_plan, frame["due_done"])
    frame["pace"] = system_pace(*(x.to_numpy(dtype=float) for x in (goal, made, frame["elapsed"])))
    share = np.minimum(1, frame["elapsed"] * frame["pace"])
    frame["pressure"], frame["p_ok"] = pressure(goal, made, share), chance(goal, made, share)
    frame["due_pressure"] = pressure(frame["due"], frame["due_done"], share)
    frame["due_p_ok"] = chance(frame["due"], frame["due_done"], share)
    few = ~(goal >= FEWEST) | (share < EARLY)
    at = [(frame["p_ok"] < LIKELY) & (frame["pressure"] >= least) for least in (SEVERE, WARNING, WATCH)]
    frame["level"] = np.select([few, *at], ["too_few", "severe", "warning", "watch"], "none")
    frame = pd.concat([frame, owed.drop(columns=["due", "due_done"])], axis=1)
    return frame[begins <= as_of].reset_index(drop=True)


def _owed(ledger: Ledger, rules: pd.DataFrame, as_of: int, begins: np.ndarray, judged: np.ndarray) -> pd.DataFrame:
    """due and due_done of the monthly and quarterly rules; still and still_<kind> of all; one row per unit."""
    units = len(ledger.units)
    owed = duties.still_due(ledger, rules, int(months.year(as_of)), np.full(units, as_of))
    owed["still"] = owed["overdue"] + owed["ahead"]
    paced = owed[owed["every"] != "year"]
    kinds = rules.loc[rules["every"] != "year", "type"].unique()
    found = {"due": np.bincount(paced["unit"], paced["due"], units)}
    found["due_done"] = _done(ledger, begins, judged, ledger.activities["kind"].isin(kinds).to_numpy())
    found["still"] = np.bincount(owed["unit"], owed["still"], units).astype(np.int64)
    for kind in rules["type"].unique():
        its = owed[owed["kind"] == kind]
        found[f"still_{kind}"] = np.bincount(its["unit"], its["still"], units).astype(np.int64)
    return pd.DataFrame(found)


def forecast(
    ledger: Ledger,
    as_of: int,
    unit: int,
    profile: np.ndarray | None = None,
    complete: int | None = None,
    pace: float = 1.0,
) -> pd.DataFrame:
    """The burn-up's band for one unit: activities in all by each month's end to 31 December, at the pace up to `complete`.

    profile: `elapsed` of the year, computed if not given (seconds in a large system); complete and pace as `warn` tells them.
    X more by a later day ~ NB(A + ½, Λ/(Λ + ΔΛ)), ΔΛ = share of the year in between: the gamma–Poisson predictive, whose mean
    follows the year's profile. Columns: day, low (5 %), middle (50 %), high (95 %). First row: the day judged to, with what
    was done; only that row where less than a tenth of the unit's year is known.
    """
    ledger = completeness.known(ledger, as_of)
    year = int(months.year(as_of))
    first, last = int(months.first(year)), int(months.last(year))
    if complete is None:
        complete = int(completeness.units_complete_through(ledger, as_of)[unit])
    founded, organ = int(ledger.units["founded_on"].iloc[unit]), int(ledger.units["organ"].iloc[unit])
    begins = first if founded == NONE else max(founded, first)
    judged = int(np.clip(min(complete, int(ledger.complete[organ])), first - 1, as_of))
    its = ledger.activities[(ledger.activities["unit"] == unit) & ~ledger.activities["is_anchored"]]
    done = int(its["held_on"].between(begins, judged).sum())
    ends = months.begins(months.january(year) + np.arange(1, 13)) - 1
    days = np.concatenate([[judged], ends[ends > judged]])
    profile = elapsed(ledger, year) if profile is None else profile
    share = _share(np.tile(profile[organ], (len(days), 1)), np.full(len(days), begins - first), days - first + 1)
    if share[0] < EARLY or begins > last:
        return pd.DataFrame({"day": days[:1], "low": done, "middle": done, "high": done})
    now = min(1.0, share[0] * pace)
    later = now + (share - share[0]) * (1 - now) / max(1 - share[0], 1e-9)
    bands = {name: done + scipy.stats.nbinom.ppf(at, done + 0.5, now / later) for name, at in BAND.items()}
    return pd.DataFrame({"day": days, **bands}).astype(np.int64)


def _share(profile: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Λ: share of a unit's own year (from its first day on) before day `ends`; days of the year, shape (rows,)."""
    rows = np.arange(len(profile))
    last = profile.shape[1] - 1
    before = profile[rows, np.clip(begins, 0, last)]
    return np.clip((profile[rows, np.clip(ends, 0, last)] - before) / np.maximum(1 - before, 1e-9), 0, 1)


def _done(ledger: Ledger, begins: np.ndarray, judged: np.ndarray, used: np.ndarray | None = None) -> np.ndarray:
    """Activities without a season of their own (or those `used`) from `begins` to `judged`, per unit; shape (units,)."""
    activities = ledger.activities
    unit, day = activities["unit"].to_numpy(), activities["held_on"].to_numpy()
    used = ~activities["is_anchored"].to_numpy(dtype=bool) if used is None else used
    used = used & (day >= begins[unit]) & (day <= judged[unit])
    return np.bincount(unit[used], minlength=len(ledger.units))


def _planned(ledger: Ledger, year: int) -> np.ndarray:
    """Activities planned for the year, NaN without a plan; shape (units,)."""
    plans = ledger.plans[(ledger.plans["year"] == year) & (ledger.plans["planned"] > 0)]
    found = np.full(len(ledger.units), np.nan)
    found[plans["unit"].to_numpy(dtype=np.int64)] = plans["planned"].to_numpy(dtype=float)
    return found
