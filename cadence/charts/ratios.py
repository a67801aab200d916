"""Picture of ratios with their intervals: the days before each inspection against the units' own pace."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import days, drill, flags, numbers, texts
from cadence.charts.style import SMALL, TINY, Look, dressed, hover, written
from cadence.words import say


def whiskers(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """迎检密度: a row per inspection, dot and 95 % interval of the pace before it over the usual one; the line is the usual pace.

    Roles: name, starts_on, opens_on, closes_on, held, expected, ratio, low, high, at_year_end (1: in the last weeks of the year).
    """
    names, rows = texts(frame["name"]), np.arange(len(frame))
    starts, opens, closes = (days(frame[role]) for role in ("starts_on", "opens_on", "closes_on"))
    held, expected, ratio, low, high = (numbers(frame[role]) for role in ("held", "expected", "ratio", "low", "high"))
    at_year_end = flags(frame["at_year_end"])
    told = np.array(
        [
            say(
                "{name} · {day}<br>前 {days} 天 {held} 次，平时同样的天数约 {expected} 次<br>{ratio} 倍（{low}–{high}）",
                name=name,
                day="–" if np.isnat(day) else wording.date(day),
                days=(close - open_).astype(int) + 1,
                held=wording.count(n),
                expected=wording.count(usual),
                ratio=_times(middle),
                low=_times(a),
                high=_times(b),
            )
            for name, day, open_, close, n, usual, middle, a, b in zip(
                names, starts, opens, closes, held, expected, ratio, low, high, strict=True
            )
        ],
        dtype=object,
    )
    customdata = drill(len(frame), start=opens, until=closes)
    above = ~at_year_end & (low > 1)
    figure = go.Figure()
    for where, name, symbol, color in (
        (above, say("高于平时（区间不含1）"), "diamond", theme.above),
        (~at_year_end & ~above, say("与平时分不开"), "circle", theme.below),
        (at_year_end, say("与年底重叠，不作判断"), "circle-open", theme.muted),
    ):
        if where.any():
            figure.add_scatter(
                x=ratio[where],
                y=rows[where],
                mode="markers",
                name=name,
                marker={"symbol": symbol, "size": 9, "color": color, "line": {"width": 2, "color": color}},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": (high - ratio)[where],
                    "arrayminus": (ratio - low)[where],
                    "color": color,
                    "thickness": 1.5,
                    "width": 4,
                },
                customdata=customdata[where],
                **hover(told[where]),
            )
    highest = float(np.nanmax([*high, *ratio, 1.5])) * 1.05
    figure.add_trace(written(np.full(len(frame), highest), rows, [_times(value) for value in ratio], theme.ink, size=SMALL))
    figure.add_shape(type="line", x0=1, x1=1, y0=0, y1=1, yref="y domain", line={"color": theme.muted, "width": 1, "dash": "dash"})
    body = 36 * max(len(frame), 2)
    dressed(figure, theme, body + 116, margin={"r": 40})
    small = f"<br><span style='font-size:{TINY}px'>{{}}</span>"
    labels = [
        wording.short(name, 20) + small.format("" if np.isnat(day) else wording.date(day))
        for name, day in zip(names, starts, strict=True)
    ]
    figure.update_yaxes(tickvals=rows, ticktext=labels, range=[len(frame) - 0.5, -0.5], showgrid=False)
    figure.update_xaxes(range=[0, highest], title={"text": say("平时密度的倍数")}, nticks=5)
    return figure.update_layout(legend={"traceorder": "normal"})


def _times(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.2f}"
