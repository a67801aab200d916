"""A report and, where there is one, an office's own template in; the bytes of a .docx out.

Headings are numbered by Word itself, captions and contents are fields that hold their results, tables stay tables. The
contents are listed without page numbers until the reader updates them: only Word knows its pages, an estimate may be wrong,
and `updateFields` or a dirty field would make Word ask a question at every opening. The button above them, or F9, fills them
in. The same report is the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from docx.document import Document as Opened
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Emu, Length, Mm

from cadence.report import columns, pictures
from cadence.report.document import WIDTH, Block, Break, Document, Heading, Pair, Paragraph, Picture, Points, Table, Tiles
from cadence.report.labels import CONTENTS, PICTURE, ROWS, led, numbered
from cadence.report.styles import MARGINS, STRONG, STYLES, TABLE, by_key, names
from cadence.report.word import markup, properties, room, tables, template

DPI = 220
CAPTION = 16
"""Height kept free below a picture that fills its page, mm."""
_GAP = room.GAP * 20


def written(document: Document, own: bytes | None = None, file: str = "", office: str = "") -> bytes:
    """The .docx; `own` is the office's template, named `file` in messages, and `office` stands as the author.

    Raises ReportError where the template cannot be used, ValueError where a picture was not drawn.
    """
    target = template.opened(own, document.language, file)
    if document.is_compact and own is None:
        page = target.sections[-1]
        page.top_margin, page.bottom_margin = (Mm(length) for length in MARGINS[True])
        page.footer_distance = Mm(MARGINS[True][1] / 2)
    body = target.element.body
    mark = next((child for child in body if isinstance(child, CT_P) and _text(child) in template.MARKS.values()), None)
    around = sum(child.tag.endswith(("}p", "}tbl")) for child in body) - (mark is not None)
    inner = "".join(_Writer(document, target, around).body())
    place = mark if mark is not None else body.sectPr
    for element in parse_xml(f"<w:body {markup.SPACES}>{inner}</w:body>"):
        place.addprevious(element)
    if mark is not None:
        body.remove(mark)
    properties.describe(target.core_properties, document, office)
    stream = io.BytesIO()
    target.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return template.packed({name: properties.impersonal(name, archive.read(name)) for name in archive.namelist()})


class _Writer:
    """Sets the blocks of one report into one template; counts its pictures, tables and headings."""

    def __init__(self, document: Document, target: Opened, around: int):
        self.document, self.target = document, target
        self.language, self.is_chinese = document.language, document.language == "zh"
        section = target.sections[-1]
        self.width = section.page_width - section.left_margin - section.right_margin
        self.height = section.page_height - section.top_margin - section.bottom_margin
        self.styles = {style.name.lower(): style.style_id for style in target.styles if style.name}
        self.scale = 1.0
        self.breaks = self.follows_table = False
        self.counted = {"picture": 0, "table": 0, "heading": 0}
        taken = target.element.body.xpath(".//w:bookmarkStart/@w:id | .//wp:docPr/@id")
        self.free = max((int(number) for number in taken), default=0) + 1
        if document.is_compact:
            kept = around * by_key("normal", self.language).pitch
            letters, self.scale = room.fitted(document, Emu(self.width).pt, Emu(self.height).pt - kept)
            self.shrink(letters)

    def body(self) -> Iterator[str]:
        """The whole report as fragments, one after the other."""
        document, compact = self.document, self.document.is_compact
        yield self.paragraph("compact_title" if compact else "title", document.title)
        if compact:
            yield self.paragraph("compact_scope", "　".join(filter(None, (document.scope, document.dated))))
        else:
            yield self.paragraph("scope", document.scope)
            yield self.paragraph("dated", document.dated)
            yield self.contents()
        for block, following in zip(document.blocks, (*document.blocks[1:], None), strict=True):
            yield from self.block(block, following)
        if self.follows_table:  # a document may not end with a table
            yield self.gap(20)

    def block(self, block: Block, following: Block | None) -> Iterator[str]:
        """One block as fragments; a note stays on the page of the picture that it `follows`."""
        compact = "compact_" if self.document.is_compact else ""
        match block:
            case Heading():
                yield self.heading(block)
            case Paragraph(text, is_note):
                yield self.paragraph(compact + ("note" if is_note else "text"), text)
            case Points(items, is_note):
                for subject, text in items:
                    yield self.set(
                        compact + ("note" if is_note else "text"), self.run(led(subject, self.language), STRONG) + self.run(text)
                    )
            case Tiles():
                yield from self.tiles(block)
            case Picture():
                yield from self.picture(block, self.width, keeps=isinstance(following, Paragraph) and following.is_note)
            case Pair(left, right):
                yield from self.pair(left, right)
            case Table():
                yield from self.table(block)
            case Break():
                self.breaks = not self.document.is_compact

    def heading(self, block: Heading) -> str:
        if self.document.is_compact:
            return self.paragraph("compact_heading", block.text)
        self.counted["heading"] += 1
        inner = markup.bookmark(self.number(), _anchor(self.counted["heading"]), self.run(block.text))
        return self.set(f"heading{block.level}", inner)

    def contents(self) -> str:
        """The table of contents: a field whose result is made here, in the frame that gives Word its button to update it."""
        entries = []
        for number, (heading, label) in enumerate(numbered(self.document), 1):
            if heading.level > 2:
                continue
            page = markup.field(f"PAGEREF {_anchor(number)} \\h", "")
            text = self.run((label if self.is_numbered(heading.level) else "") + heading.text)
            link = f'<w:hyperlink w:anchor="{_anchor(number)}" w:history="1">{text}<w:r><w:tab/></w:r>{page}</w:hyperlink>'
            entries.append((heading.level, link))
        if not entries:
            return ""
        lines = [
            self.set(f"toc{level}", ("" if number else markup.begin('TOC \\o "1-2" \\h \\z')) + entry, tab=_twips(self.width))
            for number, (level, entry) in enumerate(entries)
        ]
        title = self.paragraph("contents", CONTENTS[self.language])
        last = markup.paragraph(self.id("normal"), markup.end(), pitch=_GAP)
        self.breaks = True
        return (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
            f"<w:sdtContent>{title}{''.join(lines)}{last}</w:sdtContent></w:sdt>"
        )

    def tiles(self, block: Tiles) -> Iterator[str]:
        yield from self.start_of_table()
        cells = [
            self.paragraph("tile_label", tile.label)
            + self.paragraph("tile_value", tile.value)
            + self.paragraph("tile_note", tile.change)
            + self.paragraph("tile_note", tile.beside)
            for tile in block.items
        ]
        yield tables.frame(cells, 3, _twips(self.width))
        self.follows_table = True

    def picture(self, block: Picture, width: int, keeps: bool = False) -> Iterator[str]:
        """A picture and the caption below it, as wide as it was drawn and no wider than `width`."""
        if not block.svg:
            raise ValueError(f"the picture “{block.caption}” was not drawn")
        wide, high = self.size(block, width)
        link, _ = self.target.part.get_or_add_image(io.BytesIO(pictures.png(block.svg, wide.mm, DPI)))
        self.counted["picture"] += 1
        label = f"{PICTURE[self.language]} {self.counted['picture']}"
        yield self.set("picture", markup.picture(link, self.number(), label, block.alt, wide, high))
        yield self.caption(PICTURE[self.language], self.counted["picture"], block.caption, keeps)

    def pair(self, left: Picture, right: Picture) -> Iterator[str]:
        yield from self.start_of_table()
        inner = self.width // 2 - Emu(columns.PADDING * 635)
        yield tables.frame(["".join(self.picture(one, inner)) for one in (left, right)], 2, _twips(self.width), "bottom")
        self.follows_table = True

    def table(self, block: Table) -> Iterator[str]:
        self.counted["table"] += 1
        yield self.caption(ROWS[self.language], self.counted["table"], block.caption, True)
        width, full = _twips(self.width), by_key("cell", self.language).size
        small = "small_" if self.document.is_compact or columns.is_crowded(block, width, full) else ""
        style = next(self.styles[name.lower()] for name in TABLE.values() if name.lower() in self.styles)
        size = by_key(f"{small}cell", self.language).size
        head, cell = self.id(f"{small}head"), self.id(f"{small}cell")
        padding = columns.CLOSE if small else columns.PADDING
        yield tables.three_line(block, width, style, head, cell, size, padding, self.is_chinese)
        self.follows_table = True

    def caption(self, word: str, number: int, text: str, keeps: bool) -> str:
        inner = markup.field(f"SEQ {word} \\* ARABIC", str(number), self.is_chinese)
        style = "compact_caption" if self.document.is_compact else "caption"
        inner = self.run(f"{word} ") + inner + self.run(f"　{text}" if self.is_chinese else f"  {text}")
        return self.set(style, inner, keeps=keeps)

    def gap(self, pitch: int = _GAP, breaks: bool = False) -> str:
        """A narrow line, without which two tables would become one."""
        self.follows_table = self.breaks = False
        return markup.paragraph(self.id("normal"), "", pitch=pitch, breaks=breaks)

    def start_of_table(self) -> Iterator[str]:
        """A table neither begins a page by itself nor stands off from another: a narrow line does it."""
        if self.breaks or self.follows_table:
            yield self.gap(20 if self.breaks else _GAP, self.breaks)

    def paragraph(self, key: str, text: str) -> str:
        return self.set(key, self.run(text))

    def set(self, key: str, inner: str, **layout) -> str:
        """A paragraph in a style, on a new page if a break came before, a little below a table."""
        breaks = self.breaks
        gap = self.gap() if self.follows_table and not breaks else ""
        self.follows_table = self.breaks = False
        return gap + markup.paragraph(self.id(key), inner, breaks=breaks, **layout)

    def run(self, text: str, style: str = "") -> str:
        return markup.run(text, self.styles[style.lower()] if style else "", self.is_chinese)

    def id(self, key: str) -> str:
        """The id that the template gives to a style."""
        return next(self.styles[name.lower()] for name in names(key) if name.lower() in self.styles)

    def shrink(self, letters: float) -> None:
        """Make the styles of a compact report smaller by a factor, so that whoever edits it finds them so."""
        for key in (style.key for style in STYLES[self.language] if style.key.startswith(("compact_", "tile_", "small_"))):
            style = self.target.styles.element.get_by_id(self.id(key))
            for name in ("w:rPr/w:sz/@w:val", "w:rPr/w:szCs/@w:val", "w:pPr/w:spacing/@w:line"):
                for value in style.xpath(name) if letters < 1 else ():
                    value.getparent().set(qn(name.rpartition("@")[2]), str(round(int(value) * letters)))

    def is_numbered(self, level: int) -> bool:
        """Whether the template numbers its headings; an office may have taken that away."""
        return bool(self.target.styles.element.get_by_id(self.id(f"heading{level}")).xpath("./w:pPr/w:numPr"))

    def number(self) -> int:
        """A number that no other mark or picture has."""
        self.free += 1
        return self.free - 1

    def size(self, block: Picture, width: int) -> tuple[Length, Length]:
        """Width and height: `WIDTH` px are a whole line; smaller where the picture would not fit."""
        wide, high = block.size
        factor = min(self.width / WIDTH * self.scale, width / wide, (self.height - Mm(CAPTION)) / high)
        return Emu(round(wide * factor)), Emu(round(high * factor))


def _anchor(number: int) -> str:
    return f"_Toc{number:08d}"


def _twips(length: int) -> int:
    return Emu(length).twips


def _text(paragraph: CT_P) -> str:
    return "".join(paragraph.xpath(".//w:t/text()")).strip()
