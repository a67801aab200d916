"""Delimited text: bytes in, rows of text cells out. Encodings by a fixed chain, because guessing misreads short GBK files."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from cadence.sheets import limits

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = ",\t;，"


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


def read_rows(text: str) -> Iterator[list[str]]:
    """Rows of cells, split at the delimiter that fits best. Raises TooMuch beyond the limits."""
    csv.field_size_limit(limits.MAX_TEXT)
    length = widest = 0

    def physical() -> Iterator[str]:
        nonlocal length
        for line in io.StringIO(text.replace("\x00", ""), newline=""):
            length += len(line)
            if length > limits.MAX_LINE:
                raise limits.TooMuch("line")
            yield line

    try:
        for row, line in enumerate(csv.reader(physical(), delimiter=delimiter(text)), 1):
            length, widest = 0, max(widest, len(line))
            limits.check_row(row, widest)
            yield line
    except csv.Error:
        raise limits.TooMuch("text") from None


def delimiter(text: str) -> str:
    """The sign that splits the first lines into the most columns that agree with one another."""
    sample = io.StringIO(text[:20_000].replace("\x00", ""), newline="")
    lines = [line for _, line in zip(range(60), sample, strict=False) if line.strip()]

    def fit(sign: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if len(row) > 1)
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        return (count / max(1, len(lines)) if width > 1 else 0.0, width)

    return max(DELIMITERS, key=fit)
