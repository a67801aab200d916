"""The parts of the house's own template, as XML: a language in, file names and their contents out.

The order of elements inside a style is the schema's. No style refers to the theme, whose fonts would win; it names the same ones.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from cadence.report.styles import FONTS, MARGINS, STRONG, STYLES, TABLE, Font, Style, by_key
from cadence.tokens import LIGHT

(TOP, BOTTOM), LEFT, RIGHT, FOOT = MARGINS[False], 28, 26, 23
"""Margins of the page, and the page number above its lower edge, mm."""
WIDE, HIGH = 11906, 16838
"""A4, twips."""
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CHINESE = "chineseCountingThousand"
_NUMBERS = {
    "zh": ((_CHINESE, "%1、", "nothing"), (_CHINESE, "（%2）", "nothing"), ("decimal", "%3.", "nothing")),
    "en": (("decimal", "%1", "space"), ("decimal", "%1.%2", "space"), ("decimal", "%1.%2.%3", "space")),
}
"""Per level of heading: kind of number, what stands around it, what follows it."""

_PAGES = {
    True: ("00000001", "080E0000", "00000010", "00040000"),
    False: ("E0002AFF", "C0007841", "00000009", "000001FF"),
}
"""Which ranges of signs a font covers: Chinese (GB 2312), or Latin."""
_ACCENTS = enumerate((*LIGHT.categories, LIGHT.missing), 1)
_COLOURS = {"dk1": "#000000", "lt1": "#ffffff", "dk2": LIGHT.ink, "lt2": LIGHT.raised}
_COLOURS |= {f"accent{number}": colour for number, colour in _ACCENTS} | {"hlink": LIGHT.link, "folHlink": LIGHT.link}


def parts(language: str, body: str) -> dict[str, str]:
    """Every part by its name; `body` is the one paragraph of the document."""
    word = {
        "document": (_part("document", f"<w:body>{_paragraph(body)}{_section()}</w:body>"), f"{_KIND}.document.main"),
        "styles": (_part("styles", _styles(language)), f"{_KIND}.styles"),
        "numbering": (_part("numbering", _numbering(language)), f"{_KIND}.numbering"),
        "fontTable": (_part("fonts", "".join(_font(font) for font in FONTS)), f"{_KIND}.fontTable"),
        "settings": (_part("settings", _settings()), f"{_KIND}.settings"),
        "theme1": (_theme(language), "application/vnd.openxmlformats-officedocument.theme"),
        "footer1": (_part("ftr", _foot(language, "right")), f"{_KIND}.footer"),
        "footer2": (_part("ftr", _foot(language, "left")), f"{_KIND}.footer"),
    }
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}+xml"/>' for name, (_, kind) in word.items())
    links = [(name, f"{_LINKS}/{kind.rsplit('.')[-1]}", f"{name}.xml") for name, (_, kind) in word.items() if name != "document"]
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{types}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>',
        "_rels/.rels": _relationships(
            [
                ("document", f"{_LINKS}/officeDocument", "word/document.xml"),
                ("core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"/>',
        "word/_rels/document.xml.rels": _relationships(links),
    } | {f"word/{name}.xml": content for name, (content, _) in word.items()}


def _part(name: str, inner: str) -> str:
    return f'{_HEAD}<w:{name} xmlns:w="{_WORD}" xmlns:r="{_LINKS}">{inner}</w:{name}>'


def _relationships(links: list[tuple[str, str, str]]) -> str:
    inner = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in links)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _twips(millimetres: float) -> int:
    return round(millimetres / 25.4 * 1440)


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _section() -> str:
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="footer1"/><w:footerReference w:type="even" r:id="footer2"/>'
        f'<w:pgSz w:w="{WIDE}" w:h="{HIGH}"/><w:pgMar w:top="{_twips(TOP)}" w:right="{_twips(RIGHT)}" w:bottom="{_twips(BOTTOM)}" '
        f'w:left="{_twips(LEFT)}" w:header="850" w:footer="{_twips(FOOT)}" w:gutter="0"/><w:cols w:space="425"/></w:sectPr>'
    )


def _foot(language: str, side: str) -> str:
    """— 1 —, one character away from the outer margin: right on odd pages, left on even ones."""
    indent = f'<w:ind w:{side}Chars="100" w:{side}="{by_key("footer", language).size * 20:g}"/>'
    run = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>{}</w:r>'.format
    number = "".join(
        (
            run('<w:fldChar w:fldCharType="begin"/>'),
            run('<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
            run('<w:fldChar w:fldCharType="separate"/>'),
            run("<w:t>1</w:t>"),
            run('<w:fldChar w:fldCharType="end"/>'),
        )
    )
    dash = run('<w:t xml:space="preserve">{}</w:t>').format
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{by_key("footer", language).id}"/>{indent}<w:jc w:val="{side}"/></w:pPr>'
        f"{dash('— ')}{number}{dash(' —')}</w:p>"
    )


def _styles(language: str) -> str:
    tongue = "en-US" if language == "zh" else "en-GB"
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{_letters(by_key('normal', language))}"
        f'<w:lang w:val="{tongue}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1" w:defQFormat="0" '
        'w:count="376"/>'
    )
    line = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="auto"/>'.format
    hidden = '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>'
    others = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        f"{hidden}</w:style>"
        f'<w:style w:type="character" w:styleId="{STRONG}"><w:name w:val="{STRONG}"/><w:basedOn w:val="DefaultParagraphFont"/>'
        '<w:uiPriority w:val="22"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        f"{hidden}</w:style>"
        f'<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>{hidden}'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f'<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="{TABLE[language]}"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{line('top', 12)}{line('bottom', 12)}</w:tblBorders></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>{line("bottom", 6)}</w:tcBorders></w:tcPr></w:tblStylePr>'
        "</w:style>"
    )
    return defaults + "".join(_style(style, language) for style in STYLES[language]) + others


def _style(style: Style, language: str) -> str:
    kind = ' w:customStyle="1"' if style.is_own else ' w:default="1"' if style.key == "normal" else ""
    based = "" if style.key == "normal" else f'<w:basedOn w:val="{by_key("normal", language).id}"/>'
    follows = f'<w:next w:val="{by_key("text", language).id}"/>' if style.level or style.key == "title" else ""
    number = f'<w:numPr><w:ilvl w:val="{style.level - 1}"/><w:numId w:val="1"/></w:numPr>' if style.level else ""
    outline = f'<w:outlineLvl w:val="{max(style.level, 1) - 1}"/>' if style.level or style.is_outlined else ""
    right = (
        f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{WIDE - _twips(LEFT) - _twips(RIGHT)}"/></w:tabs>' if style.toc else ""
    )
    return (
        f'<w:style w:type="paragraph"{kind} w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based}{follows}'
        f'<w:uiPriority w:val="{39 if style.toc else 9}"/><w:qFormat/><w:pPr>'
        f"{'<w:keepNext/>' if style.keep else ''}{number}{right}"
        f'<w:snapToGrid w:val="0"/>{_spacing(style)}{_indent(style)}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f"<w:rPr>{_letters(style)}</w:rPr></w:style>"
    )


def _spacing(style: Style) -> str:
    line = f'w:line="{style.pitch * 20:g}" w:lineRule="exact"' if style.pitch else 'w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="{style.before * 20:g}" w:after="{style.after * 20:g}" {line}/>'


def _indent(style: Style) -> str:
    """In characters, and in twips for readers that do not know those."""
    width = style.size * 20
    if style.indent:
        return f'<w:ind w:firstLineChars="{style.indent * 100:g}" w:firstLine="{style.indent * width:g}"/>'
    return f'<w:ind w:leftChars="{style.left * 100:g}" w:left="{style.left * width:g}"/>' if style.left else ""


def _letters(style: Style) -> str:
    fonts = f'w:ascii="{style.latin}" w:hAnsi="{style.latin}" w:eastAsia="{style.chinese}" w:cs="{style.latin}"'
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    colour = f'<w:color w:val="{style.colour}"/>' if style.colour else ""
    return f'<w:rFonts {fonts}/>{bold}{colour}<w:sz w:val="{style.size * 2:g}"/><w:szCs w:val="{style.size * 2:g}"/>'


def _numbering(language: str) -> str:
    """One list of three levels, each tied to its style of heading."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:pStyle w:val="{by_key(f"heading{level + 1}", language).id}"/><w:suff w:val="{follows}"/>'
        f'<w:lvlText w:val={quoteattr(text)}/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{_indent(by_key(f'heading{level + 1}', language)) or '<w:ind w:left=' + quoteattr('0') + '/>'}</w:pPr>"
        '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:lvl>'
        for level, (kind, text, follows) in enumerate(_NUMBERS[language])
    )
    return (
        f'<w:abstractNum w:abstractNumId="0"><w:nsid w:val="3C1A5D2E"/><w:multiLevelType w:val="multilevel"/>'
        f'<w:tmpl w:val="7A0C4E18"/>{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def _font(font: Font) -> str:
    pages = _PAGES[font.is_chinese]
    signature = "".join(f' w:{name}="{page}"' for name, page in zip(("usb0", "usb1", "usb2", "csb0"), pages, strict=True))
    return (
        f'<w:font w:name="{font.name}"><w:altName w:val="{font.others}"/><w:panose1 w:val="{font.panose}"/>'
        f'<w:charset w:val="{"86" if font.is_chinese else "00"}"/><w:family w:val="{font.family}"/>'
        f'<w:pitch w:val="variable"/><w:sig{signature} w:usb3="00000000" w:csb1="00000000"/></w:font>'
    )


def _settings() -> str:
    """No `updateFields`: Word would ask a question at every opening."""
    word = 'w:uri="http://schemas.microsoft.com/office/word"'
    return (
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f'<w:compat><w:compatSetting w:name="compatibilityMode" {word} w:val="15"/>'
        f'<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" {word} w:val="1"/>'
        f'<w:compatSetting w:name="enableOpenTypeFeatures" {word} w:val="1"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    )


def _theme(language: str) -> str:
    """What Word offers to whoever edits: our fonts and plain colours."""
    heading, text = by_key("heading1", language), by_key("text", language)
    fonts = "".join(
        f'<a:{kind}><a:latin typeface="{style.latin}"/><a:ea typeface="{style.chinese}"/><a:cs typeface=""/></a:{kind}>'
        for kind, style in (("majorFont", heading), ("minorFont", text))
    )
    colours = "".join(f'<a:{name}><a:srgbClr val="{value[1:].upper()}"/></a:{name}>' for name, value in _COLOURS.items())
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    formats = (
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
    )
    return (
        f'{_HEAD}<a:theme xmlns:a="{_DRAWING}" name="Cadence"><a:themeElements><a:clrScheme name="Cadence">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Cadence">{fonts}</a:fontScheme><a:fmtScheme name="Cadence">{formats}</a:fmtScheme></a:themeElements>'
        "</a:theme>"
    )
