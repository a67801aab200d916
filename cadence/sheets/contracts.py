"""The seven kinds of spreadsheet: `data/contracts/*.toml` in, frozen contracts out.

A contract names the fields of one kind of table, the headers that offices write above them, and which of them a row cannot
do without. Unknown keys are errors that name the file and the key, so that a slip in a data file is found at start.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "data" / "contracts"
ORDER = ("units", "activities", "plans", "tasks", "evaluations", "adjustments", "calendar")
TYPES = frozenset(
    {"text", "unit", "new_unit", "person", "date", "time", "year", "quarter", "count", "number", "minutes", "share", "score"}
    | {"flag", "choice", "activity_type", "sync_steps"}
)
CONTRACT_KEYS = {"title", "title_en", "row", "row_en", "sheet_names", "key", "period", "alike", "words", "fields", "wide"}
FIELD_KEYS = {"title", "title_en", "type", "required", "headers", "patterns", "choices", "unit", "month_precision", "from_title"}
FIELD_KEYS |= {"about", "about_en", "example", "common"}
WIDE_KEYS = {"criteria", "also", "ignore"}


@dataclass(frozen=True)
class Field:
    """One canonical column: its type decides how a cell is read, its headers which columns are taken for it.

    `about` says what its title does not, `example` is a cell of it; a `common` field stands in front in a blank template.
    """

    name: str
    title: str
    type: str
    required: bool = False
    headers: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = attribute(default_factory=dict)
    unit: str = ""
    month_precision: bool = False
    from_title: bool = False
    about: str = ""
    example: str | float | None = None
    common: bool = False

    def says(self, word: str) -> bool:
        """Whether a header, as it is compared, is built as the patterns of the field say."""
        return any(re.fullmatch(pattern, word) for pattern in self.patterns)


@dataclass(frozen=True)
class Wide:
    """Headers of a summary sheet that are criteria (or rows of another kind) instead of fields."""

    criteria: tuple[str, ...] = ()
    also: Mapping[str, tuple[str, ...]] = attribute(default_factory=dict)
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contract:
    """One kind of table: what a row is, its fields, the sheet names it goes by.

    `key` tells two rows apart; `alike` are those of its fields that make two rows suspect of being the same; `period` dates a row.
    """

    kind: str
    title: str
    row: str
    key: tuple[str, ...]
    period: str
    fields: Mapping[str, Field]
    alike: tuple[str, ...] = ()
    sheet_names: tuple[str, ...] = ()
    wide: Wide | None = None

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the fields that a row cannot do without."""
        return tuple(name for name, field in self.fields.items() if field.required)


@cache
def contracts(folder: Path = FOLDER) -> dict[str, Contract]:
    """Kind → contract, in the order in which ties between kinds are settled."""
    paths = sorted(
        folder.glob("*.toml"), key=lambda path: (ORDER.index(path.stem) if path.stem in ORDER else len(ORDER), path.stem)
    )
    return {path.stem: load(path) for path in paths}


def load(path: Path) -> Contract:
    """One contract from its file; raises ValueError that names file, key and expectation."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    _check(data, CONTRACT_KEYS, path.name)
    fields = {
        name: _field(name, entry, data.get("words", {}), f"{path.name} [fields.{name}]")
        for name, entry in data.get("fields", {}).items()
    }
    for entry in ("key", "alike", "period"):
        names = data.get(entry, [])
        for name in [names] if isinstance(names, str) else names:
            if name not in fields:
                raise ValueError(f"{path.name} {entry} has value {name!r}. Not one of its fields: {', '.join(fields)}.")
    wide = data.get("wide")
    return Contract(
        kind=path.stem,
        title=_needed(data, "title", path.name),
        row=_needed(data, "row", path.name),
        key=tuple(data.get("key", ())),
        period=_needed(data, "period", path.name),
        fields=fields,
        alike=tuple(data.get("alike", ())),
        sheet_names=tuple(data.get("sheet_names", ())),
        wide=_wide(wide, f"{path.name} [wide]") if wide else None,
    )


def _field(name: str, entry: Mapping[str, Any], words: Mapping[str, str], place: str) -> Field:
    _check(entry, FIELD_KEYS, place)
    kind = _needed(entry, "type", place)
    if kind not in TYPES:
        raise ValueError(f"{place} type has value {kind!r}. Not one of: {', '.join(sorted(TYPES))}.")
    if (kind == "choice") != ("choices" in entry):
        raise ValueError(f"{place} type has value {kind!r}. A choice needs choices, and only a choice has them.")
    return Field(
        name=name,
        title=_needed(entry, "title", place),
        type=kind,
        required=entry.get("required", False),
        headers=tuple(entry.get("headers", ())),
        patterns=tuple(_pattern(pattern, words, place) for pattern in entry.get("patterns", ())),
        choices={key: tuple(words) for key, words in entry.get("choices", {}).items()},
        unit=entry.get("unit", ""),
        month_precision=entry.get("month_precision", False),
        from_title=entry.get("from_title", False),
        about=entry.get("about", ""),
        example=entry.get("example"),
        common=entry.get("common", False),
    )


def _pattern(pattern: str, words: Mapping[str, str], place: str) -> str:
    """A pattern with each `<name>` replaced by the alternatives of that name in the contract's [words]."""

    def alternatives(found: re.Match[str]) -> str:
        if found[1] not in words:
            raise ValueError(
                f"{place} patterns names <{found[1]}>. Not one of [words]: {', '.join(sorted(words)) or 'there are none'}."
            )
        return f"(?:{words[found[1]]})"

    try:
        return re.compile(re.sub(r"<(\w+)>", alternatives, pattern)).pattern
    except re.error as error:
        raise ValueError(f"{place} patterns has {pattern!r}. Not a regular expression: {error}.") from None


def _wide(entry: Mapping[str, Any], place: str) -> Wide:
    _check(entry, WIDE_KEYS, place)
    also = {kind: tuple(headers) for kind, headers in entry.get("also", {}).items()}
    return Wide(tuple(entry.get("criteria", ())), also, tuple(entry.get("ignore", ())))


def _check(entry: Mapping[str, Any], known: set[str], place: str) -> None:
    for key in entry:
        if key not in known:
            raise ValueError(f"{place} has key {key!r}. Not one of: {', '.join(sorted(known))}.")


def _needed(entry: Mapping[str, Any], key: str, place: str) -> Any:
    if key not in entry:
        raise ValueError(f"{place} has no {key!r}. Each entry needs one.")
    return entry[key]
