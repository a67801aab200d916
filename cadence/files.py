"""Rows and the words around them in, files out: csv and xlsx that open in any spreadsheet program, with no live formulas."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cadence.charts.wording import width

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""What a browser calls these files."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
OPTIONS = {"in_memory": True, "nan_inf_to_errors": False}
WIDEST, WIDE = 44, 100
"""Width of a column, and of the words above a table, in half-width characters, at most."""
LINE = 13
"""Height of a line of these words, points."""


def name(title: str, period: str, ending: str) -> str:
    """A file's name: title, period, today; nothing in it that a file system minds."""
    plain = re.sub(r"[^\w—-]+", "_", title).strip("_")
    return f"{plain}_{period}_{dt.date.today():%Y%m%d}.{ending}"


def csv(rows: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark; text that a spreadsheet would take for a formula gets a leading apostrophe."""
    safe = rows.apply(lambda column: column.map(_harmless) if column.dtype.kind not in "ifbM" else column)
    return safe.to_csv(index=False).encode("utf-8-sig")


@dataclass(frozen=True)
class Sheet:
    """A table for a workbook: its name, its rows, the titles of its columns, those that are shares of 0 to 1, and what it means.

    `told` are (label, text). Says nothing itself: it is written when the reader's language is no longer known.
    """

    name: str
    rows: pd.DataFrame
    titles: Sequence[str]
    shares: Sequence[str]
    told: Sequence[tuple[str, str]]


def xlsx(sheet: Sheet, notes: str) -> bytes:
    """A workbook: the rows, as in the csv but with titles, dates and per cent; and on a second sheet, named so, what they mean."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        looks = _looks(book)
        _table(book.add_worksheet(sheet.name), sheet, 0, looks)
        _told(book.add_worksheet(notes), sheet.told, looks)
    return stream.getvalue()


def workbook(contents: str, told: Sequence[tuple[str, str]], sheets: Sequence[Sheet]) -> bytes:
    """A workbook of many tables: first, on a sheet named so, what it is and a link to each; then these, meaning above rows."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        looks = _looks(book)
        first = book.add_worksheet(contents)
        _told(first, told, looks)
        for number, sheet in enumerate(sheets, start=1):
            tab, line = _tab(f"{number} {sheet.name}"), len(told) + number
            first.write_url(line, 0, f"internal:'{tab}'!A1", looks["link"], f"{number}")
            first.write_string(line, 1, str(_harmless(sheet.name)))
            made = book.add_worksheet(tab)
            made.write_url(0, 0, f"internal:'{contents}'!A1", looks["title"], sheet.name)
            widths = _table(made, sheet, len(sheet.told) + 2, looks)
            last = next((place for place, until in enumerate(accumulate(widths)) if until >= WIDE), len(widths))
            for at, (label, text) in enumerate(sheet.told, start=1):
                made.set_row(at, LINE * math.ceil(width(label + text) / (WIDE - 6)))
                made.merge_range(at, 0, at, max(1, last), str(_harmless(f"{label}　{text}")), looks["small"])
    return stream.getvalue()


def _looks(book: xlsxwriter.Workbook) -> dict[str, Format]:
    """How cells look, by what is in them; M, i and f are NumPy's kinds of column."""
    made = {
        "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#F2F2F2"},
        "title": {"bold": True, "font_size": 14, "font_color": "#000000", "underline": 0},
        "small": {"font_color": "#595959", "font_size": 9, "text_wrap": True, "valign": "top"},
        "label": {"bold": True, "valign": "top"},
        "wrapped": {"text_wrap": True, "valign": "top"},
        "link": {"font_color": "#2F5D8A", "underline": 1, "align": "left"},
        "M": {"num_format": "yyyy-mm-dd", "align": "left"},
        "share": {"num_format": "0.0%"},
        "i": {"num_format": "#,##0"},
        "f": {"num_format": "#,##0.0##"},
        "whole": {"num_format": "#,##0"},
    }
    return {name: book.add_format(look) for name, look in made.items()}


def _tab(name: str) -> str:
    """A name that Excel takes for a sheet: at most 31 characters, none of []:*?/\\'."""
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31]


def _told(sheet: Worksheet, told: Sequence[tuple[str, str]], looks: Mapping[str, Format]) -> None:
    """What the numbers mean, a label and a text on each line."""
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 90)
    for line, (label, text) in enumerate(told):
        sheet.write_string(line, 0, label, looks["label"])
        sheet.write_string(line, 1, str(_harmless(text)), looks["wrapped"])


def _table(sheet: Worksheet, table: Sheet, top: int, looks: Mapping[str, Format]) -> list[int]:
    """The rows below their titles, which stay in view, on paper too; the columns as wide as what is in them. Their widths."""
    widths = []
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for place, (column, title) in enumerate(zip(table.rows.columns, table.titles, strict=True)):
        values = table.rows[column]
        kind = values.dtype.kind
        whole = kind == "f" and (values.dropna() % 1 == 0).all()
        look = looks.get("share" if column in table.shares else "whole" if whole else kind)
        sheet.write_string(top, place, title, looks["head"])
        texts = [_put(sheet, line, place, value, look) for line, value in enumerate(values, start=top + 1)]
        widths.append(min(WIDEST, 2 + max(width(text) for text in [title, *texts])))
        sheet.set_column(place, place, widths[-1])
    return widths


def _put(sheet: Worksheet, line: int, place: int, value: object, look: Format | None) -> str:
    """Write one cell; what is missing stays empty. The text that decides the column's width comes back."""
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        sheet.write_datetime(line, place, value.to_pydatetime(), look)
        return "2024-01-01"
    if isinstance(value, bool | np.bool_) or not hasattr(value, "__float__"):
        sheet.write_string(line, place, str(_harmless(value)))
        return str(value)
    sheet.write_number(line, place, float(value), look)
    return "000.0%"


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
