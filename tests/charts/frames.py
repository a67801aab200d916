"""Invented answers with exactly the columns of the queries' headers: what the pictures are tested and looked at with."""

from __future__ import annotations

import numpy as np
import pandas as pd

OFFICES = (
    *("营商环境处", "办公室", "人事处", "规划财务处", "固定资产投资处"),
    *("政策法规与行政审批处", "机关后勤服务中心", "离退休干部处", "信息中心", "综合处"),
)
TASKS = (
    *("优化营商环境“一件事一次办”集成改革", "重大项目审批提速专班", "政务数据共享平台二期建设", "“十四五”规划实施中期评估"),
    *("老旧小区改造资金监管", "中小企业纾困政策直达快享", "公共资源交易全流程电子化", "节能审查制度改革", "价格监测预警体系"),
    *("粮食安全责任考核", "信用体系建设示范城市创建", "县域经济高质量发展试点", "对口帮扶与消费协作", "机关内部控制体系建设"),
)
HOLIDAYS = {"01-01": "元旦", "05-01": "劳动节", **{f"10-0{day}": "国庆节" for day in range(1, 8)}}
TYPES = ("members_meeting", "committee_meeting", "group_meeting", "party_lecture", "theme_day", "life_meeting", "appraisal", "talk")
EVERY = ("quarter", "month", "month", "quarter", "month", "year", "year", "year")
NUMERALS = "一二三四五六七八九十"


def units(size: int) -> list[str]:
    """Names as long as real ones: 营商环境处第一党支部 …"""
    return [f"{OFFICES[number % len(OFFICES)]}第{NUMERALS[number // len(OFFICES) % 10]}党支部" for number in range(size)]


def months(years: range) -> np.ndarray:
    """First days of the months of whole years."""
    return np.arange(f"{years[0]}-01", f"{years[-1] + 1}-01", dtype="datetime64[M]").astype("datetime64[s]")


class Answers:
    """Every indicator's answer for `size` units over `years`; the last three months of the last year are unfinished."""

    def __init__(self, size: int = 60, years: range = range(2022, 2025), seed: int = 7, finished: bool = False):
        self.seed = seed
        self.units, self.years, self.size = units(size), years, size
        self.months = months(years)
        self.known = len(self.months) if finished else len(self.months) - 3

    def random(self, *place: int) -> np.random.Generator:
        """The same numbers each time an answer is made."""
        return np.random.default_rng([self.seed, *place])

    def count_rate_hours(self) -> pd.DataFrame:
        random = self.random()
        size = len(self.months)
        reported = np.full(size, self.size) - random.binomial(self.size, 0.03, size)
        reported[4] = int(self.size * 0.6)
        reported[7] = 0
        reported[self.known :] = 0
        rate = random.normal(4.2, 0.5, size) * np.where(np.arange(size) % 12 >= 10, 1.7, 1)
        held = np.where(reported > 0, np.round(rate * reported), np.nan)
        return pd.DataFrame(
            {
                "month": self.months,
                "held": held,
                "per_unit": np.where(reported > 0, held / np.maximum(reported, 1), np.nan),
                "hours": np.where(reported > 0, rate * 1.4, np.nan),
                "per_member": np.where(reported > 0, rate * 0.6, np.nan),
                "weeks": np.where(reported > 0, 3 * reported, np.nan),
                "busy": np.where(reported > 0, reported // 20, np.nan),
                "reported": reported,
                "expected": np.full(size, self.size),
            }
        )

    def due_held(self) -> pd.DataFrame:
        due = np.array([4, 12, 12, 4, 12, 1, 1, 1]) * self.size * len(self.years)
        unreported = np.round(due * np.array([0.02, 0.04, 0.3, 0.02, 0.05, 0.1, 0.1, 1.0])).astype(int)
        judged = due - unreported
        met = np.round(judged * np.array([0.97, 0.9, 0.72, 0.84, 0.95, 1.0, 0.99, 0.0])).astype(int)
        return pd.DataFrame(
            {
                "type": TYPES,
                "every": EVERY,
                "due": judged,
                "met": met,
                "short": judged - met,
                "unreported": unreported,
                "share": np.where(judged > 0, met / np.maximum(judged, 1), np.nan),
            }
        )

    def compliance_map(self) -> pd.DataFrame:
        random = self.random()
        rows = []
        for unit in self.units:
            strength = random.beta(8, 1)
            for type, times in zip(TYPES, (4, 12, 12, 4, 12, 1, 1, 1), strict=True):
                due = 0 if random.random() < 0.05 else times * len(self.years)
                met = random.binomial(due, strength if random.random() > 0.05 else 0.1)
                rows.append((unit, type, due, met, met / due if due else np.nan))
        return pd.DataFrame(rows, columns=["unit", "type", "due", "met", "share"])

    def calendar_heat(self) -> pd.DataFrame:
        random = self.random()
        days = np.arange(f"{self.years[0]}-01-01", f"{self.years[-1] + 1}-01-01", dtype="datetime64[D]")
        month = days.astype("datetime64[M]").astype(int) % 12
        weekday = (days.astype(int) + 3) % 7
        working = weekday < 5
        holiday = np.array([HOLIDAYS.get(str(day)[5:]) for day in days], dtype=object)
        held = random.poisson(np.where(working, self.size * 0.2 * np.where(month == 11, 2.2, 1), 0.1)).astype(float)
        held[pd.notna(holiday)] = 0
        unreported = days >= self.months[self.known] if self.known < len(self.months) else np.zeros(len(days), dtype=bool)
        held[unreported] = np.nan
        return pd.DataFrame(
            {
                "day": days.astype("datetime64[s]"),
                "year": days.astype("datetime64[Y]").astype(int) + 1970,
                "held": held,
                "is_working": working & pd.isna(holiday),
                "holiday": holiday,
                "reported": np.where(unreported, 0, self.size),
            }
        )

    def rhythm_ribbon(self) -> pd.DataFrame:
        parts = [self._unit_year(number, unit, year) for year in self.years for number, unit in enumerate(self.units)]
        order = {"by": ["year", "index", "unit", "week"], "ascending": [True, False, True, True], "na_position": "last"}
        return pd.concat(parts).sort_values(**order).reset_index(drop=True)

    def _unit_year(self, number: int, unit: str, year: int) -> pd.DataFrame:
        """53 weeks of a unit: every fifth rushes at the year end, every seventeenth hardly does anything."""
        random = self.random(number, year)
        starts = np.datetime64(f"{year}-01-01") + 7 * np.arange(53)
        month = starts.astype("datetime64[M]").astype(int) % 12
        rush = (1.0, 1.0, 1.2, 2.0, 4.0)[number % 5]
        held = random.poisson((0.08 if number % 17 == 16 else 0.75) * np.where(np.arange(53) >= 46, rush, 1.0)).astype(float)
        status = random.choice(["missing", "partly", "reported"], 12, p=[0.04, 0.04, 0.92])[month]
        if self.known < len(self.months):
            status[starts >= self.months[self.known].astype("datetime64[D]")] = "missing"
        held[status == "missing"] = np.nan
        n = np.nansum(held)
        return pd.DataFrame(
            {
                "unit": unit,
                "year": year,
                "week": np.arange(1, 54),
                "starts_on": starts.astype("datetime64[s]"),
                "held": held,
                "status": status,
                "index": np.nansum(held[46:]) / n / 0.12 if n >= 8 else np.nan,
                "n": n,
            }
        )

    def year_wheel(self) -> pd.DataFrame:
        held = np.round(self.size * np.array([2.6, 2.2, 3.6, 3.8, 3.5, 4.8, 4.4, 3.0, 3.6, 2.6, 5.5, 8.4]))
        even = np.array([22, 16, 21, 22, 20, 20, 23, 22, 21, 18, 21, 22])
        return pd.DataFrame(
            {"month_of_year": np.arange(1, 13), "held": held, "share": held / held.sum(), "even_share": even / even.sum()}
        )

    def held_recorded(self) -> pd.DataFrame:
        random = self.random()
        size = self.size * 30
        start = np.datetime64(f"{self.years[-1]}-01-01")
        held = start + np.sort(random.integers(0, 330, size))
        kind = random.random(size)
        lag = np.where(kind < 0.7, random.integers(0, 4, size), random.integers(4, 18, size))
        recorded = held + lag * 7 // 5
        for day in (f"{self.years[-1]}-06-12", f"{self.years[-1]}-11-20"):
            batch = (kind > 0.88) & (held < np.datetime64(day)) & (held > np.datetime64(day) - 150)
            recorded = np.where(batch, np.datetime64(day), recorded)
        lag = ((recorded - held).astype(int) * 5 / 7).round()
        return pd.DataFrame(
            {
                "activity": [f"a{number}" for number in range(size)],
                "unit": random.choice(self.units, size),
                "type": random.choice(TYPES, size),
                "held_on": held.astype("datetime64[s]"),
                "recorded_on": recorded.astype("datetime64[s]"),
                "lag": lag,
                "is_late": lag > 15,
            }
        )

    def inspections(self) -> pd.DataFrame:
        year = self.years[-1]
        return pd.DataFrame(
            {
                "starts_on": pd.to_datetime([f"{year}-06-17", f"{year}-11-25"]),
                "ends_on": pd.to_datetime([f"{year}-06-19", f"{year}-11-27"]),
                "event": "inspection",
                "name": ["半年党建督查", "年度党建工作考核"],
            }
        )

    def burn_up(self) -> pd.DataFrame:
        random = self.random()
        parts = []
        for year in self.years:
            months = np.arange(f"{year}-01", f"{year + 1}-01", dtype="datetime64[M]")
            held = np.cumsum(random.poisson(self.size * 3.2, 12)).astype(float)
            if year == self.years[-1]:
                held[12 - (len(self.months) - self.known) :] = np.nan if self.known < len(self.months) else held[12:]
            due = np.cumsum(np.where(np.arange(12) % 3 == 2, self.size * 5, self.size * 3)).astype(float)
            due[-1] += self.size * 3
            planned = np.cumsum(np.full(12, self.size * 3.9)).round()
            parts.append(pd.DataFrame({"month": months.astype("datetime64[s]"), "held": held, "due": due, "planned": planned}))
        return pd.concat(parts).reset_index(drop=True)

    def evenness(self) -> pd.DataFrame:
        random = self.random()
        late = np.sort(random.beta(3, 14, self.size))[::-1]
        n = random.integers(20, 150, self.size)
        n[::13] = 5
        late[-1] = np.nan
        n[-1] = 0
        return pd.DataFrame(
            {
                "unit": self.units,
                "n": n,
                "months_active": random.integers(6, 36, self.size),
                "months": 36,
                "variation": random.random(self.size),
                "burstiness": random.uniform(-0.5, 0.5, self.size),
                "longest_gap": random.integers(12, 120, self.size).astype(float),
                "silent": 0,
                "late_share": late,
                "even_share": 0.118,
            }
        )

    def two_skins(self) -> pd.DataFrame:
        random = self.random()
        party = random.permutation(self.size) + 1
        business = np.clip(party + random.normal(0, self.size / 6, self.size).round(), 1, self.size)
        frame = pd.DataFrame(
            {
                "unit": self.units,
                "party": 100 - party / 4,
                "business": 100 - business / 4,
                "party_rank": party,
                "business_rank": business,
                "gap": business - party,
                "units": self.size,
            }
        )
        return frame.sort_values("gap", key=abs, ascending=False).reset_index(drop=True)

    def attendance_funnel(self) -> pd.DataFrame:
        random = self.random()
        expected = np.round(random.lognormal(6, 0.8, self.size))
        expected[0] = 12
        centre = 0.87
        rate = np.clip(random.normal(centre, 0.03, self.size) + random.normal(0, 0.3, self.size) / np.sqrt(expected), 0.3, 1)
        rate[3:4], rate[8:9] = 0.66, 0.71
        sd = np.sqrt(3 * centre * (1 - centre) / expected)
        low998, high998 = np.maximum(0, centre - 3.09 * sd), np.minimum(1, centre + 3.09 * sd)
        verdict = np.select([expected < 20, rate < low998, rate > high998], ["few", "below", "above"], "within")
        return pd.DataFrame(
            {
                "unit": self.units,
                "expected": expected,
                "attended": np.round(expected * rate),
                "rate": rate,
                "centre": centre,
                "low95": np.maximum(0, centre - 1.96 * sd),
                "high95": np.minimum(1, centre + 1.96 * sd),
                "low998": low998,
                "high998": high998,
                "verdict": verdict,
                "is_below": verdict == "below",
            }
        ).sort_values("rate")

    def onion(self) -> pd.DataFrame:
        people = np.array([2.2, 2.6, 3.1]) * self.size
        return pd.DataFrame(
            {
                "layer": ["core", "regular", "casual"],
                "people": people.round(),
                "held": np.array([100, 19, 6]) * self.size,
                "share": people / people.sum(),
                "members": float(self.size * 14),
            }
        )

    def dual_life(self) -> pd.DataFrame:
        random = self.random()
        expected = random.integers(10, 60, self.size).astype(float)
        expected[2:3] = 3
        attended = np.round(expected * random.beta(9, 2, self.size))
        members = np.round(attended * random.beta(6, 3, self.size))
        frame = pd.DataFrame(
            {
                "unit": self.units,
                "expected": expected,
                "attended": attended,
                "as_members": members,
                "attended_share": attended / expected,
                "as_members_share": members / expected,
                "n": random.integers(5, 40, self.size),
            }
        )
        return frame.sort_values("attended_share").reset_index(drop=True)

    def task_coverage(self) -> pd.DataFrame:
        random = self.random()
        rows = []
        for number, name in enumerate(TASKS):
            owner = self.units[number % self.size]
            supporters = random.choice(self.units, min(self.size, int(random.integers(1, 12))), replace=False) if number % 5 else []
            rows += [(name, owner, unit, int(random.integers(1, 9)), len(supporters), False) for unit in supporters]
            if not len(supporters):
                rows.append((name, owner, owner, 0, 0, True))
        frame = pd.DataFrame(rows, columns=["task", "owner", "unit", "held", "supporters", "is_orphan"])
        return frame.sort_values(["supporters", "task", "held", "unit"], ascending=[True, True, False, True]).reset_index(drop=True)

    def linked_trend(self) -> pd.DataFrame:
        random = self.random()
        quarters = self.months[::3]
        n = random.integers(3, 5, len(quarters)) * self.size
        substantive = np.round(n * np.linspace(0.2, 0.5, len(quarters)))
        nominal = np.round(n * np.linspace(0.45, 0.3, len(quarters)))
        return pd.DataFrame(
            {
                "quarter": quarters,
                "substantive": substantive,
                "nominal": nominal,
                "titled": np.round(0.3 * (n - substantive - nominal)),
                "unlinked": n - substantive - nominal - np.round(0.3 * (n - substantive - nominal)),
                "n": n,
                "share": substantive / n,
                "word": "窗口",
            }
        )

    def fatigue(self) -> pd.DataFrame:
        slope = np.array([-0.2, -0.6, 0.4, -1.1, 0.1])
        half = np.array([0.15, 0.5, 0.9, 1.6, 0.1])
        return pd.DataFrame(
            {
                "group": ["every_form", "集中学习", "现场教学", "案例研讨", "会议"],
                "slope": slope,
                "low": slope - half,
                "high": slope + half,
                "series": [240, 50, 21, 18, 60],
                "n": [1400, 700, 90, 70, 500],
            }
        )

    def secretary_duty(self) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "group": ["hosted", "lectured", "leaders"],
                "k": [366, 0, 1223],
                "of": [429, 0, 1678],
                "share": [0.85, np.nan, 0.73],
                "low": [0.82, np.nan, 0.71],
                "high": [0.88, np.nan, 0.75],
                "n": [429, 0, 1678],
                "lacks": [None, "speaker", None],
            }
        )

    def officer_structure(self) -> pd.DataFrame:
        quarters = self.months[::3]
        staff = np.full(len(quarters), 1300)
        fulltime = 8 + np.arange(len(quarters)) % 3
        return pd.DataFrame(
            {
                "quarter": quarters,
                "fulltime": fulltime,
                "staff": staff,
                "share": fulltime / staff,
                "band_low": 0.01,
                "band_high": 0.02,
                "parttime": 80 - fulltime,
                "officers": 80,
                "n": staff,
            }
        )

    def member_structure(self) -> pd.DataFrame:
        people = np.array([196, 213, 301, 28, 255, 384, 99])
        return pd.DataFrame(
            {
                "subject": ["age"] * 4 + ["party_age"] * 3,
                "part": ["under35", "to45", "to60", "over60", "new", "ten_years", "veteran"],
                "people": people,
                "share": people / 738,
                "n": 738,
                "units": 60,
                "on": self.months[0],
            }
        )

    def training_spread(self) -> pd.DataFrame:
        hours = np.linspace(12, 40, self.size)
        return pd.DataFrame(
            {
                "unit": self.units,
                "hours": hours,
                "threshold": 20.0,
                "is_short": (hours < 20).astype(int),
                "middle": 30.0,
                "variation": 0.3,
                "short": 4,
                "officers": 6 * self.size,
                "on": self.months[0],
                "n": 6,
            }
        )

    def staffing_quality(self) -> pd.DataFrame:
        random = self.random()
        return pd.DataFrame(
            {
                "unit": self.units,
                "staffing": random.uniform(0.5, 2, self.size),
                "solving": random.uniform(0.1, 0.7, self.size),
                "rank_correlation": 0.05,
                "margin": 0.3,
                "units": self.size,
                "n": 40,
            }
        )

    def sync_matrix(self) -> pd.DataFrame:
        random = self.random()
        steps = ("study", "deploy", "improve", "review", "assess")
        rows = []
        for number, unit in enumerate(self.units):
            evidence = random.poisson(2 if number % 4 else 6, 5)
            for step, held in zip(steps, evidence, strict=True):
                first = (
                    pd.Timestamp(f"{self.years[-1]}-01-01") + pd.Timedelta(days=int(random.integers(0, 300))) if held else pd.NaT
                )
                rows.append((unit, step, held, first, bool((evidence > 0).all())))
        return pd.DataFrame(rows, columns=["unit", "step", "evidence", "first_on", "complete"])

    def coverage_map(self) -> pd.DataFrame:
        random = self.random()
        rows = []
        for number, unit in enumerate(self.units):
            for quarter in self.months[::3]:
                weights = (0.5, 0.1, 0.15, 0.25) if number % 9 == 0 else (0.88, 0.04, 0.04, 0.04)
                status = random.choice(("reported", "none", "partly", "missing"), p=weights)
                missing = {"missing": 3, "partly": 1}.get(status, 0)
                rows.append((unit, OFFICES[number // 4 % len(OFFICES)], quarter, status, 3, missing, missing > 0))
        columns = ["unit", "parent", "quarter", "status", "due_months", "missing_months", "is_missing"]
        return pd.DataFrame(rows, columns=columns)

    def under_lamp(self) -> pd.DataFrame:
        random = self.random()
        number = np.arange(self.size)
        return pd.DataFrame(
            {
                "unit": self.units,
                "is_leaders": number < 1,
                "is_own": number < 4,
                "is_near": number < 4,
                "held": random.integers(20, 70, self.size),
                "per_month": random.normal(4, 0.8, self.size),
                "attended": random.uniform(0.7, 1, self.size),
                "even": random.uniform(0.5, 0.95, self.size),
                "is_silent": number % 7 == 6,
                "near_silent": 0,
                "near_per_month": 4.1,
                "rest_per_month": 4.0,
                "near_attended": 0.9,
                "rest_attended": 0.88,
                "near_even": 0.8,
                "rest_even": 0.78,
                "gap": 0.02,
            }
        )

    def pillars(self) -> pd.DataFrame:
        value, benchmark = np.array([0.88, 0.83, 0.91, 0.24]), np.array([0.97, 0.9, 0.95, np.nan])
        return pd.DataFrame(
            {
                "pillar": ["frequency", "rhythm", "attendance", "linked"],
                "value": value,
                "n": [1732, 2477, 25965, 1347],
                "benchmark": benchmark,
                "peers": [60, 60, 58, 3],
                "is_behind": value < benchmark,
            }
        )

    def _figure(self, periods: np.ndarray, level: float) -> pd.DataFrame:
        random = self.random()
        n = random.integers(50, 90, len(periods)) * self.size // 10
        share = np.clip(random.normal(level, 0.05, len(periods)), 0, 1)
        return pd.DataFrame({"period": periods, "numerator": np.round(n * share), "denominator": n, "n": n})

    def compliance(self) -> pd.DataFrame:
        return self._figure(self.months[::3], 0.9)

    def attendance(self) -> pd.DataFrame:
        return self._figure(self.months[::3], 0.86)

    def prompt_recording(self) -> pd.DataFrame:
        return self._figure(self.months[::3], 0.62)

    def linked_share(self) -> pd.DataFrame:
        return self._figure(self.months[::3], 0.4)

    def task_coverage_share(self) -> pd.DataFrame:
        return self._figure(self.months[::3], 0.7)

    def yearend_share(self) -> pd.DataFrame:
        frame = self._figure(self.months[::12], 0.22)
        return frame.assign(even=0.118)[["period", "numerator", "denominator", "even", "n"]]

    def unit_weeks(self) -> pd.DataFrame:
        starts = np.arange(f"{self.years[-1]}-01-01", f"{self.years[-1] + 1}-01-01", 7, dtype="datetime64[D]")
        held = self.random().poisson(np.where(np.arange(len(starts)) >= 46, 3.0, 0.5))
        return pd.DataFrame(
            {
                "unit": self.units[0],
                "week": np.arange(1, len(starts) + 1),
                "starts_on": starts.astype("datetime64[s]"),
                "held": held,
                "expected": held.sum() / len(starts),
                "is_system": True,
            }
        )

    def _quarters(self, low: int, high: int) -> tuple[np.ndarray, np.ndarray]:
        quarters = self.months[::3]
        return quarters, self.random().integers(low, high, len(quarters)) * self.size // 10

    def prescribed_mix(self) -> pd.DataFrame:
        quarters, n = self._quarters(60, 110)
        own = np.round(n * self.random(1).uniform(0.15, 0.35, len(n))).astype(int)
        more = {"units": self.size, "without": 2, "names": "、".join(self.units[:2])}
        return pd.DataFrame({"quarter": quarters, "own_choice": own, "prescribed": n - own, "n": n, **more})

    def plan_changes(self) -> pd.DataFrame:
        quarters, n = self._quarters(80, 100)
        early, late, overdue = (np.round(n * part).astype(int) for part in (0.01, 0.03, 0.02))
        changed = early + late + overdue
        parts = {"early": early, "late": late, "overdue": overdue, "cancelled": 0, "undated": 0}
        return pd.DataFrame({"quarter": quarters, **parts, "changed": changed, "versions": 2 * changed, "n": n})

    def upward_driven(self) -> pd.DataFrame:
        quarters, n = self._quarters(60, 110)
        after = np.round(n * 0.3).astype(int)
        nothing = {"superior": np.nan, "plan": np.nan, "own": np.nan}
        return pd.DataFrame(
            {"quarter": quarters, **nothing, "after": after, "outside": n - after, "even": 0.2, "n": n, "all_held": n}
        )

    def duty_coverage(self) -> pd.DataFrame:
        rows = []
        for place, quarter in enumerate(self.months[::3]):
            held = np.array([50, 30, 0 if place % 4 in (1, 2) else 18, 12]) * self.size // 10
            for duty, count in zip(("education", "management", "supervision", "service"), held, strict=True):
                zero = int(count == 0)
                rows.append((quarter, duty, count, held.sum(), count / held.sum(), zero, self.size, self.size if zero else 2))
        return pd.DataFrame(rows, columns=["quarter", "duty", "held", "n", "share", "zero", "units", "without"])

    def streaks(self) -> pd.DataFrame:
        random = self.random()
        rows = []
        for number, unit in enumerate(self.units):
            run, runs = 0, []
            for place, month in enumerate(self.months):
                dice = random.random()
                state = (
                    "unreported" if place >= self.known or dice < 0.02 else "short" if dice < (0.35, 0.1, 0)[number % 3] else "met"
                )
                run = run + 1 if state == "met" else 0
                runs.append((unit, month, state, run, int(state == "met"), int(state != "unreported")))
            rows.append(pd.DataFrame(runs, columns=["unit", "month", "state", "run", "met", "judged"]))
            rows[-1] = rows[-1].assign(current=rows[-1]["run"].iloc[self.known - 1], longest=rows[-1]["run"].max())
        return pd.concat(rows)[["unit", "month", "state", "run", "current", "longest", "met", "judged"]].reset_index(drop=True)

    def dedicated_studies(self) -> pd.DataFrame:
        rows = [
            (unit, half, (0, 1, 2)[(number + place) % 3], 1, 6, ("short", "met", "met")[(number + place) % 3])
            for number, unit in enumerate(self.units[:3])
            for place, half in enumerate(self.months[::6])
        ]
        frame = pd.DataFrame(rows, columns=["unit", "half", "studies", "due", "months", "state"])
        return frame.assign(is_short=(frame["state"] == "short").astype(int))

    def hours_met(self) -> pd.DataFrame:
        random = self.random()
        frames = []
        for year in self.years:
            hours = np.where(random.random(self.size) < 0.1, np.nan, random.normal(29, 5, self.size))
            judged = (~np.isnan(hours) & (np.arange(self.size) % 11 > 0)).astype(int)
            given = {"unit": self.units, "year": year, "hours": hours, "due": 32.0, "members": 12, "told": 1.0, "months": 12}
            frames.append(pd.DataFrame({**given, "judged": judged, "enough": judged * (hours >= 32)}))
        return pd.concat(frames).reset_index(drop=True)

    def plan_ladder(self) -> pd.DataFrame:
        above, below = np.array([58, 4300, 3900, 0, 800]), np.array([60, 5000, 5200, 0, 1000])
        share = np.where(below > 0, above / np.maximum(below, 1), np.nan)
        stages = ["annual", "carried", "traced", "dated", "noticed"]
        lead = [np.nan, np.nan, np.nan, np.nan, 4.0]
        return pd.DataFrame({"stage": stages, "numerator": above, "denominator": below, "share": share, "lead": lead})

    def fade_out(self) -> pd.DataFrame:
        rows = []
        for number, campaign in enumerate(("主题教育", "党纪学习教育", "作风建设学习教育")):
            first = np.datetime64(f"{self.years[number % len(self.years)]}-03-01")
            for third, held in enumerate((60, 50, 60 if number else 22)):
                start, share = first + 40 * third, 0.94 - 0.03 * third
                ratio = ((held + 0.5) / 60.5, 0.6, 1.4) if third == 2 else (np.nan,) * 3
                days = (start.astype("datetime64[s]"), (start + 39).astype("datetime64[s]"))
                row = (
                    campaign,
                    third + 1,
                    *days,
                    held,
                    10 * held,
                    9 * held,
                    share,
                    share - 0.02,
                    share + 0.02,
                    *ratio,
                    12,
                    900,
                    2,
                    160,
                )
                rows.append(row)
        names = ["campaign", "third", "starts_on", "ends_on", "held", "expected", "attended", "share", "low95", "high95"]
        names += ["ratio", "ratio_low", "ratio_high", "left_early", "stayed_of", "faded", "judged"]
        return pd.DataFrame(rows, columns=names)

    def fingerprint(self) -> pd.DataFrame:
        random = self.random()
        rows = []
        for weekday in range(1, 8):
            for month in range(1, 13):
                held = float(random.poisson(8 if weekday < 6 else 0)) * (2 if month == 12 else 1)
                rows.append((weekday, month, np.nan if month == 8 else held, 60, np.nan if month == 8 else held / 0.6, 0))
        frame = pd.DataFrame(rows, columns=["weekday", "month_of_year", "held", "days", "rate", "rest"])
        return frame.assign(peak=frame.groupby("weekday")["held"].transform("sum") / frame["held"].sum())

    def inspection_surge(self) -> pd.DataFrame:
        starts = np.array(
            [f"{year}-{month}-20" for year in self.years for month in ("05", "08", "10", "12")], dtype="datetime64[D]"
        )
        ratio = np.tile([1.1, 0.9, 1.6, 1.7], len(self.years))
        frame = pd.DataFrame(
            {
                "name": np.tile(["组织生活专项督查", "半年考核", "党建与业务融合专项检查", "年终考核"], len(self.years)),
                "starts_on": starts.astype("datetime64[s]"),
                "opens_on": (starts - 15).astype("datetime64[s]"),
                "closes_on": (starts - 1).astype("datetime64[s]"),
                "held": np.round(100 * ratio),
                "expected": 100.0,
                "ratio": ratio,
                "low95": ratio - 0.2,
                "high95": ratio + 0.2,
                "units": self.size,
            }
        )
        at_year_end = np.tile([0, 0, 0, 1], len(self.years))
        return frame.assign(at_year_end=at_year_end, above=((frame["low95"] > 1) & (at_year_end == 0)).astype(int))

    def score_ridge(self) -> pd.DataFrame:
        """One assessment without raters and three raters a year: the second presses its scores, the third gives full marks."""
        rows = []
        for year in self.years:
            for rater, (middle, sd) in enumerate(((0.88, 0.03), (0.9, 0.02), (0.94, 0.004), (1.0, 0.02))):
                rates = np.clip(self.random(year, rater).normal(middle, sd, max(self.size, 3)), 0.7, 1)
                steps, results = np.unique(np.floor(rates * 200 + 1e-9) / 200, return_counts=True)
                row = {"year": year, "assessment": "annual" if rater else None, "rater": rater or None}
                own = {"n": len(rates), "median": np.median(rates), "sd": rates.std(), "full_items": 30 * rater, "items": 120}
                rows += [{**row, "score_rate": step, "results": count, **own} for step, count in zip(steps, results, strict=True)]
        return pd.DataFrame(rows)

    def trace_effect(self) -> pd.DataFrame:
        random = self.random()
        effect = np.clip(random.normal(0.88, 0.03, self.size), 0.7, 1)
        trace = np.clip(effect + random.normal(0.04, 0.01, self.size), 0.7, 1)
        trace[:3], effect[:3] = 0.975, 0.80
        quadrant = np.full(self.size, "usual", dtype=object)
        quadrant[:3], quadrant[5:6], quadrant[6:7] = "apart", "few", "ceiling"
        return pd.DataFrame(
            {
                "unit": self.units,
                "trace_rate": trace,
                "trace_low": trace - 0.01,
                "trace_high": trace + 0.01,
                "effect_rate": effect,
                "effect_low": effect - 0.015,
                "effect_high": effect + 0.015,
                "trace_middle": np.median(trace),
                "effect_middle": np.median(effect),
                "n": 18,
                "quadrant": quadrant,
                "is_apart": quadrant == "apart",
                "is_ceiling": False,
            }
        )

    def excellent_turns(self) -> pd.DataFrame:
        """Four organs: the first takes turns, the last has too few lists."""
        repeats, lots = np.array([0, 3, 4, np.nan]), np.array([1.6, 1.4, 1.6, np.nan])
        return pd.DataFrame(
            {
                "organ": self.units[:4],
                "year": self.years[-1],
                "assessed": [7, 8, 7, 6],
                "excellent": 2,
                "cap": 2,
                "is_full": True,
                "is_over": False,
                "lists": [3, 3, 3, np.nan],
                "repeats": repeats,
                "lots": lots,
                "is_rotating": [True, False, False, None],
                "scale": "repeats",
            }
        )

    def compression(self) -> pd.DataFrame:
        organs = self.units[: max(1, self.size // 8)]
        value = self.random().uniform(0.6, 1.7, len(organs))
        value[0] = 0.1
        frame = pd.DataFrame(
            {
                "unit": organs,
                "year": self.years[-1],
                "scale": "spread",
                "value": value,
                "low": value * 0.66,
                "high": value * 2,
                "usual": 1.0,
                "n": 8,
                "sd": value * 7,
                "is_flagged": value < 0.25,
            }
        )
        judged = ["value", "low", "high"]
        frame.loc[(frame.index > 0) & (frame.index == len(frame) - 1), judged] = np.nan
        return frame

    def rater_leniency(self) -> pd.DataFrame:
        value = np.array([0.6, 0.5, -2.1])
        return pd.DataFrame(
            {
                "rater": [1, 2, 3],
                "scale": "deviation",
                "value": value,
                "low": value - 0.2,
                "high": value + 0.2,
                "usual": 0.0,
                "n": 6 * self.size,
                "units": self.size,
                "is_flagged": value < -1,
            }
        )

    def rank_mobility(self) -> pd.DataFrame:
        rows = []
        for number, quarter in enumerate(self.months[3:12:3]):
            shares = (0.5, 0.35, 0.15 - 0.05 * number, 0.05 * number)
            for segment, share in zip(("same_fifth", "next_fifth", "further"), shares, strict=False):
                k = round(share * self.size)
                rows.append((quarter, segment, k, share, self.size, 0.5 + 0.1 * number, "tau"))
        return pd.DataFrame(rows, columns=["quarter", "segment", "k", "share", "n", "beside", "scale"])

    def weights(self) -> pd.DataFrame:
        rows = [
            ("nature", "quantitative", 3, 0.45, 6),
            ("nature", "qualitative", 3, 0.55, 6),
            ("evidence", "trace", 3, 0.45, 6),
            ("evidence", "effect", 2, 0.5, 6),
            ("evidence", "unstated", 1, 0.05, 6),
            ("rubric", "with_rubric", 1, 0.36, 3),
            ("rubric", "no_rubric", 2, 0.64, 3),
            ("occasion", "annual", 18 * self.size, 0.5, 36 * self.size),
            ("occasion", "unstated", 18 * self.size, 0.5, 36 * self.size),
        ]
        return pd.DataFrame(rows, columns=["part", "segment", "k", "share", "n"]).assign(year=self.years[-1])

    def late_deductions(self) -> pd.DataFrame:
        random = self.random()
        rewards, deductions = random.poisson(6, len(self.months)), random.poisson(2, len(self.months))
        deductions[11::12] += 9
        month = np.arange(len(self.months)) % 12
        return pd.DataFrame(
            {
                "month": self.months,
                "rewards": rewards,
                "deductions": deductions,
                "december": np.where(month == 11, deductions, 0),
                "last_quarter": np.where(month >= 9, deductions, 0),
                "both_days": int(deductions.sum()),
                "lag": 13.0,
                "settling": 1,
            }
        )

    def topic_focus(self) -> pd.DataFrame:
        words = ("窗口", "流程", "清单", "怎么", "材料", "高质量", "新征程", "凝心聚力")
        held = np.array([57, 52, 47, 43, 40, 47, 28, 21])
        return pd.DataFrame(
            {"word": words, "part": ["small"] * 5 + ["broad"] * 3, "held": held, "concrete": 685, "broad": 255, "n": 1347}
        )

    def stale_forms(self) -> pd.DataFrame:
        forms = ["集中学习", "外出参观", "线上学习", "案例研讨", "走流程体验", None]
        parts = ["stale", "stale", "digital", "other", "other", "other"]
        held = np.array([73, 4, 50, 70, 56, 574])
        return pd.DataFrame({"form": forms, "part": parts, "held": held, "stale": 77, "digital": 50, "forms": 34, "n": held.sum()})

    def herding(self) -> pd.DataFrame:
        starts = np.array(["2024-03-04", "2024-10-14", "2024-12-09"], dtype="datetime64[s]")
        return pd.DataFrame(
            {
                "topic": ["深刻领会重要意义 准确把握精神实质集中研讨交流会", "传达学习有关文件", "理论学习"],
                "branches": [8, 5, 3],
                "held": [11, 5, 3],
                "starts_on": starts,
                "ends_on": starts + np.timedelta64(6 * 86400, "s"),
                "together": 30,
                "n": 1347,
            }
        )

    def procedure(self) -> pd.DataFrame:
        parts = ["drafted", "announced", "held", "recorded", "decided", "closed"]
        return pd.DataFrame({"part": parts, "held": [195, 0, 2851, 2851, 403, 3], "n": [325, 0, 2851, 2851, 1394, 4]})

    def entry_points(self) -> pd.DataFrame:
        parts = ["learning", "business", "management", "team", "unsaid"]
        return pd.DataFrame({"part": parts, "held": [15, 46, 18, 16, 93], "unsaid": 93, "n": 188})

    def too_short(self) -> pd.DataFrame:
        middle = np.array([90.0, 60, 45, 90, 90, 180, 150, 30])
        spread = {f"p{part}": middle * factor for part, factor in ((10, 0.5), (25, 0.7), (50, 1), (75, 1.2), (90, 1.5))}
        counts = {"threshold": middle / 2, "brief": [12, 9, 4, 3, 2, 0, 1, 0], "n": [433, 360, 146, 142, 141, 37, 37, 91]}
        return pd.DataFrame({"type": TYPES, **spread, **counts})

    def form_diversity(self) -> pd.DataFrame:
        random = self.random()
        n = random.integers(4, 40, self.size)
        fresh = random.integers(0, 5, self.size).astype(float)
        fresh[0] = np.nan
        return pd.DataFrame(
            {
                "unit": self.units,
                "n": n,
                "forms": np.minimum(n, 12),
                "fresh": fresh,
                "is_unchanged": fresh == 0,
                "diversity": np.where(n >= 8, random.uniform(0.5, 0.95, self.size), np.nan),
            }
        )

    def small_wins(self) -> pd.DataFrame:
        random = self.random()
        frame = pd.DataFrame({"unit": np.repeat(self.units, 12), "month": np.tile(self.months[-12:], self.size)})
        gained = random.poisson(2, len(frame))
        solved = pd.Series(gained).groupby(frame["unit"]).cumsum().to_numpy()
        frame = frame.assign(solved=solved, raised=np.round(solved * 1.6), gained=gained)
        ended = (frame["unit"] == self.units[-1]) & (frame["month"] > self.months[-6])
        return frame[~ended].reset_index(drop=True)

    def closure(self) -> pd.DataFrame:
        decided = self.random().integers(200, 300, 4)
        closed = np.round(decided * np.array([0.8, 0.7, 0.7, 0.4])).astype(int)
        return pd.DataFrame({"quarter": self.months[-12::3], "closed": closed, "open": decided - closed, "n": decided})

    def portrait_history(self) -> pd.DataFrame:
        random = self.random()
        parts = []
        for measure, level in (("pace", 4.0), ("met", 0.85), ("attended", 0.9), ("linked", 0.4), ("prompt", 0.7)):
            below = np.full(len(self.months) // 3, 3 if measure == "pace" else 12)
            above = random.poisson(below * level) if measure == "pace" else random.binomial(below, level)
            middle = np.clip(random.normal(level, 0.05, len(below)), 0, 9 if measure == "pace" else 1)
            parts.append(
                pd.DataFrame(
                    {
                        "measure": measure,
                        "quarter": self.months[::3],
                        "value": above / below,
                        "numerator": above,
                        "denominator": below,
                        "quartile_low": middle * 0.9,
                        "middle": middle,
                        "quartile_high": np.minimum(middle * 1.1, 9 if measure == "pace" else 1),
                        "peers": 22,
                        "basis": "group",
                    }
                )
            )
        frame = pd.concat(parts, ignore_index=True)
        frame.loc[2, ["quartile_low", "middle", "quartile_high"]] = np.nan
        chosen = frame["quarter"].dt.year == self.years[-1]
        within = frame["value"].between(frame["quartile_low"], frame["quartile_high"])
        counts = {"compared": chosen & frame["middle"].notna(), "below": chosen & (frame["value"] < frame["quartile_low"])}
        counts |= {"within": chosen & within, "above": chosen & (frame["value"] > frame["quartile_high"])}
        return frame.assign(is_chosen=chosen, **{name: flag.astype(int) for name, flag in counts.items()})

    def portrait_types(self) -> pd.DataFrame:
        held = np.arange(len(TYPES), 0, -1)
        middle = held * np.array([1.2, 0.8] * (len(TYPES) // 2))
        bands = {"quartile_low": middle - 0.5, "middle": middle, "quartile_high": middle + 1.5}
        return pd.DataFrame({"type": TYPES, "held": held, **bands, "peers": 22, "months": 12})
