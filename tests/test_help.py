"""Every page has its help, and the glossary explains the words the pages use."""

from __future__ import annotations

from cadence import help
from cadence.view.frame import PAGES
from cadence.words import catalogue

STEMS = {stem for group in PAGES.values() for stem in group}


def test_every_page_has_help_and_every_help_a_page():
    """One table per page in data/help/pages.toml."""
    assert set(help.pages()) == STEMS


def test_help_speaks_both_languages():
    """Each text has its English beside it."""
    texts = [text for page in help.pages().values() for text in (page.question, page.look, page.then)]
    texts += [text for term in help.terms() for text in (term.term, term.meaning)]
    assert [text for text in texts if catalogue("en").get(text, text) == text] == []


def test_no_term_is_explained_twice():
    """The glossary has one entry a word."""
    terms = [term.term for term in help.terms()]
    assert len(terms) == len(set(terms)) >= 20
