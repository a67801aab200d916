"""Shared fixtures: an empty store, and one with the sample office (made once a run)."""

from __future__ import annotations

import pytest

from cadence import engine
from cadence.store import Store


@pytest.fixture
def empty_store():
    """A store in memory with every table and not one row."""
    store = Store(":memory:")
    with store.writing() as cursor:
        engine.build(cursor)
    yield store
    store.close()
