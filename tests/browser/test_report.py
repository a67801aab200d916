"""A report from the page, as a reader makes it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.server import PATIENCE, Visitor

FIRST = ".st-key-report_pages img"


def test_a_report_is_made_shown_and_taken_away(visitor: Visitor):
    """One click; the page as it will be; two files that are what they say; nothing asked of another server."""
    visitor.open("report")
    visitor.page.locator(".st-key-make_report button").click()
    expect(visitor.page.locator(FIRST)).to_have_count(1, timeout=2 * PATIENCE)
    files = {}
    for ending in ("docx", "pdf"):
        with visitor.page.expect_download() as told:
            visitor.page.locator(f".st-key-report_{ending} button").click()
        files[told.value.suggested_filename.rpartition(".")[2]] = Path(told.value.path()).read_bytes()
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(files["docx"])).namelist()
    assert any(name.startswith("word/media/") for name in zipfile.ZipFile(io.BytesIO(files["docx"])).namelist())
    assert files["pdf"].startswith(b"%PDF-") and not visitor.foreign and not visitor.errors


def test_a_report_that_was_begun_is_cancelled(visitor: Visitor):
    """The choices are there again, and nothing was made."""
    visitor.open("report", report="analysis")
    visitor.page.locator(".st-key-make_report button").click()
    visitor.page.locator(".st-key-cancel_report_job button").click()
    expect(visitor.page.locator(".st-key-make_report button")).to_be_enabled(timeout=PATIENCE)
    expect(visitor.page.locator(FIRST)).to_have_count(0)
