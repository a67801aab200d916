"""The overview: findings first with numbers to follow, figures, what is handed in, units in bands; places only where asked."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from cadence import answers, batches, catalogue, queries, selection
from cadence.catalogue import Entry, Reading
from cadence.store import Store
from cadence.view.findings import START, STOP, linked
from tests.ledgers import ledger

LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
HEADLINES = (
    *("compliance", "yearend_share", "even_share", "prompt_recording", "attendance", "dual_life_share", "organiser_share"),
    *("task_coverage_share", "linked_share", "stale_share", "top_band_share", "reward_share"),
)
SEVERITY = [":material/priority_high:", ":material/visibility:", ":material/more_horiz:"]
"""The marks of findings, the severe first."""


def told(page: AppTest) -> list[str]:
    """Every sentence of the page."""
    return [markdown.value for markdown in page.markdown]


def links(page: AppTest) -> list[tuple[str, str]]:
    """(number, address) of every linked number."""
    return [link for text in told(page) for link in LINK.findall(text)]


def switch(page: AppTest):
    """The switch for places."""
    return next(toggle for toggle in page.toggle if toggle.key.startswith("ranked"))


class TestFindings:
    """The sentences a leader reads first."""

    def test_three_to_six_are_told_and_the_severe_come_first(self, visit, sample: Store):
        """Each bears the mark of its severity, and they stand in its order."""
        marks = [link.proto.icon for link in visit(sample).get("page_link") if link.proto.icon in SEVERITY]
        assert 3 <= len(marks) <= 6
        assert marks == sorted(marks, key=SEVERITY.index)

    def test_each_number_leads_to_its_page_with_what_is_chosen(self, visit, sample: Store):
        """Values of the answer, not the digits of the sentence; period and unit go along."""
        page = visit(sample, period="2024", unit="数据资源党总支")
        found = links(page)
        assert len(found) > 5
        assert {address.split("?")[0] for _, address in found} <= {
            *("frequency", "rhythm", "participation", "integration", "quality", "evaluation", "records", "spreadsheets")
        }
        assert all("period=2024" in address and "unit=" in address for _, address in found)
        assert not any("99.8" in number for number, _ in found)

    def test_the_numbers_are_those_of_the_answer(self, visit, sample: Store):
        """What stands in the sentence is what the query says."""
        asked = answers.answer(sample, "due_held", chosen(sample, "2025")).frame
        numbers = {number for number, address in links(visit(sample, period="2025")) if address.startswith("frequency")}
        assert {f"{asked['due'].sum():,}", f"{asked['met'].sum():,}", f"{asked['short'].sum():,}"} <= numbers

    def test_where_no_rule_fires_it_says_so_and_how_things_stand(self, visit, sample: Store, monkeypatch):
        """A calm sentence with the number of rules, and three sentences of the headline figures."""
        speaking = Entry.speaking

        def calm(self: Entry, frame: object) -> Reading | None:
            found = speaking(self, frame)
            return Reading("平静。") if found and found.tone == "look" else found

        monkeypatch.setattr(Entry, "speaking", calm)
        page = visit(sample)
        assert any(re.search(r"按 \d+ 条规则看过，没有需要核实的事项", text) for text in told(page))
        assert sum(link.proto.icon == ":material/check:" for link in page.get("page_link")) == 3

    def test_where_nothing_carries_it_does_not_call_that_calm(self, visit, own: Store):
        """A year of which nothing was handed in: too little to say that nothing needs a look."""
        rows = [["甲党支部", "主题党日", f"2025-03-{day}", f"题{day}", 10, 9] for day in (11, 12)]
        batches.commit(own, batches.read(own, [ledger(*rows, name="2025年台账.xlsx")]))
        page = visit(own, period="2023")
        assert not page.exception
        assert any("暂不判断有没有" in text for text in told(page)) and not any("条规则看过" in text for text in told(page))

    def test_a_page_of_its_own_tells_only_its_findings(self, visit, sample: Store):
        """The frequency page does not fill up with figures."""
        page = visit(sample, "frequency")
        assert {address.split("?")[0] for _, address in links(page)} == {"frequency"}

    def test_signs_of_a_name_mean_nothing(self):
        """A name with brackets stays a name; only marked numbers become links."""
        text = linked(f"党支部[1](x) 有 {START}12%{STOP}", "records?a=b")
        assert text == r"党支部\[1\]\(x\) 有 [12%](records?a=b)"


def chosen(store: Store, period: str) -> selection.Selection:
    """Every unit and kind in a period."""
    units = tuple(queries.ask(store, "unit_tree", {})["unit"])
    return selection.Selection(selection.period(period), units, tuple(catalogue.vocabulary()["type"]))


class TestFigures:
    """Small multiples."""

    def test_the_headlines_stand_with_change_coverage_and_n(self, visit, sample: Store):
        """A metric each, a change against last year, the share reported below."""
        page = visit(sample, period="2025")
        labels = [metric.label for metric in page.metric]
        assert labels == [catalogue.entry(id).title for id in HEADLINES]
        assert all(metric.delta for metric in page.metric)
        assert sum("已报" in caption.value for caption in page.caption) >= len(HEADLINES)
        assert any("随机约" in caption.value for caption in page.caption)

    def test_an_unfinished_year_is_compared_with_the_same_months(self, visit, own: Store):
        """Two months of this year stand against two months of last year, not against all of it."""
        for year, months in ((2024, range(1, 13)), (2025, (1, 2))):
            rows = [
                ["甲党支部", "主题党日", f"{year}-{month:02d}-{day:02d}", f"题{month}.{day}", 10, 9 if month <= 2 else 1]
                for month in months
                for day in (3, 10, 17, 24)
            ]
            batches.commit(own, batches.read(own, [ledger(*rows, name=f"{year}年1月至{months[-1]}月台账.xlsx")]))
        page = visit(own, period="2025")
        attendance = next(metric for metric in page.metric if metric.label == catalogue.entry("attendance").title)
        assert (attendance.value, attendance.delta) == ("90%", "持平")


class TestBands:
    """Units in bands, no ranking unless asked for."""

    def test_own_office_and_leaders_come_first_and_nothing_is_ranked(self, visit, sample: Store):
        """The leaders' branch is the first unit named; the switch is off and there is no place."""
        page = visit(sample, period="2025")
        text = told(page)
        near = next(n for n, line in enumerate(text) if "先看自己" in line)
        assert near < next(n for n, line in enumerate(text) if "需要关注**" in line)
        assert switch(page).value is False
        assert "名次（范围）" not in str([frame.columns for frame in page.dataframe]) and "ranked" not in page.query_params

    def test_a_leader_switches_places_on_and_the_address_keeps_it(self, visit, sample: Store):
        """Places are ranges with intervals; off again, the address forgets it."""
        page = switch(visit(sample, period="2025")).set_value(True).run()
        assert page.query_params["ranked"] in ("met", ["met"])
        (ranked,) = [frame.value for frame in page.dataframe if "place" in frame.value]
        assert all(re.fullmatch(r"\d+(–\d+)?", place) for place in ranked["place"])
        assert all("%–" in interval for interval in ranked["interval"])
        assert any("并列在前" in caption.value for caption in page.caption)
        assert "ranked" not in switch(page).set_value(False).run().query_params

    def test_an_address_with_places_opens_with_them(self, visit, sample: Store):
        """A shared link shows what was shared; another value is off."""
        assert switch(visit(sample, ranked="met")).value is True
        assert switch(visit(sample, ranked="held")).value is False


class TestFreshness:
    """What was imported last, and what is there."""

    def test_the_newest_batch_and_who_still_owes(self, visit, sample: Store):
        """Number and day of the newest batch; the branches with months missing by name."""
        page = visit(sample, period="2025")
        assert any(link.proto.label.startswith("最新一批：第") for link in page.get("page_link"))
        assert any("还没有报齐：" in caption.value and "西岭便民中心党支部" in caption.value for caption in page.caption)


def test_no_question_is_asked_twice_in_a_run(visit, sample: Store, monkeypatch: pytest.MonkeyPatch):
    """Findings, figures and cards share their answers: no query runs twice with the same params."""
    asked = []
    real = queries.run
    monkeypatch.setattr(
        queries, "run", lambda store, sql, params, seconds=20.0: asked.append((sql, str(params))) or real(store, sql, params)
    )
    page = visit(sample, period="2025")
    asked.clear()
    assert not page.run().exception
    assert [sql.splitlines()[0] for sql, params in asked if asked.count((sql, params)) > 1] == []
