"""Personal data: which columns are dropped, by header or by value, and what is blotted out of the texts that are kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from cadence.sheets.vocabulary import plain

HEADERS = re.compile(r"身份证|证件号|手机|电话|联系方式|住址|地址|邮箱|民族|籍贯|出生|性别|学历|学工号|学号|工号|银行卡|账号")
NAMES = re.compile(
    r"姓名|名单|.(?:人|书记|委员|成员|组长|队长|对象|教师)$|^(联系人|参会人员|参加人员|参与人员|列席人员|缺席人员|请假人员|人员|出席人员|审核人|批准人|责任人|负责人|党员)$"
)
MOBILE = re.compile(r"(?<![\d.])(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)")
IDENTITY = re.compile(r"(?<![\dA-Za-z])(\d{17}[\dXx])(?![\dA-Za-z])")
DIGITS = re.compile(r"\d{3}")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
BLOT = "[已隐去]"
MASK = "（个人信息，未读取）"
MASKS = {MASK, unicodedata.normalize("NFKC", MASK)}
"""What `cadence.marked` writes instead of a cell that is an identity or mobile number, or stands in a column that is not read."""


def by_header(header: str) -> bool:
    """Whether a header announces personal data."""
    return bool(HEADERS.search(plain(header)) or HEADERS.search(header))


def names_people(header: str) -> bool:
    """Whether a header announces names of people; dropped unless the contract takes the column as a person."""
    return bool(NAMES.search(plain(header)))


def by_values(cells: Iterable[Any]) -> bool:
    """Whether half of the filled cells are identity or mobile numbers."""
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and 2 * sum(is_number_of_person(cell) for cell in filled) >= len(filled)


def is_number_of_person(cell: Any) -> bool:
    """A whole cell that is an identity number (its check digit holds), a mobile number, or the mask of one."""
    if cell == MASK:
        return True
    if isinstance(cell, float) and cell.is_integer():
        cell = f"{cell:.0f}"
    text = re.sub(r"[\s-]", "", str(cell)) if isinstance(cell, (str, int)) else ""
    return valid_identity(text) or bool(re.fullmatch(r"(?:\+?86)?1[3-9]\d{9}", text))


def valid_identity(text: str) -> bool:
    """Eighteen signs whose last is the right check digit."""
    if not IDENTITY.fullmatch(text):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == text[17].upper()


def redacted(text: str) -> str:
    """A text with identity and mobile numbers blotted out."""
    if text in MASKS:
        return BLOT
    if len(text) < 11 or not DIGITS.search(text):
        return text
    text = IDENTITY.sub(lambda found: BLOT if valid_identity(found[1]) else found[1], text)
    return MOBILE.sub(BLOT, text)
