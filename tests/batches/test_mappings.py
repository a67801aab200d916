"""The memory of layouts: a mapping corrected once holds for later files with the same headers, until it is forgotten."""

from __future__ import annotations

import datetime as dt

import pytest

from cadence import batches
from cadence.batches import mappings
from cadence.sheets import IGNORE, Layout, SheetReading, read_files
from cadence.store import Store
from tests.sheets.books import xlsx

HEADER = ["党支部", "活动类型", "活动日期", "主题", "甲数", "乙数"]
ROW = ["第一党支部", "主题党日", dt.date(2024, 3, 5), "春训", 10, 9]


def book(*rows: list, name: str = "一.xlsx") -> tuple[str, bytes]:
    """A ledger with two columns that nobody can know."""
    return name, xlsx({"台账": ([HEADER, *rows], ())})


def read(store: Store, file: tuple[str, bytes], **told: Layout) -> SheetReading:
    """The only sheet of a file, with what the store remembers and what is told now."""
    return read_files([file], batches.context(store, layouts=told))[0].sheets[0]


def remembered(store: Store, columns: dict[str, str], kind: str | None = None) -> str:
    """Commit a file whose mapping was corrected; returns the layout's signature."""
    (signature,) = read(store, book(ROW)).layouts
    layout = Layout(kind, columns, "一.xlsx")
    readings = read_files([book(ROW)], batches.context(store, layouts={signature: layout}))
    batches.commit(store, readings, by="甲", remember={signature: layout})
    return signature


def test_holds_for_the_next_file_of_the_layout(empty_store: Store):
    """The columns are read as was said, and the reading says that it remembered."""
    signature = remembered(empty_store, {"甲数": "expected", "乙数": "attended"})
    found = read(empty_store, book([*ROW[:2], dt.date(2024, 4, 2), *ROW[3:]], name="二.xlsx"))
    assert found.columns["expected"] == "甲数" and found.columns["attended"] == "乙数"
    assert found.remembered == [signature] and found.unmapped == []


def test_does_not_touch_other_layouts(empty_store: Store):
    """Another header row is another layout."""
    remembered(empty_store, {"甲数": "expected"})
    other = ("三.xlsx", xlsx({"台账": ([[*HEADER, "备注"], [*ROW, None]], ())}))
    found = read(empty_store, other)
    assert found.remembered == [] and "甲数" in found.unmapped


def test_an_ignored_column_is_not_read(empty_store: Store):
    """Saying that a column is not what it seems to be holds too."""
    remembered(empty_store, {"主题": IGNORE})
    assert "topic" not in read(empty_store, book(ROW)).columns


def test_the_kind_is_remembered(empty_store: Store):
    """A table taken for another kind is taken for the one that was said."""
    remembered(empty_store, {"活动日期": "planned_on", "主题": "item"}, kind="plans")
    assert read(empty_store, book(ROW)).kind == "plans"


def test_is_listed_edited_and_forgotten(empty_store: Store):
    """One line per column with who said it; said anew it is replaced; forgotten it is gone."""
    signature = remembered(empty_store, {"甲数": "expected", "乙数": "attended"})
    lines = mappings.listed(empty_store)
    assert lines[["header", "field", "remembered_by"]].values.tolist() == [["乙数", "attended", "甲"], ["甲数", "expected", "甲"]]
    with empty_store.writing() as cursor:
        mappings.remember(cursor, {signature: Layout(None, {"甲数": "leave"})}, "乙")
    assert mappings.known(empty_store)[signature].columns == {"甲数": "leave"}
    mappings.forget(empty_store, signature)
    assert mappings.known(empty_store) == {}


@pytest.mark.parametrize("columns", [{}, {"甲数": "expected"}])
def test_what_is_told_now_comes_before_what_is_remembered(empty_store: Store, columns: dict[str, str]):
    """A correction on the page replaces the whole of the remembered mapping."""
    signature = remembered(empty_store, {"甲数": "leave"})
    found = read(empty_store, book(ROW), **{signature: Layout(None, columns)})
    assert {"expected", "leave"} & found.columns.keys() == set(columns.values())
