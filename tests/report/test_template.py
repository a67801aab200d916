"""The template: the house's own, and what an office may put in its place."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE as KIND

from cadence import words
from cadence.report import word
from cadence.report.labels import chinese
from cadence.report.styles import STRONG, STYLES, TABLE
from cadence.report.word import template
from tests.report.documents import compact_document, long_document


def saved(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def own(language: str = "zh"):
    """The house's template as an office begins with it."""
    return docx.Document(io.BytesIO(template.made(language)))


@pytest.mark.parametrize("language", STYLES)
class TestMade:
    """The house's own."""

    def test_it_is_the_same_at_every_call(self, language: str):
        assert template.made(language) == template.made(language)

    def test_it_has_every_style(self, language: str):
        """With its fonts for both scripts, its size and its pitch, as Word reads them."""
        styles = own(language).styles
        for style in STYLES[language]:
            found = next(one for one in styles if one.name.lower() == style.name.lower() and one.type == KIND.PARAGRAPH)
            fonts = found.element.rPr.rFonts
            assert (fonts.ascii, fonts.get(docx.oxml.ns.qn("w:eastAsia"))) == (style.latin, style.chinese)
            assert found.font.size.pt == style.size
            assert found.paragraph_format.line_spacing == (docx.shared.Pt(style.pitch) if style.pitch else 1.0)
        assert styles[STRONG].font.bold
        assert styles[TABLE[language]].type == KIND.TABLE

    def test_no_font_comes_from_the_theme(self, language: str):
        with zipfile.ZipFile(io.BytesIO(template.made(language))) as archive:
            text = "".join(
                archive.read(name).decode() for name in archive.namelist() if name.startswith("word/") and name.endswith("xml")
            )
        assert not re.search(r"(ascii|eastAsia|hAnsi)Theme", text)

    def test_headings_are_tied_to_one_list(self, language: str):
        made = own(language)
        numbering = made.part.numbering_part.element
        levels = dict(zip(*(numbering.xpath(f"w:abstractNum/w:lvl/{one}") for one in ("w:pStyle/@w:val", "@w:ilvl")), strict=True))
        for number in (1, 2, 3):
            style = made.styles[f"Heading {number}"]
            assert style.element.xpath("w:pPr/w:numPr/w:ilvl/@w:val") == [str(number - 1)]
            assert levels[style.style_id] == str(number - 1)


def test_the_page_is_that_of_official_documents():
    """GB/T 9704: A4, 37 mm above and 28 mm at the left, text of 156 mm by 225 mm; body and headings as it says."""
    made = own()
    section = made.sections[0]
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [210, 297]
    assert [
        round(length.mm) for length in (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    ] == [
        37,
        35,
        28,
        26,
    ]
    body = made.styles["Body Text"].element
    assert body.xpath("string(w:rPr/w:rFonts/@w:eastAsia)") == "仿宋_GB2312"
    assert body.xpath("string(w:pPr/w:ind/@w:firstLineChars)") == "200"
    assert body.xpath("string(w:pPr/w:spacing/@w:lineRule)") == "exact"
    listed = made.part.numbering_part.element.xpath("w:abstractNum/w:lvl/w:lvlText/@w:val")
    assert listed == ["%1、", "（%2）", "%3."]


def test_page_numbers_stand_outside():
    """— 1 — at the right of odd pages, at the left of even ones."""
    section, settings = own().sections[0], own().settings
    assert settings.odd_and_even_pages_header_footer
    for foot, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        assert foot.paragraphs[0].text == "— 1 —"
        assert foot.paragraphs[0]._p.xpath("string(w:pPr/w:jc/@w:val)") == side
        assert foot.paragraphs[0]._p.xpath("string(.//w:instrText)").strip() == "PAGE"


def test_fonts_name_what_may_stand_in_for_them():
    with zipfile.ZipFile(io.BytesIO(template.made("zh"))) as archive:
        table = archive.read("word/fontTable.xml").decode()
    assert re.search(r'w:name="仿宋_GB2312"><w:altName w:val="仿宋,FangSong', table)
    assert re.search(r'w:name="方正小标宋简体"><w:altName w:val="[^"]*SimSun', table)


class TestOwn:
    """An office's own."""

    def test_a_missing_style_is_named(self):
        """With what it should be, and the file."""
        office = own()
        for name in ("Body Text", "三线表"):
            office.styles[name].delete()
        with pytest.raises(template.ReportError) as told:
            word.written(compact_document(), saved(office), file="公文.docx")
        assert "“公文.docx”" in str(told.value)
        assert "Body Text（段落样式，仿宋_GB2312 16 磅）" in str(told.value)
        assert "三线表（表格样式" in str(told.value)

    def test_in_english_too(self):
        words.speak("en")
        try:
            with pytest.raises(
                template.ReportError, match=r"lacks styles: .*Report Note \(paragraph style, Times New Roman, 9.5 pt\)"
            ):
                template.opened(saved(docx.Document()), "en", "plain.docx")
        finally:
            words.speak("zh")

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"a text", template.packed({"a.txt": "b"})])
    def test_what_is_no_document(self, content: bytes):
        with pytest.raises(template.ReportError, match=r"“公文\.docx”打不开"):
            template.opened(content, "zh", "公文.docx")

    def test_a_letterhead_stays(self):
        """Above and below the report, which takes the place of the mark; and so does what stands in the header."""
        office = own()
        mark = office.paragraphs[0]
        mark.insert_paragraph_before("中共某市直属机关工作委员会文件")
        office.add_paragraph("（盖章）")
        office.sections[0].header.paragraphs[0].text = "内部资料"
        made = docx.Document(io.BytesIO(word.written(compact_document(), saved(office))))
        texts = [paragraph.text for paragraph in made.paragraphs if paragraph.text]
        assert texts[0] == "中共某市直属机关工作委员会文件"
        assert texts[1] == "机关党建工作一页纸"
        assert texts[-1] == "（盖章）"
        assert made.sections[0].header.paragraphs[0].text == "内部资料"

    def test_without_a_mark_the_report_follows(self):
        office = own()
        office.paragraphs[0].runs[0].text = "红头"
        made = docx.Document(io.BytesIO(word.written(compact_document(), saved(office))))
        assert [paragraph.text for paragraph in made.paragraphs if paragraph.text][:2] == ["红头", "机关党建工作一页纸"]

    def test_one_of_the_other_language(self):
        """Names of either language are known."""
        made = docx.Document(io.BytesIO(word.written(long_document("en"), template.made("zh"))))
        assert "Quarterly Report on Party-Building Work" in [paragraph.text for paragraph in made.paragraphs]

    def test_unnumbered_headings_stay_so_in_the_contents(self):
        office = own()
        for number in (1, 2, 3):
            properties = office.styles[f"Heading {number}"].element.pPr
            properties.remove(properties.numPr)
        made = docx.Document(io.BytesIO(word.written(long_document(), saved(office))))
        entries = made.element.body.xpath('.//w:p[w:pPr/w:pStyle/@w:val="Toc1"]//w:t[1]')
        assert [entry.text for entry in entries] == ["总体情况", "节奏提示", "附表"]

    def test_nobody_is_named(self):
        """Whoever made or saved the template is no author of the report."""
        office = own()
        office.core_properties.author = office.core_properties.last_modified_by = "张三"
        made = docx.Document(io.BytesIO(word.written(compact_document(), saved(office), office="市直机关党委")))
        said = made.core_properties
        assert (said.author, said.last_modified_by) == ("市直机关党委", "")
        assert (said.title, said.language, said.created.date().isoformat()) == ("机关党建工作一页纸", "zh-CN", "2024-10-08")


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (105, "一百零五"), (110, "一百一十")],
)
def test_numbers_of_headings(number: int, text: str):
    assert chinese(number) == text
