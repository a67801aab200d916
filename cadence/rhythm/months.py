"""Days or years in, months and the days they begin on out; days and months are counted from 1970-01-01."""

from __future__ import annotations

import numpy as np


def month(day: np.ndarray) -> np.ndarray:
    """The month a day lies in; any shape, int64."""
    return np.asarray(day, dtype=np.int64).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def begins(month: np.ndarray) -> np.ndarray:
    """The first day of a month; any shape, int64."""
    return np.asarray(month, dtype=np.int64).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def january(year: np.ndarray) -> np.ndarray:
    """The first month of a year; any shape, int64."""
    return (np.asarray(year, dtype=np.int64) - 1970) * 12


def first(year: np.ndarray) -> np.ndarray:
    """1 January; any shape, int64."""
    return begins(january(year))


def last(year: np.ndarray) -> np.ndarray:
    """31 December; any shape, int64."""
    return begins(january(year) + 12) - 1


def year(day: np.ndarray) -> np.ndarray:
    """The year a day lies in; any shape, int64."""
    return month(day) // 12 + 1970
