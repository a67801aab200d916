"""All seven kinds, as messy as offices keep them, from every format: one table each, the same records out."""

from datetime import date

import pytest

from cadence.sheets import read_files
from tests.sheets.books import FORMATS, context, fields, file

LEDGER = [
    ["2024年第一季度“三会一课”活动台账", None, None, None, None, None, None, None],
    ["填报单位：机关党委", None, None, None, "填报时间：2024年4月8日", None, None, None],
    ["序号", "党支部", "活 动\n类 型", "活动日期", "人数", None, "主持人", "备注"],
    [None, None, None, None, "应到", "实到", None, None],
    [1, "第一党支部", "支部党员大会", "2024.3.5", "15人", "14", "张明", None],
    [2, None, "支委会,党课", "3月8日下午", 5, 5, "李强", "/"],
    [None, "小计", None, None, 20, 19, None, None],
    [3, "第二党支部", "主题党日", date(2024, 2, 20), 12, 13, "王芳", "实到多一人"],
    [4, None, None, None, None, None, None, None],
    ["注：本表按季度报送。", None, None, None, None, None, None, None],
]
LEDGER_MERGED = [
    (0, 0, 0, 7),
    (2, 0, 3, 0),
    (2, 1, 3, 1),
    (2, 2, 3, 2),
    (2, 3, 3, 3),
    (2, 4, 2, 5),
    (2, 6, 3, 6),
    (2, 7, 3, 7),
    (4, 1, 5, 1),
]

REGISTER = [
    ["2024年第三季度基层党组织名册", None, None, None, None],
    ["序号", "党组织名称", "上级党组织", "党员总数", "是否设支委会"],
    [1, "机关第一党支部", "机关党委", 31, "是"],
    [2, "机关第二党支部", "机关党委", "9人", "否"],
    [None, "合计", None, 40, None],
]

PLANS = [
    ["2024年度组织生活计划", None, None, None, None],
    ["责任支部", "计划类型", "计划月份", "主要内容", "变更原因"],
    ["第一党支部", "主题党日", "3月", "植树", None],
    ["第一党支部", "党课", "2024年4月", "书记讲党课", "出差"],
    ["第二党支部", "支委会", 5, "研究工作", None],
]

TASKS = [
    ["业务重点任务清单", None, None, None, None],
    ["牵头处室", "重点任务", "季度", "完成率", "得分"],
    ["综合处", "一网通办", "2024年第二季度", "80%", 92.5],
    ["法规处", "立法计划", "2024Q2", 0.5, "88分"],
]

SCORES = [
    ["考核评分表", None, None, None, None, None],
    ["考核对象", "考核期间", "考核指标", "分值", "考评得分", "定量/定性"],
    ["第一党支部", "2024年上半年", "组织生活", 20, 18.5, "定量"],
    ["第一党支部", "2024年上半年", "作用发挥", 30, "27分", "定性"],
    ["平均分", None, None, None, 22.75, None],
]

SUMMARY = [
    ["2024年第二季度考核汇总表", None, None, None, None, None, None, None],
    ["序号", "责任单位", "考核得分", None, "奖惩", None, "季度总分", "排名"],
    [None, None, "党建工作（40分）", "工作实绩（60分）", "加分", "减分", None, None],
    [1, "第一党支部", 38, 55.5, 2, None, 95.5, 1],
    [2, "第二党支部", 36, 54, 0, -1, 89, 2],
    [None, "平均分", 37, 54.75, None, None, 92.25, None],
]
SUMMARY_MERGED = [(0, 0, 0, 7), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 2, 6), (1, 7, 2, 7)]

REWARDS = [
    ["单位", "加/减", "分值", "事由", "事项发生日期", "季度"],
    ["第一党支部", "加分", 2, "获评先进", "2024-05-06", "2024年第二季度"],
    ["第二党支部", "扣分", "-1分", "迟报", "2024年6月", "2024年第二季度"],
    ["第三党支部", "约谈", None, "整改不力", "2024/6/20", "2024年第二季度"],
]

CALENDAR = [
    ["2024年节点日历", None, None, None, None],
    ["开始日期", "结束日期", "节点类型", "名称", "是否豁免"],
    ["6月20日", "7月5日", "七一", "庆祝建党系列活动", "是"],
    ["2024-11-25", "2024-12-10", "检查考核", "年度党建检查", None],
]

MONTHS = [
    ["2024年组织生活开展情况统计表", None, None, None, None, None, None],
    ["党支部名称", "支委会次数", None, None, "党课次数", None, None],
    [None, "1月", "2 月", "3月", "1月", "2月", "3月"],
    ["第一党支部", 1, 2, None, 0, None, 1],
    ["第二党支部", 1, 1, 1, None, 1, None],
]
MONTHS_MERGED = [(1, 0, 2, 0), (1, 1, 1, 3), (1, 4, 1, 6)]

MATRIX = [
    ["2024年度考核打分表", None, None, None],
    ["考核点", "分值", "第一党支部", "第二党支部"],
    ["组织生活", "40分", 38, 35],
    ["作用发挥", "60分", 55, None],
    ["合计", 100, 93, 35],
]


def only(kind, rows, merged=(), name="台账", sheet="Sheet1", **more):
    """The reading of the one sheet of a file in one of the formats."""
    (reading,) = read_files([file(kind, rows, merged, name, sheet)], context(**more))
    assert reading.reason is None
    return reading.sheets[0]


@pytest.mark.parametrize("form", FORMATS)
def test_activity_ledger(form):
    """A ledger with title, meta row, two-row header, merged units, a sub-total, a numbered empty row and a note."""
    sheet = only(form, LEDGER, LEDGER_MERGED)
    assert (sheet.kind, sheet.verdict, sheet.header_rows) == ("activities", "import", [3, 4])
    assert sheet.columns == {
        "unit": "党支部",
        "type": "活动类型",
        "held_on": "活动日期",
        "expected": "人数·应到",
        "attended": "人数·实到",
        "host": "主持人",
        "remark": "备注",
    }
    assert (sheet.rows, sheet.accepted) == (3, 3)
    (table,) = sheet.tables
    assert table.numbers == [5, 6, 6, 8]
    assert table.fields["unit"] == ["第一党支部"] * 3 + ["第二党支部"]
    assert table.fields["type"] == ["members_meeting", "committee_meeting", "party_lecture", "theme_day"]
    assert table.fields["held_on"] == [date(2024, 3, 5), date(2024, 3, 8), date(2024, 3, 8), date(2024, 2, 20)]
    assert table.fields["expected"] == [15, 5, 5, 12]
    assert table.fields["remark"] == [None, None, None, "实到多一人"]
    assert [skipped.row for skipped in sheet.skipped] == [7, 9, 10]
    assert [(problem.row, problem.column) for problem in sheet.warnings if problem.row] == [(8, "F")]
    assert sheet.period == (date(2024, 1, 1), date(2024, 3, 31))


@pytest.mark.parametrize("form", FORMATS)
def test_unit_register(form):
    """A register takes its quarter from the title."""
    sheet = only(form, REGISTER, [(0, 0, 0, 4)])
    assert (sheet.kind, sheet.verdict, sheet.accepted) == ("units", "import", 2)
    assert fields(sheet)["members"] == [31, 9] and fields(sheet)["has_committee"] == [True, False]
    assert fields(sheet)["quarter"] == [date(2024, 7, 1)] * 2


@pytest.mark.parametrize("form", FORMATS)
def test_work_plan(form):
    """A plan keeps months as months, with the year of its title."""
    sheet = only(form, PLANS, [(0, 0, 0, 4)])
    assert (sheet.kind, sheet.verdict, sheet.accepted) == ("plans", "import", 3)
    assert fields(sheet)["planned_on"] == [date(2024, 3, 1), date(2024, 4, 1), date(2024, 5, 1)]
    assert fields(sheet)["planned_on_precision"] == ["month"] * 3


@pytest.mark.parametrize("form", FORMATS)
def test_key_tasks(form):
    """Tasks with a quarter, a share and a score in several spellings."""
    sheet = only(form, TASKS, [(0, 0, 0, 4)])
    assert (sheet.kind, sheet.verdict, sheet.accepted) == ("tasks", "import", 2)
    assert fields(sheet)["quarter"] == [date(2024, 4, 1)] * 2
    assert fields(sheet)["progress"] == [0.8, 0.5] and fields(sheet)["score"] == [92.5, 88]


@pytest.mark.parametrize("form", FORMATS)
def test_long_scores(form):
    """Scores in long form; a half-year is its last quarter."""
    sheet = only(form, SCORES, [(0, 0, 0, 5)])
    assert (sheet.kind, sheet.verdict, sheet.accepted) == ("evaluations", "import", 2)
    assert fields(sheet)["score"] == [18.5, 27] and fields(sheet)["max_score"] == [20, 30]
    assert fields(sheet)["nature"] == ["quantitative", "qualitative"]
    assert fields(sheet)["quarter"] == [date(2024, 4, 1)] * 2


@pytest.mark.parametrize("form", FORMATS)
def test_quarterly_summary(form):
    """The quarterly summary becomes one score a criterion, and rewards and deductions where there are any."""
    sheet = only(form, SUMMARY, SUMMARY_MERGED)
    assert (sheet.kind, sheet.verdict, sheet.rows, sheet.accepted) == ("evaluations", "import", 2, 2)
    scores, points = fields(sheet, "evaluations"), fields(sheet, "adjustments")
    found = list(zip(scores["unit"], scores["criterion"], scores["score"], scores["max_score"], strict=True))
    assert ("第一党支部", "党建工作", 38, 40) in found and ("第二党支部", "季度总分", 89, None) in found and len(found) == 6
    assert list(zip(points["unit"], points["direction"], points["points"], strict=True)) == [
        ("第一党支部", "reward", 2),
        ("第二党支部", "deduction", -1),
    ]
    assert set(scores["quarter"]) == set(points["quarter"]) == {date(2024, 4, 1)}
    assert sheet.unmapped == ["排名"]


@pytest.mark.parametrize("form", FORMATS)
def test_rewards_and_deductions(form):
    """Rewards, deductions and uses of a result."""
    sheet = only(form, REWARDS, name="加减分台账")
    assert (sheet.kind, sheet.verdict, sheet.accepted) == ("adjustments", "import", 3)
    assert fields(sheet)["direction"] == ["reward", "deduction", "talk"]
    assert fields(sheet)["points"] == [2, -1, None]
    assert fields(sheet)["happened_on_precision"] == ["day", "month", "day"]


@pytest.mark.parametrize("form", FORMATS)
def test_calendar(form):
    """Events with the year of the title; future ones are no problem."""
    sheet = only(form, CALENDAR, [(0, 0, 0, 4)])
    assert (sheet.kind, sheet.verdict, sheet.accepted) == ("calendar", "import", 2)
    assert fields(sheet)["event"] == ["festival", "inspection"] and fields(sheet)["exempt"] == [True, None]
    assert fields(sheet)["ends_on"] == [date(2024, 7, 5), date(2024, 12, 10)]


@pytest.mark.parametrize("form", FORMATS)
def test_month_matrix(form):
    """Unit × months of counts becomes one activity at month precision for each that was counted."""
    sheet = only(form, MONTHS, MONTHS_MERGED)
    assert (sheet.kind, sheet.verdict, sheet.rows, sheet.accepted) == ("activities", "import", 2, 2)
    found = sorted(zip(fields(sheet)["unit"], fields(sheet)["type"], fields(sheet)["held_on"], strict=True))
    assert len(found) == 8 and found.count(("第一党支部", "committee_meeting", date(2024, 2, 1))) == 2
    assert ("第二党支部", "party_lecture", date(2024, 2, 1)) in found
    assert set(fields(sheet)["held_on_precision"]) == {"month"}


@pytest.mark.parametrize("form", FORMATS)
def test_unit_matrix(form):
    """Criteria × units is unpivoted; a blank cell is no score, and the full mark comes from its column."""
    sheet = only(form, MATRIX, [(0, 0, 0, 3)])
    assert (sheet.kind, sheet.verdict) == ("evaluations", "import")
    found = sorted(zip(*(fields(sheet)[name] for name in ("unit", "criterion", "score", "max_score")), strict=True))
    assert found == [("第一党支部", "作用发挥", 55, 60), ("第一党支部", "组织生活", 38, 40), ("第二党支部", "组织生活", 35, 40)]
