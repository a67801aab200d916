"""Cells: every style of date, number and word that real tables hold, and what is asked instead of guessed."""

from datetime import date, datetime, time, timedelta

import pytest

from cadence.sheets.columns import read_column, token
from cadence.sheets.contracts import Field, contracts
from cadence.sheets.values import Setting
from tests.sheets.books import TODAY

ACTIVITIES = contracts()["activities"].fields


def one(field, cell, **setting):
    """One cell of a field (by name, of activities) as read."""
    spec = ACTIVITIES[field] if isinstance(field, str) else field
    return read_column(spec, [cell], Setting(TODAY, **{"year": 2024, "salt": b"s", **setting}))[0]


@pytest.mark.parametrize(
    "cell",
    [
        "2024.3.5",
        "2024年3月5日",
        "24年3月5日",
        "3月5日",
        "3月5号",
        "20240305",
        "２０２４－３－５",
        "2024/3/5  14:30",
        " 2024-03-5",
        "2024年3月5日（星期二）",
        "2024-03-05 14:00-16:00",
        "3月5日下午",
        "2024.03.05上午",
        "3.5",
        "3.05",
        "活动时间：2024年3月5日，共1天。",
        45356.0,
        45356.6,
        20240305,
        date(2024, 3, 5),
        datetime(2024, 3, 5, 14, 30),
    ],
)
def test_styles_of_a_day(cell):
    """Every way to write 5 March 2024 is that day; without a year, the year of the title."""
    value = one("held_on", cell, floats=True)
    assert (value.value, value.precision) == (date(2024, 3, 5), "day")


@pytest.mark.parametrize(
    "cell", ["2024年3月", "2024-03", "2024.3", "202403", 202403.0, "3月", "三月", "3月份", "3月底前", "2024年3月上旬"]
)
def test_months_stay_months(cell):
    """A month is its first day, marked as a month; a field without that precision says so."""
    value = one("held_on", cell)
    assert (value.value, value.precision) == (date(2024, 3, 1), "month")
    assert "只有月份" in str(one("recorded_on", cell).reason)


@pytest.mark.parametrize(
    "cell",
    [
        "2024.3.5-3.8",
        "2024.3.5-2024.3.8",
        "3月5日至3月8日",
        "2024年3月5-8日",
        "03.05\n~\n03.08",
        "自2024年3月5日起至2024年3月8日止。",
    ],
)
def test_a_span_counts_from_its_start(cell):
    """A span of days is its first day, with a note."""
    value = one("held_on", cell)
    assert value.value == date(2024, 3, 5) and "一段时间" in str(value.note)


@pytest.mark.parametrize(
    ("cell", "clocks"),
    [
        ("2024-03-05 14:00-16:00", ("14:00", "16:00")),
        ("3月5日下午2点半", ("14:30", None)),
        ("2019/2/3  14:30", ("14:30", None)),
        ("3月5日", (None, None)),
    ],
)
def test_clock_times_beside_a_date(cell, clocks):
    """Clock times beside a date are kept."""
    value = one("held_on", cell)
    assert (value.starts, value.ends) == clocks


@pytest.mark.parametrize(
    ("cell", "year", "asks"),
    [
        ("3月5日", None, "year"),
        ("3月", None, "year"),
        (10.3, 2024, "float_date"),
        ("10.3", 2024, "float_date"),
        (2017.1, None, "float_date"),
        ("10.17/10.18", 2024, "two_dates"),
        ("2023/12/25\n2024/1/25", 2024, "two_dates"),
        ("第一次2024-06-26\n第二次2024-7-9", 2024, "two_dates"),
    ],
)
def test_what_is_asked(cell, year, asks):
    """A missing year, a float and two dates in a cell are asked about, and give no value."""
    value = one("held_on", cell, year=year)
    assert value.asks == asks and value.value is None


@pytest.mark.parametrize(
    "cell",
    [
        "201-9-11-3",
        "206-7-15",
        "2106-12-02",
        "2024-02-31",
        "2024年13月5日",
        date(1900, 4, 14),
        "每周三",
        "定期(每月3天)",
        "9-10am",
        "一季度",
        "2020",
        2019.0,
        89.0,
        "合同签订后60日。",
        "须在2016年11月21日前完成所有设备的安装及调试工作。",
        "会议室",
        "14:30",
        time(14, 30),
        "13.家庭住址",
    ],
)
def test_what_is_no_date(cell):
    """What is no day is an error with a reason, never a guess."""
    value = one("held_on", cell)
    assert value.value is None and value.reason


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("15人", 15),
        ("１５", 15),
        (15.0, 15),
        ("1,234", 1234),
        ("十二人", 12),
        ("约15人", 15),
        (0, 0),
        ("0人", 0),
        (date(1900, 1, 13), 13),
        ("15(含列席2人)", 15),
    ],
)
def test_counts(cell, count):
    """People and things, with unit words, full-width digits, Chinese numerals, or a date format by accident."""
    assert one("attended", cell).value == count


@pytest.mark.parametrize("cell", ["", "/", "\\", "—", "--", "无", "待定", "缺漏", "#N/A", -1, "-1", None])
def test_empty_is_not_zero(cell):
    """Nulls of all kinds are empty, without a problem, and never 0."""
    value = one("attended", cell)
    assert value.value is None and not value.reason


@pytest.mark.parametrize("cell", ["若干", 15.5, "12/15", -3, "12分", date(2024, 3, 5), True])
def test_what_is_no_count(cell):
    """What is no whole number is said to be none."""
    assert one("attended", cell).reason


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("90分钟", 90),
        (90, 90),
        ("1.5小时", 90),
        ("1小时30分", 90),
        ("1小时半", 90),
        ("2学时", 90),
        (time(1, 30), 90),
        (timedelta(hours=2), 120),
        ("90", 90),
    ],
)
def test_durations(cell, minutes):
    """Durations come out in minutes."""
    assert one("minutes", cell).value == minutes


def test_two_durations_for_two_activities():
    """“60/90分钟” are two durations, for the two activities of the row."""
    value = one("minutes", "60/90分钟")
    assert (value.value, value.more) == (60, (90,))


@pytest.mark.parametrize(
    ("cell", "score"),
    [("9.9分", 9.9), ("10(非常满意)", 10), (9.5, 9.5), ("优秀", 4), ("基本合格", 2), ("一般", 2), ("不合格", 1)],
)
def test_scores(cell, score):
    """Scores with unit words and remarks; grades in words are their rank of four, with 4 as the full mark."""
    assert one("satisfaction", cell).value == score


@pytest.mark.parametrize(("cell", "share"), [("80%", 0.8), (0.8, 0.8), ("已完成", 1.0), ("未启动", 0.0)])
def test_shares(cell, share):
    """Shares are between 0 and 1."""
    assert one(contracts()["tasks"].fields["progress"], cell).value == share


@pytest.mark.parametrize(
    ("cell", "types"),
    [
        ("支部党员大会", ["members_meeting"]),
        ("支部党员大会,党课", ["members_meeting", "party_lecture"]),
        ("支部大会暨专题党课", ["members_meeting", "party_lecture"]),
        ("第3次支委会", ["committee_meeting"]),
        ("支部  大会", ["members_meeting"]),
        ("主题党日活动", ["theme_day"]),
    ],
)
def test_activity_types(cell, types):
    """Types by name or part of one; two in a cell are two."""
    value = one("type", cell)
    assert [value.value, *value.more] == types


@pytest.mark.parametrize("cell", ["三会一课", "午餐会"])
def test_unknown_types(cell):
    """A type that is none is an error, not “other”."""
    assert one("type", cell).reason


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024年第一季度", date(2024, 1, 1)),
        ("2024Q2", date(2024, 4, 1)),
        ("一季度", date(2024, 1, 1)),
        ("第3季度", date(2024, 7, 1)),
        ("Q4", date(2024, 10, 1)),
        (1, date(2024, 1, 1)),
        ("2024年上半年", date(2024, 4, 1)),
        ("2024年度", date(2024, 10, 1)),
        (2023.0, date(2023, 10, 1)),
        ("2024年5月", date(2024, 4, 1)),
        ("2024-2", date(2024, 1, 1)),
        ("2024年二季度", date(2024, 4, 1)),
    ],
)
def test_quarters(cell, day):
    """A quarter is its first day; a longer span is the quarter in which it ends."""
    assert one(contracts()["units"].fields["quarter"], cell).value == day


@pytest.mark.parametrize(
    ("cell", "answer"), [("是", True), ("√", True), ("无", False), ("否", False), (1, True), ("/", None), (None, None)]
)
def test_flags(cell, answer):
    """Ticks and words; “无” is a no here, a dash is not known."""
    assert one(contracts()["units"].fields["has_committee"], cell).value is answer


def test_choices():
    """A choice by any of its words; another word is an error that lists them."""
    assert one("triggered_by", "上级要求").value == "superior"
    assert one("triggered_by", "按年度计划").value == "plan"
    assert "上级、计划、自发" in str(one("triggered_by", "不清楚").reason)


def test_sync_steps():
    """Steps come out as sorted ids; the name of a preset is all of them."""
    assert one("sync", "部署、研究").value == "deploy,study"
    assert one("sync", "五同步").value == "assess,deploy,improve,review,study"
    assert one("sync", "研究、喝茶").note


def test_names_become_tokens():
    """A name is never kept: the same name is the same token, whatever its blanks and width; another salt is another token."""
    assert one("host", "张 三").value == one("host", "张三").value == token("张三", b"s")
    assert len(token("张三", b"s")) == 12 and token("张三", b"s") != token("张三", b"t")
    assert one("host", "张三、李四").value == f"{token('张三', b's')},{token('李四', b's')}"


def test_equal_cells_are_read_once():
    """A column of equal cells shares one value."""
    column = read_column(Field("a", "甲", "count"), ["5人"] * 3, Setting(TODAY))
    assert column[0] is column[1] is column[2]
