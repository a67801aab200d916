"""A reader's named views: a page and its choices in, kept under a name until removed; nothing is ever deleted.

Each view belongs to who saved it. Until there is a sign-in that is the account the server runs under.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

from cadence import queries
from cadence.batches.commit import somebody
from cadence.sheets import personal
from cadence.store import Store
from cadence.words import Message, say

LONGEST = 40
MOST = 30
"""Views that one reader keeps."""


class ViewError(ValueError):
    """A view cannot be saved like that; `message` says what is there and what is expected."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message


def save(store: Store, name: str, page: str, query: str, by: str | None = None) -> int:
    """Keep a page and the query string of its choices under a name, in the place of one so named; its number. Raises ViewError."""
    name, by = " ".join(name.split()), by or somebody()
    if not 0 < len(name) <= LONGEST:
        raise ViewError(Message("名称有 {n} 个字；应为 1 至 {most} 个字", {"n": len(name), "most": LONGEST}))
    if found := personal.kinds_in(name):
        raise ViewError(Message("名称里像是有{kinds}；请换一个名称", {"kinds": say("、").join(str(kind) for kind in found)}))
    there = listed(store, by)
    if len(there) >= MOST and name not in set(there["name"]):
        raise ViewError(Message("已有 {n} 个常用视图；请先移除不用的", {"n": len(there)}))
    with store.writing() as cursor:
        cursor.execute(
            """
            update raw.views set removed_by = $by, removed_at = $now
            where saved_by = $by and name = $name and removed_at is null
            """,
            {"by": by, "name": name, "now": _now()},
        )
        return cursor.execute(
            """
            insert into raw.views by name
            select nextval('raw.view_numbers') as "view", $name as name, $by as saved_by, $page as page, $query as query,
                $now as saved_at
            returning "view"
            """,
            {"name": name, "by": by, "page": page, "query": query, "now": _now()},
        ).fetchall()[0][0]


def remove(store: Store, view: int, by: str | None = None) -> None:
    """Take one of the reader's own views off the list; the row stays, with who and when."""
    with store.writing() as cursor:
        cursor.execute(
            """
            update raw.views set removed_by = $by, removed_at = $now
            where "view" = $view and saved_by = $by and removed_at is null
            """,
            {"view": view, "by": by or somebody(), "now": _now()},
        )


def listed(store: Store, by: str | None = None) -> pd.DataFrame:
    """view, name, page, query of the reader's own views, in the order in which they were saved."""
    return queries.run(
        store,
        'select "view", name, page, query from raw.views where saved_by = $by and removed_at is null order by "view"',
        {"by": by or somebody()},
    )


def _now() -> dt.datetime:
    return dt.datetime.now().replace(microsecond=0)
