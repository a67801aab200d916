"""Readings of spreadsheets in; one batch in the store, with its counts and the rebuilt marts, out. Batches can be undone.

Rows are never overwritten: a later row with the same key supersedes an earlier one, so that undoing a batch brings back what
stood before it.
"""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from cadence import engine, queries, settings
from cadence.sheets import Context, FileReading, Rows, SheetReading, read_files
from cadence.sheets.contracts import Contract, contracts
from cadence.store import SQL_TYPES, Store
from cadence.words import Message

ARROW_TYPES = {"integer": pa.int32(), "double": pa.float64(), "date": pa.date32(), "boolean": pa.bool_(), "varchar": pa.string()}

STANDING = """
    select kind.key, kind.fingerprint
    from raw.{kind} as kind
    join raw.batches as batches on batches.batch = kind.batch
    where batches.undone_at is null
    qualify row_number() over (partition by kind.key order by kind.batch desc, kind.record) = 1
"""


class BatchError(ValueError):
    """A batch cannot be made or undone; `message` says why in the reader's language."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Counts:
    """Rows of an import against what is stored: 新增, 变更, 相同, and those kept out."""

    fresh: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))


@dataclass(frozen=True)
class Receipt:
    """What an import did. `batch` is None where nothing was new or changed, so that nothing was written."""

    batch: int | None
    counts: Counts
    by_kind: Mapping[str, Counts]


def read(
    store: Store, files: Sequence[tuple[str, bytes]], kind: str | None = None, answers: Mapping[str, str] | None = None
) -> list[FileReading]:
    """Read spreadsheets against the units the store knows; a register among the files is known to the others."""
    context = Context(today=dt.date.today(), units=known_units(store), kind=kind, answers=answers or {}, salt=salt(store))
    return read_files(files, context)


def known_units(store: Store) -> frozenset[str]:
    """Units of the register, those above them and those that ledgers added; empty where no register was imported yet."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            """
            with named as (
                select batch, unit, parent, true as is_registered from raw.units
                union all
                select distinct batch, unit, null, false from raw.activities
            )
            select named.unit, named.parent, named.is_registered
            from named
            join raw.batches as batches on batches.batch = named.batch
            where batches.undone_at is null
            """
        ).fetchall()
    if not any(registered for _, _, registered in rows):
        return frozenset()
    return frozenset(name for unit, parent, _ in rows for name in (unit, parent) if name)


def salt(store: Store) -> bytes:
    """The secret of this database with which names become tokens; made once."""
    with store.writing() as cursor:
        cursor.execute("insert or ignore into raw.state values ('salt', $salt)", {"salt": secrets.token_hex(16)})
        return bytes.fromhex(cursor.execute("select value from raw.state where name = 'salt'").fetchall()[0][0])


def preview(store: Store, readings: Sequence[FileReading]) -> Receipt:
    """What committing these readings would do, without doing it."""
    with store.cursor() as cursor:
        by_kind = _counts(cursor, readings)
    return Receipt(None, sum(by_kind.values(), Counts()), by_kind)


def commit(store: Store, readings: Sequence[FileReading], by: str | None = None, profile: str = "national") -> Receipt:
    """Store every accepted row as one batch and rebuild the marts, in one transaction: all becomes visible together."""
    with store.writing() as cursor:
        receipt = insert(cursor, readings, by or _somebody())
        if receipt.batch is not None:
            engine.build(cursor, profile)
    return receipt


def insert(cursor: duckdb.DuckDBPyConnection, readings: Sequence[FileReading], by: str, is_sample: bool = False) -> Receipt:
    """Store every accepted row as one batch inside the caller's transaction; the caller rebuilds the marts."""
    by_kind = _counts(cursor, readings)
    counts = sum(by_kind.values(), Counts())
    if counts.fresh + counts.changed == 0:
        return Receipt(None, counts, by_kind)
    batch = cursor.execute("select nextval('raw.batch_numbers')").fetchall()[0][0]
    cursor.execute(
        "insert into raw.batches values ($batch, $now, $by, $is_sample, $fresh, $changed, $same, $refused, null)",
        {"batch": batch, "now": dt.datetime.now().replace(microsecond=0), "by": by, "is_sample": is_sample, **vars(counts)},
    )
    for reading in readings:
        _insert_file(cursor, batch, reading)
    return Receipt(batch, counts, by_kind)


def undo(store: Store, batch: int, profile: str = "national") -> None:
    """Take a batch back: its rows no longer count, what stood before counts again. Raises BatchError."""
    with store.writing() as cursor:
        found = cursor.execute("select undone_at from raw.batches where batch = $batch", {"batch": batch}).fetchall()
        if not found:
            raise BatchError(Message("第{batch}批不存在", {"batch": batch}))
        if found[0][0] is not None:
            raise BatchError(Message("第{batch}批已在 {when} 撤销", {"batch": batch, "when": found[0][0]}))
        cursor.execute(
            "update raw.batches set undone_at = $now where batch = $batch",
            {"now": dt.datetime.now().replace(microsecond=0), "batch": batch},
        )
        engine.build(cursor, profile)


def history(store: Store) -> pd.DataFrame:
    """One row per batch, newest first: number, when, who, files, counts, undone_at, is_sample."""
    return queries.run(
        store,
        """
        select batches.batch, imported_at, imported_by, string_agg(files.name, '、' order by files.file) as files,
            fresh, changed, same, refused, undone_at, is_sample
        from raw.batches as batches
        left join raw.files as files on files.batch = batches.batch
        group by all
        order by batches.batch desc
        """,
        {},
    )


def has_sample(store: Store) -> bool:
    """Whether the invented sample office stands in the store."""
    with store.cursor() as cursor:
        return cursor.execute("select count(*) from raw.batches where is_sample and undone_at is null").fetchall()[0][0] > 0


def wants_sample(store: Store) -> bool:
    """Whether this database was never touched, or the sample's import was cut off."""
    with store.cursor() as cursor:
        state = cursor.execute("select value from raw.state where name = 'sample'").fetchall()
        own = cursor.execute("select count(*) from raw.batches where not is_sample").fetchall()[0][0]
    return own == 0 and state != [("done",)]


def import_sample(store: Store, folder: Path | None = None, profile: str = "national") -> int:
    """Import the sample office, a batch per folder; returns the number of batches. Cut off, it starts anew the next time."""
    clear_sample(store, profile)
    made = 0
    folder = folder or settings.load().data / "sample"
    for quarter in sorted(path for path in folder.iterdir() if path.is_dir()):
        readings = read(store, [(path.name, path.read_bytes()) for path in sorted(quarter.iterdir())])
        with store.writing() as cursor:
            made += insert(cursor, readings, "sample", is_sample=True).batch is not None
    with store.writing() as cursor:
        engine.build(cursor, profile)
        cursor.execute("insert or replace into raw.state values ('sample', 'done')")
    return made


def clear_sample(store: Store, profile: str = "national") -> None:
    """Delete every trace of the sample office; the office's own batches stay."""
    with store.writing() as cursor:
        for table in [*contracts(), "files", "columns", "coverage", "problems"]:
            cursor.execute(f"delete from raw.{table} where batch in (select batch from raw.batches where is_sample)")
        cursor.execute("delete from raw.batches where is_sample")
        engine.build(cursor, profile)


def problems(store: Store, batch: int) -> pd.DataFrame:
    """The problems kept with a batch, as they were reported: file, sheet, row, column, value, severity, text, values."""
    return queries.run(
        store,
        """
        select files.name as file, problems.* exclude (batch, file)
        from raw.problems as problems
        join raw.files as files on files.file = problems.file
        where problems.batch = $batch
        order by problems.file, sheet, sheet_row
        """,
        {"batch": batch},
    )


def _insert_file(cursor: duckdb.DuckDBPyConnection, batch: int, reading: FileReading) -> None:
    file = cursor.execute("select nextval('raw.file_numbers')").fetchall()[0][0]
    cursor.execute(
        "insert into raw.files values ($file, $batch, $name, $sha256, $size)",
        {"file": file, "batch": batch, "name": reading.file, "sha256": reading.sha256, "size": reading.size},
    )
    for number, sheet in enumerate(reading.sheets):
        place = {"batch": batch, "file": file, "sheet": sheet.sheet}
        for rows in sheet.tables:
            table = _arrow(rows, {**place, "number": number})
            _append(cursor, rows.kind, table)
            _append(cursor, "columns", pa.Table.from_pylist(list(_columns(rows, sheet, place))))
            if rows.kind == "activities":
                _append(cursor, "coverage", pa.Table.from_pylist(list(_coverage(rows, sheet, batch))))
        _append(
            cursor, "problems", pa.Table.from_pylist([_problem(problem, place) for problem in [*sheet.rejected, *sheet.warnings]])
        )


def _append(cursor: duckdb.DuckDBPyConnection, table: str, incoming: pa.Table) -> None:
    if incoming.num_rows:
        cursor.register("incoming", incoming)
        cursor.execute(f"insert into raw.{table} by name select * from incoming")
        cursor.unregister("incoming")


def _arrow(rows: Rows, place: Mapping[str, Any]) -> pa.Table:
    """The rows as an Arrow table in the shape of their raw table."""
    contract, n = contracts()[rows.kind], len(rows.numbers)
    arrays: dict[str, pa.Array] = {
        "batch": pa.array([place["batch"]] * n, pa.int32()),
        "file": pa.array([place["file"]] * n, pa.int32()),
        "sheet": pa.array([place["sheet"]] * n, pa.string()),
        "sheet_row": pa.array(rows.numbers, pa.int32()),
        "record": pa.array(_records(rows, place["file"], place["number"]), pa.string()),
        "key": pa.array(_digests(rows, contract.key), pa.string()),
        "fingerprint": pa.array(_fingerprints(rows, contract), pa.string()),
        "source": pa.array(rows.sources, pa.string()),
    }
    for name, values in rows.fields.items():
        field = contract.fields.get(name)
        arrays[name] = pa.array(values, ARROW_TYPES[SQL_TYPES.get(field.type, "varchar") if field else "varchar"])
    return pa.table(arrays)


def _records(rows: Rows, file: int, sheet: int) -> list[str]:
    """Ids in the order of files, sheets and rows: of rows with the same key in one batch, the first one stands."""
    return [f"{file:06d}.{sheet:03d}.{row:07d}.{part}" for part, row in enumerate(rows.numbers)]


def _digests(rows: Rows, names: Iterable[str]) -> list[str]:
    """One short digest per row of the values of these fields, absent fields counting as empty."""
    empty = [None] * len(rows.numbers)
    columns = [rows.fields.get(name, empty) for name in names]
    return [hashlib.blake2b(repr(values).encode(), digest_size=8).hexdigest() for values in zip(*columns, strict=True)]


def _fingerprints(rows: Rows, contract: Contract) -> list[str]:
    """One short digest per row of what it says: its filled fields by name, so that a new column in a contract changes none."""
    names = [name for name in contract.fields if name in rows.fields]
    columns = [rows.fields[name] for name in names]
    said = ([pair for pair in zip(names, values, strict=True) if pair[1] is not None] for values in zip(*columns, strict=True))
    return [hashlib.blake2b(repr(pairs).encode(), digest_size=8).hexdigest() for pairs in said]


def _columns(rows: Rows, sheet: SheetReading, place: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What is known of each field, in the order of the sheet's columns."""
    order = list(sheet.columns)
    for field, values in sorted(rows.fields.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)):
        if not field.endswith("_precision"):
            filled = sum(value is not None for value in values)
            yield {
                **place,
                "kind": rows.kind,
                "field": field,
                "header": sheet.columns.get(field, ""),
                "rows_seen": len(values),
                "filled": filled,
            }


def _coverage(rows: Rows, sheet: SheetReading, batch: int) -> Iterator[dict[str, Any]]:
    """The unit-months that a ledger hands in: its stated period, or else from its first month to its last."""
    held = [day for day in rows.fields["held_on"] if day is not None]
    if sheet.period:
        start, until = sheet.period
    elif held:
        start, until = min(held), max(held)
    else:
        return
    until = min(until, dt.date.today())
    partly = {problem.unit for problem in sheet.rejected if problem.unit}
    for unit in sorted({*rows.fields["unit"], *partly}):
        for month in pd.date_range(start.replace(day=1), until, freq="MS"):
            yield {"batch": batch, "unit": unit, "month": month.date(), "is_partly": unit in partly}


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


def _counts(cursor: duckdb.DuckDBPyConnection, readings: Sequence[FileReading]) -> dict[str, Counts]:
    """Per kind, how the accepted rows stand against what is stored; rows kept out count under their sheet's kind.

    Of rows with the same key only the first can be new or changed; the others add nothing and count as same.
    """
    incoming: dict[str, list[pa.Table]] = {}
    counts: dict[str, Counts] = {}
    for file, reading in enumerate(readings):
        for number, sheet in enumerate(reading.sheets):
            if sheet.kind and sheet.rejected:
                counts[sheet.kind] = counts.get(sheet.kind, Counts()) + Counts(
                    refused=len({problem.row for problem in sheet.rejected})
                )
            for rows in sheet.tables:
                contract = contracts()[rows.kind]
                digests = {"key": _digests(rows, contract.key), "fingerprint": _fingerprints(rows, contract)}
                incoming.setdefault(rows.kind, []).append(pa.table({**digests, "record": _records(rows, file, number)}))
    for kind, tables in incoming.items():
        cursor.register("incoming", pa.concat_tables(tables))
        found = cursor.execute(
            f"""
            with
                standing as ({STANDING.format(kind=kind)}),
                numbered as (select *, row_number() over (partition by key order by record) as nth from incoming)
            select
                count(*) filter (where nth = 1 and standing.key is null),
                count(*) filter (where nth = 1 and standing.fingerprint <> numbered.fingerprint),
                count(*) filter (where nth > 1 or standing.fingerprint = numbered.fingerprint)
            from numbered
            left join standing on standing.key = numbered.key
            """
        ).fetchall()[0]
        cursor.unregister("incoming")
        counts[kind] = counts.get(kind, Counts()) + Counts(*found)
    return counts


def _somebody() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "-"
