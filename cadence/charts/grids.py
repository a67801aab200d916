"""Maps of units against kinds, steps or months: who misses what, who has evidence for which step, who handed in which month."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.cells import Grid, Shade, missing, none, row_axis, row_height
from cadence.charts.columns import days, drill, flags, month_end, numbers, row_numbers, texts
from cadence.charts.style import SMALL, TINY, Look, dressed
from cadence.words import language, say

HEADING = 84
"""px above a grid for column headings."""


def _grid_layout(figure: go.Figure, theme: Look, units: np.ndarray, columns: int, px: float, heading: int = HEADING) -> None:
    """Rows of units from the top down, column headings at the top, the legend above them."""
    body = px * max(len(units), 2)
    dressed(figure, theme, body + heading + 40, barmode="overlay")
    figure.update_yaxes(**row_axis(units, px))
    figure.update_xaxes(range=[0, columns], showgrid=False, side="top")
    figure.update_layout(legend={"y": 1 + heading / body, "traceorder": "normal"})


def heat(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """达标分布图: unit × kind, the share met written in each cell; pale where little was held, grey where nothing can be judged.

    Roles: unit, type, due, met (periods), share (0–1).
    """
    units, types = texts(frame["unit"]), texts(frame["type"])
    row, unit_names = row_numbers(units)
    column, type_names = row_numbers(types)
    share, due, met = (numbers(frame[role]) for role in ("share", "due", "met"))
    titles = np.array([wording.named("type", type) for type in types], dtype=object)
    hover = [
        say(
            "{unit}<br>{type}：达标 {met}/{due} 期（{share}）",
            unit=unit,
            type=title,
            met=wording.count(a),
            due=wording.count(b),
            share=wording.share(part),
        )
        for unit, title, a, b, part in zip(units, titles, met, due, share, strict=True)
    ]
    grid = Grid(column.astype(float), row)
    told = {
        "customdata": drill(len(frame), unit=units, type=types),
        "hovertext": np.array(hover, dtype=object),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
    }
    figure = go.Figure()
    percent = np.round(100 * share)
    written = np.array(["" if np.isnan(part) else f"{part:.0f}" for part in percent], dtype=object)
    for low, high, shade, ink in _share_shades(theme):
        where = (percent >= low) & (percent <= high)
        figure.add_trace(grid.trace(where, shade, theme, text=written, insidetextfont={"color": ink, "size": TINY}, **told))
    nothing = np.isnan(share)
    if nothing.any():
        figure.add_trace(grid.trace(nothing, missing(theme, say("无可判定")), theme, **told))
    px = row_height(len(unit_names), tall=18, low=9)
    heading = _headings(figure, [wording.named("type", type) for type in type_names])
    _grid_layout(figure, theme, unit_names, len(type_names), px, heading)
    return figure


def _share_shades(theme: Look) -> list[tuple[float, float, Shade, str]]:
    """Classes of a share in whole per cent, with the colour of the number written in the cell."""
    inks = (
        ("#24303c", "#24303c", "#24303c", "#ffffff", "#ffffff")
        if not theme.dark
        else ("#e4e9ee", "#e4e9ee", "#ffffff", "#0e1117", "#0e1117")
    )
    return [
        (0, 0, none(theme, "0%"), theme.ink),
        (1, 49, Shade("<50%", theme.heat[0]), inks[0]),
        (50, 79, Shade("50–79%", theme.heat[1]), inks[1]),
        (80, 99, Shade("80–99%", theme.heat[2]), "#ffffff" if not theme.dark else inks[2]),
        (100, 100, Shade("100%", theme.heat[3]), inks[3]),
    ]


def _headings(figure: go.Figure, names: list[str]) -> int:
    """Column headings: Chinese upright, other scripts turned. Returns the px they need."""
    chinese = all(wording.width(name) == 2 * len(name) for name in names)
    words = [wording.upright(name) if chinese else wording.short(name, 24) for name in names]
    figure.update_xaxes(
        tickvals=np.arange(len(names)) + 0.5,
        ticktext=words,
        tickangle=0 if chinese else -90,
        tickfont={"size": SMALL if chinese else TINY},
    )
    return 10 + (14 * max(map(len, names), default=1) if chinese else 5.6 * max(map(wording.width, words), default=1)).__ceil__()


def matrix(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """同步矩阵: unit × step, each cell with the day of its first evidence; ● behind units that have every step.

    Roles: unit, step, evidence (activities), first_on, complete.
    """
    units, steps = texts(frame["unit"]), texts(frame["step"])
    row, unit_names = row_numbers(units)
    column, step_names = row_numbers(steps)
    evidence, first = numbers(frame["evidence"]), days(frame["first_on"])
    titles = [wording.named("step", step) for step in steps]
    has = evidence > 0
    years = len(set(first[~np.isnat(first)].astype("datetime64[Y]").astype(int))) > 1
    hover = [
        say("{unit}<br>{step}：{held} 次，最早 {day}", unit=unit, step=title, held=wording.count(number), day=wording.date(day))
        if known and not np.isnat(day)
        else say("{unit}<br>{step}：没有带日期的依据", unit=unit, step=title)
        for unit, title, number, day, known in zip(units, titles, evidence, first, has, strict=True)
    ]
    grid = Grid(column.astype(float), row)
    told = {
        "customdata": drill(len(frame), unit=units, start=first, until=""),
        "hovertext": np.array(hover, dtype=object),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
    }
    told["customdata"][:, 2] = ""
    written = np.array([_short_day(day, years) if known else "–" for day, known in zip(first, has, strict=True)], dtype=object)
    figure = go.Figure()
    ink = theme.ink if not theme.dark else "#ffffff"
    figure.add_trace(
        grid.trace(
            has,
            Shade(say("有依据（最早日期）"), theme.soft),
            theme,
            text=written,
            insidetextfont={"color": ink, "size": TINY},
            **told,
        )
    )
    figure.add_trace(
        grid.trace(
            ~has, none(theme, say("无依据")), theme, text=written, insidetextfont={"color": theme.muted, "size": TINY}, **told
        )
    )
    whole = sorted(set(row[flags(frame["complete"])]))
    if whole:
        figure.add_scatter(
            x=np.full(len(whole), len(step_names) + 0.25),
            y=np.array(whole),
            mode="markers",
            name=say("全同步"),
            marker={"symbol": "circle", "size": 9, "color": theme.good},
            customdata=drill(len(whole), unit=unit_names[whole]),
            hovertext=np.array([say("{unit}<br>全部环节都有依据", unit=unit_names[place]) for place in whole], dtype=object),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    words = [wording.wrapped(wording.named("step", step), 4 if language() == "zh" else 9) for step in step_names]
    figure.update_xaxes(tickvals=np.arange(len(words)) + 0.5, ticktext=words, tickangle=0)
    px = row_height(len(unit_names), tall=22, low=12)
    _grid_layout(figure, theme, unit_names, len(step_names) + 0.5, px, heading=62)
    return figure


def _short_day(day: np.datetime64, with_year: bool) -> str:
    """3/5, or 24/3/5 where the span has several years."""
    if np.isnat(day):
        return "✓"
    year, month, date = str(day).split("-")
    return f"{year[2:]}/{int(month)}/{int(date)}" if with_year else f"{int(month)}/{int(date)}"


def presence(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """上报情况: unit × month, filled where reported, hatched where partly, grey where not reported.

    Roles: unit, month, status (reported, partly, missing).
    """
    units, months, status = texts(frame["unit"]), days(frame["month"]), texts(frame["status"])
    row, unit_names = row_numbers(units)
    number = months.astype("datetime64[M]").astype(int)
    first = int(number.min())
    grid = Grid((number - first).astype(float), row)
    hover = np.array(
        [
            say("{unit}<br>{month}：{status}", unit=unit, month=wording.month(day), status=wording.named("status", state))
            for unit, day, state in zip(units, months, status, strict=True)
        ],
        dtype=object,
    )
    told = {
        "customdata": drill(len(frame), unit=units, start=months, until=month_end(months)),
        "hovertext": hover,
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    figure = go.Figure()
    for state, color, pattern in (("reported", theme.soft, ""), ("partly", theme.zero, "/"), ("missing", theme.missing, "")):
        shade = Shade(wording.named("status", state), color, pattern, outline=state == "partly")
        figure.add_trace(grid.trace(status == state, shade, theme, **told))
    span = int(number.max()) - first + 1
    px = row_height(len(unit_names), tall=18)
    _grid_layout(figure, theme, unit_names, span, px, heading=34)
    _month_ticks(figure, first, span, theme)
    return figure


def _month_ticks(figure: go.Figure, first: int, span: int, theme: Look) -> None:
    """Ticks of a month axis counted from `first` (months since 1970-01); the year where it begins, a line between years."""
    every = next(step for step in (1, 2, 3, 6, 12) if span / step <= 8 or step == 12)
    months = [month for month in range(first, first + span) if (month % 12) % every == 0 or month == first]
    words = [
        wording.month_name(month % 12 + 1)
        + (f"<br>{wording.year(1970 + month // 12)}" if month % 12 == 0 or month == first else "<br> ")
        for month in months
    ]
    crowded = len(months) > 1 and months[1] - months[0] < every
    if crowded:
        months, words = [months[0], *months[2:]], [words[0], *words[2:]]
    figure.update_xaxes(tickvals=np.array(months) - first + 0.5, ticktext=words, tickangle=0)
    for january in range(first + 1, first + span):
        if january % 12 == 0:
            figure.add_vline(x=january - first, line={"color": theme.muted, "width": 1})
