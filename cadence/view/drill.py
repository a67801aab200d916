"""From a mark to the activities behind it, and from there back to the page with only the mark's unit on it.

A click means one thing everywhere: it opens the list, narrowed to the unit, kind, days and word of the mark. The list says where
the reader came from (`via` in the URL: the page, and the kinds chosen on it) and offers that page narrowed to the unit.
Callbacks only note where to go; `frame.title` goes there at the start of the next run, so that coming back does not click again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from cadence import rules
from cadence.filters import Filters
from cadence.view import frame
from cadence.words import plain, say

VIA, WORD = "via", "word"
"""Names in the address of the list: where the reader came from, and what its topics or forms have to contain."""


def from_mark(key: str, chosen: Filters) -> Callable[[], None]:
    """What a click on a chart's mark does; its `customdata` is [unit, type, start, until, word], empty where not applicable."""

    def picked() -> None:
        points = st.session_state[key].selection.points
        data = points[0].get("customdata") if points else None
        if data:
            go(chosen, *(str(value) for value in data[:5])) if isinstance(data, list) else go(chosen, str(data))

    return picked


def from_row(key: str, chosen: Filters, rows: pd.DataFrame) -> Callable[[], None]:
    """What a click on a table's row does: the portrait of the row's unit; from there one gets to its activities."""

    def picked() -> None:
        numbers = st.session_state[key].selection.rows
        if numbers and "unit" in rows:
            portrait(chosen, rows["unit"].iloc[numbers[0]])

    return picked


def portrait(chosen: Filters, unit: str) -> None:
    """Note that the portrait of a unit is wanted next."""
    st.session_state["_go"] = ("unit", replace(chosen, unit=unit).query())


def go(chosen: Filters, unit: str = "", kind: str = "", start: str = "", until: str = "", word: str = "") -> None:
    """Note that the list of activities is wanted next; empty values keep what is chosen."""
    target = replace(chosen, unit=unit or chosen.unit, types=(kind,) if kind else chosen.types)
    days = {"days": [f"{start}..{until}"]} if start and until else {}
    words = {WORD: [word]} if word else {}
    via = {VIA: [":".join(filter(None, (st.session_state.get("_page", ""), ",".join(chosen.types))))]}
    st.session_state["_go"] = ("records", {**target.query(), **days, **words, **via})


def way_back(chosen: Filters) -> None:
    """On the list: the page that the reader came from, with all its cards narrowed to the unit of the mark."""
    page, _, kinds = st.query_params.get(VIA, "").partition(":")
    titles = {stem: title for group in frame.PAGES.values() for stem, title in group.items()}
    if not chosen.unit or page not in titles or page in (frame.UNFILTERED | {"records"}):
        return
    target = replace(chosen, types=tuple(kind for kind in kinds.split(",") if kind in rules.types()))
    label = say("在“{page}”页只看{unit}", page=say(titles[page]), unit=plain(chosen.unit))
    st.page_link(frame.pages()[page], label=label, icon=":material/filter_alt:", query_params=target.query())
