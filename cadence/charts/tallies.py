"""Picture of a list with a number each: words, forms, steps, classes; as counts, or as shares of a stated whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence.catalogue import vocabulary
from cadence.charts import wording
from cadence.charts.columns import days, drill, numbers, texts
from cadence.charts.rows import TOO_FEW
from cadence.charts.style import SMALL, Look, blank, dressed, hover, written
from cadence.words import say

ROOM = 22
"""Half-width characters of a label's line."""


def tally(frame: pd.DataFrame, theme: Look, compare: pd.DataFrame | None = None, marks: pd.DataFrame | None = None) -> go.Figure:
    """清单图: a bar per item from the top down, in the order of the answer, with its number and first day (if any) at its end.

    Roles: label (id or words; empty: all the others, written but without a bar), value (count); of (count: bars are shares of it,
    withheld below five; 0: no ledger has the column); group (id: colour, pattern, legend); start, until (days that a click opens).
    """
    frame = frame[frame["value"].notna()].reset_index(drop=True)
    if frame.empty:
        return blank(theme, say("所选范围内没有这样的情形"))
    ids, value = texts(frame["label"]), numbers(frame["value"])
    labels = _labels(ids)
    of = numbers(frame["of"]) if "of" in frame else None
    length = value if of is None else np.where(of >= TOO_FEW, value / np.where(of > 0, of, np.nan), np.nan)
    length, rows = np.where(ids == "", 0.0, length), np.arange(len(frame))
    figure = go.Figure()
    for where, name, color, pattern in _groups(frame, theme):
        if not where.any():
            continue
        figure.add_bar(
            orientation="h",
            y=rows[where],
            x=length[where],
            name=name,
            showlegend=bool(name),
            width=0.62,
            marker={
                "color": color,
                "pattern": {"shape": pattern, "fgcolor": theme.paper, "fillmode": "overlay", "size": 6, "solidity": 0.2},
            },
            customdata=_drill(frame)[where],
            **hover(np.array([_told(label, v, n) for label, v, n in _each(labels, value, of)], dtype=object)[where]),
        )
    longest = float(np.nanmax([*length, 0]))
    top = max(longest, 0.05) if of is not None else max(longest, 1)
    ends = [_end(v, n) for _, v, n in _each(labels, value, of)]
    if "start" in frame:
        ends = [f"{end} · {wording.date(day)}" for end, day in zip(ends, days(frame["start"]), strict=True)]
    figure.add_trace(written(np.nan_to_num(length), rows, ends, theme.ink, size=SMALL))
    lines = max(label.count("<br>") for label in labels) + 1
    legend = 30 if "group" in frame else 6
    dressed(figure, theme, legend + 10 + (9 + 14 * lines) * max(len(frame), 3), margin={"t": legend}, bargap=0.2)
    figure.update_yaxes(
        tickvals=rows, ticktext=labels, range=[len(frame) - 0.5, -0.5], showgrid=False, tickfont={"color": theme.ink}
    )
    room = 2.1 if "start" in frame else 1.3 if of is None else 1.75
    figure.update_xaxes(visible=False, range=[0, top * room])
    return figure.update_layout(legend={"traceorder": "normal"})


def _each(labels: Sequence[str], value: np.ndarray, of: np.ndarray | None) -> list[tuple[str, float, float | None]]:
    return list(zip(labels, value, [None] * len(value) if of is None else of, strict=True))


def _labels(ids: np.ndarray) -> list[str]:
    known = vocabulary().get("part", {})
    words = [wording.named("part", id) if id in known else id or say("其余") for id in ids]
    return [wording.wrapped(word if wording.width(word) <= 2 * ROOM else wording.short(word, 2 * ROOM), ROOM) for word in words]


def _end(value: float, of: float | None) -> str:
    """The number written behind a bar."""
    if of is None:
        return wording.count(value)
    if not of > 0:
        return say("台账没有这一列")
    if of < TOO_FEW:
        return say("样本不足")
    return f"<b>{wording.share(value / of)}</b> {wording.count(value)}/{wording.count(of)}"


def _told(label: str, value: float, of: float | None) -> str:
    plain = label.replace("<br>", "")
    if of is None:
        return f"{plain}<br>{wording.count(value)}"
    return say("{label}<br>{value} 次，共 {n} 次", label=plain, value=wording.count(value), n=wording.count(of))


def _groups(frame: pd.DataFrame, theme: Look) -> list[tuple[np.ndarray, str, str, str]]:
    """Per group its rows, word, colour and pattern; what is ordinary in the first colour, what is to be looked at hatched amber."""
    if "group" not in frame:
        unsaid = texts(frame["label"]) == "unsaid"
        return [(~unsaid, "", theme.main, ""), (unsaid, "", theme.missing, ".")]
    ids = texts(frame["group"])
    looks = {"broad": (theme.alert, "/"), "stale": (theme.alert, "/"), "digital": (theme.good, ""), "other": (theme.soft, "")}
    return [(ids == id, wording.named("part", id), *looks.get(id, (theme.main, ""))) for id in dict.fromkeys(ids)]


def _drill(frame: pd.DataFrame) -> np.ndarray:
    """Where a click leads: the days, or for words and forms, which come in groups, the word."""
    if "group" in frame:
        return np.column_stack([drill(len(frame)), texts(frame["label"])])
    if "start" not in frame:
        return drill(len(frame))
    return drill(len(frame), start=days(frame["start"]), until=days(frame["until"]))
