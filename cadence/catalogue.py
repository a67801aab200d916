"""`queries/catalogue/` in; per indicator its words, its picture, its thresholds and its reading sentence out.

One file per page, its stem the page; `behind.toml` holds what only a drill-down uses, `words.toml` the words for ids and columns.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from numbers import Real
from pathlib import Path
from string import Formatter
from typing import Any

import pandas as pd

from cadence import queries, rules
from cadence.words import QUERIES, say

WORDS = "words"
PAGELESS = {"behind": ""}
TONES = ("", "look")
SEVERITIES = ("high", "medium", "low")
LISTS = ("strong", "weak")
"""Columns of ids of signs, joined by commas."""
AGGREGATES = ("sum", "max", "min", "mean", "median", "first", "last", "count", "distinct")
COMPARISONS = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "==": lambda a, b: a == b,
}


class CatalogueError(ValueError):
    """The catalogue is wrong; the message lists every fault found, each with its entry and expectation."""


@dataclass(frozen=True)
class Reading:
    """One sentence about an answer: said when its condition holds.

    Tone "look" makes it a finding (提示核实): a rule over the query, whose evidence is the answer; severity says which come first.
    """

    say: str
    when: str = ""
    tone: str = ""
    severity: str = "medium"


@dataclass(frozen=True)
class Entry:
    """One indicator as a reader meets it. Texts are Chinese source texts; `say` renders them."""

    id: str
    title: str
    question: str
    why: str
    formula: str
    page: str
    chart: str
    limits: str = ""
    draws: Mapping[str, str] = None  # type: ignore[assignment]
    good: str = ""
    n: str = ""
    minimum_n: int = 0
    needs: tuple[str, ...] = ()
    coverage: float = 0.0
    source: tuple[str, ...] = ()
    clause: tuple[str, ...] = ()
    marks: str = ""
    options: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()

    @property
    def is_rule(self) -> bool:
        """Whether an answer can be a finding: some reading says 提示核实."""
        return any(told.tone == "look" for told in self.readings)

    def reading(self, frame: pd.DataFrame, number: Callable[[str], str] = str) -> Reading | None:
        """The reading that speaks of the answer, with its values filled in; each number, as written, goes through `number`."""
        spoken = self.speaking(frame)
        if spoken is None:
            return None
        columns = {name: Column(frame, name) for name in frame.columns}
        return replace(spoken, say=_Sentence(number).format(say(spoken.say), **columns))

    def speaking(self, frame: pd.DataFrame) -> Reading | None:
        """The first reading whose condition holds for the answer, as it is written; none for an empty answer."""
        columns = {name: Column(frame, name) for name in frame.columns}
        return next((told for told in self.readings if not told.when or _holds(told.when, columns)), None) if len(frame) else None


class _Sentence(Formatter):
    """Fills the values into a sentence; those that are numbers go through `number`, names and the sentence's own digits do not."""

    def __init__(self, number: Callable[[str], str]):
        self._number = number

    def format_field(self, value: Any, format_spec: str) -> str:
        text = format(value, format_spec)
        return self._number(text) if isinstance(value, Real) else text


class Column:
    """A column of an answer as a reading sees it: `{held.sum:,.0f}`, `{unit.first}`, `{linked[held]:.0%}`."""

    def __init__(self, frame: pd.DataFrame, name: str):
        self._frame, self._name = frame, name

    def __getattr__(self, aggregate: str) -> Any:
        if aggregate not in AGGREGATES:
            raise AttributeError(f"“{aggregate}” is not one of {', '.join(AGGREGATES)}")
        values = self._frame[self._name]
        if aggregate in ("first", "last"):
            value = values.iloc[0 if aggregate == "first" else -1]
            return value.date() if isinstance(value, pd.Timestamp) else value
        if aggregate == "distinct":
            return values.nunique()
        return getattr(values, aggregate)()

    def __getitem__(self, other: str) -> float:
        """The sum of this column divided by the sum of another; nan where that is zero."""
        divisor = self._frame[other].sum()
        return self._frame[self._name].sum() / divisor if divisor else float("nan")


def _holds(condition: str, columns: Mapping[str, Column]) -> bool:
    left, comparison, right = _condition(condition)
    value = ("{" + left + "}").format(**{name: _Plain(column) for name, column in columns.items()})
    return COMPARISONS[comparison](float(value) if value not in ("None", "nan", "<NA>") else float("nan"), float(right))


class _Plain:
    """A column whose aggregates print as plain numbers, for conditions."""

    def __init__(self, column: Column):
        self._column = column

    def __getattr__(self, aggregate: str) -> float:
        return float(getattr(self._column, aggregate))

    def __getitem__(self, other: str) -> float:
        return self._column[other]


def _condition(text: str) -> tuple[str, str, str]:
    match = re.fullmatch(r"\s*(\w+(?:\.\w+|\[\w+\]))\s*(>=|<=|==|>|<)\s*(-?[\d.]+)\s*", text)
    if not match:
        raise ValueError(f"condition “{text}” is not understood; expected “column.sum > 0” or “a[b] > 0.5”")
    return match.groups()  # type: ignore[return-value]


@cache
def entries(folder: Path = QUERIES) -> dict[str, Entry]:
    """Every indicator, by page and in the order of its file. Raises CatalogueError naming all faults at once."""
    files = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in _files(folder)}
    pages = {id: PAGELESS.get(stem, stem) for stem, file in files.items() for id in file}
    written = {id: entry for file in files.values() for id, entry in file.items()}
    faults = [f"[{id}] stands in several files" for id, n in Counter(id for file in files.values() for id in file).items() if n > 1]
    faults += _faults(written, queries.layer("indicators", folder))
    if faults:
        raise CatalogueError("queries/catalogue: " + "; ".join(faults))
    return {id: _entry(id, pages[id], entry) for id, entry in written.items()}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "catalogue").glob("*.toml") if path.stem != WORDS)


def entry(id: str) -> Entry:
    """One indicator's entry."""
    queries.indicator(id)
    return entries()[id]


@cache
def vocabulary(folder: Path = QUERIES) -> dict[str, dict[str, str]]:
    """Per column that holds ids, the Chinese word for each id."""
    written = tomllib.loads((folder / "catalogue" / f"{WORDS}.toml").read_text(encoding="utf-8"))["values"]
    words = {column: {id: word["title"] for id, word in ids.items()} for column, ids in written.items()}
    words["type"] = {kind.id: kind.title for kind in rules.types().values()}
    words["step"] = {id: step["title"] for id, step in rules.presets()["steps"].items()}
    return words


def translated(frame: pd.DataFrame) -> pd.DataFrame:
    """The answer with ids replaced by the reader's words, for tables, readings and exports."""
    words = {name: {id: say(word) for id, word in ids.items()} for name, ids in vocabulary().items() if name in frame}
    lists = {name: frame[name].map(lambda ids: signs(ids) if isinstance(ids, str) else ids) for name in LISTS if name in frame}
    mapped = {name: frame[name].map(lambda id, ids=ids: ids.get(id, id)) for name, ids in words.items()}
    return frame.assign(**mapped, **lists)


def signs(ids: str) -> str:
    """Ids of signs joined by commas as the reader's words."""
    return say("、").join(say(vocabulary()["sign"][id]) for id in ids.split(",") if id)


def _entry(id: str, page: str, written: Mapping[str, Any]) -> Entry:
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in written.items() if not name.endswith("_en")
    }
    readings = tuple(
        Reading(**{name: text for name, text in reading.items() if not name.endswith("_en")})
        for reading in written.get("readings", ())
    )
    return Entry(**{**values, "id": id, "page": page, "draws": written.get("draws", {}), "readings": readings})


def _faults(written: Mapping[str, Any], indicators: Mapping[str, queries.Query]) -> Iterator[str]:
    """Every fault of the file, each as “[entry] what; expectation”."""
    names = {field.name for field in fields(Entry)} - {"id", "page"}
    required = {"title", "question", "why", "formula", "chart"}
    texts = {"title", "question", "why", "formula", "limits"}
    for id in sorted(set(indicators) - set(written)):
        yield f"[{id}] is missing; every file of queries/indicators has an entry"
    for id, entry in written.items():
        if id not in indicators:
            yield f"[{id}] has no queries/indicators/{id}.sql"
            continue
        plain = {name for name in entry if not name.endswith("_en")}
        for name in sorted(plain - names):
            yield f"[{id}] unknown key “{name}”"
        for name in sorted(required - plain):
            yield f"[{id}] key “{name}” is missing"
        for name in sorted(texts & plain):
            if not entry.get(f"{name}_en"):
                yield f"[{id}] key “{name}_en” is missing"
        columns = {column.name for column in indicators[id].columns}
        drawn = {f"draws.{role}": column for role, column in entry.get("draws", {}).items()} | (
            {"n": entry["n"]} if entry.get("n") else {}
        )
        for role, column in drawn.items():
            if column not in columns:
                yield f"[{id}] {role} is “{column}”; expected a column of {id}.sql: {', '.join(sorted(columns))}"
        for option in entry.get("options", ()):
            if option != "occasional" and option not in {param.name for param in indicators[id].params}:
                yield f"[{id}] option “{option}” is not a param of {id}.sql"
        if entry.get("marks") and entry["marks"] not in indicators:
            yield f"[{id}] marks is “{entry['marks']}”; expected an indicator"
        yield from _reading_faults(id, entry.get("readings", ()), columns)


def _reading_faults(id: str, readings: list[Mapping[str, str]], columns: set[str]) -> Iterator[str]:
    for number, reading in enumerate(readings, start=1):
        if unknown := sorted(set(reading) - {"when", "say", "say_en", "tone", "severity"}):
            yield f"[{id}] reading {number}: unknown key “{unknown[0]}”"
        if reading.get("tone", "") not in TONES:
            yield f"[{id}] reading {number}: tone is “{reading['tone']}”; expected one of {', '.join(filter(None, TONES))} or none"
        if reading.get("severity", "medium") not in SEVERITIES:
            yield f"[{id}] reading {number}: severity is “{reading['severity']}”; expected one of {', '.join(SEVERITIES)}"
        if not reading.get("say") or not reading.get("say_en"):
            yield f"[{id}] reading {number}: say and say_en are needed"
        used = re.findall(r"\{(\w+)(?:\.(\w+)|\[(\w+)\])", reading.get("say", "") + reading.get("say_en", ""))
        if reading.get("when"):
            try:
                used += re.findall(r"(\w+)(?:\.(\w+)|\[(\w+)\])", _condition(reading["when"])[0])
            except ValueError as error:
                yield f"[{id}] reading {number}: {error}"
        for column, aggregate, other in used:
            if column not in columns or (other and other not in columns):
                yield f"[{id}] reading {number}: “{column}” or “{other}” is not a column of {id}.sql"
            if aggregate and aggregate not in AGGREGATES:
                yield f"[{id}] reading {number}: “{aggregate}” is not one of {', '.join(AGGREGATES)}"
