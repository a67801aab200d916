"""Rows: problems of both severities all at once, units of the register, the same record twice, answers that settle questions."""

from datetime import date

import pytest

from tests.sheets.books import fields, read

HEAD = ["党支部", "活动类型", "活动日期", "应到人数", "实到人数", "登记日期"]


def test_all_problems_at_once():
    """Every problem of every row is reported with row, column, header and value; good rows are imported without the bad."""
    sheet = read(
        [
            HEAD,
            ["甲支部", "党课", "2024-02-31", 5, 5, None],
            [None, "午餐会", "2024-03-05", 5, 5, None],
            ["甲支部", "党课", "2024-03-05", 5, 8, "2025-01-01"],
            ["甲支部", "党课", "2025-03-05", 5, "若干", None],
        ]
    )
    assert [(p.row, p.column, p.header, p.field) for p in sheet.rejected] == [
        (2, "C", "活动日期", "held_on"),
        (5, "C", "活动日期", "held_on"),
        (3, "B", "活动类型", "type"),
        (3, "A", "党支部", "unit"),
    ] or {(p.row, p.column) for p in sheet.rejected} == {(2, "C"), (3, "A"), (3, "B"), (5, "C")}
    assert {(p.row, p.column) for p in sheet.warnings} == {(4, "E"), (4, "F"), (5, "E")}
    assert (sheet.rows, sheet.accepted, sheet.tables[0].numbers) == (4, 1, [4])
    assert fields(sheet)["attended"] == [8] and fields(sheet)["recorded_on"] == [None]


def test_a_date_outside_the_stated_period_is_let_in_flagged():
    """A day outside the quarter of the title is a warning."""
    sheet = read([["2024年第一季度台账", None, None], HEAD[:3], ["甲支部", "党课", "2024-05-05"]], [(0, 0, 0, 2)])
    assert sheet.accepted == 1 and [(p.row, p.column) for p in sheet.warnings] == [(3, "C")]


def test_the_same_row_twice():
    """An identical record is passed over; one that differs beyond its key is let in flagged."""
    row = ["甲支部", "党课", "2024-03-05", 5, 5, None]
    sheet = read([HEAD, row, row, [*row[:4], 4, None]])
    assert [skipped.row for skipped in sheet.skipped] == [3] and sheet.tables[0].numbers == [2, 4]
    assert [(p.row, "第 2 行" in str(p.reason)) for p in sheet.warnings] == [(4, True)]


def test_two_activities_in_one_row():
    """Two types in a cell are two records of the same row, each with its own duration."""
    sheet = read([["党支部", "活动类型", "活动日期", "时长（分钟）"], ["甲支部", "支部党员大会,党课", "2024-03-05", "60/90分钟"]])
    assert fields(sheet)["type"] == ["members_meeting", "party_lecture"] and fields(sheet)["minutes"] == [60, 90]
    assert (sheet.rows, sheet.accepted, sheet.tables[0].numbers) == (1, 1, [2, 2])


REGISTER = frozenset({"机关第一党支部", "机关第二党支部", "离退休党支部"})


@pytest.mark.parametrize("name", ["机关第一党支部", "机关 第一党支部", "中共机关第一党支部委员会", "机关第1党支部", "机关一党支部"])
def test_spelling_of_a_unit(name):
    """Blanks, “中共…委员会”, digits and “第” are spelling, and the name of the register is taken."""
    sheet = read([HEAD[:3], [name, "党课", "2024-03-05"]], units=REGISTER)
    assert fields(sheet)["unit"] == ["机关第一党支部"] and sheet.verdict == "import"


def test_an_unknown_unit_is_asked_about():
    """An unknown unit waits for an answer: the nearest one, a new one, or none."""
    rows = [
        HEAD[:3],
        ["机关第一党支", "党课", "2024-03-05"],
        ["机关第一党支", "党课", "2024-03-06"],
        ["机关第二党支部", "党课", "2024-03-06"],
    ]
    sheet = read(rows, units=REGISTER)
    (question,) = sheet.questions
    assert (question.id, question.default, question.rows) == ("unit:机关第一党支", "skip", 2)
    assert question.options[0][0] == "机关第一党支部" and [value for value, _ in question.options][-2:] == [
        "new",
        "skip",
    ]
    assert (sheet.verdict, sheet.accepted, len(sheet.rejected)) == ("import_with_questions", 1, 2)
    for answer, unit in (("机关第一党支部", "机关第一党支部"), ("new", "机关第一党支")):
        settled = read(rows, units=REGISTER, answers={question.id: answer})
        assert (settled.verdict, fields(settled)["unit"][0]) == ("import", unit)
    skipped = read(rows, units=REGISTER, answers={question.id: "skip"})
    assert (skipped.verdict, skipped.accepted, len(skipped.rejected)) == ("import", 1, 2)


def test_without_a_register_names_are_taken_with_a_notice():
    """Before there is a register the names of the ledger are accepted, and that is said."""
    sheet = read([HEAD[:3], ["甲支部", "党课", "2024-03-05"]])
    assert [question.severity for question in sheet.questions] == ["notice"] and sheet.verdict == "import"


@pytest.mark.parametrize(
    ("cell", "question", "answer", "days"),
    [
        ("10.17/10.18", "two_dates:活动日期", "each", [date(2024, 10, 17), date(2024, 10, 18)]),
        ("10.17/10.18", "two_dates:活动日期", "first", [date(2024, 10, 17)]),
        (10.3, "float_date:活动日期", "month_day", [date(2024, 10, 3)]),
    ],
)
def test_answers_about_dates(cell, question, answer, days):
    """Doubtful dates keep their rows out until they are answered."""
    rows = [HEAD[:3], ["甲支部", "党课", cell], ["乙支部", "党课", "2024-03-05"]]
    sheet = read(rows, name="2024年.xlsx")
    assert sheet.verdict == "import_with_questions" and sheet.accepted == 1
    assert question in [asked.id for asked in sheet.questions]
    assert fields(read(rows, name="2024年.xlsx", answers={question: answer}))["held_on"][:-1] == days


def test_small_numbers_without_a_unit_of_time():
    """A column of durations like 1.5 is asked about; until then it stays empty."""
    rows = [[*HEAD[:3], "时长"], ["甲支部", "党课", "2024-03-05", 1.5]]
    sheet = read(rows)
    assert "scale:时长" in [question.id for question in sheet.questions] and fields(sheet)["minutes"] == [None]
    assert fields(read(rows, answers={"scale:时长": "hour"}))["minutes"] == [90]


def test_sources_keep_the_original_texts():
    """Each record carries its row as it was written."""
    sheet = read([[*HEAD[:3], "未知列"], ["甲支部", "党课", "2024年3月5日", "随便"]])
    assert sheet.tables[0].sources == ['{"党支部": "甲支部", "活动类型": "党课", "活动日期": "2024年3月5日", "未知列": "随便"}']


def test_all_columns_are_of_one_length():
    """Numbers, sources and every field have one entry for each record."""
    sheet = read([HEAD, ["甲支部", "支部党员大会、党课", "2024-03-05", 5, 5, None], ["甲支部", "坏", "2024-03-05", 5, 5, None]])
    (table,) = sheet.tables
    assert {len(table.numbers), len(table.sources), *map(len, table.fields.values())} == {2}


def test_the_end_of_a_span_is_kept_where_a_field_takes_it():
    """One column of spans gives both ends of an event; a single day is its own end."""
    rows = [["2024年检查安排"], ["时间", "类别", "名称"], ["3月10日-20日", "检查", "春季检查"], ["2024-07-01", "全会", "会议"]]
    sheet = read(rows, name="节点日历.xlsx")
    assert fields(sheet)["starts_on"] == [date(2024, 3, 10), date(2024, 7, 1)]
    assert fields(sheet)["ends_on"] == [date(2024, 3, 20), date(2024, 7, 1)] and not sheet.warnings


def test_a_plan_that_was_moved():
    """The date it was moved to counts; one that was not moved keeps its first."""
    rows = [
        ["2024年计划调整登记"],
        ["支部", "活动类型", "原定时间", "调整后时间", "调整原因"],
        ["甲支部", "党课", "2024-07-08", None, None],
        ["甲支部", "主题党日", "2024-07-10", "2024-07-20", "台风"],
    ]
    assert fields(read(rows, name="工作计划.xlsx"))["planned_on"] == [date(2024, 7, 8), date(2024, 7, 20)]


def test_a_plan_for_a_quarter_is_asked_about():
    """“一季度” is no month before somebody says which one."""
    rows = [["2024年工作计划"], ["支部", "活动类型", "计划时间"], ["甲支部", "党课", "一季度"], ["甲支部", "党课", "上半年"]]
    sheet = read(rows, name="工作计划.xlsx")
    (question,) = [asked for asked in sheet.questions if asked.severity == "ask"]
    assert (question.id, question.rows, sheet.accepted) == ("part_of_year:计划时间", 2, 0)
    last = read(rows, name="工作计划.xlsx", answers={question.id: "last"})
    assert fields(last)["planned_on"] == [date(2024, 3, 1), date(2024, 6, 1)]
    assert fields(last)["planned_on_precision"] == ["month", "month"] and len(last.warnings) == 2


def test_what_a_title_gave_is_said():
    """Unit and type that no column holds are named in a notice each."""
    rows = [["甲支部2024年主题党日台账"], ["活动日期", "主题"], ["2024-03-05", "参观"]]
    sheet = read(rows)
    assert {"stated:unit", "stated:type"} <= {asked.id for asked in sheet.questions if asked.severity == "notice"}
    assert fields(sheet)["type"] == ["theme_day"]


def test_forms_below_a_title_that_names_the_type():
    """A column of forms takes no part in the type where a title says it."""
    rows = [
        ["2024年主题党日统计"],
        ["支部", "日期", "活动形式"],
        ["甲支部", "2024-03-05", "志愿服务"],
        ["乙支部", "2024-03-06", "参观"],
    ]
    found = fields(read(rows))
    assert found["type"] == ["theme_day", "theme_day"] and found["form"] == ["志愿服务", "参观"]


def test_minutes_are_whole_and_that_is_said():
    """A duration that is no whole number of minutes is rounded with a word."""
    sheet = read([["支部", "活动类型", "活动日期", "时长（分钟）"], ["甲支部", "党课", "2024-03-05", "27.4"]])
    assert fields(sheet)["minutes"] == [27] and [problem.row for problem in sheet.warnings] == [2]


def test_numbered_units():
    """“第1党支部” and “12支部” are names of units, not numbers."""
    rows = [
        ["支部", "活动类型", "活动日期"],
        *[[f"第{n}党支部", "党课", "2024-03-05"] for n in range(1, 5)],
        ["12支部", "党课", "2024-03-05"],
    ]
    assert fields(read(rows))["unit"] == ["第1党支部", "第2党支部", "第3党支部", "第4党支部", "12支部"]


def test_hours_that_must_be_minutes():
    """84 below 时长（小时） is no duration: it is said, not kept as three and a half days."""
    sheet = read(
        [
            ["支部", "活动类型", "活动日期", "时长（小时）"],
            ["甲支部", "党课", "2024-03-05", 84],
            ["乙支部", "党课", "2024-03-05", 2],
        ]
    )
    assert fields(sheet)["minutes"] == [None, 120] and [problem.row for problem in sheet.warnings] == [2]
