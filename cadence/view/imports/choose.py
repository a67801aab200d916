"""Step 1: files are dropped; templates and the guide are at hand for who has none yet."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cadence.drafts import Draft
from cadence.words import say

TYPES = ["xlsx", "xlsm", "xls", "et", "ods", "csv", "tsv", "txt"]


def files(draft: Draft | None) -> Sequence[tuple[str, bytes]]:
    """(name, bytes) of the files newly dropped; empty while there are none."""
    if draft:
        with st.container(border=True):
            names = say("、").join(name for name, _ in draft.files)
            st.markdown(say("已选择 {n} 个文件：", n=len(draft.files)))
            st.text(names)
            st.caption(say("要换文件，请先放弃这次导入，或在下面另选文件。"))
    dropped = st.file_uploader(
        say("把本季度的表格拖到这里（xlsx、xls、ods、csv），可以一次多个"),
        accept_multiple_files=True,
        key=f"files_{st.session_state.get('_round', 0)}_{bool(draft)}",
    )
    if not draft:
        st.caption(
            say("不用改表：标题行、合并单元格、小计、GBK 编码都能认。身份证号、手机号等不会保存。确认前不写入，入库后可撤销。")
        )
    return [(file.name, file.getvalue()) for file in dropped or ()]
