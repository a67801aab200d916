"""Picture of one value per row against what is usual, with its interval.

What is usual differs from row to row and what stands out is flagged by the answer, so neither `shares.intervals` (groups side by
side, nothing to compare with) nor `ratios.whiskers` (one usual pace for all, year-end told apart) says it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import drill, flags, numbers, texts
from cadence.charts.style import SMALL, TINY, Look, dressed, hover, written
from cadence.words import say


@dataclass(frozen=True)
class Scale:
    """How values of a kind are written and where their axis ends."""

    told: Callable[[float], str]
    axis: str = ""
    low: float | None = None
    high: float | None = None
    is_unit: bool = False


SCALES = {
    "spread": Scale(lambda value: "–" if np.isnan(value) else f"{value:.2f}", ".1f", low=0, is_unit=True),
    "repeats": Scale(lambda value: "–" if np.isnan(value) else f"{round(value, 1):g}", ",.2~g", low=0, is_unit=True),
    "penalties": Scale(wording.share, ".0%", low=0, is_unit=True),
    "rate": Scale(wording.share, ".0%", high=1),
    "deviation": Scale(lambda value: "–" if np.isnan(value) else f"{value:+.1f}".replace("-", "−"), "+.1f"),
    "alpha": Scale(lambda value: "–" if np.isnan(value) else f"{value:.2f}", ".1f", high=1),
}
"""By the id in the role `scale`: its words and those of its axis and reference stand in the vocabulary."""


def against_usual(
    frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None
) -> go.Figure:
    """One row per organ, criterion or rater: a dot with its interval, a tick at what is usual; what is flagged is an amber diamond.

    Roles: row (text, or the number of a rater), value, usual, n, is_flagged, scale (id of SCALES); low and high where there is an
    interval; part and whole (counts) are written after the value.
    """
    scale = texts(frame["scale"])[0]
    kind = SCALES.get(scale, Scale(wording.decimal))
    names = _row_names(frame["row"])
    value, usual, n = (numbers(frame[role]) for role in ("value", "usual", "n"))
    low, high = (numbers(frame[role]) if role in frame else np.full(len(frame), np.nan) for role in ("low", "high"))
    flagged = flags(frame["is_flagged"])
    rows = np.arange(len(frame))
    figure = go.Figure()
    for where, color in ((~flagged, theme.main), (flagged, theme.alert)):
        figure.add_scatter(
            x=np.c_[low, high, np.full(len(rows), np.nan)][where].ravel(),
            y=np.repeat(rows[where], 3).astype(float),
            mode="lines",
            line={"color": color, "width": 2.5},
            opacity=0.5,
            hoverinfo="skip",
            showlegend=False,
        )
    figure.add_scatter(
        x=usual,
        y=rows,
        mode="markers",
        name=wording.named("reference", scale),
        marker={"symbol": "line-ns", "size": 15, "color": theme.ink, "line": {"width": 1.5, "color": theme.ink}},
        opacity=0.6,
        customdata=drill(len(rows), unit=names if kind.is_unit else ""),
        **hover(f"{wording.named('usual', scale)} {kind.told(at)}" for at in usual),
    )
    for where, name, symbol, color in (
        (~flagged, wording.named("scale", scale), "circle", theme.main),
        (flagged, say("提示核实"), "diamond", theme.alert),
    ):
        if not where.any():
            continue
        figure.add_scatter(
            x=value[where],
            y=rows[where],
            mode="markers",
            name=name,
            showlegend=name == say("提示核实"),
            marker={"symbol": symbol, "size": 10, "color": color, "line": {"color": theme.paper, "width": 0.5}},
            customdata=drill(int(where.sum()), unit=names[where] if kind.is_unit else ""),
            **hover(
                say(
                    "{row}<br>{value}（{low} 至 {high}，n={n}）",
                    row=row,
                    value=kind.told(a),
                    low=kind.told(b),
                    high=kind.told(c),
                    n=wording.count(d),
                )
                if "low" in frame
                else f"{row}<br>{wording.named('scale', scale)} {kind.told(a)}"
                for row, a, b, c, d in zip(names[where], value[where], low[where], high[where], n[where], strict=True)
            ),
        )
    known = [*value[~np.isnan(value)], *low[~np.isnan(low)], *high[~np.isnan(high)], *usual[~np.isnan(usual)]] or [0, 1]
    air = 0.06 * (max(known) - min(known) or 1)
    first = max(min(known) - air, -air if kind.low is not None else -np.inf)
    last = min(max(known) + air, kind.high + air / 2 if kind.high is not None else np.inf)
    told = [f"<b>{kind.told(at)}</b>" if not np.isnan(at) else say("样本不足") for at in value]
    if "part" in frame:
        pairs = zip(told, numbers(frame["part"]), numbers(frame["whole"]), strict=True)
        told = [f"{text} · {wording.count(k)}/{wording.count(of)}" for text, k, of in pairs]
        head = {"xanchor": "right", "yanchor": "bottom", "xref": "paper", "yref": "paper", "xshift": 84, "font": {"size": TINY}}
        figure.add_annotation(text=wording.named("ends", scale), x=1, y=1, **head)
    figure.add_trace(written(np.full(len(rows), last), rows, told, theme.ink, size=SMALL))
    dressed(figure, theme, 96 + 28 * max(len(rows), 3), margin={"r": 88 if "part" in frame else 56})
    figure.update_yaxes(
        tickvals=rows, ticktext=[wording.short(name, 20) for name in names], range=[len(rows) - 0.5, -0.6], showgrid=False
    )
    figure.update_xaxes(range=[first, last], tickformat=kind.axis, nticks=5, title={"text": wording.named("axis", scale)})
    return figure.update_layout(legend={"traceorder": "reversed"})


def _row_names(column: pd.Series) -> np.ndarray:
    """Texts as they are; numbers are raters."""
    if pd.api.types.is_numeric_dtype(column):
        return np.array([say("评委{number}", number=int(at)) if not np.isnan(at) else "" for at in numbers(column)], dtype=object)
    return texts(column)
