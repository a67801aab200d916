"""Pictures of one unit beside the middle half of its peers: its quarters, measure by measure, and its kinds of activity."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from cadence.charts import wording
from cadence.charts.cells import row_axis
from cadence.charts.columns import days, drill, flags, numbers, quarter_end, texts
from cadence.charts.style import SMALL, TINY, Look, dressed, faint, hover, written
from cadence.words import say

PANEL = 112
"""Height of a panel in px."""
BAND = 74 * 86_400_000
"""Width of a quarter's band in ms: 74 days."""
HALF = 37
"""Half of it in days."""
SPAN = 0.3
"""The least that a panel of shares spans, so that two percentage points do not look like a cliff."""
MOST = 14
"""Kinds of activity that are drawn; the rest is in the table."""


def multiples(
    frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None
) -> go.Figure:
    """往期与同类: a panel per measure over the same quarters; the line is the unit, the bars the middle half of its peers.

    Roles: measure, quarter, value (activities per month, else a share), numerator, denominator, low, middle, high, peers,
    is_chosen. A measure without any value of the unit has no panel.
    """
    names = pd.unique(texts(frame["measure"]))
    told = [name for name in names if not np.isnan(numbers(frame["value"][texts(frame["measure"]) == name])).all()] or [names[0]]
    figure = make_subplots(rows=len(told), cols=1, shared_xaxes=True, vertical_spacing=0.34 / len(told))
    legend = set()
    for row, name in enumerate(told, start=1):
        rows = frame[texts(frame["measure"]) == name]
        for trace in (*_bands(rows, theme), _line(rows, name, theme)):
            figure.add_trace(trace.update(showlegend=trace.name not in legend), row=row, col=1)
            legend.add(trace.name)
        _panel(figure, rows, name, row)
    quarters = days(frame["quarter"])
    dressed(
        figure, theme, PANEL * len(told) + 70, barmode="overlay", legend={"y": 1 + 24 / (PANEL * len(told)), "traceorder": "normal"}
    )
    figure.update_xaxes(
        range=[str(quarters.min() - 8), str(quarter_end(quarters).max() + 8)],
        tickvals=np.unique(quarters.astype("datetime64[Y]")).astype("datetime64[D]"),
        ticktext=[wording.year(int(str(year))) for year in np.unique(quarters.astype("datetime64[Y]"))],
        ticklabelposition="outside right",
        tickangle=0,
    )
    return figure


def _bands(rows: pd.DataFrame, theme: Look) -> list[go.Bar | go.Scatter]:
    """The middle half of the peers as a bar per quarter, their median as a line across it; nothing without peers."""
    low, middle, high = (numbers(rows[role]) for role in ("low", "middle", "high"))
    there = ~np.isnan(middle)
    if not there.any():
        return []
    centre = _centre(rows)[there]
    bar = go.Bar(
        x=centre,
        base=low[there],
        y=(high - low)[there],
        width=BAND,
        name=say("同类中间一半"),
        marker={"color": faint(theme.main, 0.2), "line": {"color": theme.soft, "width": 1}},
        hoverinfo="skip",
    )
    ends = np.c_[centre - HALF, centre + HALF, np.full(len(centre), np.datetime64("NaT"))].ravel()
    median = go.Scatter(
        x=ends,
        y=np.c_[middle[there], middle[there], np.full(len(centre), np.nan)].ravel(),
        mode="lines",
        name=say("同类中位数"),
        line={"width": 2, "color": theme.muted},
        connectgaps=False,
        hoverinfo="skip",
    )
    return [bar, median]


def _line(rows: pd.DataFrame, name: str, theme: Look) -> go.Scatter:
    """The unit's own values; the quarters of the chosen period filled, the ones before open."""
    quarters, value = days(rows["quarter"]), numbers(rows["value"])
    chosen = flags(rows["is_chosen"])
    return go.Scatter(
        x=_centre(rows),
        y=value,
        mode="lines+markers",
        name=say("本单位，实心为所选时间"),
        line={"color": theme.main, "width": 2},
        marker={"size": 7, "color": np.where(chosen, theme.main, theme.paper), "line": {"width": 1.5, "color": theme.main}},
        connectgaps=False,
        cliponaxis=False,
        customdata=drill(len(rows), start=quarters, until=quarter_end(quarters)),
        **hover(_told(row, _number(name)) for row in rows.itertuples(index=False)),
    )


def _told(row: object, number: Callable[[float], str]) -> str:
    """One quarter in words; where the share is of fewer than five, the count alone."""
    value, middle, low, high = (float(v) if pd.notna(v) else np.nan for v in (row.value, row.middle, row.low, row.high))
    top, below = (wording.count(float(v) if pd.notna(v) else np.nan) for v in (row.numerator, row.denominator))
    quarter = wording.quarter(np.datetime64(row.quarter, "D"))
    own = say(
        "{quarter}<br>{value}（{numerator}/{denominator}）", quarter=quarter, value=number(value), numerator=top, denominator=below
    )
    if np.isnan(middle):
        return own
    peers = say(
        "{peers} 个同类单位：中位 {middle}，中间一半 {low} 至 {high}",
        peers=wording.count(float(row.peers) if pd.notna(row.peers) else np.nan),
        middle=number(middle),
        low=number(low),
        high=number(high),
    )
    return f"{own}<br>{peers}"


def _panel(figure: go.Figure, rows: pd.DataFrame, name: str, row: int) -> None:
    """Title and scale of a panel."""
    values = np.concatenate([numbers(rows[role]) for role in ("value", "low", "high")])
    highest, lowest = (float(pick(values)) if not np.isnan(values).all() else 0.0 for pick in (np.nanmax, np.nanmin))
    if name == "pace":
        tickvals, ticktext = wording.ticks(highest, 3)
        figure.update_yaxes(tickvals=tickvals, ticktext=ticktext, range=[0, max(highest, tickvals[-1]) * 1.1 or 1], row=row, col=1)
    else:
        bottom = max(0.0, min(lowest - 0.05, highest - SPAN))
        top = min(1.0, max(highest + 0.05, bottom + SPAN))
        figure.update_yaxes(tickformat=".0%", nticks=4, range=[bottom, top + 0.04 * (top - bottom)], row=row, col=1)
    axis = "" if row == 1 else str(row)
    figure.add_annotation(
        text=f"<b>{wording.named('measure', name)}</b>",
        x=0,
        y=1,
        yshift=5,
        xref="x domain",
        yref=f"y{axis} domain",
        xanchor="left",
        yanchor="bottom",
    )


def _number(name: str) -> Callable[[float], str]:
    return wording.decimal if name == "pace" else wording.share


def _centre(rows: pd.DataFrame) -> np.ndarray:
    """The middle day of each quarter."""
    return days(rows["quarter"]) + 45


def ranges(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """做什么: per kind of activity the unit's number as a bar, and the middle half of its peers as a thin frame with their median.

    Roles: type, held (activities), low, middle, high (activities, for as many months), peers. At most fourteen kinds.
    """
    frame = frame.head(MOST)
    types, rows = texts(frame["type"]), np.arange(len(frame))
    held, low, middle, high = (numbers(frame[role]) for role in ("held", "low", "middle", "high"))
    titles = [wording.named("type", type) for type in types]
    figure = go.Figure()
    there = ~np.isnan(middle)
    if there.any():
        figure.add_bar(
            orientation="h",
            y=rows[there],
            base=low[there],
            x=np.maximum((high - low)[there], 0.02),
            width=0.74,
            name=say("同类中间一半"),
            marker={"color": faint(theme.main, 0.2), "line": {"color": theme.soft, "width": 1}},
            hoverinfo="skip",
        )
    figure.add_bar(
        orientation="h",
        y=rows,
        x=held,
        width=0.34,
        name=say("本单位"),
        marker={"color": theme.main},
        customdata=drill(len(frame), type=types),
        **hover(
            say("{type}<br>本单位 {held} 次", type=title, held=wording.count(n))
            if np.isnan(m)
            else say(
                "{type}<br>本单位 {held} 次；同类中位 {middle}，中间一半 {low} 至 {high}",
                type=title,
                held=wording.count(n),
                middle=wording.decimal(m),
                low=wording.decimal(a),
                high=wording.decimal(b),
            )
            for title, n, m, a, b in zip(titles, held, middle, low, high, strict=True)
        ),
    )
    if there.any():
        figure.add_scatter(
            x=middle[there],
            y=rows[there],
            mode="markers",
            name=say("同类中位数"),
            marker={"symbol": "line-ns", "size": 16, "line": {"width": 2, "color": theme.ink}},
            hoverinfo="skip",
        )
    highest = float(np.nanmax([*held, *high, 1]))
    px = 30
    figure.add_trace(written(np.fmax(held, np.nan_to_num(high)), rows, map(wording.count, held), theme.ink, size=SMALL))
    dressed(figure, theme, px * max(len(frame), 3) + 60, barmode="overlay", margin={"r": 30})
    figure.update_yaxes(**row_axis(np.array(titles, dtype=object), px, 22))
    figure.update_xaxes(range=[0, highest * 1.04], title={"text": say("次数"), "font": {"size": TINY}})
    return figure.update_layout(legend={"y": 1 + 8 / (px * max(len(frame), 3)), "traceorder": "normal"})


def pairs(found: pd.DataFrame, names: tuple[str, str], theme: Look) -> go.Figure:
    """并排看: per measure of `comparison.compared` two dots with their intervals on one scale of 0 to 100 %."""
    rows = np.arange(len(found))
    figure = go.Figure()
    for side, name, color, symbol, shift in (
        ("left", names[0], theme.main, "circle", -0.14),
        ("right", names[1], theme.above, "diamond-open", 0.14),
    ):
        value, low, high = (numbers(found[f"{part}_{side}"]) for part in ("value", "low", "high"))
        figure.add_scatter(
            x=value,
            y=rows + shift,
            mode="markers",
            name=name,
            marker={"symbol": symbol, "size": 10, "color": color, "line": {"width": 2, "color": color}},
            error_x={
                "type": "data",
                "array": high - value,
                "arrayminus": value - low,
                "color": color,
                "thickness": 1.5,
                "width": 0,
            },
            customdata=drill(len(found)),
            **hover(
                say(
                    "{name}<br>{value}，区间 {low} 至 {high}",
                    name=name,
                    value=wording.share(v),
                    low=wording.share(a),
                    high=wording.share(b),
                )
                for v, a, b in zip(value, low, high, strict=True)
            ),
        )
    dressed(figure, theme, 46 * max(len(found), 2) + 70, margin={"r": 16})
    labels = np.array([wording.named("measure", name) for name in texts(found["measure"])], dtype=object)
    figure.update_yaxes(**row_axis(labels, 46, room=30))
    figure.update_xaxes(range=[-0.01, 1.01], tickformat=".0%", nticks=6)
    return figure.update_layout(legend={"traceorder": "normal"})
