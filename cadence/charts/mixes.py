"""Pictures of how a whole is made up, quarter by quarter: shares of a whole stacked, duties as a grid of shares.

`stacked` knows the parts of an outcome, which always fill the whole and are good or to be looked at; `mix` draws any parts, also
such as fill little of the whole (its axis then ends above them), leaves out those that are empty, and keeps the place of a quarter
without rows.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.cells import Grid, Shade, inside, missing
from cadence.charts.columns import days, drill, numbers, quarter_end, row_numbers, texts
from cadence.charts.style import SMALL, Look, dressed, hover, written
from cadence.words import say

LOOKS = {
    "own_choice": ("good", ""),
    "prescribed": ("main", ""),
    "superior": ("alert", "/"),
    "plan": ("main", ""),
    "own": ("good", ""),
    "branch": ("main", ""),
    "after": ("alert", "/"),
    "outside": ("main", ""),
    "early": ("soft", ""),
    "late": ("alert", "/"),
    "overdue": ("accent", "x"),
    "cancelled": ("muted", "\\"),
    "undated": ("missing", "."),
}
"""Colour of the theme and pattern of each part."""
FEW = 8
"""Quarters up to which there is room for signs of per cent and for what the number is out of."""
WHOLE = 0.9
"""Share of the whole from which the parts are drawn on an axis up to 100 %."""


DECIDED = {"closed", "open", "owned", "unowned"}
"""Parts of decisions; the other parts are activities."""


def mix(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """Per quarter the share of each part in the whole, stacked; the number above. Parts that are empty throughout are left out.

    Roles: quarter, n (the whole), optionally even (share to compare the first part with); every other role is a part (counts).
    """
    quarters, n = days(frame["quarter"]), numbers(frame["n"])
    number = quarters.astype("datetime64[M]").astype(int) // 3
    place, whole = number - number.min(), np.where(n > 0, n, np.nan)
    many = place.max() >= FEW
    parts = {role: numbers(frame[role]) for role in frame if role not in ("quarter", "n", "even")}
    parts = {role: values for role, values in parts.items() if np.nansum(values) > 0}
    total = np.nansum([values / whole for values in parts.values()], axis=0) if parts else np.zeros(len(frame))
    highest = float(np.nanmax([*total, 0.01]))
    top = 1.0 if highest > WHOLE else highest * 1.12
    percent = "{:.0%}" if top > 0.1 else "{:.1%}"
    least = 2.0 if many and top < 1 else 0.09 * top
    figure = go.Figure()
    for role, values in parts.items():
        color, pattern = LOOKS.get(role, ("soft", ""))
        shares = values / whole
        figure.add_bar(
            x=place,
            y=shares,
            name=wording.named("part", role),
            text=np.array(
                [
                    percent.format(share).removesuffix("%" if many else "") if share >= least else ""
                    for share in np.nan_to_num(shares)
                ],
                dtype=object,
            ),
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            insidetextfont={
                "color": theme.ink if color in ("soft", "missing", "alert") and not theme.dark else theme.paper,
                "size": SMALL,
            },
            marker={
                "color": getattr(theme, color),
                "pattern": {"shape": pattern, "fgcolor": theme.paper, "fillmode": "overlay", "size": 7, "solidity": 0.12},
            },
            customdata=drill(len(frame), start=quarters, until=quarter_end(quarters)),
            **hover(
                say(
                    "{quarter}<br>{name} {value} 次，占 {share}（n={n}）",
                    quarter=wording.quarter(day),
                    name=wording.named("part", role),
                    value=wording.count(value),
                    share=wording.share(share),
                    n=wording.count(size),
                )
                for day, value, share, size in zip(quarters, values, shares, n, strict=True)
            ),
        )
    if "even" in frame and not np.isnan(even := numbers(frame["even"])).all():
        line = {"color": theme.ink, "width": 1.5, "dash": "dot", "shape": "hvh"}
        figure.add_scatter(x=place, y=even, mode="lines", name=say("按工作日应占"), line=line, hoverinfo="skip")
    above = [wording.count(size) if size > 0 else "–" for size in n]
    if top < 1:
        below = [f"/{wording.count(size)}" if not many else "" for size in n]
        above = [f"{wording.count(np.nan_to_num(part * size))}{of}" for part, size, of in zip(total, n, below, strict=True)]
    figure.add_trace(written(place, np.nan_to_num(total), above, theme.muted, "top center"))
    dressed(figure, theme, 260, barmode="stack", bargap=0.25)
    every = np.arange(quarters.min().astype("datetime64[M]"), quarters.max().astype("datetime64[M]") + 1, 3)
    figure.update_xaxes(**wording.quarter_axis(every.astype("datetime64[D]"), np.arange(len(every))), showgrid=False)
    figure.update_xaxes(range=[-0.6, max(len(every), 4) - 0.4])
    figure.update_yaxes(range=[0, top * 1.1], tickformat=".0%", nticks=4)
    if top == 1:
        figure.update_yaxes(tickvals=np.array([0, 0.5, 1.0]))
    return figure.update_layout(legend={"y": 1.02, "traceorder": "normal"})


def stacked(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """按季构成: per quarter the shares of the parts, their number above.

    Roles: quarter, n (counts), and the parts that together are n: substantive, nominal, titled (with word, which decided most
    titles), unlinked activities; closed, open or owned, unowned decisions; activities discussed, undiscussed.
    """
    quarters = days(frame["quarter"])
    place, n = np.arange(len(frame)), numbers(frame["n"])
    deciding = texts(frame["word"]) if "word" in frame else np.full(len(frame), "", dtype=object)
    total = np.where(n > 0, n, np.nan)
    parts = (
        ("substantive", say("实质结合"), theme.main, "", theme.paper),
        ("nominal", say("名义结合"), theme.alert, "/", theme.ink),
        ("titled", say("题目挂名"), theme.soft, ".", theme.ink),
        ("unlinked", say("未关联"), theme.grid, "", theme.muted),
        ("closed", say("已办结"), theme.main, "", theme.paper),
        ("open", say("未办结"), theme.alert, "/", theme.ink),
        ("owned", say("有责任人和期限"), theme.main, "", theme.paper),
        ("unowned", say("没有写明"), theme.alert, "/", theme.ink),
        ("discussed", say("有互动环节"), theme.main, "", theme.paper),
        ("undiscussed", say("没有互动环节"), theme.grid, "", theme.muted),
    )
    parts = tuple(part for part in parts if part[0] in frame)
    percent = "{:.0f}%" if len(frame) <= 8 else "{:.0f}"
    figure = go.Figure()
    for role, name, color, pattern, ink in parts:
        values = numbers(frame[role])
        shares = values / total
        figure.add_bar(
            x=place,
            y=shares,
            name=name,
            text=np.array([percent.format(100 * share) if share >= 0.08 else "" for share in np.nan_to_num(shares)], dtype=object),
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": theme.paper if theme.dark and pattern else ink, "size": SMALL},
            marker={
                "color": color,
                "line": {"color": theme.line, "width": 0.5 if color == theme.grid else 0},
                "pattern": {"shape": pattern, "fgcolor": theme.paper, "fillmode": "overlay", "size": 7, "solidity": 0.12},
            },
            customdata=drill(len(frame), start=quarters, until=quarter_end(quarters)),
            **hover(
                say(
                    "{quarter}<br>{name} {value} 项，占 {share}（n={n}）"
                    if role in DECIDED
                    else "{quarter}<br>{name} {value} 次，占 {share}（n={n}）",
                    quarter=wording.quarter(day),
                    name=name,
                    value=wording.count(value),
                    share=wording.share(part),
                    n=wording.count(whole),
                )
                + (say("<br>多因“{word}”", word=word) if role == "titled" and word else "")
                for day, value, part, whole, word in zip(quarters, values, shares, n, deciding, strict=True)
            ),
        )
    counted = "{n} 项" if DECIDED & set(frame) else "{n} 次"
    above = [wording.count(whole) if len(n) > 8 else say(counted, n=wording.count(whole)) for whole in n]
    figure.add_trace(written(place, np.ones(len(place)), above, theme.muted, "top center"))
    dressed(figure, theme, 300, barmode="stack", bargap=0.25)
    figure.update_xaxes(**wording.quarter_axis(quarters, place), range=[-0.6, max(len(frame), 4) - 0.4])
    figure.update_yaxes(range=[0, 1.1], tickvals=np.array([0, 0.5, 1.0]), tickformat=".0%")
    figure.update_layout(legend={"y": 1.02, "traceorder": "normal"})
    return figure


def duties(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """职责覆盖: duty × quarter, the share of the quarter's work written in each cell; hatched where nothing at all was held.

    Roles: quarter, duty, held, n, share (0–1), zero (1 where nothing was held), without, units.
    """
    quarters, names = days(frame["quarter"]), texts(frame["duty"])
    every = np.unique(quarters)
    column = np.searchsorted(every, quarters)
    row, rows = row_numbers(names)
    share, zero = numbers(frame["share"]), numbers(frame["zero"]) > 0
    told = hover(
        say(
            "{quarter} · {duty}<br>{held} 次，占 {share}；{without}/{units} 个报齐的单位没有",
            quarter=wording.quarter(day),
            duty=wording.named("duty", name),
            held=wording.count(held),
            share=wording.share(part),
            without=wording.count(none),
            units=wording.count(units),
        )
        for day, name, held, part, none, units in zip(
            quarters, names, *(numbers(frame[role]) for role in ("held", "share", "without", "units")), strict=True
        )
    )
    told["customdata"] = drill(len(frame), start=quarters, until=quarter_end(quarters))
    words = np.array([wording.share(part) for part in share], dtype=object)
    grid = Grid(column.astype(float), row)
    figure = go.Figure()
    for low, high, name, step in ((0.0, 0.1, "<10%", 0), (0.1, 0.25, "10–24%", 1), (0.25, 0.5, "25–49%", 2), (0.5, 1.1, "≥50%", 3)):
        where = ~zero & (share >= low) & (share < high)
        if where.any():
            grid.draw(figure, where, Shade(name, theme.heat[step]), theme, **told, **inside(words, theme.on_heat[step]))
    if zero.any():
        shade = Shade(say("一次也没有"), theme.zero, "/", outline=True, hatch=theme.alert)
        grid.draw(figure, zero, shade, theme, **told, **inside(np.full(len(frame), "0", dtype=object), theme.alert_ink))
    if (unknown := ~zero & np.isnan(share)).any():
        grid.draw(figure, unknown, missing(theme, say("未报齐")), theme, **told)
    dressed(figure, theme, 96 + 34 * max(len(rows), 2), barmode="overlay")
    figure.update_xaxes(**wording.quarter_axis(every, np.arange(len(every)) + 0.5), range=[0, max(len(every), 4)], showgrid=False)
    labels = [wording.named("duty", name) for name in rows]
    figure.update_yaxes(tickvals=np.arange(len(rows)), ticktext=labels, range=[len(rows) - 0.5, -0.5], showgrid=False)
    return figure.update_layout(legend={"traceorder": "normal"})
