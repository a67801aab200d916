"""What an import would change: new, changed, identical, conflicting and missing rows, and what each choice does with them."""

from __future__ import annotations

import datetime as dt

import pytest

from cadence import batches
from cadence.batches import Choice, Counts
from cadence.store import Store
from tests.ledgers import APRIL, IMPOSSIBLE, MARCH, OTHER, attended, ledger
from tests.sheets.books import xlsx

RENAMED = [*MARCH[:3], "春季训练", *MARCH[4:]]
MAY = ["第一党支部", "主题党日", dt.date(2024, 5, 7), "五月的活动", 10, 10]


def hand_in(store: Store, *files: tuple[str, bytes], **choice: str) -> batches.Receipt:
    """Read and commit these files as one batch."""
    return batches.commit(store, batches.read(store, files), by="test", choice=Choice(**choice))


def would(store: Store, *files: tuple[str, bytes]) -> batches.Receipt:
    """What committing these files would meet."""
    return batches.preview(store, batches.read(store, files))


def topics(store: Store) -> list[tuple]:
    """(topic, people who came) of every activity that counts, by day."""
    with store.cursor() as cursor:
        return cursor.execute("select topic, attended from facts.activities order by held_on, topic").fetchall()


def bare(*rows: list, name: str = "签到.xlsx") -> tuple[str, bytes]:
    """A ledger with a topic and without the columns of attendance."""
    return name, xlsx({"台账": ([["党支部", "活动类型", "活动日期", "主题", "地点"], *rows], ())})


class TestChanged:
    """A row whose key stands with other values."""

    def test_lists_what_it_said_and_says(self, empty_store: Store):
        """Field, before and after, with the place in the import."""
        hand_in(empty_store, ledger(MARCH, APRIL))
        receipt = would(empty_store, ledger(attended(MARCH, 7), APRIL, name="二.xlsx"))
        assert receipt.counts == Counts(changed=1, same=1)
        (found,) = receipt.listed
        assert (found.state, found.fields, found.file, found.sheet, found.row) == ("changed", [("attended", 9, 7)], 0, "台账", 2)
        assert found.named["unit"] == "第一党支部" and found.named["held_on"] == dt.date(2024, 3, 5)

    def test_keeps_what_its_sheet_has_no_column_for(self, empty_store: Store):
        """A sheet without attendance does not empty the attendance that stands, and adds what it has."""
        hand_in(empty_store, ledger(MARCH))
        receipt = hand_in(empty_store, bare([*MARCH[:4], "会议室"]))
        assert receipt.counts == Counts(changed=1)
        assert topics(empty_store) == [("春训", 9)]
        with empty_store.cursor() as cursor:
            assert cursor.execute("select place, attended from raw.standing_activities").fetchall() == [("会议室", 9)]

    def test_with_nothing_new_to_say_is_identical(self, empty_store: Store):
        """Fewer columns with the same values change nothing."""
        hand_in(empty_store, ledger(MARCH))
        assert would(empty_store, bare([*MARCH[:4], None])).counts == Counts(same=1)

    def test_an_emptied_cell_is_a_change(self, empty_store: Store):
        """A column that is there with an empty cell says that the value is not known."""
        hand_in(empty_store, ledger(MARCH))
        hand_in(empty_store, ledger(attended(MARCH, None)))
        assert topics(empty_store) == [("春训", None)]

    def test_is_left_alone_where_only_new_rows_are_wanted(self, empty_store: Store):
        """Scope “add” lets the new row in and leaves the changed one as it stood."""
        hand_in(empty_store, ledger(MARCH))
        assert hand_in(empty_store, ledger(attended(MARCH, 7), APRIL), scope="add").batch == 2
        assert topics(empty_store) == [("春训", 9), ("讲规矩", 8)]
        assert hand_in(empty_store, ledger(attended(MARCH, 7), APRIL), scope="add").batch is None


class TestConflicting:
    """Rows that may be about the same thing."""

    def test_is_the_same_day_and_kind_under_another_topic(self, empty_store: Store):
        """Both stay by default; a second import meets no conflict and misses the one that it does not hold."""
        hand_in(empty_store, ledger(MARCH))
        receipt = would(empty_store, ledger(RENAMED))
        assert receipt.counts == Counts(conflicting=1)
        assert receipt.listed[0].fields == [("topic", "春训", "春季训练")]
        hand_in(empty_store, ledger(RENAMED))
        assert topics(empty_store) == [("春季训练", 9), ("春训", 9)]
        assert would(empty_store, ledger(RENAMED)).counts == Counts(same=1, missing=1)

    @pytest.mark.parametrize(("clashes", "left"), [("new", "春季训练"), ("old", "春训")])
    def test_one_of_them_is_chosen(self, empty_store: Store, clashes: str, left: str):
        """The new row withdraws the old one, or is left out itself; undone, the first one stands again."""
        hand_in(empty_store, ledger(MARCH))
        batch = hand_in(empty_store, ledger(RENAMED, APRIL), clashes=clashes).batch
        assert topics(empty_store) == [(left, 9), ("讲规矩", 8)]
        batches.undo(empty_store, batch)
        assert topics(empty_store) == [("春训", 9)]

    def test_is_none_where_the_stored_row_is_handed_in_as_well(self, empty_store: Store):
        """Two activities of one kind on one day are two where the sheet says both."""
        hand_in(empty_store, ledger(MARCH))
        assert would(empty_store, ledger(MARCH, RENAMED)).counts == Counts(fresh=1, same=1)

    def test_within_one_import_is_listed_with_the_first_row(self, empty_store: Store):
        """The second row says what differs from the first."""
        receipt = would(empty_store, ledger(MARCH, attended(MARCH, 3)))
        found = next(row for row in receipt.listed if row.state == "conflicting")
        assert (found.fields, found.row) == ([("attended", 9, 3)], 3)


class TestMissing:
    """Stored rows that the new sheet, which covers their unit and month, does not hold."""

    QUARTER = "2024年第一季度活动台账"

    def test_is_counted_and_stays(self, empty_store: Store):
        """By default nothing is lost."""
        february = ["第一党支部", "党课", dt.date(2024, 2, 6), "二月党课", 10, 9]
        hand_in(empty_store, ledger(february, MARCH, title=self.QUARTER))
        receipt = hand_in(empty_store, ledger(attended(MARCH, 8), title=self.QUARTER))
        assert receipt.counts == Counts(changed=1, missing=1)
        assert topics(empty_store) == [("二月党课", 9), ("春训", 8)]

    def test_is_withdrawn_where_the_sheet_replaces_the_quarter(self, empty_store: Store):
        """Only that unit and that quarter; undo brings it back, redo takes it out again."""
        february = ["第一党支部", "党课", dt.date(2024, 2, 6), "二月党课", 10, 9]
        hand_in(empty_store, ledger(february, MARCH, APRIL, OTHER))
        batch = hand_in(empty_store, ledger(MARCH, title=self.QUARTER), scope="replace").batch
        assert topics(empty_store) == [("春训", 9), ("植树", 6), ("讲规矩", 8)]
        batches.undo(empty_store, batch)
        assert len(topics(empty_store)) == 4
        batches.redo(empty_store, batch)
        assert len(topics(empty_store)) == 3

    def test_a_withdrawn_row_is_new_when_it_is_handed_in_again(self, empty_store: Store):
        """Withdrawing is no ban."""
        hand_in(empty_store, ledger(MARCH, APRIL))
        hand_in(empty_store, ledger(MARCH, title="2024年上半年活动台账"), scope="replace")
        assert hand_in(empty_store, ledger(APRIL)).counts == Counts(fresh=1)
        assert topics(empty_store) == [("春训", 9), ("讲规矩", 8)]

    def test_is_not_claimed_for_a_unit_with_a_row_kept_out(self, empty_store: Store):
        """The row with the impossible date may be the one that seems to be missing."""
        hand_in(empty_store, ledger(MARCH, APRIL, OTHER, MAY))
        receipt = would(empty_store, ledger(MARCH, IMPOSSIBLE, MAY))
        assert receipt.counts == Counts(same=2, refused=1)


def test_counts_of_one_cell_are_as_many_activities(empty_store: Store):
    """A month matrix that says 2 is two activities, of which a later 3 adds one and a later 1 misses one."""

    def matrix(times: int) -> tuple[str, bytes]:
        head = ["党支部", *(f"{month}月" for month in range(1, 13))]
        row = ["第一党支部", times, *([1] * 11)]
        return "月度.xlsx", xlsx({"支委会": ([["2024年支委会次数统计表"], head, row], ())})

    assert hand_in(empty_store, matrix(2)).counts == Counts(fresh=13)
    assert would(empty_store, matrix(3)).counts == Counts(fresh=1, same=13)
    assert would(empty_store, matrix(1)).counts == Counts(same=12, missing=1)
    with empty_store.cursor() as cursor:
        assert cursor.execute("select count(*) from facts.activities").fetchall() == [(13,)]


def test_an_unknown_choice_is_an_error():
    """The message names what was given and what is expected."""
    with pytest.raises(ValueError, match=r"scope is 'all'.*expected one of"):
        Choice(scope="all")
