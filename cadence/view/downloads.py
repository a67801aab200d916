"""下载: the rows of a card as csv and xlsx, its picture as png and svg; small, in one popover, reachable by keyboard.

The files of rows are made here. The picture is taken by the browser from the chart as it stands (`chrome.js`), so that it works
offline and shows what the reader sees; the button carries the card's id and the format in its key.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from cadence import catalogue, charts, files, filters, tables
from cadence.answers import answer
from cadence.catalogue import Entry
from cadence.charts import wording
from cadence.view import house
from cadence.words import plain, say

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def downloads(id: str, chosen: filters.Filters) -> None:
    """The four files of a card; a card that is a table has no picture."""
    store = house.store()
    found = answer(store, id, filters.chosen(store, chosen))
    if found.withheld:
        st.caption(plain(str(found.withheld)))
        return
    entry, rows = found.entry, catalogue.translated(found.frame)
    titles = [tables.title(name) for name in rows.columns]
    told = [*meaning(entry), (say("范围"), filters.scope(chosen)), (say("制作日期"), wording.date(np.datetime64("today")))]
    sheets = (say("数据"), say("说明"))
    with st.container(gap=None, key=f"downloads_{id}"):
        _file(entry, chosen, "csv", say("数据 CSV"), "text/csv", lambda: files.csv(rows))
        _file(entry, chosen, "xlsx", say("数据 Excel"), SHEET, lambda: files.xlsx(rows, titles, tables.shares(id), told, sheets))
        if entry.chart not in charts.NOT_DRAWN:
            for ending, label in (("png", say("图片 PNG")), ("svg", say("矢量图 SVG"))):
                st.button(label, key=f"picture_{ending}_{id}", type="tertiary", icon=":material/image:")


def _file(entry: Entry, chosen: filters.Filters, ending: str, label: str, mime: str, content: Callable[[], bytes]) -> None:
    st.download_button(
        label,
        data=content,
        file_name=files.name(say(entry.title), chosen.period, ending),
        mime=mime,
        key=f"download_{ending}_{entry.id}",
        type="tertiary",
        on_click="ignore",
        icon=":material/table:",
    )


def meaning(entry: Entry) -> list[tuple[str, str]]:
    """What a reader of the file has to know: title, question, formula, limits."""
    lines = [
        (say("名称"), say(entry.title)),
        (say("问题"), say(entry.question)),
        (say("算法"), say(entry.formula)),
        (say("局限"), say(entry.limits)),
    ]
    return [(label, text) for label, text in lines if text]
