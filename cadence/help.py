"""`data/help/` in; what each page is for and what its words mean, out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from cadence.words import DATA


@dataclass(frozen=True)
class Page:
    """What a page answers, what to look at first, what to do then. Chinese source texts; `say` renders them."""

    question: str
    look: str
    then: str


@dataclass(frozen=True)
class Term:
    """A word and what it means."""

    term: str
    meaning: str


@cache
def pages() -> dict[str, Page]:
    """Stem of the page → its help."""
    return {stem: Page(**_source(texts)) for stem, texts in _read("pages").items()}


@cache
def terms() -> list[Term]:
    """The glossary, in the order of the file."""
    return [Term(**_source(texts)) for texts in _read("terms")["terms"]]


def _read(name: str) -> dict:
    return tomllib.loads((DATA / "help" / f"{name}.toml").read_text(encoding="utf-8"))


def _source(texts: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if "_" not in name}
