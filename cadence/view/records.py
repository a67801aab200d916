"""The list of activities behind a figure, and the spreadsheet row behind an activity."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from cadence import catalogue, filters, queries, tables
from cadence.filters import Filters
from cadence.selection import Period, SelectionError, period
from cadence.view import house
from cadence.view.drill import way_back
from cadence.view.portrait import link
from cadence.view.tables import columns, download
from cadence.words import plain, say

SHOWN = ["held_on", "unit", "type", "topic", "expected", "attended", "recorded_on", "task"]
WIDTHS = {
    "held_on": 86,
    "unit": 128,
    "type": 122,
    "topic": 146,
    "expected": 64,
    "attended": 66,
    "recorded_on": 88,
    "task": 96,
}
"""Width of the columns on a laptop, px; a wider screen shares out what is left."""


def records() -> None:
    """Activities of the selection, newest first; a row opens its source."""
    store = house.store()
    chosen = filters.read(store)
    asked = filters.chosen(store, chosen)
    way_back(chosen)
    if days := _days():
        asked = asked.during(days)
        st.caption(say("只看 {start} 至 {until}", start=days.start, until=days.until))
        if st.button(say("看整个时间段"), type="tertiary", icon=":material/close:"):
            del st.query_params["days"]
            st.rerun()
    frame = queries.ask(store, "activity_list", asked.params)
    st.markdown(say("共 {n} 次活动。点一行，看它在表格中的原样。", n=f"{len(frame):,}"))
    if frame.empty:
        return
    picked = st.dataframe(
        catalogue.translated(frame)[SHOWN],
        key=f"records_{hash(chosen)}",
        hide_index=True,
        column_config=columns("activity_list") | _widths(),
        placeholder="—",
        on_select="rerun",
        selection_mode="single-row",
        height=460,
    )
    download(catalogue.translated(frame), "activity_list")
    activity = frame["activity"].iloc[picked.selection.rows[0]] if picked.selection.rows else st.query_params.get("activity", "")
    if activity:
        st.query_params["activity"] = activity
        unit = frame.loc[frame["activity"] == activity, "unit"]
        _source(activity, asked.params["units"], unit.iloc[0] if len(unit) else "", chosen)


def _widths() -> dict:
    """Every column within a laptop's width; a longer text shows in full where it is clicked."""
    made = {"held_on": st.column_config.DateColumn, "recorded_on": st.column_config.DateColumn}
    return {
        name: made[name](tables.title(name), format="YYYY-MM-DD", width=width)
        if name in made
        else st.column_config.Column(tables.title(name), width=width)
        for name, width in WIDTHS.items()
    }


def _source(activity: str, units: list[str], unit: str, chosen: Filters) -> None:
    """File, sheet and row of an activity, the row as it was found, and the way to its unit's portrait."""
    found = queries.ask(house.store(), "activity_source", {"activity": activity, "units": units})
    with st.container(border=True, key="source"):
        st.subheader(say("来源"), anchor=False)
        if found.empty:
            st.caption(say("这条活动已不在所选范围内，或所在批次已撤销。"))
            return
        row = found.iloc[0]
        st.markdown(
            say(
                "**{file}** · 工作表「{sheet}」· 第 {row} 行 · 第 {batch} 批（{when}）",
                file=plain(row["file"]),
                sheet=plain(row["sheet"]),
                row=row["sheet_row"],
                batch=row["batch"],
                when=f"{row['imported_at']:%Y-%m-%d %H:%M}",
            )
        )
        if unit:
            link(chosen, unit)
        cells = json.loads(row["source"] or "{}")
        st.dataframe(pd.DataFrame({say("列"): list(cells), say("原样"): [str(value) for value in cells.values()]}), hide_index=True)


def _days() -> Period | None:
    """The days a mark stood for, where the reader came from one; exact days, not whole months."""
    start, _, until = st.query_params.get("days", "").partition("..")
    try:
        days = Period(*(pd.Timestamp(text).date() for text in (start, until)))
        _ = period(f"{days.start:%Y-%m}..{days.until:%Y-%m}")
        return days
    except (ValueError, TypeError, AttributeError, SelectionError):
        return None
