"""Lines along the months and quarters: progress through the year, and the sparkline."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import days, drill, month_end, numbers, quarter_end
from cadence.charts.style import Look, between, dressed, hover
from cadence.words import say


def burn_up(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """年度进度线: the latest year's work cumulated, against what is due and planned; earlier years thin and grey.

    At most two earlier years. An unfinished year goes on dotted at its pace, with the 90 % range of a gamma-Poisson prediction
    (rhythm.md, 4.10).
    Roles: month, held, due, planned (counts from the start of the year; held is empty after the last month reported).
    """
    months = days(frame["month"])
    years = months.astype("datetime64[Y]").astype(int) + 1970
    number = months.astype("datetime64[M]").astype(int) % 12 + 1
    held, due, planned = (numbers(frame[role]) for role in ("held", "due", "planned"))
    told = years[~np.isnan(held)]
    latest = int(told.max()) if told.size else int(years.max())
    figure = go.Figure()
    here = years == latest
    line = {"color": theme.main, "width": 3.5}
    name = say("{year}已开展", year=wording.year(latest))
    _year_line(figure, number[here], held[here], months[here], name, line, mode="lines+markers")
    _forecast(figure, number[here], held[here], theme)
    if not np.isnan(planned[here]).all():
        dash = {"color": theme.good, "width": 2, "dash": "dashdot"}
        _year_line(figure, number[here], planned[here], months[here], say("计划"), dash)
    dash = {"color": theme.alert, "width": 2, "dash": "dash"}
    _year_line(figure, number[here], due[here], months[here], say("规定应开展"), dash)
    for earlier, dash in zip(sorted(set(years[years < latest]), reverse=True), ("solid", "dot"), strict=False):
        past = years == earlier
        line = {"color": theme.line, "width": 1.5, "dash": dash}
        _year_line(figure, number[past], held[past], months[past], wording.year(earlier), line)
    highest = float(np.nanmax([*held, *due[here], *planned[here], *_projected(number[here], held[here])[2], 1]))
    tickvals, ticktext = wording.ticks(highest)
    dressed(figure, theme, 340)
    figure.update_yaxes(
        tickvals=tickvals, ticktext=ticktext, range=[0, max(highest, tickvals[-1]) * 1.04], title={"text": say("自年初累计（次）")}
    )
    every = np.array([1, 3, 6, 9, 12])
    figure.update_xaxes(tickvals=every, ticktext=[wording.month_name(m) for m in every], range=[0.7, 12.3], showgrid=False)
    return figure


def _year_line(
    figure: go.Figure, number: np.ndarray, values: np.ndarray, months: np.ndarray, name: str, line: dict, mode: str = "lines"
) -> None:
    figure.add_scatter(
        x=number,
        y=values,
        name=name,
        mode=mode,
        line=line,
        marker={"size": 6},
        connectgaps=False,
        customdata=drill(len(months), start=months.astype("datetime64[Y]").astype("datetime64[D]"), until=month_end(months)),
        **hover(
            say("{name} · 截至{month}：{value} 次", name=name, month=wording.month(day), value=wording.count(value))
            for day, value in zip(months, values, strict=True)
        ),
    )


def _projected(number: np.ndarray, held: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Months still to come, and for each the middle, high and low cumulated count at the present pace."""
    told = ~np.isnan(held)
    nothing = np.array([])
    if not told.any() or told[number == 12].any():
        return nothing, nothing, nothing, nothing
    last = number[told].max()
    done = held[told][-1]
    ahead = np.arange(last, 13)
    mean = (done + 0.5) * (ahead - last) / last
    spread = 1.645 * np.sqrt(mean * (1 + (ahead - last) / last))
    return ahead, done + mean, done + mean + spread, np.maximum(done, done + mean - spread)


def _forecast(figure: go.Figure, number: np.ndarray, held: np.ndarray, theme: Look) -> None:
    ahead, middle, high, low = _projected(number, held)
    if not ahead.size:
        return
    figure.add_trace(between(ahead, low, high, theme))
    figure.add_scatter(
        x=ahead,
        y=middle,
        mode="lines",
        line={"color": theme.main, "width": 2, "dash": "dot"},
        name=say("按目前节奏推算"),
        customdata=drill(len(ahead)),
        **hover(
            say(
                "按目前节奏，到{month}约 {middle} 次（{low}–{high}）",
                month=wording.month_name(m),
                middle=wording.count(a),
                low=wording.count(c),
                high=wording.count(b),
            )
            for m, a, b, c in zip(ahead, middle, high, low, strict=True)
        ),
    )


def spark(frame: pd.DataFrame, theme: Look) -> go.Figure:
    """A line of a word's size: numerator ÷ denominator over the periods, the last one dotted; gaps stay gaps.

    Roles: period, numerator, denominator, n, and optionally even (the share to compare with; periods are then years).
    """
    periods, n = days(frame["period"]), numbers(frame["n"])
    denominator = numbers(frame["denominator"])
    shares = numbers(frame["numerator"]) / np.where(denominator > 0, denominator, np.nan)
    yearly = "even" in frame
    name = (lambda day: wording.year(int(str(day)[:4]))) if yearly else wording.quarter
    last_day = (periods.astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1 if yearly else quarter_end(periods)
    hovertext = [
        f"{name(day)} · {wording.share(value)} · n={wording.count(size)}"
        for day, value, size in zip(periods, shares, n, strict=True)
    ]
    sizes = np.zeros(len(shares))
    told = np.flatnonzero(~np.isnan(shares))
    if told.size:
        sizes[told[-1]] = 8
    figure = go.Figure()
    if yearly and not np.isnan(even := numbers(frame["even"])).all():
        figure.add_scatter(
            x=periods,
            y=even,
            mode="lines",
            line={"color": theme.muted, "width": 1, "dash": "dot"},
            hoverinfo="skip",
            showlegend=False,
        )
    x, y = _with_gaps(periods, shares, yearly)
    figure.add_scatter(
        x=x, y=y, mode="lines", line={"color": theme.main, "width": 2}, hoverinfo="skip", connectgaps=False, showlegend=False
    )
    figure.add_scatter(
        x=periods,
        y=shares,
        mode="markers",
        marker={"size": np.maximum(sizes, 4), "color": theme.main, "opacity": np.where(sizes > 0, 1.0, 0.35)},
        showlegend=False,
        customdata=drill(len(frame), start=periods, until=last_day),
        **hover(hovertext),
    )
    dressed(figure, theme, 48, margin={"l": 6, "r": 6, "t": 6, "b": 6}, xaxis={"visible": False}, yaxis={"visible": False})
    if told.size:
        low, high = float(np.nanmin(shares)), float(np.nanmax(shares))
        air = max(0.02, (high - low) * 0.2)
        figure.update_yaxes(range=[low - air, high + air])
    return figure


def _with_gaps(periods: np.ndarray, shares: np.ndarray, yearly: bool) -> tuple[np.ndarray, np.ndarray]:
    """The line's points on every quarter (year) from the first to the last; nan where the result has none."""
    if not len(periods):
        return periods, shares
    months = periods.astype("datetime64[M]")
    every = np.arange(months.min(), months.max() + 1, 12 if yearly else 3)
    known = dict(zip(months.tolist(), shares.tolist(), strict=True))
    return every.astype("datetime64[D]"), np.array([known.get(month, np.nan) for month in every.tolist()])
