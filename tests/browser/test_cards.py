"""What a card offers besides its picture, in a real browser: the four files of 下载, by mouse and by keyboard."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.server import PATIENCE, Visitor

CARD = "due_held"
TITLE = "规定动作完成情况"


def opened(visitor: Visitor) -> None:
    """The popover 下载 of the card, opened."""
    visitor.page.locator(f".st-key-files_{CARD} button").first.click()
    expect(visitor.page.locator(f".st-key-downloads_{CARD} button")).to_have_count(4, timeout=PATIENCE)


def taken(visitor: Visitor, label: str) -> tuple[str, bytes]:
    """The file's name and content."""
    with visitor.page.expect_download() as download:
        visitor.page.locator(f".st-key-downloads_{CARD}").get_by_role("button", name=label).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_rows_and_picture_are_taken_away(visitor: Visitor):
    """CSV, Excel, PNG and SVG: each named by title and period, each holding what it says; nothing is asked from outside."""
    visitor.open("frequency", period="2024")
    opened(visitor)
    name, content = taken(visitor, "数据 CSV")
    assert name.startswith(f"{TITLE}_2024_") and name.endswith(".csv") and content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    name, content = taken(visitor, "数据 Excel")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert name.endswith(".xlsx") and book["数据"].max_row == len(lines)
    told = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True)}
    assert told["名称"] == TITLE and told["范围"].startswith("2024年") and told["制作日期"]
    name, content = taken(visitor, "图片 PNG")
    assert name.startswith(f"{TITLE}_2024年_") and content.startswith(b"\x89PNG")
    name, content = taken(visitor, "矢量图 SVG")
    text = content.decode()
    assert name.endswith(".svg") and TITLE in text and "全部单位" in text
    assert (visitor.foreign, visitor.errors) == ([], [])


def test_the_picture_on_the_page_stays_as_it_was(visitor: Visitor):
    """Title and date are put on the file, not on the page."""
    visitor.open("frequency", period="2024")
    chart = visitor.page.locator(f".st-key-card_{CARD} .js-plotly-plot")
    before = (chart.inner_text(), chart.bounding_box()["height"])
    opened(visitor)
    taken(visitor, "图片 PNG")
    assert (chart.inner_text(), chart.bounding_box()["height"]) == before


@pytest.mark.parametrize("label", ["数据 CSV", "矢量图 SVG"])
def test_by_keyboard(visitor: Visitor, label: str):
    """Enter opens the popover and goes in, Tab reaches the file, Enter takes it, Esc closes and goes back to the button."""
    page = visitor.page
    visitor.open("frequency", period="2024")
    page.locator(f".st-key-files_{CARD} button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f".st-key-downloads_{CARD} button")).to_have_count(4, timeout=PATIENCE)
    page.wait_for_function(f"() => document.activeElement.closest('.st-key-downloads_{CARD}')")
    for _ in range(4):
        if label in page.evaluate("() => document.activeElement.innerText"):
            break
        page.keyboard.press("Tab")
    with page.expect_download():
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(f".st-key-downloads_{CARD}")).to_have_count(0)
    page.wait_for_function(f"() => document.activeElement.closest('.st-key-files_{CARD}')")
