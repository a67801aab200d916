"""A store, a selection and the answers that a report holds in; its annex out: definitions, coverage, batches, what is left open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cadence import answers, batches, tables
from cadence.answers import Answer
from cadence.catalogue import Entry
from cadence.report.document import Block, Break, Heading, Paragraph, Points, Table
from cadence.selection import Selection
from cadence.store import Store
from cadence.words import say

OWING, BATCHES, FILES = 20, 12, 2
"""Units that owe months, batches, and files of a batch, that are listed."""


def sources(store: Store, asked: Selection, held: Sequence[Answer]) -> Iterator[Block]:
    """The annex of a report that holds these answers."""
    yield Break()
    yield Heading(say("附：数据来源与口径"))
    yield Heading(say("数据覆盖"), 2)
    yield from _coverage(store, asked)
    yield Heading(say("数据批次"), 2)
    yield from _batches(store)
    yield Heading(say("未能回答的事项"), 2)
    yield from _open(held)
    yield Heading(say("指标口径"), 2)
    told = tuple((say(answer.entry.title), _meaning(answer.entry)) for answer in held if not answer.withheld)
    yield Points(told, is_note=True)


def _meaning(entry: Entry) -> str:
    """Question, formula, limits and what an indicator rests on, as running text."""
    _, question, *rest = tables.meaning(entry)
    return " ".join([question[1], *(say("{label}：{said}", label=label, said=said) for label, said in rest)])


def _coverage(store: Store, asked: Selection) -> Iterator[Block]:
    """How much of what is due was handed in, and who owes months."""
    row = answers.ask(store, "coverage_share", asked.params).iloc[0]
    if not row["expected"]:
        yield Paragraph(say("所选范围内没有数据"))
        return
    yield Paragraph(
        say(
            "应报 {expected} 个单位·月，已报 {reported} 个（{share}），其中部分上报 {partly} 个。缺报的月份不当作零。",
            expected=f"{row['expected']:,.0f}",
            reported=f"{row['reported']:,.0f}",
            partly=f"{row['partly']:,.0f}",
            share=f"{row['reported'] / row['expected']:.0%}",
        )
    )
    found = answers.ask(store, "coverage_map", asked.params)
    owing = found[found["is_missing"]].groupby("unit", sort=False)["missing_months"].sum()
    if owing.empty:
        return
    rows = [(unit, f"{months:,.0f}") for unit, months in owing.head(OWING).items()]
    yield Table(say("还没有报齐的单位"), (tables.title("unit"), tables.title("missing_months")), tuple(rows), (False, True))
    if len(owing) > OWING:
        yield Paragraph(say("共 {n} 行，其余见数据附表。", n=len(owing)), is_note=True)


def _batches(store: Store) -> Iterator[Block]:
    """The batches that count, newest first."""
    standing = batches.history(store).query("undone_at.isna()")
    if standing.empty:
        yield Paragraph(say("没有导入过的批次。"))
        return
    rows = [
        (
            f"{row['batch']}",
            f"{row['imported_at']:%Y-%m-%d}",
            _files(row["files"] or ""),
            f"{row['fresh']:,}",
            f"{row['changed']:,}",
        )
        for row in standing.head(BATCHES).to_dict("records")
    ]
    titles = (say("批次"), say("入库日期"), say("文件"), say("新增"), say("变更"))
    yield Table(say("数据批次"), titles, tuple(rows), (True, False, False, True, True))
    if len(standing) > BATCHES:
        yield Paragraph(say("另有 {n} 批更早的，见“数据导入”页。", n=len(standing) - BATCHES), is_note=True)
    if standing["is_sample"].any():
        yield Paragraph(say("其中有演示数据，不是真实单位的情况。"), is_note=True)


def _open(held: Sequence[Answer]) -> Iterator[Block]:
    """What was asked and could not be answered, with the reason."""
    silent = [answer for answer in held if answer.withheld]
    if not silent:
        yield Paragraph(say("本报告所列指标都有足够的数据。"))
        return
    yield Points(tuple((say(answer.entry.title), str(answer.withheld)) for answer in silent))


def _files(names: str) -> str:
    """The first names of a batch's files, and how many there are."""
    listed = names.split("、")
    first = say("、").join(listed[:FILES])
    return first if len(listed) <= FILES else say("{files}等 {n} 个文件", files=first, n=len(listed))
