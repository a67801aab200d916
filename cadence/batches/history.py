"""What was imported, by whom and when; batches taken back and brought back."""

from __future__ import annotations

import pandas as pd

from cadence import engine, queries
from cadence.batches.commit import now, somebody
from cadence.store import Store
from cadence.words import Message


class BatchError(ValueError):
    """A batch cannot be taken back, brought back or looked at; `message` says why in the reader's language."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message


def undo(store: Store, batch: int, profile: str = "national", by: str | None = None) -> None:
    """Take a batch back: its rows no longer count, what stood before counts again. Raises BatchError."""
    with store.writing() as cursor:
        when = undone_at(cursor, batch)
        if when is not None:
            raise BatchError(Message("第{batch}批已在 {when} 撤销", {"batch": batch, "when": when}))
        moment = now()
        cursor.execute("update raw.batches set undone_at = $now where batch = $batch", {"now": moment, "batch": batch})
        cursor.execute(
            "insert into raw.undoings values ($batch, $now, $by, null, null)",
            {"batch": batch, "now": moment, "by": by or somebody()},
        )
        engine.build(cursor, profile)


def redo(store: Store, batch: int, profile: str = "national", by: str | None = None) -> None:
    """Bring an undone batch back: its rows count again as if it had never been taken back. Raises BatchError."""
    with store.writing() as cursor:
        if undone_at(cursor, batch) is None:
            raise BatchError(Message("第{batch}批没有撤销过，无需恢复", {"batch": batch}))
        cursor.execute("update raw.batches set undone_at = null where batch = $batch", {"batch": batch})
        cursor.execute(
            "update raw.undoings set redone_at = $now, redone_by = $by where batch = $batch and redone_at is null",
            {"batch": batch, "now": now(), "by": by or somebody()},
        )
        engine.build(cursor, profile)


def undone_at(cursor, batch: int):
    """When a batch was taken back, None where it stands. Raises BatchError where there is none of that number."""
    found = cursor.execute("select undone_at from raw.batches where batch = $batch", {"batch": batch}).fetchall()
    if not found:
        raise BatchError(Message("第{batch}批不存在", {"batch": batch}))
    return found[0][0]


def history(store: Store) -> pd.DataFrame:
    """One row per batch, newest first: number, when, who, files, sha256 of each, counts, undone_at, is_sample."""
    return queries.run(
        store,
        """
        select batches.batch, imported_at, imported_by, string_agg(files.name, '、' order by files.file) as files,
            string_agg(files.sha256, ' ' order by files.file) as sha256,
            fresh, changed, same, coalesce(conflicting, 0) as conflicting, coalesce(missing, 0) as missing, refused,
            undone_at, is_sample
        from raw.batches as batches
        left join raw.files as files on files.batch = batches.batch
        group by all
        order by batches.batch desc
        """,
        {},
    )


def problems(store: Store, batch: int) -> pd.DataFrame:
    """The problems kept with a batch, as they were reported: file, sheet, row, column, value, severity, text, values."""
    return queries.run(
        store,
        """
        select files.name as file, problems.* exclude (batch, file)
        from raw.problems as problems
        join raw.files as files on files.file = problems.file
        where problems.batch = $batch
        order by problems.file, sheet, sheet_row
        """,
        {"batch": batch},
    )


def undoings(store: Store) -> pd.DataFrame:
    """One row each time that a batch was taken back: batch, undone_at, undone_by, redone_at, redone_by."""
    return queries.run(store, "select * from raw.undoings order by undone_at desc, batch desc", {})
