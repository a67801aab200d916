"""Columns as arrays: nothing missing turns into something."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd

from cadence.charts import columns


def test_missing_numbers_stay_missing():
    """None, nan, NA and NaT of any kind of column are nan."""
    for column in (
        pd.Series([1, None]),
        pd.Series([1, pd.NA], dtype="Int64"),
        pd.Series([Decimal(1), None]),
        pd.Series([None, None]),
    ):
        assert np.isnan(columns.numbers(column)[-1])
    assert columns.numbers(pd.Series([Decimal("1.5"), None]))[0] == 1.5


def test_days_of_any_kind():
    """Dates, timestamps and text of ISO days are the same days."""
    for column in (pd.Series([date(2024, 3, 5), None]), pd.Series(pd.to_datetime(["2024-03-05", None]))):
        assert list(columns.iso(columns.days(column))) == ["2024-03-05", ""]


def test_missing_texts_are_empty():
    """Never the word “nan” or “None”."""
    assert list(columns.texts(pd.Series(["a", None, np.nan]))) == ["a", "", ""]


def test_a_month_ends_on_its_last_day():
    """Leap years included."""
    ends = columns.month_end(np.array(["2024-02-01", "2023-12-01"], dtype="datetime64[D]"))
    assert [str(day) for day in ends] == ["2024-02-29", "2023-12-31"]


def test_drill_has_four_columns():
    """Scalars are repeated, days written as ISO."""
    rows = columns.drill(2, unit=np.array(["a", "b"], dtype=object), start=np.array(["2024-01-01", "NaT"], dtype="datetime64[D]"))
    assert rows.tolist() == [["a", "", "2024-01-01", ""], ["b", "", "", ""]]
