"""An answer in; a table as it is read out: titles of the columns, rounded values, texts of the cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from cadence import catalogue, queries
from cadence.catalogue import Entry
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
    """Every cell as it is read: 86%, 1,032, 12.5, 2024年3月, 是; what is missing as a dash."""
    shown = rounded(rows, id)
    declared = {column.name: column for column in queries.indicator(id).columns}
    return pd.DataFrame({name: [*map(_writer(declared[name], shown[name]), shown[name])] for name in shown}, dtype=object)


def _writer(column: queries.Declared, values: pd.Series) -> Callable[[Any], str]:
    """How the values of a column are written; numbers of one column with as many decimals as each other."""
    if is_share(column):
        written = wording.share
    elif column.type == "boolean":
        written = lambda is_so: say("是") if is_so else say("否")  # noqa: E731
    elif column.type == "date":
        known = {"month": wording.month, "quarter": wording.quarter}
        written = lambda day: known[column.name](np.datetime64(day)) if column.name in known else f"{day:%Y-%m-%d}"  # noqa: E731
    elif values.dtype.kind in "if":
        written = wording.exact if (values.dropna() % 1 == 0).all() else wording.decimal
    else:
        written = str
    return lambda value: NOTHING if value is None or pd.isna(value) else written(value)


def meaning(entry: Entry) -> list[tuple[str, str]]:
    """What a reader of a table has to know, each with its label: title, question, formula, limits, what it rests on."""
    lines = [
        (say("名称"), say(entry.title)),
        (say("问题"), say(entry.question)),
        (say("算法"), say(entry.formula)),
        (say("局限"), say(entry.limits)),
        (say("依据"), say("；").join([*entry.source, *entry.clause])),
    ]
    return [(label, text) for label, text in lines if text]
