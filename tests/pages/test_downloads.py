"""What is taken away from a card: files with the right characters, no live formulas, and the words that explain them."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

from cadence import catalogue, files, tables
from cadence.files import Sheet
from cadence.view import downloads

ROWS = pd.DataFrame(
    {
        "unit": ["甲支部", "=HYPERLINK(1)", "@乙"],
        "held": [12, 3, None],
        "share": [0.5, None, 1.0],
        "day": pd.to_datetime(["2024-03-05", None, "2024-12-31"]),
    }
)
TOLD = [("名称", "达标率"), ("算法", "=a÷b"), ("范围", "2024年 · 全部单位")]


@pytest.fixture
def book() -> openpyxl.Workbook:
    """The rows as a workbook, read again."""
    content = files.xlsx(Sheet("数据", ROWS, ["单位", "次数", "占比", "日期"], ["share"], TOLD), "说明")
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_workbook_holds_rows_and_words(book: openpyxl.Workbook):
    """Titles, numbers as numbers, dates as dates, missing as empty; the second sheet says what they are."""
    rows = list(book["数据"].iter_rows(values_only=True))
    assert rows[0] == ("单位", "次数", "占比", "日期")
    assert rows[1][:3] == ("甲支部", 12, 0.5) and str(rows[1][3])[:10] == "2024-03-05"
    assert rows[2][2:] == (None, None) and rows[3][1] is None
    assert book["数据"]["C2"].number_format == "0.0%" and book["数据"]["D2"].number_format == "yyyy-mm-dd"
    assert [row[0] for row in book["说明"].iter_rows(values_only=True)] == ["名称", "算法", "范围"]


def test_no_file_holds_a_formula(book: openpyxl.Workbook):
    """Text that a spreadsheet program would run is text in both, with the same apostrophe."""
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or str(cell.value or "").startswith(files.FORMULA) for cell in cells)
    assert book["数据"]["A3"].value == "'=HYPERLINK(1)"
    assert "\n'=HYPERLINK(1),3" in files.csv(ROWS).decode("utf-8-sig")


def test_the_csv_opens_with_the_right_characters():
    """A byte-order mark, then UTF-8."""
    assert files.csv(ROWS).startswith(b"\xef\xbb\xbf") and "甲支部" in files.csv(ROWS).decode("utf-8")


def test_a_file_is_named_by_what_it_holds():
    """Title, period, day; no sign that a file system minds."""
    name = files.name("数量/频次: 时长", "2024Q3", "xlsx")
    assert name.startswith("数量_频次_时长_2024Q3_2") and name.endswith(".xlsx")


@pytest.mark.parametrize("id", ["due_held", "onion"])
def test_the_words_are_those_of_the_catalogue(id: str):
    """Title, question and formula, each with its label."""
    entry = catalogue.entry(id)
    assert {entry.title, entry.question, entry.formula} <= {text for _, text in tables.meaning(entry)}
