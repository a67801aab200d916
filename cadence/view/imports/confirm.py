"""Step 4: what would change, row by row; what may happen to rows that stand; the button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from cadence.batches import CLASHES, SCOPES, Choice, Counts, Difference
from cadence.drafts import Draft
from cadence.sheets.contracts import contracts
from cadence.view import house
from cadence.view.imports import receipt
from cadence.view.imports.wording import shown
from cadence.words import say

STATES = {
    "fresh": ("新增", "库里还没有的行"),
    "changed": ("变更", "库里已有、内容不同的行"),
    "same": ("相同", "库里已有、内容一样的行"),
    "conflicting": ("冲突", "同一件事说法不一：同单位、同类、同日但主题或时间不同，或本批之内前后不一"),
    "missing": ("消失", "库里有、但覆盖同一单位同一时段的新表里没有的行"),
    "refused": ("未收", "有错误、没有收进来的行"),
}
SCOPE_WORDS = {
    "update": ("新增并更新", "新行加入，变更的行以新表为准；旧内容留在历史里"),
    "add": ("只新增", "只加入新行，已有的行一律不动"),
    "replace": ("以新表为准", "在新增并更新之外，“消失”的行不再计入"),
}
CLASH_WORDS = {
    "both": ("两条都留", "当作两次活动"),
    "new": ("用新的", "旧的一条不再计入"),
    "old": ("留旧的", "新的一条不收"),
}


def draw(draft: Draft, again: Callable[[], None]) -> None:
    """Six counts, the choices that matter for them, and the rows that differ."""
    counts = draft.would.counts
    _counts(counts)
    if draft.waiting:
        st.warning(
            say("还有 {n} 项没有确认，相关的行暂不入库；确认后可以再次导入同一文件。", n=len(draft.waiting)), icon=":material/help:"
        )
    with st.container(horizontal=True, gap="large"):
        _radio("scope", say("对已有的行"), SCOPES, SCOPE_WORDS, "add" in _useful(counts))
        _radio("clashes", say("对冲突的行"), CLASHES, CLASH_WORDS, bool(counts.conflicting))
    _differences(draft)
    st.text_input(say("经手人（记入导入记录）"), key="by", max_chars=20, width=240, value=st.session_state.get("_by", ""))


def button(draft: Draft) -> None:
    """Commit, where there is anything to commit."""
    counts = draft.would.counts
    if not counts.fresh + counts.changed + counts.conflicting + counts.missing:
        st.info(say("没有新增或变更的行，无需导入。"), icon=":material/info:")
        return
    if not st.button(say("确认入库"), type="primary", icon=":material/publish:", key="commit"):
        return
    by = st.session_state["_by"] = (st.session_state.get("by") or "").strip()
    with st.spinner(say("正在入库并更新图表…")):
        done = draft.commit(house.present(), choice(), by or None, house.profile())
    receipt.keep(draft, done)
    st.rerun()


def choice() -> Choice:
    """What the reader chose; the defaults lose nothing."""
    return Choice(st.session_state.get("scope") or SCOPES[0], st.session_state.get("clashes") or CLASHES[0])


def _useful(counts: Counts) -> set[str]:
    """The scopes that would do something else than the default."""
    return ({"add"} if counts.changed else set()) | ({"add", "replace"} if counts.missing else set())


def _counts(counts: Counts) -> None:
    with st.container(horizontal=True, key="counts", gap="small"):
        for state, (title, why) in STATES.items():
            st.metric(say(title), getattr(counts, state), help=say(why), border=True, width=118)


def _radio(name: str, label: str, options: tuple[str, ...], texts: dict[str, tuple[str, str]], wanted: bool) -> None:
    """A choice, shown only where it changes anything."""
    if wanted:
        st.radio(
            label,
            options,
            format_func=lambda value: say(texts[value][0]),
            captions=[say(texts[value][1]) for value in options],
            key=name,
        )


def _differences(draft: Draft) -> None:
    listed = draft.would.listed
    states = [state for state in STATES if any(found.state == state for found in listed)]
    if not states:
        return
    state = st.segmented_control(
        say("逐行查看"), states, format_func=lambda state: say(STATES[state][0]), default=states[0], required=True, key="state"
    )
    rows = [line for found in listed if found.state == state for line in _lines(draft, found)]
    st.dataframe(rows, hide_index=True, placeholder="—")
    if sum(found.state == state for found in listed) < getattr(draft.would.counts, state):
        st.caption(say("每类只列出前 200 行。"))


def _lines(draft: Draft, found: Difference) -> list[dict[str, Any]]:
    """One line for a row that is new or gone, one per field for a row that says something else."""
    fields = contracts()[found.kind].fields
    place = ""
    if found.file is not None:
        place = f"{draft.readings[int(found.file)].file} · {found.sheet} · {found.row}"
    named = " · ".join(shown(fields[name], value) for name, value in found.named.items())
    head = {say("类别"): say(contracts()[found.kind].title), say("哪一行"): named}
    pairs = [pair for pair in found.fields if pair[0] in fields and fields[pair[0]].type != "person"]
    if found.state in ("fresh", "missing"):
        told = "；".join(
            f"{say(fields[name].title)} {shown(fields[name], before if found.state == 'missing' else after)}"
            for name, before, after in pairs
            if name not in found.named
        )
        return [{**head, say("内容"): told, say("位置"): place}]
    return [
        {
            **head,
            say("字段"): say(fields[name].title),
            say("原来"): shown(fields[name], before),
            say("现在"): shown(fields[name], after),
            say("位置"): place,
        }
        for name, before, after in pairs
    ]
