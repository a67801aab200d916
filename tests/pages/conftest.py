"""Pages without a browser: a database of their own, the app, and a page of it by name and URL parameters."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
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
def visit(monkeypatch: pytest.MonkeyPatch):
    """Opens a page of the app over a store: visit(store, "rhythm", lang="en")."""
    monkeypatch.setattr(filters, "_defaults", {})

    def visit(opened: Store, page: str = "overview", script: str = "app.py", **query: str | list[str]) -> AppTest:
        monkeypatch.setenv("CADENCE_DATABASE", opened.path)
        monkeypatch.setenv("CADENCE_SAMPLE", "false")
        st.cache_resource.clear()
        at = AppTest.from_file(HOME / script, default_timeout=60)
        for name, value in query.items():
            at.query_params[name] = value
        if page != "overview" and script == "app.py":
            at.switch_page(f"pages/{page}.py")
        return at.run()

    yield visit
    st.cache_resource.clear()
