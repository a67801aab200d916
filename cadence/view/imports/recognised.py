"""Step 2: what each sheet was taken for, its original layout beside the rows that come out; kind and columns can be corrected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pandas as pd
import streamlit as st

from cadence.drafts import Draft
from cadence.sheets import IGNORE, FileReading, Rows, SheetReading
from cadence.sheets.cells import Sheet, Workbook
from cadence.sheets.contracts import contracts
from cadence.sheets.personal import KINDS
from cadence.view.imports.grid import grid
from cadence.view.imports.wording import generic, shown
from cadence.words import plain, say

VERDICTS = {
    "import": (":material/check_circle:", "可导入"),
    "import_with_questions": (":material/help:", "可导入，有待确认事项"),
    "empty_template": (":material/draft:", "空表"),
    "refuse": (":material/block:", "不能导入"),
}
ENCODINGS = ["utf-8", "gb18030", "utf-16", "big5"]
FIRST_ROWS = 20
OPEN = 3
"""How many sheets show their rows at once; the others open with a click."""


def draw(draft: Draft, again: Callable[[], None]) -> None:
    """One card per sheet; files that were refused say why."""
    place = 0
    for reading, opened in zip(draft.readings, draft.opened, strict=True):
        if reading.reason:
            with st.container(border=True):
                _heading(":material/block:", reading.file, say("不能导入"))
                st.write(str(reading.reason))
            continue
        sheets = opened.sheets if isinstance(opened, Workbook) else []
        for sheet, found in zip(sheets, reading.sheets, strict=True):
            if found.kind or found.verdict != "empty_template":
                _card(draft, reading, sheet, found, place, again)
                place += 1
        _empty(reading)


def _card(draft: Draft, file: FileReading, sheet: Sheet, found: SheetReading, place: int, again: Callable[[], None]) -> None:
    icon, verdict = VERDICTS[found.verdict]
    with st.container(border=True, key=f"sheet_{place}"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            _heading(icon, _name(file, found), f"{_kind(found)} · {say(verdict)}")
            _change_kind(draft, file, found, place, again)
        if found.reason:
            st.write(str(found.reason))
        _facts(draft, file, found, again)
        with st.expander(say("原表与读出的行"), expanded=place < OPEN and found.verdict.startswith("import")):
            left, right = st.columns(2) if found.tables else (st.container(), None)
            left.caption(say("原表（前几行）"))
            left.html(grid(sheet, found))
            for rows in found.tables if right else ():
                right.caption(say("读作{kind}，共 {n} 行", kind=say(contracts()[rows.kind].title), n=len(rows.numbers)))
                right.dataframe(first(rows, found), hide_index=True, placeholder="—", height=min(len(rows.numbers), 9) * 35 + 38)
        if found.kind and found.headers:
            with st.expander(say("列的对应关系"), expanded=found.verdict == "refuse"):
                _columns(draft, file, found, place, again)


def _facts(draft: Draft, file: FileReading, found: SheetReading, again: Callable[[], None]) -> None:
    """Rows in, how sure, what was skipped, what was dropped or blotted out; and whether it was read as somebody once said."""
    facts = []
    if found.kind and found.rows:
        facts.append(say("{accepted} / {rows} 行可导入", accepted=found.accepted, rows=found.rows))
        facts.append(say("识别把握 {share}", share=f"{found.confidence:.0%}"))
    if found.skipped:
        reasons = Counter(generic(skipped.reason) for skipped in found.skipped)
        listed = say("、").join(f"{text} × {n}" for text, n in reasons.most_common(4))
        facts.append(say("跳过 {n} 行：{reasons}", n=len(found.skipped), reasons=listed))
    if found.dropped:
        facts.append(say("含个人信息、未读取的列：{columns}", columns=say("、").join(found.dropped)))
    if found.redacted:
        listed = say("、").join(f"{KINDS[kind]} × {n}" for kind, n in found.redacted.items())
        facts.append(say("已隐去的个人信息：{kinds}", kinds=listed))
    if found.hidden:
        facts.append(say("工作表是隐藏的"))
    if facts:
        st.caption(" · ".join(facts))
    if file.encoding:
        _encoding(draft, file, again)
    if found.remembered:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(say("按指定的对应关系读取"), icon=":material/history:", color="blue")
            if st.button(say("不用它，重新识别"), type="tertiary", key=f"forget_{file.file}_{found.sheet}"):
                draft.forget(found)
                again()


def _encoding(draft: Draft, file: FileReading, again: Callable[[], None]) -> None:
    """The encoding that a text file was decoded with, and a switch."""
    options = list(dict.fromkeys([file.encoding, *ENCODINGS]))
    chosen = st.selectbox(say("文字编码（乱码时可换）"), options, key=f"encoding_{file.file}_{file.encoding}", width=220)
    if chosen != file.encoding:
        draft.read_text_as(file.file, chosen)
        again()


def _change_kind(draft: Draft, file: FileReading, found: SheetReading, place: int, again: Callable[[], None]) -> None:
    if not found.layouts:
        return
    with st.popover(say("换一类"), icon=":material/category:"):
        kinds = list(contracts())
        chosen = st.radio(
            say("这张表是"),
            kinds,
            index=kinds.index(found.kind) if found.kind else None,
            format_func=lambda kind: say(contracts()[kind].title),
            captions=[say(contract.row) for contract in contracts().values()],
            key=f"kind_{place}_{found.kind}",
        )
        if chosen and chosen != found.kind:
            draft.take_as(file.file, found, chosen)
            again()


def _columns(draft: Draft, file: FileReading, found: SheetReading, place: int, again: Callable[[], None]) -> None:
    """Which field each column is read as; a correction is used at once and, on commit, remembered for this layout."""
    fields = contracts()[found.kind].fields
    read_as = {header: field for field, header in found.columns.items() if field in fields}
    shown = {letter: text for letter, text in found.headers.items() if text in read_as or text in found.unmapped}
    if not shown:
        st.caption(say("这张表的列按月份、类型或单位展开，没有可以更改的列。"))
        return
    titles = {IGNORE: say("不导入"), **{name: say(field.title) for name, field in fields.items()}}
    table = pd.DataFrame(
        {
            "letter": list(shown),
            "header": list(shown.values()),
            "field": [read_as.get(text, IGNORE) for text in shown.values()],
            "share": [found.confidences.get(read_as.get(text, ""), None) for text in shown.values()],
        }
    )
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=["letter", "header", "share"],
        key=f"columns_{place}_{hash(tuple(table['field']))}",
        column_config={
            "letter": st.column_config.TextColumn(say("列"), width=50),
            "header": say("表头"),
            "field": st.column_config.SelectboxColumn(
                say("读作（可改）"),
                options=[IGNORE, *fields],
                required=True,
                format_func=titles.get,
            ),
            "share": st.column_config.NumberColumn(say("把握"), format="percent", width=70),
        },
    )
    pairs = zip(table["header"], table["field"], edited["field"], strict=True)
    changed = {header: after for header, before, after in pairs if after != before}
    if changed:
        draft.map(file.file, found, changed)
        again()
    st.caption(say("更改后立即重读；入库时记住，下次遇到同样表头的表自动照用。"))


def first(rows: Rows, found: SheetReading, most: int = FIRST_ROWS) -> pd.DataFrame:
    """The first records as they will be stored, in the order of the sheet's columns; names of persons are tokens and left out."""
    fields = contracts()[rows.kind].fields
    order = [*found.columns, *(name for name in rows.fields if name not in found.columns)]
    columns = {
        say(fields[name].title): [None if value is None else shown(fields[name], value) for value in rows.fields[name][:most]]
        for name in order
        if name in rows.fields and name in fields and fields[name].type != "person"
    }
    filled = {title: values for title, values in columns.items() if any(value is not None for value in values)}
    return pd.DataFrame({say("行"): rows.numbers[:most], **filled})


def _empty(reading: FileReading) -> None:
    empty = [sheet.sheet for sheet in reading.sheets if not sheet.kind and sheet.verdict == "empty_template"]
    if empty:
        st.text(say("{file} 中的空工作表：{sheets}", file=reading.file, sheets=say("、").join(empty)))


def _heading(icon: str, name: str, text: str) -> None:
    st.markdown(f"{icon} **{plain(name)}** → {plain(text)}", width="stretch")


def _name(file: FileReading, sheet: SheetReading) -> str:
    return file.file if sheet.sheet == file.file.rpartition(".")[0] else f"{file.file} · {sheet.sheet}"


def _kind(sheet: SheetReading) -> str:
    return say(contracts()[sheet.kind].title) if sheet.kind else say("未识别")
