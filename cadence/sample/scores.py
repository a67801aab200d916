"""What an organ makes of its branches' work: quarterly summaries, year-end ratings, rewards, deductions and top grades."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from cadence.sample import calendar, organ
from cadence.sample.offices import standing
from cadence.sample.organ import Branch

CRITERIA = (  # criterion, weight, nature, evidence, has a rubric
    ("台账资料完整度", 0.20, "定量", "痕迹", True),
    ("组织生活落实次数", 0.15, "定量", "痕迹", True),
    ("学习教育学时", 0.10, "定量", "痕迹", True),
    ("解决实际问题成效", 0.20, "定性", "成效", True),
    ("服务中心工作成效", 0.20, "定性", "成效", False),
    ("党员群众认可度", 0.15, "定性", "成效", False),
)
RATERS = ("机关党委办公室", "机关纪委", "组织人事处")
WIDE_CRITERIA = {"党建工作": 30, "工作实绩": 50, "党风廉政": 10, "领导评价": 10}


@dataclass(frozen=True)
class Summary:
    """One unit's line in the quarterly evaluation summary."""

    unit: str
    year: int
    quarter: int
    scores: dict[str, float]
    reward: float
    deduction: float

    @property
    def total(self) -> float:
        """The quarter's total score."""
        return round(sum(self.scores.values()) + self.reward - self.deduction, 2)


@dataclass(frozen=True)
class Rating:
    """One score of one criterion by one rater at the end of the year."""

    unit: str
    year: int
    criterion: str
    score: float
    weight: float
    rater: str
    nature: str
    evidence: str
    rubric: bool
    rated_on: dt.date


@dataclass(frozen=True)
class Adjustment:
    """One reward, deduction, or use made of a result."""

    unit: str
    direction: str
    points: float | None
    reason: str
    happened_on: dt.date
    recorded_on: dt.date


@lru_cache(maxsize=2)
def summaries(seed: int) -> tuple[Summary, ...]:
    """The quarterly evaluation of every branch; one department's scores hardly differ."""
    given = adjustments(seed)
    made = []
    for year in organ.YEARS:
        for quarter in (1, 2, 3, 4):
            for branch in organ.branches():
                if branch.exists(dt.date(year, quarter * 3, 28)):
                    made.append(_summary(branch, year, quarter, seed, given))
    return tuple(made)


def _summary(branch: Branch, year: int, quarter: int, seed: int, given: tuple[Adjustment, ...]) -> Summary:
    random = Random(f"{seed}/summary/{branch.unit}/{year}/{quarter}")
    party, business = standing(branch, year, "party", seed), standing(branch, year, "business", seed)
    flat = branch.department == "大数据中心党总支"
    scores = {
        "党建工作": 28.6 + random.choice((0, 0.1)) if flat else 26 + 1.1 * party + random.gauss(0, 0.35),
        "工作实绩": 47.5 + random.choice((0, 0.1, 0.2)) if flat else 44.5 + 1.5 * business + random.gauss(0, 0.5),
        "党风廉政": 9.8 if flat else 9.6 - 0.3 * (random.random() < 0.15),
        "领导评价": 9.5 if flat else 9.1 + 0.25 * (party + business) / 2 + random.gauss(0, 0.15),
    }
    scores = {name: round(min(score, WIDE_CRITERIA[name]), 1) for name, score in scores.items()}
    own = [
        a
        for a in given
        if a.unit == branch.unit and a.points and (a.recorded_on.year, calendar.quarter_of(a.recorded_on)) == (year, quarter)
    ]
    reward = sum(a.points for a in own if a.direction == "加分")
    return Summary(branch.unit, year, quarter, scores, reward, sum(a.points for a in own if a.direction == "减分"))


def ratings(year: int, seed: int) -> list[Rating]:
    """The year-end sheet: every branch, six criteria, three raters."""
    made = []
    for branch in organ.branches():
        if not branch.exists(dt.date(year, 9, 30)):
            continue
        for criterion, weight, nature, evidence, rubric in CRITERIA:
            for rater in RATERS:
                random = Random(f"{seed}/rating/{branch.unit}/{year}/{criterion}/{rater}")
                score = (
                    round(
                        min(
                            100,
                            _rated(branch, year, evidence, seed) + {"组织人事处": -0.8}.get(rater, 0.4) + random.gauss(0, 0.9),
                        )
                        * 2
                    )
                    / 2
                )
                if branch.department == "大数据中心党总支":
                    score = random.choice((95.0, 95.0, 95.5))
                day = calendar.before(dt.date(year, 12, 22 + RATERS.index(rater) * 3))
                made.append(Rating(branch.unit, year, criterion, score, weight, rater, nature, evidence, rubric, day))
    return made


def _rated(branch: Branch, year: int, evidence: str, seed: int) -> float:
    if branch.has("trace_no_effect", year):
        return 97.5 if evidence == "痕迹" else 80.0
    if evidence == "痕迹":
        return 92 + 1.8 * standing(branch, year, "party", seed)
    return 88 + 2.6 * standing(branch, year, "business", seed)


REWARDS = (
    "工作信息被市级简报采用",
    "承办全局现场会",
    "支部案例入选汇编",
    "攻坚项目提前完成",
    "党员获评岗位能手",
    "服务对象送锦旗核实",
    "技能比武获奖",
    "改革做法被推广",
)
DEDUCTIONS = ("组织生活记录补签", "未按时报送台账", "会议纪律松散", "窗口服务投诉核实", "信息报送差错", "整改事项逾期")


@lru_cache(maxsize=2)
def adjustments(seed: int) -> tuple[Adjustment, ...]:
    """Three years of rewards, deductions, top grades and talks, by year and day of recording."""
    made: list[Adjustment] = []
    for year in organ.YEARS:
        for department in organ.DEPARTMENTS:
            made += _department_year(department, year, seed)
    return tuple(sorted(made, key=lambda a: (a.recorded_on, a.unit, a.direction, a.reason)))


def _department_year(department: str, year: int, seed: int) -> list[Adjustment]:
    random = Random(f"{seed}/adjustments/{department}/{year}")
    branches = [branch for branch in organ.branches_of(department) if branch.exists(dt.date(year, 6, 30))]
    patterns = organ.DEPARTMENTS[department][1]
    heavy, settling = "reward_heavy" in patterns, "deductions_in_q4" in patterns
    made = []
    for _ in range(24 if heavy else 9):
        branch = random.choices(branches, [2.718 ** (0 if heavy else b.quality) for b in branches])[0]
        made.append(
            _entry(
                branch,
                "加分",
                random.choice((1, 1.5, 2) if heavy else (0.5, 0.5, 1)),
                random.choice(REWARDS),
                year,
                False,
                random,
            )
        )
    for _ in range(year == 2024 if heavy else 8 if settling else 5):
        branch = random.choices(branches, [2.718**-b.quality for b in branches])[0]
        made.append(_entry(branch, "减分", random.choice((0.2, 0.5, 0.5, 1)), random.choice(DEDUCTIONS), year, settling, random))
    day = calendar.before(dt.date(year, 12, 30))
    made += [
        Adjustment(branch.unit, "评优", None, "年度先进党支部", day, day) for branch in _excellent(department, branches, year, seed)
    ]
    if not heavy:
        worst = min(branches, key=lambda b: standing(b, year, "party", seed))
        made.append(_entry(worst, "约谈", None, "季度考核靠后，提醒谈话", year, settling, random))
    return _unlike(made)


def _entry(
    branch: Branch, direction: str, points: float | None, reason: str, year: int, settling: bool, random: Random
) -> Adjustment:
    """One entry: recorded within weeks, or saved up for December where scores are settled at the year's end."""
    happened = random.choice(
        [day for day in calendar.workdays(year) if branch.exists(day) and day.month < (10 if settling else 13)]
    )
    recorded = (
        calendar.before(dt.date(year, 12, random.randint(16, 29)))
        if settling
        else calendar.after(happened + dt.timedelta(days=random.randint(2, 20)))
    )
    return Adjustment(
        branch.unit, direction, points, reason, happened, recorded if recorded.year == year else calendar.workdays(year)[-1]
    )


def _unlike(made: list[Adjustment]) -> list[Adjustment]:
    """No two entries with the same unit, direction, reason and day."""
    return list({(a.unit, a.direction, a.reason, a.happened_on): a for a in made}.values())


def _excellent(department: str, branches: list[Branch], year: int, seed: int) -> list[Branch]:
    """A third at most: the best ones, or in one department simply those whose turn it is."""
    if "award_rotation" in organ.DEPARTMENTS[department][1]:
        start = (year - organ.YEARS[0]) * 2
        return [branches[(start + n) % len(branches)] for n in (0, 1)]
    return sorted(branches, key=lambda b: -standing(b, year, "party", seed))[: len(branches) // 3]
