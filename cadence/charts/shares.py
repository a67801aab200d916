"""Shares with what is uncertain about them: per group as a dot in its interval, along the quarters, and parts of a whole."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import days, drill, numbers, quarter_end, row_numbers, texts
from cadence.charts.style import SMALL, Look, dressed, faint, hover, written
from cadence.words import say

ROW = 40
"""px per group."""
FEW_QUARTERS = 8
"""Up to this many quarters each share is written beside its dot; above, the first, the last and the extremes."""


def intervals(
    frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None
) -> go.Figure:
    """一行一组: per group a dot in its 95 % interval, the value and n at the end; what cannot be said is written in its place.

    Roles: group, either share (0–1) or slope (percentage points, drawn about a line at zero), low, high, n; optionally lacks
    (id of the words for what is missing).
    """
    signed = "slope" in frame
    value, low, high, n = (numbers(frame[role]) for role in ("slope" if signed else "share", "low", "high", "n"))
    rows, groups = np.arange(len(frame)), texts(frame["group"])
    lacks = texts(frame["lacks"]) if "lacks" in frame else np.full(len(frame), "", dtype=object)
    said = [_written_value(number, signed) for number in value]
    known = ~np.isnan(value)
    labels = [wording.named("group", group) for group in groups]
    figure = go.Figure()
    figure.add_scatter(
        x=np.c_[low, high, np.full(len(rows), np.nan)].ravel(),
        y=np.repeat(rows, 3).astype(float),
        mode="lines",
        line={"color": theme.soft, "width": 7},
        hoverinfo="skip",
        showlegend=False,
    )
    clear = known & ((low > 0) | (high < 0)) if signed else known
    for where, symbol in ((clear, "circle"), (known & ~clear, "circle-open")):
        figure.add_scatter(
            x=value[where],
            y=rows[where],
            mode="markers",
            showlegend=False,
            cliponaxis=False,
            marker={"symbol": symbol, "size": 11, "color": theme.main, "line": {"width": 2, "color": theme.main}},
            customdata=drill(int(where.sum())),
            **hover(
                say(
                    "{group}<br>{value}，95% 区间 {low} 至 {high}（n={n}）",
                    group=label,
                    value=word,
                    low=_written_value(a, signed),
                    high=_written_value(b, signed),
                    n=wording.count(size),
                )
                for label, word, a, b, size, drawn in zip(labels, said, low, high, n, where, strict=True)
                if drawn
            ),
        )
    left, right, axis = _signed_axis(value, low, high) if signed else _share_axis(value, low, high)
    if signed:
        figure.add_vline(x=0, line={"color": theme.line, "width": 1})
    told = [
        f"<b>{word}</b>  n={wording.count(size)}" if there else _missing(lack)
        for word, size, there, lack in zip(said, n, known, lacks, strict=True)
    ]
    figure.add_trace(written(np.full(len(frame), right), rows, told, theme.ink, size=SMALL))
    dressed(figure, theme, (62 if signed else 44) + ROW * max(len(frame), 2), margin={"r": 104})
    figure.update_yaxes(
        tickvals=rows, ticktext=[wording.wrapped(label, 18) for label in labels], range=[len(frame) - 0.5, -0.5], showgrid=False
    )
    return figure.update_xaxes(range=[left, right], tickformat="+.1f" if signed else "~%", **axis)


def _written_value(number: float, signed: bool) -> str:
    if not signed:
        return wording.share(number) if not number < 0.095 else f"{number:.1%}"
    return "–" if np.isnan(number) else "0.0" if abs(number) < 0.05 else f"{number:+.1f}".replace("-", "−")


def _missing(lack: str) -> str:
    return wording.wrapped(wording.named("lacks", lack), 16) if lack else say("样本不足")


def _signed_axis(*values: np.ndarray) -> tuple[float, float, dict[str, object]]:
    every = np.abs(np.concatenate(values))
    most = 1.1 * float(np.nanmax([*every[~np.isnan(every)], 0.5]))
    return -most, most, {"nticks": 5, "title": {"text": say("百分点/次")}}


def _share_axis(*values: np.ndarray) -> tuple[float, float, dict[str, object]]:
    """From 0 to 1; less than that where all lie high or low, so that what differs by little is told apart."""
    every = np.concatenate(values)
    every = every[~np.isnan(every)]
    lowest, highest = (float(every.min()), float(every.max())) if every.size else (0.0, 1.0)
    left = float(np.floor(10 * lowest - 0.5) / 10)
    if left >= 0.5:
        return left, 1.0, {"tickvals": np.array([left, (1 + left) / 2, 1.0]).round(2)}
    right = next(end for end in (0.1, 0.2, 0.5, 1.0) if highest <= 0.9 * end or end == 1)
    return -0.03 * right, right, {"tickvals": np.array([0, right / 2, right])}


def trend(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """逐季占比: a share along the quarters with its 95 % interval, and where there is one the span it should lie in.

    Roles: quarter, share (0–1), n, optionally low, high (0–1), band_low, band_high (0–1, the same in each row).
    """
    quarters, share, n = days(frame["quarter"]), numbers(frame["share"]), numbers(frame["n"])
    low, high = (numbers(frame[role]) if role in frame else np.full(len(frame), np.nan) for role in ("low", "high"))
    place = np.arange(len(frame))
    figure = go.Figure()
    highest = float(np.nanmax([*share, *high, 0.01]))
    if "band_low" in frame and not np.isnan(numbers(frame["band_low"])).all():
        bottom, top = float(np.nanmin(numbers(frame["band_low"]))), float(np.nanmax(numbers(frame["band_high"])))
        highest = max(highest, top)
        figure.add_hrect(y0=bottom, y1=top, fillcolor=faint(theme.good, 0.22), line={"width": 0}, layer="below")
        words = say("应有 {low}–{high}", low=f"{bottom:.0%}", high=f"{top:.0%}")
        figure.add_trace(written(np.array([-0.45]), np.array([top]), [words], theme.muted, "bottom right"))
    figure.add_scatter(
        x=np.repeat(place, 3).astype(float),
        y=np.c_[low, high, np.full(len(place), np.nan)].ravel(),
        mode="lines",
        line={"color": theme.soft, "width": 5},
        hoverinfo="skip",
        showlegend=False,
    )
    percent = "{:.1%}" if highest < 0.1 else "{:.0%}"
    figure.add_scatter(
        x=place,
        y=share,
        mode="lines+markers",
        showlegend=False,
        line={"color": theme.main, "width": 2},
        marker={"size": 8, "color": theme.main},
        customdata=drill(len(frame), start=quarters, until=quarter_end(quarters)),
        **hover(
            say("{quarter}<br>{share}（n={n}）", quarter=wording.quarter(day), share=percent.format(part), n=wording.count(size))
            for day, part, size in zip(quarters, share, n, strict=True)
        ),
    )
    known = ~np.isnan(share)
    if known.sum() > FEW_QUARTERS:
        kept = {int(np.nanargmax(share)), int(np.nanargmin(share)), int(place[known][-1])}
        known = np.isin(place, list(kept))
    over = np.where(np.isnan(high), share + 0.03 * highest, high)
    figure.add_trace(
        written(place[known], over[known], [percent.format(part) for part in share[known]], theme.ink, "top center", SMALL)
    )
    dressed(figure, theme, 250)
    figure.update_xaxes(**wording.quarter_axis(quarters, place), range=[-0.5, max(len(frame), 4) - 0.5], showgrid=False)
    return figure.update_yaxes(range=[0, highest * 1.18], tickformat=".1%" if highest < 0.04 else ".0%", nticks=5)


def composition(
    frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None
) -> go.Figure:
    """构成: per subject one bar of all people, cut into its parts from left to right; each part bears its word, share and number.

    Roles: subject, part (ids), people, share (0–1, of the subject).
    """
    row, subjects = row_numbers(texts(frame["subject"]))
    parts, people, share = texts(frame["part"]), numbers(frame["people"]), np.nan_to_num(numbers(frame["share"]))
    number = frame.groupby("subject", sort=False, dropna=False).cumcount().to_numpy()
    figure = go.Figure()
    for place in range(int(number.max()) + 1):
        where = number == place
        color = theme.heat[min(place, len(theme.heat) - 1)]
        ink = theme.on_heat[min(place, len(theme.heat) - 1)]
        names = [wording.named("part", part) for part in parts[where]]
        figure.add_bar(
            orientation="h",
            y=row[where],
            x=share[where],
            width=0.62,
            showlegend=False,
            marker={"color": color, "line": {"color": theme.paper, "width": 1}},
            text=np.array(
                [
                    f"{wording.wrapped(name, 14)}<br><b>{wording.share(part)}</b>"
                    if part >= 0.16
                    else wording.share(part)
                    if part >= 0.03
                    else ""
                    for name, part in zip(names, share[where], strict=True)
                ],
                dtype=object,
            ),
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            insidetextfont={"color": ink, "size": SMALL},
            customdata=drill(int(where.sum())),
            **hover(
                say("{name}<br>{people} 人，占 {share}", name=name, people=wording.count(size), share=wording.share(part))
                for name, size, part in zip(names, people[where], share[where], strict=True)
            ),
        )
    dressed(figure, theme, 40 + 66 * max(len(subjects), 1), barmode="stack", margin={"r": 24})
    labels = [wording.wrapped(wording.named("subject", subject), 12) for subject in subjects]
    figure.update_yaxes(tickvals=np.arange(len(subjects)), ticktext=labels, range=[len(subjects) - 0.5, -0.5], showgrid=False)
    return figure.update_xaxes(range=[0, 1], tickvals=np.array([0, 0.5, 1.0]), tickformat=".0%", showgrid=False)
