"""The paragraph styles of a report, for each language: GB/T 9704-2012 in Chinese, a plain business report in English.

Sizes, pitches and spaces are points, indents characters. A style without pitch is set single-spaced: a picture would be cut
off by a fixed pitch. Order: `key` is how `word` asks for it, `name` what Word's list of styles shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FANGSONG, KAITI, HEITI, SONGTI, XIAOBIAOSONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
TIMES, ARIAL = "Times New Roman", "Arial"

GREY = "595959"
MARGINS = {False: (37, 35), True: (25, 24)}
"""Above and below the text, mm: of an official document, and of a single page that has to hold all."""


@dataclass(frozen=True)
class Font:
    """A font for the table of fonts: what else may stand in for it, and how it looks where nothing of that is installed."""

    name: str
    others: str
    panose: str
    family: str
    is_chinese: bool = True


FONTS = (
    Font(FANGSONG, "仿宋,FangSong,华文仿宋,STFangsong", "02010609030101010101", "roman"),
    Font(KAITI, "楷体,KaiTi,华文楷体,STKaiti", "02010609030101010101", "roman"),
    Font(HEITI, "SimHei,华文黑体,STHeiti", "02010609060101010101", "swiss"),
    Font(SONGTI, "SimSun,华文宋体,STSong", "02010600030101010101", "roman"),
    Font(XIAOBIAOSONG, "小标宋,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,宋体,SimSun", "02010601030101010101", "roman"),
    Font(TIMES, "Liberation Serif,Tinos", "02020603050405020304", "roman", is_chinese=False),
    Font(ARIAL, "Liberation Sans,Arimo", "020B0604020202020204", "swiss", is_chinese=False),
)


@dataclass(frozen=True)
class Style:
    """A paragraph style. `level` 1–3 makes it a heading, `toc` 1–2 an entry of the table of contents."""

    key: str
    name: str
    chinese: str
    latin: str
    size: float
    pitch: float = 0
    indent: float = 0
    left: float = 0
    align: str = "left"
    before: float = 0
    after: float = 0
    bold: bool = False
    keep: bool = False
    level: int = 0
    toc: int = 0
    colour: str = ""
    is_outlined: bool = False

    @property
    def is_own(self) -> bool:
        """Whether Word does not know it by itself."""
        return len(names(self.key)) > 1

    @property
    def id(self) -> str:
        """The identifier inside the file: Heading1, BodyText, TileValue."""
        return re.sub(r"(?:^|[ _])(\w)", lambda found: found[1].upper(), self.key if self.is_own else self.name)


CHINESE = (
    Style("normal", "Normal", FANGSONG, TIMES, 16, 28, align="both"),
    Style("title", "Title", XIAOBIAOSONG, TIMES, 22, 36, align="center", after=14, keep=True),
    Style("scope", "Subtitle", KAITI, TIMES, 16, 28, align="center", keep=True),
    Style("dated", "Date", KAITI, TIMES, 16, 28, align="center", after=28),
    Style("heading1", "heading 1", HEITI, TIMES, 16, 28, indent=2, keep=True, level=1),
    Style("heading2", "heading 2", KAITI, TIMES, 16, 28, indent=2, keep=True, level=2),
    Style("heading3", "heading 3", FANGSONG, TIMES, 16, 28, indent=2, keep=True, level=3, bold=True),
    Style("text", "Body Text", FANGSONG, TIMES, 16, 28, indent=2, align="both"),
    Style("note", "报告附注", KAITI, TIMES, 12, 20, align="both", before=2, after=8),
    Style("caption", "caption", HEITI, TIMES, 12, 20, align="center", before=4, after=4),
    Style("picture", "报告图片", FANGSONG, TIMES, 12, align="center", before=6, keep=True),
    Style("head", "表格标题行", HEITI, TIMES, 12, 18, before=2, after=2, keep=True),
    Style("cell", "表格文字", FANGSONG, TIMES, 12, 18, before=1, after=1),
    Style("small_head", "表格标题行（小）", HEITI, TIMES, 10.5, 15, before=2, after=2, keep=True),
    Style("small_cell", "表格文字（小）", FANGSONG, TIMES, 10.5, 15, before=1, after=1),
    Style("tile_label", "指标名称", FANGSONG, TIMES, 12, 17, align="center", before=8, keep=True),
    Style("tile_value", "指标数值", HEITI, ARIAL, 22, 28, align="center", keep=True, bold=True),
    Style("tile_note", "指标说明", FANGSONG, TIMES, 10.5, 14, align="center", keep=True, colour=GREY),
    Style("contents", "TOC Heading", HEITI, TIMES, 16, 28, align="center", before=14, after=8, keep=True),
    Style("toc1", "toc 1", FANGSONG, TIMES, 14, 22, toc=1),
    Style("toc2", "toc 2", FANGSONG, TIMES, 14, 22, left=2, toc=2),
    Style("compact_title", "一页纸题名", XIAOBIAOSONG, TIMES, 20, 28, align="center", after=2, keep=True),
    Style("compact_scope", "一页纸范围", KAITI, TIMES, 12, 18, align="center", after=4, keep=True),
    Style("compact_heading", "一页纸标题", HEITI, TIMES, 14, 22, before=4, keep=True, is_outlined=True),
    Style("compact_text", "一页纸正文", FANGSONG, TIMES, 12, 20, indent=2, align="both"),
    Style("compact_note", "一页纸附注", KAITI, TIMES, 10.5, 15, align="both", before=1, after=2),
    Style("compact_caption", "一页纸题注", HEITI, TIMES, 10.5, 15, align="center", before=2, after=2),
    Style("header", "header", SONGTI, TIMES, 10.5, 15, align="center"),
    Style("footer", "footer", SONGTI, TIMES, 14, 16),
)
ENGLISH = (
    Style("normal", "Normal", SONGTI, TIMES, 11.5, 17, after=6),
    Style("title", "Title", HEITI, ARIAL, 22, 28, align="center", after=8, bold=True, keep=True),
    Style("scope", "Subtitle", SONGTI, TIMES, 13, 18, align="center", keep=True),
    Style("dated", "Date", SONGTI, TIMES, 11.5, 17, align="center", after=24),
    Style("heading1", "heading 1", HEITI, ARIAL, 15, 20, before=14, after=6, keep=True, level=1, bold=True),
    Style("heading2", "heading 2", HEITI, ARIAL, 12.5, 17, before=10, after=4, keep=True, level=2, bold=True),
    Style("heading3", "heading 3", HEITI, ARIAL, 11.5, 17, before=8, after=3, keep=True, level=3, bold=True),
    Style("text", "Body Text", SONGTI, TIMES, 11.5, 17, after=6),
    Style("note", "Report Note", SONGTI, TIMES, 9.5, 13, before=2, after=8, colour=GREY),
    Style("caption", "caption", HEITI, ARIAL, 9.5, 14, align="center", before=6, after=4, bold=True),
    Style("picture", "Report Picture", SONGTI, TIMES, 11.5, align="center", before=6, keep=True),
    Style("head", "Table Head", HEITI, ARIAL, 9.5, 13, before=2, after=2, keep=True, bold=True),
    Style("cell", "Table Text", SONGTI, TIMES, 10.5, 14, before=1, after=1),
    Style("small_head", "Table Head Small", HEITI, ARIAL, 8.5, 11, before=2, after=2, keep=True, bold=True),
    Style("small_cell", "Table Text Small", SONGTI, TIMES, 9, 12, before=1, after=1),
    Style("tile_label", "Figure Label", SONGTI, ARIAL, 9.5, 14, align="center", before=8, keep=True),
    Style("tile_value", "Figure Value", HEITI, ARIAL, 20, 26, align="center", keep=True, bold=True),
    Style("tile_note", "Figure Note", SONGTI, ARIAL, 9, 13, align="center", keep=True, colour=GREY),
    Style("contents", "TOC Heading", HEITI, ARIAL, 13, 18, before=10, after=6, keep=True, bold=True),
    Style("toc1", "toc 1", SONGTI, TIMES, 11.5, 18, toc=1),
    Style("toc2", "toc 2", SONGTI, TIMES, 11, 17, left=2, toc=2),
    Style("compact_title", "Compact Title", HEITI, ARIAL, 17, 22, align="center", after=2, bold=True, keep=True),
    Style("compact_scope", "Compact Scope", SONGTI, TIMES, 11, 15, align="center", after=4, keep=True),
    Style("compact_heading", "Compact Heading", HEITI, ARIAL, 11.5, 16, before=5, after=2, keep=True, bold=True, is_outlined=True),
    Style("compact_text", "Compact Text", SONGTI, TIMES, 10.5, 14, after=3),
    Style("compact_note", "Compact Note", SONGTI, TIMES, 9, 12, before=1, after=2, colour=GREY),
    Style("compact_caption", "Compact Caption", HEITI, ARIAL, 9, 12, align="center", before=2, after=2, bold=True),
    Style("header", "header", SONGTI, TIMES, 9.5, 13, align="center"),
    Style("footer", "footer", SONGTI, TIMES, 10.5, 14),
)
STYLES = {"zh": CHINESE, "en": ENGLISH}

STRONG = "Strong"
"""The character style of a point's subject."""
TABLE = {"zh": "三线表", "en": "Three-line Table"}
"""The table style: a heavy line above and below, a light one under the titles."""


def names(key: str) -> tuple[str, ...]:
    """What the style may be called in a template of either language; Word's own styles have one name in all."""
    found = [style.name for styles in STYLES.values() for style in styles if style.key == key]
    return tuple(dict.fromkeys(found))


def by_key(key: str, language: str) -> Style:
    """The style of a language. Raises KeyError."""
    return {style.key: style for style in STYLES[language]}[key]
