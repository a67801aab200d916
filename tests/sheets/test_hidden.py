"""Hidden rows come in and are told of; a hidden sheet is asked about."""

import io
from datetime import date

import xlsxwriter

from cadence.sheets import read_files
from tests.sheets.books import context

ROWS = [["党支部", "活动类型", "活动日期"], *[["甲支部", "党课", date(2024, 3, day)] for day in (5, 6, 7)]]


def workbook(hide_rows=(), hide_second=False):
    """Two sheets with the same header, some rows of the first or the whole second one hidden."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd"})
    for name, rows in (("台账", ROWS), ("存档 & 旧", [ROWS[0], ["甲支部", "党课", date(2023, 3, 5)]])):
        sheet = book.add_worksheet(name)
        for place, cells in enumerate(rows):
            sheet.write_row(place, 0, cells)
            for column, cell in enumerate(cells):
                sheet.write(place, column, cell)
        for place in hide_rows if name == "台账" else ():
            sheet.set_row(place, None, None, {"hidden": True})
        if hide_second and name != "台账":
            sheet.hide()
    book.close()
    return target.getvalue()


def test_hidden_rows_are_told_of_their_own_sheet():
    """They come in like the others; the notice stands at the sheet that hides them, and at no other."""
    (reading,) = read_files([("台账.xlsx", workbook(hide_rows=(2, 3)))], context())
    assert [sheet.accepted for sheet in reading.sheets] == [3, 1]
    assert [[asked.rows for asked in sheet.questions if asked.id.startswith("hidden:")] for sheet in reading.sheets] == [[2], []]


def test_a_hidden_sheet_waits_for_an_answer():
    """Nothing of it comes in before somebody says so."""
    file = ("台账.xlsx", workbook(hide_second=True))
    (reading,) = read_files([file], context())
    hidden = reading.sheets[1]
    asked = next(question for question in hidden.questions if question.severity == "ask")
    assert (hidden.verdict, hidden.tables, hidden.accepted) == ("import_with_questions", [], 0)
    (yes,) = read_files([file], context(answers={asked.id: "import"}))
    assert yes.sheets[1].accepted == 1 and yes.sheets[1].verdict == "import"
    (no,) = read_files([file], context(answers={asked.id: "skip"}))
    assert no.sheets[1].verdict == "refuse" and not no.sheets[1].tables
