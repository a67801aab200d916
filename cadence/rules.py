"""The rules that an officer can edit (`data/rules/*.toml`) in, rows for the raw tables and lists for the screen out."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import chinese_calendar

from cadence import settings

PERIODS = {"month", "quarter", "year"}
DUTIES = ("education", "management", "supervision", "service")
OPTIONAL = {"title_en", "discretionary", "anchored", "duty", "learning"}
"""Keys that a kind of activity may have."""
LISTS = {"small", "broad", "digital", "goal", "division", "supplies", "business", "party", "party_study"}
"""Lists of words that queries ask for by name."""


class RuleError(ValueError):
    """A rule file is wrong; the message names file, key, value and expectation."""


@dataclass(frozen=True)
class ActivityType:
    """One kind of activity of `types.toml`; `anchored` holds the months of its legitimate season, `duty` is one of DUTIES."""

    id: str
    title: str
    prescribed: bool
    discretionary: bool
    anchored: tuple[int, ...]
    headers: tuple[str, ...]
    duty: str | None = None
    is_learning: bool = False


@cache
def types(data: Path | None = None) -> dict[str, ActivityType]:
    """The kinds of activity in the order of the file."""
    kinds = {}
    for id, entry in _toml(_folder(data) / "types.toml").items():
        _keys(f"types.toml [{id}]", entry, {"title", "prescribed", "headers"}, OPTIONAL)
        if entry.get("duty", DUTIES[0]) not in DUTIES:
            raise RuleError(f"types.toml [{id}]: duty is “{entry['duty']}”; expected one of {', '.join(DUTIES)}")
        kinds[id] = ActivityType(
            id,
            entry["title"],
            entry["prescribed"],
            entry.get("discretionary", False),
            tuple(entry.get("anchored", ())),
            tuple(entry["headers"]),
            entry.get("duty"),
            entry.get("learning", False),
        )
    return kinds


@cache
def thresholds(data: Path | None = None) -> dict[str, float]:
    """The numbers of `thresholds.toml` by name."""
    written = _toml(_folder(data) / "thresholds.toml")
    for name, entry in written.items():
        place = f"thresholds.toml [{name}]"
        _keys(place, entry, {"title", "value", "rests_on"}, {"title_en"})
        if isinstance(entry["value"], bool) or not isinstance(entry["value"], int | float) or entry["value"] < 0:
            raise RuleError(f"{place}: value is “{entry['value']}”; expected a number from 0 up")
    return {name: float(entry["value"]) for name, entry in written.items()}


@cache
def profile(name: str, data: Path | None = None) -> dict[str, Any]:
    """One statutory profile: its title, note and `due` rules, checked against the kinds of activity."""
    path = _folder(data) / "profiles" / f"{name}.toml"
    if not path.exists():
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.toml")))
        raise RuleError(f"profile “{name}” does not exist; expected one of {known}")
    chosen = _toml(path)
    _keys(path.name, chosen, {"title", "note", "due"}, {"title_en", "note_en"})
    for rule in chosen["due"]:
        place = f"{path.name} [{rule.get('id')}]"
        _keys(
            place,
            rule,
            {"id", "type", "every", "times", "clause", "text", "confidence"},
            {"times_per_group", "only_with", "text_en"},
        )
        if rule["type"] not in types(data):
            raise RuleError(f"{place}: type is “{rule['type']}”; expected an id of types.toml")
        if rule["every"] not in PERIODS:
            raise RuleError(f"{place}: every is “{rule['every']}”; expected one of {', '.join(sorted(PERIODS))}")
    return chosen


@cache
def presets(data: Path | None = None) -> dict[str, Any]:
    """The selectable lists of the source report: sync steps and stale forms."""
    chosen = _toml(_folder(data) / "presets.toml")
    _keys("presets.toml", chosen, {"sync", "steps", "stale_forms"}, set())
    for name, preset in chosen["sync"].items():
        _keys(f"presets.toml [sync.{name}]", preset, {"title", "steps"}, {"title_en"})
        if unknown := [step for step in preset["steps"] if step not in chosen["steps"]]:
            raise RuleError(f"presets.toml [sync.{name}]: step “{unknown[0]}” has no [steps.{unknown[0]}]")
    for name, preset in chosen["stale_forms"].items():
        _keys(f"presets.toml [stale_forms.{name}]", preset, {"title", "forms"}, {"title_en"})
    return chosen


@cache
def dictionaries(data: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Name of a list → the words that put a cell into it, the first first: LISTS, and one per preset of stale forms."""
    written = _toml(_folder(data) / "dictionaries.toml")
    _keys("dictionaries.toml", written, {"lists", "forms"}, set())
    _keys("dictionaries.toml [lists]", written["lists"], LISTS, set())
    lists = {}
    for name, entry in written["lists"].items():
        _keys(f"dictionaries.toml [lists.{name}]", entry, {"words"}, set())
        lists[name] = tuple(entry["words"])
    for name, preset in presets(data)["stale_forms"].items():
        if unknown := [form for form in preset["forms"] if form not in written["forms"]]:
            raise RuleError(f"presets.toml [stale_forms.{name}]: form “{unknown[0]}” is not in [forms] of dictionaries.toml")
        lists[name] = tuple(word for form in preset["forms"] for word in written["forms"][form])
    for name, words in lists.items():
        empty = [word for word in words if not word.strip()]
        if idle := empty or [word for word in words if any(other in word for other in words if other != word)]:
            raise RuleError(f"dictionaries.toml [{name}]: “{idle[0]}” is empty or contains another word of its list")
    return lists


@dataclass(frozen=True)
class Day:
    """One day of the Chinese working calendar; Monday is weekday 1."""

    day: dt.date
    weekday: int
    is_working: bool
    holiday: str | None
    is_known: bool


@cache
def days(first_year: int, last_year: int, data: Path | None = None) -> tuple[Day, ...]:
    """Every day of the years: holidays and make-up days from `chinesecalendar`, overlaid by `calendar.toml`.

    In a year that neither knows, weekdays count as worked and `is_known` is false.
    """
    overlay = _overlay(data)
    first = dt.date(first_year, 1, 1)
    every = (first + dt.timedelta(n) for n in range((dt.date(last_year, 12, 31) - first).days + 1))
    return tuple(_day(day, overlay.get(day.year)) for day in every)


def _day(day: dt.date, overlay: tuple[set[dt.date], set[dt.date]] | None) -> Day:
    weekday = day.isoweekday()
    if overlay is not None:
        off, work = overlay
        return Day(day, weekday, day in work or (weekday < 6 and day not in off), None, True)
    try:
        is_off, name = chinese_calendar.get_holiday_detail(day)
        return Day(day, weekday, not is_off, HOLIDAYS.get(name, name) if is_off else None, True)
    except NotImplementedError:
        return Day(day, weekday, weekday < 6, None, False)


HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


@cache
def _overlay(data: Path | None) -> dict[int, tuple[set[dt.date], set[dt.date]]]:
    written = _toml(_folder(data) / "calendar.toml")
    _keys("calendar.toml", written, set(), {"years"})
    years = written.get("years", {})
    overlay = {}
    for year, entry in years.items():
        place = f"calendar.toml [years.{year}]"
        _keys(place, entry, set(), {"off", "work"})
        if not year.isdigit():
            raise RuleError(f"{place}: “{year}” is not a year; expected [years.2027]")
        try:
            overlay[int(year)] = tuple({dt.date.fromisoformat(str(day)) for day in entry.get(key, [])} for key in ("off", "work"))
        except ValueError as error:
            raise RuleError(f"{place}: {error}; expected days as 2027-01-01") from None
    return overlay


def _folder(data: Path | None) -> Path:
    return (data or settings.load().data) / "rules"


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path.name}: {error}") from None


def _keys(place: str, entry: dict[str, Any], needed: set[str], allowed: set[str]) -> None:
    """Every needed key is there, and none that nobody reads."""
    if unknown := sorted(set(entry) - needed - allowed):
        raise RuleError(f"{place}: unknown key “{unknown[0]}”; expected one of {', '.join(sorted(needed | allowed))}")
    if missing := sorted(needed - set(entry)):
        raise RuleError(f"{place}: key “{missing[0]}” is missing")
