"""Picture of a unit's own rhythm: twelve months across, the days of the week down."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.cells import Grid, Shade, inside, missing, none
from cadence.charts.columns import drill, numbers
from cadence.charts.style import SMALL, Look, dressed, hover, written
from cadence.words import say

DAYS = 7


def fingerprint(
    frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None
) -> go.Figure:
    """节奏画像: month × day of the week, darker where more was done on such a day; the week's shares at the right.

    Roles: weekday (1 is Monday), month_of_year, held, rate (on a hundred such days of a unit), peak (share of the day of the week).
    """
    weekday, month = numbers(frame["weekday"]), numbers(frame["month_of_year"])
    held, rate, peak = (numbers(frame[role]) for role in ("held", "rate", "peak"))
    row = np.nan_to_num(weekday, nan=1.0) - 1
    told = hover(
        say(
            "{month} · {weekday}<br>{held} 次（每百个单位日 {rate} 次）",
            month=wording.month_name(int(m)),
            weekday=wording.weekday(int(d)),
            held=wording.count(n),
            rate=wording.decimal(r),
        )
        for m, d, n, r in zip(month, row, held, rate, strict=True)
    )
    told["customdata"] = drill(len(frame))
    words = np.array([wording.count(n) for n in held], dtype=object)
    grid = Grid(month - 1, row)
    highest = float(np.nanmax([*rate, 1e-9]))
    step = np.clip(np.floor(np.nan_to_num(rate) / highest * 5), 0, 4)
    figure = go.Figure()
    for number in range(5):
        where = (held > 0) & (step == number)
        if where.any():
            shade = Shade("", theme.heat[number])
            grid.draw(figure, where, shade, theme, showlegend=False, **told, **inside(words, theme.on_heat[number]))
    if (held == 0).any():
        grid.draw(figure, held == 0, none(theme), theme, showlegend=False, **told)
    if np.isnan(held).any():
        grid.draw(figure, np.isnan(held), missing(theme), theme, **told)
    whole = np.full(DAYS, np.nan)
    whole[row.astype(int)] = peak
    said = ["" if np.isnan(part) or not part else wording.share(part) for part in whole]
    figure.add_trace(written(np.full(DAYS, 12.0), np.arange(DAYS), said, theme.ink, size=SMALL))
    dressed(figure, theme, 270, barmode="overlay", margin={"r": 40, "t": 24})
    labels = [wording.weekday(day) for day in range(DAYS)]
    figure.update_yaxes(tickvals=np.arange(DAYS), ticktext=labels, range=[DAYS - 0.5, -0.5], showgrid=False)
    every = np.array([1, 3, 5, 7, 9, 11])
    figure.update_xaxes(
        tickvals=every - 0.5, ticktext=[wording.month_name(m) for m in every], range=[0, 12], side="top", showgrid=False
    )
    return figure.update_layout(legend={"y": -0.04, "yanchor": "top"})
