"""Pictures with one row per unit, kind or task: due and held, two dots apart, two bars, tasks and who supports them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.cells import Grid, Shade, counted, row_axis, row_height
from cadence.charts.columns import drill, flags, numbers, row_numbers, texts
from cadence.charts.style import SMALL, TINY, Look, dressed
from cadence.words import say

TOO_FEW = 5
"""No share of a group smaller than this is shown (product.md, values)."""
FEW_ACTIVITIES = 8
"""Below this number of activities a unit's rhythm is drawn faint (rhythm.md, 4.1)."""


def bars(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """规定动作完成情况: per kind the periods met, short and not to be judged, with the share met at the end.

    Roles: type, every, due, met, short, unreported (periods), share (met ÷ due).
    """
    types, rows = texts(frame["type"]), np.arange(len(frame))
    due, unreported, share = (numbers(frame[role]) for role in ("due", "unreported", "share"))
    whole = np.nansum([due, unreported], axis=0)
    titles = [wording.named("type", type) for type in types]
    figure = go.Figure()
    for role, name, color, pattern in (
        ("met", say("达标"), theme.main, ""),
        ("short", say("不足"), theme.alert, "/"),
        ("unreported", say("未报齐，无法判断"), theme.missing, "."),
    ):
        values = numbers(frame[role])
        hovertext = [
            say("{type}<br>{name} {value} 期，共 {whole} 期", type=title, name=name, value=wording.count(value), whole=wording.count(all_of))
            for title, value, all_of in zip(titles, values, whole, strict=True)
        ]
        figure.add_bar(
            orientation="h",
            y=rows,
            x=values / np.where(whole > 0, whole, np.nan),
            name=name,
            width=0.52,
            marker={"color": color, "pattern": _pattern(pattern, theme)},
            customdata=drill(len(frame), type=types),
            hovertext=np.array(hovertext, dtype=object),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    if compare is not None:
        _compared(figure, frame, compare, theme)
    for row, (part, met, judged) in enumerate(zip(share, numbers(frame["met"]), due, strict=True)):
        told = f"<b>{wording.share(part)}</b><br>{wording.count(met)}/{wording.count(judged)}" if judged > 0 else say("无法<br>判断")
        figure.add_annotation(x=1.02, y=row, text=told, xanchor="left", align="left", font={"size": SMALL, "color": theme.ink})
    every = [wording.named("every", period) for period in texts(frame["every"])]
    labels = [f"{wording.wrapped(title, 18)}<br><span style='font-size:10px'>{period}</span>" for title, period in zip(titles, every, strict=True)]
    dressed(figure, theme, 60 + 46 * max(len(frame), 2), barmode="stack")
    figure.update_yaxes(tickvals=rows, ticktext=labels, range=[len(frame) - 0.5, -0.5], showgrid=False)
    figure.update_xaxes(range=[0, 1.19], tickvals=np.array([0, 0.5, 1.0]), tickformat=".0%")
    figure.update_layout(legend={"traceorder": "normal"})
    return figure


def _compared(figure: go.Figure, frame: pd.DataFrame, compare: pd.DataFrame, theme: Look) -> None:
    """A dark notch in each bar where the comparison period ended."""
    keys = ["type", "every"]
    before = frame[keys].merge(compare, on=keys, how="left")
    whole = np.nansum([numbers(before["due"]), numbers(before["unreported"])], axis=0)
    share = numbers(before["met"]) / np.where(whole > 0, whole, np.nan)
    figure.add_scatter(
        x=share,
        y=np.arange(len(frame)),
        mode="markers",
        name=say("对比期达标"),
        marker={"symbol": "line-ns", "size": 26, "color": theme.ink, "line": {"width": 2, "color": theme.ink}},
        customdata=drill(len(frame), type=texts(frame["type"])),
        hovertext=np.array([say("对比期达标 {share}", share=wording.share(value)) for value in share], dtype=object),
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _pattern(shape: str, theme: Look) -> dict[str, object]:
    return {"shape": shape, "fgcolor": theme.paper, "fillmode": "overlay", "size": 6, "solidity": 0.25}


def dumbbell(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """Two dots per unit joined by a line: shares (even and actual) or ranks (business and party).

    Roles: unit and either from_share, to_share (0–1), n, gap (days) or from_rank, to_rank (1 is the highest), gap.
    """
    ranked = "to_rank" in frame
    units, rows = texts(frame["unit"]), np.arange(len(frame))
    left, right = (numbers(frame[f"{end}_{'rank' if ranked else 'share'}"]) for end in ("from", "to"))
    faint = np.zeros(len(frame), dtype=bool) if ranked else ~(numbers(frame["n"]) >= FEW_ACTIVITIES)
    figure = go.Figure()
    apart = right < left if ranked else right > left
    for where, color in ((apart & ~faint, theme.above), (~apart & ~faint, theme.below), (faint, theme.line)):
        figure.add_scatter(
            x=np.c_[left, right, np.full(len(left), np.nan)][where].ravel(),
            y=np.repeat(rows[where], 3).astype(float),
            mode="lines",
            line={"color": color, "width": 2},
            opacity=0.55,
            hoverinfo="skip",
            showlegend=False,
        )
    names = (say("业务位次"), say("党建位次")) if ranked else (say("均匀应有"), say("最后六周实际"))
    hovertext = _dumbbell_hover(frame, units, left, right, ranked)
    common = {"y": rows, "mode": "markers", "customdata": drill(len(frame), unit=units), "hovertext": hovertext}
    hollow = {"symbol": "diamond-open" if ranked else "line-ns", "size": 9, "line": {"width": 2, "color": theme.muted}, "color": theme.muted}
    solid = {
        "symbol": np.where(faint, "circle-open", "circle"),
        "size": 9,
        "color": np.where(faint, theme.line, np.where(apart, theme.above, theme.below)),
    }
    figure.add_scatter(x=left, name=names[0], marker=hollow, hovertemplate="%{hovertext}<extra></extra>", **common)
    figure.add_scatter(x=right, name=names[1], marker=solid, hovertemplate="%{hovertext}<extra></extra>", **common)
    if faint.any():
        open_dot = {"symbol": "circle-open", "size": 9, "color": theme.line}
        figure.add_scatter(x=[None], y=[None], mode="markers", name=say("不足 8 次，不作判断"), marker=open_dot)
    px = row_height(len(frame))
    dressed(figure, theme, 76 + px * max(len(frame), 3))
    figure.update_yaxes(**row_axis(units, px))
    if ranked:
        _rank_axis(figure, frame, left, right, theme)
    else:
        top = float(np.nanmax([*right[~faint], *left, 0.1]))
        figure.update_xaxes(range=[-0.01, min(1.02, top * 1.1)], tickformat=".0%", side="top", nticks=5)
    figure.update_layout(legend={"y": 1 + 24 / max(px * len(frame), 60)})
    return figure


def _dumbbell_hover(frame: pd.DataFrame, units: np.ndarray, left: np.ndarray, right: np.ndarray, ranked: bool) -> np.ndarray:
    gaps = numbers(frame["gap"]) if "gap" in frame else np.full(len(frame), np.nan)
    if ranked:
        told = [
            say("{unit}<br>党建第 {party} 位，业务第 {business} 位，相差 {gap} 位", unit=unit, party=wording.count(b), business=wording.count(a),
                gap=wording.count(abs(gap)))
            for unit, a, b, gap in zip(units, left, right, gaps, strict=True)
        ]
    else:
        told = [
            say("{unit}<br>最后六周占 {late}，均匀应为 {even}（n={n}）<br>最长间隔 {gap} 天", unit=unit, late=wording.share(b), even=wording.share(a),
                n=wording.count(n), gap=wording.count(gap))
            for unit, a, b, n, gap in zip(units, left, right, numbers(frame["n"]), gaps, strict=True)
        ]
    return np.array(told, dtype=object)


def _rank_axis(figure: go.Figure, frame: pd.DataFrame, left: np.ndarray, right: np.ndarray, theme: Look) -> None:
    """Rank 1 at the left, the signed gap written behind the row."""
    lowest = float(np.nanmax([*left, *right, 2]))
    for row, gap in enumerate(numbers(frame["gap"])):
        if gap and not np.isnan(gap):
            figure.add_annotation(
                x=1, xref="paper", xanchor="right", y=row, text=f"{gap:+.0f}".replace("-", "−"), font={"size": TINY, "color": theme.muted}
            )
    figure.update_xaxes(range=[0, lowest * 1.14], title={"text": say("位次（1 为最高）")}, side="top", nticks=6)


def paired(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """双重组织生活: per unit the leaders who came (wide, pale) and those who came as members (narrow, dark).

    Roles: unit, expected, attended, as_members (people), attended_share, as_members_share (0–1), n (activities).
    """
    units, rows = texts(frame["unit"]), np.arange(len(frame))
    expected = numbers(frame["expected"])
    few = ~(expected >= TOO_FEW)
    figure = go.Figure()
    for role, name, color, wide in (
        ("attended", say("到场"), theme.soft, 0.74),
        ("as_members", say("以普通党员身份"), theme.main, 0.34),
    ):
        shares = np.where(few, np.nan, numbers(frame[f"{role}_share"]))
        hovertext = [
            say("{unit}<br>{name} {people}/{expected} 人次（{share}）", unit=unit, name=name, people=wording.count(people),
                expected=wording.count(all_of), share=wording.share(part))
            for unit, people, all_of, part in zip(units, numbers(frame[role]), expected, shares, strict=True)
        ]
        figure.add_bar(
            orientation="h",
            y=rows,
            x=shares,
            width=wide,
            name=name,
            marker={"color": color},
            customdata=drill(len(frame), unit=units),
            hovertext=np.array(hovertext, dtype=object),
            hovertemplate="%{hovertext}<extra></extra>",
        )
    for row, (came, members) in enumerate(zip(numbers(frame["attended_share"]), numbers(frame["as_members_share"]), strict=True)):
        told = say("样本不足") if few[row] else f"{wording.share(came)} · <b>{wording.share(members)}</b>"
        figure.add_annotation(x=1.02, y=row, text=told, xanchor="left", font={"size": TINY, "color": theme.muted if few[row] else theme.ink})
    px = row_height(len(frame), tall=20, low=11)
    dressed(figure, theme, 70 + px * max(len(frame), 3), barmode="overlay")
    figure.update_yaxes(**row_axis(units, px))
    figure.update_xaxes(range=[0, 1.26], tickvals=np.array([0, 0.5, 1.0]), tickformat=".0%", side="top")
    figure.update_layout(legend={"y": 1 + 24 / max(px * len(frame), 60), "traceorder": "normal"})
    return figure


def task_map(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """中心工作覆盖图: per task its name and, under it, one cell for each unit that supports it; orphans are hatched amber bands.

    Roles: task, owner, unit, held (activities), supporters (units), is_orphan.
    """
    tasks, owners, units = texts(frame["task"]), texts(frame["owner"]), texts(frame["unit"])
    held, orphan = numbers(frame["held"]), flags(frame["is_orphan"])
    row, names = row_numbers(tasks)
    order = pd.Series(np.where(orphan, 0, held)).groupby(np.where(orphan, "", units)).sum().sort_values(ascending=False).index
    column = {unit: place for place, unit in enumerate(name for name in order if name)}
    wide = max(len(column), 6)
    left = np.array([column.get(unit, 0) for unit in units], dtype=float)
    grid = Grid(left, row + 0.18, height=0.42)
    figure = go.Figure()
    hover = [
        say("{task}<br>{unit}：{held} 次", task=wording.wrapped(task, 40), unit=unit, held=wording.count(number))
        for task, unit, number in zip(tasks, units, held, strict=True)
    ]
    told = {
        "customdata": drill(len(frame), unit=units),
        "hovertext": np.array(hover, dtype=object),
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    support = np.where(orphan, np.nan, held)
    for where, shade in counted(support, theme):
        figure.add_trace(grid.trace(where, shade, theme, **told))
    if orphan.any():
        told["hovertext"] = np.array(
            [say("{task}<br>尚无支撑 · 责任单位：{owner}", task=wording.wrapped(task, 40), owner=owner) for task, owner in zip(tasks, owners, strict=True)],
            dtype=object,
        )
        band = Grid(np.zeros(len(frame)), row + 0.18, width=wide, height=0.42, gap=0.004)
        figure.add_trace(band.trace(orphan, Shade(say("尚无支撑"), theme.alert, "/"), theme, **told))
    supporters = numbers(frame["supporters"])
    for place, task in enumerate(names):
        first = int(np.flatnonzero(row == place)[0])
        total = float(np.nansum(support[row == place]))
        said = (
            say("▲ 尚无支撑")
            if orphan[first]
            else say("{units} 个单位 · {held} 次", units=wording.count(supporters[first]), held=wording.count(total))
        )
        figure.add_annotation(x=0, y=place - 0.28, xanchor="left", text=wording.short(task, 34), font={"size": SMALL, "color": theme.ink})
        figure.add_annotation(
            x=wide, y=place - 0.28, xanchor="right", text=said, font={"size": TINY, "color": theme.alert if orphan[first] else theme.muted}
        )
    px = row_height(len(names), tall=36, low=28, most=1600)
    dressed(figure, theme, 50 + px * max(len(names), 2), barmode="overlay")
    figure.update_yaxes(visible=False, range=[len(names) - 0.5, -0.6])
    figure.update_xaxes(visible=False, range=[0, wide])
    return figure
