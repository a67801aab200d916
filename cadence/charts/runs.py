"""Pictures of what holds over time: which month (half-year) was met, and how the three thirds of a campaign compare."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from cadence.charts import wording
from cadence.charts.cells import Grid, Shade, inside, row_axis, row_height
from cadence.charts.columns import days, drill, numbers, row_numbers, texts
from cadence.charts.grids import LEGEND_REACH
from cadence.charts.style import TINY, Look, dressed, hover, written
from cadence.words import say


def states(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """连续达标: unit × period, filled where met, hatched amber where short, grey where it cannot be judged; the runs at the right.

    Roles: unit, start (first day of the month or half-year), state, and either run, current, longest (months) or count.
    """
    units, starts, state = texts(frame["unit"]), days(frame["start"]), texts(frame["state"])
    row, unit_names = row_numbers(units)
    first_rows = np.unique(row, return_index=True)[1]
    number = starts.astype("datetime64[M]").astype(int)
    months = 6 if "count" in frame else 1
    first, span = int(number.min()), int(number.max() - number.min()) + months
    ends = (starts.astype("datetime64[M]") + months).astype("datetime64[D]") - 1
    names = {id: wording.named("state", id) for id in ("met", "short", "unreported")}
    period = np.array([_period(day, months) for day in starts], dtype=object)
    values = numbers(frame["count"]) if "count" in frame else numbers(frame["run"])
    template = (
        say("{unit}<br>{period} · {state}（{n} 次）") if "count" in frame else say("{unit}<br>{period} · {state}（连续 {n} 个月）")
    )
    told = hover(
        template.format(unit=unit, period=when, state=names.get(id, id), n=wording.count(n))
        for unit, when, id, n in zip(units, period, state, values, strict=True)
    )
    told["customdata"] = drill(len(frame), unit=units, start=starts, until=ends)
    words = (
        np.array([wording.count(n) for n in values], dtype=object) if "count" in frame else np.full(len(frame), "", dtype=object)
    )
    grid = Grid((number - first).astype(float), row, width=float(months), gap=0.1 / months)
    figure = go.Figure()
    for id, color, pattern, ink in (
        ("met", theme.soft, "", theme.ink),
        ("short", theme.alert, "/", theme.ink if not theme.dark else theme.paper),
        ("unreported", theme.missing, "", theme.ink),
    ):
        where = state == id
        if where.any():
            grid.draw(figure, where, Shade(names[id], color, pattern, hatch=theme.paper), theme, **told, **inside(words, ink))
    px = row_height(len(unit_names), tall=26 if len(unit_names) < 6 else 18, low=9)
    body = px * max(len(unit_names), 2)
    if "current" in frame:
        now, longest = (numbers(frame[role])[first_rows] for role in ("current", "longest"))
        said = [f"<b>{wording.count(a)}</b> · {wording.count(b)}" for a, b in zip(now, longest, strict=True)]
        figure.add_trace(written(np.full(len(unit_names), span), np.arange(len(unit_names)), said, theme.muted))
        heading = {"x": 1, "xanchor": "left", "y": 1, "yanchor": "bottom", "xref": "paper", "yref": "paper", "font": {"size": TINY}}
        figure.add_annotation(text=say("当前·<br>最长"), align="left", xshift=4, **heading)
    dressed(figure, theme, body + 46 + 44, barmode="overlay", margin={"r": 52 if "current" in frame else 8})
    figure.update_yaxes(**row_axis(unit_names, px))
    figure.update_xaxes(range=[0, span], showgrid=False, side="top")
    if months == 1:
        _month_ticks(figure, first, span, theme)
    else:
        _half_ticks(figure, np.unique(number), first)
    above = 1 + 48 / body
    return figure.update_layout(legend={"y": above if above < LEGEND_REACH else 1.0, "traceorder": "normal"})


def _half_ticks(figure: go.Figure, months: np.ndarray, first: int) -> None:
    """上半年, 下半年 over each half-year, the year below."""
    halves = (say("上半年"), say("下半年"))
    words = [f"{halves[month % 12 // 6]}<br>{wording.year(1970 + month // 12)}" for month in months]
    figure.update_xaxes(tickvals=months - first + 3.0, ticktext=words, tickangle=0)


def _period(day: np.datetime64, months: int) -> str:
    if months == 1:
        return wording.month(day)
    year = wording.year(int(str(day)[:4]))
    return say("{year}上半年", year=year) if str(day)[5:7] == "01" else say("{year}下半年", year=year)


def thirds(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """虎头蛇尾: per campaign its first, middle and last third; attendance with its 95 % interval above, activities below.

    Roles: campaign, third (1–3), starts_on, ends_on, held, share, low, high (0–1).
    """
    campaigns = texts(frame["campaign"])
    place, names = row_numbers(campaigns)
    third = np.nan_to_num(numbers(frame["third"]), nan=2.0)
    x = place * 3.6 + third - 1
    starts, ends = days(frame["starts_on"]), days(frame["ends_on"])
    share, low, high, held = (numbers(frame[role]) for role in ("share", "low", "high", "held"))
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.14, row_heights=[0.55, 0.45])
    parts = (say("前三分之一"), say("中间三分之一"), say("后三分之一"))
    told = np.array(
        [
            say(
                "{campaign} · {part}<br>{start} – {until}<br>{held} 次，参与率 {share}（{low}–{high}）",
                campaign=name,
                part=parts[int(t) - 1],
                start="–" if np.isnat(a) else wording.date(a),
                until="–" if np.isnat(b) else wording.date(b),
                held=wording.count(n),
                share=wording.share(p),
                low=wording.share(lower),
                high=wording.share(upper),
            )
            for name, t, a, b, n, p, lower, upper in zip(campaigns, third, starts, ends, held, share, low, high, strict=True)
        ],
        dtype=object,
    )
    customdata = drill(len(frame), start=starts, until=ends)
    for number in range(len(names)):
        where = place == number
        figure.add_scatter(
            x=x[where],
            y=share[where],
            mode="lines+markers",
            line={"color": theme.main, "width": 2},
            marker={"size": 8, "color": theme.main},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": (high - share)[where],
                "arrayminus": (share - low)[where],
                "color": theme.muted,
                "thickness": 1.2,
                "width": 4,
            },
            showlegend=False,
            connectgaps=False,
            customdata=customdata[where],
            **hover(told[where]),
            row=1,
            col=1,
        )
    for number, color in enumerate((theme.heat[3], theme.heat[2], theme.heat[1])):
        where = third == number + 1
        figure.add_trace(
            go.Bar(
                x=x[where],
                y=held[where],
                width=0.86,
                name=parts[number],
                marker={"color": color},
                text=np.array([wording.count(n) for n in held[where]], dtype=object),
                textposition="inside",
                textangle=0,
                insidetextfont={"size": TINY, "color": theme.on_heat[3 - number]},
                customdata=customdata[where],
                **hover(told[where]),
            ),
            row=2,
            col=1,
        )
    dressed(figure, theme, 300, barmode="overlay", margin={"t": 34})
    finite = np.r_[low[~np.isnan(low)], high[~np.isnan(high)]]
    bottom = max(0.0, float(finite.min()) - 0.05) if finite.size else 0.0
    figure.update_yaxes(
        range=[bottom, min(1.0, float(finite.max()) + 0.03) if finite.size else 1], tickformat=".0%", nticks=4, row=1
    )
    tickvals, ticktext = wording.ticks(float(np.nanmax([*held, 1])), 2)
    figure.update_yaxes(tickvals=tickvals, ticktext=ticktext, row=2)
    room = max(8, 56 // max(len(names), 1))
    centres = np.arange(len(names)) * 3.6 + 1
    figure.update_xaxes(range=[-0.8, len(names) * 3.6 - 0.8], showgrid=False, tickangle=0)
    figure.update_xaxes(tickvals=centres, ticktext=[wording.wrapped(name, room) for name in names], row=2)
    for axis, title in (("", say("参与率（竖线为95%区间）")), ("2", say("次数"))):
        figure.add_annotation(
            text=f"<b>{title}</b>", x=0, y=1.02, xanchor="left", yanchor="bottom", xref="x domain", yref=f"y{axis} domain"
        )
    return figure.update_layout(legend={"y": -0.2, "yanchor": "top", "traceorder": "normal"})


def _month_ticks(figure: go.Figure, first: int, span: int, theme: Look) -> None:
    """Ticks of a month axis counted from `first` (months since 1970-01); the year where it begins, a line between years."""
    every = next(step for step in (1, 2, 3, 6, 12) if span / step <= 8 or step == 12)
    months = [month for month in range(first, first + span) if month % every == 0]
    if not months or months[0] - first >= every / 2:
        months.insert(0, first)
    words = []
    for place, month in enumerate(months):
        new = place == 0 or month // 12 != months[place - 1] // 12
        words.append(wording.month_name(month % 12 + 1) + "<br>" + (wording.year(1970 + month // 12) if new else " "))
    figure.update_xaxes(tickvals=np.array(months) - first + 0.5, ticktext=words, tickangle=0)
    for january in (month for month in range(first + 1, first + span) if month % 12 == 0):
        figure.add_shape(
            type="line",
            x0=january - first,
            x1=january - first,
            y0=0,
            y1=1,
            yref="y domain",
            line={"color": theme.muted, "width": 1},
        )
