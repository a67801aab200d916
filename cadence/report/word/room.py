"""A compact report and the size of its page in; how far letters and pictures must shrink so that it stays on that page out.

Its lines have fixed pitches, so their height is counted, not guessed; only where a line breaks is an estimate, on the safe side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from cadence.report.columns import CLOSE, PADDING, halves, widths
from cadence.report.document import HALF, WIDTH, Block, Document, Heading, Pair, Paragraph, Picture, Points, Table, Tiles
from cadence.report.styles import by_key

LETTERS = (1.0, 0.95, 0.9, 0.85, 0.8)
"""How far letters and their lines shrink, in steps, where pictures alone would become too small."""
READABLE, SMALLEST = 0.7, 0.4
"""Pictures shrink to the first before letters do; below the second nothing does, and the report takes another page."""
GAP = 6
"""After a table, points."""
_SPARE = 20
_INNER = PADDING / 20


def fitted(document: Document, width: float, height: float) -> tuple[float, float]:
    """The factors for letters and for pictures, each at most 1, for a text area of `width` × `height` points."""
    for letters in LETTERS:
        page = _Page(width, document.language, letters)
        room = height - _SPARE - page.fixed(document)
        pictured = sum(page.pictured(block) for block in document.blocks)
        scale = min(1.0, room / pictured) if pictured else float(room >= 0)
        if scale >= READABLE:
            break
    return letters, max(SMALLEST, scale)


@dataclass(frozen=True)
class _Page:
    """Measures blocks, in points, on a page of this width with letters made smaller by a factor."""

    width: float
    language: str
    letters: float

    def fixed(self, document: Document) -> float:
        """What everything takes but the pictures."""
        head = self.lines(document.title, "compact_title", self.width)
        head += self.lines(f"{document.scope}　{document.dated}", "compact_scope", self.width)
        return head + sum(self.block(block, self.width) for block in document.blocks)

    def pictured(self, block: Block) -> float:
        """What the pictures of a block take at full size."""
        match block:
            case Picture():
                return block.size[1] / WIDTH * self.width
            case Pair(left, right):
                return max(one.size[1] / HALF * (self.width / 2 - _INNER) for one in (left, right))
        return 0

    def block(self, block: Block, width: float) -> float:
        """A block without its pictures."""
        match block:
            case Heading(text):
                return self.lines(text, "compact_heading", width)
            case Paragraph(text, is_note):
                return self.lines(text, "compact_note" if is_note else "compact_text", width)
            case Points(items, is_note):
                key = "compact_note" if is_note else "compact_text"
                return sum(self.lines(f"{subject}：{text}", key, width) for subject, text in items)
            case Tiles(items):
                cell = width / 3 - _INNER
                texts = [
                    ((one.label, "tile_label"), (one.value, "tile_value"), (one.change, "tile_note"), (one.beside, "tile_note"))
                    for one in items
                ]
                heights = [sum(self.lines(text, key, cell) for text, key in tile) for tile in texts]
                return sum(max(heights[start : start + 3]) for start in range(0, len(heights), 3)) + GAP
            case Picture(caption=caption):
                line = by_key("picture", self.language)
                return line.before + line.after + line.size / 2 + self.lines(f"图 1　{caption}", "compact_caption", width)
            case Pair(left, right):
                return GAP + max(self.block(one, width / 2 - _INNER) for one in (left, right))
            case Table():
                return self.table(block, width)
        return 0

    def table(self, table: Table, width: float) -> float:
        """A table with its caption."""
        size = by_key("small_cell", self.language).size
        columns = [(column - CLOSE) / 20 for column in widths(table, round(width * 20), size, CLOSE)]
        keyed = [("small_head", table.titles), *(("small_cell", row) for row in table.rows)]
        rows = [max(self.lines(text, key, wide) for text, wide in zip(row, columns, strict=True)) for key, row in keyed]
        return sum(rows) + GAP + self.lines(f"表 1　{table.caption}", "compact_caption", width)

    def lines(self, text: str, key: str, width: float) -> float:
        """The height of a paragraph."""
        style = by_key(key, self.language)
        across = width / (style.size * self.letters) * 2 - 1
        lines = sum(max(1, math.ceil((halves(line) + 2 * style.indent) / across)) for line in text.split("\n"))
        return (style.before + style.after + lines * style.pitch) * self.letters
