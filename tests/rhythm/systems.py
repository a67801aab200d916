"""Small systems of known behaviour: rates by unit and day in, a ledger of activities drawn from them out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence.rhythm.ledger import NONE, Ledger

FIRST = int(np.datetime64("2023-01-01").astype(int))
DAYS = 365
WORKING = (np.arange(DAYS) + 6) % 7 < 5
"""Monday to Friday of 2023."""


def steady(units: int, n: float) -> np.ndarray:
    """The same rate on every working day; shape (units, days)."""
    return np.tile(WORKING * (n / WORKING.sum()), (units, 1))


def drawn(rates: np.ndarray, seed: int = 1, **more) -> Ledger:
    """Poisson activities of those rates in 2023, recorded two days later; `more` as `ledger` takes it."""
    counts = np.random.default_rng(seed).poisson(rates)
    unit, day = np.nonzero(counts)
    unit, day = np.repeat(unit, counts[unit, day]), np.repeat(day, counts[unit, day])
    return ledger(unit, day, units=len(rates), **more)


def ledger(unit, day, units, recorded=None, organs=10, founded=None, inspections=(), anchored=None, complete=None) -> Ledger:
    """Activities of units on days of 2023; units are dealt to organs in turn, inspections are (organ, day)."""
    unit, day = np.asarray(unit, dtype=np.int32), np.asarray(day)
    held = (FIRST + day).astype(np.int32)
    nothing = np.full(len(unit), np.nan)
    return Ledger(
        activities=pd.DataFrame(
            {
                "unit": unit,
                "held_on": held,
                "recorded_on": (held + 2 if recorded is None else FIRST + np.asarray(recorded)).astype(np.int32),
                "is_anchored": np.zeros(len(unit), dtype=bool) if anchored is None else anchored,
                "expected": nothing,
                "attended": nothing,
                "traces": nothing,
                "effect": nothing,
            }
        ),
        units=pd.DataFrame(
            {
                "unit": [f"unit {at}" for at in range(units)],
                "organ": (np.arange(units) % organs).astype(np.int32),
                "founded_on": np.full(units, NONE) if founded is None else founded,
            }
        ),
        organs=np.array([f"organ {at}" for at in range(organs)]),
        inspections=pd.DataFrame(
            {
                "organ": np.array([organ for organ, _ in inspections], dtype=np.int32),
                "day": np.array([FIRST + day for _, day in inspections], dtype=np.int32),
            }
        ),
        plans=pd.DataFrame({"unit": [], "year": [], "planned": []}),
        assessments=pd.DataFrame(),
        days=pd.DataFrame({"day": (FIRST + np.arange(DAYS)).astype(np.int32), "is_working": WORKING}),
        complete=np.full(organs, FIRST + DAYS - 1) if complete is None else np.asarray(complete),
    )
