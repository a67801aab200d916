"""Answers as tables, and the button that takes a table away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from cadence import files, queries, tables
from cadence.filters import Filters
from cadence.view.drill import from_row
from cadence.words import say


def table(shown: pd.DataFrame, id: str, rows: pd.DataFrame, chosen: Filters, titles: Mapping[str, str] | None = None) -> None:
    """A table whose rows lead to the portrait of their unit; `rows` holds the ids of what is shown, `titles` words of its own."""
    key = f"table_{id}_{hash(chosen)}"
    st.dataframe(
        shown,
        key=key,
        hide_index=True,
        column_config=columns(id) | dict(titles or {}),
        placeholder="—",
        on_select=from_row(key, chosen, rows),
        selection_mode="single-row",
    )


def columns(id: str) -> dict:
    """Column titles and number formats, from the catalogue and the query's header."""
    config = {}
    for column in queries.indicator(id).columns:
        label = tables.title(column.name)
        if tables.is_share(column):
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
        data=lambda: files.csv(rows),
        file_name=f"{id}_{dt.date.today():%Y%m%d}.csv",
        mime="text/csv",
        key=f"download_{id}",
        on_click="ignore",
        icon=":material/download:",
    )
