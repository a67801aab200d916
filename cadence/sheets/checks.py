"""Checks between the fields and the rows of a draft: more present than expected, end before start, the future, the same twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cadence.sheets.reading import Skipped
from cadence.words import Message

if TYPE_CHECKING:
    from cadence.sheets.rows import Draft

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


def pairs(draft: Draft, first: str, second: str) -> list[tuple[int, Any, Any]]:
    """(record, value, value) where both fields have one."""
    if first not in draft.fields or second not in draft.fields:
        return []
    both = zip(draft.fields[first], draft.fields[second], strict=True)
    return [(record, one, other) for record, (one, other) in enumerate(both) if one is not None and other is not None]


def future(draft: Draft, today: date) -> None:
    """What has been held or recorded cannot lie in the future."""
    for name in PAST:
        required = name in draft.contract.fields and draft.contract.fields[name].required
        for record, day in enumerate(draft.fields.get(name, ())):
            if day is not None and day > today:
                draft.complain(
                    record, name, Message("日期 {day} 在将来", {"day": day.isoformat()}), "error" if required else "warning"
                )
                draft.fields[name][record] = None


def outside(draft: Draft, period: tuple[date, date] | None) -> None:
    """A date outside the period that the title, the sheet or the file states."""
    name = IN_PERIOD.get(draft.part.kind)
    if period is None or name not in draft.fields:
        return
    first, last = period
    for record, day in enumerate(draft.fields[name]):
        if day is not None and not first <= day <= last:
            values = {"day": day.isoformat(), "first": first.isoformat(), "last": last.isoformat()}
            draft.complain(record, name, Message("日期 {day} 不在表中写明的期间 {first} 至 {last} 内", values), "warning")


def at_most(draft: Draft) -> None:
    """A part cannot be more than its whole."""
    for part, whole in AT_MOST:
        for record, few, many in pairs(draft, part, whole):
            if few > many:
                names = [Message(draft.contract.fields[name].title) for name in (part, whole)]
                values = {"part": names[0], "few": few, "whole": names[1], "many": many}
                draft.complain(record, part, Message("{part} {few} 大于{whole} {many}", values), "warning")


def backwards(draft: Draft) -> None:
    """An end before its start."""
    for first, last in ORDERED:
        for record, start, end in pairs(draft, first, last):
            if end < start:
                draft.complain(
                    record, last, Message("结束 {end} 早于开始 {start}", {"end": str(end), "start": str(start)}), "warning"
                )


def twice(draft: Draft) -> None:
    """The same record twice: an identical one is passed over, one that differs is let in flagged."""
    if draft.part.counted:
        return
    keys = [draft.fields[name] for name in draft.contract.key if name in draft.fields]
    monthly = next((draft.fields[f"{name}_precision"] for name in draft.contract.key if f"{name}_precision" in draft.fields), None)
    seen: dict[tuple, int] = {}
    for record, key in enumerate(zip(*keys, strict=True) if keys else ()):
        if record in draft.out:
            continue
        first = seen.setdefault(key, record)
        if first == record or draft.places[first] == draft.places[record]:
            continue
        same = all(column[first] == column[record] for column in draft.fields.values())
        if same and not (monthly and monthly[record] == "month"):
            draft.out.add(record)
            draft.skipped.append(
                Skipped(draft.row(record), Message("与第 {row} 行完全相同，只导入一次", {"row": draft.row(first)}))
            )
        else:
            name = draft.contract.key[0]
            draft.complain(
                record,
                name,
                Message("与第 {row} 行像是同一条记录，请核对", {"row": draft.row(first)}),
                "warning",
            )
