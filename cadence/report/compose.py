"""A store and what was asked for in; the report as a `Document` out, made from the same answers as the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cadence import answers, catalogue, charts, headlines, notes, patterns, selection, tables
from cadence.answers import Answer
from cadence.charts import wording
from cadence.report.document import (
    HALF,
    TALLEST,
    WIDTH,
    Block,
    Document,
    Heading,
    Pair,
    Paragraph,
    Picture,
    Points,
    Table,
    Tile,
    Tiles,
)
from cadence.report.outline import Outline, Part, outlines
from cadence.report.request import Request, scope, title
from cadence.report.sources import sources
from cadence.store import Store
from cadence.words import language, say

FINDINGS = {"brief": 5, "analysis": 8}
"""Sentences at the head of a report; what is beyond stands in its part."""
ROWS, COLUMNS = 12, 7
"""A table with more rows or columns stands in the workbook, not beside its picture."""
ROWS_ALONE = 24
"""Rows shown where there is no picture to see the others in."""
JUDGED, UNITS = 10, 40
"""Findings of rhythm, and units that need a look, that are listed."""


def compose(
    store: Store, request: Request, with_pictures: bool = True, seen: Callable[[Picture], None] = lambda _: None
) -> Document:
    """Ask everything and put it in order; `with_pictures` is false where none can be drawn, then tables stand for them.

    Each picture goes to `seen` as soon as it is made, so that it can be drawn meanwhile.
    """
    answers.remember()
    report = _Report(store, request, with_pictures, seen)
    blocks = report.brief() if request.kind == "brief" else report.analysis()
    return Document(
        title=title(request),
        scope=scope(request),
        dated=wording.date(np.datetime64("today")),
        language=language(),
        blocks=tuple(blocks),
        is_compact=request.kind == "brief",
    )


@dataclass(frozen=True)
class _Report:
    store: Store
    request: Request
    with_pictures: bool
    seen: Callable[[Picture], None]

    def brief(self) -> Iterator[Block]:
        """Findings, six figures, two pictures; nothing else."""
        outline = self.request.outline
        yield Heading(say("主要情况"))
        yield from self._findings([part.page for part in outlines()["analysis"].parts], FINDINGS["brief"])
        yield Heading(say("六项数字"))
        yield self._tiles(outline.figures)
        yield Heading(say("两张图"))
        found = [self._answer(id) for id in outline.pictures]
        drawn = [self._picture(answer, HALF) for answer in found if self.with_pictures and not answer.withheld]
        if len(drawn) == 2 and all(drawn):
            yield Pair(*drawn)
        else:
            for answer in found:
                yield from self._shown(answer)
        yield self._dated()

    def analysis(self) -> Iterator[Block]:
        """Findings by part, every part's pictures and tables, units, notes; behind them what the numbers rest on."""
        outline = self.request.outline
        yield Paragraph(self._opening())
        for part in outline.parts:
            yield Heading(say(part.title))
            if part is outline.parts[0]:
                yield from self._first(outline)
            yield from self._part(part, is_first=part is outline.parts[0])
        yield Heading(say("需要看一看的单位"))
        yield from self._units()
        yield Heading(say("情况说明"))
        yield from self._notes()
        yield from sources(self.store, self.request.asked, [self._answer(id) for id in outline.indicators])

    def _opening(self) -> str:
        """What this is made from, and what it is not."""
        return say(
            "本报告由台账、考评表、计划和重点任务表汇总生成，数字与系统页面一致。提示供核实，不是结论；缺报的月份不当作零；样本不足的不作判断。"
        )

    def _first(self, outline: Outline) -> Iterator[Block]:
        yield Heading(say("提示核实"), 2)
        yield from self._findings([part.page for part in outline.parts], FINDINGS["analysis"])
        yield Heading(say("主要数字"), 2)
        yield self._tiles(outline.figures)

    def _part(self, part: Part, is_first: bool) -> Iterator[Block]:
        if part.page == "rhythm":
            yield Heading(say("节奏提示"), 2)
            yield from self._rhythm()
        if not is_first:
            yield from self._found(part.page)
        for id in part.indicators:
            answer = self._answer(id)
            if not answer.withheld:
                yield Heading(say(answer.entry.title), 2)
                yield from self._shown(answer)

    def _findings(self, pages: list[str], most: int) -> Iterator[Block]:
        """The sentences of the rules of these pages, the more severe first."""
        seen = answers.findings(self.store, pages, self.request.asked)
        found = seen.worth_checking
        if found:
            yield Points(tuple((say(entry.title), reading.say) for entry, reading in found[:most]))
        if len(found) > most:
            yield Paragraph(say("另有 {n} 项，见分析报告各部分。", n=len(found) - most), is_note=True)
        if not found:
            yield Paragraph(seen.calm)

    def _found(self, page: str) -> Iterator[Block]:
        """What the rules of one page find, all of it; nothing where no rule of it can judge."""
        seen = answers.findings(self.store, [page], self.request.asked)
        if seen.worth_checking:
            yield Paragraph(say("以下提示核实："))
            yield Points(tuple((say(entry.title), reading.say) for entry, reading in seen.worth_checking))
        elif seen.judged:
            yield Paragraph(seen.calm)

    def _tiles(self, ids: tuple[str, ...]) -> Tiles:
        """Headline figures; one that is withheld says why."""
        against = {"last_year": say("同比"), "previous": say("环比"), "none": ""}[self.request.comparison]
        found = [headlines.headline(self.store, id, self.request.asked, self.request.comparison) for id in ids]
        return Tiles(
            tuple(
                Tile(
                    say(one.entry.title),
                    one.value or tables.NOTHING,
                    f"{against} {one.change}" if one.change else "",
                    str(one.withheld or one.beside),
                )
                for one in found
            )
        )

    def _answer(self, id: str) -> Answer:
        return answers.answer(self.store, id, self.request.asked, self.request.comparison)

    def _shown(self, answer: Answer) -> Iterator[Block]:
        """An indicator: its sentence, its picture, coverage and cases, and its table where that is small or all there is."""
        if answer.withheld:
            yield Paragraph(f"{say(answer.entry.title)}：{answer.withheld}", is_note=True)
            return
        if answer.reading:
            yield Paragraph(answer.reading.say)
        picture = self._picture(answer, WIDTH) if self.with_pictures else None
        if picture:
            yield picture
        if beside := self._beside(answer):
            yield Paragraph(beside, is_note=True)
        yield from self._table(answer, bool(picture))

    def _beside(self, answer: Answer) -> str:
        """n, coverage and the list chosen: what has to stand beside every figure."""
        parts = [f"n = {answer.n:,}"] if answer.n is not None else []
        parts += [answer.coverage, *selection.lists_used(answer.entry.options, self.request.asked)]
        return " · ".join(filter(None, parts))

    def _picture(self, answer: Answer, width: int) -> Picture | None:
        """The picture as the page draws it; one too tall for paper shows the units that need a look, or is not drawn."""
        name, said = say(answer.entry.title), answer.reading.say if answer.reading else say(answer.entry.question)
        figure = _drawn(answer, answer.frame, width)
        if figure and figure.layout.height > TALLEST and "unit" in answer.frame:
            looked = answer.frame[answer.frame["unit"].isin(self._looked)]
            figure = _drawn(answer, looked, width) if len(looked) else None
            name = say("{title}（需要看一看的 {n} 个单位）", title=name, n=looked["unit"].nunique())
        if not figure or figure.layout.height > TALLEST:
            return None
        self.seen(made := Picture(figure, name, said))
        return made

    @cached_property
    def _looked(self) -> list[str]:
        """The units that need a look, as the bands have it."""
        found = self._answer("unit_bands")
        return [] if found.withheld else found.frame.loc[found.frame["band"].isin(["attention", "glance"]), "unit"].tolist()

    def _table(self, answer: Answer, is_drawn: bool) -> Iterator[Block]:
        """The numbers behind a picture, as they are written on the screen."""
        shown = table(answer)
        most = ROWS if is_drawn else ROWS_ALONE
        if is_drawn and (len(shown.rows) > ROWS or len(shown.titles) > COLUMNS):
            return
        yield Table(shown.caption, shown.titles, shown.rows[:most], shown.numeric)
        if len(shown.rows) > most:
            yield Paragraph(say("共 {n} 行，其余见数据附表。", n=len(shown.rows)), is_note=True)

    def _rhythm(self) -> Iterator[Block]:
        """What the statistics of rhythm say: the whole first, then units, the surest first; explained ones with the reason."""
        found = answers.ask(self.store, "rhythm_findings", self.request.asked.params)
        sure = found[found["level"].isin(["high", "medium"])]
        whole = sure[sure["scope"] == "system"].sort_values(["year", "p"]).groupby("year").head(1)
        ours = sure[sure["scope"] != "system"]
        for row in whole.to_dict("records"):
            yield Paragraph(say("{year}年", year=row["year"]) + say("，先看整体：") + patterns.sentence(row))
        if ours.empty:
            yield Paragraph(say("没有把握在中等以上的节奏提示。"))
            return
        yield Points(tuple(_judged(row) for row in ours.head(JUDGED).to_dict("records")))
        if len(ours) > JUDGED:
            yield Paragraph(say("共 {n} 条，其余见“工作节奏”页。", n=len(ours)), is_note=True)

    def _units(self) -> Iterator[Block]:
        """The units in bands, those that need attention first; in the order of the register, never by place."""
        answer = self._answer("unit_bands")
        if answer.withheld:
            yield Paragraph(str(answer.withheld), is_note=True)
            return
        yield Paragraph(answer.reading.say)
        frame = answer.frame[answer.frame["band"].isin(["attention", "glance"])]
        frame = pd.concat([frame[frame["near"] != ""], frame[frame["near"] == ""].sort_values("band", kind="stable")])
        if frame.empty:
            return
        texts = tables.texts(catalogue.translated(frame), "unit_bands")
        told = frame["strong"].where(frame["strong"] != "", frame["weak"]).map(catalogue.signs)
        rows = zip(texts["unit"], texts["band"], told, texts["reported"], texts["met"], strict=True)
        titles = (tables.title("unit"), say("关注程度"), say("看什么"), tables.title("reported"), tables.title("met"))
        yield Table(say("需要看一看的单位"), titles, tuple(rows)[:UNITS], (False, False, False, True, True))
        if len(frame) > UNITS:
            yield Paragraph(say("共 {n} 行，其余见数据附表。", n=len(frame)), is_note=True)

    def _notes(self) -> Iterator[Block]:
        """What was noted about these units in this time, explanations of findings among them."""
        found = answers.ask(self.store, "notes", self.request.asked.params)
        if found.empty:
            yield Paragraph(say("这些单位在这段时间没有备注。"))
            return
        yield Points(tuple((f"{row['unit']} · {'，'.join(notes.about(row))}", row["text"]) for _, row in found.iterrows()))

    def _dated(self) -> Paragraph:
        share = answers.reported_share(self.store, self.request.asked)
        known = say("已报 {share}", share=f"{share:.0%}") if share == share else say("还没有报送")
        return Paragraph(say("数据覆盖：{known}。提示供核实，不是结论。", known=known), is_note=True)


def _drawn(answer: Answer, frame: pd.DataFrame, width: int) -> go.Figure | None:
    figure = charts.draw(answer.entry, frame, compare=answer.before, marks=answer.marks)
    return figure and figure.update_layout(width=width)


def table(answer: Answer) -> Table:
    """An answer as a table of what its picture draws, every row; all of its columns where it draws none."""
    frame = catalogue.translated(answer.frame)
    drawn = [*answer.entry.draws.values(), answer.entry.n] if answer.entry.draws else list(frame.columns)
    names = [name for name in dict.fromkeys(drawn) if name and not frame[name].isna().all()]
    texts = tables.texts(frame, answer.entry.id)[names]
    return Table(
        say(answer.entry.title),
        tuple(tables.title(name) for name in names),
        tuple(texts.itertuples(index=False, name=None)),
        tuple(frame[name].dtype.kind in "if" for name in names),
    )


def _judged(row: dict) -> tuple[str, str]:
    """A finding of rhythm: unit, year and pattern; its sentence, and how it was explained."""
    subject = f"{row['unit']} · {say('{year}年', year=row['year'])} · {patterns.name(row)} · {say(patterns.LEVELS[row['level']])}"
    said = patterns.sentence(row, bool(row["is_system"]))
    if pd.isna(row["reason"]):
        return subject, said
    who = {"by": row["explained_by"], "when": f"{row['explained_at']:%Y-%m-%d}"}
    return subject, said + say("已解释：{reason}（{by}，{when}）", reason=row["reason"], **who)
