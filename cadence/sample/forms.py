"""The register, plans, tasks, evaluation sheets and calendars as the organ's own office lays them out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cadence.sample import offices, organ, scores
from cadence.sample.activities import TYPE_NAMES
from cadence.sample.books import Book, Cell, Sheet
from cadence.sample.ledgers import QUARTERS

REGISTERS = ((2023, 1), (2023, 3), (2024, 1), (2024, 3), (2025, 1), (2025, 3))


def books(seed: int) -> Iterable[Book]:
    """Every file that is not a ledger."""
    yield from (_register(year, quarter, seed) for year, quarter in REGISTERS)
    for year in organ.YEARS:
        yield from _plans(year, seed)
        yield _calendar(year)
        yield _year_end(year, seed)
        for quarter in (1, 2, 3, 4):
            yield _tasks(year, quarter, seed)
            yield _summary(year, quarter, seed)


def _titled(name: str, title: str, header: tuple[str, ...]) -> Sheet:
    sheet = Sheet(name, bold=(0, 1))
    sheet.add(title)
    sheet.merges.append((0, 0, 0, len(header) - 1))
    sheet.add(*header)
    return sheet


def _register(year: int, quarter: int, seed: int) -> Book:
    fields = {
        "党组织名称": "unit",
        "上级党组织": "parent",
        "组织类别": "kind",
        "成立时间": "founded_on",
        "党员总数": "members",
        "80后90后党员数": "members_young",
        "年老体弱党员数": "exempt_members",
        "党小组数": "groups",
        "是否设支委会": "has_committee",
        "处级以上党员数": "leaders",
        "党务干部数": "officers",
        "其中专职": "officers_fulltime",
        "本季调整人数": "officers_changed",
        "考核分组": "peer_group",
        "机关人数": "staff",
        "35岁以下党员数": "members_under35",
        "60岁以上党员数": "members_over60",
        "党龄10年以下党员数": "members_new",
        "党龄30年以上党员数": "members_veteran",
        "党员平均年龄": "mean_age",
        "党务干部平均年龄": "officers_mean_age",
        "党务干部人均培训学时": "officers_hours",
    }
    sheet = _titled("组织名册", f"{organ.ORGAN}组织名册（{year}年第{QUARTERS[quarter - 1]}季度）", ("序号", *fields))
    for number, row in enumerate(offices.register(year, quarter, seed), 1):
        sheet.add(number, *(_plain(row.get(name)) for name in fields.values()))
    sheet.add("注：党员总数含预备党员；机关党委、党总支人数为所属支部合计，不重复统计。")
    return Book(f"{year}Q{quarter}/组织名册_{year}年第{QUARTERS[quarter - 1]}季度.xlsx", [sheet])


def _plain(value: Cell | bool) -> Cell:
    return ("是" if value else "否") if isinstance(value, bool) else None if value == "" else value


def _plans(year: int, seed: int) -> Iterable[Book]:
    """The plan of the year, and in the year when a branch is founded a supplement for it."""
    late = {branch.unit for branch in organ.branches() if branch.founded_on and branch.founded_on.year == year}
    early = [plan for plan in offices.plans(year, seed) if plan.unit not in late]
    yield _plan_book(f"{year}Q1/年度计划_{year}年.xlsx", f"{year}年度组织生活计划", early)
    if late:
        rest = [plan for plan in offices.plans(year, seed) if plan.unit in late]
        yield _plan_book(f"{year}Q3/年度计划_{year}年增补.xlsx", f"{year}年度组织生活计划（增补）", rest)


def _plan_book(path: str, title: str, plans: list[offices.Plan]) -> Book:
    header = ("责任支部", "计划类型", "计划事项", "计划月份", "版本", "变更日期", "变更原因", "年度主题")
    sheet = _titled("年度计划", f"{organ.ORGAN}{title}", header)
    for p in plans:
        month = f"{p.planned_on.month}月"
        sheet.add(p.unit, TYPE_NAMES[p.type], p.item, month, p.version, p.changed_on, p.change_reason or None, p.theme)
    return Book(path, [sheet])


def _calendar(year: int) -> Book:
    fields = {
        "开始日期": "starts_on",
        "截止日期": "ends_on",
        "节点类别": "event",
        "节点名称": "name",
        "适用单位": "units",
        "是否豁免": "exempt",
    }
    sheet = _titled("节点日历", f"{year}年检查考核与重要节点", tuple(fields))
    for event in offices.events(year):
        sheet.add(*(event[name] for name in fields.values()))
    return Book(f"{year}Q1/节点日历_{year}年.xlsx", [sheet])


def _tasks(year: int, quarter: int, seed: int) -> Book:
    title = f"{organ.BUREAU}{year}年第{QUARTERS[quarter - 1]}季度业务重点任务推进表"
    sheet = _titled("重点任务", title, ("任务编号", "重点任务", "责任单位", "年度目标", "完成进度", "考核得分", "配合处室"))
    for task in offices.tasks(year, quarter, seed):
        sheet.add(task.number, task.task, task.unit, task.target, f"{task.progress:.0%}", task.score, task.business_office)
    return Book(f"{year}Q{quarter}/业务重点任务_{year}年第{QUARTERS[quarter - 1]}季度.xlsx", [sheet])


def _summary(year: int, quarter: int, seed: int) -> Book:
    """The wide form; rewards and deductions are blank or "/" where there are none, and the last row is an average."""
    criteria = [f"{name}\n（{most}分）" for name, most in scores.WIDE_CRITERIA.items()]
    header = ("序号", "责任单位", *criteria[:3], "加分", "减分", criteria[3], "季度总分", "排名")
    sheet = _titled("考核汇总", f"{organ.ORGAN}{year}年第{QUARTERS[quarter - 1]}季度考核汇总表", header)
    lines = [line for line in scores.summaries(seed) if (line.year, line.quarter) == (year, quarter)]
    totals = sorted((line.total for line in lines), reverse=True)
    for number, line in enumerate(lines, 1):
        first, second, third, leader = line.scores.values()
        sheet.add(
            number,
            line.unit,
            first,
            second,
            third,
            line.reward or "/",
            line.deduction or "/",
            leader,
            line.total,
            totals.index(line.total) + 1,
        )
    means = [round(sum(line.scores[name] for line in lines) / len(lines), 2) for name in scores.WIDE_CRITERIA]
    sheet.add(None, "平均分", *means[:3], None, None, means[3], round(sum(totals) / len(totals), 2))
    sheet.add("备注：季度总分=党建工作+工作实绩+党风廉政+领导评价+加分-减分。")
    return Book(f"{year}Q{quarter}/季度考核汇总_{year}年第{QUARTERS[quarter - 1]}季度.xlsx", [sheet])


def _year_end(year: int, seed: int) -> Book:
    """One workbook, two kinds: the long rating sheet, and the ledger of rewards and deductions."""
    rated = _titled(
        "考核评分",
        f"{organ.ORGAN}{year}年度考核评分表",
        (
            "年度",
            "被评单位",
            "考核指标",
            "标准分",
            "权重",
            "得分",
            "评价主体",
            "定量/定性",
            "痕迹/成效",
            "有无细则",
            "考核类别",
            "评价日期",
        ),
    )
    for rating in scores.ratings(year, seed):
        rated.add(
            f"{year}年",
            rating.unit,
            rating.criterion,
            100,
            f"{rating.weight:.0%}",
            rating.score,
            rating.rater,
            rating.nature,
            rating.evidence,
            "有" if rating.rubric else "无",
            "年终",
            rating.rated_on,
        )
    given = _titled(
        "加减分台账",
        f"{organ.ORGAN}{year}年加减分与结果运用台账",
        ("责任单位", "类别", "加减分值", "事由", "发生日期", "登记日期", "所属季度"),
    )
    for entry in scores.adjustments(seed):
        if entry.recorded_on.year == year:
            given.add(
                entry.unit,
                entry.direction,
                entry.points if entry.points else "—",
                entry.reason,
                entry.happened_on,
                entry.recorded_on,
                _quarter(entry.recorded_on),
            )
    return Book(f"{year}Q4/年终考核_{year}年.xlsx", [rated, given])


def _quarter(day: dt.date) -> str:
    return f"{day.year}年第{QUARTERS[(day.month - 1) // 3]}季度"
