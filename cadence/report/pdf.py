"""A report in; its pages out, as one PDF or as pictures of the pages, set by Typst in the layout of the Word file.

Sizes, spaces and widths of columns are those of Word (`styles`, `tables`); `pages.typ` sets them. Whatever the report says reaches
it as values of a JSON file, so no text is ever taken for code. Setting cannot be stopped once begun, so its size is bounded.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import typst

from cadence.report import columns, fonts
from cadence.report.document import Block, Document, Heading, Pair, Paragraph, Picture, Points, Table, Tiles
from cadence.report.errors import ReportError
from cadence.report.labels import CONTENTS, PICTURE, ROWS, led, numbered
from cadence.report.styles import ARIAL, HEITI, KAITI, MARGINS, STYLES, XIAOBIAOSONG, Style, by_key
from cadence.words import Message

TEMPLATE = Path(__file__).with_name("pages.typ")
WIDTH = round(156 / 25.4 * 1440)
"""A line, twips."""
CELLS = 20_000
"""More cells of tables than this are not set: it would take longer than about ten seconds."""
MOST = 40
"""Pages that a preview shows."""

TAKEN = ("size", "pitch", "indent", "left", "align", "before", "after", "keep", "colour")
"""What the template reads of a style besides its fonts."""


def pdf(document: Document) -> bytes:
    """The PDF: bookmarks, contents with page numbers, pictures as vectors with their alternative texts; PDF/UA where it can be.

    Raises ReportError without a Chinese font, where there is Chinese to set, where the tables are too long, and where a single page
    could not be read; ValueError where a picture was not drawn.
    """
    try:
        return _set(document, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:  # a picture without a text, a level of headings left out: tagged, but not to the letter
        return _set(document, format="pdf")


def pages(document: Document, most: int = MOST, ppi: int = 110) -> list[bytes]:
    """The first pages as PNG, for a preview; raises as `pdf`."""
    found = _set(document, format="png", ppi=ppi)
    return (found if isinstance(found, list) else [found])[:most]


def _set(document: Document, **options: Any) -> Any:
    written = _Writer(document).report()
    text = json.dumps(written, ensure_ascii=False)
    if why := fonts.lacking(document.language, [text, *(picture.svg.decode() for picture in document.pictures)]):
        raise ReportError(why)
    if _cells(document) > CELLS:
        raise ReportError(Message("报告中的表格太长，不能排成 PDF；请缩小范围，或使用数据附表（Excel）"))
    files = {"main.typ": TEMPLATE.read_bytes(), "report.json": text.encode()}
    for number, picture in enumerate(document.pictures, 1):
        if not picture.svg:
            raise ValueError(f"the picture “{picture.caption}” was not drawn")
        files[_file(number)] = picture.svg
    try:
        return typst.compile(files, font_paths=fonts.found(), timestamp=0, **options)
    except typst.TypstError as error:
        if "overfull" in error.message:
            raise ReportError(Message("内容太多，一页纸排不下；请缩小范围，或改用分析报告")) from None
        raise


class _Writer:
    """Writes the blocks of one report as values for the template; counts its pictures and headings."""

    def __init__(self, document: Document):
        self.document = document
        self.language = document.language
        self.labels = iter(label for _, label in numbered(document))
        self.pictures = 0

    def report(self) -> dict[str, Any]:
        """All that the template reads."""
        document = self.document
        day = re.search(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})", document.dated)
        return {
            "language": self.language,
            "compact": document.is_compact,
            "margins": MARGINS[document.is_compact],
            "title": document.title,
            "scope": document.scope,
            "dated": document.dated,
            "under": ("　" if self.language == "zh" else "\u2003").join(filter(None, (document.scope, document.dated))),
            "day": [int(part) for part in day.groups()] if day else None,
            "has_contents": any(isinstance(block, Heading) for block in document.blocks),
            "words": {"contents": CONTENTS[self.language], "picture": PICTURE[self.language], "table": ROWS[self.language]},
            "styles": {style.key: self.style(style) for style in STYLES[self.language]},
            "blocks": [
                self.block(block) | {"keeps": isinstance(after, Paragraph) and after.is_note}
                for block, after in zip(document.blocks, (*document.blocks[1:], None), strict=True)
            ],
        }

    def style(self, style: Style) -> dict[str, Any]:
        """A style of Word as the template needs it: its families, and the weight that tells it from the text around it."""
        is_heading = style.level or "title" in style.key or "heading" in style.key or style.key in ("contents", "tile_value")
        stands_out = style.chinese in (HEITI, XIAOBIAOSONG) or (style.chinese == KAITI and not fonts.is_real(KAITI))
        return {
            "fonts": self.families(style),
            "weight": "bold" if style.bold or (is_heading and stands_out) else "regular",
            **{name: getattr(style, name) for name in TAKEN},
        }

    def families(self, style: Style) -> list[Any]:
        """Families in the order in which they are asked for a letter; in Chinese a Latin font has no say over “” and —."""
        latin, chinese = fonts.families(style.latin), fonts.families(style.chinese)
        if self.language == "zh":
            return [*({"name": name, "covers": "latin-in-cjk"} for name in latin), *chinese, fonts.EMBEDDED]
        return [*latin, *(fonts.families(HEITI) if style.latin == ARIAL else ()), fonts.EMBEDDED, *chinese]

    def block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading(text, level):
                return {"is": "heading", "level": level, "text": next(self.labels) + text}
            case Paragraph(text, is_note):
                return {"is": "note" if is_note else "paragraph", "text": text}
            case Points(items, is_note):
                return {
                    "is": "points",
                    "style": "note" if is_note else "text",
                    "items": [[led(subject, self.language), text] for subject, text in items],
                }
            case Tiles(items):
                return {"is": "tiles", "items": [vars(tile) for tile in items]}
            case Picture():
                return self.picture(block)
            case Pair(left, right):
                return {"is": "pair", "left": self.picture(left), "right": self.picture(right)}
            case Table():
                return self.table(block)
        return {"is": "break"}

    def picture(self, picture: Picture) -> dict[str, Any]:
        self.pictures += 1
        width, height = picture.size
        file = _file(self.pictures)
        said = {"file": file, "alt": picture.alt, "caption": picture.caption}
        return {"is": "picture", **said, "width": width, "height": height, "keeps": False}

    def table(self, table: Table) -> dict[str, Any]:
        is_small = self.document.is_compact or columns.is_crowded(table, WIDTH, by_key("cell", self.language).size)
        padding = columns.CLOSE if is_small else columns.PADDING
        size = by_key("small_cell" if is_small else "cell", self.language).size
        return {
            "is": "table",
            "caption": table.caption,
            "titles": table.titles,
            "rows": table.rows,
            "numeric": table.numeric,
            "widths": columns.widths(table, WIDTH, size, padding),
            "padding": padding,
            "is_small": is_small,
            "is_kept": len(table.rows) <= columns.TOGETHER,
        }


def _file(number: int) -> str:
    return f"picture-{number}.svg"


def _cells(document: Document) -> int:
    return sum(len(block.rows) * len(block.titles) for block in document.blocks if isinstance(block, Table))
