"""What stands in the store for a kind in; the columns of its last file and the rows a new quarter starts from out.

What lasts from quarter to quarter is kept, what is reported anew each quarter is emptied, and both are said.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cadence import batches, rules
from cadence.sheets.contracts import Contract, contracts
from cadence.sheets.headers import SERIAL
from cadence.store import Store
from cadence.templates.layouts import Layout, layout, needed, readable, standing
from cadence.words import Message

DAY = {"units": "quarter", "activities": "held_on", "plans": "planned_on", "calendar": "starts_on"}
"""The field that says which quarter a row is of; `quarter` for the other kinds."""
KEPT = {
    "activities": {"unit", "parent", "type"},
    "plans": {"unit", "type", "item", "theme", "sync"},
    "tasks": {"unit", "task", "quarter", "number", "target", "business_office"},
    "evaluations": {"unit", "quarter", "criterion", "max_score", "weight", "nature", "evidence", "rubric", "assessment"},
    "adjustments": set(),
    "calendar": set(),
}
"""The fields that last; of the register all but those of one quarter only."""
OF_ONE_QUARTER = {"officers_changed"}
TO_FILL = {"plans": ("planned_on",), "tasks": ("progress", "score"), "evaluations": ("score",)}
"""Where all of these are still empty, a row is not filled in yet, whatever else stands in it."""
NUMERALS = "一二三四"


class TemplateError(ValueError):
    """A template cannot be made; `message` says why in the reader's language."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message


@dataclass
class Carried:
    """Columns as (header, field or None), rows of cells below them, the headers to fill in, and what is told about it."""

    columns: list[tuple[str, str | None]]
    rows: list[list[Any]]
    to_fill: list[str]
    told: list[Message]
    units: list[str] = field(default_factory=list)


def quarter_name(day: date) -> str:
    """2026年第四季度, of any day in it."""
    return f"{day.year}年第{NUMERALS[(day.month - 1) // 3]}季度"


def told_quarter(day: date) -> Message:
    """The quarter of a day in the reader's language."""
    return Message("{year} 年第 {quarter} 季度", {"year": day.year, "quarter": (day.month + 2) // 3})


def shifted(day: date, months: int) -> date:
    """The first day of a quarter so many months later."""
    month = (day.month - 1) // 3 * 3 + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def since_last(store: Store, kind: str, quarter: date) -> Carried:
    """What a kind's sheet starts with in the quarter of this day, from the latest one before; TemplateError if there is none."""
    quarter = shifted(quarter, 0)
    contract, column = contracts()[kind], DAY.get(kind, "quarter")
    title, name = Message(contract.title), told_quarter(quarter)
    before = standing(store, kind, column, date.min, quarter, newest=True)
    if not before:
        raise TemplateError(Message("{quarter}之前没有导入过“{kind}”，没有可以沿用的内容", {"quarter": name, "kind": title}))
    since = shifted(before[0]["day"], 0)
    rows = standing(store, kind, column, since, shifted(since, 3))
    if kind == "evaluations" and quarter.month != 10:
        rows = [row for row in rows if row["assessment"] != "annual"] or rows
    found = layout(store, contract, rows)
    told = [Message("由 {since}的数据生成，用于 {quarter}。", {"since": told_quarter(since), "quarter": name})]
    if found.file is None:
        told.append(Message("上次的数据来自汇总表，没有逐行的列，这里用模板的列。"))
    else:
        values = {"file": found.file_name, "sheet": found.sheet}
        told.append(Message("列的次序和叫法与上次的“{file}”（工作表“{sheet}”）一致。", values))
    carried = summary(found, quarter) if found.is_wide else listed(store, contract, found, rows, since, quarter)
    if found.is_wide and (others := len({(row["file"], row["sheet"], row["sheet_row"]) for row in rows}) - len(carried.rows)):
        told.append(Message("其他文件或工作表中的 {n} 行没有带入。", {"n": others}))
    carried.told = told + carried.told
    carried.units = sorted(batches.known_units(store))
    return carried


def listed(store: Store, contract: Contract, found: Layout, rows: list[dict[str, Any]], since: date, quarter: date) -> Carried:
    """The rows that carry over, below the columns of a sheet with one row each."""
    field_of = {header: name for name, header in found.fields.items()}
    columns = readable(contract, needed(contract, [(header, field_of.get(header)) for header in found.headers]))
    chosen, told = CHOSEN[contract.kind](store, rows, since, quarter)
    cells = []
    for place, row in enumerate(chosen, 1):
        texts = json.loads(row["source"]) if found.holds(row) else {}
        cells.append([cell(contract, row, texts, header, name, quarter, place) for header, name in columns])
    return Carried(columns, cells, [header for header, name in columns if name in TO_FILL.get(contract.kind, ())], told)


def cell(
    contract: Contract, row: Mapping[str, Any], texts: Mapping[str, str], header: str, name: str | None, quarter: date, place: int
) -> Any:
    """One cell of a row that carries over, `texts` being how its own sheet wrote it; None where its column starts empty."""
    if name is None:
        return place if header in SERIAL else texts.get(header) if contract.kind == "units" else None
    if name not in KEPT.get(contract.kind, set(contract.fields) - OF_ONE_QUARTER):
        return None
    spec, value = contract.fields[name], row.get(name)
    if name == "quarter":
        return quarter_name(quarter)
    if value is None or spec.type == "person":
        return None
    if row.get(f"{name}_precision") == "month":
        return f"{value.year}年{value.month}月"
    if spec.type == "flag":
        return "是" if value else "否"
    if spec.type == "activity_type":
        return rules.types()[value].title if value in rules.types() else value
    if spec.type == "choice":
        return texts.get(header) or spec.choices[value][0]
    if spec.type == "sync_steps":
        return "、".join(rules.presets()["steps"][step]["title"] for step in value.split(","))
    return value


def summary(found: Layout, quarter: date) -> Carried:
    """The lines of a summary sheet with its units (or criteria) kept and its scores emptied."""
    times = Counter(found.fields.values())
    kept = {header: name for name, header in found.fields.items() if name in KEPT["evaluations"] and times[header] == 1}
    lines = {row["sheet_row"]: json.loads(row["source"]) for row in found.rows}

    def value(place: int, line: Mapping[str, str], header: str) -> Any:
        if header in SERIAL:
            return place
        return None if header not in kept else quarter_name(quarter) if kept[header] == "quarter" else number(line.get(header))

    rows = [[value(place, line, header) for header in found.headers] for place, line in enumerate(lines.values(), 1)]
    told = [Message("{n} 行和各列照旧，分数已清空。", {"n": len(rows)})]
    return Carried([(header, kept.get(header)) for header in found.headers], rows, [], told)


def number(text: str | None) -> Any:
    """A text of digits as the number that it was."""
    return float(text) if text and re.fullmatch(r"\d{1,9}(\.\d+)?", text) else text


def all_units(store: Store, rows: list[dict[str, Any]], since: date, quarter: date) -> tuple[list, list[Message]]:
    """The register as it stood."""
    text = Message("{n} 个单位照上次带入，请改有变化的内容；“党务干部变动数”只属于一个季度，已清空。", {"n": len(rows)})
    return rows, [text, Message("这份表不改动也可以直接导入，作为本季度的组织名册。")]


def unfinished(store: Store, rows: list[dict[str, Any]], since: date, quarter: date) -> tuple[list, list[Message]]:
    """Tasks that are not done."""
    open_ = [row for row in rows if row["progress"] is None or row["progress"] < 1]
    values = {"n": len(open_), "done": len(rows) - len(open_)}
    return open_, [Message("带入未完成的任务 {n} 项，进度、得分和备注已清空；已完成的 {done} 项没有带入。", values)]


def one_each(store: Store, rows: list[dict[str, Any]], since: date, quarter: date) -> tuple[list, list[Message]]:
    """Each unit with each criterion once."""
    once = list({(row["unit"], row["criterion"]): row for row in reversed(rows)}.values())[::-1]
    return once, [Message("每个单位每项指标一行，满分和权重照旧；得分、评价人和日期已清空（系统不保存评价人姓名）。")]


def nothing(store: Store, rows: list[dict[str, Any]], since: date, quarter: date) -> tuple[list, list[Message]]:
    """The header alone."""
    return [], [Message("只沿用表头，没有带入内容。")]


def to_plan(store: Store, rows: list[dict[str, Any]], since: date, quarter: date) -> tuple[list, list[Message]]:
    """Items whose kind comes round every month or quarter, and items of which nothing was held."""
    with store.cursor() as cursor:
        newest = set(cursor.execute("select unit, type, planned_on, item from facts.plans").fetchall())
        periodic = {kind for (kind,) in cursor.execute("select type from facts.due_rules where every <> 'year'").fetchall()}
        held = set(
            cursor.execute(
                "select distinct unit, type from facts.activities where held_on >= $since and held_on < $quarter",
                {"since": since, "quarter": quarter},
            ).fetchall()
        )
        planned = cursor.execute(
            "select count(*) from facts.plans where planned_on >= $quarter and planned_on < $until",
            {"quarter": quarter, "until": shifted(quarter, 3)},
        ).fetchall()[0][0]
    rows = [row for row in rows if (row["unit"], row["type"], row["planned_on"], row["item"]) in newest]
    kept = [row for row in rows if row["type"] in periodic or (row["unit"], row["type"]) not in held]
    again = sum(row["type"] in periodic for row in kept)
    values = {"again": again, "late": len(kept) - again}
    told = [Message("带入每月或每季都要开展的 {again} 项和尚未开展的 {late} 项，日期和变更情况已清空。", values)]
    if planned:
        told.append(Message("库中已有 {n} 项计划定在这一季度，仍然有效，这里没有重复列出。", {"n": planned}))
    return kept, told


def due(store: Store, rows: list[dict[str, Any]], since: date, quarter: date) -> tuple[list, list[Message]]:
    """Each unit with each kind that is due of it this quarter; without rules, with each kind it held in the last."""
    with store.cursor() as cursor:
        found = cursor.execute(
            """
            select units.unit, units.parent, rules.type
            from facts.units as units
            join facts.due_rules as rules
                on (rules.only_with is null
                    or (rules.only_with = 'committee' and units.has_committee)
                    or (rules.only_with = 'groups' and coalesce(units.groups, 0) > 0))
            join facts.types as types on types.type = rules.type
            where units.kind in ('branch', 'office')
                and (units.founded_on is null or units.founded_on < $until)
                and rules.every <> 'year'
            group by units.unit, units.parent, rules.type, units.position, types.position
            order by units.position, types.position
            """,
            {"until": shifted(quarter, 3)},
        ).fetchall()
    told = Message("每个单位本季度应开展的各类活动先各列一行（共 {n} 行），日期、人数等已清空；多次开展的请复制该行。")
    if not found:
        found = list(dict.fromkeys((row["unit"], row["parent"], row["type"]) for row in rows))
        told = Message("每个单位上次开展过的各类活动先各列一行（共 {n} 行），日期、人数等已清空；多次开展的请复制该行。")
    blank = {"file": None, "sheet": None}
    carried = [{"unit": unit, "parent": parent, "type": kind} | blank for unit, parent, kind in found]
    return carried, [replace(told, values={"n": len(found)})]


CHOSEN = {
    "units": all_units,
    "activities": due,
    "plans": to_plan,
    "tasks": unfinished,
    "evaluations": one_each,
    "adjustments": nothing,
    "calendar": nothing,
}
"""Which of the last quarter's rows a kind carries over, and what is said about it."""
