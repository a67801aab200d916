"""Recognition: header to field, kind of table, what the surroundings give, and what is asked below a confidence."""

from datetime import date

import pytest

from cadence.sheets.stated import stated
from tests.sheets.books import fields, read


def test_headers_with_blanks_brackets_and_stars():
    """Blanks, line breaks, brackets, stars and units in a header do not matter."""
    sheet = read(
        [["*党支部名称（全称）", "活 动 类 型", "活动日期\n（年月日）", "实到\n人数(人)"], ["甲支部", "党课", "2024-03-05", 5]]
    )
    assert sheet.columns == {
        "unit": "*党支部名称(全称)",
        "type": "活动类型",
        "held_on": "活动日期(年月日)",
        "attended": "实到人数(人)",
    }


def test_activity_name_may_be_the_type():
    """A column 活动名称 that holds types is the type."""
    sheet = read(
        [
            ["党支部", "活动名称", "时间", "主题"],
            ["甲支部", "主题党日", "2024-03-05", "植树"],
            ["甲支部", "支委会", "2024-03-06", "研究"],
        ]
    )
    assert sheet.columns["type"] == "活动名称" and sheet.columns["topic"] == "主题"


def test_activity_name_may_be_the_topic():
    """A column 活动名称 beside a column of types is the topic."""
    sheet = read(
        [
            ["党支部", "活动类型", "时间", "活动名称"],
            ["甲支部", "主题党日", "2024-03-05", "义务植树"],
            ["甲支部", "党课", "2024-03-06", "学党章"],
        ]
    )
    assert sheet.columns["type"] == "活动类型" and sheet.columns["topic"] == "活动名称"


def test_activity_name_may_be_both():
    """Without a column of types, topics that all name one give both."""
    rows = [
        ["党支部", "活动名称", "时间"],
        ["甲支部", "“清明祭英烈”主题党日活动", "2024-04-05"],
        ["甲支部", "学习党章专题党课第一讲", "2024-03-06"],
    ]
    sheet = read(rows)
    assert fields(sheet)["type"] == ["theme_day", "party_lecture"] and fields(sheet)["topic"][0] == "“清明祭英烈”主题党日活动"


def test_planned_is_never_held():
    """A planned date is never taken for the date of holding, whatever stands above it."""
    sheet = read([["党支部", "活动类型", "计划时间", "实际时间"], ["甲支部", "党课", "2024-03-01", "2024-03-05"]])
    assert sheet.columns["planned_on"] == "计划时间" and sheet.columns["held_on"] == "实际时间"
    joined = read(
        [
            ["党支部", "活动类型", "计划", None, "实际", None],
            [None, None, "时间", "地点", "时间", "人数"],
            ["甲支部", "党课", "3月1日", "会议室", "3月5日", 5],
        ],
        [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)],
        name="2024年台账.xlsx",
    )
    assert joined.columns["planned_on"] == "计划·时间" and joined.columns["held_on"] == "实际·时间"
    alone = read([["党支部", "活动类型", "计划时间", "主题"], ["甲支部", "党课", "2024-03-01", "学党章"]])
    assert alone.kind == "plans"


def test_date_and_clock_time_in_columns_of_their_own():
    """时间 beside 日期 is the clock time when its values are."""
    sheet = read(
        [
            ["党支部", "活动类型", "日期", "时间"],
            ["甲支部", "党课", "2024-03-05", "14:30"],
            ["甲支部", "党课", "2024-03-06", "上午9:00"],
        ]
    )
    assert fields(sheet)["starts_at"] == ["14:30", "09:00"] and sheet.columns["held_on"] == "日期"


def test_type_from_the_sheet_name():
    """A sheet called 主题党日 needs no column of types."""
    sheet = read([["党支部", "活动日期", "主题", "实到人数"], ["甲支部", "2024-03-05", "植树", 5]], sheet="主题党日")
    assert fields(sheet)["type"] == ["theme_day"] and sheet.verdict == "import"


@pytest.mark.parametrize(
    ("rows", "sheet", "units"),
    [
        ([["填报单位：甲支部", None, None], ["活动类型", "活动日期", "主题"]], "Sheet1", ()),
        ([["活动类型", "活动日期", "主题"]], "甲支部", {"甲支部"}),
        ([["甲支部2024年活动台账", None, None], ["活动类型", "活动日期", "主题"]], "Sheet1", {"甲支部"}),
    ],
)
def test_unit_from_the_surroundings(rows, sheet, units):
    """The unit may stand in a meta cell, the sheet name or the title."""
    found = read([*rows, ["党课", "2024-03-05", "学党章"]], sheet=sheet, units=frozenset(units))
    assert fields(found)["unit"] == ["甲支部"]


def test_a_missing_unit_is_asked_for_the_whole_sheet():
    """A ledger of nobody knows which unit waits for one answer."""
    rows = [["活动类型", "活动日期", "主题", "实到人数"], ["党课", "2024-03-05", "学党章", 5]]
    sheet = read(rows)
    (question,) = sheet.questions
    assert (sheet.verdict, sheet.accepted, question.id) == ("import_with_questions", 0, "unit_of:台账.xlsx#Sheet1")
    answered = read(rows, answers={question.id: "甲支部"})
    assert fields(answered)["unit"] == ["甲支部"]


def test_a_missing_year_is_asked_for():
    """Days without a year anywhere wait for it; the file name may state it."""
    rows = [["党支部", "活动类型", "活动日期"], ["甲支部", "党课", "3月5日"], ["甲支部", "支委会", "2024年3月6日"]]
    sheet = read(rows)
    assert (sheet.verdict, sheet.accepted) == ("import_with_questions", 1)
    question = next(question for question in sheet.questions if question.severity == "ask")
    assert question.id == "year:台账.xlsx#Sheet1" and question.options[0][0] == "2024" and question.rows == 1
    assert fields(read(rows, answers={question.id: "2023"}))["held_on"][0] == date(2023, 3, 5)
    assert fields(read(rows, name="2022年台账.xlsx"))["held_on"][0] == date(2022, 3, 5)


def test_resembling_headers_are_asked_about():
    """A header that only resembles a known one is asked about, and mapped when answered."""
    rows = [["党支部", "活动类型", "活动日期", "实际参与党员人数"], ["甲支部", "党课", "2024-03-05", 5]]
    sheet = read(rows)
    assert "attended" not in sheet.columns or sheet.confidences["attended"] >= 0.75
    answered = read(rows, answers={"column:实际参与党员人数": "attended"})
    assert fields(answered)["attended"] == [5]


@pytest.mark.parametrize("header", ["所在党支部编码", "活动日期说明", "实到人数比例"])
def test_the_tail_of_a_header_decides(header):
    """A code, a remark or a rate is not the thing itself."""
    sheet = read([["党支部", "活动类型", "活动日期", header], ["甲支部", "党课", "2024-03-05", "1"]])
    assert sheet.unmapped == [header]


def test_the_forced_kind():
    """A kind that the user chose is the only one considered."""
    rows = [["单位", "类型", "日期", "内容"], ["甲支部", "加分", "2024-03-05", "先进"]]
    assert read(rows, kind="adjustments").kind == "adjustments"
    assert read(rows, kind="calendar").verdict == "refuse"


@pytest.mark.parametrize(
    ("above", "sheet", "file", "period"),
    [
        (["2024年第一季度台账"], "Sheet1", "a.xlsx", (date(2024, 1, 1), date(2024, 3, 31))),
        (["台账"], "3月", "2024年.xlsx", (date(2024, 3, 1), date(2024, 3, 31))),
        (["二〇二四年上半年"], "Sheet1", "a.xlsx", (date(2024, 1, 1), date(2024, 6, 30))),
        ([], "Sheet1", "台账2024Q3.csv", (date(2024, 7, 1), date(2024, 9, 30))),
        (["2024年1-5月"], "Sheet1", "a.xlsx", (date(2024, 1, 1), date(2024, 5, 31))),
        (["2024年度计划"], "Sheet1", "a.xlsx", (date(2024, 1, 1), date(2024, 12, 31))),
        (["2023-2024年"], "Sheet1", "a.xlsx", None),
        (["填表日期：2024年3月30日"], "Sheet1", "a.xlsx", None),
        (["台账"], "Sheet1", "台账_202403.xlsx", (date(2024, 3, 1), date(2024, 3, 31))),
    ],
)
def test_periods(above, sheet, file, period):
    """Title first, then sheet name, then file name; two years or a date of filling in state nothing."""
    assert stated(above, sheet, file).period == period


def test_personal_columns_are_dropped():
    """Identity numbers, phones, addresses, ethnic group and lists of names go, by header or by value, and are reported."""
    rows = [
        ["党支部", "活动类型", "活动日期", "主持人", "联系电话", "参加人员名单", "民族", "附注", "其他信息"],
        ["甲支部", "党课", "2024-03-05", "张明", "13812345678", "李四、王五二", "汉", "11010519491231002X", "好"],
    ]
    sheet = read(rows)
    assert sheet.dropped == ["联系电话", "民族", "附注", "参加人员名单"]
    (source,) = sheet.tables[0].sources
    for secret in ("张明", "138", "李四", "汉", "110105"):
        assert secret not in source
    assert "其他信息" in source and len(fields(sheet)["host"][0]) == 12


def test_sync_steps_in_columns_of_their_own():
    """Ticks or dates below the steps of a sync list become the steps of the record."""
    rows = [
        ["党支部", "活动类型", "活动日期", "五同步", None, None],
        [None, None, None, "研究", "部署", "考核"],
        ["甲支部", "党课", "2024-03-05", "√", "2024-03-01", "否"],
        ["甲支部", "党课", "2024-03-06", None, None, None],
    ]
    sheet = read(rows, [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 5)])
    assert fields(sheet)["sync"] == ["deploy,study", None]


def test_a_plan_is_never_what_was_held():
    """A table that calls itself a plan, and counts nobody, is a plan, however much it looks like a ledger."""
    rows = [["甲支部2024年理论学习计划表"], ["时间", "学习内容", "学习形式", "主讲人"], ["1月", "全会精神", "集中学习", "书记"]]
    assert read(rows).kind == "plans"
    assert (
        read([["2024年计划落实情况台账"], ["支部", "活动类型", "活动日期"], ["甲支部", "党课", "2024-03-05"]]).kind == "activities"
    )


def test_days_below_a_header_that_no_field_knows_are_asked_about():
    """The only column of days may be the day of the activity; nothing is read before somebody says so."""
    rows = [["2024年培训台账"], ["支部", "培训名称", "起", "应到", "实到"], ["甲支部", "党务培训", "2024-03-05", 30, 28]]
    sheet = read(rows)
    asked = next(question for question in sheet.questions if question.severity == "ask")
    assert (asked.id, sheet.verdict, sheet.accepted) == ("column:起", "import_with_questions", 0)
    assert read(rows, answers={asked.id: "held_on"}).accepted == 1
    assert read(rows, answers={asked.id: "ignore"}).verdict == "refuse"


def test_a_column_of_types_that_holds_none_is_asked_about():
    """The topic does not quietly stand in for a column of types that nobody can read."""
    head = ["支部", "活动日期", "活动类型", "主题", "实到人数"]
    rows = [head, *[["甲支部", f"2024-03-0{day}", f"{day}分", f"学习文件{day}", 9] for day in range(1, 6)]]
    sheet = read(rows)
    assert (sheet.verdict, sheet.accepted) == ("import_with_questions", 0)
    assert [asked.id for asked in sheet.questions if asked.severity == "ask"] == ["column:活动类型"]
