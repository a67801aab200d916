"""What an import adds, undoing it takes away; what is imported twice is imported once."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from cadence import batches, engine
from cadence.sheets.contracts import contracts
from cadence.store import Store
from tests.properties.layouts import Book, books

KINDS = ("activities", "plans", "tasks", "evaluations", "adjustments", "calendar")
FEWER = max(3, settings().max_examples // 8)


def visible(store: Store) -> dict[str, list[tuple]]:
    """The raw rows that stand, and every fact and mart."""
    found = {}
    with store.cursor() as cursor:
        for kind in contracts():
            found[kind] = cursor.execute(f"select * from raw.standing_{kind} order by all").fetchall()
        names = cursor.execute(
            "select schema_name, table_name from duckdb_tables() where schema_name in ('facts', 'marts') order by all"
        ).fetchall()
        for schema, name in names:
            found[f"{schema}.{name}"] = cursor.execute(f'select * from {schema}."{name}" order by all').fetchall()
    return found


def hand_in(store: Store, files: Sequence[Book]) -> batches.Receipt:
    """Read and commit these files as one batch."""
    return batches.commit(store, batches.read(store, [(book.file, book.data) for book in files]), by="test")


@settings(max_examples=FEWER)
@given(st.lists(st.lists(books(b"", KINDS), min_size=1, max_size=3), min_size=2, max_size=3), st.data())
def test_undo_and_import_again(drops: list[list[Book]], data: st.DataObject):
    """After each import the same again changes nothing; undone from the last to the first, every earlier state comes back."""
    store = Store(":memory:")
    try:
        with store.writing() as cursor:
            engine.build(cursor)
        states = [(None, visible(store))]
        for drop in drops:
            receipt = hand_in(store, drop)
            after = visible(store)
            again = hand_in(store, drop)
            assert (again.batch, again.counts.fresh, again.counts.changed) == (None, 0, 0)
            assert visible(store) == after
            if receipt.batch is not None:
                states.append((receipt.batch, after))
        for (batch, _), (_, before) in zip(reversed(states[1:]), reversed(states[:-1]), strict=True):
            batches.undo(store, batch)
            assert visible(store) == before
    finally:
        store.close()
