"""Rows of cells in; per column the distinct cells and a code for each row out. Plain Python, because it also runs in the child.

A ledger of 100,000 rows says few different things: each is kept once, and everything later reads it once.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import Any

CHUNK = 2_000
INVISIBLE = "\ufeff\u200b"


class Codes(dict):
    """Cell → code, in the order in which cells turn up; 0 is the empty cell, and whatever `meant` turns into None."""

    def __init__(self, meant: Callable[[Any], Any] = lambda cell: cell) -> None:
        super().__init__({None: 0})
        self.distinct: list[Any] = [None]
        self.meant = meant

    def __missing__(self, cell: Any) -> int:
        meant = self.meant(cell[1] if type(cell) is tuple else cell)
        code = 0 if meant is None else len(self.distinct)
        if code:
            self.distinct.append(meant)
        self[cell] = code
        return code

    def of(self, cells: Sequence[Any]) -> Iterator[int]:
        """The code of each cell. True and 1 are equal in Python and are kept apart here."""
        if bool in set(map(type, cells)):
            cells = [(bool, cell) if type(cell) is bool else cell for cell in cells]
        return map(self.__getitem__, cells)


def meant(cell: Any) -> Any:
    """The cell, or None if it is blank, an infinity or no number."""
    if type(cell) is str:
        return cell if cell.strip().strip(INVISIBLE) else None
    return None if type(cell) is float and cell - cell != 0 else cell


def columns(rows: Iterable[Sequence[Any]], chunk_read: Callable[[int], None] = lambda rows: None) -> list[tuple[list[Any], array]]:
    """(distinct cells, code of each row) for each column; short rows are filled with None.

    `chunk_read` is called now and then with the number of rows read so far; what it raises ends the reading.
    """
    found: list[tuple[Codes, array]] = []
    rows, done = iter(rows), 0
    while chunk := list(islice(rows, CHUNK)):
        for place, cells in enumerate(zip_longest(*chunk)):
            if place == len(found):
                found.append((Codes(meant), array("i", bytes(4 * done))))
            codes, read = found[place]
            read.fromlist(list(codes.of(cells)))
        done += len(chunk)
        for _, read in found:
            read.extend([0] * (done - len(read)))
        chunk_read(done)
    return [(codes.distinct, read) for codes, read in found]
