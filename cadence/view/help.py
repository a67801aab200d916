"""Help where it is needed: what a page is for, beside its title; and a tour of the first page that anybody may skip."""

from __future__ import annotations

import streamlit as st

from cadence import help
from cadence.words import say

TOUR = (
    ("findings", "先看“提示核实”：几句话说哪里值得问一问，点开就到依据。"),
    ("filters", "左侧选时间、单位和类型；网址记住这些选择，可以直接发给别人。"),
    ("figure_compliance", "每个数下面写明分子分母和已报比例；点图上的标记，就到背后的活动和表格原行。"),
    ("menu", "每季度把手头的表格原样拖进“数据导入”，不用另填。"),
)
"""Key of what a step points at, and what it says."""
SEEN = "cadence_tour"
"""The cookie that says the tour was seen or skipped."""


def page_help(stem: str) -> None:
    """怎么看: what the page answers, what to look at first, what to do then; nothing on a page that is for developers."""
    if not (text := help.pages().get(stem)):
        return
    with st.popover(say("怎么看"), icon=":material/help:", type="tertiary", key="help"):
        st.markdown(f"**{say(text.question)}**")
        st.markdown(say(text.look))
        st.markdown(f"**{say('然后')}** {say(text.then)}")


def tour() -> None:
    """Four steps for whoever comes first; each outlines what it speaks of. Skipped once, it stays away."""
    state = st.session_state
    if state.pop("_tour_leaving", False):
        st.html(
            f"<script>document.cookie = '{SEEN}=1; max-age=31536000; path=/; SameSite=Lax'</script>", unsafe_allow_javascript=True
        )
    if state.get("_toured") or st.context.cookies.get(SEEN):
        return
    step = state.get("_tour", -1)
    with st.container(border=True, key="tour", horizontal=True, vertical_alignment="center", gap="small"):
        if step < 0:
            st.markdown(f":material/explore: **{say('第一次来？')}** {say('四步看懂这一页，一分钟。')}", width="stretch")
        else:
            key, text = TOUR[step]
            st.markdown(f":material/explore: **{step + 1} / {len(TOUR)}** {say(text)}", width="stretch")
            st.html(f"<style>.st-key-{key} {{ outline: 3px solid var(--alert); outline-offset: 4px; border-radius: 4px; }}</style>")
        is_last = step == len(TOUR) - 1
        forward = say("开始") if step < 0 else say("知道了") if is_last else say("下一步")
        if st.button(forward, key="tour_next", type="primary"):
            _turn(done=is_last)
        if not is_last and st.button(say("跳过"), key="tour_skip", type="tertiary"):
            _turn(done=True)


def _turn(done: bool) -> None:
    """To the next step, or away."""
    if done:
        st.session_state["_toured"] = True
        st.session_state["_tour_leaving"] = True
    else:
        st.session_state["_tour"] = st.session_state.get("_tour", -1) + 1
    st.rerun()
