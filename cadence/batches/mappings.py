"""The memory of layouts: which column of a table with just these headers is which field, as somebody once corrected it."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pandas as pd

from cadence import queries
from cadence.sheets import Layout
from cadence.store import Store

KIND = ""
"""The header under which the kind of a layout is kept."""


def known(store: Store) -> dict[str, Layout]:
    """Signature → what is remembered of the layout."""
    with store.cursor() as cursor:
        rows = cursor.execute("select layout, header, field, kind, file from raw.layouts order by layout, header").fetchall()
    found: dict[str, Layout] = {}
    for layout, header, field, kind, file in rows:
        before = found.get(layout, Layout(kind, {}, file))
        found[layout] = before if header == KIND else Layout(kind, {**before.columns, header: field}, file)
    return found


def remember(cursor: duckdb.DuckDBPyConnection, layouts: Mapping[str, Layout], by: str) -> None:
    """Keep these layouts in place of what was remembered of them; one that says nothing is forgotten."""
    for signature, layout in layouts.items():
        cursor.execute("delete from raw.layouts where layout = $layout", {"layout": signature})
        headers = dict(layout.columns) | ({KIND: None} if layout.kind else {})
        for header, field in headers.items():
            cursor.execute(
                "insert into raw.layouts values ($layout, $header, $field, $kind, $file, current_localtimestamp(), $by)",
                {"layout": signature, "header": header, "field": field, "kind": layout.kind, "file": layout.file, "by": by},
            )


def forget(store: Store, signature: str) -> None:
    """Drop what is remembered of a layout."""
    with store.writing() as cursor:
        cursor.execute("delete from raw.layouts where layout = $layout", {"layout": signature})


def listed(store: Store) -> pd.DataFrame:
    """One row per remembered column: layout, header, field, kind, file, remembered_at, remembered_by."""
    return queries.run(store, "select * from raw.layouts order by remembered_at desc, layout, header", {})
