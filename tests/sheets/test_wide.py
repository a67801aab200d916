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
    assert quarter.verdict == "refuse" and "还原不成" in str(quarter.reason)


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


def test_columns_of_numbers_below_a_title_about_assessment():
    """Beside a rank, rewards or deductions, every column of scores is a criterion, whatever its name."""
    rows = [
        ["2024年一季度绩效评价汇总"],
        ["被考核单位", "党的建设", "业务实绩", "奖励加分", "扣分", "季度得分", "名次"],
        ["人教科", 28, 44, 1, None, 73, 1],
        ["财务科", 28.3, 45, None, 0.5, 72.8, 2],
    ]
    sheet = read(rows)
    scores, points = fields(sheet, "evaluations"), fields(sheet, "adjustments")
    assert sheet.verdict == "import" and scores["criterion"][::2] == ["党的建设", "业务实绩", "季度得分"]
    assert list(zip(points["direction"], points["points"], strict=True)) == [("reward", 1.0), ("deduction", 0.5)]


def test_numbers_without_such_a_title_are_no_scores():
    """Columns of numbers that nothing calls an assessment stay unknown."""
    sheet = read([["单位", "打印机", "电脑", "名次"], ["甲处", 3, 12, 1], ["乙处", 4, 10, 2]])
    assert sheet.verdict == "refuse" and not sheet.tables


def test_rewards_and_deductions_as_columns():
    """The headers say the direction, and the ground where no column does; totals make no record."""
    rows = [
        ["2024年度加分统计"],
        ["支部", "信息宣传加分", "违规通报扣分", "加分合计"],
        ["甲支部", 2, None, 2],
        ["乙支部", 0, "1", -1],
        ["合计", 2, 1, 1],
    ]
    sheet = read(rows)
    found = fields(sheet, "adjustments")
    assert list(zip(found["unit"], found["direction"], found["points"], found["reason"], strict=True)) == [
        ("甲支部", "reward", 2.0, "信息宣传"),
        ("乙支部", "deduction", 1.0, "违规通报"),
    ]


def test_one_column_of_deductions_beside_what_was_done():
    """Where the column of what was done is empty, a deduction is one by its header."""
    rows = [
        ["2024年督查扣分情况"],
        ["受检单位", "存在问题", "扣分情况", "发生时间", "处理结果"],
        ["甲支部", "未开会", "扣1分", "2024-05-06", "通报批评"],
        ["乙支部", "公示迟", "扣0.5分", "2024-05-07", None],
        ["丙支部", "补记录", "/", "2024-05-08", "约谈"],
    ]
    found = fields(read(rows), "adjustments")
    assert (found["direction"], found["points"]) == (["deduction", "deduction", "talk"], [1.0, 0.5, None])


def test_quarters_of_progress():
    """One record a task and quarter that has a progress."""
    rows = [
        ["2024年度重点工作任务进度"],
        ["重点工作任务", "责任单位", "进度情况", None, None],
        [None, None, "一季度", "二季度", "三季度"],
        ["招商引资", "招商局", "20%", 0.45, None],
    ]
    found = fields(read(rows, [(0, 0, 0, 4), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 4)]), "tasks")
    assert (found["quarter"], found["progress"]) == ([date(2024, 1, 1), date(2024, 4, 1)], [0.2, 0.45])


def test_raters_by_other_names_and_who_abstained():
    """督导员甲 and 机关党委评分 are raters; an abstention is no score and no zero."""
    rows = [
        ["2024年二季度督导评分"],
        ["党组织", "督导项目", "督导员甲", "督导员乙", "机关党委评分"],
        ["甲支部", "制度执行", 95, "93", "94分"],
        ["乙支部", "制度执行", 91, 90, "弃权"],
    ]
    found = fields(read(rows), "evaluations")
    assert found["score"] == [95.0, 91.0, 93.0, 90.0, 94.0]
    assert found["rater"][4] == token("机关党委", b"test") and len(set(found["rater"])) == 3


def test_ranks_below_a_unit_matrix_are_no_scores():
    """Weighted sums and ranks at the foot are passed over by name."""
    rows = [
        ["2024年二季度部门考核得分"],
        ["指标", "权重", "综合部", "市场部"],
        ["党建工作", "30%", 92, 90],
        ["经营业绩", "70%", 85, 97],
        ["加权得分", None, 87, 95],
        ["排名", None, 2, 1],
    ]
    sheet = read(rows)
    assert [skipped.row for skipped in sheet.skipped] == [5, 6] and len(fields(sheet)["score"]) == 4


def test_the_day_of_the_assessment_above_the_table():
    """“考核时间：…” holds for every score."""
    rows = [["2024年一季度考核评分"], ["考核时间：2024年4月8日"], ["被考核单位", "考核项目", "得分"], ["甲支部", "作风", 9.5]]
    assert fields(read(rows))["rated_on"] == [date(2024, 4, 8)]


def test_types_below_months_are_a_plan_or_what_was_held():
    """Below a title that says plan each cell is a planned activity, else one that was held, at month precision."""
    rows = [["支部", "1月", "2月", "3月"], ["甲支部", "支委会", "党课、主题党日", None]]
    plan = fields(read([["2024年工作计划"], *rows]), "plans")
    assert list(zip(plan["planned_on"], plan["type"], strict=True)) == [
        (date(2024, 1, 1), "committee_meeting"),
        (date(2024, 2, 1), "party_lecture"),
        (date(2024, 2, 1), "theme_day"),
    ]
    held = fields(read([["2024年组织生活开展情况"], *rows]), "activities")
    assert held["held_on"] == plan["planned_on"] and set(held["held_on_precision"]) == {"month"}


def test_dates_below_months():
    """Each cell is an activity of the type in the title, on that day."""
    rows = [
        ["2024年支委会召开时间一览"],
        ["支部", "1月", "2月", "3月"],
        ["甲支部", "1月5日", "2月6日", "/"],
        ["乙支部", None, "2.18", "3月7日"],
    ]
    found = fields(read(rows))
    assert found["held_on"] == [date(2024, 1, 5), date(2024, 2, 6), date(2024, 2, 18), date(2024, 3, 7)]
    assert set(found["type"]) == {"committee_meeting"}


def test_months_as_rows_and_types_as_columns():
    """One unit's year: a row a month, a column a type, a count a cell."""
    rows = [
        ["甲支部2024年组织生活统计表"],
        ["月份", "支委会", "党员大会", "党课"],
        ["1月", 1, None, 1],
        ["2月", 2, 1, 0],
        ["合计", 3, 1, 1],
    ]
    found = fields(read(rows))
    assert sorted(zip(found["held_on"], found["type"], strict=True)) == [
        (date(2024, 1, 1), "committee_meeting"),
        (date(2024, 1, 1), "party_lecture"),
        (date(2024, 2, 1), "committee_meeting"),
        (date(2024, 2, 1), "committee_meeting"),
        (date(2024, 2, 1), "members_meeting"),
    ]


def test_counts_of_a_year_are_refused_and_never_a_register():
    """Types above numbers are counts; without a month nothing can be made of them, and that is said."""
    sheet = read(
        [["2024年党支部活动统计"], ["支部", "主题党日", "支委会", "党小组会"], ["甲支部", 12, 12, 24], ["乙支部", 11, 12, 22]]
    )
    assert (sheet.verdict, sheet.tables) == ("refuse", []) and "还原不成" in str(sheet.reason)


def test_names_in_columns_that_no_field_takes_are_dropped():
    """谈话人, 支部书记 and the like hold names; they are neither read nor kept with the row."""
    rows = [
        ["2024年谈心谈话记录"],
        ["党支部", "谈话人", "谈话对象", "谈话时间", "谈话内容"],
        ["甲支部", "张明", "李强", "2024-03-05", "思想"],
    ]
    sheet = read(rows)
    assert sheet.dropped == ["谈话人", "谈话对象"] and "李强" not in str(sheet.tables) and fields(sheet)["type"] == ["talk"]


def test_ticks_below_types_count_once():
    """A month's sheet of ticks is one activity a tick; a cross and an empty cell are none."""
    rows = [
        ["2024年3月组织生活开展情况"],
        ["支部", "党员大会", "支委会", "党课"],
        ["甲支部", "√", "√", "×"],
        ["乙支部", None, "√", "√"],
    ]
    found = fields(read(rows))
    assert sorted(zip(found["unit"], found["type"], strict=True)) == [
        ("乙支部", "committee_meeting"),
        ("乙支部", "party_lecture"),
        ("甲支部", "committee_meeting"),
        ("甲支部", "members_meeting"),
    ]
