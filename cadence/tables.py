"""An answer in; a table as it is read out: titles of the columns, rounded values, texts of the cells."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence import catalogue, queries
from cadence.charts import wording
from cadence.words import say

NOTHING = "—"
"""Stands where a value is missing."""


def title(name: str) -> str:
    """A column as a reader calls it."""
    return say(catalogue.vocabulary().get("column", {}).get(name, name))


def shares(id: str) -> list[str]:
    """The columns of an indicator that are shares of 0 to 1."""
    return [column.name for column in queries.indicator(id).columns if is_share(column)]


def is_share(column: queries.Declared) -> bool:
    """Whether a column holds shares of 0 to 1."""
    return column.type == "double" and "0 to 1" in column.text


def rounded(rows: pd.DataFrame, id: str) -> pd.DataFrame:
    """Shares to whole per cent, other measures to one decimal: what a reader compares; files keep every digit."""
    parts = shares(id)
    others = [column.name for column in queries.indicator(id).columns if column.type == "double" and column.name not in parts]
    return rows.round({name: 2 for name in parts if name in rows} | {name: 1 for name in others if name in rows})


def texts(rows: pd.DataFrame, id: str) -> pd.DataFrame:
    """Every cell as it is written on the screen: 86%, 12.5, 1,032, 2024-03-05, 是; what is missing as a dash."""
    declared = {column.name: column for column in queries.indicator(id).columns}
    shown = rounded(rows, id)
    return pd.DataFrame({name: [_text(value, declared[name]) for value in shown[name]] for name in shown}, dtype=object)


def _text(value: object, column: queries.Declared) -> str:
    if value is None or pd.isna(value):
        return NOTHING
    if column.type == "boolean":
        return say("是") if value else say("否")
    if is_share(column):
        return wording.share(float(value))
    if column.type == "date":
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int | float | np.number):
        return f"{float(value):,.1f}".removesuffix(".0")
    return str(value)
