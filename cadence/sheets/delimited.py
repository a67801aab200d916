"""Delimited text: bytes in, a grid of text cells out. Encodings by a fixed chain, because guessing misreads short GBK files."""

from __future__ import annotations

import codecs
import csv
import io
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv

from cadence.sheets import limits
from cadence.sheets.distinct import Codes, meant
from cadence.sheets.grid import Grid

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = ",\t;，"
QUOTED = r'(?:^|(?<=[{sign}\r\n]))"[^"\r\n]*(?:""[^"\r\n]*)*"(?=[{sign}\r\n]|$)'
BLOCK = 1 << 20

pa.set_memory_pool(pa.system_memory_pool())
"""For the whole process: Arrow's own pool would keep some 50 MB of a large import that DuckDB needs when it commits."""


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """(text, encoding): the one asked for, else BOM → NUL bytes mean UTF-16 → strict UTF-8 → GB18030; ValueError if none fits."""
    if encoding:
        return data.decode(encoding, errors="replace"), encoding
    for mark, name in BOMS:
        if data.startswith(mark):
            return data[: len(data) - (len(data) - len(mark)) % 2 if name == "utf-16" else None].decode(name, errors="ignore"), name
    if b"\x00" in data[:4000]:
        name = "utf-16-le" if data[1:4000:2].count(0) > data[:4000:2].count(0) else "utf-16-be"
        return data[: len(data) // 2 * 2].decode(name), name
    try:
        return decode_start(data, "utf-8"), "utf-8"
    except UnicodeDecodeError:
        return decode_start(data, "gb18030"), "gb18030"


def decode_start(data: bytes, encoding: str) -> str:
    """Strictly decoded, except that a character cut off at the very end is left out."""
    return codecs.getincrementaldecoder(encoding)("strict").decode(data, final=False)


def read(text: str, rows_read: Callable[[int], None] = lambda rows: None) -> Grid:
    """The cells of a text, split at the delimiter that fits best; `rows_read` is told now and then how many rows are read."""
    sign, text = delimiter(text), text.replace("\x00", "")
    if is_plain(text, sign):
        try:
            return read_blocks(text, sign, rows_read)
        except (pa.ArrowInvalid, UnicodeEncodeError):  # rows of different widths, a row longer than a block
            pass
    return Grid.of(read_rows(text, sign), rows_read)


def read_rows(text: str, sign: str) -> Iterator[list[str]]:
    """Rows of cells, whatever the text is like. Raises TooMuch beyond the limits."""
    csv.field_size_limit(limits.MAX_TEXT)
    length = widest = 0

    def physical() -> Iterator[str]:
        nonlocal length
        for line in io.StringIO(text, newline=""):
            length += len(line)
            if length > limits.MAX_LINE:
                raise limits.TooMuch("line")
            yield line

    try:
        for row, line in enumerate(csv.reader(physical(), delimiter=sign), 1):
            length, widest = 0, max(widest, len(line))
            limits.check_row(row, widest)
            yield line
    except csv.Error:
        raise limits.TooMuch("text") from None


def is_plain(text: str, sign: str) -> bool:
    """Whether Arrow reads the text as Python's csv does: cells are quoted as a whole or not at all, none goes over lines.

    Arrow can lose the line end of a quoted cell where a block ends.
    """
    if not sign.isascii() or text.startswith("\ufeff"):
        return False
    return '"' not in text or '"' not in re.sub(QUOTED.format(sign=sign), "", text)


def read_blocks(text: str, sign: str, rows_read: Callable[[int], None]) -> Grid:
    """Rows of one width, a block at a time: the distinct cells of a block are found by Arrow, those of the text by their codes.

    Raises pa.ArrowInvalid for rows of several widths or longer than a block, TooMuch beyond the limits.
    """
    first = text[:BLOCK].partition("\n")[0]
    if len(first) > limits.MAX_TEXT:
        raise pa.ArrowInvalid("the first line is too long")
    names = [str(place) for place in range(len(next(read_rows(first, sign), [])))]
    if not names:
        raise pa.ArrowInvalid("the first line is empty")
    blocks = pyarrow.csv.open_csv(
        pa.BufferReader(text.encode()),
        pyarrow.csv.ReadOptions(block_size=BLOCK, column_names=names),
        pyarrow.csv.ParseOptions(delimiter=sign, ignore_empty_lines=False),
        pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string()))),
    )
    found = [(Codes(meant), array("i")) for _ in names]
    for block in blocks:
        for (codes, read), cells in zip(found, block.columns, strict=True):
            texts = cells.dictionary.to_pylist()
            limits.check_texts(texts)
            here = np.fromiter(codes.of(texts), np.int32, len(texts))
            read.frombytes(here[cells.indices.to_numpy()].tobytes())
        limits.check_row(len(found[0][1]), len(names))
        rows_read(len(found[0][1]))
    return Grid.decoded([(codes.distinct, read) for codes, read in found])


def delimiter(text: str) -> str:
    """The sign that splits the first lines into the most columns that agree with one another."""
    sample = io.StringIO(text[:20_000].replace("\x00", ""), newline="")
    lines = [line for _, line in zip(range(60), sample, strict=False) if line.strip()]

    def fit(sign: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        return (count / max(1, len(lines)) if width > 1 else 0.0, width)

    return max(DELIMITERS, key=fit)
