"""Notes on the screen: those of the chosen unit and time as a card, beside a chart, and beside a finding; each can be withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from cadence import filters, queries
from cadence import notes as kept
from cadence.filters import Filters
from cadence.notes import NoteError
from cadence.selection import Period
from cadence.view import house
from cadence.words import plain, say

DAYS = "days"
ICON = ":material/sticky_note_2:"


@dataclass(frozen=True)
class Place:
    """Where notes are written: the unit they are for, the time they start with, the chart beside them, and a name for keys."""

    unit: str
    span: Period
    name: str
    indicator: str | None = None


def notes(empty: bool = True) -> None:
    """The notes of the chosen unit and time, and a place to write one; nothing where no unit is chosen.

    Where `empty` is false, nothing either until there is a note.
    """
    chosen = filters.read(house.store())
    if not chosen.unit or chosen.asof:
        return
    found = pinned(chosen)
    if found.empty and not empty:
        return
    with st.container(border=True, key="notes"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            if found.empty:
                st.caption(say("这个单位的这段时间还没有备注。数字背后有情况的，可以写在这里。"), width="stretch")
            else:
                st.subheader(say("单位备注"), anchor=False, width="stretch")
            with st.popover(say("写备注"), icon=":material/edit_note:", type="tertiary", key="write_note"):
                _write(Place(chosen.unit, _span(chosen), f"page_{len(found)}"), chosen)
        _list(found, chosen, "page")


def beside_chart(id: str, chosen: Filters) -> None:
    """Beside a chart's title: how many notes touch its unit and time, the notes themselves, and a place to write one."""
    if not chosen.unit or chosen.asof:
        return
    found = pinned(chosen)
    found = found[found["indicator"].isna() | (found["indicator"] == id)]
    label = say("备注 {n}", n=len(found)) if len(found) else say("写备注")
    with st.popover(label, icon=ICON, type="tertiary", key=f"notes_{id}", on_change="rerun") as opened:
        if opened.open:
            _list(found, chosen, id)
            _write(Place(chosen.unit, _span(chosen), f"{id}_{len(found)}", id), chosen)


def beside_finding(unit: str, spans: Sequence[tuple[dt.date, dt.date]], chosen: Filters) -> None:
    """A place to write a note on the days that a finding looks at."""
    with st.popover(say("写备注"), icon=ICON, type="tertiary", key="note_finding"):
        _write(Place(unit, Period(spans[0][0], spans[-1][1]), "finding"), chosen)


def of_findings(rows: pd.DataFrame) -> pd.DataFrame:
    """The plain notes on the units and years of these findings."""
    if rows.empty:
        return pd.DataFrame()
    span = {"start": dt.date(int(rows["year"].min()), 1, 1), "until": dt.date(int(rows["year"].max()), 12, 31)}
    found = queries.ask(house.present(), "notes", {**span, "units": sorted(set(rows["unit"]))})
    return found[found["pattern"].isna()]


def touching(found: pd.DataFrame, unit: str, spans: Sequence[tuple[dt.date, dt.date]]) -> list[str]:
    """The sentences of those notes that are on the unit and touch its days."""
    if found.empty:
        return []
    first, last = pd.Timestamp(spans[0][0]), pd.Timestamp(spans[-1][1])
    here = found[(found["unit"] == unit) & (found["starts_on"] <= last) & (found["ends_on"] >= first)]
    return [
        say("{reason}（{by}，{when}）", reason=row["text"], by=row["noted_by"], when=f"{row['noted_at']:%Y-%m-%d}")
        for _, row in here.iterrows()
    ]


def pinned(chosen: Filters) -> pd.DataFrame:
    """The notes that touch the chosen unit, what is below it, and the chosen time."""
    return queries.ask(house.present(), "notes", filters.chosen(house.store(), chosen).params)


def _list(found: pd.DataFrame, chosen: Filters, place: str) -> None:
    for _, row in found.iterrows():
        with st.container(key=f"note_{place}_{row['note']}", gap=None):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"{ICON} {plain(row['text'])}", width="stretch")
                st.button(
                    say("撤下"),
                    type="tertiary",
                    icon=":material/undo:",
                    key=f"withdraw_{place}_{row['note']}",
                    help=say("撤下后不再显示；谁写的、谁撤的都留有记录。"),
                    on_click=kept.withdraw,
                    args=(house.present(), int(row["note"])),
                )
            st.caption(plain(" · ".join(_about(row, chosen))))


def _about(row: pd.Series, chosen: Filters) -> list[str]:
    """The unit where it is another; time, what it was pinned to, who and when."""
    return [*([row["unit"]] if row["unit"] != chosen.unit else []), *kept.about(row)]


def _span(chosen: Filters) -> Period:
    return filters.chosen(house.store(), chosen).period


def _write(place: Place, chosen: Filters) -> None:
    """Time, text, and a button; a note that cannot be kept says why."""
    key = f"{place.name}_{chosen.lang}"
    span = _asked(place, key)
    text = st.text_area(
        say("内容"),
        placeholder=say("例：本季度办公楼搬迁，集中在9月补开"),
        max_chars=kept.LONGEST,
        key=f"note_text_{key}",
        help=say("不要写身份证号、手机号等个人信息。"),
    )
    if st.button(say("保存备注"), type="primary", key=f"note_save_{key}", disabled=not text.strip() or span is None):
        try:
            kept.pin(house.present(), place.unit, span.start, span.until, text, indicator=place.indicator)
        except NoteError as error:
            st.error(str(error.message))
            return
        st.rerun()


def _asked(place: Place, key: str) -> Period | None:
    """The time of a note: the one at hand, a quarter or year on offer, or two days of one's own; None while one day is missing."""
    offered = [filters.selection.period(id) for id in filters.offer(house.store()).periods]
    spans = {str(at): span for at, span in enumerate(dict.fromkeys([place.span, *offered]))}
    picked = st.selectbox(
        say("时间"),
        [*spans, DAYS],
        format_func=lambda at: say("自选日期…") if at == DAYS else kept.days(spans[at].start, spans[at].until),
        key=f"note_time_{key}",
    )
    if picked != DAYS:
        return spans[picked]
    days: Any = st.date_input(
        say("哪几天"), value=(place.span.start, place.span.until), key=f"note_days_{key}", format="YYYY-MM-DD"
    )
    return Period(*days) if len(days) == 2 else None
