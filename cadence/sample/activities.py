"""Each branch's activities of each year: a statutory rhythm, bent by the patterns hidden in the branch."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from cadence.sample import calendar, organ, people, timeline, topics
from cadence.sample.organ import Branch
from cadence.sample.timeline import OWN_CHOICE

TYPE_NAMES = {
    "members_meeting": "支部党员大会",
    "committee_meeting": "支部委员会",
    "group_meeting": "党小组会",
    "party_lecture": "党课",
    "theme_day": "主题党日",
    "life_meeting": "组织生活会",
    "appraisal": "民主评议党员",
    "talk": "谈心谈话",
    "debrief": "述职评议",
    "annual": "年度事务",
    "party_study": "专题研究党建",
    "study": "集中学习",
    "training": "教育培训",
    "visit": "参观见学",
    "volunteer": "志愿服务",
    "joint": "联建共建",
    "service": "服务中心攻坚",
}
ANCHORED = ("life_meeting", "appraisal", "talk", "debrief", "annual")
SOLVING = ("theme_day", "committee_meeting", "joint", "service", "group_meeting", "members_meeting")
BARREN = {"nominal_integration", "trace_no_effect", "stale_forms", "two_skins"}
ENTRY_POINTS = ("学习重点", "业务难点", "业务难点", "管理堵点", "队伍痛点")
FIVE = ("同步研究", "同步部署", "同步完善", "同步点评", "同步考核")
SIX = ("同步筹划", "同步部署", "同步落实", "同步考核", "同步推进", "同步发展")


@dataclass(frozen=True)
class Activity:
    """One activity of one unit; `types` has two names where a ledger writes both into one cell."""

    unit: str
    types: tuple[str, ...]
    topic: str
    form: str
    place: str
    held_on: dt.date
    starts_at: str
    minutes: int
    planned_on: dt.date | None
    notified_on: dt.date | None
    recorded_on: dt.date
    recorder: str
    expected: int
    attended: int
    leave: int
    leaders_expected: int
    leaders_attended: int
    leaders_as_members: int
    host: str
    speaker: str
    speakers: int
    prescribed: bool
    triggered_by: str
    task: str
    partner_units: str
    business_offices: str
    problems_raised: int
    problems_solved: int
    decisions: int
    decisions_closed: int
    materials: int
    prepared: str
    reports: int
    satisfaction: float
    campaign: str
    year_of: int
    entry_point: str
    sync: tuple[str, ...]
    absent: int = 0
    left_early: int = 0
    young_expected: int = 0
    young_attended: int = 0
    host_role: str = ""
    organised_by: str = ""

    @property
    def anchored(self) -> bool:
        """Is it one of the types that legitimately crowd the turn of the year?"""
        return self.types[0] in ANCHORED


def tasks_of(branch: Branch, year: int) -> list[str]:
    """The two key business tasks of a branch in a year."""
    place = organ.branches().index(branch)
    return [branch.objects[(year + n) % 3] + topics.TASK_GOALS[(year + place + 2 * n) % 6] for n in (0, 1)]


def supported_tasks(branch: Branch, year: int) -> list[str]:
    """Those that activities may support: the second one of an orphan branch is supported by nobody."""
    return tasks_of(branch, year)[: 1 if branch.has("orphan_task", year) else 2]


@lru_cache(maxsize=2)
def generate(seed: int) -> tuple[Activity, ...]:
    """Every activity of every branch that was held, handed in or not, by branch and day."""
    made: list[Activity] = []
    for branch in organ.branches():
        for year in organ.YEARS:
            made += _year(branch, year, timeline.intended(seed)[branch.unit, year], seed)
    made += [activity for year in organ.YEARS for activity in _organ_year(year, seed)]
    units = {branch.unit: branch for branch in organ.branches()}
    return tuple(people.told(activity, units.get(activity.unit), seed) for activity in made)


def handed_in(seed: int) -> tuple[Activity, ...]:
    """The activities that stand in the ledgers."""
    units = {branch.unit: branch for branch in organ.branches()}
    return tuple(
        a
        for a in generate(seed)
        if a.unit not in units or organ.handed_in(units[a.unit], a.held_on.year, calendar.quarter_of(a.held_on))
    )


def _year(branch: Branch, year: int, plan: list, seed: int) -> list[Activity]:
    random = Random(f"{seed}/held/{branch.unit}/{year}")
    bent = sorted(timeline.bend(branch, year, plan, random), key=lambda item: (item[1], item[0], item[2]))
    made = [_activity(branch, types, day, planned, group, year, seed, n) for n, (types, day, group, planned) in enumerate(bent)]
    for n, (types, day, nth, belongs) in enumerate(timeline.anchored(branch, year, random)):
        activity = _activity(branch, types, day, day, nth, belongs, seed, 900 + n)
        made.append(replace(activity, year_of=belongs))
    made = _link(branch, year, made, random)
    made = _sync(branch, year, made, random)
    return sorted(_distinct(made), key=lambda a: (a.held_on, a.starts_at, a.types, a.topic))


def _distinct(made: list[Activity]) -> list[Activity]:
    """No two with the same type, day and topic."""
    seen: set[tuple] = set()
    kept = []
    for activity in made:
        number = 2
        title = activity.topic
        while any((name, activity.held_on, activity.topic) in seen for name in activity.types):
            activity = replace(activity, topic=f"{title}（{number}）")
            number += 1
        seen |= {(name, activity.held_on, activity.topic) for name in activity.types}
        kept.append(activity)
    return kept


def _activity(
    branch: Branch, types: tuple[str, ...], day: dt.date, planned: dt.date, group: int, year: int, seed: int, n: int
) -> Activity:
    random = Random(f"{seed}/activity/{branch.unit}/{year}/{day.year}/{n}")
    kind = types[0]
    has = {name for name in branch.patterns if branch.has(name, day.year)}
    names = topics.people(seed, organ.branches().index(branch), 8)
    skill = 1 / (1 + math.exp(-branch.quality))
    partner = _partner(branch, kind, random)
    expected, attended, leave = _attendance(branch, kind, has, random)
    leaders = _leaders(branch, kind, has, random)
    notice = 0 if "short_notice" in has else random.choice((3, 4, 5, 6, 7, 8))
    ordered = random.random() < (0.85 if "superior_driven" in has else 0.1)
    return Activity(
        unit=branch.unit,
        types=types,
        topic=_topic(branch, kind, day, group, partner, has, random, seed),
        form=_form(branch, kind, has, random),
        place=random.choice(topics.VENUES),
        held_on=day,
        starts_at=random.choice(("09:00", "09:30", "10:00", "14:00", "14:30", "15:00", "16:00")),
        minutes=_minutes(kind, has, random),
        planned_on=planned if planned != day or random.random() < 0.75 else None,
        notified_on=calendar.before(day - dt.timedelta(days=notice)) if random.random() < 0.9 else None,
        recorded_on=_recorded(branch, day, has, random),
        recorder=names[-1 - (random.random() < 0.1)],
        expected=expected,
        attended=attended,
        leave=leave,
        leaders_expected=leaders[0],
        leaders_attended=leaders[1],
        leaders_as_members=leaders[2],
        host=_host(names, kind, has, branch, random),
        speaker=random.choice(names[:6]) if kind in ("party_lecture", "study", "training") else "",
        speakers=min(attended, random.randint(1, 3) if branch.quality < 0 else random.randint(2, 7)),
        prescribed=kind not in OWN_CHOICE,
        triggered_by="上级部署" if ordered else random.choice(("年度计划", "年度计划", "自主")),
        task="",
        partner_units=partner,
        business_offices="",
        **_outcome(kind, has, skill, random),
        materials=random.randint(11, 21) if "trace_no_effect" in has else random.randint(2, 6),
        prepared="、".join(part for part in ("方案", "分工", "资料") if random.random() < 0.35 + 0.5 * skill) or "无",
        reports=int(random.random() < 0.12 + 0.12 * skill),
        satisfaction=_satisfaction(branch, has, random),
        campaign=_campaign(branch, kind, day, random),
        year_of=year,
        entry_point=random.choice(ENTRY_POINTS) if random.random() < 0.3 + 0.5 * skill else "",
        sync=(),
    )


def _partner(branch: Branch, kind: str, random: Random) -> str:
    """The other unit of a joint activity; good branches now and then invite one to a theme day."""
    invited = kind == "theme_day" and branch.quality > 0.3 and random.random() < 0.12
    return random.choice(topics.PARTNERS) if kind == "joint" or invited else ""


def _outcome(kind: str, has: set[str], skill: float, random: Random) -> dict[str, int]:
    """Problems raised and solved, decisions taken and closed."""
    nominal, barren = "nominal_integration" in has, bool(has & BARREN)
    raised = sum(random.random() < 0.35 + 0.3 * skill for _ in range(3)) if kind in SOLVING and not nominal else 0
    solved = sum(random.random() < 0.35 + 0.5 * skill for _ in range(raised)) if not barren else 0
    decisions = random.randint(1, 4) if kind in ("committee_meeting", "members_meeting") and not nominal else 0
    closed = sum(random.random() < 0.35 + 0.55 * skill for _ in range(decisions))
    return {"problems_raised": raised, "problems_solved": solved, "decisions": decisions, "decisions_closed": closed}


def _attendance(branch: Branch, kind: str, has: set[str], random: Random) -> tuple[int, int, int]:
    """Expected, attended, on leave: attended ≤ expected ≤ members."""
    able = branch.members - branch.exempt
    small = {"committee_meeting": min(able, 5 if branch.members >= 15 else 3), "group_meeting": able // 2, "talk": 2}
    expected = small.get(kind, able - int(random.random() < 0.25 and able > 4))
    if kind in OWN_CHOICE and kind != "study":
        expected = max(3, min(expected, round(able * random.uniform(0.4, 1.0))))
    rate = 0.93 + 0.02 * branch.quality
    if "low_participation" in has:
        rate = 0.66
    if "yearend_culture" in has or "leaders_absent" in has:
        rate -= 0.02
    if kind in ("talk", "committee_meeting"):
        rate = 1.0 if kind == "talk" else max(rate, 0.95)
    attended = max(min(2, expected), sum(random.random() < rate for _ in range(expected)))
    absent = expected - attended
    return expected, attended, absent if random.random() < 0.8 else random.randint(0, absent)


def _leaders(branch: Branch, kind: str, has: set[str], random: Random) -> tuple[int, int, int]:
    """Leaders expected, attending, attending as ordinary members."""
    if kind in ("talk", "committee_meeting") or (kind == "group_meeting" and branch.leaders < 2):
        return 0, 0, 0
    absent = "leaders_absent" in has
    attending = sum(random.random() < (0.22 if absent else 0.84) for _ in range(branch.leaders))
    return branch.leaders, attending, 0 if absent else sum(random.random() < 0.75 for _ in range(attending))


def _host(names: list[str], kind: str, has: set[str], branch: Branch, random: Random) -> str:
    """The secretary hosts what the secretary must; the rest goes round, unless one person does everything."""
    if "concentrated_hosting" in has:
        return names[0] if random.random() < 0.97 else names[1]
    if kind in ("members_meeting", "committee_meeting", "life_meeting", "appraisal"):
        return names[0] if random.random() < 0.85 else names[1]
    return random.choice(names[: 6 if branch.quality > 0 else 4])


def _form(branch: Branch, kind: str, has: set[str], random: Random) -> str:
    if kind in ("talk", "life_meeting", "appraisal", "committee_meeting", "debrief", "annual"):
        return "个别谈话" if kind == "talk" else "开会" if "stale_forms" in has else "会议"
    if "stale_forms" in has:
        return random.choice(topics.STALE_FORMS) if random.random() < 0.92 else "线上学习"
    if kind in topics.OWN_FORMS and random.random() < 0.8:
        return random.choice(topics.OWN_FORMS[kind])
    return random.choice(topics.LIVELY_FORMS if random.random() < 0.5 + 0.3 * branch.quality else topics.PLAIN_FORMS)


def _minutes(kind: str, has: set[str], random: Random) -> int:
    if "too_short" in has and kind not in ANCHORED:
        return random.choice((10, 12, 15, 15, 20, 20, 25))
    usual = {
        "committee_meeting": (40, 60, 60, 90),
        "group_meeting": (30, 45, 60),
        "talk": (30, 30, 40),
        "life_meeting": (150, 180, 180),
        "visit": (120, 180, 240),
    }
    return random.choice(usual.get(kind, (60, 60, 90, 90, 120)))


def _satisfaction(branch: Branch, has: set[str], random: Random) -> float:
    mean = 7.3 if "trace_no_effect" in has else 9.3 + 0.25 * branch.quality
    return round(min(10.0, max(5.0, random.gauss(mean, 0.45))), 1)


def _recorded(branch: Branch, day: dt.date, has: set[str], random: Random) -> dt.date:
    """Promptly, at the end of the month, or held back until shortly before the next inspection."""
    if "backfill" in has and random.random() < 0.8:
        dates = sorted(date for dates in calendar.INSPECTIONS.values() for date, _ in dates)
        ahead = [date for date in dates if (date - day).days > 13]
        if ahead and (ahead[0] - day).days <= 160:
            return max(day, calendar.before(ahead[0] - dt.timedelta(days=random.choice((2, 2, 3, 3, 5, 6, 8)))))
    if branch.recording == "monthly":
        last = calendar.month_days(day.year, day.month)[-1]
        return max(day, calendar.before(last - dt.timedelta(days=random.randint(0, 1))))
    lag = min(round(random.lognormvariate(math.log(2), 0.8)), 25)
    return min(calendar.after(day + dt.timedelta(days=lag)), calendar.workdays(organ.YEARS[-1])[-1])


def _campaign(branch: Branch, kind: str, day: dt.date, random: Random) -> str:
    """Every branch takes part in the year's campaign; where it fades out, less and less."""
    for name, start, end in calendar.CAMPAIGNS.values():
        if start <= day <= end and kind in ("theme_day", "study", "party_lecture", "members_meeting"):
            passed = (day - start) / (end - start)
            share = 0.95 - 0.9 * passed if "fade_out" in branch.patterns else 0.6
            return name if random.random() < share else ""
    return ""


def _topic(branch: Branch, kind: str, day: dt.date, group: int, partner: str, has: set[str], random: Random, seed: int) -> str:
    thing = random.choice(branch.objects)
    if kind in ("life_meeting", "appraisal"):
        return random.choice(("年度组织生活会和民主评议党员", "对照检查、批评与自我批评", f"围绕{thing}查摆问题、开展批评"))
    if kind == "talk":
        return ("书记与委员谈心", "委员与党员谈心", f"围绕{thing}压力谈心", "与新调入党员谈心")[group % 4]
    if kind == "debrief":
        return "支部书记抓党建述职评议"
    if kind == "annual":
        return random.choice(("支部年度工作总结与下年度计划", "党内统计年报与党费核算"))
    if kind == "theme_day" and timeline.herds(branch) and day.month in timeline.HERD_MONTHS:
        shared = Random(f"{seed}/shared/{day.year}/{day.month}")  # everybody holds the same, as told
        return topics.topic(shared, "slogan", kind, "", day.month, "")
    if "nominal_integration" in has:
        lead = random.choice(("党建引领", "红心向党", "党建赋能", "先锋领航"))
        return f"以{lead}助推{thing}{random.choice(('再提升', '高质量发展', '上台阶', '开新局'))}"
    style = topics.style_of(random, branch.quality, "slogan_topics" in has)
    text = topics.topic(random, style, kind, thing, day.month, partner)
    return f"第{'一二'[group - 1]}党小组：{text}" if kind == "group_meeting" and group else text


def _link(branch: Branch, year: int, made: list[Activity], random: Random) -> list[Activity]:
    """Name the key task that an activity serves, and the business offices that help; every supportable task gets some."""
    tasks = supported_tasks(branch, year)
    nominal = branch.has("nominal_integration", year)
    chance = 0.85 if nominal else 0.08 if branch.has("stale_forms", year) else min(max(0.38 + 0.2 * branch.quality, 0.15), 0.75)
    fit = [n for n, a in enumerate(made) if a.types[0] in OWN_CHOICE or a.types[0] == "theme_day"]
    chosen = {n for n in fit if random.random() < chance}
    chosen |= set(random.sample(fit, min(len(tasks), len(fit))))
    for nth, n in enumerate(sorted(chosen)):
        offices = [] if nominal else random.sample(topics.OFFICES, random.choice((0, 1, 1, 2)))
        made[n] = replace(made[n], task=tasks[nth % len(tasks)], business_offices="、".join(offices))
    return made


def _sync(branch: Branch, year: int, made: list[Activity], random: Random) -> list[Activity]:
    """Sync steps that the record of an activity shows; some branches only ever deploy and assess."""
    steps = SIX if organ.office_of(branch) == "交易中心" else FIVE
    if branch.has("sync_missing", year):
        steps = ("同步部署", "同步考核")
    fit = [n for n, a in enumerate(made) if a.task or a.types[0] in ("committee_meeting", "members_meeting")]
    for place, n in enumerate(fit):
        taken = {steps[place % len(steps)]} | {step for step in steps if random.random() < 0.15}
        if place < len(steps) or random.random() < 0.6:
            made[n] = replace(made[n], sync=tuple(step for step in steps if step in taken))
    return made


def _organ_year(year: int, seed: int) -> list[Activity]:
    """The party committee's own few: two dedicated studies of party building, one lecture, four study sessions."""
    random = Random(f"{seed}/organ/{year}")
    office = organ.branches()[0]
    items = [
        ("party_study", 3, "半年党建工作专题研究：窗口作风与支部清单"),
        ("party_study", 11, "年度党建工作专题研究：考核办法与结果运用"),
        ("party_lecture", 6, "党委书记讲党课：把“办不成事”办成"),
    ]
    items += [
        ("study", month, f"理论学习中心组第{n}次学习：{subject}")
        for n, (month, subject) in enumerate(
            zip(
                (2, 5, 9, 10),
                ("机关基层组织工作条例", "调查研究怎么做实", "防止形式主义若干意见", "数据要素市场改革"),
                strict=True,
            ),
            1,
        )
    ]
    made = []
    for n, (kind, month, text) in enumerate(items):
        days = calendar.month_days(year, month)
        day = days[random.randint(3, len(days) - 4)]
        activity = _activity(office, (kind,), day, day, 0, year, seed, 700 + n)
        made.append(
            replace(
                activity,
                unit=organ.ORGAN,
                topic=text,
                expected=9,
                attended=random.randint(7, 9),
                leave=0,
                leaders_expected=9,
                leaders_attended=7,
                leaders_as_members=0,
                partner_units="",
                sync=(),
                campaign="",
                form="集中学习" if kind == "study" else "会议",
            )
        )
    return made
