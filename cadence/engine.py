"""Raw tables and rules in; facts, marts and findings, rebuilt inside the caller's transaction, out."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import duckdb
import pyarrow as pa

from cadence import findings, queries, rules, settings
from cadence.store import Store

EARLIEST = 2015


def ready(store: Store, profile: str = "national", data: Path | None = None) -> Store:
    """The store with marts that agree with the query files and rules of today; they are rebuilt where they do not."""
    with store.cursor() as cursor:
        built = cursor.execute("select value from raw.state where name = 'built_from'").fetchall()
    if built != [(origin(profile, data),)]:
        with store.writing() as cursor:
            build(cursor, profile, data)
    return store


def origin(profile: str, data: Path | None) -> str:
    """A digest of everything besides the raw rows that facts and marts are made from."""
    digest = hashlib.blake2b(profile.encode(), digest_size=8)
    for layer in ("facts", "marts"):
        for query in queries.layer(layer).values():
            digest.update(query.sql.encode())
    rules_read = ((data or settings.load().data) / "rules").rglob("*.toml")
    for path in sorted([*rules_read, *Path(findings.__file__).parent.glob("rhythm/*.py"), Path(findings.__file__)]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def build(cursor: duckdb.DuckDBPyConnection, profile: str = "national", data: Path | None = None) -> None:
    """Rebuild every fact and mart. Inside a writing transaction, readers see the old ones until it commits."""
    before = findings.standing(cursor, origin(profile, data))
    load_rules(cursor, profile, data)
    for layer in ("facts", "marts"):
        for query in queries.layer(layer).values():
            create(cursor, query)
    findings.build(cursor, before)
    cursor.execute("insert or replace into raw.state values ('version', cast(nextval('raw.versions') as varchar))")
    cursor.execute("insert or replace into raw.state values ('built_from', $origin)", {"origin": origin(profile, data)})


def create(cursor: duckdb.DuckDBPyConnection, query: queries.Query) -> None:
    """Make one fact or mart anew; names come from the file system. What was a table in an older database may be a view now."""
    kind = "view" if query.is_view else "table"
    found = cursor.execute(
        "select table_type from information_schema.tables where table_schema = $layer and table_name = $id",
        {"layer": query.layer, "id": query.id},
    ).fetchall()
    if found and (found[0][0] == "VIEW") != query.is_view:
        cursor.execute(f'drop table {query.layer}."{query.id}"' if query.is_view else f'drop view {query.layer}."{query.id}"')
    cursor.execute(f'create or replace {kind} {query.layer}."{query.id}" as\n{query.sql}')


def load_rules(cursor: duckdb.DuckDBPyConnection, profile: str, data: Path | None = None) -> None:
    """Put kinds of activity, thresholds, due rules, sync steps, deciding words and the working calendar into their raw tables."""
    _replace(
        cursor,
        "types",
        [
            {
                "type": kind.id,
                "position": position,
                "prescribed": kind.prescribed,
                "discretionary": kind.discretionary,
                "anchored": bool(kind.anchored),
                "duty": kind.duty,
                "learning": kind.is_learning,
            }
            for position, kind in enumerate(rules.types(data).values())
        ],
    )
    _replace(cursor, "thresholds", [{"name": name, "value": value} for name, value in rules.thresholds(data).items()])
    _replace(
        cursor,
        "due_rules",
        [
            {
                "rule": rule["id"],
                "type": rule["type"],
                "every": rule["every"],
                "times": rule["times"],
                "times_per_group": rule.get("times_per_group", False),
                "only_with": rule.get("only_with"),
                "clause": rule["clause"],
            }
            for rule in rules.profile(profile, data)["due"]
        ],
    )
    _replace(
        cursor,
        "sync_steps",
        [
            {"step": step, "preset": name, "position": position}
            for name, preset in rules.presets(data)["sync"].items()
            for position, step in enumerate(preset["steps"])
        ],
    )
    _replace(
        cursor,
        "dictionary",
        [
            {"name": name, "word": word, "position": position}
            for name, words in rules.dictionaries(data).items()
            for position, word in enumerate(words)
        ],
    )
    first, last = cursor.execute(
        "select min(year(held_on)), max(greatest(year(held_on), year(coalesce(recorded_on, held_on)))) from raw.activities"
    ).fetchall()[0]
    days = rules.days(min(first or EARLIEST, EARLIEST), max(last or 0, dt.date.today().year) + 1, data)
    _replace(cursor, "days", [vars(day) for day in days])


def _replace(cursor: duckdb.DuckDBPyConnection, table: str, rows: list[dict]) -> None:
    cursor.execute(f"delete from raw.{table}")
    cursor.register("incoming", pa.Table.from_pylist(rows))
    cursor.execute(f"insert into raw.{table} by name select * from incoming")
    cursor.unregister("incoming")
