"""Narrowing a page to what a mark stood for: chips that say so and can be removed, and the way back from the list."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cadence.filters import Filters
from cadence.store import Store
from cadence.view import drill
from tests.pages import screen


def chips(page: AppTest) -> dict[str, object]:
    """Key → button of what the page is narrowed to."""
    return {button.key: button for button in page.button if (button.key or "").startswith("only_")}


def unit_of(store: Store) -> str:
    """A branch of the sample office."""
    with store.cursor() as cursor:
        return cursor.execute("select unit from marts.units where depth = 2 order by unit").fetchone()[0]


def ways_back(page: AppTest) -> list[dict]:
    """The queries of the links that narrow the page a reader came from."""
    return [parse_qs(link.proto.query_string) for link in page.get("page_link") if "页只看" in link.proto.label]


def test_a_whole_page_has_no_chip(visit, sample: Store):
    """Nothing narrowed, nothing said."""
    assert chips(visit(sample, "frequency", period="2024")) == {}


def test_a_chip_widens_the_page_again(visit, sample: Store):
    """The chip names unit and kinds; a click takes one out of the address and leaves the other."""
    unit = unit_of(sample)
    page = visit(sample, "frequency", period="2024", unit=unit, types=["theme_day"])
    assert set(chips(page)) == {"only_unit", "only_types"} and "主题党日" in chips(page)["only_types"].label
    wider = chips(page)["only_unit"].click().run()
    assert set(chips(wider)) == {"only_types"} and "unit" not in wider.query_params
    assert "theme_day" in wider.query_params["types"]


def test_the_list_offers_the_page_with_only_that_unit(visit, sample: Store):
    """Unit and period go along, the kind of the mark does not; the kinds chosen before it come back."""
    unit = unit_of(sample)
    (query,) = ways_back(visit(sample, "records", period="2024", unit=unit, types=["theme_day"], via="frequency:study,theme_day"))
    assert query["unit"] == [unit] and query["period"] == ["2024"] and sorted(query["types"]) == ["study", "theme_day"]
    (query,) = ways_back(visit(sample, "records", unit=unit, types=["theme_day"], via="frequency"))
    assert "types" not in query


@pytest.mark.parametrize("via", ["", "nowhere", "spreadsheets", "records", "frequency:tea"])
def test_a_stale_way_back_leads_nowhere_wrong(visit, sample: Store, via: str):
    """Only a page that can be narrowed is offered, only with kinds that exist."""
    found = ways_back(visit(sample, "records", unit=unit_of(sample), via=via))
    assert len(found) == (via == "frequency:tea") and all("types" not in query for query in found)


def test_a_click_notes_where_it_came_from(monkeypatch: pytest.MonkeyPatch):
    """The list's address holds the mark's unit, kind and days, the page, and the kinds chosen before."""
    state: dict = {"_page": "frequency"}
    monkeypatch.setattr(st, "session_state", state)
    drill.go(Filters(period="2024", types=("study",)), "甲支部", "theme_day", "2024-03-01", "2024-03-31")
    page, query = state["_go"]
    assert page == "records" and json.loads(json.dumps(query))["via"] == ["frequency:study"]
    assert (query["unit"], query["types"], query["days"]) == ("甲支部", ["theme_day"], ["2024-03-01..2024-03-31"])


def test_a_word_narrows_the_list_and_is_taken_away_again(visit, sample: Store):
    """Topics or forms that contain it, as plain text; one click shows all again."""
    page = visit(sample, "records", period="2024", word="(观看")
    assert not page.exception and "共 0 次" in screen.told(page)
    page = visit(sample, "records", period="2024", word="观看")
    assert not page.exception and "只看主题或形式含“观看”的" in screen.told(page)
    few = len(visit(sample, "records", period="2024", word="学习").dataframe[0].value)
    whole = page.button(key="wider_word").click().run()
    assert 0 < few < len(whole.dataframe[0].value) and "word" not in whole.query_params
