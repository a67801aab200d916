"""Summary sheets: what is spread over columns becomes records, and what cannot be one is said."""

from datetime import date

from cadence.sheets.columns import token
from tests.sheets.books import fields, read


def test_months_without_a_year_are_asked_about():
    """A month matrix that states no year waits for it."""
    rows = [["党支部", "支委会次数", None, None], [None, "1月", "2月", "3月"], ["甲支部", 1, 2, None]]
    merged = [(0, 0, 1, 0), (0, 1, 0, 3)]
    sheet = read(rows, merged)
    (question,) = sheet.questions
    assert (question.id, sheet.verdict, sheet.accepted) == ("year:台账.xlsx#Sheet1", "import_with_questions", 0)
    answered = read(rows, merged, answers={question.id: "2023"})
    assert fields(answered)["held_on"] == [date(2023, 1, 1), date(2023, 2, 1), date(2023, 2, 1)]


def test_an_unknown_group_of_months_is_asked_about():
    """Months below a header that names no type are asked about; the others are read."""
    rows = [
        ["2024年统计表", None, None, None, None, None, None],
        ["党支部", "支委会次数", None, None, "党员集体活动", None, None],
        [None, "1月", "2月", "3月", "1月", "2月", "3月"],
        ["甲支部", 1, 1, 1, 2, None, None],
    ]
    merged = [(0, 0, 0, 6), (1, 0, 2, 0), (1, 1, 1, 3), (1, 4, 1, 6)]
    sheet = read(rows, merged)
    assert sheet.verdict == "import_with_questions" and len(fields(sheet)["type"]) == 3
    answered = read(rows, merged, answers={"type:党员集体活动": "theme_day"})
    assert fields(answered)["type"].count("theme_day") == 2


def test_a_count_that_is_none():
    """A month cell that is no count is a problem of that cell alone."""
    head = ["党支部", "1月", "2月", "3月", "4月"]
    sheet = read([["2024年支委会统计", None, None, None, None], head, ["甲支部", 1, "若干", 1, 2]], [(0, 0, 0, 4)])
    assert [(problem.row, problem.column) for problem in sheet.rejected] == [(3, "C")]
    assert [day.month for day in fields(sheet)["held_on"]] == [1, 3, 4, 4]


def test_types_as_columns():
    """Unit × types counts of one month are activities of that month; of a quarter, they have no date and are refused."""
    head = ["党支部", "支部党员大会（次）", "支委会（次）", "党课（次）"]
    sheet = read([["2024年3月组织生活统计表", None, None, None], head, ["甲支部", 1, 2, 0]], [(0, 0, 0, 3)])
    assert fields(sheet)["type"] == ["members_meeting", "committee_meeting", "committee_meeting"]
    assert set(fields(sheet)["held_on"]) == {date(2024, 3, 1)} and set(fields(sheet)["held_on_precision"]) == {"month"}
    quarter = read([["2024年第一季度组织生活统计表", None, None, None], head, ["甲支部", 1, 2, 0]], [(0, 0, 0, 3)])
    assert quarter.verdict == "refuse" and "活动日期" in str(quarter.reason)


def test_quarters_as_columns():
    """Unit × quarters of scores are scores of each quarter."""
    head = ["党支部", "一季度", "二季度", "三季度"]
    sheet = read([["2024年各季度考核得分", None, None, None], head, ["甲支部", 90, 91.5, None]], [(0, 0, 0, 3)])
    found = list(zip(fields(sheet)["quarter"], fields(sheet)["score"], strict=True))
    assert found == [(date(2024, 1, 1), 90), (date(2024, 4, 1), 91.5)]


def test_raters_as_columns():
    """Unit × raters are scores of each rater, kept as a token."""
    rows = [["2024年度考核评分汇总", None, None, None], ["被评单位", "评委1", "评委2", "平均分"], ["甲支部", 90, 92, 91]]
    sheet = read(rows, [(0, 0, 0, 3)])
    assert sorted(fields(sheet)["rater"]) == sorted(token(name, b"test") for name in ("评委1", "评委2"))
    assert fields(sheet)["score"] == [90, 92] and set(fields(sheet)["criterion"]) == {"总分"}


def test_a_month_in_the_sheet_name_completes_days():
    """“5日” in a sheet called 3月 is the fifth of March."""
    sheet = read([["党支部", "活动类型", "日期"], ["甲支部", "党课", "5日"]], sheet="3月", name="2024年台账.xlsx")
    assert fields(sheet)["held_on"] == [date(2024, 3, 5)]
