"""Step 3: what the reader will not guess, and every problem by its cause; cells are corrected in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from cadence import marked
from cadence.drafts import Draft
from cadence.sheets import FileReading, Problem, Question, SheetReading
from cadence.sheets.cells import Workbook
from cadence.view.imports.wording import generic
from cadence.words import say

SEVERITIES = {"error": "错误", "warning": "警告", "corrected": "已更正"}
MOST = 500
OWN = "unit_of:"
"""Questions to which a name of one's own may be the answer."""


def draw(draft: Draft, again: Callable[[], None]) -> None:
    """Questions first, because an answer may settle many problems at once."""
    found = [
        (reading, sheet, problem)
        for reading in draft.readings
        for sheet in reading.sheets
        for problem in [*sheet.rejected, *sheet.warnings, *sheet.corrected]
    ]
    if not draft.asked and not found:
        st.success(say("没有需要处理的问题，可以直接入库。"), icon=":material/check_circle:")
    _notices(draft)
    _questions(draft, again)
    if found:
        _problems(draft, found, again)


def _notices(draft: Draft) -> None:
    """What was done without asking, file by file."""
    told = [
        (reading.file, str(question.text))
        for reading in draft.readings
        for sheet in reading.sheets
        for question in sheet.questions
        if len(question.options) < 2
    ]
    if told:
        with st.expander(say("{n} 条说明", n=len(told)), icon=":material/info:"):
            st.dataframe([{say("文件"): file, say("说明"): text} for file, text in told], hide_index=True)


def _questions(draft: Draft, again: Callable[[], None]) -> None:
    """One choice per question; it holds for every row that it concerns, in all files."""
    if not draft.asked:
        return
    st.subheader(say("需要您确认（{n} 项待定）", n=len(draft.waiting)), anchor=False)
    for question in draft.asked.values():
        with st.container(border=True):
            answer = _choice(question, draft.answers.get(question.id))
            if answer is not None and answer != draft.answers.get(question.id):
                draft.answer(question.id, answer)
                again()


def _choice(question: Question, now: str | None) -> str | None:
    labels = dict(question.options)
    values = list(dict.fromkeys([*labels, *([now] if now else [])]))
    chosen = st.selectbox(
        str(question.text),
        values,
        index=values.index(now) if now else None,
        format_func=lambda value: str(labels.get(value, value)),
        placeholder=say("请选择"),
        accept_new_options=question.id.startswith(OWN),
        key=f"answer_{question.id}_{now}",
    )
    if question.rows:
        st.caption(say("关系到 {n} 行", n=question.rows))
    return chosen


def _problems(draft: Draft, found: list[tuple[FileReading, SheetReading, Problem]], again: Callable[[], None]) -> None:
    """Causes with counts; the problems of the chosen ones, each with its cell, value, suggestion, and room for a new value."""
    errors = sum(problem.severity == "error" for _, _, problem in found)
    st.subheader(say("{n} 处问题", n=len(found)), anchor=False)
    st.caption(say("{errors} 处错误：所在的行不入库；其余是警告，入库并注明。可在“改为”栏直接更正。", errors=errors))
    counts = Counter(cause(problem) for _, _, problem in found)
    causes = st.pills(
        say("按原因筛选"),
        list(counts),
        selection_mode="multi",
        format_func=lambda cause: f"{say(SEVERITIES[cause[0]])} · {cause[1]} × {counts[cause]}",
        key="causes",
    )
    files = list(dict.fromkeys(reading.file for reading, _, _ in found))
    file = ""
    if len(files) > 1:
        file = st.selectbox(say("文件"), ["", *files], format_func=lambda name: name or say("全部文件"), width=320)
    wanted = [place for place in found if (not causes or cause(place[2]) in causes) and file in ("", place[0].file)]
    shown = wanted[:MOST]
    _table(draft, shown, again)
    _marked(draft)
    if len(shown) < len(wanted):
        st.caption(say("只列出前 {n} 处；筛选后可看其余的。", n=MOST))


def _table(draft: Draft, shown: list[tuple[FileReading, SheetReading, Problem]], again: Callable[[], None]) -> None:
    cells = [_cell(reading, sheet, problem) for reading, sheet, problem in shown]
    table = pd.DataFrame([_line(draft, *place, cell) for place, cell in zip(shown, cells, strict=True)])
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=[name for name in table.columns if name != "new"],
        key=f"problems_{hash(tuple(sorted(draft.corrections.items())))}_{len(shown)}",
        column_config={
            "severity": st.column_config.TextColumn(say("程度"), width=60),
            "cell": st.column_config.TextColumn(say("单元格"), width=60),
            "value": st.column_config.TextColumn(say("值"), width=110),
            "new": st.column_config.TextColumn(say("改为"), width=110, help=say("只改这一次导入，原文件不变；入库后可查。")),
            "reason": st.column_config.TextColumn(say("原因与建议"), width=270),
            "sheet": st.column_config.TextColumn(say("工作表"), width=90),
            "file": st.column_config.TextColumn(say("文件"), width=150),
        },
    )
    changed = {
        cell: new or None
        for cell, new, before in zip(cells, edited["new"], table["new"], strict=True)
        if cell and (new or "") != (before or "")
    }
    if changed and st.button(say("应用 {n} 处更正并重读", n=len(changed)), type="primary", icon=":material/edit:", key="apply"):
        draft.correct(changed)
        again()


def _marked(draft: Draft) -> None:
    """Each file with problems as a workbook that shows them in place, to be corrected there and handed in again."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(say("带标注的原表"), width="content")
        for place, (reading, opened) in enumerate(zip(draft.readings, draft.opened, strict=True)):
            if isinstance(opened, Workbook) and any(sheet.rejected or sheet.warnings for sheet in reading.sheets):
                st.download_button(
                    marked.name(reading.file),
                    data=lambda reading=reading, opened=opened: marked.workbook(reading, opened),
                    file_name=marked.name(reading.file),
                    help=say("同一张表，问题标在原位，右边多一列“导入问题”。改好后可以直接重新导入。"),
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"marked_{place}",
                )


def _line(draft: Draft, reading: FileReading, sheet: SheetReading, problem: Problem, cell: Any) -> Mapping[str, str]:
    return {
        "severity": say(SEVERITIES[problem.severity]),
        "cell": f"{problem.column or ''}{problem.row or ''}",
        "value": problem.value,
        "new": draft.corrections.get(cell, ""),
        "reason": " · ".join(map(str, filter(None, (problem.reason, problem.suggestion)))),
        "sheet": sheet.sheet,
        "file": reading.file,
    }


def _cell(reading: FileReading, sheet: SheetReading, problem: Problem) -> tuple[str, str, str] | None:
    """Where a correction would go; None where the problem is not of one cell."""
    return (reading.file, sheet.sheet, f"{problem.column}{problem.row}") if problem.column and problem.row else None


def cause(problem: Problem) -> tuple[str, str]:
    """What problems of one kind share: severity, and the text without the values of the single case."""
    return problem.severity, generic(problem.reason)
