"""The rows of a plan in; a work plan as .xlsx that the import reads again, or a calendar as .ics, out."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

import pandas as pd

from cadence import rules, templates
from cadence.schedule.checks import usable
from cadence.schedule.plan import Plan
from cadence.sheets.contracts import contracts
from cadence.templates.blank import Column, workbook
from cadence.words import say

FIELDS = ("unit", "type", "planned_on", "item", "occasions", "version", "changed_on", "change_reason", "remark")
FOLD = 75
"""Octets of a line of a calendar (RFC 5545, 3.1)."""


def exported(plan: Plan, table: pd.DataFrame, today: dt.date) -> pd.DataFrame:
    """The usable rows as the contract of plans has them: its fields, in the order of FIELDS.

    A planned item that keeps unit, kind and words is its next version, so that an import supersedes the old date.
    """
    rows = usable(table)
    told = []
    for row in rows.itertuples(index=False):
        day, title = row.day.date(), rules.types()[row.type].title
        old = plan.rows.iloc[int(row.row)] if pd.notna(row.row) else None
        is_next = old is not None and old["version"] > 0 and row.topic == old["topic"] != ""
        is_next = is_next and (row.unit, row.type) == (old["unit"], old["type"])
        version = int(old["version"]) + 1 if is_next else 1
        reason = row.reason if isinstance(row.reason, str) and row.reason else None
        change = (today, "均衡排期") if is_next else (None, None)
        told.append((row.unit, title, day, row.topic or f"{day.month}月{title}", 1, version, *change, reason))
    return pd.DataFrame(told, columns=list(FIELDS))


def sheet(plan: Plan, table: pd.DataFrame, today: dt.date) -> bytes:
    """An .xlsx in the layout of the plans' template, every row filled in."""
    contract = contracts()["plans"]
    columns = [Column(contract.fields[name].title, contract.fields[name]) for name in FIELDS]
    asked = plan.demand
    title = f"{contract.title}（均衡排期，{asked.start:%Y-%m-%d}至{asked.until:%Y-%m-%d}）"
    guide = [
        say("这是建议，由“均衡排期”生成；请核对后再用，日期可以随意改动。"),
        say("改好以后可以原样导入，作为工作计划。沿用原计划事项的行版本号加 1，导入后代替原来的日期。"),
    ]
    told = exported(plan, table, today).astype(object)
    rows = [[None if pd.isna(cell) else cell for cell in row] for row in told.itertuples(index=False)]
    return workbook("plans", title, guide[0], columns, rows, guide, asked.units, today)


def name(plan: Plan) -> str:
    """The name of the files without ending: 工作计划_均衡排期_20251001."""
    return f"{templates.name('plans').removesuffix('模板.xlsx')}_均衡排期_{plan.demand.start:%Y%m%d}"


def calendar(plan: Plan, table: pd.DataFrame, made: dt.datetime) -> bytes:
    """An iCalendar file (RFC 5545), UTF-8: one event of a whole day per row, free time, the reason below. `made` is in UTC."""
    rows = usable(table)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cadence//Level plan//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for row in rows.itertuples(index=False):
        lines += _event(row, made)
    return "".join(_folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(row: object, made: dt.datetime) -> Iterator[str]:
    """One row as an event; its name is the same in every export while unit, kind, day and topic are."""
    day, kind = row.day.date(), say(rules.types()[row.type].title)
    id = hashlib.blake2b("\x1f".join((row.unit, row.type, day.isoformat(), row.topic)).encode(), digest_size=12).hexdigest()
    heading = say("{unit}：{kind}（{topic}）", unit=row.unit, kind=kind, topic=row.topic) if row.topic else f"{row.unit} {kind}"
    yield "BEGIN:VEVENT"
    yield f"UID:{id}@cadence"
    yield f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(heading)}"
    if isinstance(row.reason, str) and row.reason:
        yield f"DESCRIPTION:{_escaped(row.reason)}"
    yield f"CATEGORIES:{_escaped(kind)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """A TEXT value (3.3.11); signs that no calendar may hold are left out."""
    text = "".join(
        sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign == "\n" or (sign >= " " and sign != "\x7f")
    )
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, never cut inside a character; the next ones begin with a blank."""
    pieces, size = [""], 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > FOLD:
            pieces.append(" ")
            size = 1
        pieces[-1] += sign
        size += octets
    return "\r\n".join(pieces)
