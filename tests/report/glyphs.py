"""A PDF in, the Chinese characters that show as boxes out: boxes are all alike, real glyphs are not."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pypdfium2
from PIL import Image

from cadence.report.fonts import CHINESE

SCALE = 3
SIDE = 24
ALIKE = 0.02
"""Mean difference of two pictures, of 1, up to which they are the same."""
MANY = 3
"""Characters with one picture that make it a box: two real ones may look alike (己, 已)."""
MARKS = "\u3000，。、；：？！（）“”《》【】—…·「」"


def boxes(pdf: bytes, pictures: list[Image.Image] | None = None) -> tuple[set[str], set[str]]:
    """Which Chinese characters were looked at, and which of them are boxes; `pictures` are its pages, if not drawn here."""
    shapes: dict[str, np.ndarray] = {}
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        picture = (pictures[number] if pictures else page.render(scale=SCALE).to_pil()).convert("L")
        factor = picture.width / page.get_width()
        text = page.get_textpage()
        for place, sign in enumerate(text.get_text_range()):
            if sign in shapes or sign in MARKS or not CHINESE.match(sign):
                continue
            left, bottom, right, top = text.get_charbox(place)
            corners = left * factor, (page.get_height() - top) * factor, right * factor, (page.get_height() - bottom) * factor
            if min(right - left, top - bottom) * factor < 6:
                continue
            crop = np.asarray(picture.crop(tuple(round(corner) for corner in corners)).resize((SIDE, SIDE)), float) / 255
            shapes[sign] = abs(crop - np.median(crop[[0, -1]]))
    alike = Counter()
    signs = list(shapes)
    for at, first in enumerate(signs):
        for second in signs[at + 1 :]:
            if abs(shapes[first] - shapes[second]).mean() <= ALIKE:
                alike.update((first, second))
    return set(signs), {sign for sign, others in alike.items() if others >= MANY}
