"""A page as a reader waits for it: from the click to the last picture, in Debian's Chromium."""

from __future__ import annotations

import statistics
import time

from playwright.sync_api import Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-dev-shm-usage",
]
CARDS = {"": 2, "frequency": 4, "rhythm": 5, "participation": 3, "integration": 4, "records": 0, "definitions": 0}
"""Pages and how many cards each shows."""


def page_times(url: str, runs: int) -> dict[str, float]:
    """Page → median seconds of a load with the scripts cached."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        times = {}
        for name, cards in CARDS.items():
            seconds = [_load(page, f"{url}/{name}", cards) for _ in range(runs + 1)]
            times[name or "overview"] = statistics.median(seconds[1:])
        browser.close()
    return times


def _load(page: Page, url: str, cards: int) -> float:
    begun = time.perf_counter()
    page.goto(url)
    page.wait_for_selector("h1")
    page.wait_for_function("n => document.querySelectorAll('[class*=st-key-card_]').length >= n", arg=cards)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(chart => chart.querySelector('.main-svg'))"
    )
    return time.perf_counter() - begun
