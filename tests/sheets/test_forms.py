"""Forms, one activity on a page: read like a row of a ledger where the labels say enough, else left to the other readings."""

import io
from datetime import date

import xlsxwriter

from cadence.sheets import read_files
from tests.sheets.books import context, fields, read

FORM = [
    ["支部会议记录", None, None, None],
    ["会议名称", "支部党员大会", "时  间", date(2024, 1, 29)],
    ["支部", "甲支部", "地  点", "三楼会议室"],
    ["应到会人数", 26, "实到会人数", 24],
    ["主持人", "张明", "记录人", "李强"],
    ["议  题", "通过年度工作计划", None, None],
]


def test_a_form_is_one_activity():
    """Its labels are headers, and its values one record."""
    sheet = read(FORM, name="记录.xlsx")
    assert (sheet.kind, sheet.verdict, sheet.accepted, sheet.header_rows) == ("activities", "import", 1, [])
    found = fields(sheet)
    told = {name: found[name] for name in ("unit", "type", "held_on", "expected", "attended", "topic", "place")}
    assert told == {
        "unit": ["甲支部"],
        "type": ["members_meeting"],
        "held_on": [date(2024, 1, 29)],
        "expected": [26],
        "attended": [24],
        "topic": ["通过年度工作计划"],
        "place": ["三楼会议室"],
    }
    assert "张明" not in str(sheet.tables)


def test_forms_below_one_another():
    """A new record begins where the first label comes again."""
    second = [["会议名称", "党课", "时间", "2024-02-05"], *FORM[2:]]
    assert fields(read([*FORM, [None] * 4, *second]))["type"] == ["members_meeting", "party_lecture"]


def test_labels_and_values_in_one_cell():
    """“时间：2024-01-29” is a label with its value."""
    sheet = read([["主题党日活动记录"], ["支部：甲支部"], ["时间：2024-01-29"], ["地点：广场"], ["主持人：张明"], ["实到：12人"]])
    assert fields(sheet)["attended"] == [12] and fields(sheet)["type"] == ["theme_day"]


def test_an_unfilled_form_is_a_template():
    """A form with labels only gives no rows."""
    blank = read([[cell if place % 2 == 0 else None for place, cell in enumerate(row)] for row in FORM])
    assert (blank.kind, blank.verdict, blank.tables) == ("activities", "empty_template", [])


def test_a_ledger_is_no_form():
    """Rows below a header begin with values, not with labels."""
    sheet = read([["党支部", "活动类型", "活动日期"], ["甲支部", "党课", "2024-01-29"], ["乙支部", "党课", "2024-01-30"]])
    assert sheet.header_rows == [1] and sheet.accepted == 2


def test_error_cells_of_a_form_are_named():
    """A form has no columns: every cell of it that shows an error is named where it stands."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet("记录")
    for place, row in enumerate(FORM):
        for column, cell in enumerate(row):
            page.write(place, column, cell)
    page.write_formula(3, 3, "=NA()", None, "#N/A")
    book.close()
    (reading,) = read_files([("记录.xlsx", target.getvalue())], context())
    sheet = reading.sheets[0]
    assert (sheet.accepted, fields(sheet)["expected"], fields(sheet).get("attended")) == (1, [26], [None])
    assert [(problem.row, problem.column, problem.value) for problem in sheet.warnings] == [(4, "D", "#N/A")]


def test_a_guide_is_no_form():
    """A sheet that explains the columns has their names at the left too."""
    assert read(FORM, sheet="填写说明").verdict == "empty_template"
