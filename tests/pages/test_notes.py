"""Notes on the pages: written on a portrait, beside a chart and beside a finding, seen wherever unit and time are touched."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cadence import notes, store
from cadence.store import Store

UNIT, OTHER = "综合窗口党支部", "企业开办窗口党支部"
RUSHED = "应用开发部党支部"
QUARTER = (dt.date(2025, 10, 1), dt.date(2025, 12, 31))


@pytest.fixture
def writable(sample_copy: Path):
    """The sample office in a store that a test may write to."""
    opened = store.open(str(sample_copy))
    yield opened
    opened.close()


def told(page: AppTest) -> str:
    """Every sentence and caption of the page."""
    return "\n".join([*(one.value for one in page.markdown), *(one.value for one in page.caption)])


def rows(opened: Store) -> list[tuple]:
    """Unit, days, chart and text of the notes that stand."""
    with opened.cursor() as cursor:
        return cursor.execute("select unit, starts_on, ends_on, indicator, text from marts.notes order by note").fetchall()


def test_a_note_is_written_and_withdrawn_on_the_portrait(visit, writable: Store):
    """For the unit and the chosen time; then it stands on the card, and withdrawn it is gone from it and kept in the log."""
    page = visit(writable, "unit", period="2025Q4", unit=UNIT)
    page.text_area(key="note_text_page_0_zh").set_value("办公楼搬迁").run()
    page = page.button(key="note_save_page_0_zh").click().run()
    assert not page.exception and "办公楼搬迁" in told(page)
    assert rows(writable) == [(UNIT, *QUARTER, None, "办公楼搬迁")]
    page = page.button(key="withdraw_page_1").click().run()
    assert "办公楼搬迁" not in told(page) and rows(writable) == []
    with writable.cursor() as cursor:
        assert cursor.execute("select text, withdrawn_at is not null from raw.notes").fetchall() == [("办公楼搬迁", True)]


def test_another_quarter_and_days_of_ones_own(visit, writable: Store):
    """The time of a note is the chosen one, any quarter on offer, or two days."""
    page = visit(writable, "unit", period="2025Q4", unit=UNIT)
    time = page.selectbox(key="note_time_page_0_zh")
    page = time.select(next(str(at) for at, words in enumerate(time.options) if words == "2024年第1季度")).run()
    page.text_area(key="note_text_page_0_zh").set_value("一").run()
    page.button(key="note_save_page_0_zh").click().run()
    page = visit(writable, "unit", period="2025Q4", unit=UNIT)
    page = page.selectbox(key="note_time_page_0_zh").select("days").run()
    page.date_input(key="note_days_page_0_zh").set_value((dt.date(2025, 11, 3), dt.date(2025, 11, 7))).run()
    page.text_area(key="note_text_page_0_zh").set_value("二").run()
    page = page.button(key="note_save_page_0_zh").click().run()
    assert rows(writable) == [
        (UNIT, dt.date(2024, 1, 1), dt.date(2024, 3, 31), None, "一"),
        (UNIT, dt.date(2025, 11, 3), dt.date(2025, 11, 7), None, "二"),
    ]
    assert "2025-11-03 至 2025-11-07" in told(page).replace("\\", "")


def test_personal_data_is_refused_with_a_reason(visit, writable: Store):
    """A mobile number stays out, and the page says which kind of data it saw."""
    page = visit(writable, "unit", period="2025Q4", unit=UNIT)
    page.text_area(key="note_text_page_0_zh").set_value("联系 13812345678").run()
    page = page.button(key="note_save_page_0_zh").click().run()
    assert [error.value for error in page.error] == ["备注里像是有手机号；备注不留个人信息，请删去后再保存"]
    assert rows(writable) == []


def test_cards_count_the_notes_that_touch_them(visit, writable: Store):
    """A note on the unit counts on every card of it, one pinned to a chart on that card alone; other units and times on none."""
    notes.pin(writable, UNIT, *QUARTER, "搬迁")
    notes.pin(writable, UNIT, *QUARTER, "轮班", indicator="calendar_heat")
    notes.pin(writable, OTHER, *QUARTER, "别处")
    labels = [popover.label for popover in expanders(visit(writable, "frequency", period="2025Q4", unit=UNIT))]
    assert labels.count("备注 2") == 1 and labels.count("备注 1") >= 2
    labels = [popover.label for popover in expanders(visit(writable, "frequency", period="2025Q1", unit=UNIT))]
    assert "备注 1" not in labels and "备注 2" not in labels and labels.count("写备注") >= 2
    labels = [popover.label for popover in expanders(visit(writable, "frequency", period="2025Q4"))]
    assert not [label for label in labels if "备注" in label]


def expanders(page: AppTest) -> list:
    """The popovers of a page."""
    found: list = []

    def walk(node: object) -> None:
        proto = getattr(node, "proto", None)
        if getattr(node, "type", "") == "popover" and proto is not None:
            found.append(proto.popover if hasattr(proto, "popover") else proto)
        for child in getattr(node, "children", {}).values():
            walk(child)

    walk(page.main)
    return found


def test_the_overview_shows_notes_of_one_unit(visit, writable: Store):
    """With the unit chosen its notes stand there; without one, or without a note, nothing does."""
    assert "单位备注" not in [heading.value for heading in visit(writable, period="2025", unit=UNIT).subheader]
    notes.pin(writable, UNIT, *QUARTER, "搬迁")
    assert "搬迁" in told(visit(writable, period="2025", unit=UNIT))
    assert "搬迁" not in told(visit(writable, period="2025"))


def test_a_finding_says_what_was_noted(visit, writable: Store):
    """A note that touches the finding's days stands under it without explaining it; one on other days does not."""
    notes.pin(writable, RUSHED, dt.date(2025, 12, 1), dt.date(2025, 12, 5), "设备调试")
    notes.pin(writable, RUSHED, dt.date(2025, 2, 1), dt.date(2025, 2, 5), "春节")
    page = visit(writable, "rhythm", period="2025", unit=RUSHED, finding=f"yearend_rush.2025.{RUSHED}")
    captions = [caption.value for caption in page.caption]
    assert any("设备调试" in caption for caption in captions)
    assert "已解释" not in told(page)
    page.text_area(key="note_text_finding_zh").set_value("年底验收").run()
    page = page.button(key="note_save_finding_zh").click().run()
    assert any("年底验收" in caption.value for caption in page.caption)
    assert rows(writable)[-1][1:3] == (dt.date(2025, 11, 20), dt.date(2025, 12, 31))


def test_the_past_has_no_notes(visit, writable: Store):
    """Looking back at an earlier batch nothing can be pinned."""
    notes.pin(writable, UNIT, *QUARTER, "搬迁")
    page = visit(writable, "unit", period="2025", unit=UNIT, asof="1")
    assert not page.exception and "搬迁" not in told(page) and not list(page.text_area)
