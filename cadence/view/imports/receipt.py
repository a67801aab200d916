"""The receipt after an import: what went in, what was kept out, dropped, corrected and remembered, and where to look now."""

from __future__ import annotations

import streamlit as st

from cadence import batches, filters
from cadence.batches import Receipt
from cadence.drafts import Draft
from cadence.view import frame, house
from cadence.words import say


def keep(draft: Draft, done: Receipt) -> None:
    """Put the receipt aside for the next run of the page, and end the draft."""
    from cadence.view.imports import flow

    sheets = draft.sheets()
    st.session_state["_receipt"] = {
        "batch": done.batch,
        "counts": done.counts,
        "dropped": sorted({header for sheet in sheets for header in sheet.dropped}),
        "redacted": sum(number for sheet in sheets for number in sheet.redacted.values()),
        "corrected": sum(len(sheet.corrected) for sheet in sheets),
        "remembered": len(draft.remember()),
    }
    flow.drop()


def shown() -> bool:
    """Draw the receipt, if there is one, and say whether there was."""
    kept = st.session_state.get("_receipt")
    if not kept:
        return False
    with st.container(border=True, key="receipt"):
        if kept["batch"] is None:
            st.markdown(f"#### {say('没有新增或变更的行，未写入')}")
        else:
            st.markdown(f"#### :material/check_circle: {say('第{batch}批已入库', batch=kept['batch'])}")
            st.markdown(batches.summary(kept["counts"]))
        for line in _lines(kept):
            st.caption(line)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                frame.pages()["rhythm"], label=say("看工作节奏"), icon=":material/calendar_view_week:", query_params=filters.query()
            )
            if kept["batch"] is not None and st.button(say("撤销这一批"), icon=":material/undo:", key="undo_now", type="tertiary"):
                batches.undo(house.present(), kept["batch"], house.profile(), st.session_state.get("_by") or None)
                del st.session_state["_receipt"]
                st.rerun()
            if st.button(say("再导入一批"), icon=":material/upload_file:", key="more", type="tertiary"):
                del st.session_state["_receipt"]
                st.rerun()
    return True


def _lines(kept: dict) -> list[str]:
    lines = []
    if kept["dropped"]:
        lines.append(say("个人信息没有保存：{columns}", columns=say("、").join(kept["dropped"])))
    if kept["redacted"]:
        lines.append(say("单元格中的个人信息已隐去 {n} 处", n=kept["redacted"]))
    if kept["corrected"]:
        lines.append(say("入库前更正了 {n} 个单元格，原值与新值都有记录", n=kept["corrected"]))
    if kept["remembered"]:
        lines.append(say("记住了 {n} 种表头的对应关系，下次自动照用", n=kept["remembered"]))
    return lines
