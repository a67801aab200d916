"""Headings inside a table: what they say holds for the rows below them."""

from datetime import date

from tests.sheets.books import read

HEAD = ["序号", "召开日期", "议题", "应到", "实到"]


def records(sheet):
    """(row, unit, type) of every record."""
    return [
        found for table in sheet.tables for found in zip(table.numbers, table.fields["unit"], table.fields["type"], strict=True)
    ]


def test_types_as_headings_with_the_header_repeated():
    """Each heading names the type of its rows; the title above the first still gives unit and year."""
    rows = [
        ["甲支部2024年组织生活情况"],
        ["一、支部委员会会议"],
        HEAD,
        [1, "1月10日", "年度计划", 5, 5],
        [],
        ["二、支部党员大会"],
        HEAD,
        [1, "3月28日", "工作报告", 26, 24],
        ["三、党课"],
        ["序号", "授课日期", "授课题目", "应到", "实到"],
        [1, "6月27日", "学习英模", 26, 25],
        ["注：另册登记。"],
    ]
    sheet = read(rows, name="组织生活.xlsx")
    assert sheet.header_rows == [3, 7, 10] and sheet.verdict == "import"
    assert records(sheet) == [
        (4, "甲支部", "committee_meeting"),
        (8, "甲支部", "members_meeting"),
        (11, "甲支部", "party_lecture"),
    ]
    assert [table.fields["held_on"] for table in sheet.tables] == [[date(2024, 1, 10), date(2024, 3, 28), date(2024, 6, 27)]]


def test_types_as_headings_without_another_header():
    """A heading alone is enough."""
    rows = [["甲支部2024年活动台账"], HEAD, ["支委会"], [1, "1月10日", "计划", 5, 5], ["党员大会"], [1, "3月28日", "报告", 26, 24]]
    sheet = read(rows)
    assert records(sheet) == [(4, "甲支部", "committee_meeting"), (6, "甲支部", "members_meeting")]
    assert {skipped.row for skipped in sheet.skipped} == {3, 5}


def test_a_heading_that_says_nothing_is_only_passed_over():
    """It neither splits the table nor changes what the rows are."""
    rows = [
        ["党支部", "活动类型", "活动日期", "实到"],
        ["甲支部", "党课", "2024-03-05", 5],
        ["（续表）"],
        ["乙支部", "党课", "2024-03-06", 4],
    ]
    sheet = read(rows)
    assert sheet.accepted == 2 and [skipped.row for skipped in sheet.skipped] == [3]
