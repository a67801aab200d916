"""Every page in both themes and languages under axe-core: no serious or critical violation; what axe cannot see, by keyboard."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, expect

from cadence.view.frame import PAGES
from cadence.words import LANGUAGES
from tests.browser.server import Server, Visitor, visiting

STEMS = [stem for group in PAGES.values() for stem in group]
AXE = files("axe_playwright_python").joinpath("axe.min.js")
"""axe-core itself, in a package for tests only: its licence is MPL-2.0, nothing of it is in the product."""
GRAVE = {"serious", "critical"}
THEIRS: tuple[tuple[str, str], ...] = ()
"""(rule, part of the element's HTML) that only Streamlit could mend; each is named in docs/design.md."""


def violations(visitor: Visitor) -> list[str]:
    """Rule and element of each serious or critical violation that is ours."""
    visitor.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = visitor.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if not any(rule["id"] == id and part in node["html"] for id, part in THEIRS)
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_serious_violation(browser: Browser, sample_server: Server, lang: str, scheme: str):
    """Every page once: contrast, names, roles, alternatives."""
    with visiting(browser, sample_server, scheme=scheme) as visitor:
        found = {}
        for page in STEMS:
            visitor.open(page, period="2024", lang=lang)
            found[page] = violations(visitor)
        assert {page: faults for page, faults in found.items() if faults} == {}


def test_a_planted_violation_is_found(visitor: Visitor):
    """Planted: a picture without words, and words too pale to read."""
    visitor.open("definitions")
    planted = "<img src='data:,'><p style='color:#bbb;background:#fff'>pale</p>"
    visitor.page.evaluate(f"() => document.querySelector('h1').insertAdjacentHTML('afterend', \"{planted}\")")
    assert {fault.partition(":")[0] for fault in violations(visitor)} == {"image-alt", "color-contrast"}


def test_every_picture_has_words(visitor: Visitor):
    """A chart's alternative is the sentence above it, or its question; its rows are a table in 数据."""
    visitor.open("frequency", period="2024")
    charts = visitor.page.locator("[data-testid=stPlotlyChart]")
    assert charts.count() > 3
    for number in range(charts.count()):
        named = charts.nth(number).evaluate("e => (e.closest('[aria-label]') ?? e.querySelector('[aria-label]'))?.ariaLabel ?? ''")
        assert re.search(r"[\u4e00-\u9fff]{4,}", named), number


def test_the_keyboard_reaches_every_control_of_a_card(visitor: Visitor):
    """Tab goes through 口径, 数据 and 下载 in order, each visibly; Enter opens the rows behind the picture, Esc closes."""
    page = visitor.page
    visitor.open("frequency", period="2024")
    first = page.locator(".st-key-about_due_held button").first
    first.scroll_into_view_if_needed()
    first.focus()
    for key in ("about", "data", "files"):
        here = page.evaluate("() => document.activeElement.closest('[class*=st-key-]').className")
        assert f"st-key-{key}_due_held" in here
        if key == "data":
            page.keyboard.press("Enter")
            expect(page.locator("[data-testid=stPopoverBody] [data-testid=stDataFrame]")).to_be_visible()
            page.keyboard.press("Escape")
            expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)
            visitor.settled()
            page.locator(".st-key-data_due_held button").first.focus()
        page.keyboard.press("Tab")


def test_where_the_keyboard_is_can_be_seen(visitor: Visitor):
    """A link of the menu reached by Tab has an outline."""
    visitor.open("frequency", period="2024")
    visitor.page.locator(".st-key-menu a").first.focus()
    visitor.page.keyboard.press("Tab")
    outline = visitor.page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_the_wall_has_no_sidebar_and_esc_leaves_it(visitor: Visitor):
    """?present=1: larger words, no sidebar; Esc brings both back, the address forgets it."""
    page = visitor.page
    visitor.open("frequency", period="2024", present="1")
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    assert page.evaluate("() => parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 18
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=stSidebar]")).to_be_visible()
    visitor.settled()
    assert "present" not in page.url
    page.locator(".st-key-present button").click()
    expect(page.locator("[data-testid=stSidebar]")).to_be_hidden()
    assert "present=1" in page.url and visitor.errors == []


def test_paper_has_every_card_and_no_button(visitor: Visitor, tmp_path):
    """On paper: no sidebar, no buttons, the scope and the date; and a PDF comes out in A4."""
    page = visitor.page
    visitor.open("frequency", period="2024")
    page.emulate_media(media="print")
    for gone in ("[data-testid=stSidebar]", ".st-key-files_due_held", "[data-testid=stHeader]"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator(".st-key-scope")).to_contain_text("2024年")
    expect(page.locator(".st-key-dated")).to_be_visible()
    page.emulate_media(media="null")
    content = page.pdf(prefer_css_page_size=True, print_background=True)
    assert content.startswith(b"%PDF") and re.search(rb"/MediaBox\s*\[0 0 594\.\d+ 841\.\d+\]", content)
