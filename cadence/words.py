"""Chinese source texts in, texts of the reader's language out.

The source language of the screen is Chinese: a text stands in the code or in a data file as it is read, with `{names}` for
values. A catalogue `data/words/<language>.toml` maps each source text to its translation. Data files may carry the English
beside the Chinese (`title` and `title_en`); those pairs are read too, so that one entry stays in one file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cadence import settings

DATA = Path(__file__).resolve().parent.parent / "data"
QUERIES = DATA.parent / "queries"
SOURCE = "zh"
LANGUAGES = {"zh": "中文", "en": "English"}
MARKDOWN = "\\`*_{}[]()<>#+-.!|~$:&"

_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def speak(language: str) -> None:
    """Set the language of this thread of work; an unknown one falls back to the source language."""
    _language.set(language if language in LANGUAGES else SOURCE)


def language() -> str:
    """The language being spoken: "zh" or "en"."""
    return _language.get()


def say(text: str, **values: Any) -> str:
    """The text in the reader's language with its `{names}` filled in; a missing translation shows the source text."""
    if (spoken := language()) != SOURCE:
        text = catalogue(spoken).get(text, text)
    return text.format(**values) if values else text


def plain(text: str) -> str:
    """A text whose signs mean nothing to Markdown: names of files, sheets and units are shown as they are."""
    return "".join(f"\\{sign}" if sign in MARKDOWN else sign for sign in text)


@dataclass(frozen=True)
class Message:
    """A text and its values, kept apart until somebody reads it, so that one report can be read in any language."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.text, **{name: str(value) if isinstance(value, Message) else value for name, value in self.values.items()})


@cache
def catalogue(spoken: str) -> dict[str, str]:
    """Source text → translation, from the data files' own pairs and from `data/words/<language>.toml`."""
    texts = dict(pairs(spoken))
    path = DATA / "words" / f"{spoken}.toml"
    if path.exists():
        texts.update(tomllib.loads(path.read_text(encoding="utf-8"))["words"])
    return texts


def pairs(spoken: str) -> Iterator[tuple[str, str]]:
    """Each `name` with a `name_<language>` beside it, in every data file."""
    rules = settings.load().data.glob("rules/**/*.toml")
    for path in sorted(
        [*DATA.glob("contracts/*.toml"), *DATA.glob("help/*.toml"), *DATA.glob("report/*.toml"), *rules, *QUERIES.rglob("*.toml")]
    ):
        if path.exists():
            yield from _pairs_in(tomllib.loads(path.read_text(encoding="utf-8")), f"_{spoken}")


def _pairs_in(node: Any, suffix: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for name, value in node.items():
            translated = node.get(f"{name}{suffix}")
            if isinstance(value, str) and isinstance(translated, str):
                yield value, translated
            yield from _pairs_in(value, suffix)
    elif isinstance(node, list):
        for value in node:
            yield from _pairs_in(value, suffix)
