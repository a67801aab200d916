"""A report as its parts, before it is a file: `compose` makes it from answers; `word`, `pdf` and the preview set it.

Texts are final: in the reader's language, numbers written as on the screen. Renderers number headings
(一、（一）1. or 1 1.1 1.1.1), pictures (图1) and tables (表1) in the order in which they come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import plotly.graph_objects as go

WIDTH, HALF = 660, 330
"""Width in px at which a picture is drawn that takes the whole line, or half of it."""
TALLEST = 900
"""Height in px that still fits on a page together with its caption."""


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 to 3."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; a note is smaller, without indent: what limits or dates what stands above it."""

    text: str
    is_note: bool = False


@dataclass(frozen=True)
class Points:
    """A list of statements, each with its subject, set in bold, and what is said of it; notes are set smaller."""

    items: tuple[tuple[str, str], ...]
    is_note: bool = False


@dataclass(frozen=True)
class Tile:
    """A headline figure: 达标率, 86%, ↑ 4 个百分点, 1,032 / 1,200."""

    label: str
    value: str
    change: str
    beside: str


@dataclass(frozen=True)
class Tiles:
    """Headline figures, three in a row."""

    items: tuple[Tile, ...]


@dataclass(frozen=True)
class Picture:
    """A picture with its caption and what it shows in words; `svg` is empty until it was drawn (`pictures.drawn`)."""

    figure: go.Figure
    caption: str
    alt: str
    svg: bytes = b""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in px."""
        return int(self.figure.layout.width), int(self.figure.layout.height)


@dataclass(frozen=True)
class Pair:
    """Two pictures beside each other, each drawn `HALF` wide."""

    left: Picture
    right: Picture


@dataclass(frozen=True)
class Table:
    """A table: caption, titles of the columns, cells as texts; `numeric` says which columns are set to the right."""

    caption: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Points | Tiles | Picture | Pair | Table | Break


@dataclass(frozen=True)
class Document:
    """A whole report.

    `title` is the name of the report, `scope` unit and period, `dated` the day it was made, `language` zh or en. A compact one is
    a single page, set small and without numbered headings; the others have a table of contents.
    """

    title: str
    scope: str
    dated: str
    language: str
    blocks: tuple[Block, ...]
    is_compact: bool = False

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture in the order in which it comes."""
        found: list[Picture] = []
        for block in self.blocks:
            found += [block] if isinstance(block, Picture) else [block.left, block.right] if isinstance(block, Pair) else []
        return tuple(found)

    def with_svgs(self, svgs: list[bytes]) -> Document:
        """The same with its pictures drawn; `svgs` in the order of `pictures`."""
        drawn = iter([replace(picture, svg=svg) for picture, svg in zip(self.pictures, svgs, strict=True)])
        blocks = [
            next(drawn) if isinstance(block, Picture) else Pair(next(drawn), next(drawn)) if isinstance(block, Pair) else block
            for block in self.blocks
        ]
        return replace(self, blocks=tuple(blocks))
