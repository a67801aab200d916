"""并排看: the chosen unit's period beside another unit or another year, on one scale, with every difference said in a sentence."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from cadence import comparison as differences
from cadence import filters, queries, selection
from cadence.charts import portraits, style, wording
from cadence.filters import Filters
from cadence.store import Store
from cadence.view import house
from cadence.view.address import choice
from cadence.view.pictures import picture
from cadence.words import plain, say

WITH = "with"
"""The URL's parameter of what is looked at beside: a year, or a unit."""


def comparison() -> None:
    """One choice (another year, another unit), then both sides: picture, sentences, and what the numbers rest on."""
    store = house.store()
    chosen = filters.read(store)
    with st.container(border=True, key="comparison"):
        st.subheader(say("并排看"), anchor=False)
        other = _other(store, chosen)
        if not other:
            st.caption(say("选另一年或另一个单位，五项指标放在同一把尺上看；差别是否大于偶然，用一句话说明。"))
            return
        right = _moved(chosen, other)
        sides = [queries.ask(store, "portrait_totals", filters.chosen(store, side).params) for side in (chosen, right)]
        found = differences.compared(*sides)
        names = (_name(chosen, other), _name(right, other))
        if found.empty:
            st.caption(say("所选范围内没有数据"))
            return
        st.markdown(plain(_whole(found, *names)))
        shares = found[(found["measure"] != "pace") & (found["value_left"].notna() | found["value_right"].notna())]
        if len(shares):
            figure = portraits.pairs(shares, names, style.look(st.context.theme.type == "dark"))
            picture(figure, f"pairs_{hash((chosen, other))}", chosen, _whole(found, *names))
        for _, row in found.iterrows():
            st.markdown(f"- {plain(_sentence(row, *names))}")
        st.caption(
            say("横线是 99% 区间（五项一起看，所以比 95% 的宽）。看不出差别不等于没有差别；规模和任务不同的，差别未必是好坏。")
        )


def _other(store: Store, chosen: Filters) -> str:
    """What the address asks to look beside, drawn as the one choice there is; what is not on offer is nothing."""
    here = filters.offer(store)
    own = selection.period(chosen.period)
    years = [str(year) for year in here.years if year != own.until.year]
    units = [unit for unit in here.tree["unit"] if unit != chosen.unit]
    asked = st.query_params.get(WITH, "")
    value = asked if asked in (*years, *units) else None
    names = filters.unit_names(here.tree)
    choice(
        st.selectbox,
        WITH,
        say("与谁并排看"),
        value,
        apart=chosen.unit,
        options=[*years, *units],
        format_func=lambda id: say("{year}年", year=id) if id in years else names[id],
        placeholder=say("另一年，或另一个单位"),
        index=None,
        label_visibility="collapsed",
    )
    return value or ""


def _moved(chosen: Filters, other: str) -> Filters:
    """The same choice of another unit, or of the same months of another year."""
    if not _is_year(other):
        return replace(chosen, unit=other)
    period = selection.period(chosen.period)
    return replace(chosen, period=period.shifted(12 * (int(other) - period.until.year)).id)


def _is_year(other: str) -> bool:
    return len(other) == 4 and other.isdigit()


def _name(side: Filters, other: str) -> str:
    return wording.period(side.period) if _is_year(other) else side.unit


def _whole(found: pd.DataFrame, left: str, right: str) -> str:
    """The one sentence: how many measures differ by more than chance."""
    judged = found[found["verdict"] != "few"]
    differing = [wording.named("measure", name) for name in judged.loc[judged["verdict"] != "alike", "measure"]]
    values = {"left": left, "right": right, "n": len(judged)}
    if judged.empty:
        return say("{left}与{right}：样本不足，不作比较。", **values)
    if not differing:
        return say("{left}与{right}：能比的 {n} 项都看不出差别。", **values)
    return say("{left}与{right}：能比的 {n} 项中，{names}的差别大于偶然起伏。", names=say("、").join(differing), **values)


def _sentence(row: pd.Series, left: str, right: str) -> str:
    """One measure: both values with what they rest on, and the difference with its limits."""
    number = wording.decimal if row["measure"] == "pace" else wording.share
    parts = {
        "measure": wording.named("measure", row["measure"]),
        "left": left,
        "right": right,
        "a": _value(row, "left", number),
        "b": _value(row, "right", number),
    }
    if row["verdict"] == "few":
        return say("{measure}：{left} {a}，{right} {b}；样本不足，不作比较。", **parts)
    if row["measure"] == "pace":
        low, high = (_signed(row[f"difference_{end}"], 1) for end in ("low", "high"))
    else:
        low, high = (_signed(100 * row[f"difference_{end}"], 0) for end in ("low", "high"))
        high = say("{n} 个百分点", n=high)
    if row["verdict"] == "alike":
        return say("{measure}：{left} {a}，{right} {b}；看不出差别（差 {low} 至 {high}）。", low=low, high=high, **parts)
    if row["verdict"] == "higher":
        return say("{measure}：{left} {a}，{right} {b}；前者较高（差 {low} 至 {high}）。", low=low, high=high, **parts)
    return say("{measure}：{left} {a}，{right} {b}；前者较低（差 {low} 至 {high}）。", low=low, high=high, **parts)


def _signed(number: float, digits: int) -> str:
    return f"{number:+.{digits}f}".replace("-", "−")


def _value(row: pd.Series, side: str, number) -> str:
    counts = f"{row[f'numerator_{side}']:,.0f}/{row[f'denominator_{side}']:,.0f}"
    return (
        counts if pd.isna(row[f"value_{side}"]) else say("{value}（{counts}）", value=number(row[f"value_{side}"]), counts=counts)
    )
