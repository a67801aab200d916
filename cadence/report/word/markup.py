"""Texts in, WordprocessingML as text out: runs, paragraphs, fields, pictures; elements stand in the schema's order.

Whatever XML cannot hold is dropped from a text, so that no name breaks a file. Lengths are twips, twentieths of a point.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

SPACES = nsdecls("w", "r", "wp", "a", "pic")
"""Declarations of the namespaces that the fragments use."""
PIXELS, EMUS = 96, 914_400
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CHINESE = '<w:rFonts w:hint="eastAsia"/>'
"""Quotes, dashes and arrows of a Chinese text come from the Chinese font."""


def clean(text: str) -> str:
    """The text without what XML forbids: control characters, lone surrogates, noncharacters."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def attribute(text: str) -> str:
    """A cleaned text as a quoted value of an attribute."""
    return quoteattr(clean(text))


def run(text: str, style: str = "", is_chinese: bool = True) -> str:
    """A run of text, in a character style where one is named; a line break stays one."""
    if not (text := clean(text)):
        return ""
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")]
    return f"<w:r>{_run_properties(style, is_chinese)}{'<w:br/>'.join(lines)}</w:r>"


def field(code: str, result: str, is_chinese: bool = True) -> str:
    """A field with the result that stands until the reader updates it; an empty result is left out."""
    return begin(code) + run(result, is_chinese=is_chinese) + end()


def begin(code: str) -> str:
    """The head of a field; its result follows, and then `end()`."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f'{mark("begin")}<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>{mark("separate")}'


def end() -> str:
    """The end of a field."""
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def paragraph(
    style: str, inner: str, *, keeps: bool | None = None, breaks: bool = False, tab: int = 0, pitch: int = 0, align: str = ""
) -> str:
    """A paragraph of a style (by id): kept with the next one, on a new page, without the style's `tab`, of fixed `pitch`."""
    properties = "".join(
        (
            f'<w:pStyle w:val="{style}"/>',
            "" if keeps is None else f'<w:keepNext w:val="{int(keeps)}"/>',
            "<w:pageBreakBefore/>" if breaks else "",
            f'<w:tabs><w:tab w:val="clear" w:pos="{tab}"/></w:tabs>' if tab else "",
            f'<w:spacing w:before="0" w:after="0" w:line="{pitch}" w:lineRule="exact"/>' if pitch else "",
            f'<w:jc w:val="{align}"/>' if align else "",
        )
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def bookmark(number: int, name: str, inner: str) -> str:
    """Something that a field can refer to."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def picture(link: str, number: int, name: str, alt: str, width: int, height: int) -> str:
    """A picture in the line, `width` and `height` in EMU; `link` is the id of its file, `alt` says what it shows."""
    size = f'cx="{width}" cy="{height}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f"<wp:docPr id={quoteattr(str(number))} name={attribute(name)} descr={attribute(alt)}/>"
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f"<pic:cNvPr id={quoteattr(str(number))} name={attribute(name)}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{link}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _run_properties(style: str, is_chinese: bool) -> str:
    inner = (f'<w:rStyle w:val="{style}"/>' if style else "") + (_CHINESE if is_chinese else "")
    return f"<w:rPr>{inner}</w:rPr>" if inner else ""
