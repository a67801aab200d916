"""Pictures of thresholds: how far each step of planning is reached, and where each unit's year stands before a line.

`strip` has no intervals and no row of its own for a unit: it shows how many stand on either side of what is due, year by year.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import drill, numbers, texts
from cadence.charts.style import SMALL, Look, dressed, hover, written
from cadence.words import say


def ladder(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """计划阶梯: one bar per step of planning, how much of its whole is reached; a step the spreadsheets are silent on says so.

    Roles: stage, numerator, denominator, share (0–1), lead (working days).
    """
    steps, rows = texts(frame["stage"]), np.arange(len(frame))
    share, above, below, lead = (numbers(frame[role]) for role in ("share", "numerator", "denominator", "lead"))
    names = [wording.named("stage", step) for step in steps]
    known = ~np.isnan(share)
    figure = go.Figure()
    ends = np.where(known, 1.0, np.nan)
    figure.add_bar(orientation="h", y=rows, x=ends, width=0.5, marker={"color": theme.grid}, hoverinfo="skip", showlegend=False)
    figure.add_bar(
        orientation="h",
        y=rows,
        x=share,
        width=0.5,
        marker={"color": theme.main},
        showlegend=False,
        customdata=drill(len(frame)),
        **hover(
            say(
                "{step}<br>{above}/{below}（{share}）",
                step=n,
                above=wording.count(a),
                below=wording.count(b),
                share=wording.share(s),
            )
            for n, a, b, s in zip(names, above, below, share, strict=True)
        ),
    )
    told = [
        f"<b>{wording.share(s)}</b> · {wording.count(a)}/{wording.count(b)}"
        + ("" if np.isnan(d) else "<br>" + say("中位提前 {days} 个工作日", days=f"{d:.0f}"))
        for s, a, b, d in zip(share, above, below, lead, strict=True)
    ]
    figure.add_trace(written(np.ones(int(known.sum())), rows[known], np.array(told, dtype=object)[known], theme.ink, size=SMALL))
    silent = np.flatnonzero(~known)
    figure.add_trace(written(np.zeros(len(silent)), silent, [say("表中没有可用的记录")] * len(silent), theme.muted, size=SMALL))
    dressed(figure, theme, 40 + 44 * max(len(frame), 2), barmode="overlay", margin={"r": 128})
    labels = [wording.wrapped(name, 22) for name in names]
    figure.update_yaxes(tickvals=rows, ticktext=labels, range=[len(frame) - 0.5, -0.5], showgrid=False)
    return figure.update_xaxes(range=[0, 1], tickvals=np.array([0, 0.5, 1.0]), tickformat=".0%")


def strip(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """学时: one dot per unit, heaped where many agree; a row per year, a line at what is due, beside it the number that reach it.

    Roles: unit, year, hours (per member), due, judged, enough (0 or 1), months.
    """
    units, years = texts(frame["unit"]), numbers(frame["year"])
    hours, due, months = (numbers(frame[role]) for role in ("hours", "due", "months"))
    judged, enough = numbers(frame["judged"]) > 0, numbers(frame["enough"]) > 0
    rows = sorted(set(years[~np.isnan(years)]))
    row = np.searchsorted(rows, years).astype(float)
    line = float(np.nanmax([*due, 0]))
    highest = float(np.nanmax([*hours, line, 1])) * 1.06
    y = row + _heaped(hours, row, highest)
    told = np.array(
        [
            say(
                "{unit} · {year}<br>人均 {hours} 学时（{months} 个月已报）",
                unit=unit,
                year=wording.year(year),
                hours=wording.decimal(value),
                months=wording.count(n),
            )
            for unit, year, value, n in zip(units, years, hours, months, strict=True)
        ],
        dtype=object,
    )
    first = np.array([f"{int(year)}-01-01" for year in years], dtype="datetime64[D]")
    last = np.array([f"{int(year)}-12-31" for year in years], dtype="datetime64[D]")
    customdata = drill(len(frame), unit=units, start=first, until=last)
    figure = go.Figure()
    for where, name, symbol, color in (
        (judged & enough, say("达到"), "diamond", theme.good),
        (judged & ~enough, say("未达到"), "circle", theme.main),
        (~judged, say("不作判断"), "circle-open", theme.muted),
    ):
        drawn = where & ~np.isnan(hours)
        if drawn.any():
            figure.add_scatter(
                x=hours[drawn],
                y=y[drawn],
                mode="markers",
                name=name,
                marker={"symbol": symbol, "size": 8, "color": color, "opacity": 0.85},
                customdata=customdata[drawn],
                **hover(told[drawn]),
            )
    figure.add_shape(
        type="line", x0=line, x1=line, y0=0, y1=1, yref="y domain", line={"color": theme.alert_ink, "width": 1.5, "dash": "dash"}
    )
    figure.add_annotation(
        text=say("{hours} 学时", hours=f"{line:g}"), x=line, y=1, yref="y domain", yanchor="bottom", font={"color": theme.alert_ink}
    )
    reached = [(int((enough & (years == year)).sum()), int((judged & (years == year)).sum())) for year in rows]
    said = [say("{n}/{all} 个单位", n=n, all=whole) if whole else say("无法判断") for n, whole in reached]
    figure.add_trace(written(np.full(len(rows), highest), np.arange(len(rows)), said, theme.ink, size=SMALL))
    body = 130 if len(rows) < 2 else 82 * len(rows)
    dressed(figure, theme, 92 + body, margin={"r": 84})
    labels = [wording.year(year) for year in rows]
    figure.update_yaxes(tickvals=np.arange(len(rows)), ticktext=labels, range=[len(rows) - 0.5, -0.5], showgrid=False)
    figure.update_xaxes(range=[0, highest], title={"text": say("人均学时")})
    return figure.update_layout(legend={"y": 1 + 22 / body, "traceorder": "normal"})


def _heaped(values: np.ndarray, row: np.ndarray, highest: float, bins: int = 60, room: float = 0.4) -> np.ndarray:
    """How far above or below the middle of its row each value stands, so that equal ones do not cover each other."""
    place = np.floor(np.nan_to_num(values) / highest * bins) + row * (bins + 1)
    order = np.zeros(len(values))
    for heap in np.unique(place):
        members = np.flatnonzero(place == heap)
        order[members] = np.arange(len(members)) - (len(members) - 1) / 2
    tallest = np.abs(order).max(initial=0)
    return order * min(0.1, room / tallest) if tallest else order
