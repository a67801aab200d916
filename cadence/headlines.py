"""An indicator and a selection in; a headline figure out: value, change, the line behind it and what stands beside it, as texts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cadence import selection
from cadence.answers import Answer, answer, ask
from cadence.catalogue import Entry
from cadence.charts import wording
from cadence.selection import Period, Selection
from cadence.store import Store
from cadence.words import Message, say

BESIDE = {"even": "均匀为 {value}", "chance": "随机约 {value}"}
"""Columns of a headline figure that say what to hold it against."""


@dataclass(frozen=True)
class Headline:
    """A headline figure in words. `withheld` is the reason why there is none; then the texts are empty."""

    entry: Entry
    withheld: Message | None = None
    value: str = ""
    change: str = ""
    beside: str = ""
    line: tuple[float, ...] = ()


def headline(store: Store, id: str, asked: Selection, comparison: str) -> Headline:
    """The share of the selection, its change against the period to compare with, and the shares of three years up to its end."""
    found = answer(store, id, asked)
    if found.withheld:
        return Headline(found.entry, found.withheld)
    value, before = _ratio(found.frame), _ratio(_before(store, id, asked, comparison))
    return Headline(
        found.entry,
        value=wording.share(value),
        change="" if before is None else _points(value - before),
        beside=_beside(found, asked),
        line=_history(id, store, asked),
    )


def _before(store: Store, id: str, asked: Selection, comparison: str) -> pd.DataFrame | None:
    """The same question of the period to compare with: of last year the same months, no more than have been handed in by now."""
    known = ask(store, "months_covered", {})["month"]
    if known.empty or asked.period.start > known.max().date():
        return None
    end = Period(asked.period.start, min(asked.period.until, (known.max() + pd.offsets.MonthEnd(0)).date()))
    before = (end if comparison == "last_year" else asked.period).before(comparison)
    return ask(store, id, asked.during(before).params) if before else None


def _points(change: float) -> str:
    """A change in percentage points with an arrow, which says the direction, not whether it is good; none is said in words."""
    points = round(100 * change)
    return say("{arrow} {n} 个百分点", arrow="↑" if points > 0 else "↓", n=abs(points)) if points else say("持平")


def _beside(found: Answer, asked: Selection) -> str:
    """Numerator and denominator, cases where they are others, the even share where there is one, coverage, and the list chosen."""
    row = found.frame[["numerator", "denominator"]].sum()
    parts = [f"{row['numerator']:,.0f} / {row['denominator']:,.0f}"]
    if found.n is not None and found.n != round(row["denominator"]):
        parts.append(f"n = {found.n:,}")
    for column, words in BESIDE.items():
        if column in found.frame:
            parts.append(say(words, value=f"{_weighted(found.frame, column):.0%}"))
    parts += [found.coverage, *selection.lists_used(found.entry.options, asked)]
    return " · ".join(filter(None, parts))


def _weighted(frame: pd.DataFrame, column: str) -> float:
    """The mean of a column over years, each with the weight of its denominator."""
    return float((frame[column] * frame["denominator"]).sum() / frame["denominator"].sum())


def _ratio(frame: pd.DataFrame | None) -> float | None:
    if frame is None or frame.empty or not (below := frame["denominator"].sum()):
        return None
    return float(frame["numerator"].sum() / below)


def _history(id: str, store: Store, asked: Selection) -> tuple[float, ...]:
    """The ratio of each quarter (or year) of the three years up to the period's end; none where there is only one."""
    until = asked.period.until
    past = Period(until.replace(year=until.year - 2, month=1, day=1), until)
    frame = ask(store, id, asked.during(past).params)
    line = (frame["numerator"] / frame["denominator"]).tolist()
    return tuple(line) if len(line) > 1 else ()
