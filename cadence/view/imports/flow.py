"""The four steps of an import: 选择文件 → 核对识别 → 处理问题 → 确认入库, and the way between them."""

from __future__ import annotations

import streamlit as st

from cadence.drafts import Draft
from cadence.progress import Job
from cadence.view import house, jobs
from cadence.view.imports import choose, confirm, doubts, receipt, recognised
from cadence.words import Message, say

STEPS = {"choose": "选择文件", "recognised": "核对识别", "doubts": "处理问题", "confirm": "确认入库"}


def upload() -> None:
    """The step that the reader is at; between two steps, how far the reading is."""
    if receipt.shown():
        return
    draft: Draft | None = st.session_state.get("_draft")
    if "_job" in st.session_state:
        jobs.awaited("_job", _finish, drop)
        return
    step = st.session_state.get("_step", "choose") if draft else "choose"
    _steps(step, draft)
    if step == "choose" or draft is None:
        if files := choose.files(draft):
            start(Draft(files), "recognised")
        return
    {"recognised": recognised.draw, "doubts": doubts.draw, "confirm": confirm.draw}[step](draft, read_again)
    _ways(step, draft)


def start(draft: Draft, step: str) -> None:
    """Read a draft in the background and go on to a step when it is done."""
    st.session_state["_draft"], st.session_state["_step"] = draft, step
    store = house.present()
    st.session_state["_job"] = Job(lambda progress: draft.read(store, progress), Message("正在打开文件"))
    st.rerun()


def read_again() -> None:
    """Read the draft as it was answered and corrected meanwhile, and stay where we are."""
    start(st.session_state["_draft"], st.session_state["_step"])


def drop() -> None:
    """Forget the draft; the uploader is empty again."""
    for name in ("_draft", "_job", "_step"):
        st.session_state.pop(name, None)
    st.session_state["_round"] = st.session_state.get("_round", 0) + 1


def _finish(job: Job) -> None:
    if job.error:
        drop()
        raise job.error


def _steps(now: str, draft: Draft | None) -> None:
    """The four steps with the one we are at; a step can be gone to once there is a draft."""
    with st.container(horizontal=True, gap="small", key="steps"):
        for number, (step, title) in enumerate(STEPS.items(), start=1):
            with st.container(key=f"step_{'here' if step == now else step}", width="content"):
                count = _count(step, draft)
                label = f"{number}  {say(title)}" + (f" · {count}" if count else "")
                if st.button(label, key=f"to_{step}", type="tertiary", disabled=draft is None and step != now):
                    st.session_state["_step"] = step
                    st.rerun()


def _count(step: str, draft: Draft | None) -> int:
    """How many things wait at a step: sheets to look at, questions and errors to settle."""
    if draft is None or step not in ("recognised", "doubts"):
        return 0
    sheets = draft.sheets()
    if step == "recognised":
        return sum(sheet.verdict != "empty_template" or sheet.kind is not None for sheet in sheets)
    return len(draft.waiting) + sum(len(sheet.rejected) for sheet in sheets)


def _ways(step: str, draft: Draft) -> None:
    """Back, on, and out."""
    order = list(STEPS)
    place = order.index(step)
    with st.container(horizontal=True, key="ways"):
        if st.button(say("上一步"), icon=":material/arrow_back:", key="back"):
            st.session_state["_step"] = order[place - 1]
            st.rerun()
        if step != "confirm" and st.button(
            say("下一步：{step}", step=say(STEPS[order[place + 1]])), type="primary", icon=":material/arrow_forward:", key="on"
        ):
            st.session_state["_step"] = order[place + 1]
            st.rerun()
        if step == "confirm":
            confirm.button(draft)
        if st.button(say("放弃这次导入"), type="tertiary", key="drop"):
            drop()
            st.rerun()
