"""Answers as tables and files."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from cadence import catalogue, queries
from cadence.filters import Filters
from cadence.view.drill import go
from cadence.words import say

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(shown: pd.DataFrame, id: str, frame: pd.DataFrame, chosen: Filters) -> None:
    """A table whose rows lead to the activities behind them; `frame` holds the ids of what is shown."""
    picked = st.dataframe(
        shown,
        key=f"table_{id}_{hash(chosen)}",
        hide_index=True,
        column_config=columns(id),
        on_select="rerun",
        selection_mode="single-row",
    )
    if picked.selection.rows and "unit" in frame:
        go(chosen, unit=frame["unit"].iloc[picked.selection.rows[0]])


def columns(id: str) -> dict:
    """Column titles and number formats, from the catalogue and the query's header."""
    titles = catalogue.vocabulary().get("column", {})
    config = {}
    for column in queries.indicator(id).columns:
        label = say(titles.get(column.name, column.name))
        if column.type == "double" and "0 to 1" in column.text:
            config[column.name] = st.column_config.NumberColumn(label, format="percent")
        elif column.type == "date":
            config[column.name] = st.column_config.DateColumn(label, format="YYYY-MM-DD")
        else:
            config[column.name] = st.column_config.Column(label)
    return config


def download(rows: pd.DataFrame, id: str) -> None:
    """The rows as csv that spreadsheet programs open with the right characters and no live formulas."""
    st.download_button(
        say("下载 CSV"),
        data=lambda: csv(rows),
        file_name=f"{id}_{dt.date.today():%Y%m%d}.csv",
        mime="text/csv",
        key=f"download_{id}",
        on_click="ignore",
        icon=":material/download:",
    )


def csv(rows: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark; text that a spreadsheet would take for a formula gets a leading apostrophe."""
    safe = rows.apply(lambda column: column.map(_harmless) if column.dtype.kind not in "ifbM" else column)
    return safe.to_csv(index=False).encode("utf-8-sig")


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
