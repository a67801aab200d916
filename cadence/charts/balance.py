"""Pictures of shares that make up a whole, row by row, and of what is given and taken month by month.

The segments of `segments` are of unlike kinds, so each has its own colour, pattern and place in a legend; the parts of
`shares.composition` are steps along one measure (age), so they run through the shades of one colour and bear their names inside.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import days, drill, month_end, numbers, quarter_end, row_numbers, texts
from cadence.charts.style import SMALL, TINY, Look, dressed, hover, written
from cadence.words import say


def segments(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """One bar per row, cut into the shares of its segments, with a number beside it.

    Where hardly two rows have the same segments, their names stand inside the bars instead of in a legend.
    Roles: row (a day of a quarter, a year, or an id of the vocabulary), segment (id), share (0–1), k, n; and optionally beside (a
    number) with scale (id of its words).
    """
    column = frame["row"]
    is_day = pd.api.types.is_datetime64_any_dtype(column)
    codes, rows = row_numbers(texts(column))
    first = np.array([np.flatnonzero(codes == row)[0] for row in range(len(rows))])
    labels = [_bar_name(column.iloc[at], is_day) for at in first]
    place = np.arange(len(rows))
    starts = days(column)[first] if is_day else np.full(len(rows), np.datetime64("NaT"), dtype="datetime64[D]")
    untils = quarter_end(starts) if is_day else starts
    segments, share, k = texts(frame["segment"]), numbers(frame["share"]), numbers(frame["k"])
    own_parts = len(rows) > 1 and len(set(segments)) > len(frame) / 2
    figure = go.Figure()
    colors = _colors(segments, theme)
    for segment in dict.fromkeys(segments):
        own = segments == segment
        at = codes[own]
        name = wording.named("segment", segment)
        color, ink, pattern = colors[segment]
        figure.add_bar(
            orientation="h",
            y=place[at],
            x=share[own],
            width=0.58,
            name=name,
            showlegend=not own_parts,
            text=np.array([_inside(name if own_parts else "", part) for part in np.nan_to_num(share[own])], dtype=object),
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": ink, "size": SMALL},
            marker={
                "color": color,
                "line": {"color": theme.paper, "width": 1},
                "pattern": {"shape": pattern, "fgcolor": theme.paper, "fillmode": "overlay", "size": 7, "solidity": 0.14},
            },
            customdata=drill(int(own.sum()), start=starts[at], until=untils[at]),
            **hover(
                f"{labels[row]}<br>{name} {wording.share(part)} ({wording.count(number)})"
                for row, part, number in zip(at, share[own], k[own], strict=True)
            ),
        )
    if "beside" in frame:
        scale = texts(frame["scale"])[0]
        numbers_ = numbers(frame["beside"])[first]
        beside = [wording.named("besides", scale).format(value=_signed(at, scale)) if not np.isnan(at) else "" for at in numbers_]
    else:
        beside = [f"n={wording.count(size)}" for size in numbers(frame["n"])[first]]
    figure.add_trace(written(np.ones(len(rows)), place, beside, theme.ink, size=SMALL))
    px = 64 if own_parts else 44 if len(rows) <= 5 else 34
    dressed(
        figure,
        theme,
        (40 if own_parts else 84) + px * max(len(rows), 2),
        barmode="stack",
        margin={"r": 96 if "beside" in frame else 60},
        uniformtext={"minsize": TINY, "mode": "hide"},
    )
    figure.update_yaxes(tickvals=place, ticktext=labels, range=[len(rows) - 0.5, -0.5], showgrid=False)
    figure.update_xaxes(range=[0, 1], tickvals=np.array([0, 0.5, 1.0]), tickformat=".0%")
    return figure.update_layout(legend={"traceorder": "normal"})


def _inside(name: str, share: float) -> str:
    """What is written into a segment where it fits: Plotly leaves it out elsewhere rather than make it too small to read."""
    return f"{wording.wrapped(name, 14)}<br><b>{share:.0%}</b>" if name else f"{share:.0%}"


def _bar_name(value: object, is_day: bool) -> str:
    if value is None or pd.isna(value):
        return ""
    if is_day:
        return wording.quarter(np.datetime64(value, "D"))
    return wording.named("part", value) if isinstance(value, str) else wording.year(int(value))


def _signed(value: float, scale: str) -> str:
    if scale == "net":
        return f"{value:+.1f}".replace("-", "−")
    return f"{value:.2f}" if scale == "tau" else wording.count(value)


def _colors(segments: np.ndarray, theme: Look) -> dict[str, tuple[str, str, str]]:
    """Per segment its colour, the ink on it and a pattern: what is told in the order of the palette, what is not in grey."""
    plain = {"unstated": (theme.missing, theme.ink, "/"), "nothing": (theme.missing, theme.ink, "")}
    dark = theme.paper
    palette = [
        (theme.main, dark, ""),
        (theme.soft, theme.ink, ""),
        (theme.alert, theme.paper if theme.dark else theme.ink, "/"),
        (theme.accent, dark, "x"),
        (theme.good, dark, "."),
    ]
    fixed = {
        "deducted": palette[2],
        "talked": palette[3],
        "within_week": palette[0],
        "later": palette[2],
        "further": palette[2],
        **dict.fromkeys(("quantitative", "trace", "with_rubric", "ongoing"), palette[0]),
        **dict.fromkeys(("qualitative", "effect", "no_rubric", "stage"), palette[1]),
        "special": palette[4],
        "annual": palette[2],
    }
    told = iter(palette)
    return {segment: plain.get(segment) or fixed.get(segment) or next(told, palette[-1]) for segment in dict.fromkeys(segments)}


def mirror(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """奖惩月历: per month the rewards upwards and the deductions downwards.

    Roles: month, rewards, deductions (counts).
    """
    months = days(frame["month"])
    up, down = numbers(frame["rewards"]), numbers(frame["deductions"])
    figure = go.Figure()
    for values, sign, name, color, pattern in (
        (up, 1, say("加分"), theme.main, ""),
        (down, -1, say("减分"), theme.alert, "/"),
    ):
        figure.add_bar(
            x=months,
            y=sign * values,
            width=22 * 86_400_000,
            name=name,
            marker={
                "color": color,
                "pattern": {"shape": pattern, "fgcolor": theme.paper, "fillmode": "overlay", "size": 6, "solidity": 0.2},
            },
            customdata=drill(len(months), start=months, until=month_end(months)),
            **hover(
                say("{month}<br>{name} {value} 次", month=wording.month(month), name=name, value=wording.count(value))
                for month, value in zip(months, values, strict=True)
            ),
        )
    highest = float(np.nanmax([*up, *down, 1]))
    ticks, words = wording.ticks(highest, 3)
    dressed(figure, theme, 300, barmode="relative")
    figure.update_yaxes(
        tickvals=np.r_[-ticks[:0:-1], ticks],
        ticktext=[*words[:0:-1], *words],
        range=[-1.12 * max(float(np.nanmax([*down, 1])), 0.3 * highest), 1.12 * float(np.nanmax([*up, 1]))],
        title={"text": say("登记次数")},
    )
    figure.update_xaxes(tickformat=wording.month_format(), showgrid=False, dtick="M1" if len(months) < 8 else None)
    figure.add_hline(y=0, line={"color": theme.line, "width": 1})
    return figure.update_layout(legend={"traceorder": "normal"})
