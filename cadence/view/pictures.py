"""A figure in; the picture on the page, with its one button that takes it away, larger on a wall, out."""

from __future__ import annotations

from collections.abc import Callable

import plotly.graph_objects as go
import streamlit as st

from cadence import tokens
from cadence.charts import style
from cadence.filters import Filters

CONFIG = {
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}


def picture(figure: go.Figure, key: str, chosen: Filters, alt: str, clicked: Callable[[], None] | None = None) -> None:
    """Draw a figure; `alt` says in words what it shows, `clicked` is what a click on one of its marks does."""
    st.plotly_chart(
        style.enlarged(figure, tokens.PRESENTED) if chosen.present else figure,
        key=key,
        theme=None,
        config=CONFIG,
        on_select=clicked or "ignore",
        selection_mode="points",
        alt=alt,
    )
