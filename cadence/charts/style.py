"""The tokens in, Plotly's template and the few parts that pictures share out.

The brand's deep red is kept for the page header and never used here; alerts are amber. Categorical colours are Okabe and Ito's,
muted; heat is one hue; a signed difference is blue to orange. Backgrounds are transparent, so a picture sits on any page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import plotly.graph_objects as go

from cadence.tokens import DARK, FONT, LIGHT, SIZE, SMALL, TINY, Look

BELOW = {"yanchor": "top", "x": 0.5, "xref": "paper", "xanchor": "center", "traceorder": "normal"}
"""A legend in the middle below a round picture."""

LENGTHS = ("height", "minsize", "standoff", "xshift", "yshift", "ax", "ay", "itemwidth", "tracegroupgap")
SIZED = re.compile(r"font-size:\s*([\d.]+)px")


def look(dark: bool) -> Look:
    """The light or the dark theme."""
    return DARK if dark else LIGHT


def _template(theme: Look) -> go.layout.Template:
    axis = {
        "gridcolor": theme.grid,
        "linecolor": theme.line,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"color": theme.muted, "size": SMALL},
        "title": {"font": {"color": theme.muted, "size": SMALL}, "standoff": 6},
    }
    polar = {"bgcolor": "rgba(0,0,0,0)", "radialaxis": {"gridcolor": theme.grid}, "angularaxis": {"gridcolor": theme.grid}}
    faded = {"marker": {"opacity": 0.4}}
    return go.layout.Template(
        data={"bar": [{"unselected": faded}], "scatter": [{"unselected": faded}], "barpolar": [{"unselected": faded}]},
        layout={
            "font": {"family": FONT, "size": SIZE, "color": theme.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": list(theme.categories),
            "margin": {"l": 4, "r": 8, "t": 8, "b": 8},
            "xaxis": axis,
            "yaxis": axis,
            "polar": polar,
            "hovermode": "closest",
            "dragmode": False,
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 1.01,
                "yanchor": "bottom",
                "font": {"size": SMALL, "color": theme.ink},
                "tracegroupgap": 0,
                "itemwidth": 30,
                "itemclick": False,
                "itemdoubleclick": False,
            },
            "hoverlabel": {
                "bgcolor": theme.paper,
                "bordercolor": theme.line,
                "font": {"family": FONT, "size": SIZE, "color": theme.ink},
                "align": "left",
                "namelength": 0,
            },
            "bargap": 0.3,
            "annotationdefaults": {"font": {"size": SMALL, "color": theme.muted}, "showarrow": False},
        },
    )


TEMPLATES = {False: _template(LIGHT), True: _template(DARK)}


def dressed(figure: go.Figure, theme: Look, height: int, **layout: object) -> go.Figure:
    """The figure with the template of the theme, its height in px and further layout."""
    return figure.update_layout(template=TEMPLATES[theme.dark], height=int(height), **layout)


def enlarged(figure: go.Figure, times: float) -> go.Figure:
    """The same picture for a wall: words, marks, margins and height that many times as large."""
    traces = [_enlarged(trace.to_plotly_json(), times) for trace in figure.data]
    return go.Figure(traces, _enlarged(figure.layout.to_plotly_json(), times))


def _enlarged(part: dict, times: float, within: str = "") -> dict:
    """A part of a figure with its lengths in px multiplied; what is data or a share of the plot stays."""
    return {name: _larger(name, value, times, within) for name, value in part.items()}


def _larger(name: str, value: object, times: float, within: str) -> object:
    if isinstance(value, dict):
        return _enlarged(value, times, "margin" if name == "margin" else name)
    if isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        return [_enlarged(part, times, name) for part in value]
    if isinstance(value, str):
        return SIZED.sub(lambda found: f"font-size:{float(found[1]) * times:.0f}px", value)
    if name in ("ticktext", "text") and isinstance(value, list | tuple | np.ndarray):
        return np.array([_larger("", one, times, "") for one in value], dtype=object)
    is_length = name in LENGTHS or within == "margin" or (name == "size" and within.endswith(("font", "marker")))
    if is_length and isinstance(value, int | float | np.ndarray) and not isinstance(value, bool):
        return value * times
    return value


def hover(texts: Iterable[str]) -> dict[str, object]:
    """Trace properties that show one ready text per mark."""
    return {"hovertext": np.array(list(texts), dtype=object), "hovertemplate": "%{hovertext}<extra></extra>"}


def written(
    x: np.ndarray, y: np.ndarray, texts: Iterable[str], color: str, position: str = "middle right", size: int = TINY
) -> go.Scatter:
    """Words set at places of the plot; one trace, because many annotations take seconds."""
    if position == "middle right":
        texts = ("\u00a0" + text.replace("<br>", "<br>\u00a0") for text in texts)
    return go.Scatter(
        x=x,
        y=y,
        mode="text",
        text=np.array(list(texts), dtype=object),
        textposition=position,
        textfont={"size": size, "color": color},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )


def between(x: np.ndarray, low: np.ndarray, high: np.ndarray, theme: Look) -> go.Scatter:
    """The faint area between two lines: a range, which tells nothing by itself."""
    return go.Scatter(
        x=np.r_[x, x[::-1]],
        y=np.r_[high, low[::-1]],
        fill="toself",
        mode="lines",
        line={"width": 0},
        fillcolor=faint(theme.main),
        hoverinfo="skip",
        showlegend=False,
    )


def blank(theme: Look, words: str, height: int = 160) -> go.Figure:
    """A picture that only says why there is nothing to see."""
    figure = dressed(go.Figure(), theme, height, xaxis={"visible": False}, yaxis={"visible": False})
    return figure.add_annotation(
        text=words, x=0.5, y=0.5, xref="paper", yref="paper", font={"size": 13, "color": theme.muted}, showarrow=False
    )


def faint(color: str, opacity: float = 0.14) -> str:
    """A colour of #rrggbb as it looks laid thinly over the page."""
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
