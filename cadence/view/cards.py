"""An indicator as a card: title, one-sentence reading, picture, 口径, table and download; or the reason why there is none."""

from __future__ import annotations

import streamlit as st

from cadence import catalogue, charts, filters, tokens, words
from cadence.answers import Answer, answer, missing_columns, reported_share
from cadence.catalogue import Entry
from cadence.tables import rounded
from cadence.view import house, states
from cadence.view.downloads import downloads
from cadence.view.drill import from_mark
from cadence.view.notes import beside_chart
from cadence.view.tables import columns, table
from cadence.words import Message, plain, say

CONFIG = {
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}


def indicator(id: str) -> None:
    """One card."""
    _card(id)


def side_by_side(*ids: str) -> None:
    """Cards beside each other; below each other where there is no room (style.css)."""
    with st.container(key=f"beside_{'_'.join(ids)}"):
        for column, id in zip(st.columns(len(ids)), ids, strict=True):
            with column:
                _card(id)


def section(title: str, *places: str | tuple[str, ...]) -> None:
    """A part of a page: a heading, then cards in order, a tuple's beside each other.

    What the spreadsheets have no column for is not a card: it is named below, with the columns that would show it. So is an
    occasional indicator (`options`) that has nothing to show.
    """
    store = house.store()
    rows = [(place,) if isinstance(place, str) else place for place in places]
    missing = {id: _absent(store, catalogue.entry(id)) for row in rows for id in row}
    st.header(say(title), anchor=False)
    for row in rows:
        if there := [id for id in row if not missing[id]]:
            side_by_side(*there)
    if lacking := [f"- **{say(catalogue.entry(id).title)}** {plain(str(why))}" for id, why in missing.items() if why]:
        with st.expander(say("还可以看 {n} 项，需要先有相应的列", n=len(lacking)), icon=":material/view_column:"):
            st.markdown("\n".join(lacking))


def head(entry: Entry) -> None:
    """The first line of a card: title, and beside it 口径 and the rows."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"head_{entry.id}"):
        st.subheader(say(entry.title), anchor=False, width="stretch")
        _aside(entry.id)


def _absent(store: filters.Store, entry: Entry) -> Message | None:
    """Why an indicator is no card here."""
    if "occasional" in entry.options:
        return answer(store, entry.id, filters.chosen(store, filters.read(store))).withheld
    return missing_columns(store, entry)


def _card(id: str) -> None:
    store = house.store()
    chosen = filters.read(store)
    entry = catalogue.entry(id)
    with st.container(border=True, key=f"card_{id}", height="stretch"), states.guarded(id):
        head(entry)
        found = answer(store, id, filters.chosen(store, chosen), chosen.compare)
        for option in set(filters.LABELS) & set(entry.options):
            filters.draw_option(option, store, chosen, st.session_state["_page"])
        if found.withheld:
            states.withheld(id, found.withheld)
            return
        if found.reading:
            mark = ":material/visibility: " if found.reading.tone == "look" else ""
            st.markdown(f"{mark}{plain(found.reading.say)}")
        _picture(found, id, chosen)


def _picture(found: Answer, id: str, chosen: filters.Filters) -> None:
    if found.entry.chart in ("table", "none"):
        shown = rounded(catalogue.translated(found.frame), id)
        table(shown[list(found.entry.draws.values())] if found.entry.draws else shown, id, found.frame, chosen)
        return
    figure = charts.draw(found.entry, found.frame, dark=st.context.theme.type == "dark", compare=found.before, marks=found.marks)
    key = f"chart_{id}_{hash(chosen)}"
    st.plotly_chart(
        charts.style.enlarged(figure, tokens.PRESENTED) if chosen.present else figure,
        key=key,
        theme=None,
        config=CONFIG,
        on_select=from_mark(key, chosen),
        selection_mode="points",
        alt=found.reading.say if found.reading else say(found.entry.question),
    )


@st.fragment
def _aside(id: str) -> None:
    """Beside the title: 口径, the rows behind the picture, both as files, and notes on the unit; sent only when opened."""
    chosen = filters.read(house.store())
    words.speak(chosen.lang)
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"aside_{id}"):
        with st.popover(say("口径"), icon=":material/info:", type="tertiary", key=f"about_{id}", on_change="rerun") as about:
            if about.open:
                _definition(id, chosen)
        with st.popover(say("数据"), icon=":material/table_rows:", type="tertiary", key=f"data_{id}", on_change="rerun") as data:
            if data.open:
                _data(id, chosen)
        with st.popover(say("下载"), icon=":material/download:", type="tertiary", key=f"files_{id}", on_change="rerun") as files:
            if files.open:
                downloads(id, chosen)
        beside_chart(id, chosen)


def _definition(id: str, chosen: filters.Filters) -> None:
    """Question, formula, why, limits, source and clause, coverage."""
    store = house.store()
    explain(catalogue.entry(id))
    share = reported_share(store, filters.chosen(store, chosen))
    if share == share:
        st.caption(say("覆盖：所选范围已报 {share}", share=f"{share:.0%}"))


def explain(entry: Entry) -> None:
    """What an indicator means, in words."""
    st.markdown(f"**{say(entry.question)}**")
    st.markdown(say(entry.why))
    lines = [
        (say("算法"), say(entry.formula)),
        (say("局限"), say(entry.limits)),
        (say("报告原句"), " · ".join(entry.source)),
        (say("依据"), " · ".join(entry.clause)),
    ]
    for label, text in lines:
        if text:
            st.markdown(f"**{label}** {text}")


def _data(id: str, chosen: filters.Filters) -> None:
    store = house.store()
    found = answer(store, id, filters.chosen(store, chosen))
    if found.withheld:
        st.caption(str(found.withheld))
        return
    rows = catalogue.translated(found.frame)
    st.dataframe(rounded(rows, id), hide_index=True, column_config=columns(id), width="content", placeholder="—")
