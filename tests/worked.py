"""Worked examples: given rows of marts, the rows that an indicator must answer with."""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from pathlib import Path
from typing import Any

import duckdb

from cadence import queries

CASES = Path(__file__).parent / "cases"
SQL = {"text": "varchar", "date": "date", "timestamp": "timestamp", "integer": "bigint", "double": "double", "boolean": "boolean"}
DEFAULTS = {
    "start": dt.date(2024, 1, 1),
    "until": dt.date(2024, 12, 31),
    "units": ["甲", "乙", "丙"],
    "types": ["theme_day", "committee_meeting", "study"],
}


def cases() -> list[tuple[str, dict[str, Any]]]:
    """(indicator, example) for every [[example]] of tests/cases/<indicator>.toml."""
    return [
        (path.stem, example)
        for path in sorted(CASES.glob("*.toml"))
        for example in tomllib.loads(path.read_text(encoding="utf-8"))["example"]
    ]


def marts(given: dict[str, list[dict[str, Any]]]) -> duckdb.DuckDBPyConnection:
    """A database whose marts hold the given rows; columns not given are empty."""
    connection = duckdb.connect()
    connection.execute("create schema marts")
    for mart in queries.layer("marts").values():
        columns = ", ".join(f'"{column.name}" {SQL[column.type]}' for column in mart.columns)
        connection.execute(f'create table marts."{mart.id}" ({columns})')
    for name, rows in given.items():
        known = {column.name for column in queries.layer("marts")[name].columns}
        for row in rows:
            if unknown := set(row) - known:
                raise ValueError(f"given marts.{name} has “{unknown.pop()}”; expected one of {', '.join(sorted(known))}")
            names = ", ".join(f'"{column}"' for column in row)
            connection.execute(f'insert into marts."{name}" ({names}) values ({", ".join("?" * len(row))})', list(row.values()))
    return connection


def answer(indicator: str, example: dict[str, Any]) -> list[dict[str, Any]]:
    """What the indicator answers, as plain rows."""
    query = queries.indicator(indicator)
    values = {**DEFAULTS, **example.get("params", {})}
    connection = marts(example["given"])
    cursor = connection.execute(query.sql, {param.name: values[param.name] for param in query.params})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def differences(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[str]:
    """Where the rows differ; a column that the example leaves out is not compared, "null" stands for an empty value."""
    faults = [] if len(expected) == len(found) else [f"{len(found)} rows; expected {len(expected)}: {found}"]
    for number, (want, have) in enumerate(zip(expected, found, strict=False), start=1):
        for name, value in want.items():
            if not _same(value, have.get(name, "no such column")):
                faults.append(f"row {number} {name}: {have.get(name)!r}; expected {value!r}")
    return faults


def _same(want: Any, have: Any) -> bool:
    if want == "null" or have is None:
        return want == "null" and have is None
    if isinstance(want, float) or isinstance(have, float):
        return not isinstance(have, str) and math.isclose(want, float(have), rel_tol=1e-4, abs_tol=1e-6)
    is_day = isinstance(want, dt.date) and not isinstance(want, dt.datetime)
    return want == (have.date() if isinstance(have, dt.datetime) and is_day else have)
