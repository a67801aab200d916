"""The report on the screen: what kind and which formats, how far it is, every page as it will be, and the files to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from cadence import files, filters, settings
from cadence.filters import Filters
from cadence.progress import Job
from cadence.report import FORMATS, KINDS, ReportError, make
from cadence.view import house, jobs
from cadence.view.address import choice
from cadence.words import Message, plain, say

if TYPE_CHECKING:
    from cadence.report.edition import Edition

KIND = "report"
"""Name in the address: which report."""
NAMES = {"brief": "一页纸", "analysis": "分析报告"}
ABOUT = {
    "brief": "一页：主要情况、六项数字、两张图。",
    "analysis": "各方面的提示、图和表，需要看一看的单位，备注；附数据来源与口径。",
}
KINDS_OF_FILE = {"docx": files.DOCX, "pdf": "application/pdf", "xlsx": files.XLSX}
PAGES, SHEET = 40, 400
"""Pages that the preview shows at most, and the width of each, px."""


def report() -> None:
    """The page's content: the choices, then what they lead to."""
    store = house.store()
    chosen = filters.read(store)
    kind, formats = _choices(chosen)
    asked = (kind, formats, chosen, store.path, store.version)
    if st.session_state.get("_report_of") != asked:
        _drop()
    if "_report_job" in st.session_state:
        jobs.awaited("_report_job", _finish, _drop)
        return
    made = st.session_state.get("_report")
    if made is None:
        if error := st.session_state.pop("_report_error", None):
            st.error(plain(str(error)), icon=":material/error:")
        label = say("生成报告")
        if st.button(label, type="primary", icon=":material/description:", key="make_report", disabled=not formats):
            _begin(asked)
        return
    _files(made)
    _preview(made)


def _choices(chosen: Filters) -> tuple[str, tuple[str, ...]]:
    """Which report and which files; what unit, time and language it is about stands at the left, as on every page."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        asked = st.query_params.get(KIND, "")
        kind = asked if asked in KINDS else KINDS[0]
        names = {kind: say(name) for kind, name in NAMES.items()}
        choice(st.segmented_control, KIND, say("报告"), kind, KINDS[0], options=KINDS, format_func=names.get, required=True)
        formats = st.pills(
            say("格式"),
            list(FORMATS),
            format_func=FORMATS.get,
            selection_mode="multi",
            default=["docx", "pdf"],
            key=f"report_formats_{chosen.lang}",
        )
    st.caption(say(ABOUT[kind]))
    return kind, tuple(formats)


def _begin(asked: tuple) -> None:
    """Make it in the background."""
    kind, formats, chosen, *_ = asked
    store, own = house.store(), settings.load().template
    selected = filters.chosen(store, chosen)
    st.session_state["_report_of"] = asked
    st.session_state["_report_job"] = Job(
        lambda progress: make(
            store,
            kind,
            selected,
            formats,
            unit=chosen.unit,
            comparison=chosen.compare,
            own=own,
            watch=progress,
            preview=PAGES,
        ),
        Message("正在汇总数字"),
    )
    st.rerun()


def _drop() -> None:
    """Forget what was made of other choices, and end what is being made of them."""
    if job := st.session_state.pop("_report_job", None):
        job.cancel()
    for name in ("_report", "_report_of"):
        st.session_state.pop(name, None)


def _finish(job: Job) -> None:
    """Keep what was made, or the reason why nothing was."""
    if isinstance(job.error, ReportError):
        st.session_state["_report_error"] = job.error.message
    elif job.error:
        raise job.error
    else:
        st.session_state["_report"] = job.result


def _files(made: Edition) -> None:
    """A button for each file, and what could not be made here."""
    with st.container(horizontal=True, gap="small", key="report_files"):
        for name, content in made.files.items():
            ending = name.rpartition(".")[2]
            st.download_button(
                say("下载 {format}（{size} KB）", format=FORMATS[ending], size=f"{len(content) / 1024:,.0f}"),
                content,
                file_name=name,
                mime=KINDS_OF_FILE[ending],
                icon=":material/download:",
                type="primary",
                on_click="ignore",
                key=f"report_{ending}",
            )
    for message in made.lacking:
        st.warning(plain(str(message)), icon=":material/font_download_off:")


def _preview(made: Edition) -> None:
    """The pages as the PDF has them, side by side where there is room."""
    if not made.pages:
        return
    n = len(made.pages)
    st.caption(say("预览前 {n} 页", n=n) if n == PAGES else say("预览（共 {n} 页）", n=n))
    with st.container(key="report_pages", horizontal=True, gap="medium"):
        for number, page in enumerate(made.pages, start=1):
            st.image(page, caption=say("第 {n} 页", n=number), width=SHEET)
