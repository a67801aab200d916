"""Answers: what may honestly be shown of an indicator, and the reason where nothing may."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from cadence import answers, catalogue, selection
from cadence.answers import Answer
from cadence.catalogue import Reading
from cadence.queries import QueryError, SlowQuery
from cadence.selection import Selection
from tests.facts.office import Office, months

SPRING = selection.period("2024Q1")


@pytest.fixture
def office():
    """An office that has handed in nothing yet."""
    office = Office()
    yield office
    office.store.close()


def held(number: int, **more: object) -> list[dict]:
    """So many theme days of unit 甲 in March 2024."""
    return [{"held_on": f"2024-03-{day:02d}", **more} for day in range(1, number + 1)]


def counted(*fields: str, kind: str = "activities", filled: int = 1) -> list[dict]:
    """Columns that a ledger had."""
    return [{"kind": kind, "field": field, "rows_seen": 1, "filled": filled} for field in fields]


def ask(office: Office, id: str, period: selection.Period = SPRING, comparison: str = "none", **more: object) -> Answer:
    """The answer about unit 甲 and its theme days, after a rebuild."""
    office.rows("select 1")
    return answers.answer(office.store, id, Selection(period, ("甲",), ("theme_day",)), comparison, **more)


def test_an_answer_that_carries_is_given_with_its_sentence(office: Office):
    """Enough rows and months: frame, number behind it, share reported and a reading."""
    office.batch(
        activities=held(8, expected=10, attended=9),
        columns=counted("expected", "attended"),
        coverage=months("甲", "2024-01", "2024-03"),
    )
    found = ask(office, "attendance")
    assert (found.withheld, found.n, found.reported) == (None, 8, 1.0)
    assert found.frame[["numerator", "denominator"]].values.tolist() == [[72, 80]]
    assert "90%" in found.reading.say


@pytest.mark.parametrize("filled", [None, 0])
def test_a_missing_column_is_named(office: Office, filled: int | None):
    """A column that no ledger has, or that is empty throughout, is named with its spreadsheet; nothing is asked."""
    columns = counted("expected") + ([] if filled is None else counted("attended", filled=filled))
    office.batch(activities=held(8), columns=columns, coverage=months("甲", "2024-01", "2024-03"))
    found = ask(office, "attendance")
    assert str(found.withheld) == "缺少列：实到人数 (活动台账)"
    assert found.frame.empty and found.reading is None and found.n is None


def test_every_missing_column_is_named(office: Office):
    """Two columns of two spreadsheets."""
    office.batch(activities=held(8), coverage=months("甲", "2024-01", "2024-03"))
    assert str(ask(office, "task_coverage").withheld).count("(") == 2


def test_one_of_several_columns_will_do(office: Office):
    """Where either would serve, both are named while neither is there; one of them is enough."""
    office.batch(activities=held(8), coverage=months("甲", "2024-01", "2024-03"))
    assert str(ask(office, "upward_driven").withheld) == "缺少列：触发来源 (活动台账) 或 种类 (节点日历)"
    office.batch(columns=[{"kind": "calendar", "field": "event", "rows_seen": 1, "filled": 1}])
    assert "缺少列" not in str(ask(office, "upward_driven").withheld)


def test_without_rows_there_is_no_data(office: Office):
    """A period in which nothing was held is said to be empty."""
    office.batch(activities=held(8), columns=counted("expected", "attended"), coverage=months("甲", "2024-01", "2024-06"))
    found = ask(office, "attendance", selection.period("2024Q2"))
    assert str(found.withheld) == "所选范围内没有数据" and found.reading is None


def test_below_its_coverage_an_answer_is_withheld(office: Office):
    """One month of three reported is below the 60 % that the ribbon asks for; the reason holds both shares."""
    office.batch(activities=held(8), coverage=months("甲", "2024-03", "2024-03"))
    office.batch(coverage=months("乙", "2024-01", "2024-03"), activities=[{"unit": "乙"}])
    found = ask(office, "rhythm_ribbon")
    assert found.reported == pytest.approx(1 / 3)
    assert str(found.withheld) == "已报 33%，低于 60%，暂不显示，以免误读"


def test_at_its_coverage_an_answer_is_given(office: Office):
    """Two months of three are enough."""
    office.batch(activities=held(8), coverage=months("甲", "2024-02", "2024-03"))
    office.batch(coverage=months("乙", "2024-01", "2024-03"), activities=[{"unit": "乙"}])
    assert ask(office, "rhythm_ribbon").withheld is None


def test_below_its_smallest_n_an_answer_is_withheld(office: Office):
    """Seven activities are one too few for the ribbon; the reason holds both numbers."""
    office.batch(activities=held(7), coverage=months("甲", "2024-01", "2024-03"))
    assert str(ask(office, "rhythm_ribbon").withheld) == "样本不足，不作判断（n = 7，至少 8）"
    office.batch(activities=[{"held_on": "2024-03-30"}])
    assert ask(office, "rhythm_ribbon").withheld is None


@pytest.mark.parametrize(("comparison", "year"), [("last_year", 2023), ("previous", 2023)])
def test_a_comparison_asks_the_period_before(office: Office, comparison: str, year: int):
    """The same question about the other period, beside the answer."""
    office.batch(
        activities=[
            *held(8, expected=10, attended=9),
            {"held_on": "2023-02-07", "expected": 10, "attended": 5},
            {"held_on": "2023-11-07", "expected": 10, "attended": 2},
        ],
        columns=counted("expected", "attended"),
        coverage=months("甲", "2023-01", "2024-03"),
    )
    before = ask(office, "attendance", comparison=comparison).before
    assert before[["numerator", "denominator"]].values.tolist() == [[{"last_year": 5, "previous": 2}[comparison], 10]]
    assert before["period"].iloc[0].year == year


def test_without_a_comparison_nothing_more_is_asked(office: Office):
    """No comparison, no second frame."""
    office.batch(activities=held(8), coverage=months("甲", "2024-01", "2024-03"))
    assert ask(office, "count_rate_hours").before is None


def test_what_is_withheld_is_not_compared(office: Office):
    """Neither the period before nor the marks are asked for."""
    office.batch(activities=held(1), coverage=months("甲", "2023-01", "2024-03"))
    found = ask(office, "rhythm_ribbon", comparison="last_year")
    assert found.withheld and found.before is None and found.marks is None


def test_marks_come_with_the_answer_where_they_are_wanted(office: Office):
    """Inspection days stand beside the records, or not where a table is asked for."""
    office.batch(
        activities=held(8, recorded_on="2024-03-30"), columns=counted("recorded_on"), coverage=months("甲", "2024-01", "2024-03")
    )
    office.batch(calendar=[{"starts_on": "2024-03-20", "name": "检查"}], columns=counted("starts_on", kind="calendar"))
    assert len(ask(office, "held_recorded").marks) == 1
    assert ask(office, "held_recorded", marked=False).marks is None


def test_where_nothing_was_due_the_share_reported_is_unknown(office: Office):
    """No month handed in anywhere: neither 0 % nor 100 %."""
    office.rows("select 1")
    assert math.isnan(answers.reported_share(office.store, Selection(SPRING, ("甲",), ())))


def test_an_unknown_indicator_is_named(office: Office):
    """The message holds the name and those there are."""
    with pytest.raises(QueryError, match=r"indicator “rythm” does not exist; expected one of .*rhythm_ribbon"):
        ask(office, "rythm")


def test_a_query_that_takes_too_long_is_said(office: Office, monkeypatch: pytest.MonkeyPatch):
    """A stopped query leaves a sentence on the card, not an exception page."""
    office.batch(activities=held(8), coverage=months("甲", "2024-01", "2024-03"))
    office.rows("select 1")
    real = answers.queries.ask

    def slow(store: object, id: str, values: object) -> object:
        if id == "year_wheel":
            raise SlowQuery("stopped after 20 s")
        return real(store, id, values)

    monkeypatch.setattr(answers.queries, "ask", slow)
    assert "已停止" in str(ask(office, "year_wheel").withheld)


def test_numbers_of_a_sentence_can_be_marked_and_its_own_digits_are_not(office: Office):
    """Values of the answer go through the function, the words around them do not; plain, the sentence is the same without."""
    office.batch(
        activities=held(8, recorded_on="2024-03-29"), columns=counted("recorded_on"), coverage=months("甲", "2024-01", "2024-03")
    )
    found = ask(office, "prompt_recording")
    assert "[8] 次活动" in found.told("[{}]".format).say and "3 个工作日" in found.told("[{}]".format).say
    assert found.told("[{}]".format).say.replace("[", "").replace("]", "") == found.reading.say


def test_a_sentence_takes_its_limits_from_the_thresholds(monkeypatch: pytest.MonkeyPatch):
    """Who sets another number reads it; it is no number of the answer, so it is not marked."""
    told = Reading(say="{n.sum} 次提前 {notice_days} 天")
    entry = replace(catalogue.entry("plan_ladder"), readings=(told,))
    frame = pd.DataFrame({"n": [8]})
    assert entry.reading(frame, "[{}]".format).say == "[8] 次提前 2 天"
    monkeypatch.setattr(catalogue.rules, "thresholds", lambda: {"notice_days": 2.5})
    assert entry.reading(frame).say == "8 次提前 2.5 天"


def test_no_sentence_names_a_limit_that_is_set_elsewhere():
    """A number of thresholds.toml in a formula is said to be the default."""
    inspection, notice = catalogue.entry("inspection_surge"), catalogue.entry("upward_driven")
    assert all("15" not in told.say and "{before_inspection_days}" in told.say for told in inspection.readings)
    assert "默认 15" in inspection.formula and "默认 14" in notice.formula


class TestRemembering:
    """One run of a page asks each question once."""

    @pytest.fixture
    def asked(self, office: Office, monkeypatch: pytest.MonkeyPatch):
        """What reaches the store, in order; an office with eight theme days."""
        office.batch(
            activities=held(8, expected=10, attended=9),
            columns=counted("expected", "attended"),
            coverage=months("甲", "2024-01", "2024-03"),
        )
        office.rows("select 1")
        asked, real = [], answers.queries.ask
        monkeypatch.setattr(answers.queries, "ask", lambda store, id, values: asked.append(id) or real(store, id, values))
        yield asked
        answers.forget()

    def answer(self, office: Office, period: selection.Period = SPRING) -> Answer:
        return answers.answer(office.store, "attendance", Selection(period, ("甲",), ("theme_day",)))

    def test_without_a_run_every_question_is_asked(self, office: Office, asked: list[str]):
        """From a shell nothing is remembered."""
        assert self.answer(office).n == self.answer(office).n == 8
        assert asked.count("attendance") == asked.count("coverage_share") == 2

    def test_within_a_run_each_is_asked_once(self, office: Office, asked: list[str]):
        """Another selection is another question; what the indicator has no param for makes none."""
        answers.remember()
        for _ in range(3):
            assert self.answer(office).n == 8
        self.answer(office, selection.period("2024"))
        assert [asked.count(id) for id in ("attendance", "coverage_share", "columns_filled")] == [2, 2, 1]

    def test_what_one_reader_of_an_answer_changes_another_does_not_see(self, office: Office, asked: list[str]):
        """The frame that is handed out is the reader's own."""
        answers.remember()
        mine = self.answer(office).frame
        mine["numerator"] = 0
        assert self.answer(office).frame["numerator"].tolist() == [72]

    def test_an_import_in_between_is_seen(self, office: Office, asked: list[str]):
        """The store's version is part of the question."""
        answers.remember()
        self.answer(office)
        office.batch(activities=[{"held_on": "2024-03-30", "expected": 10, "attended": 9}])
        office.rows("select 1")
        assert self.answer(office).n == 9

    def test_the_next_run_starts_anew(self, office: Office, asked: list[str]):
        """Nothing outlives the run."""
        answers.remember()
        self.answer(office)
        answers.remember()
        self.answer(office)
        assert asked.count("attendance") == 2
