"""Spreadsheets in, readings out, against what the store knows: its units, its layouts, its secret for names."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence

from cadence.batches import mappings
from cadence.sheets import Context, FileReading, Layout, read_files
from cadence.store import Store


def context(
    store: Store,
    kind: str | None = None,
    answers: Mapping[str, str] | None = None,
    layouts: Mapping[str, Layout] | None = None,
    corrections: Mapping[tuple[str, str, str], str] | None = None,
) -> Context:
    """What the reader must know from outside the files; `layouts` of this import come before the remembered ones."""
    return Context(
        today=dt.date.today(),
        units=known_units(store),
        kind=kind,
        answers=answers or {},
        salt=salt(store),
        layouts={**mappings.known(store), **(layouts or {})},
        corrections=corrections or {},
    )


def read(
    store: Store, files: Sequence[tuple[str, bytes]], kind: str | None = None, answers: Mapping[str, str] | None = None
) -> list[FileReading]:
    """Read spreadsheets against the units the store knows; a register among the files is known to the others."""
    return read_files(files, context(store, kind, answers))


def known_units(store: Store) -> frozenset[str]:
    """Units of the register, those above them and those that ledgers added; empty where no register was imported yet."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            """
            with named as (
                select batch, unit, parent, true as is_registered from raw.units
                union all
                select distinct batch, unit, null, false from raw.activities
            )
            select named.unit, named.parent, named.is_registered
            from named
            join raw.batches as batches on batches.batch = named.batch
            where batches.undone_at is null and named.unit is not null
            """
        ).fetchall()
    if not any(registered for _, _, registered in rows):
        return frozenset()
    return frozenset(name for unit, parent, _ in rows for name in (unit, parent) if name)


def salt(store: Store) -> bytes:
    """The secret of this database with which names become tokens; made once."""
    with store.writing() as cursor:
        cursor.execute("insert or ignore into raw.state values ('salt', $salt)", {"salt": secrets.token_hex(16)})
        return bytes.fromhex(cursor.execute("select value from raw.state where name = 'salt'").fetchall()[0][0])
