"""The portrait of a unit: asked for where none is chosen; its peers as a range, never by name; the way to its rows."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cadence import batches, queries
from cadence.store import Store
from cadence.words import plain
from tests.ledgers import ledger
from tests.pages import screen
from tests.pages.screen import told
from tests.pages.test_pages import data

__all__ = ["data"]

UNIT = "综合窗口党支部"
MIDDLE = "政务服务党总支"


def links(page: AppTest) -> list:
    """Links of the page itself, without the menu."""
    return [link.proto for link in page.main.get("page_link")]


def chosen(page: AppTest) -> str:
    """The unit of the address."""
    value = page.query_params["unit"]
    return value if isinstance(value, str) else value[0]


def test_without_a_unit_the_page_asks_for_one(visit, sample: Store):
    """A search box and nothing else; what is picked goes into the address and brings the portrait."""
    page = visit(sample, "unit", period="2025")
    assert not page.exception and not page.get("plotly_chart")
    (box,) = [box for box in page.selectbox if box.key == "sought_unit-zh"]
    assert box.value is None and len(box.options) == len(queries.ask(sample, "unit_tree", {}))
    page = box.select(UNIT).run()
    assert chosen(page) == UNIT and page.get("plotly_chart")
    assert UNIT in told(page)


def test_everything_about_one_unit(visit, sample: Store):
    """Who it is, its peers in words, pictures, findings, early warning, and the row of its newest activity."""
    page = visit(sample, "unit", period="2025", unit=UNIT)
    text = told(page)
    assert not page.exception
    assert "26 名党员" in text and "名册同类组“窗口类”的另外 22 个单位" in text
    assert {heading.value for heading in page.subheader} >= {"往期与同类", "做了什么", "三年逐周", "节奏提示", "年内预警"}
    with sample.cursor() as cursor:
        activity, file, row = cursor.execute(
            """
            select activity, file, sheet_row from marts.sources join marts.activities using (activity) where unit = $unit
            order by held_on desc, activity limit 1
            """,
            {"unit": UNIT},
        ).fetchall()[0]
    assert plain(file) in text and f"第 {row} 行" in text
    (there,) = [link for link in links(page) if link.page == "records"]
    assert activity in there.query_string and "unit=" in there.query_string


def test_peers_are_never_named(visit, sample: Store):
    """In words and pictures only the three of like rhythm are named, as buttons that lead to them."""
    page = visit(sample, "unit", period="2025", unit=UNIT)
    named = [button.label for button in page.button if (button.key or "").startswith("similar_")]
    assert len(named) == 3 and UNIT not in named
    tree = queries.ask(sample, "unit_tree", {})
    others = set(tree.loc[tree["kind"] == "branch", "unit"]) - {UNIT, *named}
    drawn = [text for chart in page.get("plotly_chart") for text in screen._message(chart.proto)]
    assert len(drawn) > 100
    assert [unit for unit in others if unit in told(page) or any(unit in text for text in drawn)] == []
    page = page.button(key=f"similar_{named[0]}").click().run()
    assert chosen(page) == named[0]


def test_a_unit_with_others_below_it_is_seen_beside_its_own_past(visit, sample: Store):
    """The units below are added up; no peers, no similar units."""
    page = visit(sample, "unit", period="2025", unit=MIDDLE)
    text = told(page)
    assert not page.exception and "下面还有单位" in text and "只看本单位的往期" in text
    assert not [button for button in page.button if (button.key or "").startswith("similar_")]


def test_too_few_peers_are_said(visit, own: Store):
    """One unit alone: no comparison, and no invented one."""
    rows = [["甲党支部", "主题党日", f"2024-{month:02}-05", "一", 10, 9] for month in range(1, 13)]
    batches.commit(own, batches.read(own, [ledger(*rows, name="2024年台账.xlsx")]))
    page = visit(own, "unit", period="2024", unit="甲党支部")
    assert not page.exception and "同类单位不足 5 个" in told(page)


@pytest.mark.parametrize("unit", [UNIT, MIDDLE])
def test_in_english(visit, sample: Store, data: set[str], unit: str):
    """No Chinese is left but the office's own words."""
    with sample.cursor() as cursor:
        groups = {group for (group,) in cursor.execute("select distinct peer_group from marts.units").fetchall() if group}
    assert (
        screen.chinese(visit(sample, "unit", lang="en", period="2025", unit=unit), data | groups | {plain(word) for word in data})
        == []
    )


def test_a_finding_leads_to_the_portrait(visit, sample: Store):
    """Beside the evidence of a finding stands the way to the unit."""
    page = visit(sample, "rhythm", period="2025", finding="yearend_rush.2025.应用开发部党支部")
    page.button(key="evidence_portrait").click().run()
    assert page.session_state["_page"] == "unit" and chosen(page) == "应用开发部党支部"


def test_the_source_of_an_activity_leads_to_the_portrait(visit, sample: Store):
    """From the list of activities one gets to the unit of the row that is open."""
    with sample.cursor() as cursor:
        activity = cursor.execute(
            "select activity from marts.activities where unit = $unit and year(held_on) = 2025 limit 1", {"unit": UNIT}
        ).fetchall()[0][0]
    page = visit(sample, "records", period="2025", activity=activity)
    (there,) = [link for link in links(page) if link.page == "unit"]
    assert there.label == plain(UNIT) and "unit=" in there.query_string


class TestSideBySide:
    """Two years or two units, on one scale."""

    def test_nothing_is_compared_unasked(self, visit, sample: Store):
        """One choice, and no picture of it until something is chosen; what is not on offer is nothing."""
        page = visit(sample, "unit", period="2025", unit=UNIT)
        (box,) = [box for box in page.selectbox if (box.key or "").startswith("with-")]
        assert box.value is None and "2024年" in box.options and "2025年" not in box.options
        assert not page.exception and "看不出差别" not in told(page)
        page = visit(sample, "unit", period="2025", unit=UNIT, **{"with": "从未有过"})
        assert not page.exception and "看不出差别" not in told(page)

    def test_two_years(self, visit, sample: Store):
        """The year is picked, goes into the address, and every measure has a sentence with what it rests on."""
        page = visit(sample, "unit", period="2025", unit=UNIT)
        charts = len(page.get("plotly_chart"))
        page = page.selectbox(key=f"with-zh-{UNIT}").select("2024").run()
        text = told(page)
        assert not page.exception and len(page.get("plotly_chart")) == charts + 1
        assert "2025年与2024年：能比的" in text
        for measure in ("每月活动次数", "规定动作达标率", "参与率", "及时登记率"):
            assert f"- {measure}：2025年 " in text.replace("\\", "")
        assert page.query_params["with"] in ("2024", ["2024"])

    def test_two_units(self, visit, sample: Store):
        """By the address; the sentence names both. A unit that rushes holds no fewer in the year."""
        page = visit(sample, "unit", period="2025", unit=UNIT, **{"with": "应用开发部党支部"})
        assert not page.exception and f"{UNIT}与应用开发部党支部：" in told(page)

    def test_in_english(self, visit, sample: Store, data: set[str]):
        """Sentences and picture."""
        page = visit(sample, "unit", lang="en", period="2025", unit=UNIT, **{"with": "2023"})
        assert "no difference can be seen" in told(page) or "than chance" in told(page)
        groups = {"窗口类"} | {plain(word) for word in data}
        assert screen.chinese(page, data | groups) == []
