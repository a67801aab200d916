"""Reports in Word, read back: by python-docx, against the order of the schema, and by LibreOffice as pages."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from cadence.report import columns, word
from cadence.report.document import HALF, Break, Document, Heading, Pair, Paragraph, Picture, Points, Table, Tile, Tiles
from cadence.report.styles import MARGINS
from cadence.report.word import room
from tests.report import office
from tests.report.documents import compact_document, long_document, picture

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs "
    "em lang eastAsianLayout specVanish",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
}
"""The order in which ECMA-376 wants the children of an element."""
TEXT = (156 / 25.4 * 72, (297 - sum(MARGINS[True])) / 25.4 * 72)
"""Width and height of the text on a single page, points."""
HOSTILE = "=cmd|' /C calc'!A0\x00\x07\x1b\ud800\ufffe<w:p/>&amp;\u202e]]>" + "长" * 300


def opened(document: Document):
    return docx.Document(io.BytesIO(word.written(document)))


def misplaced(xml: bytes) -> list[str]:
    """Elements that stand before one that should come first."""
    found = []
    for element in etree.fromstring(xml).iter(etree.Element):
        if wanted := ORDER.get(etree.QName(element).localname, "").split():
            places = [wanted.index(etree.QName(child).localname) for child in element]
            found += [etree.QName(element).localname] * (places != sorted(places))
    return found


@pytest.fixture(scope="module")
def long():
    return opened(long_document())


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Every report as LibreOffice sets it, one run for all."""
    files = {
        f"{name}_{language}": word.written(document(language))
        for name, document in (("long", long_document), ("compact", compact_document))
        for language in ("zh", "en")
    }
    files |= {"tall": word.written(crowded(1, 480)), "crowded": word.written(crowded(2)), "hostile": word.written(hostile())}
    return office.converted(files, tmp_path_factory.mktemp("pages"))


def crowded(times: int, height: int = 230) -> Document:
    """A compact report with several times as many points, and pictures of this height in px."""
    given = compact_document()
    points = next(block for block in given.blocks if isinstance(block, Points))
    pictured = Pair(picture("甲", HALF, height), picture("乙", HALF, height))
    changed = {Points: Points(points.items * times), Pair: pictured}
    return replace(given, blocks=tuple(changed.get(type(block), block) for block in given.blocks))


def hostile() -> Document:
    """Every text of every block is one that could break a file or run as a formula."""
    drawn = replace(picture("图", 330, 200), caption=HOSTILE, alt=HOSTILE)
    blocks = (
        Heading(HOSTILE),
        Heading(HOSTILE, 3),
        Paragraph(HOSTILE),
        Paragraph(HOSTILE, is_note=True),
        Points(((HOSTILE, HOSTILE), ("", ""))),
        Tiles((Tile(HOSTILE, HOSTILE, HOSTILE, HOSTILE),)),
        Pair(drawn, drawn),
        Table(HOSTILE, (HOSTILE, "x" * 200), ((HOSTILE, HOSTILE),), (False, True)),
        Table("", ("甲",), (), (False,)),
    )
    return Document(HOSTILE, HOSTILE, HOSTILE, "zh", blocks)


class TestStructure:
    """What stands in the file."""

    @pytest.mark.parametrize("language", ["zh", "en"])
    @pytest.mark.parametrize("document", [long_document, compact_document])
    def test_elements_stand_in_the_order_of_the_schema(self, document, language: str):
        with zipfile.ZipFile(io.BytesIO(word.written(document(language)))) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")}
        assert {name: misplaced(content) for name, content in parts.items()} == {name: [] for name in parts}

    def test_a_misplaced_element_is_found(self):
        """Planted: the size before the fonts."""
        assert misplaced(f'<w:rPr xmlns:w="{docx.oxml.ns.nsmap["w"]}"><w:sz/><w:rFonts/></w:rPr>'.encode()) == ["rPr"]

    def test_the_same_report_is_the_same_bytes(self):
        assert word.written(long_document()) == word.written(long_document())

    def test_headings_are_real(self, long):
        headings = [(block.level, block.text) for block in long_document().blocks if isinstance(block, Heading)]
        found = [(int(one.style.name[-1]), one.text) for one in long.paragraphs if one.style.name.startswith("Heading")]
        assert found == headings

    def test_the_contents_are_a_field_that_reads_well_before_it_is_updated(self, long):
        body = long.element.body
        assert body.xpath("string(w:sdt/w:sdtPr/w:docPartObj/w:docPartGallery/@w:val)") == "Table of Contents"
        assert body.xpath("string(w:sdt//w:instrText)").split()[0] == "TOC"
        lines = ["".join(line.xpath(".//w:t/text()")) for line in body.xpath("w:sdt/w:sdtContent/w:p")]
        assert lines == [
            "目　录",
            "一、总体情况",
            "（一）活动频次",
            "（二）参加情况",
            "二、节奏提示",
            "（一）分类情况",
            "三、附表",
            "",
        ]
        assert set(body.xpath("w:sdt//w:hyperlink/@w:anchor")) <= set(body.xpath(".//w:bookmarkStart/@w:name"))

    def test_no_question_at_opening(self, long):
        """Neither updateFields nor a dirty field."""
        assert not long.settings.element.xpath("w:updateFields")
        assert not long.element.body.xpath(".//w:fldChar[@w:dirty]")

    def test_fields_are_whole(self, long):
        """Each field begins, has a result and ends within the body."""
        marks = long.element.body.xpath(".//w:fldChar/@w:fldCharType")
        depth = 0
        for mark in marks:
            depth += {"begin": 1, "separate": 0, "end": -1}[mark]
            assert depth >= 0
        assert depth == 0
        assert marks.count("begin") == marks.count("separate") == marks.count("end")

    def test_captions_count_by_themselves(self, long):
        """With their numbers already in place: tables have theirs above, pictures below."""
        captions = [one for one in long.element.body.iter(qn("w:p")) if one.style == "Caption"]
        texts = ["".join(one.xpath(".//w:t/text()")) for one in captions]
        assert texts == [
            "图 1　2024 年 1—9 月各月活动场次",
            "图 2　参加率分布",
            "图 3　不同规模支部的参加率",
            "表 1　各类活动逐月场次",
            "表 2　各支部第三季度开展情况",
        ]
        codes = [one.xpath("string(.//w:instrText)").split()[:2] for one in captions]
        assert codes == [["SEQ", "图"]] * 3 + [["SEQ", "表"]] * 2
        assert captions[3].getnext().tag == qn("w:tbl")
        assert captions[0].getprevious().xpath(".//w:drawing")

    def test_tables_are_native(self, long):
        """Titles again on each page, no row broken, numbers to the right, every cell as it was given."""
        given = [block for block in long_document().blocks if isinstance(block, Table)][-1]
        table = long.tables[-1]
        assert table.style.name == "三线表"
        rows = table._tbl.tr_lst
        assert rows[0].xpath("w:trPr/w:tblHeader")
        assert not rows[1].xpath("w:trPr/w:tblHeader")
        assert all(row.xpath("w:trPr/w:cantSplit") for row in rows)
        assert [tuple("".join(cell.xpath(".//w:t/text()")) for cell in row.tc_lst) for row in rows] == [given.titles, *given.rows]
        right = [cell.xpath("string(w:p/w:pPr/w:jc/@w:val)") == "right" for cell in rows[5].tc_lst]
        assert tuple(right) == given.numeric

    def test_no_two_tables_touch(self, long):
        """They would become one; and nothing ends with a table."""
        for document in (long, opened(hostile()), opened(compact_document())):
            for table in document.element.body.iter(qn("w:tbl")):
                assert table.getnext().tag == qn("w:p")

    def test_pictures_say_what_they_show(self, long):
        given = long_document().pictures
        found = long.element.body.xpath(".//wp:docPr")
        assert [one.get("descr") for one in found] == [one.alt for one in given]
        assert len({one.get("id") for one in found}) == len(given)

    def test_pictures_are_crisp(self, long):
        """At least 200 dots per inch at the size at which they are set."""
        for shape in long.inline_shapes:
            image = long.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed].image
            assert image.px_width / shape.width.inches > 200
            assert image.px_width / image.px_height == pytest.approx(shape.width / shape.height, rel=0.02)

    def test_chinese_quotes_come_from_the_chinese_font(self, long):
        runs = [run for run in long.element.body.xpath(".//w:r[w:t]") if "“" in run.text]
        assert runs
        assert all(run.xpath("string(w:rPr/w:rFonts/@w:hint)") == "eastAsia" for run in runs)

    def test_subjects_are_bold(self, long):
        said = next(one for one in long.paragraphs if one.text.startswith("机关一支部"))
        assert (said.runs[0].text, said.runs[0].style.name) == ("机关一支部：", "Strong")
        assert said.runs[1].text.startswith("第三季度 12 场")

    def test_a_page_begins_with_what_follows_a_break(self, long):
        broken = [one.text for one in long.paragraphs if one.paragraph_format.page_break_before]
        assert broken == ["总体情况", "附表"]

    def test_a_table_after_a_break(self):
        """A narrow line opens the page, since a table cannot."""
        made = opened(replace(long_document(), blocks=(Break(), Tiles((Tile("甲", "1", "", ""),)))))
        assert made.tables[0]._tbl.getprevious().xpath("w:pPr/w:pageBreakBefore")

    def test_a_compact_one_has_neither_numbers_nor_contents(self):
        made = opened(compact_document())
        assert not made.element.body.xpath("w:sdt")
        assert [one.text for one in made.paragraphs if one.style.name == "一页纸标题"] == ["主要情况", "需要关注", "两张图"]

    def test_a_picture_that_was_not_drawn(self):
        missing = Picture(picture("图", 330, 200).figure, "没有画出", "")
        with pytest.raises(ValueError, match="“没有画出” was not drawn"):
            word.written(replace(long_document(), blocks=(missing,)))


class TestHostile:
    """Texts as spreadsheets hold them."""

    def test_nothing_breaks_the_file(self):
        """What XML forbids is gone, the rest is text as it was; no field but our own."""
        made = opened(hostile())
        wanted = "=cmd|' /C calc'!A0<w:p/>&amp;\u202e]]>" + "长" * 300
        assert made.tables[-2].rows[1].cells[0].text == wanted
        assert next(one.text for one in made.paragraphs if one.style.name == "Body Text") == wanted
        codes = {code.split()[0] for code in made.element.body.xpath(".//w:instrText/text()")}
        assert codes == {"TOC", "PAGEREF", "SEQ"}

    def test_an_unknown_day_is_not_invented(self):
        with zipfile.ZipFile(io.BytesIO(word.written(replace(compact_document(), dated="昨天")))) as archive:
            assert b"dcterms" not in archive.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")

    @pytest.mark.parametrize("dated", ["2024-13-45", "9999年99月99日"])
    def test_nor_an_impossible_one(self, dated: str):
        word.written(replace(compact_document(), dated=dated))


class TestWidths:
    """Columns as wide as their texts need."""

    def test_they_fill_the_line(self):
        for table in (block for block in (*long_document().blocks, *hostile().blocks) if isinstance(block, Table)):
            assert sum(columns.widths(table, 8845, 12)) == 8845

    def test_only_the_long_one_gives_way(self):
        table = Table("", ("单位", "数"), (("很长的名称" * 20, "1,234"),), (False, True))
        long, short = columns.widths(table, 4000, 12)
        assert short >= columns.halves("1,234") * 120
        assert long > 2 * short

    def test_a_crowded_one_is_set_smaller(self):
        months = Table("", tuple("支一二三四五六七"), (("甲", *["100"] * 7),), (False, *[True] * 7))
        assert columns.is_crowded(months, 8845, 12)
        assert not columns.is_crowded(Table("", ("支部", "场次"), (("甲", "1"),), (False, True)), 8845, 12)


class TestRoom:
    """What shrinks so that one page stays one: pictures first, then letters."""

    def test_what_fits_keeps_its_size(self):
        """Text area of the house’s single page."""
        assert room.fitted(crowded(1, 160), *TEXT) == (1.0, 1.0)

    def test_pictures_give_way_first(self):
        letters, pictured = room.fitted(crowded(1, 330), *TEXT)
        assert letters == 1.0
        assert room.READABLE <= pictured < 1.0

    def test_then_letters(self):
        """The styles themselves become smaller, and so do their lines."""
        letters, pictured = room.fitted(crowded(2), *TEXT)
        assert letters < 1.0
        assert pictured >= room.READABLE
        style = opened(crowded(2)).styles["一页纸正文"]
        assert style.font.size.pt == round(24 * letters) / 2
        assert style.paragraph_format.line_spacing.pt == 20 * letters

    def test_a_letterhead_takes_its_share(self):
        below = room.fitted(crowded(1, 330), TEXT[0], TEXT[1] - 84)
        assert below < room.fitted(crowded(1, 330), *TEXT)


@office.needed
class TestPages:
    """What LibreOffice makes of them."""

    @pytest.mark.parametrize("name", ["compact_zh", "compact_en", "tall", "crowded"])
    def test_one_page_stays_one(self, pages: dict[str, list[str]], name: str):
        assert len(pages[name]) == 1

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_everything_is_there_in_order(self, pages: dict[str, list[str]], language: str):
        document, text = long_document(language), "".join(pages[f"long_{language}"])
        place = text.index("附表" if language == "zh" else "3Annex")  # after the contents
        for wanted in _texts(document):
            place = text.find("".join(wanted.split()), place)
            assert place >= 0, wanted

    def test_word_numbers_the_headings(self, pages: dict[str, list[str]]):
        chinese, english = pages["long_zh"], pages["long_en"]
        assert chinese[1].startswith("一、总体情况")
        assert "1.应开展与已开展" in "".join(chinese)
        assert english[1].startswith("1Thequarterasawhole")
        assert "1.1.1Dueandheld" in "".join(english)

    def test_titles_stand_on_every_page_of_a_table(self, pages: dict[str, list[str]]):
        titles = "支部应开展已开展完成率参加率说明"
        assert [titles in page for page in pages["long_zh"]].count(True) >= 2

    def test_every_page_has_its_number(self, pages: dict[str, list[str]]):
        for number, page in enumerate(pages["long_zh"], 1):
            assert page.endswith(f"—{number}—") or page.startswith(f"—{number}—")

    def test_no_page_is_empty(self, pages: dict[str, list[str]]):
        assert min(len(page) for name in ("long_zh", "long_en") for page in pages[name]) > 40

    def test_a_hostile_one_can_be_read(self, pages: dict[str, list[str]]):
        assert "=cmd|'/Ccalc'!A0" in pages["hostile"][0]


def _texts(document: Document) -> list[str]:
    """What must be found in this order: texts of the body, captions, first and last row of tables."""
    found = []
    for block in document.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                found.append(text)
            case Points(items):
                found += [text for _, text in items]
            case Picture(caption=caption):
                found.append(caption)
            case Table(caption=caption, rows=rows):
                found += [caption, rows[0][0], rows[-1][0]]
    return found
