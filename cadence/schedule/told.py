"""A plan in; its sentence, its rows as a table, why each stands where it does and what is worth a look, in words, out."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from cadence import rules
from cadence.charts import wording
from cadence.schedule.checks import Fault
from cadence.schedule.plan import Plan, as_before, weekly
from cadence.words import SOURCE, language, say


def sentence(plan: Plan, days: pd.Series) -> str:
    """How many are still to be held, how many the fullest week holds, and how many it would hold otherwise."""
    values = {
        "n": wording.exact(len(plan.demand.occasions)),
        "due": wording.exact(due := int(plan.demand.occasions["is_due"].sum())),
        "own": wording.exact(len(plan.demand.occasions) - due),
        "a": int(weekly(plan.demand, days).max(initial=0)),
        "b": round(float(usual(plan).max(initial=0))),
    }
    parts = [say("待排 {n} 次（规定动作 {due} 次，计划事项 {own} 次）。", **values)]
    if (before := as_before(plan.demand)) is None:
        parts.append(say("均衡后每周最多 {a} 次，若都拖到最后，每周最多 {b} 次。", **values))
    else:
        years = say("、").join(str(year) for year in before[1])
        parts.append(say("均衡后每周最多 {a} 次；照往年（{years}）同期的分布，每周最多 {b} 次。", years=years, **values))
    if len(days) != len(plan.demand.occasions):
        parts.append(say("表中现有 {k} 次。", k=wording.exact(len(days))))
    return _joined(parts)


def _joined(sentences: list[str]) -> str:
    return ("" if language() == SOURCE else " ").join(sentences)


def usual(plan: Plan) -> np.ndarray:
    """The load of each week without the plan: spread as in earlier years, or put off where nothing is known of them."""
    before = as_before(plan.demand)
    return plan.put_off.astype(float) if before is None else before[0]


def table(plan: Plan) -> pd.DataFrame:
    """The rows as a reader edits them: day, unit, type (id), topic, reason, and `row`, the place in the plan."""
    rows = plan.rows
    return pd.DataFrame(
        {
            "day": pd.to_datetime(rows["day"]).dt.date,
            "unit": rows["unit"],
            "type": rows["type"],
            "topic": rows["topic"].where(rows["topic"] != "", rows["suggested"]),
            "reason": [reason(plan, row) for row in rows.itertuples(index=False)],
            "row": np.arange(len(rows)),
        }
    )


def reason(plan: Plan, row: object) -> str:
    """Why an occasion is in the plan, and why on this day."""
    month, quarter = wording.month_name(row.period.month), (row.period.month + 2) // 3
    values = {"month": month, "quarter": quarter, "year": row.period.year}
    if not row.is_due:
        parts = [say("计划事项，原定{month}，未见开展", **values) if row.is_late else say("计划事项，原定{month}", **values)]
    elif row.every == "year":
        parts = [say("{year}年度应开展的一次", **values)]
    elif row.every == "quarter":
        parts = [say("补第{quarter}季度缺的一次，宜早", **values) if row.is_late else say("第{quarter}季度应开展的一次", **values)]
    else:
        parts = [say("补{month}缺的一次，宜早", **values) if row.is_late else say("{month}应开展的一次", **values)]
    if not row.is_due and not row.is_late and row.day.month != row.period.month:
        parts.append(say("为错开高峰移到{month}", month=wording.month_name(row.day.month)))
    if row.suggested:
        parts.append(say("主题取自本季度重点任务"))
    if plan.demand.habits.usual.get(row.unit) == row.day.day_of_week:
        parts.append(say("习惯在{weekday}", weekday=wording.weekday(row.day.day_of_week)))
    return say("；").join(parts)


def impossible(plan: Plan) -> list[str]:
    """Per unit what has no place, why, and what could be given up."""
    told = []
    for (unit, why), rows in plan.impossible.groupby(["unit", "why"], sort=True):
        counts = rows["type"].value_counts(sort=False)
        kinds = say("、").join(say("{kind} {n} 次", kind=say(rules.types()[kind].title), n=n) for kind, n in sorted(counts.items()))
        if why == "no_day":
            told.append(say("{unit}：{kinds}在应开展的期间没有可用的工作日（停办或放假），需另定日期。", unit=unit, kinds=kinds))
            continue
        own = int(((plan.rows["unit"] == unit) & ~plan.rows["is_due"]).sum())
        values = {"unit": unit, "kinds": kinds, "most": plan.most, "own": own}
        text = say("{unit}：{kinds}排不下，每周至多 {most} 次已满。", **values)
        more = say("可以放下计划中的 {own} 项自选活动，或放宽每周次数。", **values) if own else say("可以放宽每周次数。")
        told.append(_joined([text, more]))
    return told


def unknown(plan: Plan) -> str:
    """What was not placed because nobody knows whether it was held; empty where there is nothing."""
    n = int(plan.demand.unknown["times"].sum())
    units = plan.demand.unknown["unit"].nunique()
    text = say("另有 {n} 次所在的月份没有完整的台账（{units} 个单位），不知是否已开展，没有排入。", n=n, units=units)
    return text if n else ""


def fault(found: Fault) -> str:
    """One thing worth a look in a table that was edited."""
    kind = say(rules.types()[found.type].title) if found.type in rules.types() else ""
    day = wording.date(np.datetime64(found.day, "D")) if found.day else ""
    values = {"unit": found.unit, "kind": kind, "day": day, "n": found.n, "name": say(found.name) if found.name else ""}
    if found.what == "holiday" and not found.name:
        return say("{unit}的{kind}排在{day}，不是工作日。", **values)
    return {
        "incomplete": say("{n} 行缺日期、单位或类型，没有计入，也不会导出。", **values),
        "outside": say("{unit}的{kind}排在{day}，不在所选的时间内。", **values),
        "holiday": say("{unit}的{kind}排在{day}，是{name}。", **values),
        "closed": say("{unit}的{kind}排在{day}，这一天停办（{name}）。", **values),
        "clash": say("{unit}在{day}排了 {n} 次。", **values),
        "full": say("{unit}在{day}这一周排了 {n} 次，超过每周的上限。", **values),
        "short": say("{unit}的{kind}少排了 {n} 次，或排到了应开展的期间以外。", **values),
    }[found.what]


def made_from(start: dt.date) -> str:
    """From which day on the plan is made, and on what it rests."""
    before = np.datetime64(start - dt.timedelta(days=1), "D")
    return say(
        "从{start}排起，只用{before}以前登记的记录。", start=wording.date(np.datetime64(start, "D")), before=wording.date(before)
    )
