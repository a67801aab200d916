"""What a reader has chosen (period, unit, kinds, comparison) in; the params that indicators take out."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from cadence import rules
from cadence.words import Message, say

COMPARISONS = ("none", "previous", "last_year")
OPTIONS = {"preset": "sync", "stale_forms": "stale_forms"}
"""Lists of the report that a reader chooses between: the choice → the group of lists in `presets.toml`."""


class SelectionError(ValueError):
    """A choice cannot be understood; `message` says value and expectation in the reader's language."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Period:
    """Whole months, from the first day of one to the last day of another."""

    start: dt.date
    until: dt.date

    @property
    def id(self) -> str:
        """The period as it stands in a URL: 2024, 2024Q3 or 2024-03..2024-09."""
        months = (self.until.year - self.start.year) * 12 + self.until.month - self.start.month + 1
        if months == 12 and self.start.month == 1:
            return f"{self.start.year}"
        if months == 3 and self.start.month % 3 == 1:
            return f"{self.start.year}Q{(self.start.month + 2) // 3}"
        return f"{self.start:%Y-%m}..{self.until:%Y-%m}"

    def shifted(self, months: int) -> Period:
        """The period moved by whole months."""
        return Period(_month(self.start, months), _last_day(_month(self.until.replace(day=1), months)))

    def before(self, comparison: str) -> Period | None:
        """The period to compare with: the one just before, or the same a year earlier."""
        months = (self.until.year - self.start.year) * 12 + self.until.month - self.start.month + 1
        return {"none": None, "previous": self.shifted(-months), "last_year": self.shifted(-12)}[comparison]


def period(text: str) -> Period:
    """“2024”, “2024Q3”, “2024-03” or “2024-03..2024-09” (also with days: widened to whole months). Raises SelectionError."""
    expected = Message("期间“{value}”无法识别；应为 2024、2024Q3、2024-03 或 2024-03..2024-09", {"value": text})
    if match := re.fullmatch(r"([12]\d{3})(?:-?Q([1-4]))?", text.strip().upper()):
        year, quarter = int(match[1]), match[2] and int(match[2])
        first, last = (3 * quarter - 2, 3 * quarter) if quarter else (1, 12)
        return Period(dt.date(year, first, 1), _last_day(dt.date(year, last, 1)))
    ends = text.strip().split("..")
    if len(ends) > 2 or not all(re.fullmatch(r"[12]\d{3}-(0?[1-9]|1[0-2])(-\d{1,2})?", end) for end in ends):
        raise SelectionError(expected)
    start, until = (dt.date(*(int(part) for part in end.split("-")[:2]), 1) for end in (ends[0], ends[-1]))
    if start > until:
        raise SelectionError(Message("期间“{value}”的开始晚于结束", {"value": text}))
    return Period(start, _last_day(until))


@dataclass(frozen=True)
class Selection:
    """Everything a page or the command line asks with. `units` and `types` are explicit: what is not listed is not counted."""

    period: Period
    units: tuple[str, ...]
    types: tuple[str, ...]
    preset: str = "five"
    stale_forms: str = "lecture"

    @property
    def params(self) -> dict[str, Any]:
        """The values for `queries.ask`."""
        return {
            "start": self.period.start,
            "until": self.period.until,
            "units": list(self.units),
            "types": list(self.types),
            "preset": self.preset,
            "stale_forms": self.stale_forms,
        }

    def during(self, period: Period) -> Selection:
        """The same choice in another period."""
        return replace(self, period=period)


def lists(option: str) -> dict[str, str]:
    """The report's lists that an option chooses between: id → title, a source text."""
    return {id: preset["title"] for id, preset in rules.presets()[OPTIONS[option]].items()}


def lists_used(options: Iterable[str], asked: Selection) -> list[str]:
    """The titles of the lists that decide an answer with these options, in the reader's language."""
    return [say(lists(option)[getattr(asked, option)]) for option in options if option in OPTIONS]


def subtree(tree: pd.DataFrame, unit: str) -> tuple[str, ...]:
    """A unit and everything below it, in tree order; `tree` has the columns of unit_tree. Empty unit: everything."""
    if not unit:
        return tuple(tree["unit"])
    found = tree.loc[tree["unit"] == unit, "path"]
    if found.empty:
        raise SelectionError(Message("单位“{value}”不在组织名册中", {"value": unit}))
    path = found.iloc[0]
    return tuple(tree.loc[(tree["path"] == path) | tree["path"].str.startswith(f"{path} / "), "unit"])


def known_types(chosen: Sequence[str], all_types: Sequence[str]) -> tuple[str, ...]:
    """The chosen kinds that exist, or all where none is chosen."""
    return tuple(kind for kind in all_types if kind in chosen) or tuple(all_types)


def _month(first: dt.date, months: int) -> dt.date:
    number = first.year * 12 + first.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)


def _last_day(first: dt.date) -> dt.date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
