"""Picture of one unit's year beside that of the others: what a finding of rhythm rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import days, drill, flags, numbers, texts
from cadence.charts.style import Look, dressed, hover
from cadence.words import say

QUARTERS = (1, 4, 7, 10)


def spread(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """证据图: a bar per week, those of the window in amber; the line is as many activities spread as the others spread theirs.

    Roles: unit, starts_on, held, expected, is_system. `marks` are the spans of the window: starts_on, ends_on.
    """
    starts, held, expected = days(frame["starts_on"]), numbers(frame["held"]), numbers(frame["expected"])
    ends = np.minimum(starts + 6, (starts.astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1)
    inside = np.zeros(len(frame), dtype=bool)
    if marks is not None:
        for first, last in zip(days(marks["starts_on"]), days(marks["ends_on"]), strict=True):
            inside |= (starts + 3 >= first) & (starts + 3 <= last)
    figure = go.Figure()
    for where, name, color in ((~inside, say("开展次数"), theme.main), (inside, say("所看的时段"), theme.alert)):
        if not where.any():
            continue
        figure.add_bar(
            x=(starts + 3)[where],
            y=held[where],
            name=name,
            width=6 * 86_400_000,
            marker={"color": color},
            customdata=drill(int(where.sum()), unit=texts(frame["unit"])[where], start=starts[where], until=ends[where]),
            **hover(
                say(
                    "{start} – {until}<br>{held} 次，对照 {expected}",
                    start=wording.date(start),
                    until=wording.date(until),
                    held=wording.count(n),
                    expected=wording.decimal(usual),
                )
                for start, until, n, usual in zip(starts[where], ends[where], held[where], expected[where], strict=True)
            ),
        )
    is_system = flags(frame["is_system"]).all()
    figure.add_scatter(
        x=starts + 3,
        y=expected,
        name=say("同样多的活动，按其他单位的节奏") if is_system else say("同样多的活动，按工作日均匀"),
        mode="lines",
        line={"color": theme.ink, "width": 1.5, "shape": "hvh"},
        hoverinfo="skip",
    )
    highest = float(np.nanmax([*held, *expected, 1]))
    tickvals, ticktext = wording.ticks(highest)
    dressed(figure, theme, 240, barmode="overlay")
    figure.update_yaxes(tickvals=tickvals, ticktext=ticktext, range=[0, max(highest, tickvals[-1]) * 1.05])
    year = starts.max().astype("datetime64[Y]")
    first = np.array([(year.astype("datetime64[M]") + month - 1).astype("datetime64[D]") for month in QUARTERS])
    span = [str(year.astype("datetime64[D]") - 2), str((year + 1).astype("datetime64[D]") + 1)]
    names = [wording.month_name(month) for month in QUARTERS]
    figure.update_xaxes(tickvals=first, ticktext=names, range=span, showgrid=False, ticklabelposition="outside right")
    return figure
