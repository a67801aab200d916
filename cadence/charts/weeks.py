"""Pictures of single weeks and days: the rhythm ribbon and the activity calendar."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from cadence.charts import wording
from cadence.charts.cells import Grid, counted, legend_only, missing, none, partly, row_axis, row_height
from cadence.charts.columns import days, drill, flags, numbers, texts
from cadence.charts.style import TINY, Look, dressed
from cadence.words import say

LAST_DAYS = 42
"""The last six weeks of a year (rhythm.md, 4.2)."""
MANY_ROWS = 24
"""Up to this number of unit-years every year of the span gets rows of its own; above, only the latest is drawn."""


def ribbon(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """节奏带: one row per unit (and year, for few units), 53 weeks; a rush is a dark right edge; its factor stands at the end.

    Roles: unit, year, week (1–53 in sevens from 1 January), starts_on, held, status, index, n. Rows keep the order of the result.
    """
    years = numbers(frame["year"]).astype(int)
    several = len(set(zip(frame["unit"], years, strict=True))) <= MANY_ROWS and len(set(years)) > 1
    if not several:
        told = years[~np.isnan(numbers(frame["held"]))]
        frame = frame[years == (told.max() if told.size else years.max())]
        years = numbers(frame["year"]).astype(int)
    units, held, status = texts(frame["unit"]), numbers(frame["held"]), texts(frame["status"])
    keys = pd.MultiIndex.from_arrays([units, years])
    rows, names = _ribbon_rows(keys, several)
    starts = days(frame["starts_on"])
    ends = np.minimum(starts + 6, (starts.astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1)
    grid = Grid(numbers(frame["week"]) - 1, rows)
    words = np.array([wording.named("status", state) for state in status], dtype=object)
    day = wording.date_format()
    span = f"%{{customdata[2]|{day}}} – %{{customdata[3]|{day}}}"
    told = {"customdata": drill(len(frame), unit=units, start=starts, until=ends), "text": words, "textposition": "none"}
    told["hovertemplate"] = say(
        "{unit}<br>{span}：{held} 次（{status}）", unit="%{customdata[0]}", span=span, held="%{meta}", status="%{text}"
    )
    figure = go.Figure()
    pattern = np.where(status == "partly", "/", "")
    _count_cells(figure, grid, held, pattern, theme, told)
    px = row_height(len(names), tall=20)
    dressed(figure, theme, px * max(len(names), 2) + 76, barmode="overlay")
    figure.update_yaxes(**row_axis(names, px))
    _year_axis(figure, theme, int(years.max()), len(names), px)
    _factors(figure, frame, rows, px, theme)
    return figure


def _ribbon_rows(keys: pd.MultiIndex, several: bool) -> tuple[np.ndarray, list[str]]:
    """Row number of each cell and the row names; with several years a unit's years stand below each other."""
    unit, _ = pd.factorize(keys.get_level_values(0))
    order = pd.DataFrame({"unit": unit, "year": keys.get_level_values(1)})
    rows = order.groupby(["unit", "year"]).ngroup().to_numpy() if several else unit
    first = pd.Series(np.arange(len(keys))).groupby(rows).first().sort_index()
    alone = len(set(unit)) == 1
    names = []
    for place in first:
        name, year = keys[place]
        names.append(wording.year(year) if alone and several else f"{wording.short(name, 12)} {year}" if several else name)
    return rows, names


def _count_cells(
    figure: go.Figure, grid: Grid, held: np.ndarray, pattern: np.ndarray, theme: Look, told: dict, **where: object
) -> None:
    """Cells of a count: grey missing, white none, darker for more, hatched where partly reported."""
    empty = np.isnan(held)
    shades = [(empty, missing(theme)), (held == 0, none(theme)), *counted(held, theme)]
    for here, shade in shades:
        if not here.any():
            continue
        more = dict(told)
        more["hovertemplate"] = more["hovertemplate"].replace("%{meta}", "–") if here is empty else more["hovertemplate"]
        numbered = np.array([wording.count(number) for number in held], dtype=object)
        figure.add_trace(
            grid.trace(
                here,
                shade,
                theme,
                pattern=pattern,
                hovertext=numbered,
                **{**more, "hovertemplate": more["hovertemplate"].replace("%{meta}", "%{hovertext}") + "<extra></extra>"},
            ),
            **where,
        )
    if (pattern == "/").any():
        figure.add_trace(legend_only(partly(theme), theme), **where)


def _year_axis(figure: go.Figure, theme: Look, year: int, rows: int, px: float) -> None:
    """Months along the weeks, and a line where the last six weeks begin."""
    length = 366 if np.datetime64(f"{year}-12-31") - np.datetime64(f"{year}-01-01") == np.timedelta64(365, "D") else 365
    firsts = [
        int((np.datetime64(f"{year}-{month:02d}-01") - np.datetime64(f"{year}-01-01")).astype(int)) / 7 for month in (1, 4, 7, 10)
    ]
    figure.update_xaxes(
        range=[0, 55.5],
        tickvals=np.array(firsts),
        ticktext=[wording.month_name(month) for month in (1, 4, 7, 10)],
        ticklabelposition="outside right",
        showgrid=False,
        side="bottom",
    )
    late = (length - LAST_DAYS) / 7
    figure.add_shape(type="line", x0=late, x1=late, y0=-0.06 * 0, y1=1, yref="y domain", line={"color": theme.above, "width": 1.5})
    figure.add_annotation(
        x=late,
        y=1,
        yref="y domain",
        yanchor="bottom",
        xanchor="center",
        text=say("最后六周"),
        font={"size": TINY, "color": theme.above},
    )
    figure.update_layout(legend={"y": 1 + 16 / (px * max(rows, 2)), "traceorder": "normal"})


def _factors(figure: go.Figure, frame: pd.DataFrame, rows: np.ndarray, px: float, theme: Look) -> None:
    """The factor of each row behind its last week: 2.4×; nothing below eight activities."""
    if px < 9:
        return
    index = pd.Series(numbers(frame["index"])).groupby(rows).first()
    told = index.dropna()
    figure.add_scatter(
        x=np.full(len(told), 53.3),
        y=told.index.to_numpy(),
        mode="text",
        text=np.array([f"{value:.1f}×" for value in told], dtype=object),
        textposition="middle right",
        textfont={"size": TINY, "color": theme.ink},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def calendar(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """活动日历: a strip per year, weeks across and weekdays down; grey where no unit reported, ○ on public holidays.

    Roles: day, year, held (activities; empty where nobody reported), is_working, holiday, reported (units).
    """
    dates, held = days(frame["day"]), numbers(frame["held"])
    years = numbers(frame["year"]).astype(int)
    holiday, working = texts(frame["holiday"]), flags(frame["is_working"])
    weekday = (dates.astype(int) + 3) % 7
    first = dates.astype("datetime64[Y]").astype("datetime64[D]")
    week = ((dates - first).astype(int) + (first.astype(int) + 3) % 7) // 7
    shown = sorted(set(years))
    figure = make_subplots(rows=len(shown), cols=1, shared_xaxes=True, vertical_spacing=0.1 / max(len(shown), 1))
    place = {year: number for number, year in enumerate(shown)}
    grid = Grid(week.astype(float), weekday, height=0.9, gap=0.1)
    text = np.array(
        [
            say(
                "{day}（{weekday}{holiday}）<br>{held} 次",
                day=wording.date(date),
                weekday=wording.weekday(number),
                holiday=f" · {name}" if name else "" if work else " · " + say("非工作日"),
                held=wording.count(count),
            )
            if not np.isnan(count)
            else say("{day}：未报", day=wording.date(date))
            for date, number, name, work, count in zip(dates, weekday, holiday, working, held, strict=True)
        ],
        dtype=object,
    )
    customdata = drill(len(frame), start=dates, until=dates)
    shades = [(np.isnan(held), missing(theme)), (held == 0, none(theme)), *counted(held, theme)]
    for where, shade in shades:
        for year in shown:
            here = where & (years == year)
            if here.any() or year == shown[0]:
                trace = grid.trace(
                    here, shade, theme, customdata=customdata, hovertext=text, hovertemplate="%{hovertext}<extra></extra>"
                )
                trace.update(legendgroup=shade.name, showlegend=bool(year == shown[0]) and bool(where.any()))
                if year == shown[0] and not here.any():
                    trace.update(x=[None], y=[None], base=None)
                figure.add_trace(trace, row=place[year] + 1, col=1)
    for year in shown:
        here = (years == year) & (holiday != "")
        figure.add_scatter(
            x=week[here] + 0.5,
            y=weekday[here],
            mode="markers",
            name=say("法定节假日"),
            legendgroup="holiday",
            showlegend=bool(year == next((y for y in shown if ((years == y) & (holiday != "")).any()), None)),
            marker={"symbol": "circle-open", "size": 5, "color": theme.above, "line": {"width": 1}},
            customdata=customdata[here],
            hovertext=text[here],
            hovertemplate="%{hovertext}<extra></extra>",
            row=place[year] + 1,
            col=1,
        )
    _calendar_axes(figure, theme, shown)
    return figure


def _calendar_axes(figure: go.Figure, theme: Look, shown: list[int]) -> None:
    """Weekdays down, months across, the year written above each strip."""
    dressed(figure, theme, 66 + 128 * len(shown), barmode="overlay")
    figure.update_yaxes(
        tickvals=np.array([0, 2, 4, 6]),
        ticktext=[wording.weekday(day) for day in (0, 2, 4, 6)],
        range=[6.6, -0.6],
        showgrid=False,
        tickfont={"size": TINY},
    )
    firsts = np.array([0, 13, 26, 39.2])
    figure.update_xaxes(
        range=[0, 54],
        tickvals=firsts + 0.3,
        ticktext=[wording.month_name(month) for month in (1, 4, 7, 10)],
        showgrid=False,
        ticklabelposition="outside right",
        showticklabels=False,
    )
    figure.update_xaxes(showticklabels=True, row=len(shown), col=1)
    for number, year in enumerate(shown, start=1):
        axis = "" if number == 1 else str(number)
        figure.add_annotation(
            text=f"<b>{wording.year(year)}</b>",
            x=0,
            xref=f"x{axis} domain",
            y=1,
            yref=f"y{axis} domain",
            xanchor="left",
            yanchor="bottom",
        )
    figure.update_layout(legend={"y": 1 + 20 / (128 * len(shown)), "traceorder": "normal"})
