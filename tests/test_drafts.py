"""An import in the making: answered, corrected, mapped, compared, committed; and read in the background."""

from __future__ import annotations

import datetime as dt

from cadence import batches, drafts
from cadence.batches import Choice, Counts, mappings
from cadence.drafts import Draft
from cadence.sheets import IGNORE
from cadence.store import Store
from tests.ledgers import IMPOSSIBLE, MARCH, ledger
from tests.sheets.books import xlsx

YEARLESS = ["第一党支部", "主题党日", "3月5日", "春训", 10, 9]


def test_reads_and_compares(empty_store: Store):
    """What would go in, before anything is stored."""
    draft = Draft([ledger(MARCH, IMPOSSIBLE)]).read(empty_store)
    assert draft.would.counts == Counts(fresh=1, refused=1)
    assert batches.history(empty_store).empty


def test_an_answer_counts_and_can_be_changed(empty_store: Store):
    """Rows wait for the year; answered, the question stays at hand."""
    draft = Draft([ledger(YEARLESS)]).read(empty_store)
    (question,) = draft.waiting
    assert draft.would.counts.fresh == 0
    for year in ("2024", "2025"):
        draft.answer(question.id, year)
        draft.read(empty_store)
        assert draft.sheets()[0].tables[0].fields["held_on"] == [dt.date(int(year), 3, 5)]
        assert draft.waiting == [] and question.id in draft.asked


def test_a_corrected_cell_is_read_at_once_and_kept_with_the_batch(empty_store: Store):
    """The row goes in; the batch says what stood there; taken back, the row is out again."""
    draft = Draft([ledger(IMPOSSIBLE)]).read(empty_store)
    cell = ("台账.xlsx", "台账", "C2")
    draft.correct({cell: "2024-02-29"})
    assert draft.read(empty_store).would.counts == Counts(fresh=1)
    draft.correct({cell: None})
    assert draft.read(empty_store).would.counts == Counts(refused=1)
    draft.correct({cell: "2024-02-29"})
    batch = draft.read(empty_store).commit(empty_store, Choice(), "甲", "national").batch
    (kept,) = batches.problems(empty_store, batch).to_dict("records")
    assert (kept["severity"], kept["sheet_row"], kept["column"]) == ("corrected", 2, "C")
    assert "2024-02-31" in kept["values"] and "2024-02-29" in kept["values"]


def test_names_of_files_hold_nothing_personal(empty_store: Store):
    """Two files whose names differ only in a phone number are still two, and their cells and encodings go by the names shown."""
    (_, one), (_, other) = ledger(IMPOSSIBLE), ledger(MARCH)
    text = "党支部,活动类型,活动日期,主题\n第一党支部,党课,2025-03-05,学习\n".encode()
    draft = Draft([("a/张13812345678.xlsx", one), ("张13912345678.xlsx", other), ("13812345678.csv", text)]).read(empty_store)
    names = ["张‹手机号›.xlsx", "张‹手机号› (2).xlsx", "‹手机号›.csv"]
    assert [reading.file for reading in draft.readings] == names
    draft.correct({(names[0], "台账", "C2"): "2024-02-29"})
    draft.read_text_as(names[2], "latin-1")
    draft.read(empty_store)
    assert [bool(sheet.corrected) for sheet in draft.sheets()] == [True, False, False]
    assert draft.readings[2].encoding == "latin-1"


class TestMapping:
    """Columns and kinds said by hand."""

    HEADER = ("党支部", "活动类型", "活动日期", "主题", "甲数")

    def file(self, name: str = "一.xlsx") -> tuple[str, bytes]:
        return name, xlsx({"台账": ([list(self.HEADER), [*MARCH[:4], 7]], ())})

    def test_is_remembered_on_commit(self, empty_store: Store):
        """The next draft of that layout reads the column without being told."""
        draft = Draft([self.file()]).read(empty_store)
        draft.map("一.xlsx", draft.sheets()[0], {"甲数": "attended"})
        draft.read(empty_store).commit(empty_store, Choice(), "甲", "national")
        again = Draft([self.file("二.xlsx")]).read(empty_store)
        assert again.sheets()[0].columns["attended"] == "甲数" and again.sheets()[0].remembered

    def test_adds_to_what_is_remembered(self, empty_store: Store):
        """Correcting a second column keeps the first correction."""
        draft = Draft([self.file()]).read(empty_store)
        draft.map("一.xlsx", draft.sheets()[0], {"甲数": "attended"})
        draft.commit(empty_store, Choice(), "甲", "national")
        again = Draft([self.file()]).read(empty_store)
        again.map("一.xlsx", again.sheets()[0], {"主题": IGNORE})
        assert set(again.read(empty_store).sheets()[0].columns) == {"unit", "type", "held_on", "attended"}

    def test_is_forgotten(self, empty_store: Store):
        """Read as if nobody had said anything, and on commit nothing is remembered."""
        draft = Draft([self.file()]).read(empty_store)
        draft.map("一.xlsx", draft.sheets()[0], {"甲数": "attended"})
        draft.commit(empty_store, Choice(), "甲", "national")
        again = Draft([self.file()]).read(empty_store)
        again.forget(again.sheets()[0])
        assert "attended" not in again.read(empty_store).sheets()[0].columns
        again.commit(empty_store, Choice(), "甲", "national")
        assert mappings.known(empty_store) == {}

    def test_another_kind_is_taken(self, empty_store: Store):
        """The sheet is read as a plan."""
        draft = Draft([self.file()]).read(empty_store)
        draft.take_as("一.xlsx", draft.sheets()[0], "plans")
        assert draft.read(empty_store).sheets()[0].kind == "plans"


def test_a_text_file_is_decoded_anew(empty_store: Store):
    """Another encoding opens that file again."""
    text = "党支部,活动类型,活动日期,主题\n第一党支部,党课,2024-03-05,学习\n"
    draft = Draft([("台账.csv", text.encode("gb18030"))], answers={"encoding:台账.csv": "big5"}).read(empty_store)
    assert draft.readings[0].encoding == "big5"
    draft.read_text_as("台账.csv", "gb18030")
    assert draft.read(empty_store).would.counts.fresh == 1


def test_files_of_one_name_are_told_apart():
    """The second gets a number; the same file twice is one."""
    assert drafts.unlike([("a.xlsx", b"1"), ("a.xlsx", b"2"), ("a.xlsx", b"1"), ("b", b"3"), ("b", b"4")]) == [
        ("a.xlsx", b"1"),
        ("a (2).xlsx", b"2"),
        ("b", b"3"),
        ("b (2)", b"4"),
    ]
