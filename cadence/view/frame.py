"""Around every page: menu, header band, filters, notices. A page draws all of it itself when `app.py` has not run."""

from __future__ import annotations

import json
from dataclasses import replace
from html import escape
from pathlib import Path

import numpy as np
import streamlit as st
from streamlit.navigation.page import StreamlitPage

from cadence import answers, batches, filters, rules, settings, tokens, words
from cadence.charts import wording
from cadence.filters import Filters
from cadence.rules import RuleError
from cadence.settings import SettingError
from cadence.store import Store, StoreError
from cadence.view import house, samples, states
from cadence.view.help import page_help
from cadence.view.views import popover
from cadence.words import plain, say

HOME = Path(__file__).resolve().parents[2]
FIRST = "overview"
PAGES = {
    "看": {
        "overview": "总览",
        "frequency": "活动频次",
        "rhythm": "工作节奏",
        "participation": "参与情况",
        "integration": "业务融合",
        "quality": "活动质量",
        "evaluation": "考评体检",
        "unit": "单位画像",
        "records": "活动明细",
    },
    "办": {"report": "报告", "schedule": "均衡排期", "spreadsheets": "数据导入", "definitions": "口径说明"},
}
UNFILTERED = {"spreadsheets", "definitions", "samples"}
STYLE = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
SCRIPT = (Path(__file__).parent / "chrome.js").read_text(encoding="utf-8")
CHROME = {
    "Upload": "选择文件",
    "{} per file": "每个文件不超过 {}",
    "File must be {} or smaller.": "文件不能超过 {}。",
    "{} files are not allowed.": "不接受这种文件（{}）。",
    "Error:": "错误：",
    "Add files": "添加文件",
    "No results": "没有匹配项",
    "No options to select": "没有可选项",
    "Select all": "全选",
    "Clear all": "全部清除",
    "Clear value": "清除",
    "Fullscreen": "全屏",
    "Close fullscreen": "退出全屏",
    "Download as CSV": "下载 CSV",
    "Search": "搜索",
    "Show/hide columns": "显示或隐藏列",
    "Clear selection": "取消选择",
    "Collapse sidebar": "收起侧栏",
    "Expand sidebar": "展开侧栏",
    "Open sidebar": "展开侧栏",
    "Close": "关闭",
    "Download plot as a PNG": "下载图片",
    "Page not found": "没有这一页",
    "The page that you have requested does not seem to exist. Running the app's main page.": "地址里的页面不存在，已显示总览。",
}
"""Streamlit's own words in Chinese, as `chrome.js` puts them on the page."""


def pages() -> dict[str, StreamlitPage]:
    """Stem → page. The first page lives at "/"; `/overview` is another way in."""
    titles = {stem: title for group in PAGES.values() for stem, title in group.items()}
    listed = {
        stem: st.Page(
            HOME / "pages" / f"{stem}.py",
            title=say(title),
            url_path="home" if stem == FIRST else stem,
            default=stem == FIRST,
        )
        for stem, title in titles.items()
    }
    if settings.load().development:
        listed["samples"] = st.Page(samples.samples, title=say("样张"), url_path="samples", visibility="hidden")
    listed["deep"] = st.Page(HOME / "pages" / f"{FIRST}.py", title=say(titles[FIRST]), url_path=FIRST, visibility="hidden")
    return listed


def route() -> StreamlitPage:
    """Which page is asked for; called by `app.py`."""
    here = st.navigation(list(pages().values()), position="hidden")
    if here.url_path == FIRST:
        st.switch_page(pages()[FIRST], query_params=filters.query())
    st.session_state["_here"] = here.url_path or FIRST
    return here


def title(text: str) -> None:
    """The head of a page: frame, language, filters, title. Every page opens with it, so that it is complete by itself.

    With a folder named `pages`, Streamlit runs a deep-linked page without `app.py` until somebody opens "/" after a restart;
    then the navigation is set up from here and the page comes up once more, through `app.py`.
    """
    if "_here" not in st.session_state:
        route()
        if not st.session_state.get("_routed"):
            st.session_state["_routed"] = True
            del st.session_state["_here"]
            st.rerun()
    here = st.session_state.pop("_here")
    if going := st.session_state.pop("_go", None):
        st.switch_page(pages()[going[0]], query_params=going[1])
    st.session_state["_page"] = here
    answers.remember()
    store = _opened()
    chosen = filters.read(store)
    words.speak(chosen.lang)
    st.set_page_config(
        page_title=f"{say(text)} · Cadence 节拍", layout="wide", page_icon=str(HOME / "cadence" / "view" / "icon.svg")
    )
    _dress(chosen)
    _menu(chosen, here)
    popover(chosen, here, set(pages()))
    filters.draw(store, chosen, here, only_language=here in UNFILTERED)
    _presenting(chosen)
    _notices(store, chosen)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="title"):
        st.title(say(text), anchor=False, width="content")
        page_help(here)
    if here in UNFILTERED:
        return
    if not filters.offer(store).periods:
        _nothing_yet()
        st.stop()
    with st.container(key="scope"):
        st.caption(filters.scope(chosen), help=say("左侧可以更改时间、单位和类型；网址记住这些选择，可以直接分享。"))
    _chips(chosen)
    with st.container(key="dated"):
        st.caption(wording.date(np.datetime64("today")))


def _chips(chosen: Filters) -> None:
    """What the page is narrowed to, each with the click that widens it again; nothing where nothing is narrowed."""
    kinds = say("、").join(say(rules.types()[kind].title) for kind in chosen.types)
    narrowed = [("unit", chosen.unit, replace(chosen, unit="")), ("types", kinds, replace(chosen, types=()))]
    shown = [(name, text, wider) for name, text, wider in narrowed if text]
    if not shown:
        return
    with st.container(key="chips", horizontal=True, gap="small"):
        for name, text, wider in shown:
            st.button(
                say("只看{what}", what=plain(text)),
                key=f"only_{name}",
                icon=":material/close:",
                icon_position="right",
                help=say("不再限于此"),
                on_click=filters.write,
                args=(wider,),
            )


def _presenting(chosen: Filters) -> None:
    """投屏: the page for a wall, without sidebar and larger (style.css); the address keeps it, Esc or the small button leaves."""

    def turn() -> None:
        filters.write(replace(chosen, present="" if chosen.present else "1"))

    if chosen.present:
        with st.container(key="presenting"):
            st.button(say("退出投屏"), key="leave", type="tertiary", icon=":material/close_fullscreen:", on_click=turn)
    else:
        st.sidebar.button(say("投屏"), key="present", type="tertiary", icon=":material/present_to_all:", on_click=turn)


def _opened() -> Store:
    """The store; where it cannot be opened, a page that says why and what to do instead."""
    try:
        return house.store()
    except (StoreError, SettingError, RuleError) as error:
        st.error(str(error), icon=":material/error:")
        st.stop()


def _nothing_yet() -> None:
    """The empty state: what to do first."""
    with states.empty(say("还没有数据"), say("把本季度的活动台账、组织名册等表格原样拖进来，就能看到节奏。")):
        st.page_link(pages()["spreadsheets"], label=say("去导入"), icon=":material/upload_file:", query_params=filters.query())


def _sample_notice() -> None:
    """A banner over invented data, with the one click that clears it."""
    store = house.present()
    if not batches.has_sample(store):
        return
    with st.container(border=True, key="sample", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/science: **{say('演示数据')}** · {say('虚构的示例机关')}", width="stretch")
        if st.button(say("清除，从空白开始"), key="clear_sample", type="tertiary", icon=":material/delete_sweep:"):
            batches.clear_sample(store, house.profile())
            st.query_params.clear()
            st.rerun()


def _past_notice(chosen: Filters) -> None:
    """A banner over figures of the past, with the way back to now."""
    with st.container(border=True, key="past", horizontal=True, vertical_alignment="center", gap="small"):
        text = say("这是第{batch}批入库时的样子，不是现在的数据", batch=chosen.asof)
        st.markdown(f":material/history: **{text}**", width="stretch")
        if st.button(say("回到现在"), key="now", type="tertiary", icon=":material/update:"):
            filters.write(replace(chosen, asof=""))
            st.rerun()


def _dress(chosen: Filters) -> None:
    """The name on the band, the style, and the reader's words for Streamlit's own buttons."""
    script = SCRIPT
    for name, value in {
        "WORDS": CHROME if chosen.lang == words.SOURCE else {},
        "LANGUAGE": {"zh": "zh-CN"}.get(chosen.lang, chosen.lang),
        "THEME": st.context.theme.type or "light",
        "PRESENT": chosen.present,
    }.items():
        script = script.replace(f"{name};", json.dumps(value, ensure_ascii=False) + ";", 1)
    with st.container(key="band", gap=None):
        st.html(f"<b>{escape(say('节拍'))}</b><small>{escape(say('机关党建工作节奏'))}</small>")
        st.html(f"<style>{tokens.variables()}{STYLE}</style>")
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)


def _menu(chosen: Filters, here: str) -> None:
    listed = pages()
    with st.sidebar.container(key="menu", gap=None):
        for group, stems in PAGES.items():
            st.caption(say(group))
            for stem in stems:
                with st.container(key="menu_here" if stem == here else f"menu_{stem}"):
                    st.page_link(listed[stem], query_params=chosen.query(), width="stretch")


def _notices(store: Store, chosen: Filters) -> None:
    """Invented data, a look at the past, and years whose holidays nobody knows."""
    _sample_notice()
    if chosen.asof and store is not house.present():
        _past_notice(chosen)
    if not filters.offer(store).periods:
        return
    params = filters.chosen(store, chosen).params
    months = filters.offer(store).months
    unknown = sorted(
        {month.year for month in months.loc[~months["is_known"], "month"] if params["start"] <= month.date() <= params["until"]}
    )
    if unknown:
        st.warning(
            say(
                "{years} 年的节假日安排尚未收录，工作日按周一至周五计算；可在 data/rules/calendar.toml 中补充。",
                years=say("、").join(str(year) for year in unknown),
            ),
            icon=":material/event_busy:",
        )
