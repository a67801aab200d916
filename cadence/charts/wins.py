"""Picture of small wins: how the problems solved add up, each unit faint and their mean strong."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import days, drill, month_end, numbers, row_numbers, texts
from cadence.charts.style import SMALL, Look, between, dressed, hover
from cadence.words import say

MANY = 300
"""Units above which single lines would be one blot; then the range of the middle eight tenths is drawn."""


def wins(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """小胜曲线: cumulated problems solved by month; a faint line per unit, or a band of many; their mean strong.

    A unit's line ends with its last month on record. The mean is over the units on record in the month.
    Roles: unit, month, solved, raised (counts from the start of the span), gained (count of the month).
    """
    units, months = texts(frame["unit"]), days(frame["month"])
    solved, raised = numbers(frame["solved"]), numbers(frame["raised"])
    figure = go.Figure()
    every, place = np.unique(months, return_inverse=True)
    if len(set(units)) > MANY:
        _band(figure, every, place, solved, theme)
    else:
        _units(figure, units, months, solved, theme)
    total = np.bincount(place, np.nan_to_num(numbers(frame["gained"])))
    told = [np.array([_mean(values[place == row]) for row in range(len(every))]) for values in (raised, solved)]
    reporting = np.bincount(place, ~np.isnan(solved))
    for values, name, line in (
        (told[0], say("提出的，每个单位平均"), {"color": theme.muted, "width": 1.5, "dash": "dot"}),
        (told[1], say("解决的，每个单位平均"), {"color": theme.main, "width": 4}),
    ):
        if np.isnan(values).all():
            continue
        figure.add_scatter(
            x=every,
            y=values,
            mode="lines+markers" if line["width"] == 4 else "lines",
            name=name,
            line=line,
            marker={"size": 7},
            customdata=drill(len(every), start=every, until=month_end(every)),
            **hover(
                say(
                    "{name} · 截至{month}：{value} 个（{n} 个单位）<br>当月解决 {gained} 个",
                    name=name,
                    month=wording.month(month),
                    value=wording.decimal(value),
                    n=wording.count(size),
                    gained=wording.count(new),
                )
                for month, value, size, new in zip(every, values, reporting, total, strict=True)
            ),
        )
    _end(figure, every, told[1], theme)
    highest = float(np.nanmax([*solved, *told[0], 1]))
    tickvals, ticktext = wording.ticks(highest)
    dressed(figure, theme, 360, margin={"r": 46})
    figure.update_yaxes(tickvals=tickvals, ticktext=ticktext, range=[0, highest * 1.05], title={"text": say("自期初累计（个）")})
    air = 12
    figure.update_xaxes(
        tickformat=wording.month_format(), showgrid=False, tickangle=0, range=[str(every[0] - air), str(every[-1] + air)]
    )
    return figure


def _mean(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


def _units(figure: go.Figure, units: np.ndarray, months: np.ndarray, solved: np.ndarray, theme: Look) -> None:
    """All units in one trace, broken by empty points: hundreds of traces would take seconds."""
    codes, names = row_numbers(units)
    breaks = np.flatnonzero(np.diff(codes)) + 1
    x, y = np.insert(months, breaks, np.datetime64("NaT")), np.insert(solved, breaks, np.nan)
    named = np.insert(units, breaks, "")
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines",
        name=say("各单位（{n}）", n=len(names)),
        line={"color": theme.line, "width": 1},
        opacity=0.55,
        connectgaps=False,
        customdata=drill(len(x), unit=named),
        **hover(
            say("{unit} · 截至{month}：{value} 个", unit=unit, month=wording.month(month), value=wording.count(value))
            if unit
            else ""
            for unit, month, value in zip(named, x, y, strict=True)
        ),
    )


def _band(figure: go.Figure, every: np.ndarray, place: np.ndarray, solved: np.ndarray, theme: Look) -> None:
    """The 10th to 90th percentile of the units on record in each month."""
    low, high = np.array([np.nanquantile(solved[place == row], (0.1, 0.9)) for row in range(len(every))]).T
    band = between(every, low, high, theme)
    figure.add_trace(band.update(name=say("各单位的中间八成"), showlegend=True))


def _end(figure: go.Figure, every: np.ndarray, solved: np.ndarray, theme: Look) -> None:
    """The mean reached, written right of the line's end."""
    known = np.flatnonzero(~np.isnan(solved))
    if known.size:
        figure.add_annotation(
            x=str(every[known[-1]]),
            y=float(solved[known[-1]]),
            text=f"<b>{wording.decimal(solved[known[-1]])}</b>",
            xanchor="left",
            xshift=8,
            font={"color": theme.main, "size": SMALL + 2},
            showarrow=False,
        )
