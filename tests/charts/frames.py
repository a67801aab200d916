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
                "unlinked": n - substantive - nominal,
                "n": n,
                "share": substantive / n,
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
            for place, month in enumerate(self.months):
                dice = random.random()
                bad = 0.25 if number % 9 == 0 else 0.03
                status = (
                    "missing" if dice < bad or place >= self.known + number % 2 else "partly" if dice < bad + 0.05 else "reported"
                )
                rows.append((unit, month, status))
        frame = pd.DataFrame(rows, columns=["unit", "month", "status"])
        return frame.assign(is_missing=frame["status"] == "missing")

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
