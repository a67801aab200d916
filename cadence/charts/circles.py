"""Round pictures: the year as a wheel of months, and the people who carry the work as rings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import drill, numbers, texts
from cadence.charts.style import SMALL, TINY, Look, dressed
from cadence.words import say


def wheel(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """年轮: each month's share of the work as a wedge against the dashed ring of an even year; months not reported grey.

    Roles: month_of_year (1–12), held (activities), share, even_share (0–1).
    """
    months = numbers(frame["month_of_year"]).astype(int)
    held, share, even = (numbers(frame[role]) for role in ("held", "share", "even_share"))
    angle = (months - 1) * 30.0
    hover = np.array(
        [
            say(
                "{month}：{held} 次，占 {share}；均匀时 {even}",
                month=wording.month_name(m),
                held=wording.count(n),
                share=wording.share(s),
                even=wording.share(e),
            )
            for m, n, s, e in zip(months, held, share, even, strict=True)
        ],
        dtype=object,
    )
    unknown = np.isnan(share)
    figure = go.Figure()
    for where, height, name, color, pattern in (
        (~unknown & (share > even), share, say("高于均匀"), theme.above, ""),
        (~unknown & ~(share > even), share, say("不高于均匀"), theme.below, ""),
        (unknown, even, say("未报"), theme.missing, "/"),
    ):
        if where.any():
            figure.add_barpolar(
                theta=angle[where],
                r=height[where],
                width=np.full(int(where.sum()), 27.0),
                name=name,
                marker={
                    "color": color,
                    "pattern": {"shape": pattern, "fgcolor": theme.hatch, "fillmode": "overlay", "size": 6, "solidity": 0.2},
                },
                customdata=drill(int(where.sum())),
                hovertext=hover[where] if name != say("未报") else np.full(int(where.sum()), say("未报"), dtype=object),
                hovertemplate="%{hovertext}<extra></extra>",
            )
    _ring(figure, angle, even, say("均匀的一年"), {"color": theme.ink, "width": 1.5, "dash": "dash"})
    highest = float(np.nanmax([*share, *even, 0.01]))
    if compare is not None:
        before = numbers(compare["share"])
        place = (numbers(compare["month_of_year"]) - 1) * 30
        _ring(figure, place, before, say("对比期"), {"color": theme.accent, "width": 2, "dash": "dot"})
        highest = float(np.nanmax([highest, *before]))
    words = [f"{wording.month_name(month)}" for month in range(1, 13)]
    dressed(figure, theme, 400, margin={"l": 36, "r": 36, "t": 24, "b": 44})
    figure.update_polars(
        angularaxis={
            "direction": "clockwise",
            "rotation": 90,
            "tickvals": np.arange(12) * 30,
            "ticktext": words,
            "linecolor": theme.line,
            "showgrid": False,
            "tickfont": {"size": SMALL},
        },
        radialaxis={
            "range": [0, highest * 1.05],
            "tickformat": ".0%",
            "nticks": 4,
            "angle": 75,
            "tickangle": 0,
            "tickfont": {"size": TINY, "color": theme.muted},
            "showline": False,
            "ticks": "",
        },
        hole=0.12,
    )
    figure.update_layout(legend={"y": -0.1, "yanchor": "top", "x": 0.5, "xanchor": "center"}, polar_barmode="overlay")
    return figure


def _ring(figure: go.Figure, angle: np.ndarray, radius: np.ndarray, name: str, line: dict[str, object]) -> None:
    """A closed step line: for each month an arc over its thirty degrees; a gap where there is no value."""
    theta = (angle[:, None] + np.linspace(-15, 15, 7)[None, :]).ravel()
    r = np.repeat(radius, 7)
    figure.add_scatterpolar(
        theta=np.r_[theta, theta[:1]], r=np.r_[r, r[:1]], mode="lines", name=name, line=line, hoverinfo="skip", connectgaps=False
    )


def onion(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """主持集中度: rings whose areas are people: core (80 % of the work), regular (15 %), casual (5 %), and members who host nothing.

    Roles: layer (core, regular, casual), people, held (activities), share (of the hosts), members (may be empty).
    """
    layers, people, held = texts(frame["layer"]), numbers(frame["people"]), numbers(frame["held"])
    order = sorted(range(len(layers)), key=lambda place: ("core", "regular", "casual").index(layers[place]))
    layers, people, held = layers[order], np.nan_to_num(people[order]), held[order]
    members = numbers(frame["members"])
    rest = float(np.nanmax([*members, 0])) - people.sum()
    everyone = people.sum() + max(rest, 0)
    work = np.nansum(held)
    colors = {"core": theme.heat[3 if theme.dark else 4], "regular": theme.heat[2], "casual": theme.heat[0 if theme.dark else 1]}
    rings = [
        (
            say(
                "{layer} {people} 人 · 承担 {share}（{held} 次）",
                layer=wording.named("layer", layer),
                people=wording.count(number),
                share=wording.share(done / work if work else np.nan),
                held=wording.count(done),
            ),
            number,
            colors[layer],
            "",
        )
        for layer, number, done in zip(layers, people, held, strict=True)
    ]
    if rest > 0:
        rings.append((say("未主持过的党员 {people} 人", people=wording.count(rest)), rest, theme.zero, "."))
    figure = go.Figure()
    inner = 0.0
    for name, number, color, pattern in rings:
        outer = float(np.sqrt(inner**2 + number / everyone)) if everyone else 0.0
        figure.add_barpolar(
            theta=np.array([0.0]),
            width=np.array([360.0]),
            base=np.array([inner]),
            r=np.array([outer - inner]),
            name=name,
            marker={
                "color": color,
                "line": {"color": theme.line if pattern else theme.paper, "width": 1},
                "pattern": {"shape": pattern, "fgcolor": theme.line, "fillmode": "overlay", "size": 8, "solidity": 0.08},
            },
            customdata=drill(1),
            hovertemplate=name + "<extra></extra>",
        )
        inner = outer
    dressed(figure, theme, 400, margin={"l": 8, "r": 8, "t": 8, "b": 8})
    figure.update_polars(
        angularaxis={"visible": False}, radialaxis={"visible": False, "range": [0, 1.01]}, domain={"y": [0.24, 1.0], "x": [0, 1]}
    )
    figure.update_layout(
        legend={"orientation": "v", "y": 0.2, "yanchor": "top", "x": 0.5, "xanchor": "center", "traceorder": "normal"}
    )
    return figure
