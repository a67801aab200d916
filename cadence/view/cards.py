"""An indicator as a card: title, one-sentence reading, picture, 口径, table and download; or the reason why there is none."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cadence import catalogue, charts, filters, tokens, words
from cadence.answers import Answer, answer, missing_columns, reported_share
from cadence.catalogue import Entry
from cadence.charts import wording
from cadence.view import frame, house, states
from cadence.view.downloads import downloads
from cadence.view.drill import from_mark
from cadence.view.tables import columns, rounded, table
from cadence.words import plain, say

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

    What the spreadsheets have no column for is not a card: it is named below, with the columns that would show it.
    """
    store = house.store()
    rows = [(place,) if isinstance(place, str) else place for place in places]
    missing = {id: missing_columns(store, catalogue.entry(id)) for row in rows for id in row}
    st.header(say(title), anchor=False)
    for row in rows:
        if there := [id for id in row if not missing[id]]:
            side_by_side(*there)
    if lacking := [f"- **{say(catalogue.entry(id).title)}** {plain(str(why))}" for id, why in missing.items() if why]:
        with st.expander(say("还可以看 {n} 项，需要先有相应的列", n=len(lacking)), icon=":material/view_column:"):
            st.markdown("\n".join(lacking))


def figures(*ids: str) -> None:
    """Headline figures: value, change, n, and the last years as a line."""
    store = house.store()
    chosen = filters.read(store)
    for row in (ids[n : n + 3] for n in range(0, len(ids), 3)):
        for column, id in zip(st.columns(3), row, strict=False):
            with column:
                _figure(id, store, chosen)


def findings(*pages: str) -> None:
    """The sentences of these pages' indicators that are worth a look (提示核实); nothing where there are none."""
    store = house.store()
    chosen = filters.read(store)
    asked = [
        answer(store, entry.id, filters.chosen(store, chosen))
        for page in pages
        for entry in catalogue.entries().values()
        if entry.page == page and entry.chart != "figure"
    ]
    told = [(found.entry, found.reading) for found in asked if found.reading and found.reading.tone == "look"]
    if told:
        everywhere = frame.pages()
        with st.container(border=True, key="findings"):
            st.markdown(f"**:material/visibility: {say('提示核实')}**")
            for entry, reading in told[:6]:
                name, sentence = st.columns([1, 4], gap="small")
                name.page_link(everywhere[entry.page], label=say(entry.title), query_params=chosen.query())
                sentence.markdown(plain(reading.say))


def _card(id: str) -> None:
    store = house.store()
    chosen = filters.read(store)
    entry = catalogue.entry(id)
    with st.container(border=True, key=f"card_{id}"), states.guarded(id):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"head_{id}"):
            st.subheader(say(entry.title), anchor=False, width="stretch")
            _aside(id)
        found = answer(store, id, filters.chosen(store, chosen), chosen.compare)
        if "preset" in entry.options:
            filters.draw_preset(store, chosen, st.session_state["_page"])
        if found.withheld:
            states.withheld(id, found.withheld)
            return
        if found.reading:
            mark = ":material/visibility: " if found.reading.tone == "look" else ""
            st.markdown(f"{mark}{plain(found.reading.say)}")
        _picture(found, id, chosen)


def _picture(found: Answer, id: str, chosen: filters.Filters) -> None:
    if found.entry.chart in ("table", "none"):
        table(rounded(catalogue.translated(found.frame), id), id, found.frame, chosen)
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


def _figure(id: str, store: filters.Store, chosen: filters.Filters) -> None:
    """A metric: the period's ratio, its change against the comparison, and a line over the last three years."""
    entry = catalogue.entry(id)
    asked = filters.chosen(store, chosen)
    found = answer(store, id, asked, chosen.compare)
    with st.container(border=True, key=f"figure_{id}", height="stretch"), states.guarded(id):
        if found.withheld:
            st.metric(say(entry.title), "—", help=say(entry.question))
            st.caption(str(found.withheld))
            return
        value, before = _ratio(found.frame), _ratio(found.before)
        st.metric(
            say(entry.title),
            wording.share(value),
            None if before is None else _points(value - before),
            delta_color="off",
            delta_arrow="auto" if before is not None and _points(value - before) != "0" else "off",
            delta_description=None
            if before is None
            else say("百分点（{comparison}）", comparison=say(filters.COMPARISONS[chosen.compare])),
            help=_told(entry, line := _history(id, store, asked)),
            chart_data=line,
        )
        st.caption(_beside(found, value))


def _told(entry: Entry, line: list[float] | None) -> str:
    """The question, and the line in words: what is only drawn is not there for everybody."""
    if not line:
        return say(entry.question)
    shares = " → ".join(wording.share(value) for value in line)
    return f"{say(entry.question)}\n\n{say('近三年各期：{shares}', shares=shares)}"


def _points(change: float) -> str:
    """A change in percentage points with its sign; none is plain 0."""
    points = round(100 * change)
    return f"{points:+d}" if points else "0"


def _beside(found: Answer, value: float) -> str:
    row = found.frame[["numerator", "denominator"]].sum()
    parts = [f"{wording.exact(row['numerator'])} / {wording.exact(row['denominator'])}"]
    if "even" in found.frame:
        parts.append(say("均匀为 {even}", even=wording.share(found.frame["even"].mean())))
    if found.entry.coverage:
        parts.append(say("已报 {share}", share=wording.share(found.reported)))
    return " · ".join(parts)


def _ratio(frame: pd.DataFrame | None) -> float | None:
    if frame is None or frame.empty or not (below := frame["denominator"].sum()):
        return None
    return float(frame["numerator"].sum() / below)


def _history(id: str, store: filters.Store, asked: filters.selection.Selection) -> list[float] | None:
    """The ratio of each quarter (or year) of the three years up to the period's end."""
    until = asked.period.until
    past = filters.selection.Period(until.replace(year=until.year - 2, month=1, day=1), until)
    frame = filters.queries.ask(store, id, asked.during(past).params)
    line = (frame["numerator"] / frame["denominator"]).tolist()
    return line if len(line) > 2 else None


@st.fragment
def _aside(id: str) -> None:
    """Beside the title: 口径, the rows behind the picture, and both as files; asked for and sent only when opened."""
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
