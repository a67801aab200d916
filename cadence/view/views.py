"""常用视图 in the sidebar: open a saved view, save the present one under a name, remove one."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from cadence import filters, views
from cadence.filters import Filters
from cadence.view import house
from cadence.views import ViewError
from cadence.words import plain, say


def popover(chosen: Filters, here: str, known: set[str]) -> None:
    """The popover; `here` is the page, `known` the pages there are: a view of a page that is gone is not shown."""
    with st.sidebar.popover(say("常用视图"), icon=":material/bookmark:", type="tertiary", key="views", on_change="rerun") as opened:
        if opened.open:
            _opened(chosen, here, known)


def query(chosen: Filters) -> str:
    """What is saved: every choice of the address, also those of the page alone, and the language; a look at the past is none."""
    kept: dict[str, Any] = {**filters.query(), **chosen.query(), "lang": chosen.lang}
    kept.pop("asof", None)
    return urlencode(kept, doseq=True)


def _opened(chosen: Filters, here: str, known: set[str]) -> None:
    store = house.present()
    found = views.listed(store)
    found = found[found["page"].isin(known)]
    for _, row in found.iterrows():
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(width="stretch"):
                st.button(
                    plain(row["name"]),
                    type="tertiary",
                    icon=":material/arrow_forward:",
                    key=f"view_{row['view']}",
                    on_click=_go,
                    args=(row["page"], row["query"]),
                )
            st.button(
                say("移除"),
                type="tertiary",
                icon=":material/close:",
                key=f"view_remove_{row['view']}",
                on_click=views.remove,
                args=(store, int(row["view"])),
            )
    if found.empty:
        st.caption(say("还没有常用视图。把现在的页面、时间、单位、类型、对比和语言存下来，下次一点就到。"))
    name = st.text_input(say("名称"), placeholder=say("例：季度例会"), max_chars=views.LONGEST, key=f"view_name_{len(found)}")
    if st.button(say("保存当前视图"), key="view_save", disabled=not name.strip()):
        try:
            views.save(store, name, here, query(chosen))
        except ViewError as error:
            st.error(str(error.message))
            return
        st.rerun()


def _go(page: str, query: str) -> None:
    """Note where to go; `frame.title` goes there at the start of the next run."""
    st.session_state["_go"] = (page, parse_qs(query))
