"""The SQL files of `queries/` in, checked queries and their answers out.

Each file opens with a comment: the question it answers, a `param` line for each `$name`, a `column` line for each column of
the result. The folder is the DuckDB schema and the file's stem the table (facts, marts) or the indicator.
"""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from cadence.store import Store
from cadence.words import QUERIES

LAYERS = ("raw", "facts", "marts", "indicators")
PARAM_TYPES = ("date", "names", "text", "integer")
COLUMN_TYPES = ("text", "date", "timestamp", "integer", "double", "boolean")
SECONDS = 20.0


class QueryError(ValueError):
    """A query file or a call of one is wrong; the message names file, part and expectation."""


class SlowQuery(RuntimeError):
    """A query was stopped because it ran longer than its time allows."""


@dataclass(frozen=True)
class Declared:
    """A `param` or `column` line: name, type and the words behind it (unit and meaning)."""

    name: str
    type: str
    text: str


@dataclass(frozen=True)
class Query:
    """One file of `queries/`: what it asks, needs and returns."""

    id: str
    layer: str
    question: str
    is_view: bool
    params: tuple[Declared, ...]
    columns: tuple[Declared, ...]
    sql: str


def read(path: Path) -> Query:
    """One query file. Raises QueryError where its header is not understood."""
    text = path.read_text(encoding="utf-8")
    header = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        header.append(line.removeprefix("--").strip())
    if not header or not header[0].endswith("?"):
        raise QueryError(
            f"{path.name}: line 1 is “{header[0] if header else ''}”; expected a comment with the question the query answers"
        )
    declared: dict[str, list[Declared]] = {"param": [], "column": []}
    is_view = False
    for number, line in enumerate(header[1:], start=2):
        if match := re.fullmatch(r"(param|column)\s+(\w+)\s+(\w+)\s*(.*)", line):
            word, name, type, words = match.groups()
            if type not in (PARAM_TYPES if word == "param" else COLUMN_TYPES):
                raise QueryError(f"{path.name}: line {number}: “{type}” is not a type of a {word}")
            declared[word].append(Declared(name, type, words))
        elif line.startswith("stored as a view"):
            is_view = True
        elif line:
            raise QueryError(f"{path.name}: line {number} is “{line}”; expected “param …”, “column …” or nothing")
    return Query(path.stem, path.parent.name, header[0], is_view, tuple(declared["param"]), tuple(declared["column"]), text)


@cache
def layer(name: str, folder: Path = QUERIES) -> dict[str, Query]:
    """The queries of one layer by id, in the order of their names."""
    return {path.stem: read(path) for path in sorted((folder / name).glob("*.sql"))}


def indicator(id: str) -> Query:
    """The query of an indicator. Raises QueryError for an unknown one, naming the nearest."""
    if id not in layer("indicators"):
        raise QueryError(f"indicator “{id}” does not exist; expected one of {', '.join(layer('indicators'))}")
    return layer("indicators")[id]


def ask(store: Store, id: str, values: Mapping[str, Any]) -> pd.DataFrame:
    """The answer of an indicator: one row per line of its worked example, columns as its header declares.

    `values` may hold more than the query's params; each declared one must be there. Raises QueryError, or SlowQuery past 20 s.
    """
    query = indicator(id)
    if missing := [param.name for param in query.params if param.name not in values]:
        raise QueryError(f"indicator “{id}” needs “{missing[0]}”, which was not given")
    params = {param.name: _value(id, param, values[param.name]) for param in query.params}
    return run(store, query.sql, params)


def run(store: Store, sql: str, params: Mapping[str, Any], seconds: float = SECONDS) -> pd.DataFrame:
    """Run one SELECT on a cursor of its own, stopped after `seconds`."""
    with store.cursor() as cursor:
        stop = threading.Timer(seconds, cursor.interrupt)
        stop.start()
        try:
            return cursor.execute(sql, dict(params)).df()
        except store.Interrupted:
            raise SlowQuery(f"stopped after {seconds:.0f} s") from None
        finally:
            stop.cancel()


def _value(id: str, param: Declared, value: Any) -> Any:
    fits = {"date": dt.date, "names": Sequence, "text": str, "integer": int}[param.type]
    if not isinstance(value, fits) or (param.type == "names" and isinstance(value, str)):
        raise QueryError(f"indicator “{id}”: param “{param.name}” is {value!r}; expected {param.type}")
    return list(value) if param.type == "names" else value
