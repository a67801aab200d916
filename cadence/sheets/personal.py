"""Personal data: a sheet in, the same sheet without identity, phone, card and account numbers out; and which columns are dropped.

Numbers are told by their value (check digits, valid dates), so that nothing after the opening of a file ever sees them; columns
are told by their header or by what all their cells are. Names in running text cannot be told for certain: they are blotted out
behind a label (“主持人：”) only, and columns of names are dropped or become tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from cadence.sheets.grid import Cells, Grid
from cadence.sheets.people import is_name, is_nation, labelled_names, list_of_names
from cadence.sheets.vocabulary import plain
from cadence.words import Message

if TYPE_CHECKING:
    from cadence.sheets.cells import Sheet
    from cadence.sheets.headers import Header

KINDS = {
    "identity": Message("身份证号"),
    "mobile": Message("手机号"),
    "phone": Message("电话号码"),
    "card": Message("银行卡号"),
    "email": Message("邮箱"),
    "account": Message("微信或QQ号"),
    "name": Message("姓名"),
}
MARKS = {kind: f"‹{title.text}›" for kind, title in KINDS.items()}
MASK = "‹个人信息未读取›"
"""What `cadence.marked` writes instead of a cell of a column that is not read."""
LOOKED_AT = 5_000
SAMPLED = 60
NAMED = 500
MARK = re.compile("|".join([*MARKS.values(), MASK]))
ONLY_MARKS = re.compile(rf"\s*(?:{MARK.pattern})(?:[\s、,，;；/]*(?:{MARK.pattern}))*\s*")

COUNTED = re.compile(r"(?:数|次|率|比例|占比|比|期数|场|分|情况|得分|活动|会议|会|党课|公众号|群|团结|宗教|工作)$")
HEADERS = re.compile(
    r"身份证|证件号|护照|手机|电话|座机|固话|传真|联系方式|微信|QQ|邮箱|电子邮件|e-?mail|银行卡|卡号|账号|开户|社保|医保|"
    r"住址|^(?:家庭|通讯|通信|户籍|居住|详细|邮寄|联系)?地址$|户籍|户口|籍贯|民族|出生|生日$|年龄|性别|学历|学位|毕业|婚姻|健康状况|"
    r"宗教信仰|政治面貌|入党|转正|党龄|参加工作时间|学工号|学号|工号|警号|(?<!分)工资|车牌",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"姓名|名单|签[名字到]|(?:^|[^党团])人员$|^(?:党员|同志|评委|专家|作者|撰稿|讲师|主讲|主持|骨干|班子)$|"
    r"(?:联系|负责|责任|经办|填报|填表|制表|审核|审批|批准|汇报|发言|参加|参与|参会|出席|列席|缺席|请假|报送|上报|登记|记录|"
    r"主持|召集|组织|授课|讲课|主讲|评价|打分|评分|监督|介绍|培养)(?:同志|党员|人)$|"
    r".人$|书记$|委员$|[组队]长$|成员$|主任$|.对象$|.教师$|领导(?:干部)?$"
)
HOME = re.compile(
    r"(?:单元|小区|花园|公寓|家属院|家属楼|新村|宿舍|[村屯](?:民)?(?:第?[一二三四五六七八九十\d]+)?组).{0,12}?[\d一二三四五六七八九十]"
)
DIGITS = re.compile(r"\d[\d -]{9}")
SIGNS = ("@", "＠", ":", "：", "微信", "QQ", "qq", "电话", "座机", "固话", "传真")
SEPARATOR = "\0"
NUMBERS = (int, float)
IDENTITY = re.compile(r"(?<!\d)(\d{6})([ -]?)(\d{8})\2(\d{3}[\dXx])(?!\d)")
OLD_IDENTITY = re.compile(r"(?<![\dA-Za-z.])(\d{15})(?:\.0(?!\d))?(?![\dA-Za-z]|\.\d)")
LABELLED_IDENTITY = re.compile(r"((?:身份证|证件)(?:号码?)?[:： ]{0,2})\d{14,17}[\dXx](?!\d)")
MOBILE = re.compile(r"(?<![\d.])(?:(?:\+|00)?86[- ]?)?1[3-9]\d([- ]?)\d{4}\1\d{4}(?:\.0(?!\d))?(?!\d|\.\d|\s?[元万亿])")
BEFORE = re.compile(r"(?:([A-Za-z]+)|[A-Za-z\d]-)$")
TELEPHONE_WORDS = {"tel", "telephone", "phone", "mobile", "mob", "cell", "call", "wechat", "wx", "vx", "v"}
CARD = re.compile(r"(?<![\dA-Za-z.])(?:62|4\d|5[1-5])\d{2}(?:\d{12,15}|(?: \d{4}){3}(?: \d{1,3})?)(?![\dA-Za-z])")
EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@[A-Za-z\d-]{1,63}(?:\.[A-Za-z\d-]{1,63}){1,4}", re.ASCII)
ACCOUNT = re.compile(r"((?:微信|QQ|qq|扣扣)(?:号码?)?\s?[:：是为]\s?|(?:微信|QQ|qq)号码?\s?)[A-Za-z\d_-]{5,20}")
PHONE = re.compile(r"((?:电话|座机|固话|传真|联系方式|手机)(?:号码?)?\s?(?:[:：]\s?|(?=0\d)))(?:0\d{2,3}[- ]?)?\d{7,8}(?![\d年])")
REGION = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def veiled(sheet: Sheet) -> Sheet:
    """The sheet with personal numbers blotted out of its name and its cells; the same object where there are none."""
    columns = sheet.rows.columns
    cells = set().union(*(column.distinct for column in columns))
    texts = [cell for cell in cells if type(cell) is str]
    swap: dict[Any, str] = {text: kept for text in suspects(texts) if (kept := redacted(text)) != text}
    for cell in cells.difference(texts):
        if type(cell) in NUMBERS and cell >= 1e10 and (kind := kind_of_number(cell)):
            swap[cell] = MARKS[kind]
    name = redacted(sheet.name, serials=False)
    if not swap:
        return sheet if name == sheet.name else replace(sheet, name=name)
    kept = [
        column if swap.keys().isdisjoint(column.distinct) else column.map(lambda cell: swap.get(cell, cell)) for column in columns
    ]
    return replace(sheet, name=name, rows=Grid(kept, len(sheet.rows)), veiled=True)


def suspects(texts: Iterable[str]) -> Iterator[str]:
    """Those texts that may hold something personal; looked for in all of them at once, which is several times faster."""
    whole = SEPARATOR.join(texts)
    found = {match.start() for match in DIGITS.finditer(whole)}
    for sign in SIGNS:
        at = whole.find(sign)
        while at >= 0:
            found.add(at)
            at = whole.find(sign, at + 1)
    until = -1
    for at in sorted(found):
        if at > until:
            end = whole.find(SEPARATOR, at)
            until = end if end >= 0 else len(whole)
            yield whole[whole.rfind(SEPARATOR, 0, at) + 1 : until]


def redacted(text: str, serials: bool = True) -> str:
    """A text with personal numbers and labelled names replaced by what they are: “‹手机号›”.

    `serials` spares mobile numbers that continue a serial number (“SN138…”); names of files and sheets are not spared.
    """
    kept, text = text, text.translate(WIDTHS) if not text.isascii() else text
    if DIGITS.search(text):
        text = IDENTITY.sub(lambda found: MARKS["identity"] if valid_identity(found[1] + found[3] + found[4]) else found[0], text)
        text = LABELLED_IDENTITY.sub(rf"\1{MARKS['identity']}", text)
        text = CARD.sub(lambda found: MARKS["card"] if luhn(found[0].replace(" ", "")) else found[0], text)
        text = OLD_IDENTITY.sub(lambda found: MARKS["identity"] if valid_old_identity(found[1]) else found[0], text)
        text = MOBILE.sub(lambda found: found[0] if serials and is_serial(text, found) else MARKS["mobile"], text)
    if "@" in text:
        text = EMAIL.sub(MARKS["email"], text)
    text = ACCOUNT.sub(rf"\1{MARKS['account']}", text)
    text = PHONE.sub(rf"\1{MARKS['phone']}", text)
    text = labelled_names(text, MARKS["name"])
    return text if MARK.search(text) else kept


def kinds_in(text: str) -> list[Message]:
    """The kinds of personal data that a text somebody writes by hand seems to hold; a mistyped identity number is one, too."""
    text = MARK.sub(" ", text.translate(WIDTHS))
    seen = redacted(text, serials=False)
    kinds = [kind for kind, mark in MARKS.items() if mark in seen]
    if "identity" not in kinds and any(REGION.match(found[1]) and is_day(found[3]) for found in IDENTITY.finditer(text)):
        kinds.insert(0, "identity")
    return [KINDS[kind] for kind in kinds]


def is_serial(text: str, found: re.Match[str]) -> bool:
    """Whether the eleven digits continue a serial number (“SN138…”, “2024-138…”); “tel138…” does not."""
    if found[0][0] == "+":
        return False
    before = BEFORE.search(text, max(0, found.start() - 12), found.start())
    return before is not None and (before[1] or "").lower() not in TELEPHONE_WORDS


def kind_of_number(cell: float) -> str | None:
    """“mobile” or “identity” for a number that is one; an identity number of 18 digits has lost its last ones as a number."""
    if cell != int(cell) or cell >= 1e18:
        return None
    digits = f"{cell:.0f}"
    if len(digits) == 11 and MOBILE.fullmatch(digits):
        return "mobile"
    if valid_old_identity(digits) or (len(digits) == 18 and REGION.match(digits) and is_day(digits[6:14])):
        return "identity"
    return "card" if CARD.fullmatch(digits) and luhn(digits) and cell < 2**53 else None


def valid_identity(text: str) -> bool:
    """Eighteen signs: a region, a day of birth, and the check digit of GB 11643."""
    if len(text) != 18 or not REGION.match(text) or not is_day(text[6:14]):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == text[17].upper()


def valid_old_identity(text: str) -> bool:
    """Fifteen digits of before 2000: a region and a day of birth."""
    return len(text) == 15 and bool(REGION.match(text)) and is_day("19" + text[6:12])


def is_day(digits: str) -> bool:
    """Whether eight digits are a day on which somebody alive may have been born."""
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2040
    except ValueError:
        return False


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit that cards carry."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(number - 9 * (number > 9) for number in doubled) % 10 == 0


def by_header(header: str) -> bool:
    """Whether a header announces personal data; numbers of people (“少数民族党员数”) and means (“党员平均年龄”) are none."""
    own = header.rsplit("·", 1)[-1]
    word = plain(own)
    return bool(HEADERS.search(word) or HEADERS.search(own)) and not COUNTED.search(word) and "平均" not in word


def names_people(header: str, cells: Sequence[Any] = ()) -> bool:
    """Whether a column holds names of people, by its header or by its cells; for columns that the contract does not take."""
    column = Cells.of(cells)
    if 2 * column.where(lambda cell: isinstance(cell, str)).sum() < column.filled.sum():
        return False
    if NAMES.search(plain(header.rsplit("·", 1)[-1])) and not COUNTED.search(plain(header)):
        return True
    texts = [cell for cell in column.distinct if isinstance(cell, str)][:NAMED]
    return len(texts) >= 2 and sum(map(list_of_names, texts)) >= 0.85 * len(texts)


def by_values(cells: Sequence[Any], known: bool = False) -> bool:
    """Whether a column's cells are mostly personal numbers, nearly all ethnic groups, or (not under a known header) homes."""
    filled = [cell for cell in cells[:LOOKED_AT] if cell is not None]
    distinct = list(dict.fromkeys(cell for cell in filled if type(cell) is str))[:SAMPLED]
    if not distinct:
        return False
    if any("‹" in text for text in distinct):
        marked = sum(type(cell) is str and bool(ONLY_MARKS.fullmatch(cell)) for cell in filled)
        if 2 * marked >= len(filled):
            return True
    if len(distinct) == SAMPLED or any(type(cell) is not str for cell in filled[:SAMPLED]):
        return False if known else homes(distinct)
    return is_nation(distinct) or (not known and homes(distinct))


def homes(texts: Sequence[str]) -> bool:
    """Whether half of the texts look like where somebody lives."""
    return 2 * sum(len(text) <= 80 and bool(HOME.search(text)) for text in texts) >= len(texts)


def unnamed(headers: Sequence[Header]) -> list[Header]:
    """Headers whose words are names of people (raters, say) with the name blotted out of what is shown and stored."""
    named = [header for header in headers if is_name(header.own)]
    labels = [header for header in headers if header.text]
    told = [
        header
        for header in named
        if re.search(r"评委|专家|评审|考评|测评|打分|评分|人员|姓名|领导|委员|成员|党员|同志", header.parent)
    ]
    if len(named) >= 3 and 2 * len(named) >= len(labels):
        told = named
    return [
        replace(header, text=header.text.replace(header.own, MARKS["name"])) if header in told else header for header in headers
    ]


def count(columns: Iterable[Sequence[Any]]) -> dict[str, int]:
    """Kind of personal data → cells from which it was blotted out."""
    counts: Counter[str] = Counter()
    for column in map(Cells.of, columns):
        marked = {code: cell for code, cell in enumerate(column.distinct) if type(cell) is str and "‹" in cell}
        cells_of = np.bincount(column.codes, minlength=len(column.distinct)) if marked else ()
        for code, text in marked.items():
            for kind, mark in MARKS.items():
                counts[kind] += int(cells_of[code]) * (mark in text)
    return {kind: number for kind, number in counts.items() if number}


def without_marks(text: str) -> str:
    """A text without what was put in the place of personal data."""
    return MARK.sub(" ", text)


WIDTHS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF20, 0xFF0B, 0xFF0D, 0xFF0E, 0x3000)
}
