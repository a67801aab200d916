"""Named views in the sidebar: what is saved comes back whole, page, choices, comparison and language."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
import streamlit as st

from cadence import views, words
from cadence.store import Store

UNIT = "综合窗口党支部"


@pytest.fixture(autouse=True)
def _opened(monkeypatch: pytest.MonkeyPatch):
    """A popover that is always open: AppTest cannot click one."""

    def opened(self, *arguments, **options):
        options.pop("on_change", None)
        return Open(self.container(key=options.get("key")))

    class Open:
        open = True

        def __init__(self, inner):
            self.inner = inner

        def __enter__(self):
            self.inner.__enter__()
            return self

        def __exit__(self, *error):
            return self.inner.__exit__(*error)

    monkeypatch.setattr(type(st.sidebar), "popover", opened)


def test_the_present_view_is_saved_and_opened_again(visit, writable: Store):
    """Time, unit, kinds, comparison, language and what stands beside the unit; from another page one click brings all of it."""
    chosen = {"period": "2025Q2", "unit": UNIT, "types": ["theme_day"], "compare": "none", "lang": "en", "with": "2024"}
    page = visit(writable, "unit", **chosen)
    words.speak("en")
    page.text_input(key="view_name_0").set_value("例会").run()
    page = page.button(key="view_save").click().run()
    words.speak("zh")
    assert not page.exception
    (row,) = views.listed(writable).to_dict("records")
    assert (row["name"], row["page"]) == ("例会", "unit")
    assert parse_qs(row["query"]) == {name: value if isinstance(value, list) else [value] for name, value in chosen.items()}
    page = visit(writable, "rhythm").button(key=f"view_{row['view']}").click().run()
    assert not page.exception and page.session_state["_page"] == "unit"
    assert page.query_params["unit"] in (UNIT, [UNIT]) and page.query_params["with"] in ("2024", ["2024"])
    assert [title.value for title in page.title] == ["Unit portrait"]


def test_what_only_one_page_offers_is_saved_too(visit, writable: Store):
    """The plan's first day and bound belong to the view of the plan."""
    page = visit(writable, "schedule", period="2025", from_day="2025-11-03", a_week="3")
    page.text_input(key="view_name_0").set_value("十一月起").run()
    page.button(key="view_save").click().run()
    query = parse_qs(views.listed(writable)["query"].iloc[0])
    assert (query["from_day"], query["a_week"], query["period"]) == (["2025-11-03"], ["3"], ["2025"])


def test_a_view_is_removed(visit, writable: Store):
    """It is off the list at once."""
    view = views.save(writable, "例会", "rhythm", "period=2025")
    page = visit(writable, "rhythm").button(key=f"view_remove_{view}").click().run()
    assert not page.exception and views.listed(writable).empty
    assert not [button for button in page.button if button.key == f"view_{view}"]


def test_a_view_of_a_page_that_is_gone_is_not_offered(visit, writable: Store):
    """An older view cannot lead nowhere."""
    view = views.save(writable, "从前", "tea", "")
    page = visit(writable, "rhythm")
    assert not page.exception and not [button for button in page.button if button.key == f"view_{view}"]


def test_a_look_at_the_past_is_not_saved(visit, writable: Store):
    """A view is of today's figures; the batch of the address stays out."""
    page = visit(writable, "rhythm", asof="1", period="2023")
    page.text_input(key="view_name_0").set_value("从前").run()
    page.button(key="view_save").click().run()
    assert "asof" not in views.listed(writable)["query"].iloc[0]
