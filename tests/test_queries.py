"""Rules 1, 2 and 6 of docs/architecture.md: layers, headers, params; and the worked example of every indicator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import sqlglot
from sqlglot import exp

from cadence import catalogue, engine, queries
from cadence.queries import LAYERS, Query
from cadence.store import Store
from tests import worked

EVERY = [query for layer in LAYERS[1:] for query in queries.layer(layer).values()]
TYPES = {
    "text": {"VARCHAR"},
    "date": {"DATE"},
    "timestamp": {"TIMESTAMP"},
    "integer": {"BIGINT", "INTEGER", "HUGEINT", "SMALLINT", "TINYINT"},
    "double": {"DOUBLE"},
    "boolean": {"BOOLEAN"},
}
by_name = pytest.mark.parametrize("query", EVERY, ids=lambda query: f"{query.layer}/{query.id}")


def tables(sql: str) -> set[tuple[str, str]]:
    """(schema, table) of everything a statement reads, its own WITH names left out."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return {(table.db, table.name) for table in tree.find_all(exp.Table) if not (table.name in own and not table.db) and table.name}


@pytest.fixture(scope="module")
def built() -> Iterator[Store]:
    """A store with every table and not one row, only read from."""
    store = engine.ready(Store(":memory:"))
    yield store
    store.close()


def skipping(query: Query) -> set[str]:
    """Rule 1: the tables that a query reads outside of the layer before its own."""
    before = LAYERS[LAYERS.index(query.layer) - 1]
    return {f"{schema}.{name}" for schema, name in tables(query.sql) if schema != before}


def undeclared(query: Query) -> set[str]:
    """Rule 2: params declared and not used, or used and not declared."""
    used = {node.name for node in sqlglot.parse_one(query.sql, read="duckdb").find_all(exp.Parameter, exp.Placeholder)}
    return used ^ {param.name for param in query.params}


@by_name
def test_layer_reads_only_the_layer_before(query: Query):
    """facts read raw, marts read facts, indicators read marts, and nothing else."""
    assert skipping(query) == set()


@by_name
def test_header_params_are_the_names_used(query: Query):
    """Every declared param is used and every used one declared; facts and marts take none."""
    assert undeclared(query) == set()
    assert query.layer == "indicators" or not query.params


def planted(folder: Path, text: str) -> Query:
    """A query file of the indicator layer with this text."""
    (folder / "indicators").mkdir()
    path = folder / "indicators" / "planted.sql"
    path.write_text(text, encoding="utf-8")
    return queries.read(path)


def test_a_planted_jump_over_a_layer_is_found(tmp_path: Path):
    """Planted: an indicator that reads raw rows."""
    text = (
        "-- How many?\n--\n-- column n  integer\nwith own as (select 1) select count(*) as n from raw.activities, own, marts.units"
    )
    assert skipping(planted(tmp_path, text)) == {"raw.activities"}


def test_a_planted_undeclared_param_is_found(tmp_path: Path):
    """Planted: a param without its line, and a line without its param."""
    text = "-- How many?\n--\n-- param since  date\n-- column n  integer\nselect count(*) as n from marts.days where day > $start"
    assert undeclared(planted(tmp_path, text)) == {"start", "since"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("select 1", "expected a comment with the question"),
        ("-- A count\nselect 1", "expected a comment with the question"),
        ("-- How many?\n-- column n  number\nselect 1", "“number” is not a type of a column"),
        ("-- How many?\n-- colum n  integer\nselect 1", "expected “param …”, “column …” or nothing"),
    ],
)
def test_a_planted_header_fault_is_found(tmp_path: Path, text: str, said: str):
    """Planted: headers that say nothing or are misspelt; the message names file and line."""
    with pytest.raises(queries.QueryError, match=r"planted\.sql") as error:
        planted(tmp_path, text)
    assert said in str(error.value)


@by_name
def test_header_columns_are_the_columns_returned(query: Query, built: Store):
    """Declared names and types equal those of the result, in order."""
    with built.cursor() as cursor:
        if query.layer == "indicators":
            values = {**worked.DEFAULTS, "preset": "five", "stale_forms": "lecture", "activity": "", "year": 2024}
            described = cursor.execute(query.sql, {param.name: values[param.name] for param in query.params}).description
            found = [(column[0], str(column[1])) for column in described]
        else:
            found = cursor.execute(
                """
                select column_name, data_type
                from duckdb_columns()
                where schema_name = $layer and table_name = $id
                order by column_index
                """,
                {"layer": query.layer, "id": query.id},
            ).fetchall()
    assert differing(query, found) == []


def differing(query: Query, found: list[tuple[str, str]]) -> list[str]:
    """Rule 2: where the columns returned are not those declared, by name, order and type."""
    if [name for name, _ in found] != [column.name for column in query.columns]:
        return [f"returns {[name for name, _ in found]}; declared {[column.name for column in query.columns]}"]
    pairs = zip(found, query.columns, strict=True)
    return [f"{name} is {type}; declared {column.type}" for (name, type), column in pairs if type not in TYPES[column.type]]


def test_a_planted_column_fault_is_found(tmp_path: Path):
    """Planted: a column of another type, and one of another name."""
    query = planted(tmp_path, "-- How many?\n--\n-- column n  integer\nselect 1")
    assert differing(query, [("n", "VARCHAR")]) == ["n is VARCHAR; declared integer"]
    assert differing(query, [("m", "BIGINT")])
    assert differing(query, [("n", "BIGINT")]) == []


@pytest.mark.parametrize("id", queries.layer("indicators"))
def test_every_indicator_has_a_worked_example(id: str):
    """tests/cases/<indicator>.toml exists."""
    assert (worked.CASES / f"{id}.toml").exists()


@pytest.mark.parametrize(("id", "example"), worked.cases(), ids=lambda value: value if isinstance(value, str) else value["about"])
def test_worked_example(id: str, example: dict):
    """The given rows of marts lead to the expected rows."""
    assert worked.differences(example["expect"], worked.answer(id, example)) == []


RULES = [entry for entry in catalogue.entries().values() if any(told.tone == "look" for told in entry.readings)]


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.id)
def test_every_rule_fires_in_one_worked_example_and_is_silent_in_another(entry: catalogue.Entry):
    """A finding (tone look) is held to answers for which it is said and to one for which it is not."""
    answers = [pd.DataFrame(worked.answer(id, example)) for id, example in worked.cases() if id == entry.id]
    spoken = [entry.speaking(answer) for answer in answers]
    assert [told.say for told in entry.readings if told.tone == "look" and told not in spoken] == []
    assert any(told is None or told.tone != "look" for told in spoken)
