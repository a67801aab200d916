"""Where somebody stands among others: four pillars beside the benchmark, and those nearest the lamp beside the rest."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import drill, flags, numbers, texts
from cadence.charts.style import SMALL, Look, dressed, hover, written
from cadence.words import say

ROW = 60
"""px per pillar."""
GROUP = 24
"""px per group of units in a strip of dots."""


def profile(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """组织力概览: per pillar a bar to the value, an open dot where it stood before, an upright line at the benchmark.

    Roles: pillar, value, benchmark (0–1), n (the value's denominator), peers (units behind the benchmark).
    """
    names = [wording.named("pillar", pillar) for pillar in texts(frame["pillar"])]
    rows, value, benchmark = np.arange(len(frame)), numbers(frame["value"]), numbers(frame["benchmark"])
    told = [
        say("{pillar} {value}（n = {n}）", pillar=name, value=wording.share(part), n=wording.count(size))
        for name, part, size in zip(names, value, numbers(frame["n"]), strict=True)
    ]
    figure = go.Figure()
    figure.add_bar(
        orientation="h",
        x=value,
        y=rows,
        width=0.42,
        name=say("本期"),
        marker={"color": theme.main},
        customdata=drill(len(frame)),
        **hover(told),
    )
    if compare is not None:
        before = numbers(frame[["pillar"]].merge(compare, on="pillar", how="left")["value"])
        symbol = {"symbol": "circle-open", "size": 10, "color": theme.ink, "line": {"width": 2, "color": theme.ink}}
        figure.add_trace(
            _marks(before, rows, say("对比期"), symbol, [say("对比期 {share}", share=wording.share(part)) for part in before])
        )
    if not np.isnan(benchmark).all():
        symbol = {"symbol": "line-ns", "size": 26, "color": theme.alert_ink, "line": {"width": 3, "color": theme.alert_ink}}
        words = [
            say("标杆 {share}（{peers} 个同类单位的前四分之一）", share=wording.share(part), peers=wording.count(size))
            for part, size in zip(benchmark, numbers(frame["peers"]), strict=True)
        ]
        figure.add_trace(_marks(benchmark, rows, say("标杆：同类前四分之一"), symbol, words))
    shown = [f"<b>{wording.share(part)}</b>" if not np.isnan(part) else say("无法<br>判断") for part in value]
    figure.add_trace(written(np.full(len(frame), 1.01), rows, shown, theme.ink, size=SMALL))
    dressed(figure, theme, 70 + ROW * max(len(frame), 2), margin={"r": 52})
    figure.update_yaxes(
        tickvals=rows,
        ticktext=[name + "\u2002" for name in names],
        range=[len(frame) - 0.5, -0.5],
        showgrid=False,
        tickfont={"size": 13},
    )
    return figure.update_xaxes(range=[0, 1.01], tickvals=np.array([0, 0.5, 1.0]), tickformat=".0%")


def _marks(x: np.ndarray, rows: np.ndarray, name: str, marker: dict[str, object], told: list[str]) -> go.Scatter:
    return go.Scatter(x=x, y=rows, mode="markers", name=name, marker=marker, customdata=drill(len(rows)), **hover(told))


def lamp(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """灯下黑: three strips of dots, one per measure; a dot per unit, the leaders' branches and the own office in rows of their own.

    Roles: unit, is_leaders, is_own, per_month (activities), attended, even (0–1). A unit that is both stands in both rows; the
    upright line is the median of a row.
    """
    units, is_leaders, is_own = texts(frame["unit"]), flags(frame["is_leaders"]), flags(frame["is_own"])
    groups = [
        (say("领导所在"), is_leaders, theme.alert, "diamond"),
        (say("机关本级"), is_own, theme.main, "circle"),
        (say("其他支部"), ~is_leaders & ~is_own, theme.muted, "circle-open"),
    ]
    groups = [group for group in groups if group[1].any()]
    measures = [
        ("per_month", say("频次：每月次数"), wording.decimal, None),
        ("attended", say("参与：实到占应到"), wording.share, ".0%"),
        ("even", say("节奏：均衡度"), wording.share, ".0%"),
    ]
    figure = go.Figure()
    height = len(measures) * (GROUP * len(groups) + 44)
    for place, (role, title, written_as, _) in enumerate(measures):
        values = numbers(frame[role])
        axis = "" if place == 0 else str(place + 1)
        for row, (name, where, color, symbol) in enumerate(groups):
            told = [f"{unit}<br>{title} {written_as(value)}" for unit, value in zip(units[where], values[where], strict=True)]
            figure.add_scatter(
                x=values[where],
                y=np.full(int(where.sum()), float(row)),
                xaxis=f"x{axis}",
                yaxis=f"y{axis}",
                mode="markers",
                name=name,
                showlegend=False,
                opacity=0.75,
                marker={"symbol": symbol, "size": 9, "color": color, "line": {"width": 1.2, "color": color}},
                customdata=drill(int(where.sum()), unit=units[where]),
                **hover(told),
            )
            if not np.isnan(values[where]).all():
                _median(figure, float(np.nanmedian(values[where])), row, axis, written_as, theme)
    dressed(figure, theme, height + 8, margin={"r": 54, "t": 4})
    for place, (role, title, _, tickformat) in enumerate(measures):
        _strip(figure, place, len(measures), title, [group[0] for group in groups], numbers(frame[role]), tickformat)
    return figure


def _median(figure: go.Figure, middle: float, row: int, axis: str, written_as: object, theme: Look) -> None:
    """An upright line at the middle of a row, its value at the row's end."""
    line = {"color": theme.ink, "width": 2}
    figure.add_shape(type="line", x0=middle, x1=middle, y0=row - 0.38, y1=row + 0.38, xref=f"x{axis}", yref=f"y{axis}", line=line)
    figure.add_annotation(
        text=f"<b>{written_as(middle)}</b>",
        x=1.01,
        xref="paper",
        xanchor="left",
        y=row,
        yref=f"y{axis}",
        showarrow=False,
        font={"size": SMALL, "color": theme.ink},
    )


def _strip(
    figure: go.Figure, place: int, of: int, title: str, names: list[str], values: np.ndarray, tickformat: str | None
) -> None:
    """The axes of one strip: rows from the top down, its measure as a heading."""
    axis = "" if place == 0 else str(place + 1)
    top = 1 - place / of
    domain = [top - 0.66 / of, top - 0.14 / of]
    known = values[~np.isnan(values)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    air = (high - low) * 0.05 or 0.05
    figure.update_layout(
        {
            f"xaxis{axis}": {"anchor": f"y{axis}", "range": [low - air, high + air], "tickformat": tickformat, "nticks": 5},
            f"yaxis{axis}": {
                "anchor": f"x{axis}",
                "domain": domain,
                "tickvals": np.arange(len(names)),
                "ticktext": names,
                "range": [len(names) - 0.5, -0.5],
                "showgrid": False,
            },
        }
    )
    figure.add_annotation(
        text=title, x=0, xref="paper", xanchor="left", y=top, yref="paper", yanchor="top", showarrow=False, font={"size": SMALL}
    )
