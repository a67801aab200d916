"""Columns of a result as numpy arrays: numbers with nan, days, texts, and the four values that let a click drill down."""

from __future__ import annotations

import numpy as np
import pandas as pd


def numbers(column: pd.Series) -> np.ndarray:
    """Floats; anything empty becomes nan, so that missing never turns into zero."""
    return pd.to_numeric(column, errors="coerce").to_numpy(dtype=float, na_value=np.nan)


def days(column: pd.Series) -> np.ndarray:
    """Days as datetime64[D]; NaT where empty."""
    return pd.to_datetime(column, errors="coerce").to_numpy(dtype="datetime64[D]")


def texts(column: pd.Series) -> np.ndarray:
    """Strings; "" where empty."""
    return column.astype(object).where(column.notna(), "").astype(str).to_numpy(dtype=object)


def flags(column: pd.Series) -> np.ndarray:
    """Booleans; False where empty."""
    return column.astype(object).where(column.notna(), False).astype(bool).to_numpy(dtype=bool)


def iso(days: np.ndarray) -> np.ndarray:
    """Days as 2024-03-05; "" where empty."""
    numbers, places = np.unique(days.view(np.int64), return_inverse=True)
    days = numbers.view(days.dtype)
    return np.where(np.isnat(days), "", np.datetime_as_string(days, unit="D")).astype(object)[places]


def month_end(months: np.ndarray) -> np.ndarray:
    """Last day of the month of each day."""
    return (months.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1


def quarter_end(quarters: np.ndarray) -> np.ndarray:
    """Last day of the quarter that begins with each day."""
    return (quarters.astype("datetime64[M]") + 3).astype("datetime64[D]") - 1


def drill(size: int, unit: object = "", type: object = "", start: object = "", until: object = "") -> np.ndarray:
    """size × 4 array [unit, type, start ISO, until ISO] for customdata; "" where the picture does not narrow it down."""
    rows = np.empty((size, 4), dtype=object)
    for position, value in enumerate((unit, type, start, until)):
        dated = isinstance(value, np.ndarray) and value.dtype.kind == "M"
        rows[:, position] = iso(value) if dated else value
    return rows


def row_numbers(names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Per value the number of its row, and the names of the rows, in order of first appearance."""
    codes, rows = pd.factorize(names)
    return codes, np.asarray(rows, dtype=object)
