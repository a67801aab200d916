"""年内预警: whose year is on its way as of a month's end, in words; a unit's burn-up on demand; how it is worked out."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from cadence import filters, outlook, selection, words
from cadence.charts import courses, wording
from cadence.filters import Filters
from cadence.outlook import Outlook
from cadence.store import Store
from cadence.view import house
from cadence.view.address import choice, put
from cadence.view.drill import from_mark
from cadence.view.pictures import picture
from cadence.view.tables import download
from cadence.words import plain, say

MONTH, COURSE = "judged", "course"
"""Names in the address: the month whose end is judged as of, and the unit whose burn-up is open."""
LIMIT = 12
"""Units shown at once."""
BADGES = {
    "severe": ("red", ":material/priority_high:"),
    "warning": ("orange", ":material/warning:"),
    "watch": ("gray", ":material/visibility:"),
}
"""Colour and icon beside the word of each level."""


@st.cache_resource(show_spinner=False, max_entries=4)
def _judged(path: str, version: int, profile: str, day: dt.date, _store: Store) -> Outlook:
    return outlook.judge(_store, day)


@st.fragment
def warnings() -> None:
    """The early warnings of the chosen period's year; opening a unit draws this section alone anew."""
    if "_go" in st.session_state:
        st.rerun()
    store = house.store()
    chosen = filters.read(store)
    words.speak(chosen.lang)
    months = filters.offer(store).months["month"]
    year = selection.period(chosen.period).until.year
    with st.container(border=True, key="warnings"):
        st.subheader(say("年内预警"), anchor=False)
        if (usual := outlook.usual(months, year)) is None:
            st.caption(say("{year}年没有可以推算的台账。", year=year))
            return
        day = _day(chosen, outlook.days(months, year), usual)
        with st.spinner(say("正在推算每个单位到年底的进度…")):
            seen = _judged(store.path, store.version, house.profile(), day, store)
        _section(seen, chosen, set(filters.chosen(store, chosen).units), outlook.is_over(months, year))


def _section(seen: Outlook, chosen: Filters, wanted: set[str], is_over: bool) -> None:
    units = seen.units[seen.units["unit"].isin(wanted)]
    if units.empty:
        st.caption(say("所选的单位中没有支部或处室，不作推算。"))
        return
    found = outlook.listed(units)
    mark = ":material/visibility: " if len(found) else ""
    st.markdown(mark + plain(outlook.summary(seen, units)))
    if is_over:
        text = say("回看：{year}年的台账已到年底，这里只用当时已经登记的记录，看当时会怎样提醒。", year=seen.day.year)
        st.caption(f":material/history: {text}")
    more = f"warnings_more_{hash((chosen, seen.day))}"
    shown = found.head(st.session_state.get(more, LIMIT))
    opened = st.query_params.get(COURSE, "")
    for _, row in shown.iterrows():
        _row(seen, row, chosen, row["unit"] == opened)
    if (left := len(found) - len(shown)) > 0:
        st.button(
            say("再看 {n} 个", n=min(left, LIMIT)),
            key=f"more-{more}",
            type="tertiary",
            icon=":material/expand_more:",
            on_click=st.session_state.__setitem__,
            args=(more, len(shown) + LIMIT),
        )
        st.caption(say("还有 {n} 个没有列出：可以在左侧选定单位，或下载全部。同一级别内按名册顺序，不排名。", n=left))
    if len(units) == 1 and found.empty and units["reason"].iloc[0] == "":
        _course(seen, units.iloc[0], chosen)
    for text in outlook.others(units):
        st.caption(plain(text))
    if chosen.types:
        st.caption(say("这里按全部活动类型推算，不受所选类型影响。"))
    with st.container(horizontal=True, vertical_alignment="top"):
        with st.expander(say("怎么算的"), icon=":material/info:"):
            _explained(seen, units)
        if len(found):
            download(outlook.rows(units), "early_warning")


def _day(chosen: Filters, offered: list[dt.date], usual: dt.date) -> dt.date:
    """The month's end to judge as of: the address's, else the usual one; a choice goes back into the address."""
    by_month = {str(day.month): day for day in offered}
    asked = st.query_params.get(MONTH, "")
    value = asked if asked in by_month else str(usual.month)
    choice(
        st.segmented_control,
        MONTH,
        say("看到哪个月底为止"),
        value,
        str(usual.month),
        apart=str(usual.year),
        options=list(by_month),
        format_func=lambda month: wording.month_name(int(month)),
        required=True,
    )
    return by_month[value]


def _row(seen: Outlook, row: pd.Series, chosen: Filters, is_open: bool) -> None:
    """Level and unit, the sentence and what is still due, done over wanted; below it the burn-up where it is open."""
    unit = row["unit"]
    color, icon = BADGES[row["level"]]
    with st.container(key=f"warned_{unit}", gap="small"):
        name, told, done = (column.container(gap=None) for column in st.columns([3.3, 6, 1.1], gap="small"))
        with name.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.badge(outlook.level(row["level"]), icon=icon, color=color)
            st.button(
                plain(unit),
                key=f"{COURSE}-{chosen.lang}-{unit}",
                type="tertiary",
                icon=":material/expand_less:" if is_open else ":material/expand_more:",
                icon_position="right",
                help=say("收起这一年的进度图") if is_open else say("看这一年的进度图"),
                on_click=put,
                args=(COURSE, "" if is_open else unit),
            )
        told.markdown(plain(outlook.sentence(row)))
        if still := outlook.still(row):
            told.caption(plain(still))
        count, measure = outlook.progress(row)
        done.markdown(f"**{count}**")
        done.caption(measure)
        if is_open:
            _course(seen, row, chosen)


def _course(seen: Outlook, row: pd.Series, chosen: Filters) -> None:
    its = outlook.course(seen, row["unit"])
    text = outlook.reading(row, its)
    st.markdown(plain(text))
    key = f"chart_course_{hash((chosen, seen.day, row['unit']))}"
    picture(courses.course(its, dark=st.context.theme.type == "dark"), key, chosen, text, from_mark(key, chosen))


def _explained(seen: Outlook, units: pd.DataFrame) -> None:
    """The arithmetic in words, and what it cannot know."""
    pace = float(units["pace"].iloc[0])
    for text in (
        say(
            "**判断到哪一天**：每个单位从所选月底往回退，退的天数是它自己补登记的习惯（九成记录在多少天内登记），再宽限 10 天；"
            "也不晚于所在单位多数支部最近一次登记的日子。这样，做了还没来得及登记的，不会被当成没做。"
        ),
        say(
            "**一年过去了多少**：不按日历天数，按工作日和往年（最多三年）全系统各月的活动多少折算，所以年初少、节后多不会被误判；"
            "再乘以今年全系统的快慢，今年是 {pace}（1 表示正好跟上计划，最多调整一成）。",
            pace=f"{pace:.2f}",
        ),
        say("**需提速到几倍**：余下的次数除以余下的时间，再除以到判断日为止的速度。"),
        say(
            "**完成的可能性**：假定余下的时间照到目前为止的速度走，同时考虑次数本身有多有少（伽马—泊松预测），"
            "算出到年底达到计划的机会。没有计划的单位按规定次数算。"
        ),
        say("**级别**：可能性低于 5%，并且需提速到 2 倍为关注，2.5 倍为预警，3 倍为严重。同一级别内按名册顺序，不排名。"),
        say(
            "**还差**：按规定到年底每类应开展的次数，减去所选月底前已登记的；错过当月或当季的也算在内，多开的不能抵别的月份；与“均衡排期”的“待排”不同，那里补开的可以抵，并加上计划事项。"
        ),
        say(
            "**说不准的地方**：只说照目前节奏会怎样，不预言谁会怎样做；活动扎堆开展的单位，实际结果比推算的范围更散；"
            "有固定时节的（组织生活会、民主评议等）不计入节奏；到 6 月底才有参考价值，9 月底较可靠。"
        ),
    ):
        st.markdown(text)
