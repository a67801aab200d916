"""Readings of spreadsheets in; one batch in the store, with its counts and the rebuilt marts, out.

Rows are never overwritten: a later row with the same key supersedes an earlier one, and a row can be withdrawn by a later one that
says nothing else, so that undoing a batch brings back what stood before it.
"""

from __future__ import annotations

import datetime as dt
import getpass
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from cadence import engine
from cadence.batches import differences, mappings
from cadence.batches.differences import Choice, Counts, Difference
from cadence.batches.records import records
from cadence.sheets import FileReading, Layout, Rows, SheetReading
from cadence.sheets.contracts import contracts
from cadence.store import Store
from cadence.words import say

DEFAULT = Choice()
MOST_LISTED = 200


@dataclass(frozen=True)
class Receipt:
    """What an import did, or would do. `batch` is None where nothing was written; `listed` are the first rows that differ."""

    batch: int | None
    counts: Counts
    by_kind: Mapping[str, Counts]
    listed: Sequence[Difference] = ()


def preview(store: Store, readings: Sequence[FileReading]) -> Receipt:
    """What committing these readings would meet, without doing it; `Difference.file` is the place of a file among the readings."""
    listed: list[Difference] = []
    with store.cursor() as cursor:
        by_kind = _compare(cursor, readings, range(len(readings)))
        for kind in _told(readings):
            listed += differences.listed(cursor, kind, MOST_LISTED)
    return Receipt(None, sum(by_kind.values(), Counts()), by_kind, listed)


def commit(
    store: Store,
    readings: Sequence[FileReading],
    by: str | None = None,
    profile: str = "national",
    choice: Choice = DEFAULT,
    remember: Mapping[str, Layout] | None = None,
) -> Receipt:
    """Store every accepted row as one batch and rebuild the marts, in one transaction: all becomes visible together.

    `remember` are the layouts, by their signature, whose mapping was corrected by hand and holds from now on.
    """
    by = by or somebody()
    with store.writing() as cursor:
        mappings.remember(cursor, remember or {}, by)
        receipt = insert(cursor, readings, by, choice=choice)
        if receipt.batch is not None:
            engine.build(cursor, profile)
    return receipt


def insert(
    cursor: duckdb.DuckDBPyConnection, readings: Sequence[FileReading], by: str, is_sample: bool = False, choice: Choice = DEFAULT
) -> Receipt:
    """Store every accepted row as one batch inside the caller's transaction; the caller rebuilds the marts."""
    files = [_next(cursor, "file_numbers") for _ in readings]
    by_kind = _compare(cursor, readings, files)
    counts = sum(by_kind.values(), Counts())
    if not any(differences.alters(cursor, kind, choice) for kind in _told(readings)):
        return Receipt(None, counts, by_kind)
    batch = _next(cursor, "batch_numbers")
    cursor.execute(
        """
        insert into raw.batches by name
        select $batch as batch, $now as imported_at, $by as imported_by, $is_sample as is_sample, $fresh as fresh,
            $changed as changed, $same as same, $conflicting as conflicting, $missing as missing, $refused as refused,
            $scope as scope, $clashes as clashes
        """,
        {"batch": batch, "now": now(), "by": by, "is_sample": is_sample, **vars(counts), **vars(choice)},
    )
    for kind in _told(readings):
        _insert_rows(cursor, kind, batch, choice)
        differences.forget(cursor, kind)
    for reading, file in zip(readings, files, strict=True):
        _insert_file(cursor, batch, file, reading)
    return Receipt(batch, counts, by_kind)


def summary(counts: Counts) -> str:
    """The counts as a reader sees them; conflicts and missing rows only where there are any."""
    parts = [
        say("新增 {n} 行", n=counts.fresh),
        say("变更 {n} 行", n=counts.changed),
        say("相同 {n} 行", n=counts.same),
        *([say("冲突 {n} 行", n=counts.conflicting)] if counts.conflicting else []),
        *([say("消失 {n} 行", n=counts.missing)] if counts.missing else []),
        say("未收 {n} 行", n=counts.refused),
    ]
    return say("，").join(parts)


def now() -> dt.datetime:
    """The time that goes into the log, to the second."""
    return dt.datetime.now().replace(microsecond=0)


def somebody() -> str:
    """The account that this runs under."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "-"


def _next(cursor: duckdb.DuckDBPyConnection, sequence: str) -> int:
    return cursor.execute("select nextval('raw.' || $sequence)", {"sequence": sequence}).fetchall()[0][0]


def _told(readings: Sequence[FileReading]) -> list[str]:
    """The kinds that have accepted rows, in the contracts' order."""
    told = {rows.kind for reading in readings for sheet in reading.sheets for rows in sheet.tables if rows.numbers}
    return [kind for kind in contracts() if kind in told]


def _compare(cursor: duckdb.DuckDBPyConnection, readings: Sequence[FileReading], files: Sequence[int]) -> dict[str, Counts]:
    """Per kind, how the accepted rows stand against what is stored; rows kept out count under their sheet's kind."""
    counts: dict[str, Counts] = {}
    for sheet in (sheet for reading in readings for sheet in reading.sheets if sheet.kind and sheet.rejected):
        refused = Counts(refused=len({problem.row for problem in sheet.rejected}))
        counts[sheet.kind] = counts.get(sheet.kind, Counts()) + refused
    incoming = records(readings, files)
    for kind in _told(readings):
        differences.compare(cursor, incoming[kind], readings)
        counts[kind] = counts.get(kind, Counts()) + differences.counted(cursor, kind)
    return counts


def _insert_rows(cursor: duckdb.DuckDBPyConnection, kind: str, batch: int, choice: Choice) -> None:
    """Append the rows that the choice lets in, and a withdrawing row for each that it takes out."""
    cursor.execute(
        f"""
        insert into raw.{kind} by name
        select $batch as batch, * exclude (columns, nth, times, clash, state)
        from staged_{kind}
        where not (state = 'changed' and $scope = 'add') and not (clash is not null and $clashes = 'old')
        """,
        {"batch": batch, **vars(choice)},
    )
    cursor.execute(
        f"""
        insert into raw.{kind} by name
        select $batch as batch, 'withdrawn.' || key as record, key, true as is_withdrawn
        from (
            select key from missing_{kind} where $scope = 'replace'
            union
            select clash from staged_{kind} where clash is not null and $clashes = 'new'
        )
        """,
        {"batch": batch, **vars(choice)},
    )


def _insert_file(cursor: duckdb.DuckDBPyConnection, batch: int, file: int, reading: FileReading) -> None:
    cursor.execute(
        "insert into raw.files values ($file, $batch, $name, $sha256, $size)",
        {"file": file, "batch": batch, "name": reading.file, "sha256": reading.sha256, "size": reading.size},
    )
    for sheet in reading.sheets:
        place = {"batch": batch, "file": file, "sheet": sheet.sheet}
        for rows in sheet.tables:
            _append(cursor, "columns", list(_columns(rows, sheet, place)))
            if rows.kind == "activities":
                _append_table(cursor, "coverage", _coverage(rows, sheet, batch))
        found = [*sheet.rejected, *sheet.warnings, *sheet.corrected]
        _append(cursor, "problems", [_problem(problem, place) for problem in found])


def _append(cursor: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        _append_table(cursor, table, pa.Table.from_pylist(rows))


def _append_table(cursor: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    cursor.register("incoming", rows)
    cursor.execute(f"insert into raw.{table} by name select * from incoming")
    cursor.unregister("incoming")


def _columns(rows: Rows, sheet: SheetReading, place: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What is known of each field, in the order of the sheet's columns."""
    order = list(sheet.columns)
    for field, values in sorted(rows.fields.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)):
        if not field.endswith("_precision"):
            filled = int(values.filled.sum())
            yield {
                **place,
                "kind": rows.kind,
                "field": field,
                "header": sheet.columns.get(field, ""),
                "rows_seen": len(values),
                "filled": filled,
            }


def _coverage(rows: Rows, sheet: SheetReading, batch: int) -> pa.Table:
    """The unit-months that a ledger hands in: its stated period, or else from its first month to its last."""
    held = rows.fields["held_on"].counts()
    months: list[dt.date] = []
    if sheet.period or held:
        start, until = sheet.period or (min(held), max(held))
        until = min(until, dt.date.today())
        months = [month.date() for month in pd.date_range(start.replace(day=1), until, freq="MS")]
    partly = {problem.unit for problem in sheet.rejected if problem.unit}
    units = sorted({*rows.fields["unit"].counts(), *partly})
    each = np.repeat(np.arange(len(units)), len(months))
    return pa.table(
        {
            "batch": pa.repeat(pa.scalar(batch, pa.int32()), len(each)),
            "unit": pa.array(units, pa.string()).take(pa.array(each)),
            "month": pa.array(months * len(units), pa.date32()),
            "is_partly": pa.array([unit in partly for unit in units], pa.bool_()).take(pa.array(each)),
        }
    )


def _problem(problem: Any, place: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **place,
        "sheet_row": problem.row,
        "column": problem.column,
        "field": problem.field,
        "value": problem.value,
        "severity": problem.severity,
        "text": problem.reason.text,
        "values": json.dumps(dict(problem.reason.values), ensure_ascii=False, default=str),
    }
