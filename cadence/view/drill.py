"""From a mark to the activities behind it: a click opens the list, narrowed to the unit, kind and days of the mark."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from cadence.filters import Filters


def follow(id: str, picked: Any, chosen: Filters) -> None:
    """Open the list of activities behind the mark that was clicked; `customdata` is [unit, type, start, until]."""
    points = picked.selection.points if picked else []
    if not points or not (data := points[0].get("customdata")):
        return
    unit, kind, start, until = [*data, "", "", "", ""][:4] if isinstance(data, list) else (data, "", "", "")
    go(chosen, unit, kind, start, until)


def go(chosen: Filters, unit: str = "", kind: str = "", start: str = "", until: str = "") -> None:
    """Change to the list of activities; empty values keep what is chosen."""
    target = replace(chosen, unit=unit or chosen.unit, types=(kind,) if kind else chosen.types)
    days = {"days": [f"{start}..{until}"]} if start and until else {}
    st.switch_page("pages/records.py", query_params={**target.query(), **days})
