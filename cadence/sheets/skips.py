"""Rows of a table that are no records, each with the reason: sub-totals, notes, instructions, samples, serial numbers only …"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from typing import Any

import numpy as np

from cadence.sheets.grid import Cells
from cadence.sheets.headers import SERIAL, Header, filled, repeated
from cadence.sheets.people import unsigned
from cadence.sheets.personal import MARKS
from cadence.sheets.vocabulary import plain, tidy
from cadence.words import Message

SUBTOTAL = re.compile(
    r"^(?:本?(?:页|月|季|季度|年|年度|全年|累计|部门|单位)?(?:小计|合计|总计|共计|累计)|平均(?:分|值|数|得分|成绩)?|均值|最高分?|最低分?|总分|总得分|其中|名次|排名|排序|位次|加权(?:得分|合计|总分|平均分?))(?:[:：(（].*)?$|(?:小计|合计|总计)[:：]?$|^.{1,4}(?:平均|均值)(?:分|值)?$"
)
NOTE = re.compile(
    r"^(?:备?注(?:意(?:事项)?)?[:：\d一二三1-9.、]|备?注$|说明[:：]|(?:填[表报写]|使用)说明|填[表报制](?:人|日期|时间|单位)|制表|审核|负责人(?:签[字名])?[:：]|(?:单位|支部|党支部)?(?:负责人|书记)?签[字名章]|盖章|联系(?:人|电话)[:：]|请勿|勿删|此[行表]|※|★|☆|\*[^*]|注\s)"
)
SIGNED = re.compile(
    r"^(?:单位|支部|党支部|部门)?(?:负责人|书记|主任|领导|审核|审批|填[表报]|制表|经办|联系|统计|报送|盖章|签[字名])[^:：]{0,6}[:：]"
)
INSTRUCTION = re.compile(r"必填|选填|下拉选择|请(?:填写|选择|勿|按)|格式[:：为如]|填写示例|只能填")
SAMPLE_MARK = re.compile(r"^(?:示例|样例|例|例如|填写示例|范例)(?:[:：\d].*)?$")
SAMPLE = re.compile(
    r"(?<![xX×*\d])[xX×]{3,}(?!\d)|^(?:张三|李四|王五|赵六|某某|某某某)$|×{2,}|(?<![a-zA-Z])[Xx]{2,}(?=[省市县区校院系学党部支处科局公])"
)
SAMPLE_ROWS = 3


def reason_to_skip(headers: Sequence[Header]) -> Callable[[Sequence[Any], int], Message | None]:
    """A function (row, place below the header) → why the row is no record, or None."""
    serial = serial_columns(headers)
    known_heads = heads_of_columns(headers)
    width = sum(1 for header in headers if header.own)

    def reason(row: Sequence[Any], place: int) -> Message | None:
        cells = filled(row)
        if not cells:
            return Message("空行")
        own = [index for index in cells if index not in serial or not number_like(row[index])]
        if not own:
            return Message("只有序号，没有填写")
        texts = [row[index] for index in cells if isinstance(row[index], str)]
        head = "".join(texts[0].split()) if texts else ""
        heads = ["".join(text.split()) for text in texts[: 2 if cells[0] in serial else 1]]
        if found := next((text for text in heads if SUBTOTAL.match(text)), None):
            return Message("小计、合计或平均行：{value}", {"value": shown(found)})
        if NOTE.match(head) and len(cells) <= max(2, width // 2):
            return Message("表下的说明、注释或签字行：{value}", {"value": shown(head)})
        if texts and len(texts) == len(cells) and all(SIGNED.match("".join(text.split())) for text in texts):
            return Message("表下的说明、注释或签字行：{value}", {"value": shown(head)})
        if place < SAMPLE_ROWS and (found := early(texts, row, own)):
            return found
        if tidy(head) in known_heads and repeated(headers, row):
            return Message("重复的表头")
        if len(own) == 1 and width >= 4 and isinstance(row[own[0]], str) and own[0] <= 1:
            return lonely(head)
        return None

    return reason


def shown(text: str) -> str:
    """The beginning of a skipped row as its reason shows it; a name alone, or behind “审核”, is not shown."""
    return unsigned(text, MARKS["name"])[:20]


def serial_columns(headers: Sequence[Header]) -> set[int]:
    """Indexes of the columns that count the rows."""
    return {header.index for header in headers if header.own and (header.own in SERIAL or plain(header.own) in SERIAL)}


def heads_of_columns(headers: Sequence[Header]) -> set[str]:
    """What a repeated header may begin with."""
    return {word for header in headers for word in (header.own, header.text, plain(header.own)) if word}


def doubtful(headers: Sequence[Header], columns: Sequence[Cells]) -> list[int]:
    """Places of the rows that `reason_to_skip` has to look at; of every other row it is certain to say None.

    It says something of the first rows only, of rows with one cell besides serial numbers, and by the first two texts of a row.
    """
    serial = serial_columns(headers)
    heads = heads_of_columns(headers)
    cells = [column for index, column in enumerate(columns) if index not in serial]
    height = len(columns[0]) if columns else 0
    found = np.sum([column.filled for column in cells], axis=0, dtype=np.int32) <= 1 if cells else np.ones(height, bool)
    found[:SAMPLE_ROWS] = True
    texts = np.zeros(height, np.int8)
    for column in columns:
        early_text = column.where(lambda cell: isinstance(cell, str)) & (texts < 2)
        seen = np.zeros(len(column.distinct), bool)
        seen[column.codes[early_text]] = True
        telling = np.array([bool(at) and tells(cell, heads) for cell, at in zip(column.distinct, seen.tolist(), strict=True)])
        found |= early_text & telling[column.codes]
        texts += early_text
        if texts.size and texts.min() >= 2:
            break
    return np.nonzero(found)[0].tolist()


def tells(cell: str, heads: Set[str]) -> bool:
    """Whether a row may be no record because this text is one of its first two."""
    text = "".join(cell.split())
    return tidy(text) in heads or any(pattern.match(text) for pattern in (SUBTOTAL, NOTE, SIGNED))


def lonely(text: str) -> Message:
    """The reason to pass over a row with one filled cell, which may head the rows below it."""
    return Message("整行只有一个单元格有内容：{value}", {"value": shown(text)})


def number_like(cell: Any) -> bool:
    """Whether a cell can be a serial number."""
    return not isinstance(cell, str) or bool(re.fullmatch(r"[\d.、()（）]{1,6}|[一二三四五六七八九十]{1,3}", cell.strip()))


def early(texts: Sequence[str], row: Sequence[Any], own: Sequence[int]) -> Message | None:
    """Instruction and sample rows, which stand right below the header."""
    told = sum(bool(INSTRUCTION.search(text)) for text in texts)
    if told >= 2 or (told and 2 * told >= len(texts)):
        return Message("填写要求行：{value}", {"value": shown(next(text for text in texts if INSTRUCTION.search(text)))})
    found = sample(texts)
    return Message("示例行：{value}", {"value": shown(found.strip())}) if found else None


def sample(texts: Sequence[str]) -> str | None:
    """The text that gives a sample row away: xxxx, 张三, 示例."""
    return next((text for text in texts if SAMPLE_MARK.match(text.strip()) or SAMPLE.search(text.strip())), None)


def masked(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether the rows further down look like samples too: then names were masked, and none is a sample."""
    later = [[cell for cell in row if isinstance(cell, str)] for row in rows[SAMPLE_ROWS : SAMPLE_ROWS + 50]]
    later = [texts for texts in later if len(texts) > 1]
    return bool(later) and 2 * sum(sample(texts) is not None for texts in later) >= len(later)
