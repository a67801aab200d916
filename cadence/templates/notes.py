"""A field of a contract in; what a reader is told about its column, and an example of its cells, out."""

from __future__ import annotations

from datetime import date
from typing import Any

from cadence.sheets.contracts import Field
from cadence.templates.carryover import quarter_name
from cadence.words import Message, say

HOW = {
    "text": Message("照实填写，没有请留空。"),
    "unit": Message("填组织名册中的单位名称。"),
    "new_unit": Message("全年保持同一写法。"),
    "person": Message("姓名导入时换成代号，不保存、不显示。"),
    "date": Message("填日期，如 2026-07-03 或 2026年7月3日。"),
    "time": Message("填时刻，24 小时制。"),
    "year": Message("填四位年份。"),
    "quarter": Message("填年份和季度。"),
    "count": Message("填整数。没有统计的留空，确实没有的填 0：空白不等于 0。"),
    "number": Message("填数字。没有的留空：空白不等于 0。"),
    "minutes": Message("填分钟数；按小时的请写上单位，如 1.5小时。没有记录的留空。"),
    "share": Message("填百分数。没有的留空：空白不等于 0。"),
    "score": Message("填数字。没有评分的留空：空白不等于 0。"),
    "flag": Message("填“是”或“否”，不清楚的留空。"),
    "activity_type": Message("从下拉中选；一次活动兼有两类的，用顿号隔开。"),
    "sync_steps": Message("写明哪些环节做到了同步，用顿号隔开。"),
}


def about(field: Field, today: date) -> list[str]:
    """A field's name and whether it is required, what it means, how it is written, and an example, each a line."""
    heading = say("{field}（必填）", field=say(field.title)) if field.required else say("{field}（选填）", field=say(field.title))
    choices = "、".join(listed[0] for listed in field.choices.values())
    how = say("从下拉中选：“{choices}”。", choices=choices) if choices else str(HOW[field.type])
    lines = [heading, say(field.about) if field.about else "", "" if field.type == "text" and field.about else how]
    if field.type == "date" and field.month_precision:
        lines.append(say("只知道月份的，可以只填到月。"))
    if has_example(field):
        lines.append(say("例：“{example}”", example=said(field, sample_of(field, today))))
    return [line for line in lines if line]


def has_example(field: Field) -> bool:
    """Whether there is an example to show."""
    return field.example is not None or field.type in ("date", "quarter", "year")


def sample_of(field: Field, today: date) -> Any:
    """The example of a field as a cell; days, quarters and years are today's."""
    return field.example if field.example is not None else {
        "date": today, "year": today.year, "quarter": quarter_name(today)
    }.get(field.type)  # fmt: skip


def said(field: Field, cell: Any) -> str:
    """A cell as it is shown."""
    return f"{cell:.0%}" if field.type == "share" and cell is not None else "" if cell is None else str(cell)
