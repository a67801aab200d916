"""Servers and a browser for the journeys; skipped only where no chromium is and none is demanded."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.server import CHROMIUM, FLAGS, HOME, Server, visiting

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without chromium the journeys are skipped, unless CADENCE_NEED_BROWSER says that they may not be."""
    if Path(CHROMIUM).exists() or os.environ.get("CADENCE_NEED_BROWSER"):
        return
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is missing"))


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where pictures are kept."""
    folder = HOME / "tests" / "artefacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def browser():
    """One chromium for all journeys."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory):
    """Starts a server: serve(database=…, CADENCE_SAMPLE="true")."""
    started = []

    def serve(database: Path | None = None, **environment: str) -> Server:
        folder = tmp_path_factory.mktemp("server")
        path = shutil.copy(database, folder / "cadence.duckdb") if database else folder / "cadence.duckdb"
        server = Server(Path(path), {"CADENCE_SAMPLE": "false", **environment}, folder / "server.log")
        server.start()
        started.append(server)
        return server

    yield serve
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def sample_server(serve, sample_file: Path) -> Server:
    """A server over the sample office, which a journey may not change."""
    return serve(sample_file)


@pytest.fixture
def visitor(browser, sample_server: Server):
    """A visitor at the sample office."""
    with visiting(browser, sample_server) as visitor:
        yield visitor
