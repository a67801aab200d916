"""Maps of units against kinds, steps or months: who misses what, who has evidence for which step, who handed in which month."""

from __future__ import annotations

from math import ceil

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.catalogue import vocabulary
from cadence.charts import wording
from cadence.charts.cells import Grid, Shade, inside, missing, none, row_axis, row_height
from cadence.charts.columns import days, drill, flags, month_end, numbers, row_numbers, texts
from cadence.charts.style import SMALL, TINY, Look, dressed, hover
from cadence.words import say

LEGEND_REACH = 3
"""Plotly places no legend further above than this multiple of the plot's height."""


def _grid_layout(figure: go.Figure, theme: Look, units: np.ndarray, columns: float, px: float, heading: int) -> go.Figure:
    """Rows of units from the top down, `heading` px of column headings above them, the legend on top."""
    body = px * max(len(units), 2)
    dressed(figure, theme, body + heading + 44, barmode="overlay", margin={"t": heading} if body < heading else None)
    figure.update_yaxes(**row_axis(units, px))
    figure.update_xaxes(range=[0, columns], showgrid=False, side="top")
    above = {"y": 1 + heading / body}
    below = {"y": -8 / body, "yanchor": "top"}
    return figure.update_layout(legend={**(above if above["y"] <= LEGEND_REACH else below), "traceorder": "normal"})


def heat(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """达标分布图: unit × kind, the share met written in each cell; pale where little was held, grey where nothing can be judged.

    Roles: unit, type, due, met (periods), share (0–1).
    """
    frame = _every_pair(frame)
    units, types = texts(frame["unit"]), texts(frame["type"])
    row, unit_names = row_numbers(units)
    column, type_names = row_numbers(types)
    share, due, met = (numbers(frame[role]) for role in ("share", "due", "met"))
    told = hover(
        say("{unit}<br>{type}：没有可判定的期数", unit=unit, type=wording.named("type", type))
        if np.isnan(part)
        else say(
            "{unit}<br>{type}：达标 {met}/{due} 期（{share}）",
            unit=unit,
            type=wording.named("type", type),
            met=wording.count(a),
            due=wording.count(b),
            share=wording.share(part),
        )
        for unit, type, a, b, part in zip(units, types, met, due, share, strict=True)
    )
    told["customdata"] = drill(len(frame), unit=units, type=types)
    grid = Grid(column.astype(float), row)
    percent = np.where(share >= 1, 100, np.where(share > 0, np.clip(np.round(100 * share), 1, 99), 100 * share))
    words = np.array(["" if np.isnan(part) else "✓" if part == 100 else f"{part:.0f}" for part in percent], dtype=object)
    figure = go.Figure()
    for low, high, shade, ink in _share_shades(theme):
        where = (percent >= low) & (percent <= high)
        grid.draw(figure, where, shade, theme, **told, **inside(words, ink))
    if np.isnan(share).any():
        grid.draw(figure, np.isnan(share), missing(theme, say("无可判定")), theme, **told)
    px = row_height(len(unit_names), tall=18, low=9)
    heading = _headings(figure, [wording.named("type", type) for type in type_names])
    return _grid_layout(figure, theme, unit_names, len(type_names), px, heading)


def _every_pair(frame: pd.DataFrame) -> pd.DataFrame:
    """A row for every unit and kind, kinds in their usual order; what the result lacks is not due and has nothing to judge."""
    usual = {type: place for place, type in enumerate(vocabulary()["type"])}
    types = sorted(frame["type"].unique(), key=lambda type: usual.get(type, len(usual)))
    pairs = pd.MultiIndex.from_product([frame["unit"].unique(), types], names=["unit", "type"])
    return frame.drop_duplicates(["unit", "type"]).set_index(["unit", "type"]).reindex(pairs).reset_index()


def _share_shades(theme: Look) -> list[tuple[int, int, Shade, str]]:
    """Classes of a share in whole per cent: lowest, highest, shade, and the colour of the number written in the cell."""
    return [
        (0, 0, none(theme, "0%"), theme.ink),
        (1, 49, Shade("<50%", theme.heat[0]), theme.on_heat[0]),
        (50, 79, Shade("50–79%", theme.heat[1]), theme.on_heat[1]),
        (80, 99, Shade("80–99%", theme.heat[2]), theme.on_heat[2]),
        (100, 100, Shade("✓ 100%", theme.heat[3]), theme.on_heat[3]),
    ]


def _headings(figure: go.Figure, names: list[str]) -> int:
    """Column headings: Chinese set upright, other scripts turned. Returns the px they need."""
    chinese = all(wording.width(name) == 2 * len(name) for name in names)
    words = [wording.upright(name) if chinese else wording.short(name, 24) for name in names]
    longest = max(map(len if chinese else wording.width, names if chinese else words), default=1)
    figure.update_xaxes(
        tickvals=np.arange(len(names)) + 0.5,
        ticktext=words,
        tickangle=0 if chinese else -90,
        tickfont={"size": SMALL if chinese else TINY},
    )
    return 24 + ceil(longest * (14.5 if chinese else 5.4))


def matrix(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """同步矩阵: unit × step, each cell with the day of its first evidence; ● behind units that have every step.

    Roles: unit, step, evidence (activities), first_on, complete.
    """
    units, steps = texts(frame["unit"]), texts(frame["step"])
    row, unit_names = row_numbers(units)
    column, step_names = row_numbers(steps)
    evidence, first = numbers(frame["evidence"]), days(frame["first_on"])
    has = evidence > 0
    told = hover(_step_told(*cell) for cell in zip(units, steps, evidence, first, strict=True))
    told["customdata"] = drill(len(frame), unit=units)
    several = len(set(first[~np.isnat(first)].astype("datetime64[Y]").astype(int))) > 1
    words = np.array([_short_day(day, several) if known else "–" for day, known in zip(first, has, strict=True)], dtype=object)
    grid = Grid(column.astype(float), row)
    figure = go.Figure()
    shade = Shade(say("有依据（最早日期）"), theme.soft)
    grid.draw(figure, has, shade, theme, **told, **inside(words, theme.ink))
    grid.draw(figure, ~has, none(theme, say("无依据")), theme, **told, **inside(words, theme.muted))
    whole = np.unique(row[flags(frame["complete"])])
    if whole.size:
        figure.add_scatter(
            x=np.full(len(whole), len(step_names) + 0.25),
            y=whole,
            mode="markers",
            name=say("全部环节都有"),
            marker={"symbol": "circle", "size": 9, "color": theme.good},
            customdata=drill(len(whole), unit=unit_names[whole]),
            **hover(say("{unit}<br>全部环节都有依据", unit=unit_names[place]) for place in whole),
        )
    heading = _headings(figure, [wording.named("step", step) for step in step_names])
    px = row_height(len(unit_names), tall=22, low=12)
    return _grid_layout(figure, theme, unit_names, len(step_names) + 0.5, px, heading)


def _step_told(unit: str, step: str, evidence: float, first: np.datetime64) -> str:
    title = wording.named("step", step)
    if not evidence > 0:
        return say("{unit}<br>{step}：没有带日期的依据", unit=unit, step=title)
    day = "–" if np.isnat(first) else wording.date(first)
    return say("{unit}<br>{step}：{held} 次，最早 {day}", unit=unit, step=title, held=wording.count(evidence), day=day)


def _short_day(day: np.datetime64, with_year: bool) -> str:
    """3/5, or 24/3/5 where the span has several years; ✓ where the day is not known."""
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
    first, span = int(number.min()), int(number.max() - number.min()) + 1
    names = {state: wording.named("status", state) for state in ("reported", "partly", "missing")}
    spoken = {month: wording.month(month) for month in np.unique(months)}
    told = hover(
        f"{unit}<br>{spoken[month]} · {names.get(state, state)}" for unit, month, state in zip(units, months, status, strict=True)
    )
    told["customdata"] = drill(len(frame), unit=units, start=months, until=month_end(months))
    grid = Grid((number - first).astype(float), row)
    figure = go.Figure()
    for state, color, pattern in (("reported", theme.soft, ""), ("partly", theme.zero, "/"), ("missing", theme.missing, "")):
        shade = Shade(names[state], color, pattern, outline=state == "partly")
        grid.draw(figure, status == state, shade, theme, **told)
    month_ticks(figure, first, span, theme)
    return _grid_layout(figure, theme, unit_names, span, row_height(len(unit_names), tall=18), heading=46)


def month_ticks(figure: go.Figure, first: int, span: int, theme: Look) -> None:
    """Ticks of a month axis counted from `first` (months since 1970-01); the year where it begins, a line between years."""
    every = next(step for step in (1, 2, 3, 6, 12) if span / step <= 8 or step == 12)
    months = [month for month in range(first, first + span) if month % every == 0]
    if not months or months[0] - first >= every / 2:
        months.insert(0, first)
    words = []
    for place, month in enumerate(months):
        new = place == 0 or month // 12 != months[place - 1] // 12
        words.append(wording.month_name(month % 12 + 1) + "<br>" + (wording.year(1970 + month // 12) if new else " "))
    figure.update_xaxes(tickvals=np.array(months) - first + 0.5, ticktext=words, tickangle=0)
    for january in (month for month in range(first + 1, first + span) if month % 12 == 0):
        figure.add_shape(
            type="line",
            x0=january - first,
            x1=january - first,
            y0=0,
            y1=1,
            yref="y domain",
            line={"color": theme.muted, "width": 1},
        )
