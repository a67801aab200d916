"""A small office whose ledgers are written straight into the raw tables: rows in, rebuilt facts and marts out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cadence import engine
from cadence.sheets.contracts import contracts
from cadence.store import Store

Row = dict[str, Any]


class Office:
    """Batches of raw rows, and what the facts and marts make of them."""

    def __init__(self) -> None:
        self.store = Store(":memory:")
        self._batches = 0
        self._stale = True

    def batch(self, coverage: Iterable[Row] = (), columns: Iterable[Row] = (), **kinds: Iterable[Row]) -> int:
        """Hand in one batch of sheets, rows by kind. A row's own key makes it supersede earlier rows with that key."""
        self._batches += 1
        batch, self._stale = self._batches, True
        with self.store.writing() as cursor:
            self._insert(cursor, "batches", {"batch": batch, "imported_at": f"2024-01-01 00:00:{batch:02d}", "imported_by": "test"})
            self._insert(cursor, "files", {"file": batch, "batch": batch, "name": f"{batch}.xlsx"})
            for kind, rows in kinds.items():
                for number, row in enumerate(rows, start=1):
                    record = f"{batch:03d}.{list(contracts()).index(kind)}.{number:04d}"
                    place = {"batch": batch, "file": batch, "sheet": "Sheet1", "sheet_row": number, "record": record, "key": record}
                    self._insert(cursor, kind, place | DEFAULTS.get(kind, {}) | row)
            for table, rows in {"coverage": coverage, "columns": columns}.items():
                for row in rows:
                    self._insert(cursor, table, {"batch": batch} | row)
        return batch

    def undo(self, batch: int) -> None:
        """Take a batch back."""
        self._stale = True
        with self.store.writing() as cursor:
            cursor.execute(
                "update raw.batches set undone_at = timestamp '2024-12-31 12:00:00' where batch = $batch", {"batch": batch}
            )

    def rows(self, sql: str) -> list[tuple]:
        """What a SELECT finds, after a rebuild where something was handed in or taken back."""
        if self._stale:
            with self.store.writing() as cursor:
                engine.build(cursor)
            self._stale = False
        with self.store.cursor() as cursor:
            return cursor.execute(sql).fetchall()

    def column(self, sql: str) -> list[Any]:
        """The only column of a SELECT."""
        return [value for (value,) in self.rows(sql)]

    @staticmethod
    def _insert(cursor: Any, table: str, row: Row) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        cursor.execute(f"insert into raw.{table} ({names}) values ({', '.join('?' * len(row))})", list(row.values()))


DEFAULTS: dict[str, Row] = {
    "activities": {"unit": "甲", "type": "theme_day", "held_on": "2024-03-05"},
    "plans": {"unit": "甲", "type": "theme_day", "planned_on": "2024-03-05"},
    "tasks": {"unit": "甲", "quarter": "2024-01-01"},
    "evaluations": {"unit": "甲", "quarter": "2024-01-01", "criterion": "党建工作"},
    "adjustments": {"unit": "甲", "direction": "reward"},
    "calendar": {"starts_on": "2024-06-03", "event": "inspection"},
    "units": {"quarter": "2024-01-01"},
}


def months(unit: str, first: str, last: str, is_partly: bool = False) -> list[Row]:
    """Coverage of a unit from one month (2024-01) to another."""
    (year, month), (last_year, last_month) = ([int(part) for part in text.split("-")] for text in (first, last))
    numbers = range(12 * year + month - 1, 12 * last_year + last_month)
    return [{"unit": unit, "month": f"{number // 12}-{number % 12 + 1:02d}-01", "is_partly": is_partly} for number in numbers]
