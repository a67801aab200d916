"""A picture as SVG in, as PNG out."""

from __future__ import annotations

import typst


def png(svg: bytes, width_mm: float, dpi: int = 220) -> bytes:
    """The picture as PNG, `width_mm` wide at `dpi`."""
    source = f'#set page(width: {width_mm:.3f}mm, height: auto, margin: 0pt)\n#image("/picture.svg", width: 100%)'.encode()
    return typst.compile({"main": source, "/picture.svg": svg}, format="png", ppi=dpi)
