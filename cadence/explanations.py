"""Findings that somebody could explain: a reason in, kept beside the finding until it is withdrawn; nothing is ever deleted."""

from __future__ import annotations

import datetime as dt

from cadence import patterns
from cadence.batches.commit import somebody
from cadence.store import Store
from cadence.words import Message

LONGEST = 400


class ExplanationError(ValueError):
    """A finding cannot be explained like that; `message` says what is there and what is expected."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message


def explain(store: Store, unit: str, year: int, pattern: str, reason: str, by: str | None = None) -> None:
    """Note why a unit's pattern of a year is what it is; an earlier reason is withdrawn. Raises ExplanationError."""
    reason = " ".join(reason.split())
    if pattern not in patterns.patterns():
        raise ExplanationError(Message("没有“{pattern}”这种节奏提示", {"pattern": pattern}))
    if not 0 < len(reason) <= LONGEST:
        raise ExplanationError(Message("原因有 {n} 个字；应为 1 至 {most} 个字", {"n": len(reason), "most": LONGEST}))
    with store.writing() as cursor:
        _withdraw(cursor, unit, year, pattern, by or somebody())
        cursor.execute(
            """
            insert into raw.explanations by name
            select $unit as unit, $year as year, $pattern as pattern, $reason as reason, $by as explained_by, $now as explained_at
            """,
            {"unit": unit, "year": year, "pattern": pattern, "reason": reason, "by": by or somebody(), "now": _now()},
        )


def withdraw(store: Store, unit: str, year: int, pattern: str, by: str | None = None) -> None:
    """Take the reason back; the finding stands as before, and who said what when is kept."""
    with store.writing() as cursor:
        _withdraw(cursor, unit, year, pattern, by or somebody())


def _withdraw(cursor, unit: str, year: int, pattern: str, by: str) -> None:
    cursor.execute(
        """
        update raw.explanations set withdrawn_by = $by, withdrawn_at = $now
        where unit = $unit and year = $year and pattern = $pattern and withdrawn_at is null
        """,
        {"unit": unit, "year": year, "pattern": pattern, "by": by, "now": _now()},
    )


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)
