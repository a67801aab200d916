"""A ledger with nothing but the usual columns, as most offices keep it: what can be said is said, what lacks a column says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from cadence import answers, batches, catalogue, charts, engine, queries, selection
from cadence.phrases import Phrase, phrases
from cadence.selection import Selection
from cadence.store import Store
from tests.sheets.books import xlsx

HEADER = ["支部名称", "会议类型", "会议时间", "会议主题", "应到人数", "实到人数", "主持人"]
KINDS = ("支部党员大会", "支部委员会", "党小组会", "党课", "主题党日", "集中学习")
UNITS = [f"第{number}党支部" for number in "一二三四五六七八"]


def row(unit: int, month: int, place: int) -> list:
    """One activity; the kinds come in turn, and more come in spring than in autumn."""
    kind = KINDS[(unit + month + place) % len(KINDS)]
    day = dt.date(2024, month, 3 + 7 * place + unit % 4)
    return [UNITS[unit], kind, day, f"{kind}：学习研讨", 12 + unit, 12 + unit - (month + place) % 4, f"王{'甲乙丙'[place % 3]}"]


@pytest.fixture(scope="module")
def lean() -> Iterator[Store]:
    """Eight branches and three activities a month, imported as a file is dropped in."""
    rows = [row(unit, month, place) for unit in range(len(UNITS)) for month in range(1, 13) for place in range(3)]
    store = engine.ready(Store(":memory:"))
    batches.commit(store, batches.read(store, [("三会一课台账.xlsx", xlsx({"台账": ([HEADER, *rows], ())}))]))
    yield store
    store.close()


def ask(store: Store, id: str) -> answers.Answer:
    """The answer about all units and kinds of the year."""
    tree = queries.ask(store, "unit_tree", {})
    types = tuple(catalogue.vocabulary()["type"])
    return answers.answer(store, id, Selection(selection.period("2024"), tuple(tree["unit"]), types), "last_year")


PLACED = [entry.id for entry in catalogue.entries().values() if entry.page and entry.page != "unit"]


@pytest.mark.parametrize("id", PLACED)
def test_every_indicator_answers_or_says_what_it_lacks(lean: Store, id: str):
    """No error, nothing empty in a sentence: a picture, or a reason in words."""
    found = ask(lean, id)
    if found.withheld:
        assert str(found.withheld)
        return
    assert not answers.missing_columns(lean, found.entry)
    told = found.reading.say if found.reading else ""
    assert "nan" not in told and "None" not in told
    charts.draw(found.entry, found.frame, compare=found.before, marks=found.marks)


@pytest.mark.parametrize("phrase", [it for it in phrases() if it.tier == "T1" and it.indicators], ids=lambda it: it.text[:8])
def test_what_the_usual_columns_tell_is_told(lean: Store, phrase: Phrase):
    """Each phrase of the first tier has an indicator that no missing column silences."""
    assert any(not answers.missing_columns(lean, catalogue.entry(id)) for id in phrase.indicators)
