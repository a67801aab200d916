"""Loads of the weeks ahead in; the level plan against what would come without it, as a picture, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.style import SMALL, Look, dressed, hover, look
from cadence.words import say

DAY = np.timedelta64(1, "D")
BAR = 5.4
"""Width of a week's bar in days; the rest of the seven is air."""


@dataclass(frozen=True)
class Load:
    """Weeks from Monday on. level, usual: activities planned and otherwise; later: those held in the end, None where that is ahead.

    first: the Monday of the first week; before: the words for `usual`; working: working days of each week; off: days off on Monday
    to Friday, and the word for them; inspections: first day and name. Shapes (weeks,).
    """

    first: np.datetime64
    level: np.ndarray
    usual: np.ndarray
    before: str
    working: np.ndarray
    later: np.ndarray | None = None
    off: Sequence[tuple[np.datetime64, str]] = ()
    inspections: Sequence[tuple[np.datetime64, str]] = ()


def loads(its: Load, *, dark: bool = False) -> go.Figure:
    """每周次数：bars of the plan, a stepped line of what would come without it, a thin grey one of what came; days off hatched.

    Bars have the place of their week on a true axis of days, so that a short week is seen to be short.
    """
    theme, figure = look(dark), go.Figure()
    weeks = its.first + 7 * DAY * np.arange(len(its.level))
    middle = weeks.astype("datetime64[h]") + np.timedelta64(60, "h")
    lines = [its.usual] if its.later is None else [its.usual, its.later]
    highest = float(max(1.0, *(line.max(initial=0) for line in (its.level, *lines))))
    ceiling = highest * 1.14
    _off(figure, its, theme, ceiling)
    width = BAR * 86_400_000
    told = [_told(its, week, number) for number, week in enumerate(weeks)]
    figure.add_bar(
        x=middle, y=its.level, width=np.full(len(weeks), width), name=say("均衡排期"), marker={"color": theme.main}, **hover(told)
    )
    _line(figure, weeks, its.usual, its.before, {"color": theme.alert, "width": 2}, told)
    if its.later is not None:
        _line(figure, weeks, its.later, say("后来实际"), {"color": theme.muted, "width": 1.5, "dash": "dot"}, told)
    for day, name in its.inspections:
        figure.add_shape(
            type="line", x0=str(day), x1=str(day), y0=0, y1=ceiling, line={"color": theme.line, "width": 1, "dash": "dash"}
        )
        figure.add_annotation(
            x=str(day),
            y=ceiling,
            text=wording.wrapped(name, 8),
            align="right",
            xanchor="right",
            yanchor="top",
            xshift=-3,
            font={"color": theme.muted, "size": SMALL},
        )
    dressed(figure, theme, 320, barmode="overlay", margin={"l": 4, "r": 8, "t": 30, "b": 8}, legend={"traceorder": "normal"})
    tickvals, ticktext = wording.ticks(highest)
    figure.update_yaxes(tickvals=tickvals, ticktext=ticktext, range=[0, ceiling], title={"text": say("每周次数")})
    return figure.update_xaxes(**_months(weeks))


def _off(figure: go.Figure, its: Load, theme: Look, ceiling: float) -> None:
    """Days off between Monday and Friday as hatched stripes behind the bars, one mark for each."""
    if not its.off:
        return
    figure.add_bar(
        x=np.array([day for day, _ in its.off], dtype="datetime64[h]") + np.timedelta64(12, "h"),
        y=np.full(len(its.off), ceiling),
        width=np.full(len(its.off), 86_400_000.0),
        name=say("放假"),
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}, "pattern": {"shape": "/", "fgcolor": theme.missing, "size": 5}},
        **hover(say("{day}：{name}", day=wording.date(day), name=name) for day, name in its.off),
    )


def _line(figure: go.Figure, weeks: np.ndarray, values: np.ndarray, name: str, line: dict, told: list[str]) -> None:
    """A load as steps over whole weeks."""
    figure.add_scatter(
        x=np.append(weeks, weeks[-1:] + 7 * DAY),
        y=np.append(values, values[-1:]),
        mode="lines",
        name=name,
        line={**line, "shape": "hv"},
        **hover([*told, told[-1]] if told else []),
    )


def _told(its: Load, week: np.datetime64, number: int) -> str:
    """What a reader sees of one week."""
    values = {"from_": wording.date(week), "to": wording.date(week + 6 * DAY), "days": int(its.working[number])}
    lines = [
        say("{from_}—{to}，工作日 {days} 天", **values),
        say("{name}：{n} 次", name=say("均衡排期"), n=wording.count(its.level[number])),
        say("{name}：{n} 次", name=its.before, n=wording.count(its.usual[number])),
    ]
    if its.later is not None:
        lines.append(say("{name}：{n} 次", name=say("后来实际"), n=wording.count(its.later[number])))
    return "<br>".join(lines)


def _months(weeks: np.ndarray) -> dict[str, object]:
    """The axis from the first week to the last, with the beginnings of months; every other one of many."""
    start, end = weeks[0], weeks[-1] + 7 * DAY
    months = np.arange(start.astype("datetime64[M]"), end.astype("datetime64[M]") + 1)
    shown = [month for month in months if start <= month.astype("datetime64[D]") < end][:: 1 if len(months) < 8 else 2]
    return {
        "tickvals": [str(month.astype("datetime64[D]")) for month in shown],
        "ticktext": [wording.month_name(month.astype(int) % 12 + 1) for month in shown],
        "range": [str(start), str(end)],
        "showgrid": False,
        "ticks": "outside",
    }
