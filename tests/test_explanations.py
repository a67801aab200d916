"""Explained findings: a reason counts at once, the newest one only, and nothing of it is ever deleted."""

from __future__ import annotations

import pytest

from cadence import explanations
from cadence.explanations import ExplanationError

KEY = ("甲", 2024, "yearend_rush")


def standing(store) -> list[tuple]:
    """Reasons that count."""
    with store.cursor() as cursor:
        return cursor.execute("select unit, year, pattern, reason, explained_by from marts.explanations").fetchall()


def test_a_reason_counts_until_it_is_withdrawn(empty_store):
    """Said anew it replaces the one before; the log keeps all of it."""
    explanations.explain(empty_store, *KEY, "  上级专项\n安排 ", "李")
    assert standing(empty_store) == [(*KEY, "上级专项 安排", "李")]
    explanations.explain(empty_store, *KEY, "搬迁", "王")
    assert standing(empty_store) == [(*KEY, "搬迁", "王")]
    explanations.withdraw(empty_store, *KEY, "赵")
    assert standing(empty_store) == []
    with empty_store.cursor() as cursor:
        log = cursor.execute("select reason, explained_by, withdrawn_by from raw.explanations order by all").fetchall()
    assert log == [("上级专项 安排", "李", "王"), ("搬迁", "王", "赵")]


@pytest.mark.parametrize(("pattern", "reason"), [("nonsense", "因为"), ("fading", "  "), ("fading", "长" * 401)])
def test_what_explains_nothing_is_refused(empty_store, pattern: str, reason: str):
    """An unknown pattern, no words, too many."""
    with pytest.raises(ExplanationError):
        explanations.explain(empty_store, "甲", 2024, pattern, reason)
    assert standing(empty_store) == []
