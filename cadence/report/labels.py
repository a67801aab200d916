"""The words and numbers that a report's parts go by: 目录, 图, 表; 一、（一）1. in Chinese, 1 1.1 1.1.1 in English."""

from __future__ import annotations

from cadence.report.document import Document, Heading

CONTENTS = {"zh": "目　录", "en": "Contents"}
PICTURE = {"zh": "图", "en": "Figure"}
ROWS = {"zh": "表", "en": "Table"}
_ENDS = "。！？；：，、.!?;:,"
_DIGITS = "零一二三四五六七八九"


def numbered(document: Document) -> list[tuple[Heading, str]]:
    """Each heading and what stands before its text; a compact report has no numbers."""
    found, counts = [], [0, 0, 0]
    for heading in (block for block in document.blocks if isinstance(block, Heading)):
        counts[heading.level - 1] += 1
        counts[heading.level :] = [0] * (3 - heading.level)
        found.append((heading, "" if document.is_compact else _label(counts[: heading.level], document.language)))
    return found


def _label(counts: list[int], language: str) -> str:
    if language != "zh":
        return ".".join(map(str, counts)) + " "
    return (f"{chinese(counts[-1])}、", f"（{chinese(counts[-1])}）", f"{counts[-1]}.")[len(counts) - 1]


def chinese(number: int) -> str:
    """A whole number from 0 to 999 as Word's `chineseCountingThousand` writes it: 十二, 二十, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = _DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones or not number else "")


def led(subject: str, language: str) -> str:
    """The subject of a point as it leads into the sentence."""
    if not subject or subject[-1] in _ENDS:
        return subject
    return subject + ("：" if language == "zh" else ": ")
