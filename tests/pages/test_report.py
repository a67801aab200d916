"""The page of the report."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cadence.report import edition, fonts, pictures
from cadence.store import Store
from cadence.words import Message
from tests.pages.test_pages import second_level

NO_BROWSER, NO_FONT = Message("没有浏览器"), Message("没有字体")


@pytest.fixture(autouse=True)
def _without_a_browser(monkeypatch: pytest.MonkeyPatch):
    """Tables stand for the pictures, and no machine needs a browser for these tests."""
    monkeypatch.setattr(pictures, "lacking", lambda language: NO_BROWSER)


def button(page: AppTest, key: str) -> object:
    """A button by its key."""
    return next(one for one in page.button if one.key == key)


def made(page: AppTest) -> AppTest:
    """The page after the report was asked for and is ready."""
    button(page, "make_report").click().run()
    for _ in range(60):
        if "_report_job" not in page.session_state:
            return page
        page.session_state["_report_job"].wait(2)
        page.run()
    raise AssertionError("the report did not become ready")


def downloads(page: AppTest) -> list[str]:
    """The labels of the files."""
    return [one.proto.label for one in page.get("download_button")]


def test_a_brief_is_made_and_shown(visit, sample: Store):
    """Two files, the page as it will be, and why there is no picture."""
    page = made(visit(sample, "report"))
    assert not page.exception
    assert [label.split("（")[0] for label in downloads(page)] == ["下载 Word", "下载 PDF"]
    assert "没有浏览器" in page.warning[0].value
    assert any("预览（共" in caption.value for caption in page.caption)


def test_another_choice_drops_what_was_made(visit, sample: Store):
    """What is offered is always what is chosen."""
    page = made(visit(sample, "report"))
    page.segmented_control(key="report-zh-").set_value("analysis").run()
    assert not downloads(page) and button(page, "make_report") and page.query_params["report"] == "analysis"


def test_the_report_is_of_what_is_chosen_at_the_left(visit, sample: Store, monkeypatch: pytest.MonkeyPatch):
    """Unit and comparison reach it."""
    asked = []
    told = edition.edition
    monkeypatch.setattr(
        edition, "edition", lambda store, request, *more, **named: asked.append(request) or told(store, request, *more)
    )
    unit = second_level(sample)
    page = made(visit(sample, "report", unit=unit, compare="previous"))
    (request,) = asked
    assert (request.kind, request.unit, request.comparison) == ("brief", unit, "previous")
    assert unit in request.asked.units
    assert downloads(page)


def test_nothing_is_made_of_no_format(visit, sample: Store):
    """The button waits for one."""
    page = visit(sample, "report")
    page.get("button_group")[1].set_value([]).run()
    assert button(page, "make_report").disabled


def test_without_a_chinese_font_word_is_made_and_pdf_is_not(visit, sample: Store, monkeypatch: pytest.MonkeyPatch):
    """The reason stands below the one file."""
    monkeypatch.setattr(fonts, "lacking", lambda *_: NO_FONT)
    page = made(visit(sample, "report"))
    assert [label.split("（")[0] for label in downloads(page)] == ["下载 Word"]
    assert [warning.value for warning in page.warning] == ["没有浏览器", "没有字体"]


def test_a_template_that_cannot_be_used_is_named(visit, sample: Store, monkeypatch: pytest.MonkeyPatch, tmp_path):
    """One sentence, no traceback; the choices are still there."""
    (tmp_path / "文头.docx").write_bytes(b"no document")
    monkeypatch.setenv("CADENCE_TEMPLATE", str(tmp_path / "文头.docx"))
    page = visit(sample, "report")
    button(page, "make_report").click().run()
    for _ in range(30):
        if page.error:
            break
        if "_report_job" in page.session_state:
            page.session_state["_report_job"].wait(2)
        page.run()
    assert "文头" in page.error[0].value and not page.exception and not downloads(page)
