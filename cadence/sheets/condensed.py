"""A large .xlsx in; out comes the same workbook with each distinct cell of its large sheets written once, and where each stands.

A ledger says few different things many times. Only cells that are the same to the last byte are taken for the same, so calamine
alone decides what a cell means; here no value is ever read. A sheet must be written as plainly as spreadsheet programs write it,
every byte of it accounted for; anything else raises Irregular and is for calamine to read as it is. Runs in the child only.
"""

from __future__ import annotations

import io
import re
import secrets
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from cadence.sheets import limits
from cadence.sheets.distinct import Codes, meant

VARIED = 0.5
"""Distinct cells per cell beyond which writing each once saves nothing."""
CHUNK, SLICE = 1 << 22, 1 << 17
WIDTH = 64
MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14

NAME = rb"[A-Za-z][\w:.-]*"
ATTRIBUTES = rb'(?:\s+%s="[^"<>]*")*' % NAME
DECLARED = rb'<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\s?\?>\s*'
HEAD = re.compile(rb"(?:%s)?(?:</?%s%s\s*/?>\s*)+" % (DECLARED, NAME, ATTRIBUTES))
TEXT = rb'<t(?: xml:space="preserve")?(?: ?/>|>[^<]*</t>)'
RUN = rb"<r>(?:<rPr ?/>|<rPr>(?:<%s%s ?/>)*</rPr>)?%s</r>" % (NAME, ATTRIBUTES, TEXT)
PHONETIC = rb"<rPh%s>%s</rPh>|<phoneticPr%s ?/>" % (ATTRIBUTES, TEXT, ATTRIBUTES)
FORMULA = rb"<f%s(?: ?/>|>[^<]*</f>)" % ATTRIBUTES
VALUE = rb"<v(?: ?/>|>[^<]*</v>)|<is>(?:%s|%s|%s)*</is>" % (TEXT, RUN, PHONETIC)
CELLS = re.compile(rb'(?:(?: (?:s|t|cm|vm|ph)="[A-Za-z0-9]*")*(?: ?/>|>(?:%s)?(?:%s)?</c>)\0)*+' % (FORMULA, VALUE))
ROW = re.compile(rb"%s(?:(>)| ?/>|></row>)" % ATTRIBUTES)
LOCAL, LENGTHS, PLAIN, SIZES, DIRECTORY_AT = map(struct.Struct, ("<5H3L2H", "<3H", "<2H", "<3L", "<L"))
VALUED = re.compile(rb"<v|<is")
BEGIN, END, NEXT, CLOSE = b"<sheetData>", b"</sheetData>", b"<row ", b"</row>"
FIRST = [np.uint64((1 << 8 * count) - 1) for count in range(9)]
"""Masks of the first bytes of eight."""
CELL_BEGUN, ROW_BEGUN, CLOSED = (np.uint64(int.from_bytes(part, "little")) for part in (b'<c r="', b'<row r="', CLOSE))


class Irregular(Exception):
    """A sheet is not written plainly, or says something new too often."""


@dataclass(frozen=True)
class Places:
    """The cells of one sheet in reading order: row, column (0-based), and which of the distinct cells.

    `mark` is the text at the top and at the end of the condensed sheet.
    """

    mark: str
    rows: np.ndarray
    columns: np.ndarray
    which: np.ndarray
    cells: Sequence[bytes]

    def only(self, where: np.ndarray) -> Places:
        """The places where a mask is true."""
        return replace(self, rows=self.rows[where], columns=self.columns[where], which=self.which[where])


@dataclass(frozen=True)
class Whole:
    """A sheet as calamine would have read it uncondensed: `start` is the first filled row and column."""

    start: tuple[int, int]
    height: int
    width: int
    places: Places
    values: Sequence[Any]

    def columns(self) -> list[tuple[list[Any], Any]]:
        """What `distinct.columns` makes of its rows."""
        places = self.places
        order = np.argsort(places.columns, kind="stable")
        ends = np.searchsorted(places.columns[order], np.arange(self.start[1], self.start[1] + self.width + 1))
        first, recoded = np.empty(len(self.values), np.int32), np.empty(len(self.values), np.int32)
        found = []
        for begin, end in pairwise(ends):
            here = order[begin:end]
            which, turns = places.which[here], np.arange(end - begin, dtype=np.int32)
            first[which[::-1]] = turns[::-1]  # of cells that are the same the last one written stays
            new = which[first[which] == turns]
            codes = Codes(meant)
            recoded[new] = np.fromiter(codes.of([self.values[cell] for cell in new.tolist()]), np.int32, len(new))
            read = np.zeros(self.height, np.int32)
            read[places.rows[here] - self.start[0]] = recoded[which]
            found.append((codes.distinct, read))
        return found


def condensed(data: bytes) -> tuple[io.BytesIO, list[Places]]:
    """The workbook with its large sheets condensed, and the places of their cells; Irregular if one cannot be, or none is large."""
    sheets, found = {}, []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        large = [entry for entry in entries if limits.is_large(entry)]
        sure(large and len(set(archive.namelist())) == len(entries))
        for entry in large:
            with archive.open(entry) as source:
                sheets[entry.filename], places = of_sheet(source)
            found.append(places)
        return io.BytesIO(replaced(data, archive.start_dir, entries, sheets)), found


def replaced(data: bytes, begin: int, entries: Sequence[zipfile.ZipInfo], parts: Mapping[str, bytes]) -> bytes:
    """A zip whose directory, which begins at `begin`, leads to other contents for some parts; every other byte of it stays."""
    directory, added, at, end = bytearray(data[begin:]), [], 0, begin
    sure(directory[-22:-18] == b"PK\x05\x06" and DIRECTORY_AT.unpack_from(directory, len(directory) - 6) == (begin,))
    for entry in entries:
        sure(directory[at : at + 4] == b"PK\x01\x02")
        content = parts.get(entry.filename)
        if content is not None:
            sizes = zlib.crc32(content), len(content), len(content)
            name = entry.filename.encode("ascii")
            PLAIN.pack_into(directory, at + 8, 0, 0)
            SIZES.pack_into(directory, at + 16, *sizes)
            DIRECTORY_AT.pack_into(directory, at + 42, end)
            added += [b"PK\x03\x04" + LOCAL.pack(20, 0, 0, 0, 0, *sizes, len(name), 0), name, content]
            end += 30 + len(name) + len(content)
        at += 46 + sum(LENGTHS.unpack_from(directory, at + 28))
    DIRECTORY_AT.pack_into(directory, len(directory) - 6, end)
    return b"".join([memoryview(data)[:begin], *added, directory])


def whole(sheet: Any, found: Sequence[Places]) -> Whole | None:
    """The sheet that calamine has read, with every cell in its place again; None if it is not a condensed one."""
    top = next(iter(sheet.iter_rows()), [None])[0] if sheet.width == WIDTH else None
    places = next((places for places in found if places.mark == top), None)
    if places is None:
        return None
    cells = list(chain.from_iterable(sheet.iter_rows()))
    values = cells[WIDTH : WIDTH + len(places.cells)]
    if sheet.start != (0, 0) or len(cells) != WIDTH * (height_of(len(values)) + 2) or cells[-WIDTH] != places.mark:
        raise Irregular
    blank = np.fromiter((type(value) is str and not value for value in values), bool, len(values))
    filled = ~blank[places.which]
    silent = np.array([at for at in np.nonzero(blank)[0].tolist() if not VALUED.search(places.cells[at])], np.int64)
    box = box_of(places, filled)
    if box != box_of(places, np.isin(places.which, silent, invert=True)):  # calamine takes some blank cells for filled ones
        raise Irregular
    (top, bottom), (left, right) = box
    kept = places if filled.all() else places.only(filled)
    return Whole((top, left), bottom - top + 1, right - left + 1, kept, values)


def box_of(places: Places, filled: np.ndarray) -> tuple[tuple[int, int], tuple[int, int]]:
    """(first, last) row and (first, last) column of the cells where a mask is true."""
    if not filled.any():
        raise Irregular
    rows, columns = places.rows[filled], places.columns[filled]
    return (int(rows[0]), int(rows[-1])), (int(columns.min()), int(columns.max()))


def height_of(count: int) -> int:
    """Rows that so many distinct cells take."""
    return -(-count // WIDTH)


def of_sheet(source: BinaryIO) -> tuple[bytes, Places]:
    """One sheet condensed, and the places of its cells."""
    known: dict[bytes, int] = {}
    found: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    head, begun, rest = source.read(CHUNK).partition(BEGIN)
    if not HEAD.fullmatch(head + begun):
        raise Irregular
    row, cells, more, ended = 0, 0, b"", b""
    while not ended:
        block, ended, tail = rest.partition(END)
        if not ended:
            more = source.read(CHUNK)
            cut = max(rest.rfind(NEXT), 0)
            block, rest = rest[:cut], rest[cut:] + more
            if not more or len(rest) > 2 * CHUNK:
                raise Irregular
        if block:
            found.append(of_block(block, row, known))
            row, cells = int(found[-1][0][-1]) + 1, cells + len(found[-1][0])
            if len(known) > VARIED * cells:
                raise Irregular
    if not cells:
        raise Irregular
    mark = secrets.token_hex()
    rows, columns, which = map(np.concatenate, zip(*found, strict=True))
    distinct = list(known)
    known.clear()
    found.clear()
    sheet = head + begun + written(distinct, mark.encode()) + END + tail + source.read()
    return sheet, Places(mark, rows, columns, which, distinct)


def written(cells: Sequence[bytes], mark: bytes) -> bytes:
    """Rows of WIDTH cells, between a row and a last cell that hold the mark."""
    marked = b'<c t="inlineStr"><is><t>' + mark + b"</t></is></c>"
    lines = [b"<c" + b"<c".join(cells[at : at + WIDTH]) for at in range(0, len(cells), WIDTH)]
    return b"<row>" + b"</row><row>".join([marked * WIDTH, *lines, marked]) + b"</row>"


def of_block(block: bytes, above: int, known: dict[bytes, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, column and number of each cell of a block of whole rows that come after the row `above` (from 1; 0 is none).

    `known` gives the number of each distinct cell, from the quote after its address on; new ones are added.
    """
    length, padded = len(block), block + bytes(16)
    signs = np.frombuffer(padded, np.uint8)
    eight = np.ndarray((length + 8,), "<u8", padded, strides=(1,))
    tags = np.concatenate([at + tags_of(signs[at : min(at + SLICE, length) + 2]) for at in range(0, length, SLICE)])
    heads, ends = eight[tags], np.append(tags[1:], length)
    is_row, is_cell = heads == ROW_BEGUN, heads & FIRST[6] == CELL_BEGUN
    sure(len(tags) and tags[0] == 0 and is_row[0] and (is_row | is_cell).all() and is_cell.any())

    places = tags[is_row] + 8
    digits = signs[places[:, None] + np.arange(8)] - np.uint8(ord("0"))
    long = np.argmax(digits > 9, axis=1)
    sure((long > 0).all() and (digits[:, 0] > 0).all() and (signs[places + long] == ord('"')).all())
    numbers = np.zeros(len(places), np.int64)
    for place in range(int(long.max())):
        numbers = np.where(place < long, numbers * 10 + digits[:, place], numbers)
    sure(numbers[0] > above and (np.diff(numbers) > 0).all() and numbers[-1] <= MOST_ROWS)
    tails = [block[start:end] for start, end in zip((places + long + 1).tolist(), ends[is_row].tolist(), strict=True)]
    matches = {tail: ROW.fullmatch(tail) for tail in set(tails)}
    sure(all(matches.values()))
    opened = np.fromiter((matches[tail][1] is not None for tail in tails), bool, len(tails))
    sure((np.append(is_cell[1:], False)[is_row] == opened).all())

    of_row = np.cumsum(is_row)[is_cell] - 1
    at = tags[is_cell] + 6
    letters = signs[at[:, None] + np.arange(3)] - np.uint8(ord("A"))
    second = letters[:, 1] < 26
    third = second & (letters[:, 2] < 26)
    columns = letters[:, 0].astype(np.int32)
    columns = np.where(second, columns * 26 + 26 + letters[:, 1], columns)
    columns = np.where(third, columns * 26 + 26 + letters[:, 2], columns)
    sure((letters[:, 0] < 26).all() and (columns < MOST_COLUMNS).all() and (np.diff(of_row * MOST_COLUMNS + columns) > 0).all())
    at += 1 + second + third
    long = long[of_row]
    sure(not ((eight[at] ^ eight[places[of_row]]) & np.array(FIRST)[long + 1]).any())
    at += long + 1
    ends, last = ends[is_cell], np.append(is_row[1:], True)[is_cell]
    sure((eight[ends[last] - 6] & FIRST[6] == CLOSED).all())
    ends -= 6 * last
    sure((at < ends).all())
    cells, codes = parts_of(padded, at, ends)
    new = [cell for cell in cells if cell not in known]
    listed = b"\0".join([*new, b""])
    sure(listed.count(b"\0") == len(new) and CELLS.fullmatch(listed))
    known.update(zip(new, range(len(known), len(known) + len(new)), strict=True))
    which = np.fromiter(map(known.__getitem__, cells), np.int32, len(cells))[codes]
    return (numbers[of_row] - 1).astype(np.int32), columns.astype(np.int16), which


def tags_of(signs: np.ndarray) -> np.ndarray:
    """Where “<c ” and “<ro” begin."""
    one, two, three = signs[:-2], signs[1:-1], signs[2:]
    return np.flatnonzero((one == ord("<")) & ((two == ord("c")) & (three == ord(" ")) | (two == ord("r")) & (three == ord("o"))))


def parts_of(content: bytes, starts: np.ndarray, ends: np.ndarray) -> tuple[list[bytes], np.ndarray]:
    """The distinct parts of some bytes, which do not overlap, and the code of each."""
    bounds = pa.py_buffer(np.stack([starts, ends], axis=1).astype(np.int32))
    parts = pa.BinaryArray.from_buffers(pa.binary(), 2 * len(starts) - 1, [None, bounds, pa.py_buffer(content)], null_count=0)
    every_other = pa.py_buffer(np.arange(0, 2 * len(starts), 2))  # buffers, because pa.array and to_numpy import pandas
    found = parts.take(pa.Array.from_buffers(pa.int64(), len(starts), [None, every_other])).dictionary_encode()
    return found.dictionary.to_pylist(), np.frombuffer(found.indices.buffers()[1], np.int32, len(found))


def sure(true: Any) -> None:
    """Irregular if what must be so is not."""
    if not true:
        raise Irregular
