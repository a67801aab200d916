"""Checks between the fields and the rows of a draft: more present than expected, end before start, the future, the same twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from cadence.sheets.grid import Cells
from cadence.sheets.reading import Skipped
from cadence.words import Message

if TYPE_CHECKING:
    from cadence.sheets.drafts import Draft

PAST = ("held_on", "recorded_on", "notified_on", "changed_on", "happened_on", "rated_on", "founded_on")
IN_PERIOD = {"activities": "held_on", "plans": "planned_on", "adjustments": "happened_on"}
ORDERED = (("starts_at", "ends_at"), ("starts_on", "ends_on"))
AT_MOST = (
    ("attended", "expected"),
    ("leave", "expected"),
    ("leaders_attended", "leaders_expected"),
    ("problems_solved", "problems_raised"),
    ("decisions_closed", "decisions"),
    ("officers_fulltime", "officers"),
    ("members_young", "members"),
)


def check(draft: Draft, today: date, period: tuple[date, date] | None) -> None:
    """All checks; each notes every problem it finds."""
    future(draft, today)
    outside(draft, period)
    at_most(draft)
    backwards(draft)
    twice(draft)


def pairs(draft: Draft, first: str, second: str, wrong: Callable[[Any, Any], bool]) -> list[tuple[int, Any, Any]]:
    """(record, value, value) where both fields have one and they are wrong together; each pair of values is looked at once."""
    if first not in draft.fields or second not in draft.fields:
        return []
    one, other = draft.fields[first], draft.fields[second]
    both = np.nonzero(one.filled & other.filled)[0]
    codes = one.codes[both].astype(np.int64) * len(other.distinct) + other.codes[both]
    found, inverse = np.unique(codes, return_inverse=True)
    bad = [wrong(one.distinct[code // len(other.distinct)], other.distinct[code % len(other.distinct)]) for code in found.tolist()]
    return [(record, one[record], other[record]) for record in both[np.array(bad, bool)[inverse]].tolist()]


def future(draft: Draft, today: date) -> None:
    """What has been held or recorded cannot lie in the future."""
    for name in PAST:
        if name not in draft.fields:
            continue
        required = name in draft.contract.fields and draft.contract.fields[name].required
        days = draft.fields[name]
        for record in np.nonzero(days.where(lambda day: day is not None and day > today))[0].tolist():
            reason = Message("日期 {day} 在将来", {"day": days[record].isoformat()})
            draft.complain(record, name, reason, "error" if required else "warning")
        draft.fields[name] = days.map(lambda day: None if day is None or day > today else day)


def outside(draft: Draft, period: tuple[date, date] | None) -> None:
    """A date outside the period that the title, the sheet or the file states."""
    name = IN_PERIOD.get(draft.part.kind)
    if period is None or name not in draft.fields:
        return
    first, last = period
    days = draft.fields[name]
    for record in np.nonzero(days.where(lambda day: day is not None and not first <= day <= last))[0].tolist():
        values = {"day": days[record].isoformat(), "first": first.isoformat(), "last": last.isoformat()}
        draft.complain(record, name, Message("日期 {day} 不在表中写明的期间 {first} 至 {last} 内", values), "warning")


def at_most(draft: Draft) -> None:
    """A part cannot be more than its whole."""
    for part, whole in AT_MOST:
        for record, few, many in pairs(draft, part, whole, lambda few, many: few > many):
            names = [Message(draft.contract.fields[name].title) for name in (part, whole)]
            values = {"part": names[0], "few": few, "whole": names[1], "many": many}
            draft.complain(record, part, Message("{part} {few} 大于{whole} {many}", values), "warning")


def backwards(draft: Draft) -> None:
    """An end before its start."""
    for first, last in ORDERED:
        for record, start, end in pairs(draft, first, last, lambda start, end: end < start):
            reason = Message("结束 {end} 早于开始 {start}", {"end": str(end), "start": str(start)})
            draft.complain(record, last, reason, "warning")


def twice(draft: Draft) -> None:
    """The same record twice: an identical one is passed over, one that differs is let in flagged."""
    keys = [draft.fields[name] for name in draft.contract.key if name in draft.fields]
    if draft.part.counted or not keys:
        return
    monthly = next((draft.fields[f"{name}_precision"] for name in draft.contract.key if f"{name}_precision" in draft.fields), None)
    group = groups(keys)
    candidates = np.nonzero(~draft.out & (np.bincount(group, weights=~draft.out, minlength=1) > 1)[group])[0]
    firsts: dict[int, int] = {}
    for record in candidates.tolist():
        first = firsts.setdefault(group[record], record)
        if first == record or draft.places[first] == draft.places[record]:
            continue
        same = all(column.codes[first] == column.codes[record] for column in draft.fields.values())
        if same and not (monthly and monthly[record] == "month"):
            draft.out[record] = True
            draft.skipped.append(
                Skipped(draft.row(record), Message("与第 {row} 行完全相同，只导入一次", {"row": draft.row(first)}))
            )
        else:
            reason = Message("与第 {row} 行像是同一条记录，请核对", {"row": draft.row(first)})
            draft.complain(record, draft.contract.key[0], reason, "warning")


def groups(keys: list[Cells]) -> np.ndarray:
    """A number for each record, equal where all keys are."""
    group = np.zeros(len(keys[0]), np.int64)
    for column in keys:
        _, group = np.unique(group * len(column.distinct) + column.codes, return_inverse=True)
    return group
