"""What a sheet shows only in its XML: rows hidden by a filter, cells that hold an error."""

import io
import zipfile

import pytest
import xlsxwriter

from cadence.sheets import marks, read_files
from tests.sheets.books import context, fields, xlsx

HEAD = ["党支部", "活动类型", "活动日期", "实到人数", "别的"]
ROWS = [["甲支部", "党课", "2024-03-05", 5, 1], ["乙支部", "党课", "2024-03-06", 6, 1], ["丙支部", "党课", "2024-03-07", 7, 1]]


def filtered(hidden=(), errors=(), first_row=0):
    """A ledger with hidden rows and error cells, as (row, column) of the table below the header, 0-based."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet("台账")
    for row, cells in enumerate([HEAD, *ROWS]):
        sheet.write_row(first_row + row, 0, cells)
    for row in hidden:
        sheet.set_row(first_row + 1 + row, None, None, {"hidden": True})
    for row, column in errors:
        sheet.write_formula(first_row + 1 + row, column, "=NA()", None, "#N/A")
    book.close()
    return target.getvalue()


def read(data):
    """The reading of the only sheet."""
    (reading,) = read_files([("a.xlsx", data)], context())
    return reading.sheets[0]


def test_hidden_rows_are_imported_and_named_once():
    """Rows that a filter hides are imported like the others; one notice names their row numbers and holds nothing back."""
    sheet = read(filtered(hidden=(0, 2), first_row=2))
    (notice,) = [question for question in sheet.questions if question.id.startswith("hidden:")]
    assert (sheet.verdict, sheet.accepted, notice.severity, notice.rows) == ("import", 3, "notice", 2)
    assert "2 行" in str(notice.text) and "第 4, 6 行" in str(notice.text)


def test_nothing_hidden_nothing_said():
    """A sheet without hidden rows, or with a hidden row that is no record, raises no notice."""
    assert not [question for question in read(filtered()).questions if question.id.startswith("hidden:")]
    assert not [question for question in read(filtered(hidden=(5,))).questions if question.id.startswith("hidden:")]


def test_error_cells_are_named():
    """#N/A in a used column is read as empty with a warning on that cell; in a column that is not used it is not mentioned."""
    sheet = read(filtered(errors=((1, 3), (2, 4))))
    assert fields(sheet)["attended"] == [5, None, 7]
    (problem,) = sheet.warnings
    assert (problem.row, problem.column, problem.field, problem.value, problem.severity) == (3, "D", "attended", "#N/A", "warning")


def test_an_error_in_a_required_column_keeps_the_row_out():
    """The row is kept out because the value is missing, and the warning says what stands in the cell."""
    sheet = read(filtered(errors=((1, 0),)))
    assert (sheet.accepted, [problem.row for problem in sheet.rejected]) == (2, [3])
    assert [(problem.row, problem.value) for problem in sheet.warnings] == [(3, "#N/A")]


def test_rows_and_cells_without_a_place_follow_one_another():
    """Writers may leave out where rows and cells stand."""
    rows = b'<row><c t="s"><v>0</v></c><c t="e"><v>#REF!</v></c></row><row hidden="true"/>'
    assert marks.of_sheet(b"<worksheet>" + rows + b"</worksheet>") == {"hidden_rows": [2], "errors": [(1, 1, "#REF!")]}


def test_what_says_to_be_an_error_and_is_none():
    """Only the names of errors are kept, never another text; a place that is no place, and entities, are no harm."""
    cells = b'<row><c t="e"><v>13812345678</v></c><c r="' + b"A" * 100_000 + b'1" t="e"><v>#N/A</v></c></row>'
    (first, second) = marks.of_sheet(b"<worksheet>" + cells + b"</worksheet>")["errors"]
    assert first == (1, 0, "#") and second[2] == "#N/A"
    with pytest.raises(ValueError, match="entities"):
        marks.of_sheet(b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>')


def test_sheets_are_bounded_and_other_files_have_none(monkeypatch):
    """A sheet of more XML than is looked at is passed by, and so is a zip that is no .xlsx."""
    data = filtered(hidden=(0,))
    assert marks.marks(data) == {"台账": {"hidden_rows": [2], "errors": []}}
    monkeypatch.setattr(marks, "MOST_XML", 100)
    assert marks.marks(data) == {}
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert marks.marks(other.getvalue()) == {}
    assert marks.marks(xlsx({"一": ([["a"]], ())})) == {}
