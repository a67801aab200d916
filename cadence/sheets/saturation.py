"""Scores that hardly differ: the accepted scores of a sheet in, one notice out where nearly all are full marks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cadence.sheets.grid import Cells
from cadence.sheets.reading import Question, Rows
from cadence.words import Message

LEAST_SCORES = 10
MOSTLY_FULL = 0.8
NEARLY_FULL = 0.95
NARROW = 0.02
USUAL_FULL_MARKS = (5.0, 10.0, 100.0)


def notice(tables: Sequence[Rows]) -> Question | None:
    """What to know before these scores are compared or correlated; None where they differ enough or are too few."""
    found = [of_full_mark(rows) for rows in tables if rows.kind == "evaluations"]
    parts = np.concatenate(found) if found else np.zeros(0)
    if parts.size < LEAST_SCORES:
        return None
    full, mean, spread = float(np.mean(parts >= 1)), float(parts.mean()), float(parts.std())
    if full < MOSTLY_FULL and not (mean >= NEARLY_FULL and spread <= NARROW):
        return None
    text = Message(
        "{count} 个得分中 {full} 为满分，平均为满分的 {mean}，几乎没有差别。据此比较、排名或求相关都要谨慎。",
        {"count": parts.size, "full": f"{full:.0%}", "mean": f"{mean:.1%}"},
    )
    return Question("scores:saturated", text, [("accept", Message("知道了"))], "accept", parts.size, severity="notice")


def of_full_mark(rows: Rows) -> np.ndarray:
    """Each score as a part of its full mark: the one given, else a usual one that the best score of the criterion reaches."""
    nothing = Cells.constant(None, len(rows.numbers))
    scores, marks = (numbers(rows.fields.get(name, nothing)) for name in ("score", "max_score"))
    criteria = Cells.of(rows.fields.get("criterion", nothing))
    best = np.zeros(len(criteria.distinct))
    np.maximum.at(best, criteria.codes, np.nan_to_num(scores))
    usual = np.where(np.isin(best, USUAL_FULL_MARKS), best, np.nan)[criteria.codes]
    full = np.where(np.nan_to_num(marks) != 0, marks, usual)
    parts = scores / full
    return parts[~np.isnan(parts)]


def numbers(column: Sequence[float | None]) -> np.ndarray:
    """A column of numbers as floats, NaN where it is empty."""
    cells = Cells.of(column)
    return np.array([np.nan if cell is None else cell for cell in cells.distinct], float)[cells.codes]
