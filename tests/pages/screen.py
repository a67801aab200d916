"""A page as AppTest ran it in; every text that a reader can see on it out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
QUOTED = re.compile(r"“[^”]*”|《[^》]*》(?:第[^\s·；;,]*条)?|「[^」]*」|L\d+ .*|节拍|中文")
UNSEEN = {"id", "key", "element_id", "form_id", "url", "query_string", "page", "page_script_hash", "icon", "tag"}
FILE = re.compile("[0-9a-f]{32,}")
UNDRAWN = {"customdata", "ids", "family"}


def texts(page: AppTest) -> Iterator[str]:
    """Every text of a page in order: words, labels, options, help, column titles, and the words inside charts."""
    for part in (page.main, page.sidebar):
        yield from _node(part)


def told(page: AppTest) -> str:
    """Every sentence and caption of the page."""
    return "\n".join([*(one.value for one in page.markdown), *(one.value for one in page.caption)])


def titles(page: AppTest) -> list[str]:
    """The page's titles."""
    return [title.value for title in page.title]


def frames(page: AppTest) -> list[Any]:
    """The tables of a page as frames."""
    return [frame.value for frame in page.dataframe]


def chinese(page: AppTest, data: set[str]) -> list[str]:
    """Texts in which Chinese is left that is neither quoted nor data of the office.

    What a chart breaks or shortens (<br>, …) is data where each of its pieces is a part of one.
    """
    words = re.compile("|".join(re.escape(word) for word in sorted(data, key=len, reverse=True)) or "(?!)")
    told = "\n".join("".join(CHINESE.findall(word)) for word in data)

    def is_left(text: str) -> bool:
        is_broken = "<br>" in text or "…" in text
        if is_broken and all(piece in told for piece in CHINESE.findall(text)):
            return False
        return bool(CHINESE.search(QUOTED.sub("", words.sub("", text))))

    return sorted({text for text in texts(page) if is_left(text)})


def _node(node: Any) -> Iterator[str]:
    proto = getattr(node, "proto", None)
    if proto is not None and node.type != "html":
        yield from _message(proto)
    for child in getattr(node, "children", {}).values():
        yield from _node(child)


def _message(message: Any) -> Iterator[str]:
    """The texts of a protobuf message; a chart's specification is read as what it draws."""
    for field, value in message.ListFields():
        if field.name in UNSEEN or field.type == field.TYPE_BYTES:
            continue
        values = value if field.is_repeated else [value]
        for one in values:
            if field.type == field.TYPE_MESSAGE:
                yield from () if isinstance(one, str) else _message(one)
            elif field.type == field.TYPE_STRING and not FILE.fullmatch(one):
                yield from _words(one)


def _words(text: str) -> Iterator[str]:
    if not text.startswith("{"):
        yield text
        return
    try:
        yield from _json(json.loads(text))
    except ValueError:
        yield text


def _json(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in UNDRAWN:
                yield from _json(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _json(inner)
    elif isinstance(value, str):
        yield value
