"""The findings of rhythm on their page: what is said first, what stands behind it, and peaks that somebody explains."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from cadence import batches
from cadence.store import Store
from cadence.words import plain
from tests.ledgers import ledger
from tests.pages.screen import told

RUSHED = "yearend_rush.2025.应用开发部党支部"


def press(page: AppTest, label: str) -> AppTest:
    """Press the first button of that label."""
    return next(button for button in page.button if button.label == label).click().run()


def test_the_whole_is_told_before_the_units(visit, sample: Store):
    """The system against the calendar, then the units, surest and strongest first, six of them."""
    page = visit(sample, "rhythm", period="2025")
    text = told(page)
    assert not page.exception
    assert text.index("先看整体") < text.index("应用开发部党支部")
    assert text.count("年末突击") + text.count("迎检突击") >= 6
    assert sum(button.label == "看依据" for button in page.button) == 6
    more = press(page, next(button.label for button in page.button if button.label.startswith("再看其余")))
    assert sum(button.label == "看依据" for button in more.button) > 6


def test_a_link_opens_the_evidence(visit, sample: Store):
    """Picture, facts beside it, what else it may be, how it is known."""
    closed = visit(sample, "rhythm", period="2025")
    page = visit(sample, "rhythm", period="2025", finding=RUSHED)
    assert len(page.get("plotly_chart")) == len(closed.get("plotly_chart")) + 1
    text = told(page)
    for words in ("参与率：时段内", "补开清单", "也可能是", "对照检验", "偶然出现的可能"):
        assert words in text, words
    assert "看这些活动" in {button.label for button in page.button}


def test_a_unit_that_does_not_exist_opens_nothing(visit, sample: Store):
    """A stale link is a closed list."""
    page = visit(sample, "rhythm", period="2025", finding="yearend_rush.2025.没有这个支部")
    assert not page.exception and "也可能是" not in told(page)


def test_a_peak_is_explained_and_the_explanation_withdrawn(visit, writable: Store):
    """The finding then says so, with who and why, and stands last; withdrawn it is as before."""
    page = visit(writable, "rhythm", period="2025", finding=RUSHED)
    page.text_area(key="explain_reason").set_value("上级专项在第四季度").run()
    page = page.button(key="explain").click().run()
    assert not page.exception
    assert "上级专项在第四季度" in told(page)
    with writable.cursor() as cursor:
        assert cursor.execute("select reason from marts.explanations").fetchall() == [("上级专项在第四季度",)]
    page = page.button(key="unexplain").click().run()
    with writable.cursor() as cursor:
        assert cursor.execute("select count(*) from marts.explanations").fetchall() == [(0,)]
    assert "上级专项在第四季度" not in told(page)


def test_in_english(visit, sample: Store):
    """Level words, sentence and evidence."""
    text = told(visit(sample, "rhythm", lang="en", period="2025", finding=RUSHED))
    for words in ("of the year lies in the last six weeks", "What else it may be", plain("Attendance:")):
        assert words in text, words


def test_without_inspection_dates_that_is_said(visit, own: Store):
    """And eight activities of every month handed in are judged, fewer not."""
    rows = [["甲党支部", "主题党日", f"2024-{month:02}-05", "一", 10, 9] for month in range(1, 13)]
    batches.commit(own, batches.read(own, [ledger(*rows, name="2024年台账.xlsx")]))
    captions = told(visit(own, "rhythm", period="2024"))
    assert "已判断 1 个单位·年" in captions and "未登记检查日期，迎检无法判断" in captions
