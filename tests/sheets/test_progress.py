"""Watching a reading: how far it is, ending it at once, and reading opened files again with other answers."""

import copy
import threading

import pytest

from cadence.progress import Cancelled
from cadence.sheets import cells, open_files, read_files, read_opened
from tests.sheets.books import context, file, tall

HEAD = ["党支部", "活动类型", "活动日期"]
LEDGER = file("xlsx", [HEAD, ["甲支部", "党课", "2024-03-05"], ["乙支部", "党课", "3月6日"]])
REGISTER = file("csv", [["党组织名称", "党员总数", "党小组数"], ["甲支部", 5, 1], ["乙支部", 6, 1]], name="组织名册")


class Watched:
    """Notes every step, and cancels as soon as it is asked to."""

    def __init__(self):
        self.steps, self.seen = [], 0
        self.ended = threading.Event()

    def step(self, done, text):
        """Note it; raise once ended."""
        self.steps.append((done, str(text)))
        if self.ended.is_set():
            raise Cancelled


def test_steps_go_from_0_to_1():
    """The share done never falls, ends at 1, and each file is named while it is opened and while it is read."""
    watch = Watched()
    read_files([LEDGER, REGISTER, ("b.pdf", b"%PDF-1.7")], context(), watch)
    shares = [done for done, _ in watch.steps]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1
    texts = {text for _, text in watch.steps}
    assert {"正在打开 台账.xlsx", "正在读取 台账.xlsx：Sheet1", "正在打开 b.pdf"} <= texts


@pytest.mark.parametrize("during", ["正在打开", "正在读取"])
def test_a_big_file_is_cancelled_at_once(monkeypatch, during):
    """Cancelled while the child parses, or later, the call ends at the very next step and leaves no child behind."""
    children = []
    monkeypatch.setattr(cells, "start", lambda start=cells.start: children.append(start()) or children[-1])
    big, watch = tall(HEAD + ["主题"] * 20, ["甲支部", "党课", "2024-03-05", *["学党章"] * 20], 40_000), Watched()

    def cancel():
        while not watch.ended.wait(0.005):
            if any(text.startswith(during) for _, text in watch.steps):
                watch.seen = len(watch.steps)
                watch.ended.set()

    threading.Thread(target=cancel, daemon=True).start()
    with pytest.raises(Cancelled):
        read_files([("台账.xlsx", big)], context(), watch)
    assert len(watch.steps) <= watch.seen + 2
    assert children and all(child.poll() is not None for child in children)


def test_opened_files_are_read_again_with_other_answers():
    """What was opened once serves several readings, is not changed by them, and gives what reading the files anew gives."""
    files = [file("csv", [HEAD, ["甲支部", "党课", "3月5日"], ["", "支委会", "3月6日"]])]
    opened = open_files(files)
    before = copy.deepcopy(opened)
    place = "year:台账.csv#台账"
    for answers in ({}, {place: "2024"}, {place: "2023"}):
        assert read_opened(files, opened, context(answers=answers)) == read_files(files, context(answers=answers))
        assert opened == before
