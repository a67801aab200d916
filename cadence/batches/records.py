"""Readings of spreadsheets in; their accepted rows as Arrow tables in the shape of the raw tables, with key and place, out."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cadence.sheets import FileReading, Rows
from cadence.sheets.contracts import Contract, contracts
from cadence.sheets.grid import Cells
from cadence.store import SQL_TYPES

CHUNK = 20_000
PIECE = "piece "
TEXT = pa.dictionary(pa.int32(), pa.string())
ARROW_TYPES = {"integer": pa.int32(), "double": pa.float64(), "date": pa.date32(), "boolean": pa.bool_(), "varchar": pa.string()}


@dataclass(frozen=True)
class Records:
    """The accepted rows of one kind: a row each, with `file` (its number), `sheet`, `sheet_row`, `record`, `key`, the contract's
    fields, and `columns`, the index in `present` of the fields that its sheet has a column for.

    The original texts are in the columns `pieces`, in order: the filled ones, joined by ", " in braces, are the JSON of a row.
    """

    kind: str
    table: pa.Table
    present: Sequence[frozenset[str]]
    pieces: Sequence[str]


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
    found = {kind: pa.concat_tables(parts, promote_options="default") for kind, parts in tables.items()}
    return {kind: Records(kind, table, present[kind], _pieces(table)) for kind, table in found.items()}


def _pieces(table: pa.Table) -> list[str]:
    """The columns that hold the original texts, in order."""
    return sorted((name for name in table.column_names if name.startswith(PIECE)), key=lambda name: int(name.removeprefix(PIECE)))


def _table(rows: Rows, place: Mapping[str, Any]) -> pa.Table:
    """The rows as an Arrow table."""
    contract, n = contracts()[rows.kind], len(rows.numbers)
    arrays: dict[str, pa.Array] = {
        "file": pa.repeat(pa.scalar(place["file"], pa.int32()), n),
        "sheet": pa.repeat(pa.scalar(place["sheet"], pa.string()), n),
        "sheet_row": pa.array(rows.numbers, pa.int32()),
        "record": _ids(rows, place["file"], place["number"]),
        "key": _keys(rows, contract),
        "columns": pa.repeat(pa.scalar(place["columns"], pa.int32()), n),
    }
    arrays |= {name: _cells(cells, _type(contract, name)) for name, cells in rows.fields.items()}
    return pa.table(arrays | _sources(rows))


def _type(contract: Contract, name: str) -> pa.DataType:
    field = contract.fields.get(name)
    return ARROW_TYPES[SQL_TYPES.get(field.type, "varchar") if field else "varchar"]


def _ids(rows: Rows, file: int, sheet: int) -> pa.Array:
    """Ids in the order of files, sheets and rows."""
    numbers = pc.utf8_lpad(pc.cast(pa.array(rows.numbers, pa.int32()), pa.string()), 7, "0")
    parts = pc.cast(pa.array(np.arange(len(rows.numbers))), pa.string())
    return pc.binary_join_element_wise(f"{file:06d}.{sheet:03d}", numbers, parts, ".")


def _sources(rows: Rows) -> dict[str, pa.ChunkedArray]:
    """The pieces of the original texts: a column for each column of a sheet, each distinct piece once."""
    parts = list(zip(rows.sources.parts, rows.sources.lengths, strict=True))
    return {
        f"{PIECE}{place}": pa.chunked_array(
            [_cells(pieces[place], pa.string()) if place < len(pieces) else pa.nulls(n, TEXT) for pieces, n in parts], TEXT
        )
        for place in range(max((len(pieces) for pieces, _ in parts), default=0))
    }


def _cells(cells: Cells, type: pa.DataType) -> pa.Array:
    """A column whose distinct values are converted once; texts stay codes of a dictionary."""
    codes, distinct = pa.array(cells.codes), pa.array(cells.distinct, type)
    if type != pa.string():
        return distinct.take(codes)
    return pa.DictionaryArray.from_arrays(codes, distinct)


def _keys(rows: Rows, contract: Contract) -> pa.Array:
    """One short digest per row of its natural key, absent fields counting as empty; made once for a reading.

    A cell that counts several activities gives rows that only their turn tells apart; it goes into the digest of all but the first.
    """
    if "key" not in rows.identity:
        absent = Cells.constant(None, len(rows.numbers))
        columns = [rows.fields.get(name, absent) for name in contract.key]
        said = [Cells([repr(value) for value in cells.distinct], cells.codes) for cells in columns]
        keys = _digests(_joined("(", said, ",)" if len(said) == 1 else ")"))
        rows.identity["key"] = pa.array(_in_turn(rows.numbers, columns, keys), pa.string())
    return rows.identity["key"]


def _in_turn(numbers: Sequence[int], columns: Sequence[Cells], keys: list[str]) -> list[str]:
    """The digests, those of later rows from one cell replaced by one that counts them."""
    if len(set(numbers)) == len(numbers):
        return keys
    turns: Counter[tuple[int, str]] = Counter()
    for at, (number, key) in enumerate(zip(numbers, list(keys), strict=True)):
        if turn := turns[number, key]:
            values = (*(column[at] for column in columns), turn)
            keys[at] = hashlib.blake2b(repr(values).encode(), digest_size=8).hexdigest()
        turns[number, key] += 1
    return keys


def _joined(opening: str, columns: Sequence[Cells], closing: str) -> Iterator[pa.Array]:
    """One text for each row, chunk by chunk: those of its filled cells one after the other, in brackets."""
    texts = [pa.array(column.distinct, pa.string()) for column in columns]
    for start in range(0, len(columns[0]), CHUNK):
        chunk = [text.take(pa.array(column.codes[start : start + CHUNK])) for text, column in zip(texts, columns, strict=True)]
        inner = pc.binary_join_element_wise(*chunk, ", ", null_handling="skip")
        yield pc.binary_join_element_wise(opening, inner, closing, "")


def _digests(chunks: Iterable[pa.Array]) -> list[str]:
    """Eight bytes of BLAKE2b, as hexadecimal digits, for each text."""
    found = []
    for texts in chunks:
        _, offsets, content = texts.buffers()
        ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1].tolist()
        content = memoryview(content)
        found += [hashlib.blake2b(content[start:end], digest_size=8).hexdigest() for start, end in itertools.pairwise(ends)]
    return found
