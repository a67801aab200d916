"""Answers as tables, and the button that takes a table away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from cadence import catalogue, queries
from cadence.filters import Filters
from cadence.view import files
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
        label = column_title(column.name)
        if _is_share(column):
            config[column.name] = st.column_config.NumberColumn(label, format="percent")
        elif column.type == "date":
            config[column.name] = st.column_config.DateColumn(label, format="YYYY-MM-DD")
        else:
            config[column.name] = st.column_config.Column(label)
    return config


def column_title(name: str) -> str:
    """A column as a reader calls it."""
    return say(catalogue.vocabulary().get("column", {}).get(name, name))


def shares(id: str) -> list[str]:
    """The columns of an indicator that are shares of 0 to 1."""
    return [column.name for column in queries.indicator(id).columns if _is_share(column)]


def rounded(rows: pd.DataFrame, id: str) -> pd.DataFrame:
    """Shares to whole per cent, other measures to one decimal: what a reader compares; files keep every digit."""
    parts = shares(id)
    others = [column.name for column in queries.indicator(id).columns if column.type == "double" and column.name not in parts]
    return rows.round({name: 2 for name in parts if name in rows} | {name: 1 for name in others if name in rows})


def _is_share(column: queries.Declared) -> bool:
    return column.type == "double" and "0 to 1" in column.text


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
