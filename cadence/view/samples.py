"""样张: every token, number format, state and kind of picture on one page, for those who work on the product.

Only in development (`CADENCE_DEVELOPMENT=true`), at /samples and in no menu. The invented answers are those of the tests, which
hold them to the queries' headers: a checkout has them, an installed copy has not.
"""

from __future__ import annotations

from dataclasses import fields
from html import escape

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from cadence import catalogue, charts, tokens
from cadence.charts import wording
from cadence.view import frame, states
from cadence.words import Message, say

COLOURS = [field.name for field in fields(tokens.Look) if field.name not in ("dark", "heat", "on_heat")]
LARGE = 123_456.0
DAY = np.datetime64("2024-03-05")


def samples() -> None:
    """The whole page."""
    frame.title("样张")
    _colours()
    _type()
    _formats()
    _states()
    _pictures()


def _colours() -> None:
    st.header(say("颜色"), anchor=False)
    names = [(f"--{name.replace('_', '-')}", "", "") for name in COLOURS]
    names += [(f"--heat-{n}", f"color: var(--on-heat-{n})", "Aa 012") for n in range(1, 1 + len(tokens.LIGHT.heat))]
    swatch = "<figure><div style='background: var({name}); {style}'>{text}</div><figcaption>{name}</figcaption></figure>"
    shown = "".join(swatch.format(name=name, style=style, text=text) for name, style, text in names)
    st.html(f"<div class='cadence-swatches'>{shown}</div>")
    inks = [name for name in COLOURS if name in ("ink", "muted", "link") or name.endswith("_ink")]
    st.html("".join(f"<p style='color: var(--{name.replace('_', '-')})'>{escape(name)} · Cadence 0123</p>" for name in inks))


def _type() -> None:
    st.header(say("字号与间距"), anchor=False)
    for name, size in tokens.SCALE.items():
        st.html(f"<p style='font-size: var(--size-{name})'>{name} · {size} · Cadence 0123</p>")
    for name, size in tokens.SPACE.items():
        st.html(f"<p><span class='cadence-space' style='width: var(--space-{name})'></span> {name} · {size}</p>")


def _formats() -> None:
    st.header(say("数字与日期"), anchor=False)
    written = {
        "count": wording.count(LARGE),
        "exact": wording.exact(LARGE),
        "share": wording.share(0.8642),
        "decimal": wording.decimal(3.14159),
        "nan": wording.count(np.nan),
        "date": wording.date(DAY),
        "month": wording.month(DAY),
        "quarter": wording.quarter(DAY),
    }
    st.table([{"wording": f"{name}()", say("样子"): text} for name, text in written.items()])


def _states() -> None:
    st.header(say("没有答案时"), anchor=False)
    with states.empty(say("还没有数据"), say("把本季度的活动台账、组织名册等表格原样拖进来，就能看到节奏。")):
        st.page_link(frame.pages()["spreadsheets"], label=say("去导入"), icon=":material/upload_file:")
    with st.container(border=True), states.loading(say("正在还原第{batch}批入库时的样子…", batch=7)):
        st.caption("states.loading")
    with st.container(border=True):
        states.withheld("few", Message("样本不足，不作判断（n = {n}，至少 {minimum}）", {"n": 3, "minimum": 8}))
        states.withheld("column", Message("缺少列：{columns}", {"columns": say("主题")}))
        states.error()


def _pictures() -> None:
    """Each kind once, from the invented answer of the first indicator that is drawn so; then what a picture of nothing says."""
    from tests.charts.frames import Answers

    st.header(say("图"), anchor=False)
    dark = st.context.theme.type == "dark"
    answers = Answers(12, range(2023, 2025))
    drawn = {entry.chart: entry for entry in reversed(catalogue.entries().values()) if hasattr(Answers, entry.id)}
    for kind in charts.KINDS:
        entry = drawn[kind]
        with st.container(border=True, key=f"kind_{kind}"):
            st.subheader(kind, anchor=False)
            st.caption(say(entry.title))
            _picture(charts.draw(entry, getattr(answers, entry.id)(), dark=dark), kind, say(entry.question))
    entry = drawn["bars"]
    _picture(charts.draw(entry, getattr(answers, entry.id)().iloc[:0], dark=dark), "nothing", say("所选范围内没有数据"))


def _picture(figure: go.Figure, kind: str, alt: str) -> None:
    st.plotly_chart(figure, theme=None, config={"displayModeBar": False}, key=f"sample_{kind}", alt=alt)
