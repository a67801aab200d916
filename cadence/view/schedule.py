"""均衡排期: what is still due spread over the weeks left; the plan can be edited, and taken away as a work plan or a calendar."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import streamlit as st

from cadence import filters, rules, schedule, selection, words
from cadence.charts import loads
from cadence.filters import Filters
from cadence.schedule import Plan, checks, files, span, told
from cadence.store import Store
from cadence.view import house
from cadence.view.address import choice
from cadence.view.pictures import picture
from cadence.words import plain, say

START, UNTIL, MOST = "from_day", "to_day", "a_week"
"""Names in the address: the first and the last day planned for, and a unit's bound for a week."""
LARGEST = 600
"""Units with anything due, above which a part has to be chosen: nobody reads a longer plan."""
BOUNDS = ("1", "2", "3", "4", "5")
SHOWN = 6
"""Faults and units that are listed; the rest is counted."""


@st.cache_resource(show_spinner=False, max_entries=8)
def _planned(
    path: str, version: int, profile: str, units: tuple[str, ...], start: dt.date, until: dt.date, most: int, _store: Store
) -> Plan | int:
    """The plan; where too many units have anything due, how many."""
    asked = schedule.read(_store, units, start, until)
    return schedule.even(asked, most) if len(asked.units) <= LARGEST else len(asked.units)


@st.fragment
def level_plan() -> None:
    """The page's content; an edit draws this part alone anew."""
    if "_go" in st.session_state:
        st.rerun()
    store = house.store()
    chosen = filters.read(store)
    words.speak(chosen.lang)
    start, until, most = _controls(store, chosen)
    units = filters.chosen(store, chosen).units
    with st.spinner(say("正在排期…")):
        plan = _planned(store.path, store.version, house.profile(), units, start, until, most, store)
    if isinstance(plan, int):
        st.info(say("所选单位太多（{n} 个有待开展的活动），请在左侧选定一部分。", n=plan), icon=":material/account_tree:")
    elif not plan.demand.units:
        st.info(say("到所选的那一天，所选单位没有还要开展的规定动作或计划事项。"), icon=":material/event_available:")
        if text := told.unknown(plan):
            st.caption(plain(text))
    else:
        _section(plan, chosen)


def _controls(store: Store, chosen: Filters) -> tuple[dt.date, dt.date, int]:
    """First day, last day and bound: the address's, else the usual ones; a choice goes back into the address."""
    months = filters.offer(store).months["month"]
    year = selection.period(chosen.period).until.year
    usual = span.usual(months, year, dt.date.today())
    start, until = span.chosen(st.query_params.get(START), st.query_params.get(UNTIL), usual)
    first, last = dt.date(min(months.min().year, year), 1, 1), dt.date(max(months.max().year, year) + 1, 12, 31)
    if not first <= start <= last:
        start, until = usual
    asked = st.query_params.get(MOST, "")
    most = int(asked) if asked in BOUNDS else schedule.MOST
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        choice(st.date_input, START, say("从哪天排起"), start, str(usual[0]), min_value=first, max_value=last, width=170)
        end = dt.date(start.year, 12, 31)
        choice(st.date_input, UNTIL, say("排到哪天"), until, str(end), min_value=start, max_value=end, width=170)
        label = say("每单位每周至多（次）")
        choice(st.segmented_control, MOST, label, str(most), str(schedule.MOST), options=BOUNDS, required=True)
    return start, until, most


def _section(plan: Plan, chosen: Filters) -> None:
    """Sentence and picture of the table below, which a reader may edit; then what is worth a look, and the files."""
    above = st.container(border=True, key="schedule_load")
    table = _editor(plan, chosen)
    rows = checks.usable(table)
    with above:
        text = told.sentence(plan, rows["day"])
        st.markdown(f"**{plain(text)}**")
        picture(loads.loads(_load(plan, rows["day"]), dark=st.context.theme.type == "dark"), "schedule_chart", chosen, text)
        st.caption(
            say(
                "{made}这是供参考的建议，不保存，不考核；可以改日期、删行、加行，图随表变。", made=told.made_from(plan.demand.start)
            )
        )
        if not plan.is_best:
            st.warning(
                say("在限定时间内没有算到最优，给出的是依次排入的结果；可以选定一部分单位再排。"), icon=":material/timer_off:"
            )
    _faults(plan, table)
    _files(plan, table)
    _rest(plan)
    with st.expander(say("怎么排的"), icon=":material/info:"):
        _explained(plan)


def _load(plan: Plan, days: pd.Series) -> loads.Load:
    """What the picture shows of a plan."""
    asked = plan.demand
    day = asked.days["day"].to_numpy(dtype="datetime64[D]")
    inside = (day >= np.datetime64(asked.start)) & (day <= np.datetime64(asked.until))
    weekday = (day.astype(int) + 3) % 7
    off = inside & ~asked.days["is_working"].to_numpy(bool) & (weekday < 5)
    names = [say(name) if isinstance(name, str) else say("非工作日") for name in asked.days["holiday"][off]]
    seen = asked.inspections.drop_duplicates(["day", "name"]) if len(asked.inspections) else asked.inspections
    seen = seen[pd.to_datetime(seen["day"]).between(pd.Timestamp(asked.start), pd.Timestamp(asked.until))]
    before = schedule.as_before(asked)
    return loads.Load(
        first=asked.first,
        level=schedule.weekly(asked, days).astype(float),
        usual=told.usual(plan),
        before=say("若都拖到最后") if before is None else say("照往年同期的分布"),
        working=np.bincount(asked.week(day[asked.is_open]), minlength=asked.weeks),
        later=schedule.weekly(asked, asked.later["day"].repeat(asked.later["held"])).astype(float) if asked.is_past else None,
        off=list(zip(day[off], names, strict=True)),
        inspections=[(np.datetime64(row.day, "D"), row.name) for row in seen.itertuples(index=False)],
    )


def _editor(plan: Plan, chosen: Filters) -> pd.DataFrame:
    """The plan as a table whose rows may be moved, changed, removed and added; kept by this reader's browser session alone."""
    asked, kinds = plan.demand, {id: say(kind.title) for id, kind in rules.types().items()}
    st.subheader(say("逐项安排"), anchor=False)
    return st.data_editor(
        told.table(plan),
        key=f"schedule_table_{hash((chosen.lang, chosen.unit, asked.start, asked.until, plan.most))}",
        num_rows="dynamic",
        hide_index=True,
        height=420,
        placeholder="—",
        column_order=["day", "unit", "type", "topic", "reason"],
        column_config={
            "day": st.column_config.DateColumn(say("日期"), format="YYYY-MM-DD", width=110),
            "unit": st.column_config.SelectboxColumn(say("单位"), options=asked.units, width=170),
            "type": st.column_config.SelectboxColumn(say("活动类型"), options=list(kinds), format_func=kinds.get, width=130),
            "topic": st.column_config.TextColumn(say("建议主题"), width="medium"),
            "reason": st.column_config.TextColumn(say("为什么"), disabled=True, width="large"),
        },
    )


def _faults(plan: Plan, table: pd.DataFrame) -> None:
    """What no longer agrees with calendar, bounds and rules after the reader's changes."""
    if found := checks.faults(plan, table):
        lines = [f"- {plain(told.fault(one))}" for one in found[:SHOWN]]
        if more := len(found) - SHOWN if len(found) > SHOWN else 0:
            lines.append(f"- {say('还有 {n} 条。', n=more)}")
        st.warning("\n".join([say("改动以后请留意："), *lines]), icon=":material/visibility:")


def _files(plan: Plan, table: pd.DataFrame) -> None:
    """The table as a work plan and as a calendar, made when they are asked for."""
    spoken = words.language()

    def sheet() -> bytes:
        words.speak(spoken)
        return files.sheet(plan, table, dt.date.today())

    def calendar() -> bytes:
        words.speak(spoken)
        return files.calendar(plan, table, dt.datetime.now(dt.UTC))

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for label, ending, data, icon in (
            (say("下载工作计划（.xlsx）"), "xlsx", sheet, ":material/table_view:"),
            (say("下载日历（.ics）"), "ics", calendar, ":material/calendar_month:"),
        ):
            st.download_button(label, data, f"{files.name(plan)}.{ending}", key=f"schedule_{ending}", on_click="ignore", icon=icon)
        st.caption(say("工作计划改好以后可以直接在“数据导入”导入。"))


def _rest(plan: Plan) -> None:
    """What has no place, and what was not asked for because nobody knows."""
    if told_ := told.impossible(plan):
        with st.expander(say("{n} 次排不下：看是哪些单位，可以放下什么", n=len(plan.impossible)), icon=":material/event_busy:"):
            st.markdown("\n".join(f"- {plain(line)}" for line in told_))
    if text := told.unknown(plan):
        st.caption(plain(text))


def _explained(plan: Plan) -> None:
    """What is asked for, what bounds it and what is made as small as possible, in words."""
    for text in (
        say(
            "**排什么**：按规定到所选的那一天每类还差的次数（错过当月或当季的，在后面多开补上的不再算），"
            "加上工作计划里还没有开展的事项；计划事项与规定动作是同一次的只算一次。没有台账的月份不知是否已开展，不重复排。"
            "“年内预警”的“还差”一个月一个月地数，补开的不抵，也不含计划事项，所以与这里的“待排”不是同一个数。"
        ),
        say(
            "**不能越过的线**：只排在工作日和所选的时间内，避开停办；每月、每季、有时节的，排在各自的期间里；错过的尽早补；"
            "一个单位一天至多 1 次，一周至多 {most} 次；同类的不挤在一周。谈心谈话、组织生活会、民主评议依次进行。",
            most=plan.most,
        ),
        say(
            "**求什么**：先让排不下的最少，再让全部单位合计最多的一周尽量少（节假日多的周按天数减），"
            "然后少让一个单位一周两次，少离开计划的时间，检查前两周不堆，照各单位习惯的旬和星期。同样的资料总得到同样的安排。"
        ),
        say(
            "**说不准的地方**：不知道会议室、领导日程和临时任务；计划以现在生效的版本为准；"
            "按所选单位合计来均衡，单独选一个单位时结果可能不同。不受左侧所选活动类型影响。"
        ),
    ):
        st.markdown(text)
