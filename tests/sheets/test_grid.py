"""Columns of distinct cells: what is kept apart, what is one, and that looking only at doubtful rows misses none."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from cadence.sheets import distinct, open_files
from cadence.sheets.cells import Sheet, Workbook
from cadence.sheets.grid import Cells, Grid
from cadence.sheets.skips import SAMPLE_ROWS, doubtful, reason_to_skip
from cadence.sheets.tables import tables

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


def test_rows_come_back_as_they_were():
    """Cells of every type come back, blanks and infinities as None, short rows filled up, over several chunks."""
    rows = [["甲", 1.0, True, date(2024, 3, 5)], ["甲", True, 1.0], [], [" \u3000", float("nan"), "\ufeff", 0.0, False]]
    grid = Grid.of(rows * distinct.CHUNK)
    plain = [["甲", 1.0, True, date(2024, 3, 5), None], ["甲", True, 1.0, None, None], [None] * 5, [None, None, None, 0.0, False]]
    assert len(grid) == 4 * distinct.CHUNK and list(grid[-4:]) == plain and grid[:4] == plain and grid[3] == plain[3]
    assert [[type(cell) for cell in row] for row in grid[:2]] == [[type(cell) for cell in row] for row in plain[:2]]
    assert [len(column.distinct) for column in grid.columns] == [2, 3, 3, 3, 2]


def test_a_column_that_begins_late():
    """A column that only later rows have is empty before."""
    rows = [["甲"]] * (distinct.CHUNK + 1) + [["甲", "乙"]]
    column = Grid.of(rows).columns[1]
    assert len(column) == len(rows) and column[-1] == "乙" and not any(column.codes[:-1])


def test_taking_mapping_and_joining():
    """Taking keeps only what occurs, equal results become one, columns join one below the other."""
    cells = Cells.of(["a", "b", None, "A", "c"])
    assert cells.take(np.array([0, 2, 3])) == ["a", None, "A"] and cells.take(np.array([0, 2, 3])).distinct == [None, "a", "A"]
    upper = cells.map(lambda cell: cell and cell.upper())
    assert upper == ["A", "B", None, "A", "C"] and upper.codes[0] == upper.codes[3]
    assert upper.counts() == {"A": 2, "B": 1, "C": 1} and list(upper.take(slice(1, None)).counts()) == ["B", "A", "C"]
    assert cells.where(lambda cell: cell in ("a", None)).tolist() == [True, False, True, False, False]
    assert Cells.joined([cells, upper]) == [*cells, *upper]


@pytest.mark.parametrize("folder", sorted(path.name for path in SAMPLE.iterdir() if path.is_dir())[:2])
def test_every_row_with_a_reason_to_be_skipped_is_doubtful(folder):
    """Of all rows of the sample, none that has a reason is left out of those that are looked at."""
    seen = 0
    for book in open_files([(path.name, path.read_bytes()) for path in sorted((SAMPLE / folder).iterdir())]):
        for sheet in book.sheets if isinstance(book, Workbook) else ():
            for table in tables(sheet):
                below = Grid([column.take(slice(max(table.header_rows) - sheet.row, None)) for column in sheet.rows.columns], 0)
                below.height = len(below.columns[0])
                reason = reason_to_skip(table.headers)
                with_reason = {place for place in range(len(below)) if reason(below[place], place + SAMPLE_ROWS)}
                seen += len(with_reason)
                assert with_reason <= set(doubtful(table.headers, below.columns)), sheet.name
    assert seen > 5


@pytest.mark.parametrize(
    "row",
    [
        ["合计", "党课", "a", "b"],
        ["甲", "小计：", "a", "b"],
        ["注：按季报送", None, None, None],
        ["单位负责人：", "填表人：", None, None],
        ["单位", "类型", "日期", "人数"],
        [None, None, None, None],
        ["甲", None, None, None],
        [None, None, "甲", None],
    ],
)
def test_doubtful_rows(row):
    """Each sort of row that is no record is looked at among fifty that are; planted in the middle."""
    plain = [["甲", "党课", "三月", "五人"]] * 25
    sheet = Sheet("一", [["单位", "类型", "日期", "人数"], *plain, row, *plain])
    (table,) = tables(sheet)
    rows = Grid.of([*plain, row, *plain])
    assert doubtful(table.headers, rows.columns) == [0, 1, 2, 25]


def test_cells_of_another_column_where_a_mask_is_true():
    """What both columns say stays one distinct cell; nothing masked gives the column itself."""
    column, other = Cells.of(["a", None, "b", None]), Cells.of(["b", "a", "a", None])
    filled_up = column.instead(~column.filled, other)
    assert filled_up == ["a", "a", "b", None] and filled_up.distinct == [None, "a", "b"]
    assert column.instead(np.zeros(4, bool), other) is column


def test_a_few_cells_of_many_keep_only_their_own():
    """Taking fewer cells than there are distinct ones keeps order and the empty cell."""
    column = Cells.of(range(100))
    few = column.take(slice(40, 43))
    assert few == [40, 41, 42] and few.distinct == [None, 40, 41, 42]


def test_rows_by_their_first_filled_cell():
    """Each row is told by the first cell that it has."""
    grid = Grid.of([["x", "y"], [None, "x"], ["y", "x"], [None, None]])
    assert grid.begun(lambda cell: cell == "x").tolist() == [True, True, False, False]
