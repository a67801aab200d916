"""Batches taken back and brought back, and the store as it once stood."""

from __future__ import annotations

import pytest

from cadence import batches
from cadence.batches import BatchError
from cadence.store import Store
from tests.batches.test_differences import hand_in, topics
from tests.ledgers import APRIL, MARCH, OTHER, attended, ledger


class TestRedo:
    """A batch that was taken back counts again."""

    def test_brings_the_rows_back(self, empty_store: Store):
        """As if it had never been taken back."""
        hand_in(empty_store, ledger(MARCH))
        batch = hand_in(empty_store, ledger(attended(MARCH, 3), APRIL)).batch
        before = topics(empty_store)
        batches.undo(empty_store, batch)
        batches.redo(empty_store, batch)
        assert topics(empty_store) == before

    def test_of_a_batch_that_stands_is_an_error(self, empty_store: Store):
        """The message names the batch."""
        batch = hand_in(empty_store, ledger(MARCH)).batch
        with pytest.raises(BatchError, match=f"第{batch}批没有撤销过"):
            batches.redo(empty_store, batch)

    def test_is_logged_with_who_and_when(self, empty_store: Store):
        """Both turns stay in the log."""
        batch = hand_in(empty_store, ledger(MARCH)).batch
        batches.undo(empty_store, batch, by="甲")
        batches.redo(empty_store, batch, by="乙")
        (line,) = batches.undoings(empty_store).to_dict("records")
        assert (line["batch"], line["undone_by"], line["redone_by"]) == (batch, "甲", "乙")
        assert line["undone_at"] <= line["redone_at"]


class TestAsOf:
    """The store as it stood when a batch had just been imported."""

    @pytest.fixture
    def store(self, empty_store: Store) -> Store:
        """Three batches; the second was taken back between the second and the third."""
        hand_in(empty_store, ledger(MARCH))
        second = hand_in(empty_store, ledger(attended(MARCH, 3), APRIL)).batch
        batches.undo(empty_store, second)
        hand_in(empty_store, ledger(OTHER))
        with empty_store.writing() as cursor:
            for batch, hour in {1: 9, 2: 10, 3: 12}.items():
                cursor.execute(
                    "update raw.batches set imported_at = timestamp '2024-05-01' + to_hours($hour) where batch = $batch",
                    {"batch": batch, "hour": hour},
                )
            cursor.execute("update raw.batches set undone_at = timestamp '2024-05-01 11:00:00' where batch = 2")
            cursor.execute("update raw.undoings set undone_at = timestamp '2024-05-01 11:00:00'")
        return empty_store

    @pytest.mark.parametrize(
        ("batch", "then"),
        [
            (1, [("春训", 9)]),
            (2, [("春训", 3), ("讲规矩", 8)]),
            (3, [("春训", 9), ("植树", 6)]),
        ],
    )
    def test_shows_what_counted_then(self, store: Store, batch: int, then: list[tuple]):
        """Later batches are not there, and one taken back later still counts."""
        now = topics(store)
        assert topics(batches.as_of(store, batch)) == then
        assert topics(store) == now == [("春训", 9), ("植树", 6)]

    def test_knows_a_batch_that_was_brought_back_since(self, store: Store):
        """At the time of the third batch the second one was still taken back."""
        batches.redo(store, 2)
        assert topics(batches.as_of(store, 3)) == [("春训", 9), ("植树", 6)]
        assert topics(store) == [("春训", 3), ("植树", 6), ("讲规矩", 8)]

    def test_of_an_unknown_batch_is_an_error(self, store: Store):
        """The message names the number."""
        with pytest.raises(BatchError, match="第9批不存在"):
            batches.as_of(store, 9)
