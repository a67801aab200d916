"""The invented sample office: put into a new database, and taken out of it without a trace."""

from __future__ import annotations

from pathlib import Path

from cadence import batches, engine, settings
from cadence.sheets.contracts import contracts
from cadence.store import Store


def has_sample(store: Store) -> bool:
    """Whether the invented sample office stands in the store."""
    with store.cursor() as cursor:
        return cursor.execute("select count(*) from raw.batches where is_sample and undone_at is null").fetchall()[0][0] > 0


def wants_sample(store: Store) -> bool:
    """Whether this database was never touched, or the sample's import was cut off."""
    with store.cursor() as cursor:
        state = cursor.execute("select value from raw.state where name = 'sample'").fetchall()
        own = cursor.execute("select count(*) from raw.batches where not is_sample").fetchall()[0][0]
    return own == 0 and state != [("done",)]


def import_sample(store: Store, folder: Path | None = None, profile: str = "national") -> int:
    """Import the sample office, a batch per folder; returns the number of batches. Cut off, it starts anew the next time."""
    clear_sample(store, profile)
    made = 0
    folder = folder or settings.load().data / "sample"
    for quarter in sorted(path for path in folder.iterdir() if path.is_dir()):
        readings = batches.read(store, [(path.name, path.read_bytes()) for path in sorted(quarter.iterdir())])
        with store.writing() as cursor:
            made += batches.insert(cursor, readings, "sample", is_sample=True).batch is not None
    with store.writing() as cursor:
        engine.build(cursor, profile)
        cursor.execute("insert or replace into raw.state values ('sample', 'done')")
    return made


def clear_sample(store: Store, profile: str = "national") -> None:
    """Delete every trace of the sample office; the office's own batches stay."""
    with store.writing() as cursor:
        for table in [*contracts(), "files", "columns", "coverage", "problems", "undoings"]:
            cursor.execute(f"delete from raw.{table} where batch in (select batch from raw.batches where is_sample)")
        cursor.execute("delete from raw.batches where is_sample")
        engine.build(cursor, profile)
