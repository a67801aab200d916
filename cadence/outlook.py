"""A store and a day in; which units' year is on its way, which need a look and which cannot be judged, in rows and words, out.

Only plain words: how likely the plan is at the present pace, how much faster it would take, and what is still due.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cadence import findings, queries, rules
from cadence.charts import wording
from cadence.charts.courses import Course
from cadence.rhythm import completeness, warning
from cadence.rhythm.ledger import Ledger, dates, number
from cadence.rhythm.months import year as year_of
from cadence.store import Store
from cadence.words import SOURCE, language, say

LEVELS = ("severe", "warning", "watch")
"""Levels that are shown unit by unit, the gravest first."""
REASONS = ("incomplete", "early", "few")
"""Why a unit is not judged: a month not or partly handed in, too little of the year known, too little planned or due."""
USUAL = 9
"""Month whose end is looked back to in a year that is over: the first at which a warning is good (docs/statistics-organs.md)."""
TENFOLD = 10
"""Speed-ups from which on the number itself says nothing any more."""


@dataclass(frozen=True)
class Outlook:
    """The year so far of every branch and office as of a day; shared between readers, so never written to.

    units: the rows of `findings.warnings` in the order of the register, days as dates; `reason` says why a unit is not judged (one
    of REASONS, else ""), whose level is then too_few; `code` is its number in the ledger. ledger: the year's activities
    alone. profile: `warning.elapsed` of the year. ruled: kinds due by the month or quarter.
    """

    day: dt.date
    units: pd.DataFrame
    ledger: Ledger
    profile: np.ndarray
    ruled: frozenset[str]


def days(months: pd.Series, year: int) -> list[dt.date]:
    """Month ends of the year that can be judged: reported months; not December, after which nothing is ahead."""
    there = sorted({month.month for month in months if month.year == year} - {12})
    return [(pd.Timestamp(year, month, 1) + pd.offsets.MonthEnd(0)).date() for month in there]


def is_over(months: pd.Series, year: int) -> bool:
    """Whether the year's December was handed in by anybody."""
    return any((month.year, month.month) == (year, 12) for month in months)


def usual(months: pd.Series, year: int) -> dt.date | None:
    """The day to judge as of: 30 September of a year that is over, else the end of the last month reported; None without any."""
    there = days(months, year)
    if is_over(months, year):
        there = [day for day in there if day.month == USUAL] or there
    return there[-1] if there else None


def judge(store: Store, day: dt.date) -> Outlook:
    """Every branch and office as of a day; seconds in a system of thousands.

    A unit with a gap in the year's ledgers is not judged: what was not handed in must not be read as nothing done.
    """
    tree = queries.ask(store, "unit_tree", {})
    with store.cursor() as cursor:
        told = findings.ledger(cursor, whole=True)
        asked = findings.rules(cursor)
        units = findings.warnings(cursor, day, told)
    last = number(day)
    units["code"] = pd.Index(told.units["unit"]).get_indexer(units["unit"])
    place = units["unit"].map(dict(zip(tree["unit"], tree["position"], strict=True)))
    is_this_year = year_of(told.activities["held_on"].to_numpy()) == day.year
    return Outlook(
        day,
        units.iloc[np.argsort(place.to_numpy(), kind="stable")].reset_index(drop=True),
        replace(told, activities=told.activities[is_this_year]),
        warning.elapsed(completeness.known(told, last), day.year),
        frozenset(asked.loc[asked["every"] != "year", "type"]),
    )


def listed(units: pd.DataFrame) -> pd.DataFrame:
    """The units that need a look, by level; within a level in the order they come in, because a ranking is nobody's business."""
    found = units[units["level"].isin(LEVELS)]
    return found.iloc[np.argsort(found["level"].map(LEVELS.index).to_numpy(dtype=int), kind="stable")]


def course(seen: Outlook, unit: str) -> Course:
    """The year of one unit that is judged."""
    row = seen.units[seen.units["unit"] == unit].iloc[0]
    code, last = int(row["code"]), number(seen.day)
    complete = number(row["complete"])
    band = warning.forecast(seen.ledger, last, code, seen.profile, complete, float(row["pace"]))
    its = seen.ledger.activities[seen.ledger.activities["unit"] == code].sort_values("held_on")
    held = pd.DataFrame(
        {
            "day": dates(its["held_on"]).to_numpy(),
            "is_counted": ~its["is_anchored"].to_numpy(dtype=bool),
            "is_ruled": its["kind"].isin(seen.ruled).to_numpy(),
        }
    )
    until = np.datetime64(int(seen.ledger.complete[int(seen.ledger.units["organ"].iloc[code])]), "D")
    end = np.datetime64(f"{seen.day.year}-12-31")
    return Course(unit, held, band.assign(day=dates(band["day"])), row["planned"], row["due"], min(until, end))


def summary(seen: Outlook, units: pd.DataFrame) -> str:
    """One sentence: how many of these units need a look, of how many judged, and up to which day the records are complete."""
    judged = units[units["reason"] == ""]
    if judged.empty:
        return say("截至{day}，所选的 {n} 个单位都还不能判断。", day=_day(seen.day), n=len(units))
    complete = judged["complete"].sort_values().iloc[(len(judged) - 1) // 2]
    values = {"day": _day(seen.day), "n": len(judged), "look": len(listed(judged)), "complete": _day(complete)}
    if len(units) == 1:
        if values["look"]:
            return say("截至{day}，这个单位需要看一看。记录完整到{complete}，只判断到那一天。", **values)
        return say("截至{day}，这个单位没有到需要提醒的程度。记录完整到{complete}，只判断到那一天。", **values)
    if not values["look"]:
        return say("截至{day}，能判断的 {n} 个单位都没有需要看一看的。多数单位的记录完整到{complete}，只判断到那一天。", **values)
    counts = judged["level"].value_counts()
    levels = [say("{level} {n} 个", level=level(id), n=counts[id]) for id in LEVELS if id in counts]
    return say(
        "截至{day}，能判断的 {n} 个单位中有 {look} 个需要看一看（{levels}）。多数单位的记录完整到{complete}，只判断到那一天。",
        levels=say("、").join(levels),
        **values,
    )


def others(units: pd.DataFrame) -> list[str]:
    """Sentences on the units that are only counted: those whose pace suffices, and those not judged with the reason."""
    told = []
    calm = int(((units["level"] == "none") & (units["reason"] == "")).sum())
    if calm and len(units) > 1:
        told.append(say("{n} 个单位没有到需要提醒的程度，不逐一列出。", n=calm))
    counts = units["reason"].value_counts()
    why = {
        "incomplete": say("当年台账有缺月或只交了一部分：{n} 个", n=counts.get("incomplete", 0)),
        "early": say("到判断日，记录完整的时间还不到全年的十分之一：{n} 个", n=counts.get("early", 0)),
        "few": say("全年计划或应开展不足 {fewest} 次：{n} 个", n=counts.get("few", 0), fewest=warning.FEWEST),
    }
    if reasons := [why[reason] for reason in REASONS if reason in counts]:
        told.append(
            say(
                "样本不足或资料不全、暂不判断的 {n} 个单位（{reasons}）。",
                n=int((units["reason"] != "").sum()),
                reasons=say("；").join(reasons),
            )
        )
    return told


def sentence(row: pd.Series) -> str:
    """Where a unit's present pace leads, and what it would take."""
    values = {"chance": likely(row["p_ok"]), "times": faster(row["pressure"]), "day": _day(row["complete"])}
    if not (row["done"] if row["basis"] == "plan" else row["due_done"]):
        if row["basis"] == "plan":
            return say("截至{day}还没有开展的记录；这样到年底完成计划的可能性{chance}。", **values)
        return say("截至{day}还没有规定动作的记录；这样到年底达到规定次数的可能性{chance}。", **values)
    if row["basis"] == "plan":
        return say("按目前节奏到年底完成计划的可能性{chance}；需提速到 {times}。", **values)
    return say("按目前节奏到年底达到规定次数的可能性{chance}；需提速到 {times}。", **values)


def likely(chance: float) -> str:
    """A chance of 0 to 1: 约 3%, 不到 1%, 99% 以上."""
    if chance < 0.01:
        return say("不到 1%")
    if chance > 0.99:
        return say("在 99% 以上")
    return say("约 {share}", share=f"{chance:.0%}")


def faster(pressure: float) -> str:
    """How many times the present pace: 2.6 倍, 10 倍以上."""
    return say("{n} 倍以上", n=TENFOLD) if pressure >= TENFOLD else say("{n} 倍", n=f"{pressure:.1f}")


def still(row: pd.Series) -> str:
    """What is still due by the rules to the year's end, kind by kind; empty where nothing is or no rules are known."""
    owed = [(kind.title, row.get(f"still_{id}", 0)) for id, kind in rules.types().items()]
    kinds = [say("{kind} {n} 次", kind=say(title), n=int(n)) for title, n in owed if n == n and n > 0]
    return say("还差：{kinds}", kinds=say("、").join(kinds)) if kinds else ""


def progress(row: pd.Series) -> tuple[str, str]:
    """Done over wanted, and what that is measured by."""
    if row["basis"] == "plan":
        return f"{row['done']:.0f} / {row['planned']:.0f}", say("已开展 / 计划")
    return f"{row['due_done']:.0f} / {row['due']:.0f}", say("已开展 / 规定")


def reading(row: pd.Series, its: Course) -> str:
    """The sentences above a unit's course: done, where it leads, what was planned and due, and how it came where that is known."""
    end = its.band.iloc[-1]
    told = [
        say(
            "到{day}已开展 {done} 次；照这个节奏，到年底大约 {middle} 次，十有八九在 {low} 到 {high} 次之间。",
            day=_day(its.judged),
            done=int(its.band["middle"].iloc[0]),
            **{name: int(end[name]) for name in ("middle", "low", "high")},
        )
    ]
    if row["planned"] == row["planned"]:
        told.append(say("计划 {n} 次，完成的可能性{chance}。", n=int(row["planned"]), chance=likely(row["p_ok"])))
    if row["due"] > 0:
        values = {"n": int(row["due"]), "done": int(row["due_done"]), "chance": likely(row["due_p_ok"])}
        told.append(say("按月按季的规定动作至少 {n} 次，已开展 {done} 次，达到的可能性{chance}。", **values))
    if its.later is not None:
        told.append(say("后来全年实际开展 {n} 次。", n=its.later))
    elif since := its.since:
        told.append(say("判断日以后又登记了 {n} 次，可能还不全。", n=since))
    return ("" if language() == SOURCE else " ").join(told)


def rows(units: pd.DataFrame) -> pd.DataFrame:
    """The units that need a look with every figure behind the sentence, columns in the reader's words; what a file holds."""
    found = listed(units)
    columns = {
        say("级别"): [level(id) for id in found["level"]],
        say("单位"): found["unit"],
        say("判断到"): found["complete"].dt.date,
        say("全年已过去的份额"): found["elapsed"].round(4),
        say("系统节奏系数"): found["pace"].round(4),
        say("计划"): found["planned"],
        say("已开展"): found["done"],
        say("规定（按月按季）"): found["due"],
        say("其中规定动作已开展"): found["due_done"],
        say("需提速倍数"): found["pressure"].round(2),
        say("到年底完成的可能性"): found["p_ok"].round(4),
        say("达到规定次数的可能性"): found["due_p_ok"].round(4),
    }
    owed = {say("还差：{kinds}", kinds=say(kind.title)): found.get(f"still_{id}") for id, kind in rules.types().items()}
    return pd.DataFrame(columns | {name: counts for name, counts in owed.items() if counts is not None and counts.any()})


def level(id: str) -> str:
    """The word of a level."""
    return {"severe": say("严重"), "warning": say("预警"), "watch": say("关注")}[id]


def _day(day: object) -> str:
    return wording.date(np.datetime64(pd.Timestamp(day), "D"))
