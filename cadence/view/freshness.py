"""How fresh and complete the figures are: the newest batch and when, and the strip of quarters handed in."""

from __future__ import annotations

import streamlit as st

from cadence import batches, catalogue, charts, filters
from cadence.answers import answer
from cadence.filters import Filters
from cadence.store import Store
from cadence.view import frame, house, states
from cadence.view.cards import head
from cadence.view.drill import from_mark
from cadence.view.pictures import picture
from cadence.words import plain, say

ID = "coverage_map"
NAMED = 6
"""Units named that have not handed in everything."""


def freshness() -> None:
    """One card: what was imported last, how much of what is due is there, the strip, and who still owes months."""
    store = house.store()
    chosen = filters.read(store)
    found = answer(store, ID, filters.chosen(store, chosen))
    with st.container(border=True, key=f"card_{ID}"), states.guarded(ID):
        head(catalogue.entry(ID))
        _newest(store, chosen)
        if found.withheld:
            states.withheld(ID, found.withheld)
            return
        st.markdown(plain(found.reading.say))
        key = f"chart_{ID}_{hash(chosen)}"
        figure = charts.draw(found.entry, found.frame, dark=st.context.theme.type == "dark")
        picture(figure, key, chosen, found.reading.say, from_mark(key, chosen))
        owing = found.frame[found.frame["is_missing"]].groupby("unit", sort=False)["missing_months"].sum()
        if len(owing):
            named = [say("{unit}（{n} 个月）", unit=unit, n=n) for unit, n in owing.head(NAMED).items()]
            rest = say("等 {n} 个单位", n=len(owing)) if len(owing) > NAMED else ""
            st.caption(plain(say("还没有报齐：{units}{rest}", units=say("、").join(named), rest=rest)))


def _newest(store: Store, chosen: Filters) -> None:
    """The newest batch that counts, and the way to the imports."""
    standing = batches.history(store).query("undone_at.isna()")
    if standing.empty:
        return
    newest = standing.iloc[0]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="newest"):
        st.page_link(
            frame.pages()["spreadsheets"],
            label=say("最新一批：第{batch}批", batch=newest["batch"]),
            icon=":material/update:",
            query_params=chosen.query(),
        )
        st.caption(
            say(
                "{when} 入库 · 新增 {fresh} 行，变更 {changed} 行",
                when=f"{newest['imported_at']:%Y-%m-%d %H:%M}",
                **_counts(newest),
            )
        )


def _counts(batch: dict) -> dict[str, str]:
    return {name: f"{int(batch[name]):,}" for name in ("fresh", "changed")}
