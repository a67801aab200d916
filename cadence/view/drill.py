"""From a mark to the activities behind it: a click opens the list, narrowed to the unit, kind and days of the mark.

Callbacks only note where to go; `frame.title` goes there at the start of the next run, so that coming back does not click again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from cadence.filters import Filters


def from_mark(key: str, chosen: Filters) -> Callable[[], None]:
    """What a click on a chart's mark does; the mark's `customdata` is [unit, type, start, until], empty where not applicable."""

    def picked() -> None:
        points = st.session_state[key].selection.points
        data = points[0].get("customdata") if points else None
        if data:
            go(chosen, *(str(value) for value in data[:4])) if isinstance(data, list) else go(chosen, str(data))

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


def go(chosen: Filters, unit: str = "", kind: str = "", start: str = "", until: str = "") -> None:
    """Note that the list of activities is wanted next; empty values keep what is chosen."""
    target = replace(chosen, unit=unit or chosen.unit, types=(kind,) if kind else chosen.types)
    days = {"days": [f"{start}..{until}"]} if start and until else {}
    st.session_state["_go"] = ("records", {**target.query(), **days})
