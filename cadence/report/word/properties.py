"""A report in; what its file says of itself out: title, unit and period, language, office, day; nothing of any person."""

from __future__ import annotations

import datetime as dt
import re

from docx.opc.coreprops import CoreProperties

from cadence.report.document import Document
from cadence.report.word.markup import clean

TONGUES = {"zh": "zh-CN", "en": "en-GB"}
LONGEST = 255
"""Signs that Word takes for one property."""


def describe(properties: CoreProperties, document: Document, office: str) -> None:
    """Set the properties; whoever made the template is forgotten, and so are its days."""
    properties.title = clean(document.title)[:LONGEST]
    properties.subject = clean(document.scope)[:LONGEST]
    properties.author = clean(office)[:LONGEST]
    properties.language = TONGUES[document.language]
    properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.revision = 1
    for element in properties._element.xpath("dcterms:created | dcterms:modified | cp:lastPrinted"):
        properties._element.remove(element)
    if day := _day(document.dated):
        properties.created = properties.modified = day


def impersonal(name: str, content: bytes) -> bytes:
    """A part of the template without the name of somebody's superior."""
    return re.sub(rb"<Manager>.*?</Manager>", b"", content, flags=re.S) if name == "docProps/app.xml" else content


def _day(text: str) -> dt.datetime | None:
    """A day written in figures, 2024-10-08 or 2024年10月8日; none where it is not one."""
    found = re.search(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})", text)
    try:
        return dt.datetime(*map(int, found.groups())) if found else None
    except ValueError:
        return None
