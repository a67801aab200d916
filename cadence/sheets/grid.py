"""A sheet's cells, kept column by column with each distinct cell once; seen from outside, a sequence of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from cadence.sheets import distinct
from cadence.sheets.distinct import Codes


class Cells(Sequence):
    """A column: cell i is `distinct[codes[i]]`, `distinct[0]` the empty cell; `codes` are int32. Never changed in place."""

    __slots__ = ("codes", "distinct")

    def __init__(self, distinct: list[Any], codes: np.ndarray) -> None:
        self.distinct, self.codes = distinct, codes

    @classmethod
    def of(cls, cells: Iterable[Any]) -> Cells:
        """Any cells as a column; None is the empty one."""
        if isinstance(cells, cls):
            return cells
        codes = Codes()
        return cls(codes.distinct, np.fromiter(codes.of(list(cells)), np.int32))

    @classmethod
    def constant(cls, value: Any, count: int) -> Cells:
        """The same value `count` times."""
        return cls([None, value], np.full(count, 0 if value is None else 1, np.int32))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self.distinct[code] for code in self.codes[place].tolist()]
        return self.distinct[self.codes[place]]

    def __iter__(self) -> Iterator[Any]:
        return map(self.distinct.__getitem__, self.codes.tolist())

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, (Cells, list)) else NotImplemented

    def __repr__(self) -> str:
        return repr(list(self))

    __hash__ = None

    def take(self, places: np.ndarray) -> Cells:
        """The cells at these places (or where a mask is true); `distinct` keeps only what still occurs."""
        codes = self.codes[places]
        if len(codes) < len(self.distinct):
            used, recoded = np.unique(np.append(np.int32(0), codes), return_inverse=True)
            return Cells([self.distinct[code] for code in used.tolist()], recoded[1:].astype(np.int32))
        used = np.bincount(codes, minlength=len(self.distinct)) > 0
        used[0] = True
        if used.all():
            return Cells(self.distinct, codes)
        recoded = (np.cumsum(used) - 1).astype(np.int32)
        return Cells([cell for cell, occurs in zip(self.distinct, used.tolist(), strict=True) if occurs], recoded[codes])

    @classmethod
    def joined(cls, columns: Sequence[Cells]) -> Cells:
        """Columns one below the other."""
        if len(columns) == 1:
            return columns[0]
        codes = Codes()
        recoded = [np.fromiter(codes.of(column.distinct), np.int32)[column.codes] for column in columns]
        return cls(codes.distinct, np.concatenate(recoded))

    def instead(self, where: np.ndarray, other: Cells) -> Cells:
        """The column with the cells of another, equally long one where a mask is true."""
        if not where.any():
            return self
        return Cells.joined([self, other]).take(np.arange(len(self)) + np.where(where, len(self), 0))

    def map(self, value: Callable[[Any], Any]) -> Cells:
        """The column with each distinct cell replaced; equal results become one, None becomes the empty cell."""
        codes = Codes()
        recoded = np.fromiter(codes.of([value(cell) for cell in self.distinct]), np.int32)
        return Cells(codes.distinct, recoded[self.codes])

    def where(self, true: Callable[[Any], bool]) -> np.ndarray:
        """Mask of the cells, empty ones included, for which a test of the distinct cell is true."""
        return np.fromiter((bool(true(cell)) for cell in self.distinct), bool, len(self.distinct))[self.codes]

    @property
    def filled(self) -> np.ndarray:
        """Mask of the cells that are not empty."""
        return self.codes != 0

    def counts(self) -> dict[Any, int]:
        """Distinct filled cell → how often, in the order in which they turn up."""
        counts = np.bincount(self.codes, minlength=len(self.distinct))
        first = np.zeros(len(counts), np.int64)
        first[self.codes[::-1]] = np.arange(len(self.codes))[::-1]  # of places with the same code the last one written stays
        found = np.nonzero(counts)[0]
        return {self.distinct[code]: int(counts[code]) for code in found[np.argsort(first[found])].tolist() if code}


class Grid(Sequence):
    """Rows of cells over columns of equal length."""

    __slots__ = ("columns", "height")

    def __init__(self, columns: list[Cells], height: int) -> None:
        self.columns, self.height = columns, height

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]], chunk_read: Callable[[int], None] = lambda rows: None) -> Grid:
        """Rows as a grid; shorter ones are filled up with None, blank cells become None."""
        if isinstance(rows, cls):
            return rows
        return cls.decoded(distinct.columns(rows, chunk_read))

    @classmethod
    def decoded(cls, columns: Sequence[tuple[list[Any], Any]]) -> Grid:
        """A grid from what `distinct.columns` gives: distinct cells, and codes as a buffer of 32-bit integers."""
        cells = [Cells(values, np.frombuffer(codes, np.int32)) for values, codes in columns]
        return cls(cells, len(cells[0]) if cells else 0)

    def __len__(self) -> int:
        return self.height

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [list(row) for row in zip(*(column[place] for column in self.columns), strict=True)]
        if not -self.height <= place < self.height:
            raise IndexError(place)
        return [column[place] for column in self.columns]

    def __iter__(self) -> Iterator[list[Any]]:
        return map(list, zip(*self.columns, strict=True))

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, (Grid, list)) else NotImplemented

    __hash__ = None

    def __repr__(self) -> str:
        return repr(list(self))

    def begun(self, true: Callable[[Any], bool]) -> np.ndarray:
        """Mask of the rows for whose first filled cell a test is true; each distinct one is tested once."""
        found, before = np.zeros(self.height, bool), np.zeros(self.height, bool)
        for column in self.columns:
            first = column.filled & ~before
            codes = set(column.codes[first].tolist())
            passed = [code in codes and bool(true(cell)) for code, cell in enumerate(column.distinct)]
            found |= first & np.array(passed)[column.codes]
            before |= first
            if before.all():
                break
        return found

    @property
    def size(self) -> int:
        """How many cells there are, empty ones too."""
        return self.height * len(self.columns)

    @property
    def filled(self) -> np.ndarray:
        """For each row, how many cells are not empty."""
        return np.sum([column.filled for column in self.columns], axis=0, dtype=np.int32) if self.columns else np.zeros(0, np.int32)
