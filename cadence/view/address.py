"""A choice that only one page has: its value from the address in, the control out; what is picked goes back into the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from cadence import words


def choice(kind: Callable[..., Any], name: str, label: str, value: Any, default: str = "", apart: str = "", **more: Any) -> None:
    """A control of Streamlit under a parameter of the address; its default is not written there.

    `apart` keeps controls apart whose options differ, by unit or year: each has a state of its own, as each language has.
    """
    key = f"{name}-{words.language()}-{apart}"
    if st.session_state.get(key) != value:
        st.session_state[key] = value

    def picked() -> None:
        put(name, str(st.session_state[key] or default), default)

    kind(label, key=key, on_change=picked, **more)


def put(name: str, value: str, default: str = "") -> None:
    """Write a parameter of the address; the default is left out of it."""
    if value != default:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
