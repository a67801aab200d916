"""Pages without a browser: a database of their own, the app, and a page of it by name and URL parameters."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from cadence import engine, filters, store
from cadence.store import Store

HOME = Path(__file__).resolve().parents[2]
Visit = Callable[..., AppTest]


@pytest.fixture(scope="session")
def sample(sample_file: Path, tmp_path_factory: pytest.TempPathFactory):
    """An open store with the sample office, which no test may write to."""
    path = shutil.copy(sample_file, tmp_path_factory.mktemp("pages") / "sample.duckdb")
    opened = store.open(str(path))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory):
    """An open store without a row, which no test may write to."""
    opened = engine.ready(store.open(str(tmp_path_factory.mktemp("pages") / "empty.duckdb")))
    yield opened
    opened.close()


@pytest.fixture
def own(tmp_path: Path):
    """An open store without a row that a test may write to."""
    opened = engine.ready(store.open(str(tmp_path / "own.duckdb")))
    yield opened
    opened.close()


@pytest.fixture
def writable(sample_copy: Path):
    """The sample office in a store that a test may write to."""
    opened = store.open(str(sample_copy))
    yield opened
    opened.close()


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch):
    """Opens a page of the app over a store: visit(store, "rhythm", lang="en")."""
    monkeypatch.setattr(filters, "_defaults", {})
    start = PagesManager.__init__

    def running(self: PagesManager, *arguments: object, **options: object) -> None:
        start(self, *arguments, **options)
        PagesManager.uses_pages_directory = False

    def visit(
        opened: Store,
        page: str = "overview",
        script: str = "app.py",
        restarted: bool = False,
        development: str = "true",
        **query: str | list[str],
    ) -> AppTest:
        """AppTest takes every run for the first after a restart; a running server has left the mode of a pages folder."""
        monkeypatch.setattr(PagesManager, "__init__", start if restarted else running)
        monkeypatch.setenv("CADENCE_DATABASE", opened.path)
        monkeypatch.setenv("CADENCE_SAMPLE", "false")
        monkeypatch.setenv("CADENCE_DEVELOPMENT", development)  # a card that fails fails the test
        st.cache_resource.clear()
        at = AppTest.from_file(HOME / script, default_timeout=60)
        for name, value in query.items():
            at.query_params[name] = value
        if page != "overview" and script == "app.py":
            at.switch_page(f"pages/{page}.py")
        return at.run()

    yield visit
    st.cache_resource.clear()
