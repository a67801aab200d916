"""Round pictures: the year as a wheel of months, and the people who carry the work as rings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import drill, numbers, texts
from cadence.charts.style import BELOW, SMALL, Look, dressed, hover
from cadence.words import say

MARKED = 1.25
"""Times the even share from which a month stands out."""
LAYERS = ("core", "regular", "casual")


def wheel(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """年轮: each month's share of the work as a wedge against the dashed ring of an even year; months not reported grey.

    Roles: month_of_year (1–12), held (activities), share, even_share (0–1).
    """
    months = numbers(frame["month_of_year"]).astype(int)
    held, share, even = (numbers(frame[role]) for role in ("held", "share", "even_share"))
    angle = (months - 1) * 30.0
    unknown = np.isnan(share)
    high = ~unknown & (share > MARKED * even)
    told = np.array([_month_told(*month) for month in zip(months, held, share, even, strict=True)], dtype=object)
    figure = go.Figure()
    for where, height, name, color, pattern in (
        (high, share, say("均匀的 {times} 倍以上", times=MARKED), theme.above, ""),
        (~unknown & ~high, share, say("{times} 倍以内", times=MARKED), theme.below, ""),
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
                **hover(told[where]),
            )
    figure.add_trace(_ring(angle, even, say("均匀的一年"), {"color": theme.ink, "width": 1.5, "dash": "dash"}))
    highest = [*share, *even, 0.01]
    if compare is not None:
        before = numbers(compare["share"])
        line = {"color": theme.accent, "width": 2, "dash": "dot"}
        figure.add_trace(_ring((numbers(compare["month_of_year"]) - 1) * 30, before, say("对比期"), line))
        highest += [*before]
    known = dict(zip(months, share, strict=True))
    words = [f"{wording.month_name(month)}<br><b>{wording.share(known.get(month, np.nan))}</b>" for month in range(1, 13)]
    dressed(figure, theme, 430, margin={"l": 40, "r": 40, "t": 40, "b": 56}, polar_barmode="overlay")
    figure.update_polars(
        angularaxis={
            "direction": "clockwise",
            "rotation": 90,
            "tickvals": np.arange(12) * 30,
            "ticktext": words,
            "linecolor": theme.grid,
            "ticks": "",
            "showgrid": False,
            "tickfont": {"size": SMALL},
        },
        radialaxis={
            "range": [0, float(np.nanmax(highest)) * 1.05],
            "nticks": 4,
            "showticklabels": False,
            "showline": False,
            "ticks": "",
        },
        hole=0.12,
    )
    return figure.update_layout(legend={**BELOW, "y": -0.13})


def _month_told(month: int, held: float, share: float, even: float) -> str:
    if np.isnan(share):
        return say("{month}：未报", month=wording.month_name(month))
    return say(
        "{month}：{held} 次，占 {share}；均匀时 {even}",
        month=wording.month_name(month),
        held=wording.count(held),
        share=wording.share(share),
        even=wording.share(even),
    )


def _ring(angle: np.ndarray, radius: np.ndarray, name: str, line: dict[str, object]) -> go.Scatterpolar:
    """A closed step line: for each month an arc over its thirty degrees; a gap where there is no value."""
    theta = (angle[:, None] + np.linspace(-15, 15, 7)[None, :]).ravel()
    r = np.repeat(radius, 7)
    return go.Scatterpolar(
        theta=np.r_[theta, theta[:1]], r=np.r_[r, r[:1]], mode="lines", name=name, line=line, hoverinfo="skip", connectgaps=False
    )


def onion(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """主持集中度: rings whose areas are people: core (80 % of the work), regular (15 %), casual (5 %), members who host nothing.

    Roles: layer (core, regular, casual), people, held (activities), share (of the hosts), members (may be empty).
    """
    figure = go.Figure()
    rings = _rings(frame, theme)
    everyone = sum(people for _, people, *_ in rings)
    inner = 0.0
    for name, people, color, pattern in rings:
        outer = float(np.sqrt(inner**2 + people / everyone)) if everyone else 0.0
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
            **hover([name]),
        )
        inner = outer
    dressed(figure, theme, 400)
    figure.update_polars(
        angularaxis={"visible": False}, radialaxis={"visible": False, "range": [0, 1.01]}, domain={"y": [0.24, 1.0], "x": [0, 1]}
    )
    if rings and everyone and np.sqrt(rings[0][1] / everyone) > 0.22:
        inside = {"size": 13, "color": theme.on_heat[4]}
        text = say("<b>{people} 人</b>", people=wording.count(rings[0][1]))
        figure.add_annotation(x=0.5, y=0.62, xref="paper", yref="paper", text=text, font=inside)
    return figure.update_layout(legend={**BELOW, "orientation": "v", "y": 0.2})


def _rings(frame: pd.DataFrame, theme: Look) -> list[tuple[str, float, str, str]]:
    """From the inside out: words, people, colour and pattern of each ring."""
    people, held = np.nan_to_num(numbers(frame["people"])), numbers(frame["held"])
    layers, work = texts(frame["layer"]), np.nansum(held)
    colors = {"core": theme.heat[4], "regular": theme.heat[2], "casual": theme.heat[1 - theme.dark]}
    rings = [
        (
            say(
                "{layer} {people} 人 · 承担 {share}（{held} 次）",
                layer=wording.named("layer", layers[place]),
                people=wording.count(people[place]),
                share=wording.share(held[place] / work if work else np.nan),
                held=wording.count(held[place]),
            ),
            float(people[place]),
            colors[layers[place]],
            "",
        )
        for place in sorted(range(len(layers)), key=lambda place: LAYERS.index(layers[place]))
    ]
    rest = float(np.nanmax([*numbers(frame["members"]), 0])) - people.sum()
    if rest > 0:
        rings.append((say("未主持过的党员 {people} 人", people=wording.count(rest)), rest, theme.zero, "."))
    return rings
