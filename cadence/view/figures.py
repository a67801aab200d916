"""Headline figures as small multiples: value, change against the same months of last year, the line behind it, coverage and n."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cadence import catalogue, filters
from cadence.answers import Answer, answer, ask
from cadence.catalogue import Entry
from cadence.charts import wording
from cadence.selection import Period, Selection
from cadence.store import Store
from cadence.view import house, states
from cadence.words import say

BESIDE = {"even": "均匀为 {value}", "chance": "随机约 {value}"}
"""Columns of a headline figure that say what to hold it against."""


def figures(*ids: str) -> None:
    """Small multiples in the order given; the style sheet sets how many stand in a row."""
    store = house.store()
    chosen = filters.read(store)
    with st.container(key="figures"):
        for id in ids:
            _figure(id, store, chosen)


def _figure(id: str, store: Store, chosen: filters.Filters) -> None:
    entry = catalogue.entry(id)
    asked = filters.chosen(store, chosen)
    found = answer(store, id, asked)
    with st.container(border=True, key=f"figure_{id}", height="stretch"), states.guarded(id):
        if found.withheld:
            st.metric(say(entry.title), "—", help=say(entry.question))
            st.caption(str(found.withheld))
            return
        value, before = _ratio(found.frame), _ratio(_before(store, id, asked, chosen))
        st.metric(
            say(entry.title),
            wording.share(value),
            None if before is None else _points(value - before),
            delta_color="off",
            delta_arrow="off",
            delta_description=None if before is None else say(filters.COMPARISONS[chosen.compare]),
            help=_told(entry, line := _history(id, store, asked)),
            chart_data=line,
        )
        lists = [filters.lists(option)[getattr(chosen, option)] for option in filters.OPTIONS if option in entry.options]
        st.caption(" · ".join([_beside(found), *lists]))


def _told(entry: Entry, line: list[float] | None) -> str:
    """The question, and the line in words: what is only drawn is not there for everybody."""
    if not line:
        return say(entry.question)
    shares = " → ".join(wording.share(value) for value in line)
    return f"{say(entry.question)}\n\n{say('近三年各期：{shares}', shares=shares)}"


def _before(store: Store, id: str, asked: Selection, chosen: filters.Filters) -> pd.DataFrame | None:
    """The same question of the period to compare with: of last year the same months, no more than have been handed in by now."""
    known = filters.offer(store).months["month"]
    if known.empty or asked.period.start > known.max().date():
        return None
    end = Period(asked.period.start, min(asked.period.until, (known.max() + pd.offsets.MonthEnd(0)).date()))
    before = (end if chosen.compare == "last_year" else asked.period).before(chosen.compare)
    return ask(store, id, asked.during(before).params) if before else None


def _points(change: float) -> str:
    """A change in percentage points with an arrow, which says the direction, not whether it is good; none is said in words."""
    points = round(100 * change)
    return say("{arrow} {n} 个百分点", arrow="↑" if points > 0 else "↓", n=abs(points)) if points else say("持平")


def _beside(found: Answer) -> str:
    """Numerator and denominator, the number of cases where it is another, the even share where there is one, and coverage."""
    row = found.frame[["numerator", "denominator"]].sum()
    parts = [f"{row['numerator']:,.0f} / {row['denominator']:,.0f}"]
    if found.n is not None and found.n != round(row["denominator"]):
        parts.append(f"n = {found.n:,}")
    for column, words in BESIDE.items():
        if column in found.frame:
            parts.append(say(words, value=f"{_weighted(found.frame, column):.0%}"))
    if found.reported == found.reported:
        parts.append(say("已报 {share}", share=f"{found.reported:.0%}"))
    return " · ".join(parts)


def _weighted(frame: pd.DataFrame, column: str) -> float:
    """The mean of a column over years, each with the weight of its denominator."""
    return float((frame[column] * frame["denominator"]).sum() / frame["denominator"].sum())


def _ratio(frame: pd.DataFrame | None) -> float | None:
    if frame is None or frame.empty or not (below := frame["denominator"].sum()):
        return None
    return float(frame["numerator"].sum() / below)


def _history(id: str, store: Store, asked: Selection) -> list[float] | None:
    """The ratio of each quarter (or year) of the three years up to the period's end."""
    until = asked.period.until
    past = Period(until.replace(year=until.year - 2, month=1, day=1), until)
    frame = ask(store, id, asked.during(past).params)
    line = (frame["numerator"] / frame["denominator"]).tolist()
    return line if len(line) > 1 else None
