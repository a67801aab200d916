"""Pictures of scores: how they spread year by year and rater by rater, and whether traces and effect go together."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import drill, numbers, row_numbers, texts
from cadence.charts.style import SMALL, TINY, Look, dressed, faint, hover, written
from cadence.words import say

STEP = 0.005
"""Width of a step of the score rate."""
OVERLAP = 1.5
"""Height of the highest ridge in rows."""
END = 1.008
"""Right end of the axis, a little beyond the full mark."""
NAMED = 8
"""Units named in the quadrants."""
ROOM = 44
"""Half-width characters in a line of their names: what a phone has room for."""


def ridge(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """评分分布: a ridge per year, kind of assessment and rater; the line at the right is the full mark, the tick the median.

    Roles: year, assessment (may be empty), rater (number or empty), rate (lower edge of a step, 0–1), results, n, median, sd (0–1),
    full_items, items (scores of single criteria).
    """
    years, raters = numbers(frame["year"]), numbers(frame["rater"])
    kinds = texts(frame["assessment"])
    keys = [f"{year}|{kind}|{rater}" for year, kind, rater in zip(years, kinds, raters, strict=True)]
    codes, names = row_numbers(np.array(keys, dtype=object))
    first = np.array([np.flatnonzero(codes == row)[0] for row in range(len(names))])
    labels = [_ridge_name(years[at], kinds[at], raters[at]) for at in first]
    rate, results, n = (numbers(frame[role]) for role in ("rate", "results", "n"))
    lowest = min(0.8, float(np.nanmin([*rate, 0.8])) - 0.02)
    edges = np.arange(np.floor(lowest / STEP), 1 / STEP + 1)
    share = np.nan_to_num(results / np.where(n > 0, n, np.nan))
    tallest = max(share.max(initial=0), 0.05)
    figure = go.Figure()
    for row in range(len(names)):
        own = codes == row
        heights = np.zeros(len(edges))
        place = np.round(rate[own] / STEP) - edges[0]
        known = ~np.isnan(place)
        heights[place[known].astype(int)] = share[own][known]
        at = first[row]
        _one_ridge(figure, row, edges * STEP, heights * OVERLAP / tallest, _ridge_told(frame.iloc[at], labels[row]), theme)
    middle, sd = numbers(frame["median"])[first], numbers(frame["sd"])[first]
    rows = np.arange(len(names))
    figure.add_scatter(
        x=middle,
        y=rows + 0.0,
        mode="markers",
        name=say("中位数"),
        marker={"symbol": "line-ns", "size": 9, "line": {"width": 2, "color": theme.ink}, "color": theme.ink},
        customdata=drill(len(rows)),
        **hover(
            f"{label}<br>{say('中位数 {value}', value=wording.share(value))}" for label, value in zip(labels, middle, strict=True)
        ),
    )
    full, items = numbers(frame["full_items"])[first], numbers(frame["items"])[first]
    told = [
        f"{wording.decimal(100 * spread)} · <b>{wording.share(part)}</b>"
        for spread, part in zip(sd, full / np.where(items > 0, items, np.nan), strict=True)
    ]
    figure.add_trace(written(np.full(len(rows), END), rows - 0.15, told, theme.ink, size=SMALL))
    px = 44 if len(rows) <= 8 else 28
    dressed(figure, theme, 84 + px * max(len(rows), 3), margin={"r": 92, "t": 30})
    figure.add_vline(x=1, line={"color": theme.alert, "width": 1.5})
    figure.add_annotation(
        text=say("标准差 · <b>单项满分</b>"), x=END, y=1, yref="paper", xanchor="left", yanchor="bottom", font={"size": TINY}
    )
    figure.add_annotation(
        text=say("满分"), x=1, y=1, yref="paper", xanchor="right", yanchor="bottom", font={"color": theme.alert_ink}
    )
    figure.update_xaxes(range=[lowest, END], tickformat=".0%", title={"text": say("得分率（得分 ÷ 满分）")}, nticks=5, tickangle=0)
    figure.update_yaxes(tickvals=rows, ticktext=labels, range=[len(rows) - 0.75, -OVERLAP - 0.1], showgrid=False)
    return figure.update_layout(showlegend=False)


def _one_ridge(figure: go.Figure, row: int, left: np.ndarray, heights: np.ndarray, told: str, theme: Look) -> None:
    """One ridge as a filled line of steps over its base."""
    x = np.repeat(left, 2)
    x[1::2] += STEP
    y = row - np.repeat(heights, 2)
    figure.add_scatter(
        x=np.r_[x[0], x, x[-1]],
        y=np.r_[row, y, row].astype(float),
        mode="lines",
        fill="toself",
        line={"color": theme.main, "width": 1.2},
        fillcolor=faint(theme.main, 0.35),
        customdata=drill(len(x) + 2),
        **hover([told] * (len(x) + 2)),
    )


def _ridge_name(year: float, kind: str, rater: float) -> str:
    """“2024年 年终 · 评委1”."""
    named = wording.named("assessment", kind) if kind else say("类别未注明")
    name = f"{wording.year(int(year))} {named}"
    return name if np.isnan(rater) else f"{name} · {say('评委{number}', number=int(rater))}"


def _ridge_told(row: pd.Series, label: str) -> str:
    n, sd = (float(pd.to_numeric(row[role], errors="coerce")) for role in ("n", "sd"))
    return say("{row}<br>{n} 个结果，标准差 {sd} 个百分点", row=label, n=wording.count(n), sd=wording.decimal(100 * sd))


def quadrants(
    frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None
) -> go.Figure:
    """痕迹—成效: a dot per unit, traces across and effect up, dashed medians; what is apart in amber with its interval.

    What is apart has a number; the names stand below.

    Roles: unit, trace, trace_low, trace_high, effect, effect_low, effect_high, trace_middle, effect_middle (0–1), n, place.
    """
    units, place, n = texts(frame["unit"]), texts(frame["place"]), numbers(frame["n"])
    x, y = numbers(frame["trace"]), numbers(frame["effect"])
    figure = go.Figure()
    apart = place == "apart"
    for at in np.flatnonzero(apart):
        for low, high, is_across in (("trace_low", "trace_high", True), ("effect_low", "effect_high", False)):
            ends = np.array([numbers(frame[low])[at], numbers(frame[high])[at]])
            still = np.array([y[at] if is_across else x[at]] * 2)
            line = {"color": theme.alert, "width": 1.2}
            figure.add_scatter(
                x=ends if is_across else still,
                y=still if is_across else ends,
                mode="lines",
                line=line,
                hoverinfo="skip",
                showlegend=False,
            )
    for word, symbol, color, size in (
        ("usual", "circle", theme.main, 8),
        ("ceiling", "circle-open", theme.muted, 8),
        ("few", "circle-open", theme.muted, 7),
        ("apart", "diamond", theme.alert, 11),
    ):
        here = place == word
        if not here.any():
            continue
        name = wording.named("quadrant", word)
        figure.add_scatter(
            x=x[here],
            y=y[here],
            mode="markers",
            name=f"{name} · {here.sum()}",
            marker={"symbol": symbol, "size": size, "color": color, "opacity": 0.85, "line": {"color": theme.paper, "width": 0.5}},
            customdata=drill(int(here.sum()), unit=units[here]),
            **hover(
                say(
                    "{unit}<br>痕迹 {trace}，成效 {effect}（{n} 个得分）<br>{place}",
                    unit=unit,
                    trace=wording.share(a),
                    effect=wording.share(b),
                    n=wording.count(size_),
                    place=name,
                )
                for unit, a, b, size_ in zip(units[here], x[here], y[here], n[here], strict=True)
            ),
        )
    below = _names_apart(figure, units, x, y, apart, theme)
    dressed(figure, theme, 400 + below, margin={"b": 52 + below} if below else {})
    middles = [float(pd.to_numeric(frame[role], errors="coerce").mean()) for role in ("trace_middle", "effect_middle")]
    line = {"color": theme.line, "width": 1.2, "dash": "dash"}
    if not np.isnan(middles[0]):
        figure.add_vline(x=middles[0], line=line)
    if not np.isnan(middles[1]):
        figure.add_hline(y=middles[1], line=line)
    corner = {"xref": "x domain", "font": {"size": SMALL, "color": theme.muted}}
    if not np.isnan(middles[1]):
        figure.add_annotation(text=say("痕迹多、成效少"), x=0.995, y=middles[1], xanchor="right", yanchor="top", **corner)
        figure.add_annotation(text=say("痕迹少、成效多"), x=0.005, y=1, yref="y domain", xanchor="left", yanchor="top", **corner)
    figure.update_xaxes(tickformat=".0%", title={"text": say("痕迹类得分率")}, **_span(x))
    figure.update_yaxes(tickformat=".0%", title={"text": say("成效类得分率")}, **_span(y))
    return figure


def _names_apart(figure: go.Figure, units: np.ndarray, x: np.ndarray, y: np.ndarray, apart: np.ndarray, theme: Look) -> int:
    """Numbers of what is apart, by turns above and below from left to right, and their names below; the height of those in px.

    Names beside the dots would lie over each other wherever two units are alike.
    """
    shown = np.flatnonzero(apart)[:NAMED]
    shown = shown[np.argsort(x[shown], kind="stable")]
    if not shown.size:
        return 0
    for above in (True, False):
        own = np.arange(len(shown))[0 if above else 1 :: 2]
        told = [f"<b>{at + 1}</b><br> " if above else f" <br><b>{at + 1}</b>" for at in own]
        place = "top center" if above else "bottom center"
        figure.add_trace(written(x[shown[own]], y[shown[own]], told, theme.ink, place, SMALL))
    lines = [""]
    for number, at in enumerate(shown, start=1):
        named = f"<b>{number}</b>\u00a0{wording.short(units[at])}"
        if lines[-1] and wording.width(lines[-1] + named) - 7 * lines[-1].count("<b>") > ROOM:
            lines.append("")
        lines[-1] += ("\u2003" if lines[-1] else "") + named
    figure.add_annotation(
        text="<br>".join(lines),
        x=0,
        y=0,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="top",
        yshift=-44,
        align="left",
        font={"size": SMALL, "color": theme.ink},
    )
    return 16 * len(lines)


def _span(values: np.ndarray) -> dict[str, object]:
    """A range with air around the dots, never beyond the full mark by more than a little."""
    known = values[~np.isnan(values)]
    if not known.size:
        return {}
    air = max(0.01, 0.12 * float(known.max() - known.min()))
    return {"range": [float(known.min()) - air, min(1.01, float(known.max()) + air)]}
