"""One dot per unit along one measure, or along two: how units lie, without an order among them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import drill, numbers, texts
from cadence.charts.style import SMALL, Look, dressed, hover, written
from cadence.words import say

COLUMNS = 48
"""Places along the axis at which dots are stacked."""


def swarm(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """单位分布: a dot per unit at its value, stacked where several lie; the middle one and, where there is one, the line to reach.

    Roles: unit, value, n (people), optionally threshold (the same in each row; dots below it are amber diamonds).
    """
    value, n, units = numbers(frame["value"]), numbers(frame["n"]), texts(frame["unit"])
    threshold = numbers(frame["threshold"]) if "threshold" in frame else np.full(len(frame), np.nan)
    line = float(np.nanmin(threshold)) if not np.isnan(threshold).all() else np.nan
    known = ~np.isnan(value)
    ends = np.r_[value[known], line if not np.isnan(line) else 0.0]
    left, right = float(ends.min()), float(ends.max())
    room = max(right - left, 1.0)
    column = np.where(known, np.round((np.nan_to_num(value) - left) / room * COLUMNS), -1)
    height = pd.Series(column).groupby(column).cumcount().to_numpy() + 0.5
    short = known & (value < threshold)
    figure = go.Figure()
    for where, name, color, symbol in (
        (known & ~short, say("单位"), theme.main, "circle"),
        (short, say("低于 {line}", line=f"{line:g}"), theme.alert, "diamond"),
    ):
        if not where.any():
            continue
        figure.add_scatter(
            x=value[where],
            y=height[where],
            mode="markers",
            name=name,
            marker={"symbol": symbol, "size": 10, "color": color, "line": {"width": 1, "color": theme.paper}},
            customdata=drill(int(where.sum()), unit=units[where]),
            **hover(
                say("{unit}<br>{value}（n={n}）", unit=unit, value=wording.decimal(number), n=wording.count(size))
                for unit, number, size in zip(units[where], value[where], n[where], strict=True)
            ),
        )
    top = float(height[known].max(initial=0.5) + 2.5)
    middle = float(np.median(value[known])) if known.any() else np.nan
    for at, words, dash in ((middle, say("中位 {value}", value=wording.decimal(middle)), "solid"), (line, f"{line:g}", "dash")):
        if not np.isnan(at):
            figure.add_vline(x=at, line={"color": theme.ink, "width": 1, "dash": dash})
            if dash == "solid":
                figure.add_trace(written(np.array([at]), np.array([top - 0.4]), [words], theme.ink, size=SMALL))
    dressed(figure, theme, min(96 + 18 * top, 420), showlegend=bool(short.any()))
    figure.update_yaxes(visible=False, range=[0, top])
    return figure.update_xaxes(range=[left - 0.05 * room, right + 0.12 * room], showgrid=True, nticks=7)


def against(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """两项对照: a dot per unit, one measure across and one up; the middle of each as a thin line.

    Roles: unit, across, up, n (people).
    """
    across, up, n, units = numbers(frame["across"]), numbers(frame["up"]), numbers(frame["n"]), texts(frame["unit"])
    known = ~(np.isnan(across) | np.isnan(up))
    figure = go.Figure()
    figure.add_scatter(
        x=across[known],
        y=up[known],
        mode="markers",
        showlegend=False,
        marker={"size": 10, "color": theme.main, "opacity": 0.75, "line": {"width": 1, "color": theme.paper}},
        customdata=drill(int(known.sum()), unit=units[known]),
        **hover(
            say(
                "{unit}<br>{across} · {up}（n={n}）",
                unit=unit,
                across=wording.decimal(x),
                up=wording.share(y),
                n=wording.count(size),
            )
            for unit, x, y, size in zip(units[known], across[known], up[known], n[known], strict=True)
        ),
    )
    if known.any():
        figure.add_vline(x=float(np.median(across[known])), line={"color": theme.line, "width": 1, "dash": "dot"})
        figure.add_hline(y=float(np.median(up[known])), line={"color": theme.line, "width": 1, "dash": "dot"})
    dressed(figure, theme, 280)
    figure.update_xaxes(title={"text": say("每 10 名党员的党务干部数")})
    return figure.update_yaxes(title={"text": say("解决问题占比")}, tickformat=".0%")
