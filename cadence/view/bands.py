"""Which units need a look, in bands: the organ's own office and the leaders' branches first; places only where a reader asks."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from cadence import catalogue, filters
from cadence.answers import answer
from cadence.filters import Filters
from cadence.view import frame, house, states
from cadence.view.cards import head
from cadence.view.tables import table
from cadence.words import plain, say

ID = "unit_bands"
RANKED = "ranked"
"""Name in the address: whether the reader asked for places; off where it is not there."""
LIMIT = 24
"""Units shown at once."""
ICONS = {
    "attention": ":material/priority_high:",
    "glance": ":material/visibility:",
    "steady": ":material/check_circle:",
    "unknown": ":material/hourglass_empty:",
}


def bands() -> None:
    """The card of the units: those that need attention and those worth a glance with what for; the others by name."""
    store = house.store()
    chosen = filters.read(store)
    entry = catalogue.entry(ID)
    with st.container(border=True, key=f"card_{ID}"), states.guarded(ID):
        head(entry)
        found = answer(store, ID, filters.chosen(store, chosen))
        if found.withheld:
            states.withheld(ID, found.withheld)
            return
        st.markdown(plain(found.reading.say))
        is_near = found.frame["near"] != ""
        if is_near.any():
            _near(found.frame[is_near], chosen)
        for band in ICONS:
            rows = found.frame[~is_near & (found.frame["band"] == band)]
            if len(rows):
                _band(
                    band, rows, chosen, say("其他支部：{band}", band=_word("band", band)) if is_near.any() else _word("band", band)
                )
        if _asked(chosen):
            _places(found.frame, chosen)


def _near(rows: pd.DataFrame, chosen: Filters) -> None:
    """The organ's own office and the leaders' branches, each with its band, before all others."""
    with st.container(key="band_near", gap="small"):
        st.markdown(f"**{say('机关本级和领导所在支部（先看自己）')}** · {len(rows):,}")
        _units("near", rows, chosen)


def _band(band: str, rows: pd.DataFrame, chosen: Filters, name: str) -> None:
    """One band: with what to look at where there is something, else the names alone."""
    with st.container(key=f"band_{band}", gap="small"):
        if band in ("steady", "unknown"):
            with st.expander(f"{ICONS[band]} {name} · {len(rows):,}"):
                st.markdown(plain(say("、").join(rows["unit"])))
            return
        st.markdown(f"{ICONS[band]} **{name}** · {len(rows):,}")
        _units(band, rows, chosen)


def _units(group: str, rows: pd.DataFrame, chosen: Filters) -> None:
    """A line per unit; what is beyond the limit comes with a click."""
    more = f"bands_more_{group}_{hash(chosen)}"
    shown = rows.head(st.session_state.get(more, LIMIT))
    with st.container(key=f"units_{group}"):
        for row in shown.to_dict("records"):
            _unit(row, chosen)
    if left := len(rows) - len(shown):
        st.button(
            say("再看 {n} 个", n=min(left, LIMIT)),
            key=f"more-{more}",
            type="tertiary",
            icon=":material/expand_more:",
            on_click=st.session_state.__setitem__,
            args=(more, len(shown) + LIMIT),
        )


def _unit(row: dict, chosen: Filters) -> None:
    """A unit, where it stands in the organ, and what to look at: beyond doubt first, in bold."""
    strong, weak = catalogue.signs(row["strong"]), catalogue.signs(row["weak"])
    told = " · ".join(part for part in (f"**{plain(strong)}**" if strong else "", plain(weak)) if part)
    with st.container(key=f"looked_{row['unit']}", horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link(frame.pages()["unit"], label=plain(row["unit"]), query_params=replace(chosen, unit=row["unit"]).query())
        if row["near"]:
            st.badge(_word("near", row["near"]), color="gray")
            told = f"{ICONS[row['band']]} {_word('band', row['band'])} {told}"
        st.markdown(told)


def _word(column: str, id: str) -> str:
    return say(catalogue.vocabulary()[column][id])


def _asked(chosen: Filters) -> bool:
    """The switch for places: off until a leader wants it, and kept in the address."""
    key = f"{RANKED}-{chosen.lang}"
    is_on = st.query_params.get(RANKED) == "met"
    if st.session_state.get(key) != is_on:
        st.session_state[key] = is_on

    def picked() -> None:
        if st.session_state[key]:
            st.query_params[RANKED] = "met"
        elif RANKED in st.query_params:
            del st.query_params[RANKED]

    return st.toggle(
        say("按达标率排列（默认不排名）"), key=key, on_change=picked, help=say("名次写成范围：区间重叠的单位不分先后。")
    )


def _places(rows: pd.DataFrame, chosen: Filters) -> None:
    """By compliance, each place a range: units whose intervals overlap share it. Those with too few periods due have none."""
    judged = rows[rows["best"].notna()].sort_values(["met", "unit"], ascending=[False, True]).reset_index(drop=True)
    shown = pd.DataFrame(
        {
            "unit": judged["unit"],
            "place": [
                f"{best}–{worst}" if best != worst else f"{best}"
                for best, worst in judged[["best", "worst"]].astype(int).values.tolist()
            ],
            "met": judged["met"].round(2),
            "interval": [f"{low:.0%}–{high:.0%}" for low, high in judged[["met_low", "met_high"]].values.tolist()],
            "due": judged["due"],
        }
    )
    titles = {"place": say("名次（范围）"), "interval": say("95% 区间"), "due": say("可判定期数")}
    table(shown, ID, judged, chosen, titles)
    tied = (judged["best"] == 1).sum()
    st.caption(
        say(
            "{n} 个单位中 {tied} 个并列在前：区间互相重叠，分不出先后；{few} 个单位不足 5 期，不列。名次不宜用于考核。",
            n=len(judged),
            tied=tied,
            few=len(rows) - len(judged),
        )
    )
