"""What stands where an answer cannot: empty, loading, too little, missing column, error. Each says why, and what can be done.

All five are calm: an icon and a sentence in the place of the picture, never a blank, never a colour alone.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

import streamlit as st

from cadence import settings
from cadence.words import Message, plain, say

ICONS = {"缺少列：{columns}": "view_column", "计算时间过长，已停止；请缩小时间或单位范围": "timer_off"}
"""Reasons with a mark of their own; any other is too little to judge."""

log = logging.getLogger("cadence")


@contextlib.contextmanager
def empty(title: str, text: str) -> Iterator[None]:
    """Nothing has been handed in yet: what this page will show, and below it the one thing to do first."""
    with st.container(border=True, key="nothing"):
        st.markdown(f"### {title}")
        st.markdown(text)
        yield


def loading(text: str) -> contextlib.AbstractContextManager[None]:
    """What takes seconds says what it is doing; what is faster says nothing."""
    return st.spinner(text)


def withheld(id: str, why: Message) -> None:
    """Too little for a judgement, or a column that no spreadsheet has: the reason, with the numbers or the column."""
    with st.container(key=f"withheld_{id}"):
        st.caption(f":material/{ICONS.get(why.text, 'hourglass_empty')}: {plain(str(why))}")


def error() -> None:
    """Something broke: said once, without a traceback in front of a leader; the rest of the page stands."""
    st.caption(f":material/error: {say('这一项没有显示出来：程序出错，已记入日志。其余各项不受影响。')}")


@contextlib.contextmanager
def guarded(id: str) -> Iterator[None]:
    """A part of a page whose failure leaves the rest standing; in development it is raised."""
    try:
        yield
    except Exception:
        if settings.load().development:
            raise
        log.exception("%s could not be shown", id)
        error()
