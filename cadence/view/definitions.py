"""口径说明: indicators with their values now, phrases of the report, glossary and the rules in force; one search for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from cadence import catalogue, filters, help, phrases, rules, words
from cadence.answers import answer
from cadence.catalogue import Entry
from cadence.charts import wording
from cadence.help import Term
from cadence.phrases import Phrase
from cadence.view import frame, house
from cadence.view.cards import explain
from cadence.words import plain, say

FEW = 3
"""Matches up to which a search opens what it finds."""
Found = Callable[[str], bool]
"""Whether a text holds what is sought."""


def definitions() -> None:
    """Four lists, of which the open one is made; a search goes through all of them and shows what it finds of each."""
    sought = st.text_input(say("查找"), placeholder=say("指标、算法、报告原句、名词…"), key="sought").strip()
    lists: dict[str, tuple[Callable[[Found], list], Callable[[list], None]]] = {
        say("指标"): (_indicators, _draw_indicators),
        say("报告原句"): (_phrases, _draw_phrases),
        say("名词"): (_terms, _draw_terms),
        say("规定动作依据"): (_statutory, _draw_statutory),
    }
    if sought:
        _search(sought, lists)
        return
    for tab, (find, draw) in zip(st.tabs(list(lists), key="definitions", on_change="rerun"), lists.values(), strict=True):
        with tab:
            if tab.open:
                draw(find(lambda text: True))


def _search(sought: str, lists: Mapping[str, tuple[Callable[[Found], list], Callable[[list], None]]]) -> None:
    """What each list holds of it, in Chinese or in the reader's language."""
    wanted = sought.casefold()
    found = {
        title: find(lambda text: wanted in text.casefold() or wanted in say(text).casefold()) for title, (find, _) in lists.items()
    }
    if not any(found.values()):
        st.caption(say("没有找到；换一个词试试。"))
    for title, rows in found.items():
        if rows:
            st.header(f"{title} :gray[:small[{len(rows)}]]", anchor=False)
            lists[title][1](rows)


def _indicators(holds: Found) -> list[Entry]:
    pages = [stem for group in frame.PAGES.values() for stem in group]
    listed = [entry for page in pages for entry in catalogue.entries().values() if entry.page == page]
    return [it for it in listed if any(map(holds, (it.title, it.question, it.formula, *it.source, *it.clause)))]


def _draw_indicators(entries: list[Entry]) -> None:
    titles = {stem: title for group in frame.PAGES.values() for stem, title in group.items()}
    opened = len(entries) <= FEW
    for number, entry in enumerate(entries):
        if not number or entries[number - 1].page != entry.page:
            st.subheader(say(titles[entry.page]), anchor=False)
        label = f"**{plain(say(entry.title))}** :gray[:small[{plain(say(entry.question))}]]"
        with st.expander(label, opened, key=f"meaning_{entry.id}_{opened}", type="compact", on_change="rerun") as part:
            if part.open:
                explain(entry)
                _now(entry)


def _now(entry: Entry) -> None:
    """What the indicator says of the selection in the URL, and the page where it stands."""
    store = house.store()
    chosen = filters.read(store)
    if not filters.offer(store).periods:
        return
    words.speak(chosen.lang)
    found = answer(store, entry.id, filters.chosen(store, chosen), marked=False)
    told = str(found.withheld) if found.withheld else found.reading.say if found.reading else ""
    scope = " · ".join((wording.period(chosen.period), chosen.unit or say("全部单位")))
    if told:
        st.markdown(f"**{plain(say('现在（{scope}）', scope=scope))}** {plain(told)}")
    st.page_link(frame.pages()[entry.page], label=say("到那一页看"), icon=":material/arrow_forward:", query_params=chosen.query())


def _phrases(holds: Found) -> list[Phrase]:
    entries = catalogue.entries()
    texts = {it: (it.text, it.lines, it.reason, *(entries[id].title for id in it.indicators)) for it in phrases.phrases()}
    return [phrase for phrase, parts in texts.items() if any(map(holds, parts))]


def _draw_phrases(found: list[Phrase]) -> None:
    st.caption(say("报告里可以衡量的每一句，都对应到指标；不能衡量的写明原因，不以别的数字代替。"))
    entries = catalogue.entries()
    _table(
        {
            say("报告原句"): say(phrase.text),
            say("出处"): phrase.lines,
            say("指标"): say("、").join(say(entries[id].title) for id in phrase.indicators) or say(phrase.reason),
            say("所需数据"): say(phrases.TIERS[phrase.tier]),
        }
        for phrase in found
    )


def _terms(holds: Found) -> list[Term]:
    return [term for term in help.terms() if holds(term.term) or holds(term.meaning)]


def _draw_terms(found: list[Term]) -> None:
    for term in found:
        st.markdown(f"**{plain(say(term.term))}** — {plain(say(term.meaning))}")


def _statutory(holds: Found) -> list[Mapping[str, Any]]:
    due = rules.profile(house.profile())["due"]
    return [rule for rule in due if any(map(holds, (rules.types()[rule["type"]].title, rule["text"], rule["clause"])))]


def _draw_statutory(found: list[Mapping[str, Any]]) -> None:
    profile = rules.profile(house.profile())
    st.markdown(f"**{say('规定动作依据：{profile}', profile=say(profile['title']))}**")
    st.caption(say(profile["note"]))
    confidences = {3: say("条号与文字已核"), 2: say("文字已核，条号推定"), 1: say("未核实")}
    _table(
        {
            say("活动类型"): say(rules.types()[rule["type"]].title),
            say("要求"): say(rule["text"]),
            say("条款"): rule["clause"],
            say("核实程度"): confidences[rule["confidence"]],
        }
        for rule in found
    )


def _table(rows: Any) -> None:
    st.table([{name: plain(text) for name, text in row.items()} for row in rows], hide_index=True, border="horizontal")
