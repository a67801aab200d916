"""Step 1: files are dropped; templates and the guide are at hand for who has none yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from cadence import batches, templates
from cadence.charts import wording
from cadence.drafts import Draft
from cadence.files import XLSX
from cadence.sheets.contracts import contracts
from cadence.templates import TemplateError
from cadence.view import house
from cadence.view.guide import guide
from cadence.words import say


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
        with st.container(horizontal=True):
            guide()
        _templates()
    return [(file.name, file.getvalue()) for file in dropped or ()]


def _templates() -> None:
    """A sheet to fill in, for an office that has none: blank, or begun from what was handed in last."""
    with st.expander(say("没有现成的表？下载模板"), icon=":material/draft:"):
        kinds = list(contracts())
        kind = st.segmented_control(
            say("哪一类表"), kinds, format_func=lambda kind: say(contracts()[kind].title), required=True, default="activities"
        )
        quarters = _quarters()
        quarter = st.segmented_control(
            say("填哪一季度"), quarters, format_func=lambda day: wording.period(_id(day)), required=True, default=quarters[1]
        )
        st.caption(say(contracts()[kind].row))
        store, today = house.present(), dt.date.today()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.download_button(
                say("空白模板"),
                data=lambda: templates.blank(kind, units=sorted(batches.known_units(store)), today=today),
                file_name=templates.name(kind),
                mime=XLSX,
                icon=":material/download:",
                on_click="ignore",
                key="blank",
            )
            try:
                begun = templates.from_last(store, kind, quarter, today=today)
            except TemplateError as error:
                st.caption(str(error.message))
            else:
                st.download_button(
                    say("从上季度生成"),
                    data=begun,
                    file_name=templates.name(kind, quarter),
                    mime=XLSX,
                    icon=":material/content_copy:",
                    on_click="ignore",
                    key="begun",
                )


def _quarters() -> list[dt.date]:
    """First days of the quarter before this one, of this one, and of the next."""
    today = dt.date.today()
    months = today.year * 12 + (today.month - 1) // 3 * 3
    return [dt.date(month // 12, month % 12 + 1, 1) for month in (months - 3, months, months + 3)]


def _id(day: dt.date) -> str:
    return f"{day.year}Q{(day.month + 2) // 3}"
