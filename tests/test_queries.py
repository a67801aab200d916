"""Rules 1, 2 and 6 of docs/architecture.md: layers, headers, params; and the worked example of every indicator."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import exp

from cadence import queries
from cadence.queries import LAYERS, Query
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


@by_name
def test_layer_reads_only_the_layer_before(query: Query):
    """facts read raw, marts read facts, indicators read marts, and nothing else."""
    before = LAYERS[LAYERS.index(query.layer) - 1]
    assert {schema for schema, _ in tables(query.sql)} <= {before}


@by_name
def test_header_params_are_the_names_used(query: Query):
    """Every declared param is used and every used one declared."""
    used = {node.name for node in sqlglot.parse_one(query.sql, read="duckdb").find_all(exp.Parameter, exp.Placeholder)}
    assert used == {param.name for param in query.params}
    assert query.layer == "indicators" or not used


@by_name
def test_header_columns_are_the_columns_returned(query: Query, empty_store):
    """Declared names and types equal those of the result, in order."""
    with empty_store.cursor() as cursor:
        if query.layer == "indicators":
            values = {**worked.DEFAULTS, "preset": "five", "activity": ""}
            described = cursor.execute(query.sql, {param.name: values[param.name] for param in query.params}).description
            found = [(column[0], str(column[1])) for column in described]
        else:
            found = cursor.execute(
                "select column_name, data_type from duckdb_columns() where schema_name = $layer and table_name = $id order by column_index",
                {"layer": query.layer, "id": query.id},
            ).fetchall()
    assert [name for name, _ in found] == [column.name for column in query.columns]
    for (name, type), column in zip(found, query.columns, strict=True):
        assert type in TYPES[column.type], f"{query.layer}/{query.id}.{name} is {type}; declared {column.type}"


@pytest.mark.parametrize("id", queries.layer("indicators"))
def test_every_indicator_has_a_worked_example(id: str):
    """tests/cases/<indicator>.toml exists."""
    assert (worked.CASES / f"{id}.toml").exists()


@pytest.mark.parametrize(("id", "example"), worked.cases(), ids=lambda value: value if isinstance(value, str) else value["about"])
def test_worked_example(id: str, example: dict):
    """The given rows of marts lead to the expected rows."""
    assert worked.differences(example["expect"], worked.answer(id, example)) == []
