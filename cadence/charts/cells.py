"""Grids of cells for all maps: each shade is one trace of small bars.

Bars rather than a heat map: they can be hatched, they carry customdata each, and a click on one reaches the page
(Plotly never selects a heat map's cell).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from cadence.charts.style import TINY, Look
from cadence.charts.wording import count, short
from cadence.words import say


@dataclass(frozen=True)
class Shade:
    """One kind of cell: its word in the legend, its colour, and a pattern where colour alone would not tell."""

    name: str
    color: str
    pattern: str = ""
    outline: bool = False
    hatch: str = ""


@dataclass(frozen=True)
class Grid:
    """Where cells stand: left edges and row numbers, width of a cell in x units, share of the row's height it fills."""

    left: np.ndarray
    row: np.ndarray
    width: float = 1.0
    height: float = 0.84
    gap: float = 0.08

    def trace(self, where: np.ndarray, shade: Shade, theme: Look, **more: object) -> go.Bar:
        """The cells at `where` (booleans) in one shade; per-cell values in `more` are cut to them."""
        return go.Bar(self._properties(where, shade, theme, more))

    def draw(self, figure: go.Figure, where: np.ndarray, shade: Shade, theme: Look, **more: object) -> None:
        """Put the same trace into the figure, quickly where cells are many: a ready trace would be copied text by text."""
        figure.add_trace(go.Bar()).data[-1].update(self._properties(where, shade, theme, more))

    def _properties(self, where: np.ndarray, shade: Shade, theme: Look, more: dict[str, object]) -> dict[str, object]:
        cut = {name: value[where] if isinstance(value, np.ndarray) else value for name, value in more.items()}
        pattern = cut.pop("pattern", shade.pattern)
        return {
            "orientation": "h",
            "base": (self.left + self.gap * self.width / 2)[where],
            "x": np.full(int(where.sum()), self.width * (1 - self.gap)),
            "y": self.row[where],
            "width": self.height,
            "name": shade.name,
            "marker": {
                "color": shade.color,
                "line": {"color": theme.line if shade.outline else shade.color, "width": 0.5 if shade.outline else 0},
                "pattern": {
                    "shape": pattern,
                    "fgcolor": shade.hatch or theme.hatch,
                    "fillmode": "overlay",
                    "size": 5,
                    "solidity": 0.35,
                },
            },
            "constraintext": "none",
            **cut,
        }


def inside(words: np.ndarray, ink: str) -> dict[str, object]:
    """Trace properties that write a word in the middle of each cell."""
    font = {"size": TINY, "color": ink}
    return {"text": words, "textposition": "inside", "insidetextanchor": "middle", "textangle": 0, "insidetextfont": font}


def missing(theme: Look, name: str = "") -> Shade:
    """Grey: not reported."""
    return Shade(name or say("未报"), theme.missing)


def none(theme: Look, name: str = "") -> Shade:
    """White: reported, and truly nothing."""
    return Shade(name or say("没有活动"), theme.zero, outline=True)


def partly(theme: Look) -> Shade:
    """Hatched: only partly reported; shown in the legend, laid over the colour in the grid."""
    return Shade(say("部分上报"), theme.zero, "/", outline=True)


def legend_only(shade: Shade, theme: Look) -> go.Bar:
    """An entry of the legend without cells."""
    nothing = np.array([None], dtype=object)
    return go.Bar(
        x=nothing,
        y=nothing,
        name=shade.name,
        hoverinfo="skip",
        marker={
            "color": shade.color,
            "line": {"color": theme.line, "width": 0.5},
            "pattern": {"shape": shade.pattern, "fgcolor": theme.hatch, "fillmode": "overlay", "size": 5, "solidity": 0.35},
        },
    )


def classes(values: np.ndarray) -> list[tuple[float, float]]:
    """At most five classes [low, high] of positive counts, narrow where most of them lie; the last is open (inf)."""
    positive = values[values > 0]
    if not positive.size:
        return []
    if positive.max() <= 5:
        edges = list(np.arange(1.0, positive.max() + 1))
    else:
        round_numbers = np.outer(10.0 ** np.arange(0, 9), (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)).ravel()
        round_numbers = np.sort(round_numbers[round_numbers % 1 == 0])
        wanted = np.quantile(positive, (0.25, 0.5, 0.8, 0.95))
        edges = sorted({1.0, *(float(round_numbers[np.abs(round_numbers - value).argmin()]) for value in wanted)})
        edges = [edge for edge in edges if edge <= positive.max()][:5]
    return [*((low, high - 1) for low, high in pairwise(edges)), (edges[-1], np.inf)]


def class_name(low: float, high: float, highest: float) -> str:
    """“2–3 次”, “5 次以上”."""
    if high == np.inf and highest > low:
        return say("{low} 次及以上", low=count(low))
    return say("{low} 次", low=count(low) if high in (low, np.inf) else f"{count(low)}–{count(high)}")


def counted(values: np.ndarray, theme: Look) -> list[tuple[np.ndarray, Shade]]:
    """Where each class of a count lies and its shade; nan and zero belong to none."""
    steps = classes(values)
    heat = [theme.heat[round(position)] for position in np.linspace(0, 4, max(len(steps), 2))]
    highest = np.nanmax(values) if steps else 0.0
    return [
        ((values >= low) & (values <= high), Shade(class_name(low, high, highest), color))
        for (low, high), color in zip(steps, heat, strict=False)
    ]


def row_height(rows: int, tall: float = 18, low: float = 5, most: float = 1500) -> float:
    """px per row, so that many rows stay within `most` px."""
    return float(np.clip(most / max(rows, 1), low, tall))


def row_axis(names: Sequence[str], px: float, room: int = 18) -> dict[str, object]:
    """A y axis with one row per name from the top down; below 11 px a row only every second, third … name is written."""
    every = max(1, int(np.ceil(11 / px)))
    rows = np.arange(len(names))[::every]
    return {
        "tickvals": rows,
        "ticktext": [short(names[row], room) for row in rows],
        "range": [len(names) - 0.5, -0.5],
        "showgrid": False,
        "tickfont": {"size": 11 if px >= 13 else 10},
    }
