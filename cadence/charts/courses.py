"""One unit's year in, its burn-up out: what was done, where the present pace leads, and what was planned and due."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.charts import wording
from cadence.charts.columns import days, drill, numbers
from cadence.charts.style import SMALL, Look, between, dressed, hover, look, written
from cadence.words import say

DAY = np.timedelta64(1, "D")
ROOM = 62
"""Pixels of empty paper right of 31 December, for the words at the band's end."""
CLOSE, ROW = 0.1, 0.13
"""Shares of the height: below which two lines lie too close for both names above them; of the forecast's two rows of words."""


@dataclass(frozen=True)
class Course:
    """One unit's year, as `course` draws it.

    held: one row per activity of the year in order (day, is_counted: has no season of its own, is_ruled: of a kind that is due by
    the month or quarter). band: `warning.forecast`, days as dates. until: last day that the unit's organ has handed in.
    """

    unit: str
    held: pd.DataFrame
    band: pd.DataFrame
    planned: float
    due: float
    until: np.datetime64

    @property
    def judged(self) -> np.datetime64:
        """The day up to which the records are complete."""
        return self.band["day"].to_numpy(dtype="datetime64[D]")[0]

    @property
    def later(self) -> int | None:
        """What was done in the whole year, where the year is over; else None."""
        over = self.until >= self.judged.astype("datetime64[Y]") + 1 - np.timedelta64(1, "D")
        return int(self.held["is_counted"].sum()) if over else None

    @property
    def since(self) -> int:
        """Activities on record after the day judged; not all of them, while records still come in."""
        return int((self.held["is_counted"].to_numpy(dtype=bool) & (days(self.held["day"]) > self.judged)).sum())


def course(its: Course, *, dark: bool = False) -> go.Figure:
    """年内进度与推算: activities of the year as steps to the day judged, the 5–95 % band and middle line from there to 31 December.

    Plan and regulation are level lines, named where they begin; the kinds that the regulation counts have a thin line of their own,
    in its colour. What was recorded after the day judged goes on thin and grey. Every mark leads to the activities since 1 January.
    """
    theme, figure = look(dark), go.Figure()
    first = its.judged.astype("datetime64[Y]").astype("datetime64[D]")
    last = (first.astype("datetime64[Y]") + 1).astype("datetime64[D]") - DAY
    held = days(its.held["day"])
    counted = held[its.held["is_counted"].to_numpy()]
    ruled = held[its.held["is_ruled"].to_numpy()]
    done = counted[counted <= its.judged]
    highest = float(max(1, numbers(its.band["high"]).max(), len(counted), np.nan_to_num(its.planned), np.nan_to_num(its.due)))
    _framed(figure, theme, first, last, its.judged, highest)
    _band(figure, its, theme)
    _later(figure, its, theme, first, counted, highest)
    _goals(figure, its, theme, first, last, highest)
    if its.due > 0 and (told := ruled[ruled <= its.judged]).size:
        x, y = _stairs(told, first, its.judged)
        _steps(figure, its.unit, first, x, y, say("其中规定动作"), {"color": theme.alert_ink, "width": 1.5})
        if y[-1] < 0.9 * len(done):
            _word(figure, x[-1], y[-1], say("其中规定动作 {n}", n=int(y[-1])), theme.alert_ink, "left", "top")
    x, y = _stairs(done, first, its.judged)
    _steps(figure, its.unit, first, x, y, say("已开展"), {"color": theme.main, "width": 3.5})
    _word(figure, x[-1], y[-1], say("已开展 {n}", n=int(y[-1])), theme.main, "right", "bottom")
    return figure


def _framed(
    figure: go.Figure, theme: Look, first: np.datetime64, last: np.datetime64, judged: np.datetime64, highest: float
) -> None:
    """Axes from January to December and from 0 to a little above the highest, and the day judged as a line with its name."""
    ceiling = highest * 1.16
    figure.add_shape(type="line", x0=str(judged), x1=str(judged), y0=0, y1=ceiling, line={"color": theme.line, "width": 1})
    middle = first + (last - first) // 2
    figure.add_annotation(
        x=str(judged),
        y=ceiling,
        text=say("判断到{day}", day=wording.date(judged)),
        xanchor="right" if judged > middle else "left",
        yanchor="top",
        xshift=-4 if judged > middle else 4,
        font={"color": theme.muted, "size": SMALL},
        showarrow=False,
    )
    dressed(figure, theme, 320, showlegend=False, margin={"l": 4, "r": ROOM, "t": 8, "b": 8})
    tickvals, ticktext = wording.ticks(highest)
    figure.update_yaxes(tickvals=tickvals, ticktext=ticktext, range=[0, ceiling], title={"text": say("自年初累计（次）")})
    every = np.array([1, 3, 5, 7, 9, 11])
    starts = first.astype("datetime64[M]") + (every - 1)
    figure.update_xaxes(
        tickvals=starts.astype("datetime64[D]").astype(str),
        ticktext=[wording.month_name(month) for month in every],
        range=[str(first - 3 * DAY), str(last + DAY)],
        showgrid=False,
    )


def _goals(figure: go.Figure, its: Course, theme: Look, first: np.datetime64, last: np.datetime64, highest: float) -> None:
    """Plan and regulation as level lines; of two that lie close together, the lower one is named below its line."""
    plan, due = say("计划 {n} 次", n=wording.count(its.planned)), say("规定 {n} 次", n=wording.count(its.due))
    goals = ((its.planned, its.due, plan, "dashdot", theme.good), (its.due, its.planned, due, "dash", theme.alert_ink))
    for goal, other, words, dash, color in goals:
        if not goal > 0:
            continue
        is_close = 0 <= other - goal < CLOSE * highest and (other > goal or words == due)
        _level(figure, its.unit, first, last, goal, words, {"color": color, "width": 2, "dash": dash})
        _word(figure, first, goal, words, color, "left", "top" if is_close else "bottom")


def _later(figure: go.Figure, its: Course, theme: Look, first: np.datetime64, counted: np.ndarray, highest: float) -> None:
    """What was recorded after the day judged, named right of the year where the forecast's words leave room."""
    if its.until <= its.judged:
        return
    x = np.r_[its.judged, counted[counted > its.judged], its.until]
    before = int((counted <= its.judged).sum())
    y = np.r_[before + np.arange(len(x) - 1), len(counted)].astype(float)
    _steps(figure, its.unit, first, x, y, say("后来"), {"color": theme.muted, "width": 1.5})
    if its.since and its.later is not None:
        middle = float(its.band["middle"].iloc[-1])
        room = ROW * highest
        place = max(y[-1], middle + room) if y[-1] >= middle else min(y[-1], middle - room)
        figure.add_trace(written(x[-1:], np.array([place]), [say("后来 {n}", n=len(counted))], theme.muted, "middle right", SMALL))


def _band(figure: go.Figure, its: Course, theme: Look) -> None:
    """The 5–95 % range and the middle; words at its end. Nothing where only the day judged is there."""
    ahead = days(its.band["day"])
    low, middle, high = (numbers(its.band[name]) for name in ("low", "middle", "high"))
    if len(ahead) < 2:
        return
    figure.add_trace(between(ahead, low, high, theme))
    figure.add_scatter(
        x=ahead,
        y=middle,
        mode="lines",
        name=say("按目前节奏推算"),
        line={"color": theme.main, "width": 2, "dash": "dot"},
        customdata=drill(len(ahead), unit=its.unit),
        **hover(
            say(
                "按目前节奏，到{day}约 {middle} 次（{low}–{high}）",
                day=wording.date(day),
                **{name: wording.count(value) for name, value in (("middle", m), ("low", a), ("high", b))},
            )
            for day, m, a, b in zip(ahead, middle, low, high, strict=True)
        ),
    )
    words = say(
        "约 {middle}<br>{low}–{high}", **{name: wording.count(its.band[name].iloc[-1]) for name in ("middle", "low", "high")}
    )
    figure.add_trace(written(ahead[-1:], middle[-1:], [words], theme.main, "middle right", SMALL))


def _stairs(held: np.ndarray, first: np.datetime64, until: np.datetime64) -> tuple[np.ndarray, np.ndarray]:
    """Days and counts of a line that rises with each activity, from 0 on the first day to the last."""
    until = max(until, first)
    return np.r_[first, held, until], np.r_[np.arange(len(held) + 1), len(held)].astype(float)


def _steps(figure: go.Figure, unit: str, first: np.datetime64, x: np.ndarray, y: np.ndarray, name: str, line: dict) -> None:
    figure.add_scatter(
        x=x,
        y=y,
        name=name,
        mode="lines+markers",
        line={**line, "shape": "hv"},
        marker={"size": 1.7 * line["width"], "color": line["color"]},
        customdata=drill(len(x), unit=unit, start=np.repeat(first, len(x)), until=x),
        **hover(
            say("{name} · 截至{day}：{value} 次", name=name, day=wording.date(day), value=wording.count(value))
            for day, value in zip(x, y, strict=True)
        ),
    )


def _level(figure: go.Figure, unit: str, first: np.datetime64, last: np.datetime64, value: float, words: str, line: dict) -> None:
    x = np.array([first, last])
    figure.add_scatter(
        x=x,
        y=np.array([value, value], dtype=float),
        name=words,
        mode="lines",
        line=line,
        customdata=drill(2, unit=unit, start=np.repeat(first, 2), until=np.repeat(last, 2)),
        **hover([words, words]),
    )


def _word(figure: go.Figure, x: np.datetime64, y: float, words: str, color: str, xanchor: str, yanchor: str) -> None:
    """Words beside a place of the plot, clear of its line."""
    figure.add_annotation(
        x=str(x),
        y=float(y),
        text=words,
        xanchor=xanchor,
        yanchor=yanchor,
        xshift=4 if xanchor == "left" else -4,
        yshift=2 if yanchor == "bottom" else -2,
        font={"color": color, "size": SMALL},
        showarrow=False,
    )
