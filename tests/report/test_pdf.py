"""`cadence/report/pdf.py`: pages that a leader can hand on, in both languages, and nothing in them that is a box or code."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdfium2
import pytest
import typst
from PIL import Image

from cadence.report import fonts
from cadence.report.document import Document, Heading, Pair, Paragraph, Picture, Points, Table
from cadence.report.errors import ReportError
from cadence.report.fonts import CHINESE
from cadence.report.labels import numbered
from cadence.report.pdf import CELLS, pages, pdf
from tests.report.documents import compact_document, long_document, picture
from tests.report.glyphs import MARKS, boxes

pytestmark = pytest.mark.usefixtures("_chinese_font")
BOTH = pytest.mark.parametrize("language", ["zh", "en"])
MM = 72 / 25.4
HOSTILE = (
    *("#panic()", "$x^2$", "\\u{41}", "*不是粗体*", "_a_", "@ref"),
    *("<b>", '#import "x.typ"', "[](){};//", "`raw`", "= 标题", "~---"),
)


def words(content: bytes) -> str:
    """All text, without spaces and line ends."""
    return re.sub(r"\s", "", "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)))


def chinese(document: Document) -> set[str]:
    """Every Chinese character that a report should show."""
    shown = replace(document, blocks=tuple(block for block in document.blocks if not isinstance(block, Picture | Pair)))
    texts = [str(shown), *(one.caption + re.sub("<[^>]*>", "", one.svg.decode()) for one in document.pictures)]
    if document.language == "zh":
        texts += ["目录图表", *(label for _, label in numbered(document))] if not document.is_compact else ["图"]
    return {sign for sign in "".join(texts) if CHINESE.match(sign) and sign not in MARKS}


def boxless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose fonts have nothing Chinese, and nobody who says so."""
    bare = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(fonts, "found", lambda: bare)
    monkeypatch.setattr(fonts, "lacking", lambda *_: None)


def with_blocks(*blocks, compact: bool = False, language: str = "zh") -> Document:
    document = compact_document(language) if compact else long_document(language)
    return replace(document, blocks=blocks)


class TestPages:
    """What stands on them, and where."""

    @BOTH
    def test_everything_that_the_report_says_is_there(self, language: str):
        """Titles, numbered headings, paragraphs, tiles, every cell, every caption with its number."""
        document = long_document(language)
        found = words(pdf(document))
        said = [document.title, document.scope, document.dated, *(label + heading.text for heading, label in numbered(document))]
        tables = [block for block in document.blocks if isinstance(block, Table)]
        said += [block.text for block in document.blocks if isinstance(block, Paragraph)]
        said += [cell for table in tables for row in (table.titles, *table.rows) for cell in row]
        names = ("图", "表") if language == "zh" else ("Figure", "Table")
        said += [f"{names[0]}{number}{one.caption}" for number, one in enumerate(document.pictures, 1)]
        said += [f"{names[1]}{number}{one.caption}" for number, one in enumerate(tables, 1)]
        assert [text for text in said if re.sub(r"\s", "", text) not in found] == []

    @BOTH
    def test_the_paper_is_a4_with_official_margins(self, language: str):
        """37 mm above, 28 left, 26 right; the number below is at the right of odd pages and at the left of even ones."""
        document = pypdfium2.PdfDocument(pdf(long_document(language)))
        assert document[0].get_size() == pytest.approx((210 * MM, 297 * MM), abs=0.5)
        for number, page in enumerate(document, 1):
            text = page.get_textpage()
            signs = [text.get_charbox(place) for place in range(text.count_chars()) if text.get_text_range(place, 1).strip()]
            body = [box for box in signs if box[1] > 35 * MM]
            assert min(box[0] for box in body) > 27.5 * MM
            assert max(box[2] for box in body) < (210 - 25.5) * MM
            assert max(box[3] for box in body) < (297 - 36) * MM
            foot = [box for box in signs if box[1] < 35 * MM]
            assert f"—{number}—" in re.sub(r"\s", "", text.get_text_bounded(bottom=0, top=35 * MM))
            assert (min(box[0] for box in foot) > 105 * MM) == (number % 2 == 1)

    @BOTH
    def test_bookmarks_lead_to_the_headings(self, language: str):
        """Each heading is one, at its page; the contents name the same page."""
        document = long_document(language)
        opened = pypdfium2.PdfDocument(pdf(document))
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in opened.get_toc()]
        labels = [(label + heading.text, heading.level) for heading, label in numbered(document)]
        assert [title for title, _ in marks] == [text for text, _ in labels]
        contents = [re.sub(r"[\s.…]+", "", line) for line in opened[0].get_textpage().get_text_range().splitlines()]
        for (title, index), (_, level) in zip(marks, labels, strict=True):
            assert re.sub(r"\s", "", title) in re.sub(r"\s", "", opened[index].get_textpage().get_text_range())
            if level < 3:
                assert re.sub(r"[\s.]", "", f"{title}{index + 1}") in contents

    def test_a_table_over_pages_repeats_its_titles(self):
        document = long_document()
        opened = pypdfium2.PdfDocument(pdf(document))
        texts = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in opened]
        holding = [text for text in texts if "机关第" in text and "党支部" in text and "应开展已开展完成率" in text]
        assert len(holding) == len([text for text in texts if "机关第" in text and "党支部" in text]) >= 2

    def test_the_file_says_what_it_is(self):
        """Title, subject, language; tagged; the same report is the same bytes."""
        content = pdf(long_document())
        assert pypdfium2.PdfDocument(content).get_metadata_dict()["Title"] == "机关党建工作季度分析报告"
        assert b"/Lang" in content
        assert b"/StructTreeRoot" in content
        assert b"pdfuaid:part" in content
        assert content == pdf(long_document())

    def test_a_report_that_cannot_be_accessible_to_the_letter_is_made_all_the_same(self):
        """A level of headings left out is against PDF/UA."""
        content = pdf(with_blocks(Heading("一"), Heading("三", 3)))
        assert b"pdfuaid:part" not in content
        assert b"/StructTreeRoot" in content

    def test_pictures_are_vectors_with_words(self):
        """Nothing is a raster; what a picture shows can be searched, and its text for whoever cannot see it is there."""
        one = picture("各月活动场次", 660, 330)
        content = pdf(with_blocks(one))
        page = pypdfium2.PdfDocument(content)[0]
        assert not [object for object in page.get_objects() if object.type == 3]
        assert "活动场次（场）" in words(content)

    def test_a_picture_taller_than_a_page_is_made_to_fit(self):
        assert len(pypdfium2.PdfDocument(pdf(with_blocks(picture("高", 660, 2000))))) <= 2

    def test_a_note_stays_with_its_picture(self):
        """At the foot of a page both go on."""
        for height in range(600, 780, 20):
            blocks = picture("甲", 660, height), Paragraph("这条附注说的是上面这张图。" * 3, is_note=True)
            texts = [
                page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf(with_blocks(Paragraph("一"), *blocks)))
            ]
            assert ["甲" in text for text in texts] == ["附注" in text for text in texts]

    def test_a_preview_is_the_first_pages(self):
        found = pages(long_document(), most=2)
        assert len(found) == 2
        assert Image.open(io.BytesIO(found[0])).width == pytest.approx(210 / 25.4 * 110, abs=2)
        assert len(pages(compact_document())) == 1


class TestOnePage:
    """A compact report is one page, or is refused."""

    @BOTH
    @pytest.mark.parametrize("points", [1, 5, 12, 20])
    @pytest.mark.parametrize("height", [150, 330, 500])
    def test_it_stays_one(self, language: str, points: int, height: int):
        base = compact_document(language)
        kept = [block for block in base.blocks if not isinstance(block, Pair | Points)]
        said = next(block for block in base.blocks if isinstance(block, Points)).items
        pair = Pair(picture("甲", 330, height, language == "zh"), picture("乙", 330, height, language == "zh"))
        document = replace(base, blocks=(*kept, Points((said * points)[:points]), pair))
        opened = pypdfium2.PdfDocument(pdf(document))
        assert len(opened) == 1
        assert [text for subject, text in said[:1] if re.sub(r"\s", "", text) not in words(pdf(document))] == []

    def test_what_could_not_be_read_is_refused(self):
        """Letters are never smaller than three fifths."""
        with pytest.raises(ReportError, match="一页纸"):
            pdf(with_blocks(*[Paragraph("一二三四五六七八九十" * 10)] * 60, compact=True))

    def test_what_fits_is_set_in_full(self):
        """Letters of 12 pt, pictures as wide as the line."""
        page = pypdfium2.PdfDocument(pdf(compact_document()))[0]
        text = page.get_textpage()
        place = text.get_text_range().index("第三季度 12")
        left, _, right, _ = text.get_charbox(place, loose=True)
        assert right - left == pytest.approx(12, abs=0.6)


class TestSafety:
    """Texts are values: whatever a unit is called."""

    @pytest.mark.parametrize("compact", [False, True])
    def test_no_text_is_code(self, compact: bool):
        document = with_blocks(
            *(Heading(text) for text in HOSTILE),
            *(Paragraph(text) for text in HOSTILE),
            Points(tuple(zip(HOSTILE, HOSTILE, strict=True))),
            Table(HOSTILE[0], HOSTILE[:3], tuple(zip(*[iter(HOSTILE)] * 3, strict=True)), (False, True, False)),
            replace(picture("#panic()", 330, 200), alt='#panic()"]'),
            compact=compact,
        )
        found = words(pdf(replace(document, title="#panic() $ @ \\", scope="*#*", dated="")))
        assert [text for text in (*HOSTILE, "#panic()$@\\") if re.sub(r"\s", "", text) not in found] == []

    def test_a_table_without_end_is_refused(self):
        with pytest.raises(ReportError, match="太长"):
            pdf(with_blocks(Table("长", ("甲", "乙"), (("1", "2"),) * (CELLS // 2 + 1), (False, False))))

    def test_a_picture_that_was_not_drawn_is_an_error(self):
        with pytest.raises(ValueError, match="not drawn"):
            pdf(with_blocks(picture("甲", 660, 330, drawn=False)))


class TestGlyphs:
    """No Chinese character is a box."""

    @BOTH
    @pytest.mark.parametrize("make", [long_document, compact_document])
    def test_every_character_is_itself(self, make, language: str):
        """In the PDF and in the pictures of its pages."""
        document = make(language)
        content = pdf(document)
        for pictures in (None, [Image.open(io.BytesIO(page)) for page in pages(document, ppi=216)]):
            looked_at, found = boxes(content, pictures)
            assert found == set()
            assert looked_at == chinese(document)
            assert language == "en" or len(looked_at) > 60

    def test_planted_boxes_are_found(self, monkeypatch: pytest.MonkeyPatch):
        """Planted: fonts without Chinese."""
        boxless(monkeypatch)
        looked_at, found = boxes(pdf(long_document()))
        assert len(found) > 0.7 * len(looked_at) > 50

    def test_words_that_a_picture_loses_are_missed(self, monkeypatch: pytest.MonkeyPatch):
        """Planted: the same in a picture of an English report; what has no glyph is left out there."""
        document = with_blocks(picture("All", 660, 330, chinese=True), language="en")
        assert boxes(pdf(document)) == (chinese(document), set())
        boxless(monkeypatch)
        assert boxes(pdf(document))[0] < chinese(document) == {*"活动场次月"}

    @pytest.mark.parametrize(("language", "is_refused"), [("zh", True), ("en", False)])
    def test_without_a_chinese_font_it_is_refused(self, monkeypatch: pytest.MonkeyPatch, language: str, is_refused: bool):
        """Chinese is refused with a sentence, whatever the report's language; English is set."""
        bare = typst.Fonts(include_system_fonts=False)
        monkeypatch.setattr(fonts, "found", lambda: bare)
        for function in (fonts._names, fonts.families):
            function.cache_clear()
        try:
            document = with_blocks(Heading("Rhythm"), language=language)
            if is_refused:
                with pytest.raises(ReportError, match="中文字体"):
                    pdf(document)
            else:
                assert "Rhythm" in words(pdf(document))
                with pytest.raises(ReportError, match="中文字体"):
                    pdf(with_blocks(Heading("局办公室支部"), language=language))
        finally:
            monkeypatch.undo()
            for function in (fonts._names, fonts.families):
                function.cache_clear()
