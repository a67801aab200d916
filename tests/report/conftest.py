"""What the tests of reports need of this machine, and when they may be skipped."""

from __future__ import annotations

import os

import pytest

from cadence.report import fonts, pictures


@pytest.fixture
def _renderer():
    """A browser and a Chinese font; without them a test is skipped, unless CADENCE_NEED_BROWSER says that it may not be."""
    if (why := pictures.lacking("zh")) and not os.environ.get("CADENCE_NEED_BROWSER"):
        pytest.skip(str(why))


@pytest.fixture
def _chinese_font():
    """A Chinese font, else the same."""
    if (why := fonts.lacking("zh")) and not os.environ.get("CADENCE_NEED_BROWSER"):
        pytest.skip(str(why))
