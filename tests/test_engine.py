"""The engine: marts that always agree with the rows, the queries and the rules."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from cadence import engine, queries, rules
from cadence.store import Store
from cadence.words import DATA


@pytest.fixture
def new_store():
    """A store in memory in which nothing was built yet."""
    store = Store(":memory:")
    yield store
    store.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the rule files that a test may edit."""
    shutil.copytree(DATA / "rules", tmp_path / "rules")
    return tmp_path


def rows(store: Store, sql: str) -> list[tuple]:
    """What a SELECT finds."""
    with store.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def build(store: Store, profile: str = "national", data: Path = DATA) -> None:
    """Build in a transaction of its own."""
    with store.writing() as cursor:
        engine.build(cursor, profile, data)


def test_every_fact_and_mart_is_made(new_store: Store):
    """One table or view per query file of the two layers."""
    build(new_store)
    found = set(rows(new_store, "select table_schema, table_name from information_schema.tables"))
    assert {(query.layer, query.id) for layer in ("facts", "marts") for query in queries.layer(layer).values()} <= found


def test_ready_builds_what_was_never_built(new_store: Store):
    """A database of which only the raw tables exist gets its marts."""
    assert engine.ready(new_store) is new_store
    assert rows(new_store, "select count(*) from marts.units") == [(0,)]


def test_ready_leaves_what_is_up_to_date(new_store: Store):
    """Opening again builds nothing."""
    engine.ready(new_store)
    before = new_store.version
    engine.ready(new_store)
    assert new_store.version == before


def test_ready_rebuilds_after_a_rule_was_edited(new_store: Store, data: Path):
    """An officer's edit is in force after the next start."""
    engine.ready(new_store, data=data)
    before = new_store.version
    path = data / "rules" / "profiles" / "national.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("times = 1", "times = 2", 1), encoding="utf-8")
    rules.profile.cache_clear()
    engine.ready(new_store, data=data)
    assert new_store.version > before
    assert rows(new_store, "select times from raw.due_rules where rule = 'R1'") == [(2,)]


def test_ready_rebuilds_for_another_profile(new_store: Store):
    """The due rules are those of the profile in force."""
    engine.ready(new_store, "national")
    engine.ready(new_store, "local")
    expected = {rule["id"] for rule in rules.profile("local")["due"]}
    assert {rule for (rule,) in rows(new_store, "select rule from raw.due_rules")} == expected


def test_ready_rebuilds_after_a_query_was_changed(new_store: Store, monkeypatch: pytest.MonkeyPatch):
    """An upgrade of the program reaches the figures without an import."""
    engine.ready(new_store)
    before, origin = new_store.version, engine.origin
    monkeypatch.setattr(engine, "origin", lambda *arguments: origin(*arguments) + "-changed")
    engine.ready(new_store)
    assert new_store.version > before


def test_an_unknown_profile_changes_nothing(new_store: Store):
    """The old marts stand where the new ones cannot be built."""
    engine.ready(new_store)
    before = new_store.version
    with pytest.raises(rules.RuleError, match="profile “ours” does not exist"):
        engine.ready(new_store, "ours")
    assert new_store.version == before
    assert rows(new_store, "select count(*) > 0 from raw.due_rules") == [(True,)]


def test_the_calendar_reaches_over_next_year(new_store: Store):
    """Plans and forecasts of the coming year have working days."""
    build(new_store)
    assert rows(new_store, "select max(day) from raw.days") == [(dt.date(dt.date.today().year + 1, 12, 31),)]


def test_the_calendar_reaches_back_to_the_oldest_activity(new_store: Store):
    """Old ledgers find their days."""
    with new_store.writing() as cursor:
        cursor.execute("insert into raw.batches (batch) values (1)")
        cursor.execute("insert into raw.activities (batch, held_on) values (1, date '2009-05-04')")
    build(new_store)
    assert rows(new_store, "select min(day) from raw.days") == [(dt.date(2009, 1, 1),)]


def test_building_twice_gives_the_same(new_store: Store):
    """Rules are replaced, not added."""
    counts = "select count(*), (select count(*) from raw.types), (select count(*) from raw.due_rules) from raw.days"
    build(new_store)
    before = rows(new_store, counts)
    build(new_store)
    assert rows(new_store, counts) == before


def test_a_reader_sees_the_old_marts_until_the_new_ones_are_whole(new_store: Store):
    """While marts are rebuilt, nobody meets a missing table."""
    build(new_store)
    with new_store.writing() as cursor:
        engine.build(cursor)
        before = new_store.version
        assert rows(new_store, "select count(*) from marts.units") == [(0,)]
    assert new_store.version > before


def test_a_table_of_an_older_database_may_be_a_view_now(new_store: Store):
    """And the other way round; the first start of a newer version replaces it."""
    build(new_store)
    with new_store.writing() as cursor:
        cursor.execute("drop view marts.sources; create table marts.sources as select 1 as n")
        cursor.execute("drop table marts.units; create view marts.units as select 1 as n")
    build(new_store)
    kinds = dict(rows(new_store, "select table_name, table_type from information_schema.tables where table_schema = 'marts'"))
    assert (kinds["sources"], kinds["units"]) == ("VIEW", "BASE TABLE")
