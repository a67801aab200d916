"""A compact report and the size of its page in; how far its pictures must shrink so that it stays on that page out.

Its lines have fixed pitches, so their height is counted, not guessed; only where a line breaks is an estimate, on the safe side.
"""

from __future__ import annotations

import math

from cadence.report.document import HALF, WIDTH, Block, Document, Heading, Pair, Paragraph, Picture, Points, Table, Tiles
from cadence.report.styles import Style, by_key
from cadence.report.tables import CLOSE, PADDING, halves, widths

SMALLEST = 0.4
"""Below this a picture cannot be read; the report then takes a second page."""
GAP = 6
"""After a table, points."""
_SPARE = 12
_INNER = PADDING / 20


def scale(document: Document, width: float, height: float) -> float:
    """The factor, at most 1, for a text area of `width` × `height` points."""
    room = height - _SPARE - _lines(document.title, "compact_title", width, document.language)
    room -= _lines(f"{document.scope}　{document.dated}", "compact_scope", width, document.language)
    fixed = sum(_fixed(block, width, document.language) for block in document.blocks)
    pictured = sum(_pictured(block, width) for block in document.blocks)
    return max(SMALLEST, min(1.0, (room - fixed) / pictured)) if pictured else 1.0


def _fixed(block: Block, width: float, language: str) -> float:
    """Points that a block takes whatever the size of its pictures."""
    match block:
        case Heading(text):
            return _lines(text, "compact_heading", width, language)
        case Paragraph(text, is_note):
            return _lines(text, "compact_note" if is_note else "compact_text", width, language)
        case Points(items):
            return sum(_lines(f"{subject}：{text}", "compact_text", width, language) for subject, text in items)
        case Tiles(items):
            cell = width / 3 - _INNER
            heights = [
                _lines(tile.label, "tile_label", cell, language)
                + _lines(tile.value, "tile_value", cell, language)
                + _lines(tile.change, "tile_note", cell, language)
                + _lines(tile.beside, "tile_note", cell, language)
                for tile in items
            ]
            return sum(max(heights[start : start + 3]) for start in range(0, len(heights), 3)) + GAP
        case Picture(caption=caption):
            return _around(language) + _lines(f"图 1　{caption}", "compact_caption", width, language)
        case Pair(left, right):
            half = width / 2 - _INNER
            return GAP + max(_fixed(one, half, language) for one in (left, right))
        case Table():
            return _table(block, width, language)
    return 0


def _pictured(block: Block, width: float) -> float:
    """Points that the pictures of a block take at full size."""
    match block:
        case Picture():
            return block.size[1] / WIDTH * width
        case Pair(left, right):
            return max(one.size[1] / HALF * (width / 2 - _INNER) for one in (left, right))
    return 0


def _table(table: Table, width: float, language: str) -> float:
    style = by_key("small_cell", language)
    columns = [(column - CLOSE) / 20 for column in widths(table, round(width * 20), style.size, CLOSE)]
    rows = [
        max(_lines(text, key, column, language) for text, column in zip(row, columns, strict=True))
        for key, row in (("small_head", table.titles), *(("small_cell", row) for row in table.rows))
    ]
    return sum(rows) + GAP + _lines(f"表 1　{table.caption}", "compact_caption", width, language)


def _around(language: str) -> float:
    """What stands above a picture, and below it in its line."""
    style = by_key("picture", language)
    return style.before + style.after + 0.5 * style.size


def _lines(text: str, key: str, width: float, language: str) -> float:
    """Height of a paragraph in points."""
    style: Style = by_key(key, language)
    across = width / style.size * 2
    lines = sum(max(1, math.ceil((halves(line) + 2 * style.indent) / (across - 1))) for line in text.split("\n"))
    return style.before + style.after + lines * style.pitch
