"""Work in the background, kept with the reader under a name, in; on the screen how far it is, and a way to end it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cadence import filters, words
from cadence.progress import Cancelled, Job
from cadence.view import house
from cadence.words import say

PATIENCE = 1.0
"""Seconds that a page waits for the work before it shows how far it is."""
ENDING = 10.0
"""Seconds that a page waits for work that was cancelled."""


def awaited(name: str, finish: Callable[[Job], None], drop: Callable[[], None]) -> None:
    """Show the job in `st.session_state[name]` until it is over; then `finish` takes it, or `drop` where it was cancelled."""
    job: Job = st.session_state[name]
    if job.wait(PATIENCE):
        _over(name, finish, drop)
    _progress(name, finish, drop)


@st.fragment(run_every=0.5)
def _progress(name: str, finish: Callable[[Job], None], drop: Callable[[], None]) -> None:
    words.speak(filters.read(house.store()).lang)
    job: Job | None = st.session_state.get(name)
    if job is None:
        return
    if job.wait(0):
        _over(name, finish, drop)
    st.progress(min(max(job.done, 0.02), 1.0), text=str(job.text))
    if st.button(say("取消"), icon=":material/close:", key=f"cancel{name}"):
        job.cancel()
        job.wait(ENDING)
        del st.session_state[name]
        drop()
        st.rerun()


def _over(name: str, finish: Callable[[Job], None], drop: Callable[[], None]) -> None:
    job: Job = st.session_state.pop(name)
    if isinstance(job.error, Cancelled):
        drop()
    else:
        finish(job)
    st.rerun()
