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
from cadence.files import Sheet
from cadence.view import house
from cadence.words import plain, say


def downloads(id: str, chosen: filters.Filters) -> None:
    """The four files of a card; a card that is a table has no picture."""
    store = house.store()
    found = answer(store, id, filters.chosen(store, chosen))
    if found.withheld:
        st.caption(plain(str(found.withheld)))
        return
    entry, rows = found.entry, catalogue.translated(found.frame)
    told = [*tables.meaning(entry), (say("范围"), filters.scope(chosen)), (say("制作日期"), wording.date(np.datetime64("today")))]
    sheet = Sheet(say("数据"), rows, [tables.title(name) for name in rows.columns], tables.shares(id), told)
    notes = say("说明")
    with st.container(gap=None, key=f"downloads_{id}"):
        _file(entry, chosen, "csv", say("数据 CSV"), "text/csv", lambda: files.csv(rows))
        _file(entry, chosen, "xlsx", say("数据 Excel"), files.XLSX, lambda: files.xlsx(sheet, notes))
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
