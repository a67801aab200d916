"""A batch number in; the store as it stood when that batch had just been imported, in memory, out."""

from __future__ import annotations

from cadence import engine
from cadence.batches.history import undone_at
from cadence.sheets.contracts import contracts
from cadence.store import Store

ROWS = ("files", "columns", "coverage", "problems")


def as_of(store: Store, batch: int, profile: str = "national") -> Store:
    """A copy in memory that holds the batches up to this one, taken back where they were at that time. Raises BatchError."""
    past = Store(":memory:")
    with store.cursor() as source, past.writing() as target:
        undone_at(source, batch)
        moment = source.execute("select imported_at from raw.batches where batch = $batch", {"batch": batch}).fetchall()[0][0]
        batches = source.sql(
            """
            select batches.* replace (
                (
                    select max(undoings.undone_at) from raw.undoings
                    where undoings.batch = batches.batch and undoings.undone_at <= $moment
                        and (undoings.redone_at is null or undoings.redone_at > $moment)
                ) as undone_at)
            from raw.batches
            where batch <= $batch
            """,
            params={"batch": batch, "moment": moment},
        )
        _copy(target, "batches", batches.to_arrow_table())
        for table in [*contracts(), *ROWS]:
            rows = source.sql(f"select * from raw.{table} where batch <= $batch", params={"batch": batch})
            _copy(target, table, rows.to_arrow_table())
        engine.build(target, profile)
    past.path = f"{store.path}#{batch}.{store.version}"
    return past


def _copy(target, table: str, rows) -> None:
    target.register("incoming", rows)
    target.execute(f"insert into raw.{table} by name select * from incoming")
    target.unregister("incoming")
