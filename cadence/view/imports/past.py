"""What was imported before: by whom, when, from which files; batches taken back, brought back, and looked at as of."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st

from cadence import batches, filters
from cadence.batches import mappings
from cadence.sheets import IGNORE
from cadence.sheets.contracts import contracts
from cadence.store import Store
from cadence.view import frame, house
from cadence.view.imports.doubts import SEVERITIES
from cadence.words import Message, say

MOST_FILES = 3
COUNTED = ["fresh", "changed", "same", "conflicting", "missing", "refused"]
COLUMNS = ["batch", "state", "imported_at", "imported_by", *COUNTED, "files", "sha256"]


def history() -> None:
    """Every batch, newest first; one chosen by a click can be undone, redone, looked at as of, and asked for its problems."""
    store = house.present()
    kept = batches.history(store)
    st.header(say("导入记录"), anchor=False)
    if kept.empty:
        st.caption(say("还没有导入过任何批次"))
    else:
        _batch(store, kept, _table(kept))
    _remembered(store)


def _table(kept: pd.DataFrame) -> int:
    """The batches; returns the place of the chosen one, at first the newest."""
    shown = kept.assign(
        state=[say("已撤销") if pd.notna(when) else say("有效") for when in kept["undone_at"]],
        files=[_short(files) for files in kept["files"]],
        sha256=[" ".join(digest[:12] for digest in (digests or "").split()) for digests in kept["sha256"]],
    )
    picked = st.dataframe(
        shown[COLUMNS],
        hide_index=True,
        key="history",
        on_select="rerun",
        selection_mode="single-row",
        height=min(len(shown), 8) * 35 + 38,
        column_config={
            "batch": st.column_config.NumberColumn(say("批次"), width=60),
            "state": st.column_config.TextColumn(say("状态"), width=70),
            "imported_at": st.column_config.DatetimeColumn(say("导入时间"), format="YYYY-MM-DD HH:mm"),
            "imported_by": say("导入人"),
            "fresh": say("新增"),
            "changed": say("变更"),
            "same": say("相同"),
            "conflicting": say("冲突"),
            "missing": say("消失"),
            "refused": say("未收"),
            "files": say("文件"),
            "sha256": st.column_config.TextColumn(say("文件指纹"), help=say("文件内容的 SHA-256 前 12 位；内容一样，指纹就一样。")),
        },
    )
    rows = picked["selection"]["rows"] if picked else []
    return rows[0] if rows and rows[0] < len(kept) else 0


def _batch(store: Store, kept: pd.DataFrame, place: int) -> None:
    """What can be done with one batch."""
    line = kept.iloc[place]
    batch, is_undone = int(line["batch"]), pd.notna(line["undone_at"])
    with st.container(horizontal=True, vertical_alignment="center", key="batch"):
        st.markdown(f"**{say('第{batch}批', batch=batch)}**", width="content")
        if is_undone and st.button(say("恢复这一批"), icon=":material/redo:", key="redo"):
            batches.redo(store, batch, house.profile(), st.session_state.get("_by") or None)
            st.toast(say("第{batch}批已恢复", batch=batch))
            st.rerun()
        if not is_undone and st.button(say("撤销这一批"), icon=":material/undo:", key="undo"):
            batches.undo(store, batch, house.profile(), st.session_state.get("_by") or None)
            st.toast(say("第{batch}批已撤销", batch=batch))
            st.rerun()
        st.page_link(
            frame.pages()["overview"],
            label=say("看这一批入库时的看板"),
            icon=":material/history:",
            query_params={**filters.query(), "asof": str(batch)},
        )
    problems = batches.problems(store, batch)
    if len(problems):
        with st.expander(say("这一批留下的 {n} 处问题与更正", n=len(problems))):
            st.dataframe([_problem(row) for row in problems.to_dict("records")], hide_index=True)
    log = batches.undoings(store)
    for line in log[log["batch"] == batch].to_dict("records"):
        st.caption(_undoing(line))


def _problem(row: dict[str, Any]) -> dict[str, str]:
    reason = Message(row["text"], json.loads(row["values"]))
    cell = f"{row['column'] or ''}{int(row['sheet_row']) if pd.notna(row['sheet_row']) else ''}"
    return {
        say("程度"): say(SEVERITIES[row["severity"]]),
        say("单元格"): cell,
        say("值"): row["value"],
        say("原因"): str(reason),
        say("工作表"): row["sheet"],
        say("文件"): row["file"],
    }


def _undoing(line: dict[str, Any]) -> str:
    undone = say("{when} 由{who}撤销", when=f"{line['undone_at']:%Y-%m-%d %H:%M}", who=line["undone_by"])
    if pd.isna(line["redone_at"]):
        return undone
    return undone + say("，") + say("{when} 由{who}恢复", when=f"{line['redone_at']:%Y-%m-%d %H:%M}", who=line["redone_by"])


def _remembered(store: Store) -> None:
    """Mappings corrected once: seen, changed on the next file of that layout, forgotten here."""
    kept = mappings.listed(store)
    if kept.empty:
        return
    with st.expander(say("记住的列对应关系（{n} 种表头）", n=kept["layout"].nunique())):
        for signature, lines in kept.groupby("layout", sort=False):
            with st.container(horizontal=True, vertical_alignment="center", key=f"layout_{signature}"):
                st.text(_layout(lines), width="stretch")
                if st.button(say("忘掉"), icon=":material/delete:", key=f"forget_{signature}", type="tertiary"):
                    mappings.forget(store, signature)
                    st.rerun()


def _layout(lines: pd.DataFrame) -> str:
    first = lines.iloc[0]
    kind = say(contracts()[first["kind"]].title) if first["kind"] else ""
    pairs = [f"{row['header']} → {_field(row['field'])}" for row in lines.to_dict("records") if row["header"]]
    return " · ".join(filter(None, [first["file"], kind, say("；").join(pairs)]))


def _field(name: str) -> str:
    titles = {field.name: field.title for contract in contracts().values() for field in contract.fields.values()}
    return say("不导入") if name == IGNORE else say(titles.get(name, name))


def _short(files: str | None) -> str:
    names = (files or "").split("、")
    return "、".join(names[:MOST_FILES]) + (say(" 等 {n} 个", n=len(names)) if len(names) > MOST_FILES else "")
