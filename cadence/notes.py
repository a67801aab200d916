"""What somebody says about a unit and a time, or about a finding: a text in, kept until it is withdrawn; nothing is ever deleted.

An explanation is a note on a finding: it stands for the finding's year, and a finding has one at a time.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

import duckdb
import pandas as pd

from cadence import catalogue, patterns
from cadence.batches.commit import somebody
from cadence.charts import wording
from cadence.selection import Period
from cadence.sheets import personal
from cadence.store import Store
from cadence.words import Message, say

LONGEST = 400


class NoteError(ValueError):
    """A note cannot be kept like that; `message` says what is there and what is expected."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message


def pin(
    store: Store, unit: str, starts_on: dt.date, ends_on: dt.date, text: str, by: str | None = None, indicator: str | None = None
) -> int:
    """Pin a note to a unit and a time, and to a chart where one is named; its number. Raises NoteError."""
    if starts_on > ends_on:
        raise NoteError(Message("备注的时间从 {start} 到 {until}；开始应不晚于结束", {"start": starts_on, "until": ends_on}))
    text = _checked(text)
    with store.writing() as cursor:
        return _insert(cursor, unit, starts_on, ends_on, None, indicator, text, by or somebody())


def explain(store: Store, unit: str, year: int, pattern: str, reason: str, by: str | None = None) -> int:
    """Note why a unit's pattern of a year is what it is; an earlier reason is withdrawn. Raises NoteError."""
    if pattern not in patterns.patterns():
        raise NoteError(Message("没有“{pattern}”这种节奏提示", {"pattern": pattern}))
    reason = _checked(reason)
    with store.writing() as cursor:
        _unexplain(cursor, unit, year, pattern, by or somebody())
        return _insert(cursor, unit, dt.date(year, 1, 1), dt.date(year, 12, 31), pattern, None, reason, by or somebody())


def withdraw(store: Store, note: int, by: str | None = None) -> None:
    """Take a note back; who said what when is kept, and so is who took it back."""
    with store.writing() as cursor:
        cursor.execute(
            "update raw.notes set withdrawn_by = $by, withdrawn_at = $now where note = $note and withdrawn_at is null",
            {"note": note, "by": by or somebody(), "now": _now()},
        )


def unexplain(store: Store, unit: str, year: int, pattern: str, by: str | None = None) -> None:
    """Take the reason of a finding back; the finding stands as before."""
    with store.writing() as cursor:
        _unexplain(cursor, unit, year, pattern, by or somebody())


def about(row: Mapping[str, Any]) -> list[str]:
    """What stands beside a note, a row of the indicator `notes`: time, what it was pinned to, who and when."""
    parts = [days(row["starts_on"].date(), row["ends_on"].date())]
    if not pd.isna(row["pattern"]):
        parts.append(say("解释“{finding}”", finding=say(patterns.patterns()[row["pattern"]].title)))
    if not pd.isna(row["indicator"]) and row["indicator"] in catalogue.entries():
        parts.append(say(catalogue.entry(row["indicator"]).title))
    return [*parts, say("{by}，{when}", by=row["noted_by"], when=f"{row['noted_at']:%Y-%m-%d}")]


def days(start: dt.date, until: dt.date) -> str:
    """A time as it is read: a period where the days are whole months, else the two days."""
    if start.day == 1 and until.day == calendar.monthrange(until.year, until.month)[1]:
        return wording.period(Period(start, until).id)
    return say("{start} 至 {until}", start=start, until=until)


def _unexplain(cursor: duckdb.DuckDBPyConnection, unit: str, year: int, pattern: str, by: str) -> None:
    cursor.execute(
        """
        update raw.notes set withdrawn_by = $by, withdrawn_at = $now
        where unit = $unit and year(starts_on) = $year and pattern = $pattern and withdrawn_at is null
        """,
        {"unit": unit, "year": year, "pattern": pattern, "by": by, "now": _now()},
    )


def _insert(
    cursor: duckdb.DuckDBPyConnection,
    unit: str,
    starts_on: dt.date,
    ends_on: dt.date,
    pattern: str | None,
    indicator: str | None,
    text: str,
    by: str,
) -> int:
    values = {"unit": unit, "start": starts_on, "until": ends_on, "pattern": pattern, "indicator": indicator, "text": text}
    return cursor.execute(
        """
        insert into raw.notes by name
        select nextval('raw.note_numbers') as note, $unit as unit, $start::date as starts_on, $until::date as ends_on,
            $pattern as pattern, $indicator as indicator, $text as text, $by as noted_by, $now as noted_at
        returning note
        """,
        {**values, "by": by, "now": _now()},
    ).fetchall()[0][0]


def _checked(text: str) -> str:
    """The text on one line. Raises NoteError where it is empty, too long, or seems to hold personal data."""
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST:
        raise NoteError(Message("备注有 {n} 个字；应为 1 至 {most} 个字", {"n": len(text), "most": LONGEST}))
    if found := personal.kinds_in(text):
        kinds = say("、").join(str(kind) for kind in found)
        raise NoteError(Message("备注里像是有{kinds}；备注不留个人信息，请删去后再保存", {"kinds": kinds}))
    return text


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)
