"""The officer's guide to the import, docs/导入指南.md, and its English twin, inside the page."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from cadence.words import say

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURE = re.compile(r"^!\[(.*)\]\((.+)\)$", re.MULTILINE)


def guide() -> None:
    """A button that opens the guide over the page, so that nobody loses their place."""
    if st.button(say("使用指南"), icon=":material/menu_book:", type="tertiary", key="guide"):
        st.dialog(say("使用指南"), width="large")(_shown)()


def _shown() -> None:
    """The text with its pictures; its title is that of the dialog, links to other files mean nothing here."""
    text = (DOCS / say("导入指南.md")).read_text(encoding="utf-8")
    parts = PICTURE.split(text.partition("\n")[2])
    for place in range(0, len(parts), 3):
        if parts[place].strip():
            st.markdown(parts[place])
        if place + 2 < len(parts):
            st.image(str(DOCS / parts[place + 2]), caption=parts[place + 1])
