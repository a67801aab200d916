"""Headline figures as small multiples: value, change against the same months of last year, the line behind it, coverage and n."""

from __future__ import annotations

import streamlit as st

from cadence import catalogue, filters
from cadence.charts import wording
from cadence.headlines import Headline, headline
from cadence.view import house, states
from cadence.words import say


def figures(*ids: str) -> None:
    """Small multiples in the order given; the style sheet sets how many stand in a row."""
    with st.container(key="figures"):
        for id in ids:
            with st.container(border=True, key=f"figure_{id}", height="stretch"), states.guarded(id):
                _figure(id)


def _figure(id: str) -> None:
    store, entry = house.store(), catalogue.entry(id)
    chosen = filters.read(store)
    found = headline(store, id, filters.chosen(store, chosen), chosen.compare)
    if found.withheld:
        st.metric(say(entry.title), "—", help=say(entry.question))
        st.caption(str(found.withheld))
        return
    st.metric(
        say(entry.title),
        found.value,
        found.change or None,
        delta_color="off",
        delta_arrow="off",
        delta_description=say(filters.COMPARISONS[chosen.compare]) if found.change else None,
        help=_told(found),
        chart_data=list(found.line) or None,
    )
    st.caption(found.beside)


def _told(found: Headline) -> str:
    """The question, and the line in words: what is only drawn is not there for everybody."""
    question = say(found.entry.question)
    if not found.line:
        return question
    shares = " → ".join(wording.share(value) for value in found.line)
    return f"{question}\n\n{say('近三年各期：{shares}', shares=shares)}"
