"""Shared fixtures: an empty store, the sample office (made once a run), and spreadsheets of a few rows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cadence import answers, batches, engine, store, words
from cadence.store import Store


@pytest.fixture(autouse=True)
def _afresh():
    """Every test starts in the source language and remembers no answer, whatever the one before it did."""
    words.speak(words.SOURCE)
    answers.forget()


@pytest.fixture
def empty_store():
    """A store in memory with every table and not one row."""
    store = Store(":memory:")
    with store.writing() as cursor:
        engine.build(cursor)
    yield store
    store.close()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database with the sample office; never open it, open a copy."""
    path = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    opened = engine.ready(store.open(str(path)))
    batches.import_sample(opened)
    opened.close()
    return path


@pytest.fixture
def sample_copy(sample_file: Path, tmp_path: Path) -> Path:
    """A database with the sample office that a test may write to."""
    return Path(shutil.copy(sample_file, tmp_path / "copy.duckdb"))
