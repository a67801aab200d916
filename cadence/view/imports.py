"""The import page: drop files, see what was recognised and every problem, commit, undo."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from cadence import batches
from cadence.sheets import FileReading, Rows, SheetReading
from cadence.sheets.contracts import contracts
from cadence.view import frame, house
from cadence.words import Message, say

VERDICTS = {
    "import": (":material/check_circle:", "可导入"),
    "import_with_questions": (":material/help:", "可导入，有待确认事项"),
    "empty_template": (":material/draft:", "空表"),
    "refuse": (":material/block:", "不能导入"),
}


def upload() -> None:
    """Files in; cards per sheet, problems, questions, the commit button, a receipt."""
    if receipt := st.session_state.pop("_receipt", None):
        st.success(receipt, icon=":material/check_circle:")
        st.page_link(frame.pages()["rhythm"], label=say("看工作节奏"), icon=":material/calendar_view_week:")
    files = st.file_uploader(
        say("把本季度的表格拖到这里（xlsx、xls、ods、csv），可以一次多个"),
        accept_multiple_files=True,
        key=f"files_{st.session_state.get('_round', 0)}",
    )
    if not files:
        return
    store = house.store()
    contents = [(file.name, file.getvalue()) for file in files]
    answers = st.session_state.setdefault("_answers", {})
    with st.spinner(say("正在读取…")):
        readings = batches.read(store, contents, answers=answers)
        would = batches.preview(store, readings)
    for reading in readings:
        _file(reading)
    _questions(readings, answers)
    _problems(readings)
    _commit(readings, would)


def history() -> None:
    """Every batch, newest first, each with its undo."""
    store = house.store()
    kept = batches.history(store)
    st.header(say("导入记录"), anchor=False)
    if kept.empty:
        st.caption(say("还没有导入过任何批次"))
        return
    shown = kept.assign(
        files=[_short(files) for files in kept["files"]],
        undone_at=[f"{when:%Y-%m-%d %H:%M}" if pd.notna(when) else "" for when in kept["undone_at"]],
    )
    st.dataframe(
        shown[["batch", "imported_at", "imported_by", "fresh", "changed", "same", "refused", "undone_at", "files"]],
        hide_index=True,
        column_config={
            "batch": say("批次"),
            "imported_at": st.column_config.DatetimeColumn(say("导入时间"), format="YYYY-MM-DD HH:mm"),
            "imported_by": say("导入人"),
            "files": say("文件"),
            "fresh": say("新增"),
            "changed": say("变更"),
            "same": say("相同"),
            "refused": say("未收"),
            "undone_at": say("撤销时间"),
        },
    )
    standing = kept.loc[kept["undone_at"].isna(), "batch"].tolist()
    if standing:
        _undo(store, standing)


def _undo(store: batches.Store, standing: list[int]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        batch = st.selectbox(say("撤销哪一批"), standing, format_func=lambda n: say("第{batch}批", batch=n), width=200)
        if st.button(say("撤销这一批"), icon=":material/undo:"):
            batches.undo(store, batch, house.profile())
            st.session_state["_receipt"] = say("第{batch}批已撤销", batch=batch)
            st.rerun()


def _file(reading: FileReading) -> None:
    """One card per file: what each sheet was taken for, how sure, how many rows go in; sheets without rows in one line."""
    with st.container(border=True):
        if reading.reason:
            st.markdown(f":material/block: **{reading.file}** · {say('不能导入')}")
            st.markdown(str(reading.reason))
            return
        for sheet in reading.sheets:
            if sheet.kind or sheet.verdict != "empty_template":
                _sheet(reading, sheet)
        empty = [sheet.sheet for sheet in reading.sheets if not sheet.kind and sheet.verdict == "empty_template"]
        if empty:
            st.caption(say("空工作表：{sheets}", sheets=say("、").join(empty)))


def _sheet(reading: FileReading, sheet: SheetReading) -> None:
    icon, verdict = VERDICTS[sheet.verdict]
    kind = say(contracts()[sheet.kind].title) if sheet.kind else say("未识别")
    place = reading.file if sheet.sheet == reading.file.rpartition(".")[0] else f"{reading.file} · {sheet.sheet}"
    st.markdown(f"{icon} **{place}** → **{kind}** · {say(verdict)}")
    if sheet.reason:
        st.markdown(str(sheet.reason))
    if not sheet.kind or not sheet.rows:
        return
    st.caption(" · ".join(_facts(sheet)))
    with st.expander(say("列的对应关系与前 20 行")):
        fields = contracts()[sheet.kind].fields
        pairs = [f"{header} → {say(fields[field].title)}" for field, header in sheet.columns.items() if field in fields]
        st.markdown(" · ".join(pairs))
        if sheet.unmapped:
            st.caption(say("没有用到的列：{columns}", columns=say("、").join(sheet.unmapped)))
        for rows in sheet.tables:
            st.dataframe(_first(rows), hide_index=True, placeholder="—")


def _facts(sheet: SheetReading) -> list[str]:
    """Rows in, how sure, rows skipped and why, columns dropped."""
    facts = [
        say("{accepted} / {rows} 行可导入", accepted=sheet.accepted, rows=sheet.rows),
        say("识别把握 {share}", share=f"{sheet.confidence:.0%}"),
    ]
    if sheet.skipped:
        reasons = Counter(str(skipped.reason) for skipped in sheet.skipped)
        listed = say("、").join(f"{text} × {n}" for text, n in reasons.most_common(4))
        facts.append(say("跳过 {n} 行：{reasons}", n=len(sheet.skipped), reasons=listed))
    if sheet.dropped:
        facts.append(say("含个人信息、未读取的列：{columns}", columns=say("、").join(sheet.dropped)))
    return facts


def _first(rows: Rows, most: int = 20) -> pd.DataFrame:
    """The first records as they will be stored; names of persons are tokens by then and are left out."""
    fields = contracts()[rows.kind].fields
    shown = {
        say(fields[name].title): values[:most]
        for name, values in rows.fields.items()
        if name in fields and fields[name].type != "person"
    }
    return pd.DataFrame({say("行"): rows.numbers[:most], **shown})


def _questions(readings: list[FileReading], answers: dict[str, str]) -> None:
    """What the reader will not guess; an answer holds for every row it concerns."""
    questions = {question.id: question for reading in readings for sheet in reading.sheets for question in sheet.questions}
    if not questions:
        return
    st.subheader(say("需要您确认"), anchor=False)
    for question in questions.values():
        labels = dict(question.options)
        if len(labels) < 2:
            st.info(str(question.text), icon=":material/info:")
            continue
        values = list(labels)
        now = answers.get(question.id, question.default)
        chosen = st.selectbox(
            str(question.text),
            values,
            index=values.index(now) if now in values else 0,
            format_func=lambda value, labels=labels: str(labels[value]),
            key=f"answer_{question.id}",
        )
        if chosen != now:
            answers[question.id] = chosen
            st.rerun()


def _problems(readings: list[FileReading]) -> None:
    """Every problem, grouped by its cause, each with file, sheet, cell, value, reason."""
    rows = [
        {
            say("程度"): say("错误") if problem.severity == "error" else say("警告"),
            say("单元格"): f"{problem.column or ''}{problem.row or ''}",
            say("值"): problem.value,
            say("原因"): str(problem.reason),
            say("建议"): _text(problem.suggestion),
            say("工作表"): sheet.sheet,
            say("文件"): reading.file,
        }
        for reading in readings
        for sheet in reading.sheets
        for problem in [*sheet.rejected, *sheet.warnings]
    ]
    if rows:
        st.subheader(say("{n} 处问题", n=len(rows)), anchor=False)
        st.caption(say("错误的行不导入，警告的行导入并注明。改好原表后可以再次导入。"))
        st.dataframe(rows, hide_index=True, column_config={say("原因"): st.column_config.TextColumn(width="large")})


def _commit(readings: list[FileReading], would: batches.Receipt) -> None:
    """The counts and the button; one transaction."""
    counts = vars(would.counts)
    st.markdown(say("确认后：新增 **{fresh}** 行，变更 **{changed}** 行，相同 **{same}** 行，未收 **{refused}** 行。", **counts))
    if not would.counts.fresh + would.counts.changed:
        st.info(say("没有新增或变更的行，无需导入。"), icon=":material/info:")
        return
    if st.button(say("确认导入"), type="primary", icon=":material/publish:", key="commit"):
        receipt = batches.commit(house.store(), readings, profile=house.profile())
        st.session_state["_receipt"] = say(
            "第{batch}批已导入：新增 {fresh} 行，变更 {changed} 行，相同 {same} 行，未收 {refused} 行。",
            batch=receipt.batch,
            **vars(receipt.counts),
        )
        st.session_state["_round"] = st.session_state.get("_round", 0) + 1
        st.session_state["_answers"] = {}
        st.rerun()


def _text(message: Message | None) -> str:
    return str(message) if message else ""


def _short(files: str | None, most: int = 3) -> str:
    names = (files or "").split("、")
    return "、".join(names[:most]) + (say(" 等 {n} 个", n=len(names)) if len(names) > most else "")
