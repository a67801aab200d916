"""Delimited text: Arrow reads what it reads as Python's csv does, and everything else is left to Python."""

import random

import pyarrow as pa
import pytest

from cadence.sheets import delimited
from cadence.sheets.grid import Grid
from tests.sheets.books import text

PLAIN = ["甲支部", "党课", "2024-01-01", "", " ", "\u200b", "\ufeff", "01", "1.0", "NA", "null", "\\", "\x0b", "\u2028", "😀"]
ODD = ['"', '""', 'a"b', '"a"b', '"a,b"', '"a\nb"', '"a\r\nb"', '"a""b"', '""""', ' "a"', "\r", "\x00"]


def by_python(written):
    """The cells as Python's csv splits them."""
    return Grid.of(delimited.read_rows(written.replace("\x00", ""), delimited.delimiter(written)))


def kept(grid):
    """Distinct cells and codes of every column."""
    return [(column.distinct, column.codes.tolist()) for column in grid.columns]


def messy(chance):
    """A text of a few lines, whose cells, line ends, quotes and widths are as chance will have them."""
    odd, ragged, sign = chance.random() < 0.4, chance.random() < 0.2, chance.choice(",,\t;，")
    width, lines = chance.randrange(1, 5), []
    for _ in range(chance.randrange(12)):
        cells = [chance.choice(ODD if odd and chance.random() < 0.2 else PLAIN) for _ in range(width)]
        if not odd and chance.random() < 0.4:
            cells[0] = f'"{cells[0]}{chance.choice([sign, "", chr(34) * 2])}"'
        lines.append(sign.join(cells[chance.randrange(2) if ragged else 0 :]) + chance.choice(["\n", "\r\n", "\n", "\r"]))
    return "".join(lines)[: -chance.randrange(1, 3)]


def test_messy_texts_are_read_as_python_reads_them(monkeypatch):
    """Blocks of a few cells, so that every row meets the end of one; both ways are taken."""
    ways = []
    blocks = delimited.read_blocks
    monkeypatch.setattr(delimited, "read_blocks", lambda *args: ways.append(args) or blocks(*args))
    for seed in range(3000):
        written = messy(random.Random(seed))
        monkeypatch.setattr(delimited, "BLOCK", 64 + seed % 100)
        assert kept(delimited.read(written)) == kept(by_python(written)), repr(written)
    assert 500 < len(ways) < 3000


def test_a_ledger_is_read_by_blocks(monkeypatch):
    """A regular text does not go the slow way, and tells how far it is."""
    monkeypatch.setattr(delimited, "BLOCK", 4096)
    monkeypatch.setattr(delimited, "read_rows", lambda text, sign, read=delimited.read_rows: read(text[:4096], sign))
    rows = [["单位", "主题"], *(["甲支部", f"学习,研讨“{number}”"] for number in range(2000))]
    told = []
    grid = delimited.read(text(rows).decode("utf-8-sig"), told.append)
    assert list(grid) == rows
    assert told == sorted(told) and len(told) > 5 and told[-1] == 2001


def test_rows_of_several_widths_are_left_to_python():
    """A short row is filled up."""
    written = "单位,主题\n甲,a\n乙\n"
    with pytest.raises(pa.ArrowInvalid):
        delimited.read_blocks(written, ",", lambda rows: None)
    assert list(delimited.read(written)) == [["单位", "主题"], ["甲", "a"], ["乙", None]]


def test_an_empty_line_stays_a_row():
    """Rows keep the numbers that they have in the file."""
    assert list(delimited.read("单位,主题\n\n甲,a\n")) == [["单位", "主题"], [None, None], ["甲", "a"]]


@pytest.mark.parametrize("cell", ['"a\nb"', '"a"b', 'a"b', '"a'])
def test_odd_quotes_and_breaks_are_left_to_python(cell):
    """Arrow and Python differ about quotes in the middle of a cell, and Arrow about the end of a line inside one."""
    assert not delimited.is_plain(f"单位,主题\n甲,{cell}\n", ",")
    assert delimited.is_plain('单位,主题\n甲,"a,b"\n乙,"a""b"\n', ",")
