"""The other records an organ keeps: register, plans, key tasks with their progress, calendar of events."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from cadence.sample import calendar, organ, people, topics
from cadence.sample.activities import tasks_of
from cadence.sample.organ import Branch
from cadence.sample.timeline import intended


@dataclass(frozen=True)
class Plan:
    """One version of one planned activity."""

    unit: str
    type: str
    item: str
    planned_on: dt.date
    version: int
    changed_on: dt.date | None
    change_reason: str
    theme: str


@dataclass(frozen=True)
class Task:
    """One key business task of a unit in a quarter; progress is a share of 1."""

    number: str
    unit: str
    task: str
    year: int
    quarter: int
    target: str
    progress: float
    score: float
    business_office: str


def register(year: int, quarter: int, seed: int) -> list[dict]:
    """Each unit as it stood in a quarter: the organ, its departments, their branches."""
    day = dt.date(year, quarter * 3, 28)
    rows = []
    for department in organ.DEPARTMENTS:
        own = [branch for branch in organ.branches_of(department) if branch.exists(day)]
        kind = "机关本级" if department == "机关本级党总支" else "党总支"
        rows.append(
            {
                "unit": department,
                "parent": organ.ORGAN,
                "kind": kind,
                "members": sum(b.members for b in own),
                "peer_group": "党总支",
            }
        )
        rows += [_registered(branch, year, quarter, seed) for branch in own]
    everybody = sum(row["members"] for row in rows if row["parent"] == organ.ORGAN)
    return [
        {
            "unit": organ.ORGAN,
            "parent": "",
            "kind": "机关党委",
            "members": everybody,
            "officers": 6,
            "officers_fulltime": 4,
            "peer_group": "",
            "staff": 9,
            "officers_mean_age": 43.5,
            "officers_hours": 46,
        },
        *rows,
    ]


def _registered(branch: Branch, year: int, quarter: int, seed: int) -> dict:
    random = Random(f"{seed}/register/{branch.unit}/{year}")
    young = people.young_members(branch, random)
    return {
        "unit": branch.unit,
        "parent": branch.department,
        "kind": "党支部",
        "founded_on": branch.founded_on or dt.date(2019, 6 + len(branch.unit) % 6, 12),
        "members": branch.members,
        "members_young": young,
        "exempt_members": branch.exempt,
        "groups": branch.groups,
        "has_committee": branch.has_committee,
        "leaders": branch.leaders,
        "officers": 1 + branch.members // 15,
        "officers_fulltime": int(branch.members >= 30),
        "officers_changed": random.choice((1, 1, 2)) if branch.quality < -0.3 else int(random.random() < 0.12),
        "peer_group": "窗口类"
        if branch.department in ("政务服务党总支", "街镇便民服务党总支", "热线服务党总支")
        else "处室类"
        if branch.members < 15
        else "大支部",
        **people.registered(branch, year, seed),
    }


@lru_cache(maxsize=4)
def plans(year: int, seed: int) -> tuple[Plan, ...]:
    """The year's plan of every branch: everything intended, at month precision, and what was changed later."""
    made: list[Plan] = []
    theme = {2023: "打基础、强规范", 2024: "质量提升年", 2025: "融合攻坚年"}[year]
    for branch in organ.branches():
        random = Random(f"{seed}/plan/{branch.unit}/{year}")
        churn = 0.4 if branch.has("plan_churn", year) else 0.02
        for nth, (types, day, group) in enumerate(intended(seed)[branch.unit, year], 1):
            for kind in types:
                item = _item(branch, kind, day, group, nth)
                month = day.replace(day=1)
                made.append(Plan(branch.unit, kind, item, month, 1, None, "", theme))
                for version in range(2, 2 + (random.random() < churn) * random.randint(1, 2)):
                    month = dt.date(year, min(12, month.month + random.randint(1, 2)), 1)
                    changed = calendar.before(max(dt.date(year, 1, 8), month - dt.timedelta(days=random.randint(1, 9))))
                    reason = random.choice(("领导临时出差", "与业务检查冲突", "场地调整", "上级另有安排", "合并开展"))
                    made.append(Plan(branch.unit, kind, item, month, version, changed, reason, theme))
    return tuple(made)


def _item(branch: Branch, kind: str, day: dt.date, group: int, nth: int) -> str:
    thing = branch.objects[nth % 3]
    fixed = {
        "committee_meeting": f"{day.month}月支委会",
        "members_meeting": f"第{calendar.quarter_of(day)}季度党员大会",
        "group_meeting": f"{day.month}月第{'一二'[group - 1]}党小组会",
        "party_lecture": f"第{calendar.quarter_of(day)}季度党课：{thing}",
        "theme_day": f"{day.month}月主题党日：{thing}",
    }
    own = {
        "study": "专题学习",
        "training": "业务培训",
        "visit": "现场教学",
        "volunteer": "上门服务",
        "joint": "联学联建",
        "service": "攻坚",
    }
    return fixed.get(kind) or f"{thing}{own[kind]}（第{nth}项）"


def tasks(year: int, quarter: int, seed: int) -> list[Task]:
    """Two key tasks of each branch with progress and score."""
    made = []
    end = dt.date(year, quarter * 3, 28)
    for branch in organ.branches():
        if not branch.exists(end):
            continue
        for nth, task in enumerate(tasks_of(branch, year), 1):
            random = Random(f"{seed}/task/{branch.unit}/{year}/{nth}")
            lag = random.uniform(-0.04, 0.06) - 0.05 * standing(branch, year, "business", seed)
            progress = [min(1.0, max(0.05, share - lag)) for share in (0.24, 0.5, 0.77, 1.0)][quarter - 1]
            score = (
                90
                + 3.2 * standing(branch, year, "business", seed)
                + Random(f"{seed}/score/{branch.unit}/{year}/{quarter}/{nth}").gauss(0, 1.2)
            )
            number = f"{year % 100}-{organ.branches().index(branch) + 1:02d}-{nth}"
            target = f"{random.choice(('办理时限压减', '一次办成率提高', '差错率下降'))}{random.choice((5, 10, 15, 20))}%"
            made.append(
                Task(
                    number,
                    branch.unit,
                    task,
                    year,
                    quarter,
                    target,
                    round(progress, 2),
                    round(min(100, max(60, score)), 1),
                    random.choice(topics.OFFICES),
                )
            )
    return made


def standing(branch: Branch, year: int, side: str, seed: int) -> float:
    """How good a branch is at party building ("party") or at its business ("business"), about −2 to 2."""
    random = Random(f"{seed}/standing/{branch.unit}/{year}/{side}")
    if branch.has("two_skins", year):
        return (1.9 if side == "party" else -1.9) + random.gauss(0, 0.1)
    mean = 1.2 if branch.has("trace_no_effect", year) and side == "party" else branch.quality
    return mean + random.gauss(0, 0.35)


def events(year: int) -> list[dict]:
    """The year's inspections, campaign, feast and closures."""
    made = [
        {
            "starts_on": day,
            "ends_on": calendar.after(day + dt.timedelta(days=1)),
            "event": "检查考核",
            "name": name,
            "units": "全部",
            "exempt": "否",
        }
        for day, name in calendar.INSPECTIONS[year]
    ]
    name, start, end = calendar.CAMPAIGNS[year]
    made.append({"starts_on": start, "ends_on": end, "event": "专题教育", "name": name, "units": "全部", "exempt": "否"})
    made.append(
        {
            "starts_on": dt.date(year, 6, 20),
            "ends_on": dt.date(year, 7, 5),
            "event": "七一",
            "name": "庆祝建党系列活动",
            "units": "全部",
            "exempt": "是",
        }
    )
    made.append(
        {
            "starts_on": dt.date(year, 8, 5),
            "ends_on": dt.date(year, 8, 9),
            "event": "停办",
            "name": "机关集中年休",
            "units": "机关本级党总支",
            "exempt": "是",
        }
    )
    if year == 2024:
        made.append(
            {
                "starts_on": dt.date(2024, 7, 18),
                "ends_on": dt.date(2024, 7, 26),
                "event": "全会",
                "name": "重要会议精神学习",
                "units": "全部",
                "exempt": "是",
            }
        )
        made.append(
            {
                "starts_on": dt.date(2024, 5, 6),
                "ends_on": dt.date(2024, 6, 14),
                "event": "搬迁",
                "name": "热线中心搬迁，台账未报送",
                "units": "热线服务党总支",
                "exempt": "否",
            }
        )
    return sorted(made, key=lambda event: event["starts_on"])
