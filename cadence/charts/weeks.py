"""Pictures of single weeks and days: the rhythm ribbon and the activity calendar."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from cadence.charts import wording
from cadence.charts.cells import Grid, Shade, counted, legend_only, missing, none, partly, row_axis, row_height
from cadence.charts.columns import days, drill, flags, numbers, texts
from cadence.charts.style import TINY, Look, dressed, hover, written
from cadence.words import say

LAST_DAYS = 42
"""The last six weeks of a year (rhythm.md, 4.2)."""
MANY_ROWS = 24
"""Up to this number of unit-years every year of the span gets rows of its own; above, only the latest is drawn."""
QUARTERS = (1, 4, 7, 10)
"""Months whose beginning is written on the axis of a year."""


def ribbon(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """节奏带: one row per unit (and year, for few units), 53 weeks; a rush is a dark right edge; its factor stands at the end.

    Roles: unit, year, week (1–53 in sevens from 1 January), starts_on, held, status, index, n. Rows keep the order of the result.
    """
    frame, several = _years_drawn(frame)
    units, held, status = texts(frame["unit"]), numbers(frame["held"]), texts(frame["status"])
    year, week = numbers(frame["year"]).astype(int), numbers(frame["week"])
    rows, names = _ribbon_rows(units, year, several)
    starts = days(frame["starts_on"])
    ends = np.minimum(starts + 6, (starts.astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1)
    hatched = np.where(status == "partly", "/", "")
    words = _each_told(held, status)
    day = wording.date_format()
    template = f"%{{customdata[0]}}<br>%{{customdata[2]|{day}}} – %{{customdata[3]|{day}}}<br>%{{hovertext}}<extra></extra>"
    told = {"customdata": drill(len(frame), unit=units, start=starts, until=ends), "hovertext": words, "hovertemplate": template}
    grid = Grid(week - 1, rows)
    figure = go.Figure()
    for where, shade in _count_shades(held, theme):
        if where.any():
            grid.draw(figure, where, shade, theme, pattern=hatched if (hatched[where] != "").any() else "", **told)
    if (hatched == "/").any():
        figure.add_trace(legend_only(partly(theme), theme))
    px = row_height(len(names), tall=20)
    dressed(figure, theme, px * max(len(names), 2) + 84, barmode="overlay", margin={"r": 34})
    figure.update_yaxes(**row_axis(names, px))
    _year_axis(figure, theme, year.max(), "" if several else wording.year(year.max()))
    if px >= 9:
        figure.add_trace(_factors(numbers(frame["index"]), held, week, rows, theme))
    return figure.update_layout(legend={"y": 1 + 36 / (px * max(len(names), 2)), "traceorder": "normal"})


def _years_drawn(frame: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """The rows that are drawn, and whether they span several years: all for few units, else the latest year with a report."""
    years = numbers(frame["year"]).astype(int)
    several = len(set(years)) > 1
    if several and len(frame[["unit", "year"]].drop_duplicates()) > MANY_ROWS:
        told = years[~np.isnan(numbers(frame["held"]))]
        frame = frame[years == (told.max() if told.size else years.max())].reset_index(drop=True)
        several = False
    return frame, several


def _ribbon_rows(units: np.ndarray, years: np.ndarray, several: bool) -> tuple[np.ndarray, list[str]]:
    """Row number of each cell and the row names; with several years a unit's years stand below each other."""
    number, names = pd.factorize(units)
    if not several:
        return number, list(names)
    keys = pd.DataFrame({"unit": number, "year": years})
    rows = keys.groupby(["unit", "year"]).ngroup().to_numpy()
    drawn = keys.drop_duplicates().sort_values(["unit", "year"]).itertuples(index=False)
    if len(names) == 1:
        return rows, [wording.year(year) for _, year in drawn]
    return rows, [f"{wording.short(names[unit], 12)} {year}" for unit, year in drawn]


def _each_told(held: np.ndarray, status: np.ndarray) -> np.ndarray:
    """The words of every cell, each distinct pair of number and status put into words once."""
    numbers, number = np.unique(held, return_inverse=True)
    states, state = np.unique(status, return_inverse=True)
    pairs, cells = np.unique(number * len(states) + state, return_inverse=True)
    words = [_held_told(numbers[pair // len(states)], states[pair % len(states)]) for pair in pairs]
    return np.array(words, dtype=object)[cells]


def _held_told(held: float, status: str) -> str:
    if np.isnan(held):
        return wording.named("status", "missing")
    told = say("{n} 次", n=wording.count(held))
    return f"{told} · {wording.named('status', status)}" if status != "reported" else told


def _count_shades(held: np.ndarray, theme: Look) -> list[tuple[np.ndarray, Shade]]:
    """Grey where not reported, white where none, darker for more."""
    return [(np.isnan(held), missing(theme)), (held == 0, none(theme)), *counted(held, theme)]


def _year_axis(figure: go.Figure, theme: Look, year: int, title: str) -> None:
    """Months above the weeks, and a line where the last six weeks begin."""
    first = np.datetime64(f"{year}-01-01")
    places = [(np.datetime64(f"{year}-{month:02d}-01") - first).astype(int) / 7 for month in QUARTERS]
    words = [wording.month_name(month) for month in QUARTERS]
    figure.update_xaxes(range=[0, 53.2], tickvals=np.array(places), ticktext=words, showgrid=False, side="top")
    figure.update_xaxes(ticklabelposition="outside right")
    late = ((np.datetime64(f"{year + 1}-01-01") - first).astype(int) - LAST_DAYS) / 7
    line = {"color": theme.above, "width": 1.5}
    figure.add_shape(type="line", x0=late, x1=late, y0=0, y1=1, yref="y domain", line=line)
    label = {"yref": "y domain", "yanchor": "bottom", "y": 1}
    last = {"size": TINY, "color": theme.alert_ink}
    figure.add_annotation(x=(late + 53) / 2, xanchor="center", text=say("最后六周"), font=last, yshift=16, **label)
    if title:
        figure.add_annotation(x=0, xref="paper", xanchor="right", text=f"<b>{title}</b>", xshift=-4, yshift=2, **label)


def _factors(index: np.ndarray, held: np.ndarray, week: np.ndarray, rows: np.ndarray, theme: Look) -> go.Scatter:
    """The factor of each row behind its last week: 2.4×; none below eight activities or while the last weeks are not reported."""
    cells = pd.DataFrame({"row": rows, "index": index, "told": ~np.isnan(held) & (week >= 52)})
    factor = cells.groupby("row").agg({"index": "first", "told": "any"})
    factor = factor["index"][factor["told"]].dropna()
    return written(np.full(len(factor), 53.2), factor.index.to_numpy(), [f"{value:.1f}×" for value in factor], theme.ink)


def calendar(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """活动日历: a strip per year, weeks across and weekdays down; grey where no unit reported, ○ on public holidays.

    Roles: day, year, held (activities; empty where nobody reported), is_working, holiday, reported (units).
    """
    dates, held = days(frame["day"]), numbers(frame["held"])
    years, holiday = numbers(frame["year"]).astype(int), texts(frame["holiday"])
    weekday = _weekday(dates)
    first = dates.astype("datetime64[Y]").astype("datetime64[D]")
    week = ((dates - first).astype(int) + _weekday(first)) // 7
    told = hover(_day_told(*day) for day in zip(dates, weekday, held, holiday, flags(frame["is_working"]), strict=True))
    told["customdata"] = drill(len(frame), start=dates, until=dates)
    shown = sorted(set(years))
    figure = make_subplots(rows=len(shown), cols=1, shared_xaxes=True, vertical_spacing=0.24 / len(shown) ** 1.2)
    grid = Grid(week.astype(float), weekday, height=0.9, gap=0.1)
    for where, shade in _count_shades(held, theme):
        for place, year in enumerate(shown, start=1):
            here = where & (years == year)
            if here.any():
                trace = grid.trace(here, shade, theme, **told)
                figure.add_trace(trace.update(legendgroup=shade.name, showlegend=_first(where, years, year)), row=place, col=1)
    for place, year in enumerate(shown, start=1):
        here = (years == year) & (holiday != "")
        if here.any():
            figure.add_scatter(
                x=week[here] + 0.5,
                y=weekday[here],
                mode="markers",
                name=say("法定节假日"),
                showlegend=_first(holiday != "", years, year),
                marker={"symbol": "circle-open", "size": 5, "color": theme.above, "line": {"width": 1}},
                row=place,
                col=1,
                **{name: value[here] if isinstance(value, np.ndarray) else value for name, value in told.items()},
            )
    return _calendar_axes(figure, theme, shown)


def _weekday(dates: np.ndarray) -> np.ndarray:
    """0 for Monday to 6 for Sunday; 1 January 1970 was a Thursday."""
    return (dates.astype(int) + 3) % 7


def _first(where: np.ndarray, years: np.ndarray, year: int) -> bool:
    """Whether the year is the first in which the shade appears, so that the legend names it once."""
    return bool(years[where].min() == year)


def _day_told(date: np.datetime64, weekday: int, held: float, holiday: str, working: bool) -> str:
    if np.isnan(held):
        return say("{day}：未报", day=wording.date(date))
    kind = f" · {say(holiday)}" if holiday else "" if working else " · " + say("非工作日")
    return say(
        "{day}（{weekday}{kind}）<br>{held} 次",
        day=wording.date(date),
        weekday=wording.weekday(weekday),
        kind=kind,
        held=wording.count(held),
    )


def _calendar_axes(figure: go.Figure, theme: Look, shown: list[int]) -> go.Figure:
    """Weekdays down, months across, the year written above each strip."""
    dressed(figure, theme, 70 + 132 * len(shown), barmode="overlay")
    figure.update_yaxes(
        tickvals=np.array([0, 2, 4, 6]),
        ticktext=[wording.weekday(day) for day in (0, 2, 4, 6)],
        range=[6.6, -0.6],
        showgrid=False,
        tickfont={"size": TINY},
    )
    figure.update_xaxes(
        range=[0, 54],
        tickvals=np.array([0.3, 13.3, 26.3, 39.5]),
        ticktext=[wording.month_name(month) for month in QUARTERS],
        showgrid=False,
        showticklabels=False,
        ticklabelposition="outside right",
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
    return figure.update_layout(legend={"y": 1 + 22 / (132 * len(shown)), "traceorder": "normal"})
