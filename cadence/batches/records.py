"""Readings of spreadsheets in; their accepted rows as Arrow tables in the shape of the raw tables, with key and place, out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from cadence.sheets import FileReading, Rows
from cadence.sheets.contracts import Contract, contracts
from cadence.store import SQL_TYPES

ARROW_TYPES = {"integer": pa.int32(), "double": pa.float64(), "date": pa.date32(), "boolean": pa.bool_(), "varchar": pa.string()}


@dataclass(frozen=True)
class Records:
    """The accepted rows of one kind: a row each, with `file` (its number), `sheet`, `sheet_row`, `record`, `key`, `source`, the
    contract's fields, and `columns`, the index in `present` of the fields that its sheet has a column for."""

    kind: str
    table: pa.Table
    present: Sequence[frozenset[str]]


def records(readings: Sequence[FileReading], files: Sequence[int]) -> dict[str, Records]:
    """Kind → the accepted rows of all readings, whose files go by these numbers."""
    tables: dict[str, list[pa.Table]] = {}
    present: dict[str, list[frozenset[str]]] = {}
    for reading, file in zip(readings, files, strict=True):
        for number, sheet in enumerate(reading.sheets):
            for rows in sheet.tables:
                seen = present.setdefault(rows.kind, [])
                seen.append(frozenset(rows.fields))
                place = {"file": file, "sheet": sheet.sheet, "number": number, "columns": len(seen) - 1}
                tables.setdefault(rows.kind, []).append(_table(rows, place))
    return {
        kind: Records(kind, pa.concat_tables(parts, promote_options="default"), present[kind]) for kind, parts in tables.items()
    }


def _table(rows: Rows, place: Mapping[str, Any]) -> pa.Table:
    contract, n = contracts()[rows.kind], len(rows.numbers)
    arrays: dict[str, pa.Array] = {
        "file": pa.array([place["file"]] * n, pa.int32()),
        "sheet": pa.array([place["sheet"]] * n, pa.string()),
        "sheet_row": pa.array(rows.numbers, pa.int32()),
        "record": pa.array(_ids(rows, place["file"], place["number"]), pa.string()),
        "key": pa.array(keys(rows, contract), pa.string()),
        "columns": pa.array([place["columns"]] * n, pa.int32()),
        "source": pa.array(rows.sources, pa.string()),
    }
    for name, values in rows.fields.items():
        arrays[name] = pa.array(values, _type(contract, name))
    return pa.table(arrays)


def _type(contract: Contract, name: str) -> pa.DataType:
    field = contract.fields.get(name)
    return ARROW_TYPES[SQL_TYPES.get(field.type, "varchar") if field else "varchar"]


def _ids(rows: Rows, file: int, sheet: int) -> list[str]:
    """Ids in the order of files, sheets and rows."""
    return [f"{file:06d}.{sheet:03d}.{row:07d}.{part}" for part, row in enumerate(rows.numbers)]


def keys(rows: Rows, contract: Contract) -> list[str]:
    """One short digest per row of its natural key, absent fields counting as empty.

    A cell that counts several activities gives rows that only their turn tells apart; it goes into the digest of all but the first.
    """
    empty = [None] * len(rows.numbers)
    columns = [rows.fields.get(name, empty) for name in contract.key]
    turns: Counter[tuple] = Counter()
    found = []
    for number, values in zip(rows.numbers, zip(*columns, strict=True), strict=True):
        turn = turns[number, values]
        turns[number, values] += 1
        found.append(_digest((*values, turn) if turn else values))
    return found


def _digest(values: tuple) -> str:
    return hashlib.blake2b(repr(values).encode(), digest_size=8).hexdigest()
