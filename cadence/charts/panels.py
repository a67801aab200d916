"""Count, rate and hours in three panels over the same months: the three are always read together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from cadence.charts import wording
from cadence.charts.columns import days, drill, month_end, numbers
from cadence.charts.style import Look, dressed, hover
from cadence.words import say

BAR = 21 * 86_400_000
"""Width of a month's bar in ms: 21 days."""
NEARLY_ALL = 0.9
"""Share of units reported from which a month counts as complete enough to be drawn unhatched."""


@dataclass(frozen=True)
class Panel:
    """One panel: its place (1 to 3), its title, how a value is written, and its values now and in the comparison period."""

    row: int
    title: str
    number: Callable[[float], str]
    values: np.ndarray
    before: np.ndarray

    @property
    def axis(self) -> str:
        """Plotly's number of the panel's axes."""
        return "" if self.row == 1 else str(self.row)

    @property
    def scale(self) -> tuple[np.ndarray, list[str], float]:
        """Tick values, their words, and the top of the axis."""
        highest = float(np.nanmax([*self.values, *self.before, 0]))
        tickvals, ticktext = wording.ticks(highest, 3)
        return tickvals, ticktext, max(highest, tickvals[-1]) * 1.08 or 1.0


def trio(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """数量·频次·时长: three panels over the same months; the comparison period dotted; grey where nobody reported.

    Roles: month, held (count), per_unit (per unit and month), hours (h per unit and month), reported, expected (units).
    """
    months = days(frame["month"])
    figure = make_subplots(rows=3, cols=1, shared_xaxes=True, vertical_spacing=0.12, row_heights=[0.4, 0.3, 0.3])
    for panel in _panels(frame, compare):
        traces = _bars(panel, frame, theme) if panel.row == 1 else [_line(panel, frame, theme)]
        traces += [_unreported(panel, frame, theme), _earlier(panel, months, compare, theme)]
        for trace in filter(None, traces):
            figure.add_trace(trace, row=panel.row, col=1)
        _words(figure, panel, frame, theme)
    dressed(figure, theme, 420, barmode="overlay", legend={"y": 1.07, "traceorder": "normal"})
    figure.update_xaxes(range=[str(months.min() - 16), str(months.max() + 16)], showgrid=False, tickangle=0)
    return figure.update_xaxes(tickformat=wording.month_format(), dtick="M1" if len(months) < 8 else None, row=3)


def _panels(frame: pd.DataFrame, compare: pd.DataFrame | None) -> list[Panel]:
    size = len(frame)
    panels = []
    for row, (role, title, number) in enumerate(
        (
            ("held", say("数量（次）"), wording.count),
            ("per_unit", say("频次（次/单位）"), wording.decimal),
            ("hours", say("时长（小时/单位）"), wording.decimal),
        ),
        start=1,
    ):
        before = np.full(size, np.nan) if compare is None else numbers(compare[role])[:size]
        before = np.pad(before, (0, size - len(before)), constant_values=np.nan)
        panels.append(Panel(row, title, number, numbers(frame[role]), before))
    return panels


def _partly(frame: pd.DataFrame) -> np.ndarray:
    """Months in which clearly fewer units reported than should have."""
    return numbers(frame["reported"]) < NEARLY_ALL * numbers(frame["expected"])


def _hatch(shape: object, theme: Look) -> dict[str, object]:
    return {"shape": shape, "fgcolor": theme.paper, "fillmode": "overlay", "size": 5, "solidity": 0.35}


def _told(panel: Panel, frame: pd.DataFrame) -> dict[str, object]:
    """Customdata and hover text of each month."""
    months = days(frame["month"])
    reported, expected = numbers(frame["reported"]), numbers(frame["expected"])
    texts = (
        say(
            "{month}<br>{title}：{value}<br>上报 {reported}/{expected} 个单位",
            month=wording.month(month),
            title=panel.title,
            value=panel.number(value),
            reported=wording.count(r),
            expected=wording.count(e),
        )
        for month, value, r, e in zip(months, panel.values, reported, expected, strict=True)
    )
    return {"customdata": drill(len(months), start=months, until=month_end(months)), **hover(texts)}


def _bars(panel: Panel, frame: pd.DataFrame, theme: Look) -> list[go.Bar]:
    """The bars, and their legend apart from them: Plotly would draw its entry as the first month happens to be."""
    partly = _partly(frame)
    marker = {"color": theme.main, "pattern": _hatch(np.where(partly, "/", ""), theme)}
    bars = go.Bar(
        x=days(frame["month"]),
        y=panel.values,
        width=BAR,
        name=say("本期"),
        marker=marker,
        showlegend=False,
        **_told(panel, frame),
    )
    known = ~np.isnan(panel.values)
    entries = [(say("本期"), "")] + ([(say("部分上报"), "/")] if (partly & known).any() else [])
    return [bars, *(_legend_only(name, shape, theme) for name, shape in entries)]


def _legend_only(name: str, shape: str, theme: Look) -> go.Bar:
    nothing = np.array([None], dtype=object)
    marker = {"color": theme.main, "pattern": _hatch(shape, theme)}
    return go.Bar(x=nothing, y=nothing, name=name, marker=marker, hoverinfo="skip")


def _line(panel: Panel, frame: pd.DataFrame, theme: Look) -> go.Scatter:
    return go.Scatter(
        x=days(frame["month"]),
        y=panel.values,
        mode="lines+markers",
        line={"color": theme.main if panel.row == 2 else theme.good, "width": 2},
        marker={"size": 6, "symbol": "circle" if panel.row == 2 else "square"},
        showlegend=False,
        connectgaps=False,
        **_told(panel, frame),
    )


def _unreported(panel: Panel, frame: pd.DataFrame, theme: Look) -> go.Bar | None:
    """A grey bar over the whole panel for each month that no unit reported."""
    months = days(frame["month"])[np.isnan(numbers(frame["held"]))]
    if not months.size:
        return None
    return go.Bar(
        x=months,
        y=np.full(len(months), panel.scale[2]),
        width=BAR,
        name=say("未报"),
        showlegend=panel.row == 1,
        marker={"color": theme.missing, "opacity": 0.6},
        customdata=drill(len(months), start=months, until=month_end(months)),
        **hover(say("{month}：未报", month=wording.month(month)) for month in months),
    )


def _earlier(panel: Panel, months: np.ndarray, compare: pd.DataFrame | None, theme: Look) -> go.Scatter | None:
    """The comparison period, dotted, month by month under the months of this one."""
    if compare is None or np.isnan(panel.before).all():
        return None
    earlier = days(compare["month"])[: len(months)]
    return go.Scatter(
        x=months[: len(earlier)],
        y=panel.before[: len(earlier)],
        mode="lines",
        line={"color": theme.muted, "width": 1.5, "dash": "dot"},
        name=say("对比期"),
        showlegend=panel.row == 1,
        customdata=drill(len(earlier), start=earlier, until=month_end(earlier)),
        **hover(
            say("对比期 {month}：{value}", month=wording.month(day), value=panel.number(value))
            for day, value in zip(earlier, panel.before, strict=False)
        ),
    )


def _words(figure: go.Figure, panel: Panel, frame: pd.DataFrame, theme: Look) -> None:
    """Title and axis of a panel; what is said instead of a panel without values."""
    tickvals, ticktext, top = panel.scale
    figure.update_yaxes(tickvals=tickvals, ticktext=ticktext, range=[0, top], row=panel.row, col=1)
    place = {"xref": "x domain", "yref": f"y{panel.axis} domain"}
    figure.add_annotation(text=f"<b>{panel.title}</b>", x=0, y=1.02, xanchor="left", yanchor="bottom", **place)
    if np.isnan(panel.values).all():
        told = not np.isnan(numbers(frame["held"])).all()
        figure.add_annotation(text=say("台账未登记时长") if panel.row == 3 and told else say("未报"), x=0.5, y=0.5, **place)
