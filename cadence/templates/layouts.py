"""What stands in the store for a kind in; the rows of a quarter, and the columns of the sheet they came from, out."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any

from cadence.sheets.contracts import Contract
from cadence.sheets.headers import Header, letter
from cadence.sheets.matching import Column, map_columns
from cadence.sheets.reading import Context
from cadence.sheets.values import Setting
from cadence.store import Store

NAMELESS = re.compile(r"\[[A-Z]+\]$")


@dataclass(frozen=True)
class Layout:
    """A sheet that was read: its headers from left to right, field → header, and the rows of it that stand.

    In a summary sheet (`is_wide`) one field is spread over columns, so that a line of it is several rows. Without a sheet the
    columns are those of a blank template.
    """

    headers: Sequence[str]
    fields: Mapping[str, str]
    sheet: str = ""
    file: int | None = None
    file_name: str = ""
    rows: Sequence[Mapping[str, Any]] = field(default=())
    is_wide: bool = False

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Whether a row came from this sheet."""
        return self.file is not None and (row["file"], row["sheet"]) == (self.file, self.sheet)


def standing(store: Store, kind: str, column: str, start: date, until: date, newest: bool = False) -> list[dict[str, Any]]:
    """The rows that stand with a day in [start, until), in the order of their files; only the newest of them if so wished.

    A row without a day counts for the day on which it was imported.
    """
    with store.cursor() as cursor:
        found = cursor.execute(
            f"""
            select
                kind.*,
                coalesce(kind.{column}, cast(batches.imported_at as date)) as day,
                files.name as file_name
            from raw.{kind} as kind
            join raw.batches as batches on batches.batch = kind.batch
            join raw.files as files on files.file = kind.file
            where batches.undone_at is null
            qualify row_number() over (partition by kind.key order by kind.batch desc, kind.record) = 1
                and day >= $start and day < $until
            order by case when $newest then day end desc, kind.record
            limit case when $newest then 1 else 1000000 end
            """,
            {"start": start, "until": until, "newest": newest},
        )
        names = [described[0] for described in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def layout(store: Store, contract: Contract, rows: Sequence[Mapping[str, Any]]) -> Layout:
    """The layout of the sheet with the most of these rows, the newest of several.

    A summary serves evaluations only: a line of counts or of rewards is no row of its kind.
    """
    counts = Counter((row["file"], row["sheet"]) for row in rows)
    for file, sheet in sorted(counts, key=lambda place: (-counts[place], -place[0])):
        with store.cursor() as cursor:
            recorded = cursor.execute(
                "select kind, field, header from raw.columns where file = $file and sheet = $sheet order by rowid",
                {"file": file, "sheet": sheet},
            ).fetchall()
        fields = {name: header for kind, name, header in recorded if kind == contract.kind and header}
        if fields.get("type") in (fields.get("topic"), fields.get("item")):
            fields.pop("type", None)
        is_wide = len(set(fields.values())) < len(fields) or len({kind for kind, _, _ in recorded}) > 1
        is_wide = is_wide or (contract.kind == "activities" and "held_on" not in fields)
        if is_wide and contract.kind != "evaluations":
            continue
        own = [row for row in rows if (row["file"], row["sheet"]) == (file, sheet)]
        headers = in_order([list(json.loads(row["source"])) for row in own], fields.values())
        return Layout(headers, fields, sheet, file, own[0]["file_name"], own, is_wide)
    plain = {name: spec.title for name, spec in contract.fields.items() if spec.required or spec.common}
    return Layout(list(plain.values()), plain)


def in_order(rows: Iterable[Sequence[str]], headers: Iterable[str]) -> list[str]:
    """All headers from left to right: a row names in order those it fills; the rest of `headers` go behind their left neighbour."""
    before: dict[str, dict[str, None]] = {}
    for row in rows:
        texts = [text for text in row if not NAMELESS.search(text)]
        for text in texts:
            before.setdefault(text, {})
        for left, right in pairwise(texts):
            before[right][left] = None
    try:
        order = list(TopologicalSorter(before).static_order())
    except CycleError:
        order = list(before)
    left = -1
    for header in headers:
        if header not in order:
            order.insert(left + 1, header)
        left = order.index(header)
    return order


def needed(contract: Contract, columns: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """The columns with those in front that a row cannot do without and that sheet name or titles stood in for."""
    there = {found for _, found in columns}
    lacking = [found for found in contract.fields.values() if found.required and not found.from_title and found.name not in there]
    return [(found.title, found.name) for found in lacking] + columns


def readable(contract: Contract, columns: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """The columns with our own title where a header says nothing to the importer while the column is empty (时间, 名称)."""
    headers = []
    for place, (text, _) in enumerate(columns):
        parent, _, own = text.rpartition("·")
        headers.append(Header(place, letter(place), text, own, (parent,) if parent else ()))
    found, _ = map_columns([Column(header, ()) for header in headers], contract, Setting(date.today()), Context(date.today()))
    understood = {match.header.index: name for name, match in found.items()}
    return [
        (contract.fields[name].title if name and understood.get(place) != name else text, name)
        for place, (text, name) in enumerate(columns)
    ]
