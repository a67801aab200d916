"""Batches: counted, committed all or nothing, superseded by later ones, and taken back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cadence import batches, engine, words
from cadence.batches import BatchError, Counts
from cadence.store import Store
from tests.ledgers import APRIL, IMPOSSIBLE, MARCH, OTHER, attended, ledger
from tests.sheets.books import xlsx


def hand_in(store: Store, *files: tuple[str, bytes]) -> batches.Receipt:
    """Read and commit these files as one batch."""
    return batches.commit(store, batches.read(store, files), by="test")


def rows(store: Store, sql: str) -> list[tuple]:
    """What a SELECT finds."""
    with store.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def attendance(store: Store) -> list[tuple]:
    """(topic, people who came) of every activity that counts."""
    return rows(store, "select topic, attended from facts.activities order by held_on, topic")


def everything(store: Store) -> dict[str, list[tuple]]:
    """Every row of the raw tables, the facts and the marts that an import writes, and the version."""
    layers = "('raw', 'facts', 'marts')"
    names = rows(store, f"select schema_name, table_name from duckdb_tables() where schema_name in {layers} order by all")
    return {f"{schema}.{name}": rows(store, f'select * from {schema}."{name}" order by all') for schema, name in names}


def failing(*_: object, **__: object) -> None:
    """A build that breaks off."""
    raise RuntimeError("broken off")


class TestCommit:
    """New, changed, identical and refused rows."""

    def test_counts_what_is_new_and_what_is_kept_out(self, empty_store: Store):
        """Two sound rows go in, the one with an impossible date does not."""
        receipt = hand_in(empty_store, ledger(MARCH, APRIL, IMPOSSIBLE))
        assert receipt.counts == Counts(fresh=2, refused=1)
        assert receipt.by_kind == {"activities": Counts(fresh=2, refused=1)}
        assert attendance(empty_store) == [("春训", 9), ("讲规矩", 8)]

    def test_preview_says_the_same_and_writes_nothing(self, empty_store: Store):
        """The counts before committing are those of the commit, and the store stays as it was."""
        readings = batches.read(empty_store, [ledger(MARCH, IMPOSSIBLE)])
        before = everything(empty_store)
        would = batches.preview(empty_store, readings)
        assert (would.batch, would.counts) == (None, Counts(fresh=1, refused=1))
        assert everything(empty_store) == before
        assert batches.commit(empty_store, readings).counts == would.counts

    def test_the_same_file_twice_writes_nothing(self, empty_store: Store):
        """An import in which nothing is new or changed makes no batch and no new version."""
        hand_in(empty_store, ledger(MARCH, APRIL))
        before = everything(empty_store)
        again = hand_in(empty_store, ledger(APRIL, MARCH, name="又一份.xlsx"))
        assert (again.batch, again.counts) == (None, Counts(same=2))
        assert everything(empty_store) == before

    def test_a_changed_row_supersedes_the_one_before(self, empty_store: Store):
        """The same activity with another count is one activity with the newer count."""
        hand_in(empty_store, ledger(MARCH, APRIL))
        receipt = hand_in(empty_store, ledger(attended(MARCH, 7), APRIL))
        assert receipt.counts == Counts(changed=1, same=1)
        assert attendance(empty_store) == [("春训", 7), ("讲规矩", 8)]

    @pytest.mark.parametrize(
        ("files", "second"),
        [
            ([ledger(MARCH, attended(MARCH, 3))], "conflicting"),
            ([ledger(MARCH), ledger(attended(MARCH, 3), name="二.xlsx")], "conflicting"),
            ([ledger(MARCH), ledger(MARCH, name="二.xlsx")], "same"),
            ([ledger(MARCH), ledger(attended(MARCH, None), name="二.xlsx")], "same"),
        ],
        ids=["conflicting in one file", "conflicting in two files", "identical in two files", "emptier in the second file"],
    )
    def test_a_row_told_twice_counts_once(self, empty_store: Store, files: list[tuple[str, bytes]], second: str):
        """The first of two rows about one activity stands, the other is identical or conflicting, and a second import is none."""
        assert hand_in(empty_store, *files).counts == Counts(**({"fresh": 1} | {second: 1}))
        assert attendance(empty_store) == [("春训", 9)]
        again = hand_in(empty_store, *files)
        assert (again.batch, again.counts) == (None, Counts(same=1) + Counts(**{second: 1}))

    def test_two_rows_complete_each_other(self, empty_store: Store):
        """What the first row leaves empty is taken from the second one about the same activity."""
        hand_in(empty_store, ledger(attended(MARCH, None)), ledger(MARCH, name="二.xlsx"))
        assert attendance(empty_store) == [("春训", 9)]

    def test_history_names_files_people_and_counts(self, empty_store: Store):
        """One line per batch, newest first."""
        hand_in(empty_store, ledger(MARCH, IMPOSSIBLE))
        hand_in(empty_store, ledger(APRIL, name="二.xlsx"), ledger(OTHER, name="三.xlsx"))
        kept = batches.history(empty_store)
        columns = ["batch", "imported_by", "files", "fresh", "changed", "same", "refused", "is_sample"]
        assert kept[columns].values.tolist() == [
            [2, "test", "二.xlsx、三.xlsx", 2, 0, 0, 0, False],
            [1, "test", "台账.xlsx", 1, 0, 0, 1, False],
        ]

    def test_problems_are_kept_with_the_batch(self, empty_store: Store):
        """File, sheet, row, column, value and the text of each problem can be read later."""
        batch = hand_in(empty_store, ledger(MARCH, IMPOSSIBLE)).batch
        (problem,) = batches.problems(empty_store, batch).to_dict("records")
        assert {name: problem[name] for name in ("file", "sheet", "sheet_row", "column", "value", "severity")} == {
            "file": "台账.xlsx",
            "sheet": "台账",
            "sheet_row": 3,
            "column": "C",
            "value": "2024-02-31",
            "severity": "error",
        }

    def test_every_row_keeps_its_place(self, empty_store: Store):
        """A stored row names file, sheet and row number and holds its cells as they were found."""
        hand_in(empty_store, ledger(MARCH))
        ((name, sheet, row, source),) = rows(
            empty_store,
            "select files.name, sheet, sheet_row, source from raw.activities as a join raw.files as files on files.file = a.file",
        )
        assert (name, sheet, row) == ("台账.xlsx", "台账", 2)
        assert "春训" in source and "2024-03-05" in source

    def test_the_version_grows(self, empty_store: Store):
        """Answers kept under the old version are not found again."""
        before = empty_store.version
        hand_in(empty_store, ledger(MARCH))
        assert empty_store.version > before

    def test_a_failing_build_leaves_nothing_behind(self, empty_store: Store, monkeypatch: pytest.MonkeyPatch):
        """All or nothing: where the marts cannot be built, not one row is kept; the next try goes through."""
        readings = batches.read(empty_store, [ledger(MARCH)])
        before = everything(empty_store)
        with monkeypatch.context() as broken:
            broken.setattr(engine, "build", failing)
            with pytest.raises(RuntimeError, match="broken off"):
                batches.commit(empty_store, readings)
        assert everything(empty_store) == before
        assert batches.commit(empty_store, readings).counts == Counts(fresh=1)

    def test_a_build_that_breaks_off_half_way_leaves_the_old_marts(self, empty_store: Store, monkeypatch: pytest.MonkeyPatch):
        """Facts made before the break are taken back too."""
        hand_in(empty_store, ledger(MARCH))
        before, create, made = everything(empty_store), engine.create, []

        def breaking(cursor, query) -> None:
            made.append(query.id)
            failing() if len(made) == 8 else create(cursor, query)

        monkeypatch.setattr(engine, "create", breaking)
        with pytest.raises(RuntimeError, match="broken off"):
            hand_in(empty_store, ledger(attended(MARCH, 1), OTHER))
        assert everything(empty_store) == before


class TestUndo:
    """What stood before counts again."""

    def test_brings_back_what_stood_before(self, empty_store: Store):
        """The older count of a changed row, and the absence of a new one."""
        hand_in(empty_store, ledger(MARCH))
        batch = hand_in(empty_store, ledger(attended(MARCH, 3), APRIL)).batch
        batches.undo(empty_store, batch)
        assert attendance(empty_store) == [("春训", 9)]

    def test_of_an_earlier_batch_leaves_the_later_one(self, empty_store: Store):
        """A row that was changed since stays as it was changed."""
        first = hand_in(empty_store, ledger(MARCH, APRIL)).batch
        hand_in(empty_store, ledger(attended(MARCH, 3)))
        batches.undo(empty_store, first)
        assert attendance(empty_store) == [("春训", 3)]

    def test_makes_the_rows_new_again(self, empty_store: Store):
        """The same file can be imported once more."""
        batches.undo(empty_store, hand_in(empty_store, ledger(MARCH)).batch)
        assert attendance(empty_store) == []
        assert hand_in(empty_store, ledger(MARCH)).counts == Counts(fresh=1)

    def test_stays_in_the_history(self, empty_store: Store):
        """The line of the batch says when it was taken back."""
        batches.undo(empty_store, hand_in(empty_store, ledger(MARCH)).batch)
        (line,) = batches.history(empty_store).to_dict("records")
        assert line["undone_at"].date() == dt.date.today()

    def test_twice_is_an_error_that_says_when(self, empty_store: Store):
        """The message names the batch and the time of the first undo."""
        batch = hand_in(empty_store, ledger(MARCH)).batch
        batches.undo(empty_store, batch)
        with pytest.raises(BatchError, match=rf"第{batch}批已在 {dt.date.today().year}-\d\d-\d\d .*撤销"):
            batches.undo(empty_store, batch)

    def test_of_an_unknown_batch_is_an_error(self, empty_store: Store):
        """The message names the number."""
        with pytest.raises(BatchError, match="第7批不存在"):
            batches.undo(empty_store, 7)

    def test_that_fails_leaves_the_batch_standing(self, empty_store: Store, monkeypatch: pytest.MonkeyPatch):
        """All or nothing holds for taking back as well."""
        batch = hand_in(empty_store, ledger(MARCH)).batch
        before = everything(empty_store)
        monkeypatch.setattr(engine, "build", failing)
        with pytest.raises(RuntimeError, match="broken off"):
            batches.undo(empty_store, batch)
        assert everything(empty_store) == before


class TestCoverage:
    """Which months a ledger hands in."""

    def months(self, store: Store, unit: str = "第一党支部") -> list[str]:
        found = rows(store, f"select month from facts.coverage where unit = '{unit}' order by month")
        return [f"{month:%Y-%m}" for (month,) in found]

    def test_is_the_stated_period(self, empty_store: Store):
        """A ledger of the first quarter covers it whole, though its only row is of March."""
        hand_in(empty_store, ledger(MARCH, OTHER, title="2024年第一季度活动台账"))
        assert self.months(empty_store) == ["2024-01", "2024-02", "2024-03"]
        assert self.months(empty_store, "第二党支部") == ["2024-01", "2024-02", "2024-03"]

    def test_is_from_the_first_month_to_the_last_where_no_period_is_stated(self, empty_store: Store):
        """What lies between the sheet's first activity and its last counts as handed in, for each of its units."""
        hand_in(empty_store, ledger(MARCH, [*MARCH[:2], dt.date(2024, 6, 1), *MARCH[3:]], OTHER))
        assert self.months(empty_store) == ["2024-03", "2024-04", "2024-05", "2024-06"]
        assert self.months(empty_store, "第二党支部") == ["2024-03", "2024-04", "2024-05", "2024-06"]

    def test_ends_today(self, empty_store: Store):
        """A ledger of the running year does not cover months that have not come."""
        today = dt.date.today()
        hand_in(empty_store, ledger([*MARCH[:2], today.replace(day=1), *MARCH[3:]], title=f"{today.year}年活动台账"))
        assert self.months(empty_store) == [f"{today.year}-{month:02d}" for month in range(1, today.month + 1)]

    def test_goes_with_its_batch(self, empty_store: Store):
        """Undone, the months were not handed in."""
        batches.undo(empty_store, hand_in(empty_store, ledger(MARCH)).batch)
        assert self.months(empty_store) == []

    def test_is_partly_where_a_row_was_kept_out(self, empty_store: Store):
        """A unit with a refused row handed in a part, the other one all."""
        hand_in(empty_store, ledger(MARCH, IMPOSSIBLE, OTHER))
        found = dict(rows(empty_store, "select unit, status from facts.coverage where month = date '2024-03-01'"))
        assert found == {"第一党支部": "partly", "第二党支部": "reported"}


class TestUnits:
    """A register makes names known."""

    REGISTER = ("组织名册.xlsx", xlsx({"名册": ([["党支部名称", "上级党组织", "党员人数"], ["第一党支部", "机关党委", 12]], ())}))

    def test_are_unknown_before_a_register(self, empty_store: Store):
        """A ledger alone does not register its units."""
        hand_in(empty_store, ledger(MARCH))
        assert batches.known_units(empty_store) == frozenset()

    def test_of_a_register_and_those_above_are_known(self, empty_store: Store):
        """The register's own rows and their parents."""
        hand_in(empty_store, self.REGISTER)
        assert batches.known_units(empty_store) == {"第一党支部", "机关党委"}


class TestSalt:
    """The secret behind the tokens for names."""

    def test_is_made_once(self, empty_store: Store):
        """The same name keeps its token over imports."""
        assert batches.salt(empty_store) == batches.salt(empty_store) != b""

    def test_differs_between_databases(self, empty_store: Store):
        """Tokens of two offices cannot be matched."""
        other = Store(":memory:")
        assert batches.salt(empty_store) != batches.salt(other)
        other.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sample office of two quarters."""
    for quarter, row in {"2024Q1": MARCH, "2024Q2": APRIL}.items():
        (tmp_path / quarter).mkdir()
        name, content = ledger(row, name=f"{quarter}.xlsx")
        (tmp_path / quarter / name).write_bytes(content)
    (tmp_path / "README.md").write_text("not a quarter", encoding="utf-8")
    return tmp_path


class TestSample:
    """The invented office of a first run."""

    def test_is_wanted_by_a_new_database_only(self, empty_store: Store):
        """Own rows or an earlier import end it."""
        assert batches.wants_sample(empty_store)
        hand_in(empty_store, ledger(OTHER))
        assert not batches.wants_sample(empty_store)

    def test_is_a_batch_per_quarter(self, empty_store: Store, folder: Path):
        """Each folder is one batch, marked as invented; afterwards nothing more is wanted."""
        assert batches.import_sample(empty_store, folder) == 2
        assert batches.history(empty_store)["is_sample"].tolist() == [True, True]
        assert batches.has_sample(empty_store) and not batches.wants_sample(empty_store)
        assert attendance(empty_store) == [("春训", 9), ("讲规矩", 8)]

    def test_cut_off_is_resumed(self, empty_store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch):
        """A server stopped in the middle starts over, and nothing stands twice."""
        insert, done = batches.insert, []

        def breaking(*arguments, **options):
            done.append(1)
            return failing() if len(done) == 2 else insert(*arguments, **options)

        with monkeypatch.context() as broken:
            broken.setattr(batches, "insert", breaking)
            with pytest.raises(RuntimeError, match="broken off"):
                batches.import_sample(empty_store, folder)
        assert batches.wants_sample(empty_store)
        assert batches.import_sample(empty_store, folder) == 2
        assert not batches.wants_sample(empty_store)
        assert len(batches.history(empty_store)) == 2
        assert attendance(empty_store) == [("春训", 9), ("讲规矩", 8)]

    def test_cleared_leaves_the_own_batches(self, empty_store: Store, folder: Path):
        """Every trace of the sample goes; the office's own rows stay, and the sample does not come back."""
        batches.import_sample(empty_store, folder)
        hand_in(empty_store, ledger(OTHER, attended(MARCH, 2)))
        batches.clear_sample(empty_store)
        assert attendance(empty_store) == [("春训", 2), ("植树", 6)]
        assert batches.history(empty_store)["is_sample"].tolist() == [False]
        assert not batches.has_sample(empty_store) and not batches.wants_sample(empty_store)
        for table in ("activities", "files", "columns", "coverage", "problems"):
            assert {batch for (batch,) in rows(empty_store, f"select batch from raw.{table}")} <= {3}

    def test_cleared_in_an_otherwise_empty_database_does_not_come_back(self, empty_store: Store, folder: Path):
        """Clearing is for good."""
        batches.import_sample(empty_store, folder)
        batches.clear_sample(empty_store)
        assert attendance(empty_store) == [] and not batches.wants_sample(empty_store)


def test_an_error_is_said_in_the_readers_language(empty_store: Store):
    """A message kept from one reader is rendered for the next."""
    with pytest.raises(BatchError) as error:
        batches.undo(empty_store, 7)
    words.speak("en")
    assert "7" in str(error.value.message) and str(error.value.message) != str(error.value)
