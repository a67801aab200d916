"""The activity ledgers as six offices keep them: each has its own layout and stays with it quarter after quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cadence.sample import calendar, organ
from cadence.sample.activities import TYPE_NAMES, Activity, handed_in
from cadence.sample.books import Book, Cell, Sheet

QUARTERS = "一二三四"
Row = dict[str, Cell]


@dataclass(frozen=True)
class Planted:
    """A bad row among the good ones: where it stands, the cells that are bad, and what is wrong with them."""

    office: str
    year: int
    quarter: int
    cells: tuple[tuple[str, Cell], ...]
    fault: str


PLANTED = (
    Planted("热线中心", 2025, 1, (("开展时间", "2025.2.31"),), "不可能的日期"),
    Planted("热线中心", 2024, 4, (("开展时间", "10.3"),), "没有年份的小数日期"),
    Planted("政务一组", 2024, 2, (("应到", 9), ("实到", 12)), "实到大于应到"),
    Planted("政务一组", 2025, 4, (), "同一活动登记两次"),
    Planted("大数据中心", 2023, 4, (("所在党支部", "平台运维不党支部"),), "单位名称错字"),
    Planted("大数据中心", 2024, 3, (("实到", "十来人"),), "不是数字的人数"),
    Planted("街镇便民", 2024, 1, (("时间", "2024年13月5日"),), "不可能的日期"),
    Planted("街镇便民", 2023, 2, (("应到", "１０"), ("实到", "１８")), "实到大于应到"),
    Planted("交易中心", 2025, 3, (("党组织名称", "交易受里部党支部"),), "单位名称错字"),
    Planted("数据组", 2023, 3, (("日期", "9月31日"),), "不可能的日期"),
)


def books(seed: int) -> Iterable[Book]:
    """Every ledger of every quarter that was handed in."""
    by_office: dict[tuple[str, int, int], list[Activity]] = {}
    offices = {branch.unit: organ.office_of(branch) for branch in organ.branches()} | {organ.ORGAN: "政务一组"}
    for activity in handed_in(seed):
        key = (offices[activity.unit], activity.held_on.year, calendar.quarter_of(activity.held_on))
        by_office.setdefault(key, []).append(activity)
    for office, year, quarter in sorted(by_office, key=lambda key: (key[1], key[2], list(LAYOUTS).index(key[0]))):
        yield LAYOUTS[office](by_office[office, year, quarter], year, quarter)


def _rows(
    activities: list[Activity], office: str, year: int, quarter: int, row: Callable[[Activity, int], Row], topic: str
) -> list[tuple[Activity, Row]]:
    """Each activity's cells by header, with the planted bad rows put in after the fourth."""
    made = [(activity, row(activity, number)) for number, activity in enumerate(activities)]
    for planted in PLANTED:
        if (planted.office, planted.year, planted.quarter) == (office, year, quarter):
            activity, cells = made[3]
            title = {topic: f"{cells[topic]}（补）"} if planted.cells else {}
            made.insert(4, (activity, cells | title | dict(planted.cells)))
    return made


def _types(activity: Activity, names: dict[str, str], comma: str = "，") -> str:
    return comma.join(names.get(name, TYPE_NAMES[name]) for name in activity.types)


def _or(value: Cell, null: Cell) -> Cell:
    return value if value not in ("", None) else null


def _wide(number: Cell) -> str:
    """Full-width digits, as some input methods leave them."""
    return str(number).translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))


# --- 政务一组: one .xlsx table for three departments -------------------------------------------------------------------

_GROUP_ONE = {
    "人数": ("应到", "实到", "请假"),
    "领导参加情况": ("应参加领导人数", "领导参加人数", "以普通党员身份参加人数"),
    "问题": ("查找问题数", "解决问题数"),
    "议定": ("议定事项数", "办结数"),
}
_GROUP_ONE_HEADER = (
    "序号",
    "党支部",
    "活动类型",
    "主题",
    "活动形式",
    "活动时间",
    "时长",
    "人数",
    "主持人",
    "领导参加情况",
    "关联业务任务",
    "配合处室",
    "联建单位",
    "问题",
    "议定",
    "登记日期",
    "登记人",
    "专项",
    "无故缺席人数",
    "主持人职务",
)


def _group_one(activities: list[Activity], year: int, quarter: int) -> Book:
    names = {"committee_meeting": "支委会", "study": "理论学习", "visit": "现场教学"}

    def row(a: Activity, number: int) -> Row:
        return {
            "党支部": a.unit,
            "活动类型": _types(a, names),
            "主题": a.topic,
            "活动形式": a.form,
            "活动时间": a.held_on,
            "时长": f"{a.minutes}分钟",
            "应到": a.expected,
            "实到": a.attended,
            "请假": a.leave,
            "主持人": a.host,
            "应参加领导人数": a.leaders_expected,
            "领导参加人数": a.leaders_attended,
            "以普通党员身份参加人数": a.leaders_as_members,
            "关联业务任务": _or(a.task, "/"),
            "配合处室": _or(a.business_offices, "/"),
            "联建单位": _or(a.partner_units, "/"),
            "查找问题数": a.problems_raised,
            "解决问题数": a.problems_solved,
            "议定事项数": a.decisions,
            "办结数": a.decisions_closed,
            "登记日期": a.recorded_on,
            "登记人": a.recorder,
            "专项": _or(a.campaign, None),
            "无故缺席人数": a.absent,
            "主持人职务": a.host_role,
        }

    sheet = Sheet("组织生活台账", bold=(0, 1, 2))
    columns = [child for name in _GROUP_ONE_HEADER for child in _GROUP_ONE.get(name, (name,))]
    sheet.add(f"{organ.BUREAU}{year}年第{QUARTERS[quarter - 1]}季度组织生活台账")
    sheet.merges.append((0, 0, 0, len(columns) - 1))
    _two_row_header(sheet, _GROUP_ONE_HEADER, _GROUP_ONE)
    order = {organ.ORGAN: -1} | {branch.unit: n for n, branch in enumerate(organ.branches())}
    rows = _rows(sorted(activities, key=lambda a: (order[a.unit], a.held_on)), "政务一组", year, quarter, row, "主题")
    number = 0
    for unit in sorted({activity.unit for activity, _ in rows}, key=order.__getitem__):
        own = [cells for activity, cells in rows if activity.unit == unit]
        first = len(sheet.rows)
        for place, cells in enumerate(own):
            number += 1
            sheet.add(*(number if name == "序号" else None if name == "党支部" and place else cells[name] for name in columns))
        if len(own) > 1:
            sheet.merges.append((first, 1, len(sheet.rows) - 1, 1))
        sums = {name: sum(cells[name] for cells in own) for name in ("应到", "实到", "请假")}
        sheet.add(*("小计" if name == "党支部" else f"{len(own)}次" if name == "活动类型" else sums.get(name) for name in columns))
    sheet.add("注：1.本表按季度报送；2.同一次活动含两类组织生活的，类型以逗号分隔；3.无关联业务任务的填“/”。")
    sheet.add("填表单位：机关党委办公室", None, None, "审核：", None, f"填表日期：{_handed_in_on(year, quarter)}")
    return Book(
        f"{year}Q{quarter}/政务一组_组织生活台账_{year}年第{QUARTERS[quarter - 1]}季度.xlsx",
        [sheet, Sheet("Sheet2"), Sheet("Sheet3")],
    )


def _two_row_header(sheet: Sheet, names: Iterable[str], children: dict[str, tuple[str, ...]]) -> None:
    """Parents above, children below; a header without children is merged over both rows."""
    above: list[Cell] = []
    below: list[Cell] = []
    top = len(sheet.rows)
    for name in names:
        parts = children.get(name, ())
        if len(parts) > 1:
            sheet.merges.append((top, len(above), top, len(above) + len(parts) - 1))
        if not parts:
            sheet.merges.append((top, len(above), top + 1, len(above)))
        above += [name, *[None] * (max(len(parts), 1) - 1)]
        below += parts or [None]
    sheet.add(*above)
    sheet.add(*below)


def _handed_in_on(year: int, quarter: int) -> str:
    day = calendar.after(dt.date(year + quarter // 4, quarter % 4 * 3 + 1, 9))
    return f"{day.year}年{day.month}月{day.day}日"


# --- 数据组: .xlsx, one sheet per branch, dates without a year ------------------------------------------------------------

_DATA_HEADER = (
    "日期",
    "类别",
    "会议主题",
    "形式",
    "会议地点",
    "应到人数",
    "实到人数",
    "主持人",
    "主讲人",
    "记录人",
    "登记日期",
    "五同步",
    "对应重点任务",
    "查找问题数",
    "解决问题",
    "材料份数",
    "满意度评分",
    "切入点",
    "专项名称",
    "主持人职务",
)


def _data(activities: list[Activity], year: int, quarter: int) -> Book:
    names = {
        "members_meeting": "党员大会",
        "committee_meeting": "支委会",
        "theme_day": "主题党日活动",
        "appraisal": "民主评议",
        "study": "专题学习",
    }

    def row(a: Activity, number: int) -> Row:
        afternoon = "下午" if a.starts_at >= "12" and number % 7 == 3 else ""
        return {
            "日期": f"{a.held_on.month}月{a.held_on.day}日{afternoon}",
            "类别": _types(a, names, ","),
            "会议主题": a.topic,
            "形式": a.form,
            "会议地点": a.place,
            "应到人数": a.expected,
            "实到人数": a.attended,
            "主持人": a.host,
            "主讲人": _or(a.speaker, "无"),
            "记录人": a.recorder,
            "登记日期": a.recorded_on,
            "五同步": _or("、".join(a.sync), None),
            "对应重点任务": _or(a.task, "无"),
            "查找问题数": a.problems_raised,
            "解决问题": a.problems_solved,
            "材料份数": a.materials,
            "满意度评分": a.satisfaction,
            "切入点": _or(a.entry_point, None),
            "专项名称": _or(a.campaign, "无"),
            "主持人职务": a.host_role,
        }

    rows = _rows(activities, "数据组", year, quarter, row, "会议主题")
    sheets = []
    for place, branch in enumerate(organ.branches_of("数据资源党总支")):
        own = [(activity, cells) for activity, cells in rows if activity.unit == branch.unit]
        if own:
            sheets.append(_data_sheet(branch.unit, own, year, quarter, in_meta=place >= 4))
    return Book(f"{year}Q{quarter}/数据组_支部台账_{year}年{QUARTERS[quarter - 1]}季度.xlsx", sheets)


def _data_sheet(unit: str, rows: list[tuple[Activity, Row]], year: int, quarter: int, in_meta: bool) -> Sheet:
    """The unit stands in the name of the sheet, or in a cell above the header and the sheet bears a short name."""
    sheet = Sheet(unit.removesuffix("党支部") if in_meta else unit, bold=(0,))
    sheet.add(f"{year}年第{QUARTERS[quarter - 1]}季度组织生活记录")
    sheet.merges.append((0, 0, 0, len(_DATA_HEADER) - 1))
    sheet.add(*(["党支部：" + unit] if in_meta else ["上级党组织：数据资源党总支"]))
    sheet.add()
    sheet.add(*_DATA_HEADER)
    month = None
    for activity, cells in rows:
        if month not in (None, activity.held_on.month):
            sheet.add()
        month = activity.held_on.month
        sheet.add(*(cells[name] for name in _DATA_HEADER))
    return sheet


# --- 热线中心: .csv in GBK, dates 2024.3.5, counts with their unit -----------------------------------------------------------

_HOTLINE_HEADER = (
    "开展时间",
    "组织生活类型",
    "党支部名称",
    "所属党总支",
    "活动主题",
    "开展形式",
    "应参加人数",
    "参加人数",
    "召集人",
    "活动时长",
    "任务来源",
    "通知时间",
    "录入时间",
    "录入人",
    "结合业务工作",
    "附件数",
    "组织层级",
)


def _hotline(activities: list[Activity], year: int, quarter: int) -> Book:
    names = {
        "members_meeting": "支部大会",
        "committee_meeting": "支委会",
        "party_lecture": "专题党课",
        "group_meeting": "小组会",
        "training": "党员培训",
    }

    def row(a: Activity, number: int) -> Row:
        return {
            "开展时间": _dotted(a.held_on),
            "组织生活类型": _types(a, names),
            "党支部名称": a.unit,
            "所属党总支": "热线服务党总支",
            "活动主题": a.topic,
            "开展形式": a.form,
            "应参加人数": f"{a.expected}人",
            "参加人数": f"{a.attended}人",
            "召集人": a.host,
            "活动时长": f"{a.minutes / 60:g}小时" if a.minutes % 30 == 0 and number % 2 else f"{a.minutes}分钟",
            "任务来源": a.triggered_by,
            "通知时间": _dotted(a.notified_on) if a.notified_on else "—",
            "录入时间": _dotted(a.recorded_on),
            "录入人": a.recorder,
            "结合业务工作": _or(a.task, "—"),
            "附件数": a.materials,
            "组织层级": a.organised_by,
        }

    rows = _rows(sorted(activities, key=lambda a: (a.held_on, a.unit)), "热线中心", year, quarter, row, "活动主题")
    sheet = Sheet("台账")
    sheet.add(*_HOTLINE_HEADER)
    for _, cells in rows:
        sheet.add(*(cells[name] for name in _HOTLINE_HEADER))
    sheet.add(
        "合计",
        None,
        None,
        None,
        f"共{len(rows)}次",
        None,
        f"{sum(a.expected for a, _ in rows)}人",
        f"{sum(a.attended for a, _ in rows)}人",
    )
    return Book(f"{year}Q{quarter}/热线中心_组织生活记录_{year}Q{quarter}.csv", [sheet], "gbk")


def _dotted(day: dt.date) -> str:
    return f"{day.year}.{day.month}.{day.day}"


# --- 大数据中心: .xls with serial numbers and dates as text ---------------------------------------------------------------

_CENTRE_HEADER = (
    "序号",
    "所在党支部",
    "会议名称",
    "会议议题",
    "会议时间",
    "计划会议时间",
    "应 到",
    "实 到",
    "请 假",
    "主 持 人",
    "记录人",
    "填报时间",
    "五同步情况",
    "关联重点任务",
    "参与业务部门",
    "查找问题数",
    "解决问题",
    "发言人数",
    "规定/自选",
    "80后90后应到",
    "80后90后实到",
    "早退人数",
)


def _centre(activities: list[Activity], year: int, quarter: int) -> Book:
    names = {
        "committee_meeting": "支部委员会会议",
        "party_lecture": "书记讲党课",
        "theme_day": "支部主题党日",
        "appraisal": "民主评议",
        "annual": "年度总结",
    }

    def row(a: Activity, number: int) -> Row:
        return {
            "所在党支部": a.unit,
            "会议名称": _types(a, names, ","),
            "会议议题": a.topic,
            "会议时间": _span(a) if number % 2 else _written(a.held_on),
            "计划会议时间": _written(a.planned_on) if a.planned_on else "无",
            "应到": a.expected,
            "实到": a.attended,
            "请假": a.leave,
            "主持人": a.host,
            "记录人": a.recorder,
            "填报时间": a.recorded_on.isoformat(),
            "五同步情况": _or("；".join(a.sync), "/"),
            "关联重点任务": _or(a.task, "/"),
            "参与业务部门": _or(a.business_offices, "/"),
            "查找问题数": a.problems_raised,
            "解决问题": a.problems_solved,
            "发言人数": f"{a.speakers}人",
            "规定/自选": "规定动作" if a.prescribed else "自选动作",
            "80后90后应到": a.young_expected,
            "80后90后实到": a.young_attended,
            "早退人数": a.left_early,
        }

    order = {branch.unit: n for n, branch in enumerate(organ.branches())}
    rows = _rows(sorted(activities, key=lambda a: (a.held_on, order[a.unit])), "大数据中心", year, quarter, row, "会议议题")
    sheet = Sheet("会议登记")
    sheet.add(None, f"大数据中心党总支{year}年{QUARTERS[quarter - 1]}季度党支部会议登记表")
    sheet.merges.append((0, 1, 0, len(_CENTRE_HEADER) - 1))
    sheet.add()
    sheet.add(*_CENTRE_HEADER)
    for number, (_, cells) in enumerate(rows, 1):
        sheet.add(number, *(cells[name.replace(" ", "")] for name in _CENTRE_HEADER[1:]))
    for number in range(len(rows) + 1, len(rows) + 6):
        sheet.add(number)
    return Book(f"{year}Q{quarter}/大数据中心_党支部会议登记_{year}年{quarter}季度.xls", [sheet])


def _written(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _span(a: Activity) -> str:
    hour, minute = map(int, a.starts_at.split(":"))
    end = hour * 60 + minute + a.minutes
    return f"{a.held_on.isoformat()} {a.starts_at}-{end // 60:02d}:{end % 60:02d}"


# --- 交易中心: .ods beginning in column B, real dates ---------------------------------------------------------------------

_TRADE_HEADER = (
    "党组织名称",
    "上级党组织",
    "类型",
    "活动日期",
    "活动内容",
    "开展形式",
    "应到人数",
    "实到人数",
    "主持人",
    "时长（分钟）",
    "登记日期",
    "六同步",
    "服务中心工作",
    "参与业务部门",
    "联办支部",
    "问题数",
    "办结问题数",
    "决议事项数",
    "已办结事项数",
    "材料数",
    "报道数",
    "满意度评分",
    "准备情况",
    "所属年度",
    "早退人数",
)


def _trade(activities: list[Activity], year: int, quarter: int) -> Book:
    names = {
        "members_meeting": "党员大会",
        "committee_meeting": "支委会",
        "theme_day": "党日活动",
        "volunteer": "志愿活动",
        "joint": "支部联建",
        "annual": "年终总结",
    }

    def row(a: Activity, number: int) -> Row:
        return {
            "党组织名称": a.unit,
            "上级党组织": "公共资源交易中心党总支",
            "类型": _types(a, names, "、"),
            "活动日期": a.held_on,
            "活动内容": a.topic,
            "开展形式": a.form,
            "应到人数": a.expected,
            "实到人数": a.attended,
            "主持人": a.host,
            "时长（分钟）": a.minutes,
            "登记日期": a.recorded_on,
            "六同步": _or("、".join(a.sync), None),
            "服务中心工作": _or(a.task, "无"),
            "参与业务部门": _or(a.business_offices, "无"),
            "联办支部": _or(a.partner_units, "无"),
            "问题数": a.problems_raised,
            "办结问题数": a.problems_solved,
            "决议事项数": a.decisions,
            "已办结事项数": a.decisions_closed,
            "材料数": a.materials,
            "报道数": a.reports,
            "满意度评分": f"{a.satisfaction:g}分",
            "准备情况": a.prepared,
            "所属年度": a.year_of,
            "早退人数": a.left_early,
        }

    rows = _rows(sorted(activities, key=lambda a: (a.unit, a.held_on)), "交易中心", year, quarter, row, "活动内容")
    sheet = Sheet("活动明细")
    sheet.add(None, f"公共资源交易中心党总支活动明细（{year}年第{quarter}季度）")
    sheet.merges.append((0, 1, 0, len(_TRADE_HEADER)))
    sheet.add(None, *_TRADE_HEADER)
    for _, cells in rows:
        sheet.add(None, *(cells[name] for name in _TRADE_HEADER))
    sheet.add()
    sheet.add(None, "填表说明：满意度为活动后无记名评分，满分10分；双组织生活请在备注说明。")
    return Book(f"{year}Q{quarter}/交易中心_活动明细_{year}年第{quarter}季度.ods", [sheet, Sheet("Sheet2")])


# --- 街镇便民: .csv in UTF-8 with BOM, full-width digits -------------------------------------------------------------------

_TOWN_HEADER = (
    "单位",
    "所属部门",
    "类别",
    "时间",
    "主题",
    "形式",
    "应到",
    "实到",
    "未到",
    "组织人",
    "应参加领导人数",
    "领导干部参加人数",
    "普通党员身份",
    "动作类别",
    "年度",
    "专项名称",
    "融合业务",
    "登记时间",
    "组织层级",
    "无故缺席人数",
    "80后90后应到人数",
    "80后90后实到人数",
)


def _town(activities: list[Activity], year: int, quarter: int) -> Book:
    names = {
        "members_meeting": "全体党员大会",
        "committee_meeting": "支委会议",
        "party_lecture": "上党课",
        "theme_day": "主题党日活动",
        "visit": "外出参观",
        "service": "攻坚行动",
    }

    def row(a: Activity, number: int) -> Row:
        written = (
            _wide(a.held_on.isoformat()),
            f"{a.held_on.year}/{a.held_on.month}/{a.held_on.day}",
            a.held_on.strftime("%Y%m%d"),
            _written(a.held_on),
        )[number % 4]
        return {
            "单位": a.unit,
            "所属部门": "街镇便民服务党总支",
            "类别": _types(a, names, ","),
            "时间": written,
            "主题": a.topic,
            "形式": a.form,
            "应到": _wide(a.expected) if number % 3 == 0 else a.expected,
            "实到": _wide(a.attended) if number % 3 == 0 else a.attended,
            "未到": a.leave,
            "组织人": a.host,
            "应参加领导人数": a.leaders_expected,
            "领导干部参加人数": a.leaders_attended,
            "普通党员身份": a.leaders_as_members,
            "动作类别": "规定动作" if a.prescribed else "自选动作",
            "年度": f"{a.year_of}年",
            "专项名称": _or(a.campaign, "/"),
            "融合业务": _or(a.task, "—"),
            "登记时间": a.recorded_on,
            "组织层级": a.organised_by,
            "无故缺席人数": a.absent,
            "80后90后应到人数": a.young_expected,
            "80后90后实到人数": a.young_attended,
        }

    rows = _rows(sorted(activities, key=lambda a: (a.held_on, a.unit)), "街镇便民", year, quarter, row, "主题")
    sheet = Sheet("台账")
    sheet.add(f"街镇便民服务党总支活动台账（{year}年第{QUARTERS[quarter - 1]}季度）", *[None] * (len(_TOWN_HEADER) - 1))
    sheet.add(*_TOWN_HEADER)
    for _, cells in rows:
        sheet.add(*(cells[name] for name in _TOWN_HEADER))
    return Book(f"{year}Q{quarter}/街镇便民_活动台账_{year}年第{QUARTERS[quarter - 1]}季度.csv", [sheet], "utf-8-sig")


LAYOUTS: dict[str, Callable[[list[Activity], int, int], Book]] = {
    "政务一组": _group_one,
    "数据组": _data,
    "热线中心": _hotline,
    "大数据中心": _centre,
    "交易中心": _trade,
    "街镇便民": _town,
}
