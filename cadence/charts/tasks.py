"""Key tasks and the units that support them; what nobody supports stands out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.cells import Grid, Shade, counted, inside, row_height
from cadence.charts.columns import drill, flags, numbers, row_numbers, texts
from cadence.charts.style import SMALL, Look, dressed, hover, written
from cadence.words import say

MOST_TASKS = 40
"""Supported and unsupported tasks drawn together at most; every unsupported one is drawn, the rest is counted in words."""
NUMBERED = 24
"""Up to this number of columns a cell has room for its number."""


def task_map(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """中心工作覆盖图: per task its name and, under it, one cell for each unit that supports it; orphans are hatched amber bands.

    Roles: task, owner, unit, held (activities), supporters (units), is_orphan.
    """
    frame, left_out = _least_supported(frame)
    tasks, owners, units = texts(frame["task"]), texts(frame["owner"]), texts(frame["unit"])
    orphan = flags(frame["is_orphan"])
    held = np.where(orphan, np.nan, numbers(frame["held"]))
    row, names = row_numbers(tasks)
    column = _busiest_first(units[~orphan], held[~orphan])
    wide = max(len(column), 6)
    grid = Grid(np.array([column.get(unit, 0) for unit in units], dtype=float), row + 0.18, height=0.42)
    figure = go.Figure()
    figure.add_bar(
        orientation="h",
        base=np.zeros(len(names)),
        x=np.full(len(names), wide),
        y=np.arange(len(names)) + 0.18,
        width=0.42,
        marker={"color": theme.grid, "opacity": 0.55},
        hoverinfo="skip",
        showlegend=False,
    )
    told = hover(
        say("{task}<br>{unit}：{held} 次", task=wording.wrapped(task, 40), unit=unit, held=wording.count(number))
        for task, unit, number in zip(tasks, units, held, strict=True)
    )
    customdata = drill(len(frame), unit=units)
    for where, shade in counted(held, theme):
        ink = theme.on_heat[theme.heat.index(shade.color)]
        grid.draw(figure, where, shade, theme, customdata=customdata, **told, **_numbers_in(held, len(column), ink))
    if orphan.any():
        band = Grid(np.zeros(len(frame)), row + 0.18, width=wide, height=0.42, gap=0.0)
        told = hover(
            say("{task}<br>尚无支撑 · 责任单位：{owner}", task=wording.wrapped(task, 40), owner=owner)
            for task, owner in zip(tasks, owners, strict=True)
        )
        shade = Shade(say("尚无支撑"), theme.alert, "/", hatch=theme.paper)
        figure.add_trace(band.trace(orphan, shade, theme, customdata=customdata, **told))
    _task_words(figure, frame, row, names, wide, theme)
    px = row_height(len(names), tall=36, low=30, most=1800)
    dressed(figure, theme, 50 + px * max(len(names), 2), barmode="overlay")
    figure.update_yaxes(visible=False, range=[len(names) - 0.5, -0.6])
    figure.update_xaxes(visible=False, range=[0, wide])
    if left_out:
        told = say("另有 {count} 项已有支撑的任务未画出", count=left_out)
        figure.add_annotation(x=0, xref="paper", xanchor="left", y=0, yref="paper", yanchor="top", text=told)
        figure.update_layout(margin={"b": 28})
    return figure.update_layout(legend={"traceorder": "normal"})


def _least_supported(frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The rows of the tasks that are drawn, which stand first in the result, and how many tasks are left out."""
    row, names = row_numbers(texts(frame["task"]))
    most = max(MOST_TASKS, len(set(row[flags(frame["is_orphan"])])))
    return frame[row < most].reset_index(drop=True), max(0, len(names) - most)


def _busiest_first(units: np.ndarray, held: np.ndarray) -> dict[str, int]:
    """The column of each unit, those with most activities first."""
    totals = pd.Series(held).groupby(units).sum().sort_values(ascending=False, kind="stable")
    return {unit: place for place, unit in enumerate(totals.index)}


def _numbers_in(held: np.ndarray, columns: int, ink: str) -> dict[str, object]:
    """The number written in each cell, where there is room."""
    if columns > NUMBERED:
        return {}
    words = np.array([wording.count(number) for number in held], dtype=object)
    return inside(words, ink)


def _task_words(figure: go.Figure, frame: pd.DataFrame, row: np.ndarray, names: np.ndarray, wide: int, theme: Look) -> None:
    """Each task's name at the left and its support at the right, above its cells."""
    tasks = pd.DataFrame({"row": row, "unit": texts(frame["unit"]), "held": numbers(frame["held"])}).groupby("row")
    supporters, alone = numbers(frame["supporters"]), flags(frame["is_orphan"])
    first = pd.Series(np.arange(len(row))).groupby(row).first().to_numpy()
    told = np.array(
        [
            _support_told(*task)
            for task in zip(alone[first], supporters[first], tasks["unit"].first(), tasks["held"].sum(), strict=True)
        ],
        dtype=object,
    )
    height = np.arange(len(names)) - 0.28
    figure.add_trace(written(np.zeros(len(names)), height, [wording.short(name, 34) for name in names], theme.ink, size=SMALL))
    for where, color in ((alone[first], theme.alert_ink), (~alone[first], theme.muted)):
        figure.add_trace(written(np.full(int(where.sum()), wide), height[where], told[where], color, "middle left"))


def _support_told(orphan: bool, supporters: float, unit: str, held: float) -> str:
    if orphan:
        return "▲ " + say("尚无支撑")
    if supporters == 1:
        return say("{unit} · {held} 次", unit=wording.short(unit, 14), held=wording.count(held))
    return say("{units} 个单位 · {held} 次", units=wording.count(supporters), held=wording.count(held))
