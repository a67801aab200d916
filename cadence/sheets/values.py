"""What one cell is read as: its value or why there is none, and what reading it depends on besides the cell itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from cadence.sheets.dates import short
from cadence.sheets.vocabulary import activity_types
from cadence.words import Message

NULLS = {
    "",
    "/",
    "\\",
    "-",
    "--",
    "—",
    "——",
    "———",
    "－",
    "／",
    "无",
    "待定",
    "缺漏",
    "暂无",
    "不详",
    "未知",
    "空",
    "n/a",
    "N/A",
    "NA",
    "#N/A",
    "null",
    "NULL",
    "None",
    "nan",
    "NaN",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "…",
    "...",
    "?",
    "？",
}


@dataclass(frozen=True)
class Setting:
    """What reading a column depends on besides the cells."""

    today: date
    year: int | None = None
    month: int | None = None
    salt: bytes = b""
    header: str = ""
    hints: bool = True
    floats: bool = False
    pairs: str = ""
    spans: str = ""
    scale: float = 1.0
    types: Mapping[str, str] = field(default_factory=activity_types)


@dataclass(slots=True)
class Value:
    """One cell as read: its value, or why there is none; `more` are further values, each of a record of its own.

    Equal cells share one Value, so it is never changed; it is not frozen only because that triples the time to make one.
    """

    value: Any = None
    precision: str = "day"
    more: tuple[Any, ...] = ()
    until: date | None = None
    starts: str | None = None
    ends: str | None = None
    full_mark: float | None = None
    asks: str | None = None
    reason: Message | None = None
    note: Message | None = None
    suggestion: Message | None = None


EMPTY = Value()


def text_of(cell: Any) -> str:
    """A cell as text: NFKC, trimmed; whole numbers without “.0”, days without a midnight."""
    if type(cell) is str:
        return unicodedata.normalize("NFKC", cell).strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time(0) else f"{cell:%Y-%m-%d %H:%M}"
    return str(cell)


def seen(cell: Any) -> dict[str, str]:
    """The cell as the `{value}` of a message."""
    return {"value": short(text_of(cell))}


def bad(reason: Message, suggestion: Message | None = None) -> Value:
    """No value, and why."""
    return Value(reason=reason, suggestion=suggestion)
