"""Pictures with one row per unit or kind: due and held, two dots apart, two bars."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.cells import row_axis, row_height
from cadence.charts.columns import drill, numbers, texts
from cadence.charts.style import SMALL, Look, dressed, hover, written
from cadence.words import say

TOO_FEW = 5
"""No share of a group smaller than this is shown (product.md, values)."""
FEW_ACTIVITIES = 8
"""Below this number of activities a unit's rhythm is drawn faint (rhythm.md, 4.1)."""
MARKED = 1.5
"""Times the even share from which the last six weeks are drawn orange; the lower end of a middling rush in rhythm.md, 4.2."""


def bars(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """规定动作完成情况: per kind the periods met, short and not to be judged, with the share met at the end.

    Roles: type, every, due, met, short, unreported (periods), share (met ÷ due).
    """
    types, rows = texts(frame["type"]), np.arange(len(frame))
    due, unreported = numbers(frame["due"]), numbers(frame["unreported"])
    whole = np.nansum([due, unreported], axis=0)
    titles = [wording.named("type", type) for type in types]
    figure = go.Figure()
    for role, name, color, pattern in (
        ("met", say("达标"), theme.main, ""),
        ("short", say("不足"), theme.alert, "/"),
        ("unreported", say("未报齐，无法判断"), theme.missing, "."),
    ):
        values = numbers(frame[role])
        figure.add_bar(
            orientation="h",
            y=rows,
            x=values / np.where(whole > 0, whole, np.nan),
            name=name,
            width=0.52,
            marker={
                "color": color,
                "pattern": {"shape": pattern, "fgcolor": theme.paper, "fillmode": "overlay", "size": 6, "solidity": 0.25},
            },
            customdata=drill(len(frame), type=types),
            **hover(
                say("{type}<br>{name} {value} 期，共 {whole} 期", type=t, name=name, value=wording.count(v), whole=wording.count(w))
                for t, v, w in zip(titles, values, whole, strict=True)
            ),
        )
    if compare is not None:
        figure.add_trace(_compared(frame, compare, theme))
    told = [
        f"<b>{wording.share(part)}</b><br>{wording.count(met)}/{wording.count(judged)}" if judged > 0 else say("无法<br>判断")
        for part, met, judged in zip(numbers(frame["share"]), numbers(frame["met"]), due, strict=True)
    ]
    figure.add_trace(written(np.ones(len(frame)), rows, told, theme.ink, size=SMALL))
    every = [wording.named("every", period) for period in texts(frame["every"])]
    small = "<br><span style='font-size:10px'>{}</span>"
    labels = [wording.wrapped(title, 18) + small.format(period) for title, period in zip(titles, every, strict=True)]
    lines = max((label.count("<br>") for label in labels), default=1) + 1
    dressed(figure, theme, 60 + (16 + 15 * lines) * max(len(frame), 2), barmode="stack", margin={"r": 78})
    figure.update_yaxes(tickvals=rows, ticktext=labels, range=[len(frame) - 0.5, -0.5], showgrid=False)
    figure.update_xaxes(range=[0, 1], tickvals=np.array([0, 0.5, 1.0]), tickformat=".0%")
    return figure.update_layout(legend={"traceorder": "normal"})


def _compared(frame: pd.DataFrame, compare: pd.DataFrame, theme: Look) -> go.Scatter:
    """A dark notch in each bar where the comparison period ended."""
    keys = ["type", "every"]
    before = frame[keys].merge(compare, on=keys, how="left")
    whole = np.nansum([numbers(before["due"]), numbers(before["unreported"])], axis=0)
    share = numbers(before["met"]) / np.where(whole > 0, whole, np.nan)
    return go.Scatter(
        x=share,
        y=np.arange(len(frame)),
        mode="markers",
        name=say("对比期达标"),
        marker={"symbol": "line-ns", "size": 26, "color": theme.ink, "line": {"width": 2, "color": theme.ink}},
        customdata=drill(len(frame), type=texts(frame["type"])),
        **hover(say("对比期达标 {share}", share=wording.share(value)) for value in share),
    )


def dumbbell(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """Two dots per unit joined by a line: shares (even and actual) or ranks (business and party).

    Roles: unit and either from_share, to_share (0–1), n, gap (days) or from_rank, to_rank (1 is the highest), gap.
    """
    pairs = _ranks(frame, theme) if "to_rank" in frame else _shares(frame, theme)
    units, rows = texts(frame["unit"]), np.arange(len(frame))
    figure = go.Figure()
    for where, color, *_ in pairs.groups:
        figure.add_scatter(
            x=np.c_[pairs.left, pairs.right, np.full(len(rows), np.nan)][where].ravel(),
            y=np.repeat(rows[where], 3).astype(float),
            mode="lines",
            line={"color": color, "width": 2},
            opacity=0.55,
            hoverinfo="skip",
            showlegend=False,
        )
    drawn = [(np.ones(len(rows), dtype=bool), theme.muted, pairs.name, pairs.symbol, pairs.left)]
    drawn += [(where, color, name, symbol, pairs.right) for where, color, name, symbol in pairs.groups]
    for where, color, name, symbol, x in drawn:
        figure.add_scatter(
            x=x[where],
            y=rows[where],
            mode="markers",
            name=name,
            showlegend=bool(where.any()),
            marker={"symbol": symbol, "size": 9, "color": color, "line": {"width": 2, "color": color}},
            customdata=drill(int(where.sum()), unit=units[where]),
            **hover(pairs.told[where]),
        )
    px = row_height(len(frame))
    dressed(figure, theme, 80 + px * max(len(frame), 3), margin={"r": 30})
    figure.update_yaxes(**row_axis(units, px))
    figure.update_xaxes(side="top", **pairs.axis)
    if "to_rank" in frame:
        gaps = numbers(frame["gap"])
        signed = ["–" if np.isnan(gap) else f"{gap:+.0f}".replace("-", "−") if gap else "0" for gap in gaps]
        figure.add_trace(written(np.full(len(rows), pairs.axis["range"][1]), rows, signed, theme.muted))
    heading = 44 if "to_rank" in frame else 26
    return figure.update_layout(legend={"y": 1 + heading / (px * max(len(frame), 3)), "traceorder": "normal"})


class _Pairs:
    """What the two kinds of dumbbell differ in: values, groups of rows (where, colour, name, symbol), words and axis."""

    def __init__(self, left: np.ndarray, right: np.ndarray, groups: list, name: str, symbol: str, told: list[str], axis: dict):
        self.left, self.right, self.groups, self.name, self.symbol, self.axis = left, right, groups, name, symbol, axis
        self.told = np.array(told, dtype=object)


def _shares(frame: pd.DataFrame, theme: Look) -> _Pairs:
    """Even and actual share of the last six weeks; rows of few activities faint, marked ones orange."""
    left, right, n, gaps = (numbers(frame[role]) for role in ("from_share", "to_share", "n", "gap"))
    faint = ~(n >= FEW_ACTIVITIES)
    marked = ~faint & (right >= MARKED * left)
    groups = [
        (marked, theme.above, say("实际占比，均匀的 {times} 倍以上", times=MARKED), "circle"),
        (~faint & ~marked, theme.below, say("实际占比"), "circle"),
        (faint, theme.line, say("不足 8 次，不作判断"), "circle-open"),
    ]
    told = [
        say(
            "{unit}<br>最后六周占 {late}，均匀应为 {even}（n={n}）<br>最长间隔 {gap} 天",
            unit=unit,
            late=wording.share(b),
            even=wording.share(a),
            n=wording.count(size),
            gap=wording.count(gap),
        )
        for unit, a, b, size, gap in zip(texts(frame["unit"]), left, right, n, gaps, strict=True)
    ]
    top = float(np.nanmax([*right, *left, 0.1]))
    axis = {"range": [-0.01, min(1.02, top * 1.05)], "tickformat": ".0%", "nticks": 5}
    return _Pairs(left, right, groups, say("均匀应有"), "line-ns", told, axis)


def _ranks(frame: pd.DataFrame, theme: Look) -> _Pairs:
    """Business and party rank, 1 at the left; orange where party work ranks higher."""
    left, right, gaps = numbers(frame["from_rank"]), numbers(frame["to_rank"]), numbers(frame["gap"])
    ahead = right < left
    groups = [
        (ahead, theme.above, say("党建位次，在业务之前"), "circle"),
        (~ahead, theme.below, say("党建位次，不在业务之前"), "circle"),
    ]
    told = [
        say(
            "{unit}<br>党建第 {party} 位，业务第 {business} 位，相差 {gap} 位",
            unit=unit,
            party=wording.count(b),
            business=wording.count(a),
            gap=wording.count(abs(gap)),
        )
        for unit, a, b, gap in zip(texts(frame["unit"]), left, right, gaps, strict=True)
    ]
    lowest = float(np.nanmax([*left, *right, 2]))
    tens = wording.ticks(lowest)[0][1:]
    axis = {
        "range": [1 - 0.03 * lowest, 1.03 * lowest],
        "title": {"text": say("位次（1 为最高）")},
        "tickvals": np.r_[1, tens[(tens > 1) & (tens <= lowest)]],
    }
    return _Pairs(left, right, groups, say("业务位次"), "diamond-open", told, axis)


def paired(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """双重组织生活: per unit the leaders who came (wide, pale) and those who came as members (narrow, dark).

    Roles: unit, expected, attended, as_members (people), attended_share, as_members_share (0–1), n (activities).
    """
    units, rows = texts(frame["unit"]), np.arange(len(frame))
    expected = numbers(frame["expected"])
    few = ~(expected >= TOO_FEW)
    shares = {role: np.where(few, np.nan, numbers(frame[f"{role}_share"])) for role in ("attended", "as_members")}
    figure = go.Figure()
    for role, name, color, wide in (
        ("attended", say("到场"), theme.soft, 0.76),
        ("as_members", say("以普通党员身份"), theme.main, 0.34),
    ):
        figure.add_bar(
            orientation="h",
            y=rows,
            x=shares[role],
            width=wide,
            name=name,
            marker={"color": color},
            customdata=drill(len(frame), unit=units),
            **hover(
                say(
                    "{unit}<br>{name} {people}/{expected} 人次（{share}）",
                    unit=unit,
                    name=name,
                    people=wording.count(people),
                    expected=wording.count(size),
                    share=wording.share(part),
                )
                for unit, people, size, part in zip(units, numbers(frame[role]), expected, shares[role], strict=True)
            ),
        )
    told = [
        say("样本不足") if too_few else f"{wording.share(came)} · <b>{wording.share(members)}</b>"
        for too_few, came, members in zip(few, shares["attended"], shares["as_members"], strict=True)
    ]
    figure.add_trace(written(np.ones(len(frame)), rows, told, theme.ink))
    px = row_height(len(frame), tall=20, low=11)
    dressed(figure, theme, 74 + px * max(len(frame), 3), barmode="overlay", margin={"r": 84})
    figure.update_yaxes(**row_axis(units, px))
    figure.update_xaxes(range=[0, 1], tickvals=np.array([0, 0.5, 1.0]), tickformat=".0%", side="top")
    return figure.update_layout(legend={"y": 1 + 26 / (px * max(len(frame), 3)), "traceorder": "normal"})
