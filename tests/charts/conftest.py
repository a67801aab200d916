"""Pictures drawn from invented answers, and the few looks into them that many tests share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
import pytest

from cadence import catalogue
from cadence.charts import draw
from tests.charts.frames import Answers


@pytest.fixture
def answers() -> Answers:
    """Twelve units, two years, the last quarter not yet reported."""
    return Answers(12, range(2023, 2025))


@pytest.fixture
def picture(answers: Answers) -> Callable[..., go.Figure]:
    """Draw an indicator by its id, from its invented answer or the frame given."""

    def drawn(id: str, frame: object = None, **more: object) -> go.Figure:
        return draw(catalogue.entry(id), getattr(answers, id)() if frame is None else frame, **more)

    return drawn


def marks(figure: go.Figure) -> list[go.Scatter]:
    """The traces a reader can point at: not lines and words that only explain, not entries of the legend alone."""
    return [trace for trace in figure.data if trace.hoverinfo != "skip"]


def named(figure: go.Figure, name: str) -> go.Scatter:
    """The trace with that word in the legend."""
    found = [trace for trace in figure.data if trace.name == name]
    assert found, f"no trace “{name}” among {[trace.name for trace in figure.data]}"
    return found[0]


def cells(trace: go.Bar) -> set[tuple[int, int]]:
    """(column, row) of every cell of a shade."""
    return set(zip(np.floor(np.asarray(trace.base, dtype=float)).astype(int), np.asarray(trace.y).astype(int), strict=True))
