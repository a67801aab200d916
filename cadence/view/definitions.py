"""口径说明: every indicator in words, with the rules in force and what cannot be measured."""

from __future__ import annotations

import streamlit as st

from cadence import catalogue, rules
from cadence.view import house
from cadence.view.cards import explain
from cadence.view.frame import PAGES
from cadence.words import say

UNMEASURED = {
    "平时抓业务、抓具体、抓立马见效…“务虚”工作做得不够 (L12)": "台账不记录时间用在哪里；不以其他数字代替。",
    "思想认识…党性修养…意识淡化 (L16)": "属于根源分析，无法用台账衡量。",
    "穿针引线、把关定向 (L20)": "属于现场引导的质量，靠人观察。",
}


def definitions() -> None:
    """All definitions, searchable; statutory rules with clause and confidence; phrases that stay words."""
    sought = st.text_input(say("查找"), placeholder=say("指标、算法、报告原句…"), key="sought").strip()
    titles = {stem: title for group in PAGES.values() for stem, title in group.items()}
    for page, title in titles.items():
        entries = [entry for entry in catalogue.entries().values() if entry.page == page and _matches(entry, sought)]
        if entries:
            st.header(say(title), anchor=False)
        for entry in entries:
            with st.expander(say(entry.title), expanded=bool(sought)):
                explain(entry)
    _statutory()
    _unmeasured()


def _matches(entry: catalogue.Entry, sought: str) -> bool:
    texts = (entry.title, entry.question, entry.formula, *entry.source, *entry.clause)
    return not sought or any(sought.casefold() in part.casefold() for text in texts for part in (text, say(text)))


def _statutory() -> None:
    profile = rules.profile(house.profile())
    st.header(say("规定动作依据：{profile}", profile=say(profile["title"])), anchor=False)
    st.caption(say(profile["note"]))
    confidences = {3: say("条号与文字已核"), 2: say("文字已核，条号推定"), 1: say("未核实")}
    st.dataframe(
        [
            {
                say("活动类型"): say(rules.types()[rule["type"]].title),
                say("要求"): say(rule["text"]),
                say("条款"): rule["clause"],
                say("核实程度"): confidences[rule["confidence"]],
            }
            for rule in profile["due"]
        ],
        hide_index=True,
    )


def _unmeasured() -> None:
    st.header(say("不能衡量的，用文字说明"), anchor=False)
    for phrase, reason in UNMEASURED.items():
        st.markdown(f"- {say(phrase)} — {say(reason)}")
