"""Accepted rows and what stands in the store in; which are new, changed, identical, conflicting or missing now, out.

Everything is worked out in temporary tables and views of one cursor, so that a preview and a commit see the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from cadence.batches.records import Records
from cadence.sheets import FileReading, SheetReading
from cadence.sheets.contracts import Contract, contracts

STATES = ("fresh", "changed", "same", "conflicting", "missing")
SCOPES = ("update", "add", "replace")
CLASHES = ("both", "new", "old")


@dataclass(frozen=True)
class Counts:
    """Rows of an import against what stands: 新增, 变更, 相同, 冲突, 消失, and those kept out by an error.

    A row conflicts where another row of the import with the same key says something else, or where the store holds a row that is
    alike (of an activity: the same unit, kind and day) under another key. A stored row is missing where the import covers its
    unit and its month, yet does not hold it.
    """

    fresh: int = 0
    changed: int = 0
    same: int = 0
    conflicting: int = 0
    missing: int = 0
    refused: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))


@dataclass(frozen=True)
class Choice:
    """What an import may do to what stands.

    `scope`: "update" adds new rows and lets changed ones supersede; "add" leaves changed ones as they stood; "replace" also
    withdraws those missing. `clashes`, rows that are alike: "both" stay, the "new" withdraws the old, or the "old" stays and the
    new is left out. The defaults lose nothing.
    """

    scope: str = "update"
    clashes: str = "both"

    def __post_init__(self) -> None:
        if self.scope not in SCOPES or self.clashes not in CLASHES:
            raise ValueError(f"scope is {self.scope!r}, clashes is {self.clashes!r}; expected one of {SCOPES} and one of {CLASHES}")


@dataclass(frozen=True)
class Difference:
    """One row that differs: its state, what names it, its fields as (name, before, after), and where it stands in the import."""

    kind: str
    state: str
    named: Mapping[str, Any]
    fields: Sequence[tuple[str, Any, Any]]
    file: int | None
    sheet: str | None
    row: int | None


def names(contract: Contract) -> list[str]:
    """The contract's columns in its raw table that hold what a row says."""
    return [
        name for field in contract.fields.values() for name in (field.name, *([f"{field.name}_precision"] * field.month_precision))
    ]


def compare(cursor: duckdb.DuckDBPyConnection, incoming: Records, readings: Sequence[FileReading]) -> None:
    """Make staged_KIND (a row per accepted row, with `nth` of its key, `times` the key occurs, `clash`, `state`) and missing_KIND.

    `forget` takes them away again. Only rows whose key is repeated or known are ever compared field by field.
    """
    contract = contracts()[incoming.kind]
    cursor.register(f"accepted_{incoming.kind}", incoming.table)
    _run(cursor, _incoming(incoming))
    _run(cursor, _touched(contract))
    _run(cursor, _clashes(contract))
    _run(cursor, _compared(contract, incoming))
    _run(cursor, _staged(contract))
    scopes = pa.Table.from_pylist(
        scopes_of(readings, incoming.kind),
        pa.schema([("unit", pa.string()), ("start", pa.date32()), ("until", pa.date32())]),
    )
    cursor.register("scopes", scopes)
    _run(cursor, _missing(contract))
    cursor.unregister("scopes")


def forget(cursor: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Give free what `compare` made."""
    for made in ("view staged", "view incoming", "table touched", "table clashes", "table compared", "table missing"):
        _run(cursor, f"drop {made}_{kind}")
    cursor.unregister(f"accepted_{kind}")


def counted(cursor: duckdb.DuckDBPyConnection, kind: str) -> Counts:
    """How many rows of a compared kind are in which state."""
    found = dict(cursor.execute(f"select state, count(*) from staged_{kind} group by state").fetchall())
    missing = cursor.execute(f"select count(*) from missing_{kind}").fetchall()[0][0]
    return Counts(**found, missing=missing)


def alters(cursor: duckdb.DuckDBPyConnection, kind: str, choice: Choice) -> bool:
    """Whether rows of a compared kind change what stands. A second row about the same thing does not."""
    return cursor.execute(
        f"""
        select
            exists (
                select 1 from staged_{kind}
                where state = 'fresh' or (state = 'changed' and $scope <> 'add') or (clash is not null and $clashes <> 'old'))
            or ($scope = 'replace' and exists (select 1 from missing_{kind}))
        """,
        vars(choice),
    ).fetchall()[0][0]


def listed(cursor: duckdb.DuckDBPyConnection, kind: str, most: int) -> list[Difference]:
    """The rows of a compared kind that are not identical, at most so many of each state, with what they say before and after."""
    contract = contracts()[kind]
    staged = cursor.execute(
        f"""
        select * from staged_{kind} where state <> 'same'
        qualify row_number() over (partition by state order by record) <= $most
        order by record
        """,
        {"most": most},
    ).df()
    missing = cursor.execute(f"select * from missing_{kind} order by record limit $most", {"most": most}).df()
    against = set(staged["clash"].dropna()) | set(staged.loc[staged["state"] == "changed", "key"])
    kept = cursor.execute(f"select * from raw.standing_{kind} where key in (select unnest($keys))", {"keys": list(against)}).df()
    before = {row["key"]: row for row in kept.to_dict("records")}
    first = cursor.execute(
        f"select * from staged_{kind} where nth = 1 and key in (select key from staged_{kind} where nth > 1 and state <> 'same')"
    ).df()
    firsts = {row["key"]: row for row in first.to_dict("records")}
    found = []
    for row in staged.to_dict("records"):
        other = firsts.get(row["key"]) if row["nth"] > 1 else before.get(_plain(row["clash"]) or row["key"])
        fields = [(name, _plain(other[name]) if other else None, _plain(row[name])) for name in _shown(contract, row, other)]
        found.append(Difference(kind, row["state"], _named(contract, row), fields, row["file"], row["sheet"], row["sheet_row"]))
    for row in missing.to_dict("records"):
        fields = [(name, _plain(row[name]), None) for name in contract.fields if _plain(row[name]) is not None]
        found.append(Difference(kind, "missing", _named(contract, row), fields, None, None, None))
    return found


def scopes_of(readings: Sequence[FileReading], kind: str) -> list[dict[str, Any]]:
    """{unit, start, until} of what the readings claim to tell completely; unit is None where the kind knows none.

    A unit that has a row kept out by an error is not told completely, nor is any where such a row names no unit.
    """
    contract = contracts()[kind]
    return [
        {"unit": unit, "start": start, "until": until}
        for reading in readings
        for sheet in reading.sheets
        for start, until, units in _claims(sheet, contract)
        for unit in units
    ]


def _claims(sheet: SheetReading, contract: Contract) -> list[tuple[Any, Any, list[str | None]]]:
    claims = []
    for rows in sheet.tables:
        days = rows.fields[contract.period].counts() if rows.kind == contract.kind and contract.period in rows.fields else {}
        if not days:
            continue
        start, until = min(days), max(days)
        if sheet.period:
            start, until = min(start, sheet.period[0]), max(until, sheet.period[1])
        until = (pd.Timestamp(until) + pd.offsets.MonthEnd(0)).date()
        partly = {problem.unit for problem in sheet.rejected}
        units: set[str | None] = {*rows.fields["unit"].counts()} - partly if "unit" in contract.fields else {None}
        claims.append((start.replace(day=1), until, sorted(units, key=str) if None not in partly else []))
    return claims


def _incoming(incoming: Records) -> str:
    """The accepted rows, their source put together only where it is asked for."""
    pieces = ", ".join(map(_q, incoming.pieces))
    source = f"'{{' || concat_ws(', ', {pieces}) || '}}'" if pieces else "'{}'"
    return f"""
    create or replace temp view incoming_{incoming.kind} as
    select * {f"exclude ({pieces})" if pieces else ""}, {source} as source from accepted_{incoming.kind}
    """


def _touched(contract: Contract) -> str:
    """The rows whose key the import repeats or the store knows, and which turn of its key each is."""
    kind = contract.kind
    return f"""
    create or replace temp table touched_{kind} as
    select record, key, row_number() over (partition by key order by record) as nth, count(*) over (partition by key) as times
    from incoming_{kind}
    where key in (
        select key from incoming_{kind} group by key having count(*) > 1
        union all
        select key from raw.standing_{kind}
    )
    """


def _clashes(contract: Contract) -> str:
    """The rows to which one is alike that stands under a key which the import does not hold."""
    kind = contract.kind
    alike = " and ".join(f"standing.{_q(name)} = told.{_q(name)}" for name in contract.alike) or "false"
    return f"""
    create or replace temp table clashes_{kind} as
    select told.record, min(standing.key) as clash
    from incoming_{kind} as told
    join raw.standing_{kind} as standing on {alike}
    where standing.key not in (select key from touched_{kind})
    group by told.record
    """


def _compared(contract: Contract, incoming: Records) -> str:
    """The touched rows with what they say now.

    Rows with the same key are one: the first, its empty fields filled from the others. A field that its sheet has no column for
    keeps what stands.
    """
    kind = contract.kind
    fields = [name for name in names(contract) if name in incoming.table.column_names]
    rest = [name for name in names(contract) if name not in fields]
    merged = ", ".join(f"arg_min({_q(name)}, record) filter (where {_q(name)} is not null) as {_q(name)}" for name in fields)
    whole = ", ".join(f"coalesce(told.{_q(name)}, merged.{_q(name)}) as {_q(name)}" for name in fields)
    kept = ", ".join(
        f"{_kept(name, incoming.present)} as {_q(name)}" if name in fields else f"standing.{_q(name)}" for name in [*fields, *rest]
    )
    changed = " or ".join(f"{_q(name)} is distinct from standing_{name}" for name in fields)
    at_odds = " or ".join(f"{_q(name)} <> first_{name}" for name in fields)
    placed = "told.file, told.sheet, told.sheet_row, told.record, told.key, told.columns, told.nth, told.times"
    return f"""
    create or replace temp table compared_{kind} as
    with
        told as (
            select incoming.* exclude (source), touched.nth, touched.times
            from incoming_{kind} as incoming
            join touched_{kind} as touched on touched.record = incoming.record
        ),
        merged as (select key, {merged} from told where times > 1 group by key),
        whole as (
            select {placed}, {whole}
            from told left join merged on merged.key = told.key and told.nth = 1
        ),
        standing as (select * from raw.standing_{kind} where key in (select key from touched_{kind})),
        kept as (
            select {placed.replace("told.", "whole.")}, {kept}, standing.key is not null as is_known,
                {", ".join(f"standing.{_q(name)} as standing_{name}" for name in fields)}
            from whole left join standing on standing.key = whole.key and whole.nth = 1
        ),
        compared as (
            select kept.*, case when kept.nth = 1 and not is_known then clashes.clash end as clash,
                {", ".join(f"merged.{_q(name)} as first_{name}" for name in fields)}
            from kept
            left join clashes_{kind} as clashes on clashes.record = kept.record
            left join merged on merged.key = kept.key and kept.nth > 1
        )
    select * exclude (is_known, {", ".join(f"standing_{name}, first_{name}" for name in fields)}),
        case
            when nth > 1 then case when {at_odds} then 'conflicting' else 'same' end
            when clash is not null then 'conflicting'
            when not is_known then 'fresh'
            when {changed} then 'changed'
            else 'same'
        end as state
    from compared
    """


def _staged(contract: Contract) -> str:
    """All rows: those compared, and the others as they came."""
    kind = contract.kind
    return f"""
    create or replace temp view staged_{kind} as
    select incoming.*, 1 as nth, 1 as times, clashes.clash,
        case when clashes.clash is null then 'fresh' else 'conflicting' end as state
    from incoming_{kind} as incoming
    left join clashes_{kind} as clashes on clashes.record = incoming.record
    where incoming.record not in (select record from compared_{kind})
    union all by name
    select compared.*, incoming.source
    from compared_{kind} as compared
    join incoming_{kind} as incoming on incoming.record = compared.record
    """


def _kept(name: str, present: Sequence[frozenset[str]]) -> str:
    """What a row says in a field: its own, or what stands where its sheet has no such column."""
    absent = [str(number) for number, fields in enumerate(present) if name not in fields]
    if not absent:
        return f"whole.{_q(name)}"
    own, kept = f"whole.{_q(name)}", f"standing.{_q(name)}"
    return f"case when whole.columns in ({', '.join(absent)}) then coalesce({own}, {kept}) else {own} end"


def _missing(contract: Contract) -> str:
    unit = "(scopes.unit is null or scopes.unit = standing.unit) and" if "unit" in contract.fields else ""
    return f"""
    create or replace temp table missing_{contract.kind} as
    select *
    from raw.standing_{contract.kind} as standing
    where exists (select 1 from scopes where {unit} standing.{_q(contract.period)} between scopes.start and scopes.until)
        and key not in (select key from staged_{contract.kind})
        and key not in (select clash from staged_{contract.kind} where clash is not null)
    """


def _shown(contract: Contract, row: Mapping[str, Any], other: Mapping[str, Any] | None) -> list[str]:
    """The fields worth showing: those that differ, or of a row without a counterpart all that are filled."""
    if other is None:
        return [name for name in contract.fields if _plain(row[name]) is not None]
    return [name for name in contract.fields if _plain(row[name]) != _plain(other[name])]


def _named(contract: Contract, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(row[name]) for name in contract.key if _plain(row[name]) is not None}


def _plain(value: Any) -> Any:
    """A cell of a frame as a plain value; what is not there is None."""
    if isinstance(value, pd.Timestamp):
        return value.date()
    return None if not isinstance(value, (list, tuple)) and pd.isna(value) else value


def _q(name: str) -> str:
    return f'"{name}"'


def _run(cursor: duckdb.DuckDBPyConnection, statement: str) -> None:
    """A statement made of the names of our own tables and fields."""
    cursor.execute(statement)
