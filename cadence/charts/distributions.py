"""Pictures of how values are spread: quantiles per kind of activity, and one dot per unit against its number of activities."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import drill, numbers, texts
from cadence.charts.rows import FEW_ACTIVITIES
from cadence.charts.style import SMALL, TINY, Look, dressed, hover, written
from cadence.words import say


def spans(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """分布图: per kind a thin line from the 10th to 90th percentile, thick over the middle half, a dot at the median.

    Roles: type, p10, p25, p50, p75, p90, n (activities); threshold, beyond (activities below it) where short ones are looked for.
    """
    types, rows, n = texts(frame["type"]), np.arange(len(frame)), numbers(frame["n"])
    values = {role: numbers(frame[role]) for role in ("p10", "p25", "p50", "p75", "p90")}
    figure = go.Figure()
    for low, high, wide, color in (("p10", "p90", 2, theme.soft), ("p25", "p75", 9, theme.soft)):
        figure.add_scatter(
            x=np.c_[values[low], values[high], np.full(len(rows), np.nan)].ravel(),
            y=np.repeat(rows, 3).astype(float),
            mode="lines",
            line={"color": color, "width": wide},
            name=say("中间八成") if low == "p10" else say("中间一半"),
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=values["p50"],
        y=rows,
        mode="markers",
        name=say("中位数"),
        marker={"size": 9, "color": theme.main},
        customdata=drill(len(frame), type=types),
        **hover(_told(*row) for row in zip(types, *values.values(), n, strict=True)),
    )
    top = float(np.nanmax([*values["p90"], 1]))
    ends = [wording.count(size) for size in n]
    if "threshold" in frame:
        figure.add_trace(_thresholds(frame, types, rows, theme))
        ends = [f"<b>{wording.count(few)}</b>/{end}" for few, end in zip(numbers(frame["beyond"]), ends, strict=True)]
    is_time = "threshold" in frame
    figure.add_trace(written(np.full(len(frame), top * 1.04), rows, ends, theme.muted, size=SMALL))
    figure.add_annotation(
        text=say("<b>偏短</b>/次数") if is_time else say("次数"),
        x=top * 1.04,
        y=1,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        xshift=3,
        yshift=4,
        font={"size": TINY},
    )
    dressed(figure, theme, 62 + 21 * max(len(frame), 3), margin={"r": 62})
    figure.update_yaxes(
        tickvals=rows, ticktext=[wording.short(wording.named("type", type), 22) for type in types], range=[len(frame) - 0.5, -0.5]
    )
    tickvals, ticktext = wording.ticks(top)
    ticktext[0] = say("0 分钟") if is_time else say("0 人")
    figure.update_xaxes(tickvals=tickvals, ticktext=ticktext, range=[0, top * 1.04], side="top")
    heading = 26 / (21 * max(len(frame), 3))
    return figure.update_layout(legend={"y": 1 + heading, "traceorder": "normal"})


def _told(type: str, p10: float, p25: float, p50: float, p75: float, p90: float, n: float) -> str:
    return say(
        "{type}<br>中位 {p50}，中间一半 {p25}–{p75}，中间八成 {p10}–{p90}（n={n}）",
        type=wording.named("type", type),
        n=wording.count(n),
        **{name: wording.count(value) for name, value in (("p10", p10), ("p25", p25), ("p50", p50), ("p75", p75), ("p90", p90))},
    )


def _thresholds(frame: pd.DataFrame, types: np.ndarray, rows: np.ndarray, theme: Look) -> go.Scatter:
    threshold, few = numbers(frame["threshold"]), numbers(frame["beyond"])
    return go.Scatter(
        x=threshold,
        y=rows,
        mode="markers",
        name=say("偏短线"),
        marker={"symbol": "line-ns", "size": 12, "line": {"width": 2, "color": theme.alert}},
        customdata=drill(len(frame), type=types),
        **hover(
            say(
                "{type}<br>短于 {minutes} 分钟的 {n} 次",
                type=wording.named("type", type),
                minutes=wording.count(m),
                n=wording.count(k),
            )
            for type, m, k in zip(types, threshold, few, strict=True)
        ),
    )


def spots(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """形式多样性: a dot per unit, its number of activities across and its diversity up; no unit is named but on hover.

    Roles: unit, n (activities), value (0–1, empty where too few), forms, fresh (counts).
    """
    units, n, value = texts(frame["unit"]), numbers(frame["n"]), numbers(frame["value"])
    forms, fresh = numbers(frame["forms"]), numbers(frame["fresh"])
    figure = go.Figure()
    for where, name, symbol, color in (
        (~(fresh == 0), say("用过新形式，或以往情况不明"), "circle", theme.main),
        (fresh == 0, say("没有用过新形式"), "diamond-open", theme.alert),
    ):
        figure.add_scatter(
            x=n[where],
            y=value[where],
            mode="markers",
            name=name,
            showlegend=bool(where.any()),
            marker={"symbol": symbol, "size": 9, "color": color, "opacity": 0.75, "line": {"width": 1.5, "color": color}},
            customdata=drill(int(where.sum()), unit=units[where]),
            **hover(
                say(
                    "{unit}<br>{n} 次活动，{forms} 种形式，其中前 12 个月没有用过的 {fresh} 种<br>多样性 {value}",
                    unit=unit,
                    n=wording.count(size),
                    forms=wording.count(kinds),
                    fresh=wording.count(new),
                    value=f"{part:.2f}",
                )
                for unit, size, kinds, new, part in zip(
                    units[where], n[where], forms[where], fresh[where], value[where], strict=True
                )
            ),
        )
    widest, fewest = float(np.nanmax([*n, FEW_ACTIVITIES])), float(np.nanmin([*n[~np.isnan(value)], 1e9]))
    dressed(figure, theme, 300)
    figure.update_xaxes(
        nticks=6,
        tickformat=",d",
        range=[min(fewest * 0.85, widest / 2), widest * 1.06],
        showgrid=False,
        title={"text": say("登记了形式的活动（次）")},
    )
    lowest = float(np.nanmin([*value, 0.5]))
    return figure.update_yaxes(
        range=[max(-0.03, lowest - 0.1), 1.04], tickformat=".1f", title={"text": say("多样性（0 单一，1 均匀）")}
    )
