"""A SELECT in; what in it may give other rows on Spark than on DuckDB, out. Rule 6 of docs/architecture.md.

An allow-list of syntax nodes, each seen to give the same rows on both engines, and rules for the allowed nodes that are safe
only in some shapes. What a syntax tree cannot show (a float cast to text, whether an ordering is really total) is left to the
comparison of rows on both engines.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import sqlglot
from sqlglot import exp

from cadence import queries
from cadence.sheets.contracts import contracts
from cadence.store import SQL_TYPES

NODES = {
    # clauses
    "Select", "From", "Table", "TableAlias", "Identifier", "Column", "Alias", "Star", "Where", "Group", "Having", "Order",
    "Ordered", "Qualify", "Join", "Union", "Subquery", "With", "CTE", "Rollup", "Cube", "GroupingSets", "Distinct", "Tuple",
    # values and conditions
    "Literal", "Null", "Boolean", "Paren", "Not", "And", "Or", "EQ", "NEQ", "GT", "GTE", "LT", "LTE", "Between", "In", "Is",
    "Case", "If", "Coalesce", "Nullif", "Cast", "DataType", "Var",
    # numbers and text
    "Add", "Sub", "Mul", "Div", "Neg", "Floor", "Ceil", "Round", "Abs", "Ln", "Sqrt", "Pow", "DPipe", "StrPosition", "Pad",
    "Length", "Substring", "Upper", "Lower", "Trim", "Replace",
    # days
    "Year", "Quarter", "Month", "Day", "DateFromParts", "DateDiff", "LastDay",
    # aggregates and windows
    "Count", "Sum", "Avg", "Min", "Max", "Median", "StddevSamp", "Filter", "Window", "WindowSpec", "RowNumber", "Lag", "Lead",
    "Rank", "DenseRank",
}  # fmt: skip
INSTEAD = {
    "IntDiv": "floor(x / nullif(y, 0))", "Mod": "x - y * floor(x / nullif(y, 0))",
    "Interval": "date_diff('day', …) or a calendar join",
    "DayOfWeek": "the calendar's weekday", "DayOfWeekIso": "the calendar's weekday", "Week": "the calendar's week",
    "Extract": "year(), quarter(), month() or the calendar", "TimeToStr": "numbers here, words in Python", "Log": "ln(x) / ln(10)",
    "Grouping": "one grouping() of one column, once it has been compared",
}  # fmt: skip
INTEGERS = {"TINYINT", "SMALLINT", "INT", "BIGINT", "HUGEINT", "INT128", "UINT", "UBIGINT"}
WHOLE = exp.Floor | exp.Ceil | exp.Round | exp.Null
RECURSIVE = {"units"}  # recursion over the tree of units; over activities it would meet Spark's limit of rows
TIE_BREAKS = {"record", "activity", "unit", "key", "host", "day"}


def faults(sql: str, name: str = "") -> list[str]:
    """What is outside the portable subset, in the order of the statement."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    return [*_unknown(tree), *_final_star(tree), *(fault for node in tree.walk() for fault in _shape(node, name))]


def _unknown(tree: exp.Expression) -> Iterator[str]:
    for node in tree.walk():
        if type(node).__name__ not in NODES:
            instead = INSTEAD.get(type(node).__name__)
            yield f"{node.sql('duckdb')} is not known to be portable" + (f"; write {instead}" if instead else "")


def _final_star(tree: exp.Expression) -> Iterator[str]:
    """Stars inside a WITH are safe as long as the end of the statement names its columns: a rewritten QUALIFY adds one."""
    final = [tree, *tree.find_all(exp.Union)]
    for select in {id(part): part for whole in final for part in _parts(whole)}.values():
        if any(item.find(exp.Star) and not item.find(exp.Count) for item in select.expressions):
            yield "a star in the result or in a UNION; name the columns"


def _parts(tree: exp.Expression) -> Iterator[exp.Select]:
    if isinstance(tree, exp.Union):
        yield from _parts(tree.left)
        yield from _parts(tree.right)
    elif isinstance(tree, exp.Select):
        yield tree


def _shape(node: exp.Expression, name: str) -> Iterator[str]:
    """Faults of an allowed node in a shape that is not."""
    if isinstance(node, exp.Div) and not _is_safe_divisor(node.expression):
        yield f"{node.sql('duckdb')} may divide by zero; write nullif(…, 0)"
    if isinstance(node, exp.Cast) and node.to.this.name in INTEGERS and not isinstance(node.this, WHOLE):
        yield f"{node.sql('duckdb')} rounds on one engine and cuts on the other; cast floor(…) or round(…)"
    if isinstance(node, exp.Cast) and node.to.this.name in {"TIMESTAMPTZ", "INTERVAL", "STRUCT", "MAP", "LIST"}:
        yield f"{node.sql('duckdb')} casts to a type that differs"
    if isinstance(node, exp.Add | exp.Sub) and any(_is_date(side) for side in (node.this, node.expression)):
        yield f"{node.sql('duckdb')} reckons with days; write date_diff('day', …)"
    if isinstance(node, exp.DateDiff) and (node.args.get("unit") is None or node.args["unit"].name.lower() not in ("day", "week")):
        yield f"{node.sql('duckdb')} counts other units than days and weeks; reckon with year() and month()"
    if isinstance(node, exp.Sum | exp.Avg) and _is_boolean(node.this):
        yield f"{node.sql('duckdb')} sums a boolean; write count(*) filter (where …)"
    if isinstance(node, exp.CTE) and node.args.get("materialized") is not None:
        yield f"with {node.alias} as [not] materialized; write a plain WITH"
    if isinstance(node, exp.With) and node.args.get("recursive") and name not in RECURSIVE:
        yield "with recursive outside the tree of units"
    if isinstance(node, exp.Join) and (node.args.get("method") or node.args.get("kind") in ("SEMI", "ANTI", "POSITIONAL", "ASOF")):
        yield f"{node.sql('duckdb')} is a join that differs"
    if isinstance(node, exp.Window) and isinstance(node.this, exp.RowNumber | exp.Lag | exp.Lead) and not _is_ordered(node):
        yield f"{node.sql('duckdb')} is not ordered to the last row; end ORDER BY with one of {', '.join(sorted(TIE_BREAKS))}"
    if isinstance(node, exp.Select):
        yield from _aliases_in_where(node)


def _is_safe_divisor(node: exp.Expression) -> bool:
    return isinstance(node, exp.Nullif) or (isinstance(node, exp.Literal) and not node.is_string and float(node.this) != 0)


def _is_ordered(window: exp.Window) -> bool:
    order = window.args.get("order")
    return bool(order) and order.expressions[-1].this.name in TIE_BREAKS


def _is_date(node: exp.Expression) -> bool:
    node = node.unnest()
    if isinstance(node, exp.Column):
        return node.name in _named("date")
    return isinstance(node, exp.DateFromParts | exp.LastDay) or (
        isinstance(node, exp.Cast) and node.to.this.name in ("DATE", "TIMESTAMP")
    )


def _is_boolean(node: exp.Expression) -> bool:
    node = node.unnest()
    return isinstance(node, exp.Predicate | exp.Connector | exp.Not | exp.Boolean) or (
        isinstance(node, exp.Column) and node.name in _named("boolean")
    )


@cache
def _named(type: str) -> set[str]:
    """Names that the raw tables, facts or marts declare with this type."""
    declared = {
        column.name: column.type
        for layer in ("facts", "marts")
        for query in queries.layer(layer).values()
        for column in query.columns
    }
    raw = {
        field.name: SQL_TYPES.get(field.type, "varchar") for contract in contracts().values() for field in contract.fields.values()
    }
    return {name for name, found in (raw | declared).items() if found == type}


def _aliases_in_where(select: exp.Select) -> Iterator[str]:
    """An alias of the same SELECT in its WHERE is an error on Spark; one that hides a column is not told from it here."""
    aliases = {item.alias for item in select.expressions if isinstance(item, exp.Alias) and not isinstance(item.this, exp.Column)}
    where = select.args.get("where")
    for column in where.find_all(exp.Column) if where else ():
        if not column.table and column.name in aliases and column.find_ancestor(exp.Select) is select:
            yield f"WHERE uses the alias {column.name}; repeat the expression, or name them apart"
