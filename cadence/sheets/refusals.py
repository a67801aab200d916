"""Sheets that are none of the seven kinds: what was seen, said kindly, with what to do instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from cadence.sheets.headers import Header, filled, known, words
from cadence.sheets.vocabulary import plain, tidy
from cadence.words import Message

STATUTORY = re.compile(r"统计年报|党内统计|^表号|制表机关|制定机关|批准文号|备案文号|批准机关|有效期至|综合机关名称|统计用表")
DUES = re.compile(r"党费")
PEOPLE = re.compile(r"花名册|人员名单|党员名册|党员信息|签到表|通讯录|人员信息|发展对象|积极分子")
FORM = re.compile(r"(?:登记|申请|审批|呈报|推荐|审核|报名|鉴定|备案|记录|考核|评议|测评|自查)(?:表|卡)$|^(?:会议|活动|谈话)记录")
SHOWN = 8


def by_titles(titles: Iterable[str], headers: Sequence[Header]) -> Message | None:
    """Statutory statistics and membership dues, which are told by their titles and headers."""
    texts = [tidy(title) for title in titles]
    if any(STATUTORY.search(text) for text in texts):
        return Message("这是法定统计报表，不是活动或考评台账。Cadence 不导入统计报表，请上传活动台账、计划或考核表。")
    if any(DUES.search(text) for text in texts) or sum("党费" in header.text for header in headers) >= 2:
        return Message("这是党费收缴表。节拍分析不使用党费数据，没有导入。")
    return None


def people(titles: Iterable[str], headers: Sequence[Header]) -> Message | None:
    """Lists of persons: no indicator needs them."""
    named = any(plain(header.own) in ("姓名", "党员姓名", "入党日期", "入党时间") for header in headers)
    if named or any(PEOPLE.search(tidy(title)) for title in titles):
        return Message("这是人员名单（一行一人）。各项指标都不需要个人信息，没有导入。")
    return None


def form(rows: Sequence[Sequence[Any]]) -> Message | None:
    """A form: names and values side by side in the same row, over several rows."""
    labelled = lonely = 0
    for row in rows[:20]:
        texts = [row[index] for index in filled(row)]
        labels = [isinstance(text, str) and (plain(text) in words() or bool(re.search(r"[:：]\s*$", text))) for text in texts]
        alternate = any(labels[place] and not labels[place + 1] for place in range(len(labels) - 1))
        labelled += bool(labels and labels[0] and alternate and sum(labels) <= 0.6 * len(labels))
        lonely += bool(labels and labels[0] and len(labels) == 1)
    return kind_form() if labelled >= 3 or (labelled >= 1 and labelled + lonely >= 4) else None


def kind_form() -> Message:
    """The refusal of a form."""
    return Message("这是一张填写表（左边是项目、右边是内容），不是一行一条的台账。请把内容整理成一行一条的表格后再上传。")


def no_header(rows: Sequence[Sequence[Any]]) -> Message:
    """No row reads as a header."""
    if any(sum(bool(known(cell)) for cell in row if isinstance(cell, str)) for row in rows[:10]):
        return Message("没有找到完整的表头（至少要有两列能认出，如 单位、日期、活动类型）。请在第一行补上表头后再上传。")
    return Message("没有找到表头，第一行就是数据。请在第一行补上表头（如 单位、日期、活动类型）后再上传。")


def totals() -> Message:
    """Counts of a whole quarter or year, of which nobody knows the months."""
    return Message("表中只有全年（或全季）的次数，没有日期或月份，还原不成一次次活动。请上传活动明细，或按月统计的次数表。")


def unknown(headers: Sequence[Header], sheet: str) -> Message:
    """A header, but of no known kind."""
    seen = "、".join(header.text[:12] for header in headers if header.text)
    seen = (
        seen if len(headers) <= SHOWN else "、".join(header.text[:12] for header in [h for h in headers if h.text][:SHOWN]) + " …"
    )
    return Message(
        "认不出这是哪一类表。看到的列：{columns}。可导入：组织名册、活动台账、工作计划、重点任务、考核评分、加减分、节点日历。",
        {"columns": seen},
    )


def lacking(kind: str, fields: Sequence[str]) -> Message:
    """Nearly a known kind, but without columns that it cannot do without."""
    return Message("像是“{kind}”，但缺少必要的列：{fields}。", {"kind": Message(kind), "fields": listed(fields)})


def listed(titles: Sequence[str]) -> Message:
    """Titles one after the other, each translatable."""
    if len(titles) == 1:
        return Message(titles[0])
    return Message("{first}、{others}", {"first": Message(titles[0]), "others": listed(titles[1:])})
