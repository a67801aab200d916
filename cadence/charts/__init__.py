"""An indicator's answer in, its picture out: one function per kind of picture, dispatched by the catalogue's `chart`.

Each function takes the answer with its columns renamed to the roles that `draws` gives them, the theme, and where they apply
the same answer for the comparison period and the indicator drawn as lines. Every mark carries customdata
[unit, type, start, until] and, of words and forms, the word (ISO days; "" where it does not narrow the selection), so that a click
leads to the activities behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pandas as pd
import plotly.graph_objects as go

from cadence.charts import (
    balance,
    circles,
    distributions,
    grids,
    intervals,
    mixes,
    panels,
    points,
    portraits,
    profiles,
    ratios,
    rows,
    runs,
    scores,
    shares,
    spread,
    steps,
    style,
    swarm,
    tallies,
    tasks,
    timelines,
    weekdays,
    weeks,
    wins,
)
from cadence.words import say


def named(*kinds: Callable[..., go.Figure]) -> dict[str, Callable[..., go.Figure]]:
    """Kinds of picture by the names of their functions. Raises ValueError where two modules name one alike."""
    found: dict[str, Callable[..., go.Figure]] = {}
    for kind in kinds:
        if kind.__name__ in found:
            raise ValueError(f"two kinds are named “{kind.__name__}”: in {found[kind.__name__].__module__} and {kind.__module__}")
        found[kind.__name__] = kind
    return found


KINDS = named(
    panels.trio,
    timelines.burn_up,
    rows.bars,
    rows.dumbbell,
    rows.paired,
    tasks.task_map,
    grids.heat,
    grids.matrix,
    grids.presence,
    weeks.ribbon,
    weeks.calendar,
    points.scatter,
    points.funnel,
    circles.wheel,
    spread.spread,
    circles.onion,
    profiles.profile,
    profiles.lamp,
    mixes.mix,
    mixes.stacked,
    mixes.duties,
    ratios.whiskers,
    runs.states,
    runs.thirds,
    steps.ladder,
    steps.strip,
    weekdays.fingerprint,
    scores.ridge,
    scores.quadrants,
    intervals.against_usual,
    balance.segments,
    balance.mirror,
    tallies.tally,
    distributions.spans,
    distributions.spots,
    wins.wins,
    shares.intervals,
    shares.trend,
    shares.composition,
    swarm.swarm,
    swarm.against,
    portraits.multiples,
    portraits.ranges,
)
NOT_DRAWN = ("table", "none")
"""Kinds whose rows are shown as they are, or not at all."""


class Drawable(Protocol):
    """What a picture needs of a catalogue entry."""

    id: str
    chart: str
    draws: Mapping[str, str]


def draw(
    entry: Drawable,
    frame: pd.DataFrame,
    *,
    dark: bool = False,
    compare: pd.DataFrame | None = None,
    marks: pd.DataFrame | None = None,
) -> go.Figure | None:
    """The picture of an answer; None where the entry is shown as a table or not at all.

    `frame` and `compare` have the columns of the indicator's header; `marks` those of the indicator that the entry's `marks` names.
    Raises ValueError for a chart that does not exist.
    """
    if entry.chart in NOT_DRAWN:
        return None
    if entry.chart == "figure":
        return spark(frame, dark=dark, draws=entry.draws)
    if entry.chart not in KINDS:
        raise ValueError(
            f"[{entry.id}] chart is “{entry.chart}”; expected one of {', '.join(sorted(KINDS))}, figure, {', '.join(NOT_DRAWN)}"
        )
    theme = style.look(dark)
    if frame.empty:
        return style.blank(theme, say("所选范围内没有数据"))
    earlier = None if compare is None or compare.empty else in_roles(compare, entry.draws)
    return KINDS[entry.chart](in_roles(frame, entry.draws), theme, earlier, marks)


def spark(frame: pd.DataFrame, *, dark: bool = False, draws: Mapping[str, str] | None = None) -> go.Figure:
    """A sparkline of numerator ÷ denominator over period, for a headline figure."""
    roles = draws or {name: name for name in ("period", "numerator", "denominator", "n", "even") if name in frame}
    return timelines.spark(in_roles(frame, roles), style.look(dark))


def in_roles(frame: pd.DataFrame, draws: Mapping[str, str]) -> pd.DataFrame:
    """The columns that a picture uses, named by their roles; without the last bits, which differ from one sum to the next."""
    columns = {role: frame[column] for role, column in draws.items()}
    rounded = {role: values.round(12) if values.dtype.kind == "f" else values for role, values in columns.items()}
    return pd.DataFrame(rounded).reset_index(drop=True)
