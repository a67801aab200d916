"""An SVG as Plotly writes it in, one that looks the same wherever it is set out.

Two things differ between a browser and the setter of pages (usvg): spaces in a row become one, because it does not know
`white-space: pre`; and a pattern with a ground of its own shows seams between its tiles. So texts keep their spaces by
`xml:space`, and what is filled with such a pattern stands twice: once in the colour of the ground, once with the lines alone.
"""

from __future__ import annotations

import re
from copy import deepcopy
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
FILL = re.compile(r"""fill:\s*url\(["']?#([^"')]+)["']?\)""")

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


def mended(svg: bytes) -> bytes:
    """The same picture in terms that browsers and usvg understand alike."""
    root = ElementTree.fromstring(svg)
    for text in root.iter(f"{{{SVG}}}text"):
        text.set(SPACE, "preserve")
    if grounds := _grounds(root):
        for parent in list(root.iter()):
            for place, child in reversed(list(enumerate(parent))):
                style = child.get("style", "")
                if (found := FILL.search(style)) and found[1] in grounds:
                    below = deepcopy(child)
                    below.set("style", FILL.sub(f"fill: {grounds[found[1]]}", style))
                    parent.insert(place, below)
    return ElementTree.tostring(root, encoding="utf-8")


def _grounds(root: ElementTree.Element) -> dict[str, str]:
    """The colour under each pattern that has one, by its id; it is taken out of the pattern."""
    found = {}
    for pattern in root.iter(f"{{{SVG}}}pattern"):
        ground = pattern.find(f"{{{SVG}}}rect")
        if ground is not None and ground.get("width") == pattern.get("width") and ground.get("fill", "none") != "none":
            found[pattern.get("id", "")] = f"{ground.get('fill')}; fill-opacity: {ground.get('fill-opacity', '1')}"
            pattern.remove(ground)
    return found
