"""The page of samples: everything of the design system, in development only; and what a part that fails leaves standing."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cadence import charts, tokens
from cadence.store import Store
from cadence.view import cards, frame
from cadence.words import LANGUAGES
from tests.pages import screen

PAGE = "from cadence.view.samples import samples; samples()"


@pytest.fixture
def samples(visit, sample: Store, monkeypatch: pytest.MonkeyPatch):
    """The page of samples as it runs in development."""
    monkeypatch.setenv("CADENCE_DATABASE", sample.path)
    monkeypatch.setenv("CADENCE_SAMPLE", "false")
    monkeypatch.setenv("CADENCE_DEVELOPMENT", "true")

    def opened(**query: str) -> AppTest:
        at = AppTest.from_string(PAGE, default_timeout=60)
        at.session_state["_here"] = "samples"
        for name, value in query.items():
            at.query_params[name] = value
        return at.run()

    return opened


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_has_its_sample(samples, lang: str):
    """Every kind of picture, every token, every state."""
    page = samples(lang=lang)
    assert not page.exception
    drawn = {chart.proto.id for chart in page.get("plotly_chart")}
    assert all(any(f"sample_{kind}" in id for id in drawn) for kind in charts.KINDS)
    shown = "".join(html.proto.body for html in page.get("html"))
    assert all(f"{name}" in shown for name in [*tokens.SCALE, *tokens.SPACE])
    icons = " ".join(caption.value for caption in page.caption)
    assert all(icon in icons for icon in ("hourglass_empty", "view_column", "material/error"))
    assert page.get("page_link")


def test_no_chinese_is_left_in_english(samples):
    """The parts around the invented answers speak the reader's language."""
    page = samples(lang="en")
    told = [*screen.titles(page), *(header.value for header in page.header), *(caption.value for caption in page.caption)]
    assert [text for text in told if screen.CHINESE.search(text)] == []


@pytest.mark.parametrize(("development", "is_listed"), [("true", True), ("false", False)])
def test_only_development_lists_it(monkeypatch: pytest.MonkeyPatch, development: str, is_listed: bool):
    """Elsewhere /samples is an address like any other that does not exist."""
    monkeypatch.setenv("CADENCE_DEVELOPMENT", development)
    assert ("samples" in frame.pages()) is is_listed
    assert "samples" not in {stem for group in frame.PAGES.values() for stem in group}


def broken(*_: object) -> None:
    """Planted: an indicator that fails."""
    raise RuntimeError("planted")


def test_a_card_that_fails_leaves_the_page_standing(visit, sample: Store, monkeypatch: pytest.MonkeyPatch):
    """The reader is told once, without a traceback; the other cards are there. In development it is raised."""
    whole = visit(sample, "participation", period="2024")
    monkeypatch.setattr(cards, "_picture", lambda found, id, chosen: broken() if id == "onion" else None)
    page = visit(sample, "participation", period="2024", development="false")
    assert not page.exception
    assert sum("程序出错" in caption.value for caption in page.caption) == 1
    assert [title.value for title in page.subheader] == [title.value for title in whole.subheader]
    assert visit(sample, "participation", period="2024").exception
