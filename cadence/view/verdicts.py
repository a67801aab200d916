"""What the statistics of rhythm say, in sentences; behind each one its evidence, how it is known, and what else it may be."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from cadence import catalogue, charts, filters, notes, patterns, queries
from cadence.charts.wording import month_name
from cadence.notes import NoteError
from cadence.store import Store
from cadence.view import house
from cadence.view.drill import go, portrait
from cadence.view.notes import ICON, beside_finding, of_findings, touching
from cadence.view.pictures import picture
from cadence.view.tables import columns, download
from cadence.words import plain, say

FIRST = 6
"""Findings that are listed before somebody asks for all."""
BADGES = {
    "high": ("orange", ":material/priority_high:"),
    "medium": ("yellow", ":material/visibility:"),
    "hint": ("gray", ":material/more_horiz:"),
}
OPEN = "finding"
"""The URL's parameter of the finding whose evidence is open: pattern, year, unit."""


def rhythm_findings() -> None:
    """The card of the findings of rhythm, the whole first, then units and organs by certainty and strength."""
    store = house.store()
    chosen = filters.read(store)
    asked = filters.chosen(store, chosen).params
    found, judged = (queries.ask(store, id, asked) for id in ("rhythm_findings", "rhythm_judged"))
    whole, ours = found[found["scope"] == "system"], found[found["scope"] != "system"].reset_index(drop=True)
    with st.container(border=True, key="verdicts"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.subheader(say("节奏提示"), anchor=False, width="stretch")
            _all(ours)
        _whole(whole)
        if judged.empty or not judged["judged"].sum():
            st.caption(f":material/hourglass_empty: {say('样本不足，不作判断：一个单位一年至少要有 8 次活动，且各月都已报送。')}")
            return
        st.caption(_scope(judged, queries.ask(store, "inspections", asked)))
        if ours.empty:
            st.markdown(f":material/check_circle: {say('没有需要核实的节奏。')}")
            return
        kinds = [kind for kind in patterns.patterns() if kind in set(ours["pattern"])]
        counts = ours["pattern"].value_counts()
        picked = st.pills(
            say("按提示筛选"),
            kinds,
            selection_mode="multi",
            format_func=lambda kind: f"{say(patterns.patterns()[kind].title)} {counts[kind]}",
            label_visibility="collapsed",
            key="verdict_kinds",
        )
        _list(store, chosen, ours[ours["pattern"].isin(picked)] if picked else ours, judged)


def _whole(whole: pd.DataFrame) -> None:
    """The system against the calendar: per year the window that stands out, where one does."""
    for _, rows in whole.groupby("year", sort=True):
        rushed = rows[rows["level"].isin(["high", "medium"])].sort_values("p")
        if len(rushed):
            row = rushed.iloc[0]
            st.markdown(
                f":material/public: {say('{year}年', year=row['year'])}{say('，先看整体：')}{plain(patterns.sentence(row))}"
            )


def _scope(judged: pd.DataFrame, inspections: pd.DataFrame) -> str:
    """How many were judged, how many could not be and why; and that rushes before inspections need their dates."""
    rows = judged[judged["pattern"] == "yearend_rush"]
    parts = [say("已判断 {n} 个单位·年", n=f"{rows['judged'].sum():,}")]
    if few := rows["too_few"].sum():
        parts.append(say("{n} 个样本不足", n=f"{few:,}"))
    if missing := rows["unreported"].sum():
        parts.append(say("{n} 个有月份未报", n=f"{missing:,}"))
    if inspections.empty:
        parts.append(say("未登记检查日期，迎检无法判断"))
    return " · ".join([*parts, say("提示供核实，不是结论")])


def _list(store: Store, chosen: filters.Filters, rows: pd.DataFrame, judged: pd.DataFrame) -> None:
    opened = st.query_params.get(OPEN, "")
    ids = rows["pattern"] + "." + rows["year"].astype(str) + "." + rows["unit"].astype(str)
    more = st.session_state.get("_verdicts_all", False)
    said = of_findings(rows) if not chosen.asof else pd.DataFrame()
    shown = rows if more else rows[[at < FIRST or id == opened for at, id in enumerate(ids)]]
    for at, row in shown.iterrows():
        id = ids[at]
        with st.container(key=f"judged_{at}"):
            _line(row, id, id == opened, touching(said, row["unit"], patterns.window(row) or _year(row)))
            if id == opened:
                _evidence(store, chosen, row, judged)
    if len(shown) < len(rows) and st.button(
        say("再看其余 {n} 条", n=len(rows) - len(shown)), type="tertiary", icon=":material/expand_more:", key="verdicts_more"
    ):
        st.session_state["_verdicts_all"] = True
        st.rerun()


def _year(row: pd.Series) -> list[tuple[dt.date, dt.date]]:
    return [(dt.date(int(row["year"]), 1, 1), dt.date(int(row["year"]), 12, 31))]


def _line(row: pd.Series, id: str, is_open: bool, said: list[str]) -> None:
    color, icon = BADGES[row["level"]]
    title = patterns.name(row)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if pd.notna(row["reason"]):
            st.badge(say("已解释"), icon=":material/check:", color="green")
        else:
            st.badge(say(patterns.LEVELS[row["level"]]), icon=icon, color=color)
        st.markdown(f"**{plain(row['unit'])}** · {say('{year}年', year=row['year'])} · {title}", width="stretch")
        label = say("收起") if is_open else say("看依据")
        if st.button(
            label, type="tertiary", icon=":material/expand_less:" if is_open else ":material/expand_more:", key=f"open_{id}"
        ):
            if is_open:
                del st.query_params[OPEN]
            else:
                st.query_params[OPEN] = id
            st.rerun()
    st.markdown(plain(patterns.sentence(row, bool(row["is_system"]))))
    if pd.notna(row["reason"]):
        st.caption(
            plain(
                say(
                    "{reason}（{by}，{when}）", reason=row["reason"], by=row["explained_by"], when=f"{row['explained_at']:%Y-%m-%d}"
                )
            )
        )
    for text in said:
        st.caption(f"{ICON} {plain(text)}")


def _evidence(store: Store, chosen: filters.Filters, row: pd.Series, judged: pd.DataFrame) -> None:
    """Picture, facts beside it, how it is known, what else it may be, and what a reader can do."""
    pattern = patterns.patterns()[row["pattern"]]
    asked = {"units": [row["unit"]], "year": int(row["year"])}
    spans = patterns.window(row, _inspections(store, int(row["year"])))
    if row["scope"] == "unit":
        weeks = queries.ask(store, "unit_weeks", asked)
        if len(weeks):
            marks = pd.DataFrame(spans, columns=["starts_on", "ends_on"]) if row["pattern"].endswith(("_rush", "fading")) else None
            figure = charts.draw(catalogue.entry("unit_weeks"), weeks, dark=st.context.theme.type == "dark", marks=marks)
            picture(figure, "evidence", chosen, patterns.sentence(row))
    for fact in [*_contrasts(store, asked, row), *_made_up(store, asked, row)]:
        st.markdown(f"- {plain(fact)}")
    st.markdown(f"**{say('也可能是')}** {say(pattern.innocent)} {' '.join(patterns.doubts(row))}")
    with st.container(horizontal=True, vertical_alignment="center"):
        if row["scope"] == "unit" and st.button(say("看这些活动"), icon=":material/list:", key="evidence_records"):
            go(chosen, row["unit"], "", str(spans[0][0]), str(spans[-1][1]))
            st.rerun()
        if (
            row["scope"] == "unit"
            and row["unit"] != chosen.unit
            and st.button(say("看单位画像"), icon=":material/account_balance:", key="evidence_portrait")
        ):
            portrait(chosen, row["unit"])
            st.rerun()
        with st.popover(say("怎么知道的"), icon=":material/help:", type="tertiary"):
            _how(row, pattern, judged)
        if not chosen.asof:
            _explaining(row)
            if row["scope"] == "unit":
                beside_finding(row["unit"], spans or _year(row), chosen)


def _how(row: pd.Series, pattern: patterns.Pattern, judged: pd.DataFrame) -> None:
    st.markdown(say(pattern.how))
    st.markdown(patterns.evidence(row))
    tests = judged[(judged["year"] == row["year"])].head(1)
    if len(tests) and pd.notna(tests["tests"].iloc[0]) and tests["tests"].iloc[0]:
        alarms, n = int(tests["alarms"].iloc[0]), int(tests["tests"].iloc[0])
        st.markdown(
            say(
                "对照检验：同样的方法用在无人会突击的时段（春季、二、三季度），{n} 次中告警 {alarms} 次（{share}），应在 7% 以内。",
                n=f"{n:,}",
                alarms=f"{alarms:,}",
                share=f"{alarms / n:.1%}",
            )
        )
    st.caption(
        say("把握：经检验的提示中，高可信的误报约 2% 以内，中等约 5% 以内；提示只供留意。程度按强度区间的下限分为轻、中、重。")
    )


def _explaining(row: pd.Series) -> None:
    """Mark a peak as explained, or take that back."""
    key = (row["unit"], int(row["year"]), row["pattern"])
    if pd.notna(row["reason"]):
        if st.button(say("撤销解释"), type="tertiary", icon=":material/undo:", key="unexplain"):
            notes.unexplain(house.present(), *key)
            st.rerun()
        return
    with st.popover(say("标为已解释"), icon=":material/edit_note:", type="tertiary"):
        reason = st.text_area(
            say("原因"), placeholder=say("例：上级专项安排在第四季度"), max_chars=notes.LONGEST, key="explain_reason"
        )
        if st.button(say("保存"), type="primary", key="explain", disabled=not reason.strip()):
            try:
                notes.explain(house.present(), *key, reason)
            except NoteError as error:
                st.error(str(error.message))
                return
            st.rerun()


def _contrasts(store: Store, asked: dict, row: pd.Series) -> list[str]:
    """Attendance and satisfaction in the window against outside it; said to differ only where the interval leaves 0 out."""
    if row["pattern"] != "yearend_rush":
        return []
    facts = []
    for found in queries.ask(store, "rush_contrasts", asked).to_dict("records"):
        if pd.isna(found["low"]):
            continue
        shown = "{:.0%}".format if found["measure"] == "attendance" else "{:.1f}".format
        verdict = say("未见差别") if found["low"] <= 0 <= found["high"] else say("更低") if found["high"] < 0 else say("更高")
        name = say("参与率") if found["measure"] == "attendance" else say("满意度")
        facts.append(
            say(
                "{name}：时段内 {inside}，其余 {outside}，{verdict}（差 {low} 至 {high}）",
                name=name,
                inside=shown(found["inside"]),
                outside=shown(found["outside"]),
                verdict=verdict,
                low=shown(found["low"]),
                high=shown(found["high"]),
            )
        )
    return facts


def _made_up(store: Store, asked: dict, row: pd.Series) -> list[str]:
    """补开清单."""
    if row["pattern"] != "yearend_rush":
        return []
    found = catalogue.translated(queries.ask(store, "made_up_meetings", asked))
    parts = [
        say(
            "{kind} {n} 次（{months}缺）",
            kind=kind,
            n=n,
            months=say("、").join(month_name(int(month)) for month in missing.split()),
        )
        for kind, n, missing in zip(found["type"], found["made_up"], found["missing"], strict=True)
    ]
    return [say("补开清单：{parts}", parts=say("；").join(parts))] if parts else []


def _inspections(store: Store, year: int) -> list[dt.date]:
    found = queries.ask(store, "inspections", {"start": dt.date(year, 1, 1), "until": dt.date(year, 12, 31)})
    return [day.date() for day in found["starts_on"]]


def _all(ours: pd.DataFrame) -> None:
    """Every finding as a table and a file."""
    with st.popover(
        say("数据"), icon=":material/table_rows:", type="tertiary", key="data_rhythm_findings", on_change="rerun"
    ) as data:
        if data.open:
            rows = ours.assign(
                pattern=[say(patterns.patterns()[kind].title) for kind in ours["pattern"]],
                level=[say(patterns.LEVELS[level]) for level in ours["level"]],
            )
            st.dataframe(rows, hide_index=True, column_config=columns("rhythm_findings"), width="content", placeholder="—")
            download(rows, "rhythm_findings")
