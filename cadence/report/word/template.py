"""The template in which reports are set: a language in, the house's .docx out; or an office's own, opened and checked.

What stands in an office's template stays: a letterhead above, a signature below. The report takes the place of the paragraph
`MARKS`, or follows what is there. The house's is made part by part, so that no binary has to be kept beside the code.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import reduce

import docx
from docx.document import Document as Opened
from docx.enum.style import WD_STYLE_TYPE as KIND

from cadence.report.errors import ReportError
from cadence.report.styles import STRONG, STYLES, TABLE, names
from cadence.report.word.parts import parts
from cadence.words import Message

MARKS = {"zh": "【正文】", "en": "[report]"}
"""The paragraph of a template whose place the report takes."""
STILL = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a file, so that the same report is the same bytes."""


def made(language: str) -> bytes:
    """The house's own template; the same bytes at every call."""
    return packed(parts(language, MARKS[language]))


def opened(template: bytes | None, language: str, file: str = "") -> Opened:
    """A template ready to be written into: the office's own, or the house's where there is none.

    Raises ReportError where it is no .docx or lacks a style; the message names the file, the styles and what each should be.
    """
    try:
        found = docx.Document(io.BytesIO(made(language) if template is None else template))
    except Exception:  # whatever a foreign file makes the reader stumble over
        raise ReportError(Message("报告模板“{file}”打不开；应为 .docx 格式的 Word 文档", {"file": file})) from None
    if missing := _missing(found, language):
        listed = reduce(lambda first, second: Message("{first}；{second}", {"first": first, "second": second}), missing)
        raise ReportError(
            Message("报告模板“{file}”缺少样式：{missing}。请在系统自带的模板上修改", {"file": file, "missing": listed})
        )
    return found


def _missing(template: Opened, language: str) -> list[Message]:
    """The styles that the template lacks, each with what it should be."""
    has = {(style.type, style.name.lower()) for style in template.styles if style.name}
    missing = [
        Message(
            "{style}（段落样式，{font} {size} 磅）",
            {"style": style.name, "font": style.chinese if language == "zh" else style.latin, "size": f"{style.size:g}"},
        )
        for style in STYLES[language]
        if not any((KIND.PARAGRAPH, name.lower()) in has for name in names(style.key))
    ]
    if (KIND.CHARACTER, STRONG.lower()) not in has:
        missing.append(Message("{style}（字符样式，加粗）", {"style": STRONG}))
    if not any((KIND.TABLE, name.lower()) in has for name in TABLE.values()):
        missing.append(Message("{style}（表格样式，上下粗线，标题行下细线）", {"style": TABLE[language]}))
    return missing


def packed(content: Mapping[str, str | bytes]) -> bytes:
    """The parts as one zip file, each dated `STILL`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, part in content.items():
            archive.writestr(zipfile.ZipInfo(name, STILL), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
