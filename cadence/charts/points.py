"""Pictures of single points: when each activity was held and recorded, and attendance against the size of the unit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import days, drill, numbers, texts
from cadence.charts.style import SMALL, TINY, Look, dressed, hover
from cadence.words import say

MANY = 5000
"""Above this number of points WebGL draws them."""
PROMPT, LATE = 3, 15
"""Working days up to which a record is prompt, and above which it is late (regulations.md; rhythm.md 4.5)."""


def scatter(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """补录图: held across, recorded up; the diagonal is prompt, a horizontal row of dots is a batch; inspections are lines.

    Roles: activity, unit, type, held_on, recorded_on, lag (working days). `marks`: starts_on, name of inspections.
    """
    held, recorded, lag = days(frame["held_on"]), days(frame["recorded_on"]), numbers(frame["lag"])
    drawn = ~(np.isnat(held) | np.isnat(recorded))
    held, recorded, lag = held[drawn], recorded[drawn], lag[drawn]
    units, types = texts(frame["unit"])[drawn], texts(frame["type"])[drawn]
    dot = go.Scattergl if len(held) > MANY else go.Scatter
    customdata = drill(len(held), unit=units, type=types, start=held, until=held)
    titles = {type: wording.named("type", type) for type in set(types)}
    titled = np.array([titles[type] for type in types], dtype=object)
    figure = go.Figure()
    if held.size:
        ends = np.array([held.min(), max(held.max(), recorded.max())])
        line = {"color": theme.muted, "width": 1, "dash": "dot"}
        figure.add_scatter(x=ends, y=ends, mode="lines", name=say("当日登记"), hoverinfo="skip", line=line)
    for where, name, symbol, color, size in (
        (lag <= PROMPT, say("{days} 个工作日内", days=PROMPT), "circle", theme.main, 5),
        ((lag > PROMPT) & (lag <= LATE), say("{low}–{high} 个", low=PROMPT + 1, high=LATE), "triangle-up", theme.accent, 6),
        (lag > LATE, say("超过 {days} 个", days=LATE), "diamond", theme.alert, 6),
    ):
        figure.add_trace(
            dot(
                x=held[where],
                y=recorded[where],
                mode="markers",
                name=f"{name} · {wording.count(float(where.sum()))}",
                marker={"symbol": symbol, "size": size, "color": color, "opacity": 0.55},
                customdata=customdata[where],
                text=titled[where],
                hovertemplate=_record_told(),
            )
        )
    dressed(figure, theme, 460)
    axis = {"tickformat": wording.month_format(), "type": "date", "fixedrange": False, "tickangle": 0}
    figure.update_xaxes(**axis, title={"text": say("开展日期")}, nticks=8)
    figure.update_yaxes(**axis, title={"text": say("登记日期")}, nticks=8)
    if held.size:
        figure.update_xaxes(range=_padded(held))
        figure.update_yaxes(range=_padded(recorded))
        _inspections(figure, marks, held.min(), max(held.max(), recorded.max()), theme)
    return figure


def _record_told() -> str:
    """Hover template of one record; days are read from the customdata and the axis."""
    day = wording.date_format()
    told = say(
        "{unit}<br>{type}<br>开展 {held}<br>登记 {recorded}",
        unit="%{customdata[0]}",
        type="%{text}",
        held=f"%{{customdata[2]|{day}}}",
        recorded=f"%{{y|{day}}}",
    )
    return told + "<extra></extra>"


def _padded(dates: np.ndarray) -> list[str]:
    """A range with three per cent of air."""
    first, last = dates.min(), dates.max()
    air = max(3, int((last - first).astype(int) * 0.03))
    return [str(first - air), str(last + air)]


def _inspections(figure: go.Figure, marks: pd.DataFrame | None, low: np.datetime64, high: np.datetime64, theme: Look) -> None:
    """A horizontal line on each inspection day: a batch written just below it was written just before."""
    if marks is None or marks.empty:
        return
    known = days(marks["starts_on"])
    here = ~np.isnat(known) & (known >= low) & (known <= high)
    line = {"color": theme.ink, "width": 1}
    for day, name in zip(known[here], texts(marks["name"])[here], strict=True):
        figure.add_shape(type="line", x0=0, x1=1, xref="x domain", y0=str(day), y1=str(day), line=line, opacity=0.55)
        figure.add_annotation(
            x=0,
            xref="x domain",
            xanchor="left",
            y=str(day),
            yanchor="bottom",
            text="▼ " + wording.short(name or say("检查考核"), 20),
            font={"size": TINY, "color": theme.ink},
        )
    if here.any():
        nothing = np.array([None], dtype=object)
        figure.add_scatter(x=nothing, y=nothing, mode="lines", line=line, name="▼ " + say("检查考核"), hoverinfo="skip")


def funnel(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """参与率漏斗图: the rate of each unit against its size, with 95 % and 99.8 % limits; units outside are named.

    Roles: unit, expected, attended (people), rate, centre, low95, high95, low998, high998 (0–1), verdict.
    """
    units, expected, rate = texts(frame["unit"]), numbers(frame["expected"]), numbers(frame["rate"])
    verdict, attended = texts(frame["verdict"]), numbers(frame["attended"])
    figure = go.Figure()
    _limits(figure, frame, expected, theme)
    for word, symbol, color, size in (
        ("within", "circle", theme.main, 8),
        ("below", "triangle-down", theme.alert, 11),
        ("above", "triangle-up", theme.good, 11),
        ("few", "circle-open", theme.muted, 7),
    ):
        here = verdict == word
        if not here.any():
            continue
        named = wording.named("verdict", word)
        figure.add_scatter(
            x=expected[here],
            y=rate[here],
            mode="markers",
            name=f"{named} · {here.sum()}",
            marker={"symbol": symbol, "size": size, "color": color, "opacity": 0.85, "line": {"color": theme.paper, "width": 0.5}},
            customdata=drill(int(here.sum()), unit=units[here]),
            **hover(
                say(
                    "{unit}<br>{rate}（{attended}/{expected} 人次）<br>{verdict}",
                    unit=unit,
                    rate=wording.share(part),
                    attended=wording.count(came),
                    expected=wording.count(size),
                    verdict=named,
                )
                for unit, part, came, size in zip(units[here], rate[here], attended[here], expected[here], strict=True)
            ),
        )
    _names_outside(figure, units, expected, rate, verdict, theme)
    dressed(figure, theme, 400)
    widest = float(np.nanmax([*expected, 1]))
    tickvals, ticktext = wording.ticks(widest)
    title = {"text": say("应到人次（单位规模）")}
    figure.update_xaxes(tickvals=tickvals, ticktext=ticktext, title=title, showgrid=False, range=[0, widest * 1.06])
    figure.update_yaxes(tickformat=".0%", range=[max(0, float(np.nanmin([*rate, 1])) - 0.08), 1.02], title={"text": say("参与率")})
    return figure


def _limits(figure: go.Figure, frame: pd.DataFrame, expected: np.ndarray, theme: Look) -> None:
    """Smooth limits: their distance from the centre shrinks with the root of the size."""
    centre = numbers(frame["centre"])
    if np.isnan(centre).all() or np.isnan(expected).all():
        return
    middle = float(np.nanmean(centre))
    size = np.geomspace(max(5.0, np.nanmin(expected) * 0.7), np.nanmax(expected) * 1.06, 90)
    for role, dash, name in (("95", "dash", say("95% 控制线")), ("998", "solid", say("99.8% 控制线"))):
        low, high = numbers(frame[f"low{role}"]), numbers(frame[f"high{role}"])
        root = np.sqrt(expected)
        reach = float(np.nanmax([*((centre - low) * root)[low > 0], *((high - centre) * root)[high < 1], 0]))
        line = {"color": theme.line, "width": 1.2, "dash": dash}
        for edge, told in (
            (np.maximum(0, middle - reach / np.sqrt(size)), True),
            (np.minimum(1, middle + reach / np.sqrt(size)), False),
        ):
            figure.add_scatter(x=size, y=edge, mode="lines", line=line, name=name, showlegend=told, hoverinfo="skip")
    figure.add_scatter(
        x=np.array([0, size[-1]]),
        y=np.array([middle, middle]),
        mode="lines",
        line={"color": theme.muted, "width": 1},
        name=say("合计 {share}", share=wording.share(middle)),
        hoverinfo="skip",
    )


def _names_outside(
    figure: go.Figure, units: np.ndarray, expected: np.ndarray, rate: np.ndarray, verdict: np.ndarray, theme: Look, most: int = 5
) -> None:
    """Short names beside the lowest few units below the limits, on the side where there is room."""
    middle = np.nanmax([*expected, 0]) / 2
    for place in [place for place in np.argsort(rate) if verdict[place] == "below"][:most]:
        right = expected[place] < middle
        figure.add_annotation(
            x=expected[place],
            y=rate[place],
            text=wording.short(units[place]),
            xanchor="left" if right else "right",
            xshift=8 if right else -8,
            font={"size": SMALL, "color": theme.ink},
        )
