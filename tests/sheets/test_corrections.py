"""Cells corrected by hand."""

from __future__ import annotations

from datetime import date

import pytest

from cadence.sheets import Context, read_files
from cadence.sheets.cells import Sheet
from cadence.sheets.corrections import corrected
from tests.ledgers import IMPOSSIBLE, MARCH, ledger

TODAY = date(2026, 11, 23)
FILE = ledger(MARCH, IMPOSSIBLE)


def test_a_corrected_cell_makes_a_good_row():
    """The row comes in with the new value, and the reading says what stood there before."""
    context = Context(TODAY, corrections={("台账.xlsx", "台账", "C3"): "2024-02-29"})
    (sheet,) = read_files([FILE], context)[0].sheets
    assert sheet.rejected == [] and sheet.accepted == 2
    (note,) = sheet.corrected
    assert (note.row, note.column, note.severity) == (3, "C", "corrected")
    assert str(note.reason) == "原为“2024-02-31”，入库前改为“2024-02-29”"


def test_other_files_and_sheets_are_left_alone():
    """A correction belongs to one cell of one sheet of one file."""
    context = Context(TODAY, corrections={("别的.xlsx", "台账", "C3"): "2024-02-29", ("台账.xlsx", "别的", "C3"): "2024-02-29"})
    (sheet,) = read_files([FILE], context)[0].sheets
    assert sheet.accepted == 1 and sheet.corrected == []


def test_counts_from_where_the_sheet_begins():
    """Cells go by the spreadsheet's own letters and numbers; the sheet given is not changed."""
    sheet = Sheet("一", [["a", 1], ["b"]], row=4, column=2)
    found, notes = corrected(sheet, {"D6": "2", "C5": ""})
    assert found.rows == [[None, 1], ["b", "2"]] and sheet.rows == [["a", 1], ["b", None]]
    assert [(note.column, note.row) for note in notes] == [("C", 5), ("D", 6)]


@pytest.mark.parametrize("cell", ["A1", "Z99"])
def test_outside_the_sheet_nothing_happens(cell: str):
    """A cell that no row has is not made."""
    sheet = Sheet("一", [["a"]], row=4, column=2)
    assert corrected(sheet, {cell: "x"}) == (sheet, [])


def test_a_cell_that_is_none_is_an_error():
    """The message names what was given."""
    with pytest.raises(ValueError, match=r"'14B'.*expected a cell such as B14"):
        corrected(Sheet("一", [["a"]]), {"14B": "x"})


def test_an_id_number_is_not_shown():
    """Neither the old nor the new text of a cell is told where it is personal."""
    _, (note,) = corrected(Sheet("一", [["11010519491231002X"]]), {"A1": "x"})
    assert "11010519491231002X" not in str(note.reason) + note.value


def test_a_number_put_in_by_hand_is_blotted_out():
    """Cells are veiled when a file is opened; what is typed afterwards is veiled as well, and counted."""
    context = Context(TODAY, corrections={("台账.xlsx", "台账", "D2"): "请联系13812345678"})
    (sheet,) = read_files([FILE], context)[0].sheets
    assert sheet.tables[0].fields["topic"] == ["请联系‹手机号›"] and sheet.redacted == {"mobile": 1}
    assert "13812345678" not in str(sheet)
