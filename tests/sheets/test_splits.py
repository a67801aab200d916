"""Dates and quarters in several columns are read as one."""

from datetime import date

import pytest

from tests.sheets.books import fields, read


def test_year_month_and_day_in_columns_of_their_own():
    """They make one date; a missing day leaves a month, and an impossible day is an error."""
    rows = [
        ["年", "月", "日", "支部", "类别"],
        [2024, 3, 5, "甲支部", "党课"],
        [2024, 3, None, "乙支部", "党课"],
        [2024, 2, 30, "丙支部", "党课"],
    ]
    sheet = read(rows)
    assert fields(sheet)["held_on"] == [date(2024, 3, 5), date(2024, 3, 1)]
    assert fields(sheet)["held_on_precision"] == ["day", "month"]
    assert [problem.row for problem in sheet.rejected] == [4]


def test_month_and_day_with_the_year_of_the_title():
    """“月 | 日” below a title with a year."""
    rows = [["2024年活动台账"], ["月", "日", "支部", "类别"], ["3月", "5日", "甲支部", "党课"]]
    assert fields(read(rows))["held_on"] == [date(2024, 3, 5)]


@pytest.mark.parametrize("quarter", ["一季度", "第1季度", "Q1", 1])
def test_year_and_quarter(quarter):
    """“年度 | 季度” are one quarter."""
    rows = [["年度", "季度", "责任部门", "重点任务", "完成率"], [2024, quarter, "综合处", "降低库存", "60%"]]
    assert fields(read(rows, name="重点任务.xlsx"), "tasks")["quarter"] == [date(2024, 1, 1)]


def test_a_whole_date_beside_a_month_stays():
    """A column that holds whole dates is no part of one."""
    rows = [["月份", "日期", "支部", "类别"], ["3月", "2024-03-05", "甲支部", "党课"]]
    assert fields(read(rows))["held_on"] == [date(2024, 3, 5)]


def test_two_counts_in_one_column():
    """“应到/实到” above “20/18” are two fields."""
    rows = [
        ["支部", "类别", "日期", "应到/实到"],
        ["甲支部", "党课", "2024-03-05", "20/18"],
        ["乙支部", "党课", "2024-03-05", None],
    ]
    found = fields(read(rows))
    assert (found["expected"], found["attended"]) == ([20, None], [18, None])
