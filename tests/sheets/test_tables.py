"""Tables: where the header is, what is filled down, and which rows are passed over by name."""

import pytest

from cadence.sheets import headers
from cadence.sheets.cells import Sheet
from cadence.sheets.tables import tables
from tests.sheets.books import fields, read

HEAD = ["党支部", "活动类型", "活动日期", "实到人数"]
ROW = ["甲支部", "党课", "2024-03-05", 5]


@pytest.mark.parametrize(
    "row",
    [
        ["合计", None, None, 5],
        ["总  计", None, None, 5],
        ["平均分", None, None, 5],
        ["其中：线上", None, None, 5],
        ["注：本表按季度报送", None, None, None],
        ["填表说明：1.按实填写", None, None, None],
        ["制表人：某某", None, "审核人：某某", None],
        ["填表人：", None, "填表日期：2024年4月8日", None],
        ["支部书记签字：", None, None, None],
        HEAD,
        [None, None, None, None],
        ["第一季度", None, None, None],
    ],
)
def test_rows_that_are_no_records(row):
    """Sub-totals, notes, signatures, repeated headers, blank and heading rows are counted and named, and the rest is read."""
    sheet = read([HEAD, ROW, row, ["乙支部", "支委会", "2024-03-06", 4]])
    assert [skipped.row for skipped in sheet.skipped] == [3] and str(sheet.skipped[0].reason)
    assert (sheet.rows, sheet.accepted, sheet.rejected) == (2, 2, [])


@pytest.mark.parametrize(
    "row",
    [
        ["必填", "必填，下拉选择", "格式：2024-01-01", "选填"],
        ["xxxx学部党支部", "支部党员大会", "2019/2/3", 10],
        ["示例：甲支部", "党课", "2024-01-01", 3],
    ],
)
def test_instructions_and_samples(row):
    """Instruction and sample rows right below the header are passed over."""
    sheet = read([HEAD, row, ROW])
    assert [skipped.row for skipped in sheet.skipped] == [2] and sheet.accepted == 1


def test_masked_tables_are_no_samples():
    """Where all names are masked, none of the rows is a sample."""
    sheet = read([HEAD, *[[f"XX第{n}党支部", "党课", f"2024-03-{n:02}", 5] for n in range(1, 10)]])
    assert sheet.accepted == 9 and not sheet.skipped


def test_a_template_is_empty():
    """A header with serial numbers, or with units and nothing else, is an empty template that gives no rows."""
    numbered = read([["序号", *HEAD], [1, None, None, None, None], [2, None, None, None, None]])
    printed = read([HEAD, ["甲支部", None, None, None], ["乙支部", None, None, None]])
    for sheet in (numbered, printed):
        assert (sheet.kind, sheet.verdict, sheet.rows, sheet.tables) == ("activities", "empty_template", 0, [])
        assert len(sheet.skipped) == 2


def test_three_header_rows():
    """A header of three rows is joined from parent to child."""
    rows = [
        ["2024年台账", None, None, None, None, None],
        ["党支部", "活动类型", "活动日期", "参加情况", None, None],
        [None, None, None, "人数", None, "领导"],
        [None, None, None, "应到", "实到", "参加领导数"],
        ["甲支部", "党课", "3月5日", 5, 4, 1],
    ]
    sheet = read(rows, [(0, 0, 0, 5), (1, 0, 3, 0), (1, 1, 3, 1), (1, 2, 3, 2), (1, 3, 1, 5), (2, 3, 2, 4)])
    assert sheet.header_rows == [2, 3, 4]
    assert sheet.columns["expected"] == "参加情况·人数·应到" and sheet.columns["leaders_attended"] == "参加情况·领导·参加领导数"


def test_header_merged_downwards_only():
    """A header whose cells are all merged over two rows counts both."""
    rows = [HEAD, [None] * 4, ROW]
    sheet = read(rows, [(0, column, 1, column) for column in range(4)])
    assert (sheet.header_rows, sheet.accepted) == ([1, 2], 1)


def test_the_table_may_begin_anywhere():
    """Rows and columns are those of the spreadsheet, wherever the table begins."""
    rows = [[None] * 6, [None] * 6, [None, None, *HEAD], [None, None, *ROW], [None, None, "甲支部", "党课", "不详", 5]]
    sheet = read(rows)
    assert sheet.header_rows == [3] and sheet.tables[0].numbers == [4]
    assert [(problem.row, problem.column) for problem in sheet.rejected] == [(5, "E")]


def test_merged_units_are_filled_down_with_a_notice():
    """Merged data cells are filled down, and that is said."""
    sheet = read([HEAD, ROW, [None, "支委会", "2024-03-06", 4], [None, "主题党日", "2024-03-07", 4]], [(1, 0, 3, 0)])
    assert fields(sheet)["unit"] == ["甲支部"] * 3
    assert [(problem.row, problem.column) for problem in sheet.warnings] == [(None, "A")]


def test_rows_that_only_continue_merged_cells():
    """A row that holds nothing of its own, because every cell is merged with the one above, is no record."""
    sheet = read([HEAD, ROW, [None] * 4, ["乙支部", "党课", "2024-03-06", 3]], [(1, column, 2, column) for column in range(4)])
    assert sheet.tables[0].numbers == [2, 4] and [skipped.row for skipped in sheet.skipped] == [3]


def test_ditto():
    """“同上” is the cell above."""
    sheet = read([HEAD, ROW, ["同上", "支委会", "同上", 4]])
    assert fields(sheet)["unit"] == ["甲支部"] * 2 and sheet.accepted == 2


def test_blank_units_in_a_workbook_are_asked_about():
    """A workbook knows its merged cells, so blank units are asked about; the answer fills them."""
    rows = [HEAD, ROW, [None, "支委会", "2024-03-06", 4], [None, "主题党日", "2024-03-07", 4]]
    sheet = read(rows)
    assert sheet.verdict == "import_with_questions" and sheet.accepted == 1
    assert [question.id for question in sheet.questions if question.severity == "ask"] == ["fill:党支部"]
    assert read(rows, answers={"fill:党支部": "above"}).accepted == 3


def test_tables_below_one_another():
    """Two tables of different headers in one sheet are read apart."""
    rows = [
        HEAD,
        ROW,
        [None] * 4,
        ["加减分台账", None, None, None],
        ["单位", "加/减", "分值", "事由"],
        ["甲支部", "加分", 2, "先进"],
    ]
    sheet = read(rows, name="2024年第一季度.xlsx")
    assert [table.kind for table in sheet.tables] == ["activities", "adjustments"]
    assert sheet.header_rows == [1, 5]


def test_tables_side_by_side():
    """The same table twice side by side is read as two, with the letters of its own columns."""
    rows = [
        [*HEAD, None, *HEAD],
        [*ROW, None, "乙支部", "支委会", "2024-03-06", 4],
        [*ROW[:2], "2024-03-15", 5, None, "乙支部", "党课", "坏", 4],
    ]
    sheet = read(rows)
    assert [table.numbers for table in sheet.tables] == [[2, 3, 2]]
    assert [(problem.row, problem.column) for problem in sheet.rejected] == [(3, "H")]


def test_a_sheet_without_a_header_has_no_tables():
    """Rows of data alone are no table."""
    assert tables(Sheet("a", [["0", "90066", "2017-03-17", "宇通客车"], ["1", "90066", "2017-03-18", "宇通客车"]])) == []


def test_a_repeated_header_with_brackets():
    """A header of which a cell says （必填） is recognised when it comes again."""
    head = ["序号（必填）", "党支部", "活动类型", "活动日期"]
    sheet = read([head, [1, *ROW[:3]], head, [2, "乙支部", *ROW[1:3]]])
    assert sheet.accepted == 2 and [skipped.row for skipped in sheet.skipped] == [3]


def test_a_header_beside_data_that_reads_like_one():
    """The first row that reads as a header is it, though names of units below it read like headers too."""
    rows = [
        ["2024年组织名册", None, None, None],
        ["所属季度", "活动情况", None, "成立日期（必填）"],
        [None, "组织类别（必填）", "*所在党支部", None],
        ["一季度", "党委", "信息中心党支部", "2023年9月"],
    ]
    sheet = read(rows, name="组织名册.xlsx")
    assert sheet.header_rows == [2, 3] and fields(sheet)["unit"] == ["信息中心党支部"]


def test_a_header_of_three_rows():
    """Two levels of parents, of which some columns have only the upper one."""
    rows = [
        ["基本情况", None, "活动情况", None, None, None],
        [None, None, "时间安排", None, "主题内容", None],
        ["所属党委", "支部名称", "计划开展时间", "实际开展时间", "活动主题", "活动类型"],
        ["城投党委", "甲支部", "2024-04-10", "2024-04-15", "现场办公", "主题党日"],
    ]
    sheet = read(rows, [(0, 0, 1, 1), (0, 2, 0, 5), (1, 2, 1, 3), (1, 4, 1, 5)])
    assert sheet.header_rows == [1, 2, 3] and sheet.columns["held_on"] == "活动情况·时间安排·实际开展时间"


def test_halves_side_by_side_below_their_own_parents():
    """上半年 and 下半年 side by side are two tables."""
    half = ["学习日期", "学习内容", "应到"]
    rows = [
        ["2024年财务部党支部集中学习记录"],
        ["上半年", None, None, None, "下半年", None, None],
        [*half, None, *half],
        ["2月21日", "节后教育", 15, None, "7月18日", "形势任务", 16],
    ]
    sheet = read(rows, [(1, 0, 1, 2), (1, 4, 1, 6)])
    assert [(day.month, number) for day, number in zip(fields(sheet)["held_on"], sheet.tables[0].numbers, strict=True)] == [
        (2, 4),
        (7, 4),
    ]


def test_a_dash_is_no_header():
    """A row of data with a unit's name, a dash and a quarter is no better header than the header."""
    assert headers.known("—") == 0.0
    assert headers.score(["部门", "—", "第一党支部", "四季度"]) < 2.5
