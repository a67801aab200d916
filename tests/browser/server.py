"""A server process of its own over a database of its own, and a browser page that writes down everything it asks for."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, Page, expect

HOME = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--hide-scrollbars",
    "--mute-audio",
    "--no-first-run",
]
PATIENCE = 30_000
HEIGHT, TALLEST = 800, 6000
PROBES = ("/_stcore/health", "/_stcore/host-config")
"""On a deep link /rhythm, Streamlit's page asks /rhythm/_stcore/health first, in case that is the base path: two harmless 404s."""


@dataclass
class Server:
    """A running server; `restart` ends its process and starts another over the same database."""

    database: Path
    environment: dict[str, str]
    log: Path
    port: int = 0
    process: subprocess.Popen | None = None

    def start(self) -> None:
        """Start the process and wait until it is healthy; a restart keeps its port."""
        self.port = self.port or free_port()
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1", f"--server.port={self.port}"]
        environment = {**os.environ, "CADENCE_DATABASE": str(self.database), **self.environment}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=HOME, env=environment, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + PATIENCE / 1000
        while not self._is_healthy():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start:\n{self.log.read_text(encoding='utf-8')}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait(timeout=20)

    def restart(self) -> None:
        """A server that nobody has asked anything yet."""
        self.stop()
        self.start()

    def url(self, page: str = "", **query: str | list[str]) -> str:
        """The address of a page."""
        return f"http://127.0.0.1:{self.port}/{page}" + (f"?{urlencode(query, doseq=True)}" if query else "")

    def _is_healthy(self) -> bool:
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/_stcore/health").status == 200
        return False


@dataclass
class Visitor:
    """A browser page at a server; what it asked for and what went wrong is written down."""

    page: Page
    server: Server
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))
        self.page.on("pageerror", lambda error: self.errors.append(f"error in the page: {error}"))
        self.page.on("console", self._said)

    def _said(self, message: object) -> None:
        if message.type == "error" and not self._is_probe(message.location.get("url", "")):
            self.errors.append(f"{message.text} ({message.location.get('url')})")

    @staticmethod
    def _is_probe(url: str) -> bool:
        path = urlsplit(url).path
        return path.endswith(PROBES) and path not in PROBES

    @property
    def foreign(self) -> list[str]:
        """Requests that leave this machine's server."""
        here = f"127.0.0.1:{self.server.port}"
        return [url for url in self.requests if urlsplit(url).netloc != here and not url.startswith(("data:", "blob:"))]

    def open(self, page: str = "", **query: str | list[str]) -> None:
        """Go to a page and wait until it is there."""
        self.page.goto(self.server.url(page, **query))
        self.settled()

    def settled(self) -> None:
        """Wait until the script has run, its title stands, its charts are drawn and nothing is left to load."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1, timeout=PATIENCE)
        self.page.wait_for_function(
            "() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(c => c.querySelector('.main-svg'))"
            " && !document.querySelector('[data-testid=stSkeleton]')"
        )

    @property
    def title(self) -> str:
        """The page's title."""
        return self.page.get_by_role("heading", level=1).inner_text()

    def arrive(self, title: str) -> None:
        """Wait until the page of that title is there."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title, timeout=PATIENCE)
        self.settled()

    def expect_menu(self, titles: list[str]) -> None:
        """Our menu stands in the sidebar, and Streamlit's own list of files does not."""
        expect(self.page.locator(".st-key-menu a")).to_have_text(titles, timeout=PATIENCE)
        expect(self.page.locator("[data-testid=stSidebarNav]")).to_have_count(0)

    def follow(self, title: str) -> None:
        """Click a link of the menu."""
        self.page.locator(".st-key-menu a", has_text=title).click()
        self.arrive(title)

    def picture(self, path: Path) -> None:
        """The whole page as a picture: the window grows to the page's height for it."""
        width = self.page.viewport_size["width"]
        height = self.page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
        self.page.set_viewport_size({"width": width, "height": min(max(height, HEIGHT), TALLEST)})
        self.page.screenshot(path=path)
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def click_row(self, number: int, frame: int = 0) -> None:
        """Select a row of a table; tables are drawn on a canvas, the selection column is the first 30 pixels."""
        canvas = self.page.locator("[data-testid=stDataFrame]").nth(frame)
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        self.page.mouse.click(box["x"] + 14, box["y"] + 35 * (number + 1) + 16)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextlib.contextmanager
def visiting(browser: Browser, server: Server, width: int = 1280, scheme: str = "light") -> Iterator[Visitor]:
    """A visitor with a fresh browser profile."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, locale="zh-CN", color_scheme=scheme)
    try:
        yield Visitor(context.new_page(), server)
    finally:
        context.close()
