"""Rows and the words around them in, files out: csv and xlsx that open in any spreadsheet program, with no live formulas."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence

import pandas as pd
import xlsxwriter

from cadence.charts.wording import width

FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDEST = 44
"""Width of a column in half-width characters, at most."""


def name(title: str, period: str, ending: str) -> str:
    """A file's name: title, period, today; nothing in it that a file system minds."""
    plain = re.sub(r"[^\w—-]+", "_", title).strip("_")
    return f"{plain}_{period}_{dt.date.today():%Y%m%d}.{ending}"


def csv(rows: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark; text that a spreadsheet would take for a formula gets a leading apostrophe."""
    safe = rows.apply(lambda column: column.map(_harmless) if column.dtype.kind not in "ifbM" else column)
    return safe.to_csv(index=False).encode("utf-8-sig")


def xlsx(
    rows: pd.DataFrame, titles: Sequence[str], shares: Sequence[str], told: Sequence[tuple[str, str]], sheets: tuple[str, str]
) -> bytes:
    """A workbook: the rows, as in the csv but with titles, dates and per cent; and on a second sheet what they mean.

    `titles` name the columns, `shares` are the columns of 0 to 1, `told` are (label, text) of the second sheet, `sheets`
    the names of both. Says nothing itself: it is called when the reader's language is no longer known.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "nan_inf_to_errors": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        formats = {"M": book.add_format({"num_format": "yyyy-mm-dd"}), "share": book.add_format({"num_format": "0.0%"})}
        sheet = book.add_worksheet(sheets[0])
        sheet.freeze_panes(1, 0)
        for place, (column, title) in enumerate(zip(rows.columns, titles, strict=True)):
            sheet.write_string(0, place, title, head)
            look = formats.get("share" if column in shares else rows[column].dtype.kind)
            texts = [_put(sheet, line, place, value, look) for line, value in enumerate(rows[column], start=1)]
            sheet.set_column(place, place, min(WIDEST, 2 + max(width(text) for text in [title, *texts])))
        notes = book.add_worksheet(sheets[1])
        notes.set_column(0, 0, 12)
        notes.set_column(1, 1, 90)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for line, (label, text) in enumerate(told):
            notes.write_string(line, 0, label, head)
            notes.write_string(line, 1, str(_harmless(text)), wrapped)
    return stream.getvalue()


def _put(sheet: xlsxwriter.worksheet.Worksheet, line: int, place: int, value: object, look: object) -> str:
    """Write one cell; what is missing stays empty. The text that decides the column's width comes back."""
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        sheet.write_datetime(line, place, value.to_pydatetime(), look)
        return "2024-01-01"
    if isinstance(value, bool) or not hasattr(value, "__float__"):
        sheet.write_string(line, place, str(_harmless(value)))
        return str(value)
    sheet.write_number(line, place, float(value), look)
    return "000.0%"


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
