"""Scores that hardly differ: the accepted scores of a sheet in, one notice out where nearly all are full marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean, pstdev

from cadence.sheets.reading import Question, Rows
from cadence.words import Message

LEAST_SCORES = 10
MOSTLY_FULL = 0.8
NEARLY_FULL = 0.95
NARROW = 0.02
USUAL_FULL_MARKS = (5.0, 10.0, 100.0)


def notice(tables: Sequence[Rows]) -> Question | None:
    """What to know before these scores are compared or correlated; None where they differ enough or are too few."""
    parts = [part for rows in tables if rows.kind == "evaluations" for part in of_full_mark(rows)]
    if len(parts) < LEAST_SCORES:
        return None
    full = sum(part >= 1 for part in parts) / len(parts)
    mean, spread = fmean(parts), pstdev(parts)
    if full < MOSTLY_FULL and not (mean >= NEARLY_FULL and spread <= NARROW):
        return None
    text = Message(
        "{count} 个得分中 {full} 为满分，平均为满分的 {mean}，几乎没有差别。据此比较、排名或求相关都要谨慎。",
        {"count": len(parts), "full": f"{full:.0%}", "mean": f"{mean:.1%}"},
    )
    return Question("scores:saturated", text, [("accept", Message("知道了"))], "accept", len(parts), severity="notice")


def of_full_mark(rows: Rows) -> list[float]:
    """Each score as a part of its full mark: the one given, else a usual one that the best score of the criterion reaches."""
    count = len(rows.numbers)
    scores, marks = rows.fields.get("score", [None] * count), rows.fields.get("max_score", [None] * count)
    criteria = rows.fields.get("criterion", [None] * count)
    best: dict[str | None, float] = defaultdict(float)
    for criterion, score in zip(criteria, scores, strict=True):
        best[criterion] = max(best[criterion], score or 0.0)
    pairs = [
        (score, mark or (best[criterion] if best[criterion] in USUAL_FULL_MARKS else None))
        for criterion, score, mark in zip(criteria, scores, marks, strict=True)
    ]
    return [score / mark for score, mark in pairs if score is not None and mark]
