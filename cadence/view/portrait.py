"""The head of a unit's portrait: who it is, whom it is seen beside, where its rows stand; without a unit, a calm search for one."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from cadence import catalogue, filters, queries
from cadence.filters import Filters
from cadence.store import Store
from cadence.view import frame, house
from cadence.words import plain, say


def portrait() -> None:
    """What is known of the chosen unit; where none is chosen, the page asks for one and ends."""
    store = house.store()
    chosen = filters.read(store)
    if not chosen.unit:
        _ask(store, chosen)
        st.stop()
    asked = filters.chosen(store, chosen).params
    row = queries.ask(store, "portrait_unit", asked).iloc[0]
    with st.container(border=True, key="portrait", gap="small"):
        st.markdown(f"**{plain(chosen.unit)}** · {plain(_known(row))}")
        st.caption(plain(row["path"]))
        st.markdown(f":material/group_work: {plain(_peers(row))}")
        _similar(queries.ask(store, "similar_units", asked), chosen)
        _newest(row, chosen)


def link(chosen: Filters, unit: str) -> None:
    """A link to a unit's portrait, in the reader's own time and kinds."""
    target = replace(chosen, unit=unit).query()
    st.page_link(frame.pages()["unit"], label=plain(unit), icon=":material/account_balance:", query_params=target)


def _ask(store: Store, chosen: Filters) -> None:
    names = filters.unit_names(filters.offer(store).tree)
    key = f"sought_unit-{chosen.lang}"

    def picked() -> None:
        if st.session_state[key]:
            filters.write(replace(filters.read(store), unit=st.session_state[key]))

    with st.container(border=True, key="ask_unit"):
        st.markdown(f"### {say('看哪个单位？')}")
        st.markdown(say("选一个单位，这一页就只讲它：往期、同类单位的通常范围、提示和预警、原始表格的出处。"))
        st.selectbox(
            say("查找单位"),
            list(names),
            format_func=names.get,
            index=None,
            key=key,
            placeholder=say("输入名称的一部分"),
            on_change=picked,
            label_visibility="collapsed",
        )


def _known(row: pd.Series) -> str:
    """Kind, size and age of the unit, as far as the register says."""
    parts = [catalogue.translated(pd.DataFrame({"kind": [row["kind"]]}))["kind"].iloc[0]]
    if pd.notna(row["members"]):
        parts.append(say("{n} 名党员", n=f"{row['members']:,.0f}"))
    if pd.notna(row["groups"]) and row["groups"]:
        parts.append(say("{n} 个党小组", n=f"{row['groups']:,.0f}"))
    if row["below"]:
        parts.append(say("下有 {n} 个单位", n=f"{row['below']:,.0f}"))
    if pd.notna(row["founded_on"]):
        parts.append(say("{year}年成立", year=row["founded_on"].year))
    return " · ".join(parts)


def _peers(row: pd.Series) -> str:
    """Whom the unit is seen beside, and how they are used."""
    values = {"n": f"{row['others']:,.0f}"}
    if row["below"]:
        return say("下面还有单位，这里合在一起看，只与自己的往期比；同类单位的范围要看单个支部。")
    if row["basis"] == "group":
        return say(
            "同类：名册同类组“{group}”的另外 {n} 个单位，只画它们的中间一半，不列名字、不排名。", group=row["peer_group"], **values
        )
    if row["basis"] == "size" and pd.isna(row["size_until"]):
        return say(
            "同类：党员 {start} 人以上的另外 {n} 个单位，只画它们的中间一半，不列名字、不排名。", start=row["size_from"], **values
        )
    if row["basis"] == "size":
        return say(
            "同类：党员 {start} 至 {until} 人的另外 {n} 个单位，只画它们的中间一半，不列名字、不排名。",
            start=row["size_from"],
            until=row["size_until"],
            **values,
        )
    return say("同类单位不足 5 个，不作比较，只看自己的往期。")


def _similar(found: pd.DataFrame, chosen: Filters) -> None:
    """The units whose months look most alike, as links with the reason beside each."""
    if found.empty:
        return
    with st.container(key="similar", gap=None):
        st.markdown(f":material/compare_arrows: {say('全年安排最像的几个单位，供交流参考，不分高低：')}")
        for _, row in found.iterrows():
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.button(
                    plain(row["unit"]),
                    key=f"similar_{row['unit']}",
                    type="tertiary",
                    icon=":material/account_balance:",
                    on_click=filters.write,
                    args=(replace(chosen, unit=row["unit"]),),
                )
                st.caption(
                    say(
                        "各月安排有 {share} 重合（三年 {held} 次对 {counted} 次），党员 {members} 人对 {own} 人",
                        share=f"{row['shared']:.0%}",
                        held=f"{row['held']:,.0f}",
                        counted=f"{row['counted']:,.0f}",
                        members=f"{row['members']:,.0f}",
                        own=f"{row['own_members']:,.0f}",
                    )
                )


def _newest(row: pd.Series, chosen: Filters) -> None:
    """Where the unit's rows stand: its list of activities, and file, sheet and row of the newest one."""
    if pd.isna(row["activity"]):
        st.caption(f":material/table_rows: {say('还没有这个单位的活动记录。')}")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="newest"):
        st.page_link(
            frame.pages()["records"],
            label=say("看它的活动明细"),
            icon=":material/table_rows:",
            query_params={**chosen.query(), "activity": row["activity"]},
        )
        st.caption(
            plain(
                say(
                    "最近一次 {day}，出自 {file}，工作表“{sheet}”第 {row} 行",
                    day=f"{row['held_on']:%Y-%m-%d}",
                    file=row["file"],
                    sheet=row["sheet"],
                    row=row["sheet_row"],
                )
            )
        )
