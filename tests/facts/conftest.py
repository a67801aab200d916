"""An office of its own for every test."""

from __future__ import annotations

import pytest

from tests.facts.office import Office


@pytest.fixture
def office():
    """An office that has handed in nothing yet."""
    office = Office()
    yield office
    office.store.close()
