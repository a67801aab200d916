"""The rows of a table as they were found: its columns in, the original texts of each row as JSON out, personal ones left out."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np

from cadence.sheets.grid import Cells
from cadence.sheets.personal import by_values
from cadence.sheets.tables import Table
from cadence.sheets.values import text_of

ENCODE = json.JSONEncoder(ensure_ascii=False).encode


class Sources(Sequence):
    """One JSON text {header: text} for each record, put together only when asked for.

    `parts` stand one below the other; each is a list of columns of fragments “"header": "text"”, empty where the cell was.
    """

    __slots__ = ("lengths", "parts")

    def __init__(self, parts: list[list[Cells]], lengths: list[int]) -> None:
        self.parts, self.lengths = parts, lengths

    def __len__(self) -> int:
        return sum(self.lengths)

    def __getitem__(self, record: Any) -> Any:
        if isinstance(record, slice):
            return list(self)[record]
        for pieces, length in zip(self.parts, self.lengths, strict=True):
            if record < length:
                return joined(piece[record] for piece in pieces)
            record -= length
        raise IndexError(record)

    def __iter__(self) -> Iterator[str]:
        for pieces, length in zip(self.parts, self.lengths, strict=True):
            yield from map(joined, zip(*pieces, strict=True)) if pieces else ["{}"] * length

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, (Sources, list)) else NotImplemented

    __hash__ = None

    def __repr__(self) -> str:
        return repr(list(self))


def joined(fragments: Any) -> str:
    """Fragments as one JSON object."""
    return "{" + ", ".join(filter(None, fragments)) + "}"


def of(table: Table, persons: Collection[int], dropped: Collection[str], places: np.ndarray) -> Sources:
    """The rows at these places; columns of persons (by index), dropped ones and nameless personal ones are left out."""
    pieces: dict[str, Cells] = {}
    for header, cells in zip(table.headers, table.columns, strict=True):
        if header.text in dropped or header.index in persons or (not header.text and by_values(cells)):
            continue
        name = header.text if header.text and header.text not in pieces else f"{header.text}[{header.letter}]"
        head = ENCODE(name)
        texts = [None, *(f"{head}: {ENCODE(text_in(cell))}" for cell in cells.distinct[1:])]
        pieces[name] = Cells(texts, cells.codes[places])
    return Sources([list(pieces.values())], [len(places)])


def text_in(cell: Any) -> str:
    """A cell as it was written."""
    return cell.strip() if type(cell) is str else text_of(cell)
