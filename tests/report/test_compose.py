"""A report says what the pages say: its tables, figures and sheets are the answers of the indicators that it holds."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator

import docx
import openpyxl
import pandas as pd
import pytest

from cadence import batches, catalogue, notes, queries, rules, selection, store, words
from cadence.report import ReportError, edition, pictures, word
from cadence.report.compose import ROWS_ALONE, compose
from cadence.report.document import Heading, Pair, Paragraph, Picture, Points, Table, Tiles
from cadence.report.request import Request
from cadence.report.workbook import BEHIND, workbook
from cadence.store import Store
from cadence.tables import NOTHING
from cadence.words import Message

YEAR, QUARTER = "2025", "2025Q3"


@pytest.fixture(scope="module")
def office(sample_file) -> Iterator[Store]:
    """The sample office."""
    opened = store.open(str(sample_file))
    yield opened
    opened.close()


def request_(office: Store, kind: str = "analysis", period: str = YEAR, unit: str = "") -> Request:
    """A report of the sample office."""
    units = selection.subtree(queries.ask(office, "unit_tree", {}), unit)
    return Request(kind, selection.Selection(selection.period(period), units, tuple(rules.types())), unit)


def of(blocks, kind: type) -> list:
    """The blocks of a kind."""
    return [block for block in blocks if isinstance(block, kind)]


def same(text: str, value: object, name: str) -> bool:
    """Whether a cell of a report says the value: a share, a number, a day, an id's word, or nothing."""
    if value is None or pd.isna(value):
        return text == NOTHING
    if isinstance(value, bool):
        return text == ("是" if value else "否")
    if isinstance(value, pd.Timestamp):
        numbers = [int(found) for found in re.findall(r"\d+", text)]
        return numbers == {"month": [value.year, value.month], "quarter": [value.year, value.quarter]}.get(
            name, [value.year, value.month, value.day]
        )
    if isinstance(value, str):
        return text == catalogue.translated(pd.DataFrame({name: [value]}))[name][0]
    if text.endswith("%"):
        return abs(float(text[:-1]) / 100 - value) <= 0.005 + 1e-9
    return abs(float(text.replace(",", "")) - value) <= 0.05 + 1e-9


@pytest.mark.parametrize("with_pictures", [True, False])
def test_every_table_is_the_answer(office: Store, with_pictures: bool):
    """Each cell of each table of an indicator is the value that `ask` gives, in its row and its column."""
    asked = request_(office)
    titles = {catalogue.entry(id).title: id for id in asked.outline.indicators}
    found = [block for block in of(compose(office, asked, with_pictures).blocks, Table) if block.caption in titles]
    assert len(found) >= (9 if with_pictures else 20)
    for table in found:
        frame = queries.ask(office, titles[table.caption], asked.asked.params)
        columns = {catalogue.vocabulary()["column"].get(name, name): name for name in frame}
        named = [
            name for title in table.titles for name in frame.columns if title == catalogue.vocabulary()["column"].get(name, name)
        ]
        assert len(named) == len(table.titles), (table.caption, table.titles, columns.keys() & set(table.titles))
        assert len(table.rows) == min(len(frame), ROWS_ALONE)
        for row, expected in zip(table.rows, frame.to_dict("records"), strict=False):
            assert all(same(text, expected[name], name) for text, name in zip(row, named, strict=True)), (table.caption, row)


def test_word_holds_the_tables_as_they_are(office: Store):
    """What is in the document is in the file, cell by cell."""
    composed = compose(office, request_(office), with_pictures=False)
    read = docx.Document(io.BytesIO(word.written(composed)))
    texts = [tuple(tuple(cell.text for cell in row.cells) for row in table.rows) for table in read.tables]
    for table in of(composed.blocks, Table):
        assert (table.titles, *table.rows) in texts, table.caption


def test_the_figures_are_the_shares(office: Store):
    """Every tile's value is the ratio of what `ask` gives; its label is the indicator's."""
    asked = request_(office)
    (tiles,) = of(compose(office, asked).blocks, Tiles)
    for id, tile in zip(asked.outline.figures, tiles.items, strict=True):
        frame = queries.ask(office, id, asked.asked.params)
        assert tile.label == catalogue.entry(id).title
        assert tile.value == f"{frame['numerator'].sum() / frame['denominator'].sum():.0%}"
        assert f"{frame['numerator'].sum():,.0f} / {frame['denominator'].sum():,.0f}" in tile.beside


def test_the_workbook_holds_every_answer(office: Store):
    """A sheet per indicator with each value of `ask`, to the last digit; the first sheet names what could not be answered."""
    asked = request_(office, unit="应用开发部党支部")
    book = openpyxl.load_workbook(io.BytesIO(workbook(office, asked)))
    first = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    sheets = {sheet["A1"].value: sheet for sheet in book.worksheets[1:]}
    assert sheets
    for id in (*asked.outline.indicators, *BEHIND):
        title = catalogue.entry(id).title
        if title not in sheets:
            assert any(str(text).startswith(title) for text in first), title
            continue
        frame = catalogue.translated(queries.ask(office, id, asked.asked.params))
        sheet = sheets[title]
        rows = list(sheet.iter_rows(values_only=True))
        top = sheet.freeze_panes and int(re.sub(r"\D", "", sheet.freeze_panes)) - 1
        assert len(rows) - top == len(frame), title
        for written, expected in zip(rows[top:], frame.itertuples(index=False, name=None), strict=True):
            for cell, value in zip(written, expected, strict=False):
                if value is None or pd.isna(value) or value == "":
                    assert cell in (None, ""), (title, cell)
                elif isinstance(value, pd.Timestamp):
                    assert cell == value.to_pydatetime()
                elif isinstance(value, (bool, str)):
                    assert str(cell).lstrip("'") == str(value), (title, cell, value)
                else:
                    assert cell == pytest.approx(float(value)), title


def test_no_sheet_holds_a_formula(office: Store):
    """Links within the file are the only thing that is not a plain value."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(office, request_(office, unit="应用开发部党支部"))))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_without_a_browser_tables_stand_for_pictures(office: Store):
    """No picture, and more tables."""
    drawn, bare = (compose(office, request_(office), with_pictures) for with_pictures in (True, False))
    assert of(drawn.blocks, Picture) and not of(bare.blocks, Picture)
    assert len(of(bare.blocks, Table)) > len(of(drawn.blocks, Table))


def test_every_picture_fits_a_page(office: Store):
    """None is taller than a page; the tall ones name the units that they show."""
    pictures = compose(office, request_(office)).pictures
    assert len(pictures) > 15 and all(picture.size[0] == 660 and picture.size[1] <= 900 for picture in pictures)
    assert any(re.search(r"需要看一看的 \d+ 个单位", picture.caption) for picture in pictures)


def test_the_brief_is_short(office: Store):
    """At most five findings, six figures, two pictures."""
    composed = compose(office, request_(office, "brief"))
    assert composed.is_compact and len(of(composed.blocks, Pair)) == 1 and not of(composed.blocks, Table)
    assert len(of(composed.blocks, Tiles)[0].items) == 6 and 1 <= len(of(composed.blocks, Points)[0].items) <= 5


@pytest.mark.parametrize("unit", ["应用开发部党支部", "西岭便民中心党支部"])
def test_one_branch_in_one_quarter(office: Store, unit: str):
    """What is too little for a judgement is named in the annex with the reason; nothing fails."""
    composed = compose(office, request_(office, period=QUARTER, unit=unit))
    assert composed.title == "机关党建工作季度分析报告" and composed.scope == f"{unit} · 2025年第3季度"
    texts = [text for block in of(composed.blocks, Points) for _, text in block.items]
    assert any("样本不足" in text for text in texts)


def test_a_note_is_in_the_report(sample_copy):
    """What was noted about a unit stands there with unit, time and who."""
    office = store.open(str(sample_copy))
    notes.pin(office, "应用开发部党支部", dt.date(2025, 1, 1), dt.date(2025, 12, 31), "搬迁，集中补开", by="王办")
    composed = compose(office, request_(office, unit="应用开发部党支部"), with_pictures=False)
    office.close()
    told = dict(pair for block in of(composed.blocks, Points) for pair in block.items)
    assert told["应用开发部党支部 · 2025年，王办，" + f"{dt.date.today()}"] == "搬迁，集中补开"


def test_english_has_no_chinese_but_names(office: Store):
    """Titles, headings and sentences are English; names of units, files, and the report's phrases are as they are."""
    words.speak("en")
    composed = compose(office, request_(office), with_pictures=False)
    chinese = re.compile(r"[\u4e00-\u9fff]")
    assert not [block.text for block in of(composed.blocks, Heading) if chinese.search(block.text)]
    assert not [tile for tile in of(composed.blocks, Tiles)[0].items if chinese.search(tile.label + tile.change)]
    assert not [title for block in of(composed.blocks, Table) for title in block.titles if chinese.search(title)]
    units = queries.ask(office, "unit_tree", {})["unit"]
    told = [block.text for block in of(composed.blocks, Paragraph)]
    assert not [text for text in told if chinese.search(text) and not any(unit in text for unit in units)]


def test_batches_are_listed_without_those_taken_back(sample_copy):
    """The annex names the batches that count."""
    office = store.open(str(sample_copy))
    newest = int(batches.history(office)["batch"].max())
    batches.undo(office, newest)
    composed = compose(office, request_(office, period="2024"), with_pictures=False)
    office.close()
    (table,) = [block for block in of(composed.blocks, Table) if block.caption == "数据批次"]
    assert f"{newest}" not in [row[0] for row in table.rows] and f"{newest - 1}" in [row[0] for row in table.rows]


def test_where_drawing_fails_tables_stand_for_pictures(office: Store, monkeypatch: pytest.MonkeyPatch):
    """A browser that ends by itself costs the pictures, not the report; the reason stands in it and beside it."""

    class Broken(pictures.Drawing):
        async def _all(self) -> dict[int, bytes]:
            raise ReportError(Message("绘制图片的浏览器意外退出"))

    monkeypatch.setattr(pictures, "lacking", lambda language: None)
    monkeypatch.setattr(pictures, "Drawing", Broken)
    made = edition.edition(office, request_(office, "brief"), ["docx"])
    (content,) = made.files.values()
    read = docx.Document(io.BytesIO(content))
    assert [str(message) for message in made.lacking] == ["绘制图片的浏览器意外退出"]
    assert read.paragraphs[-1].text == "绘制图片的浏览器意外退出" and not read.inline_shapes
