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
