"""A table in; how much of the line each of its columns takes out, so that its texts need as few lines as may be."""

from __future__ import annotations

import re
import unicodedata

from cadence.report.document import Table

PADDING, CLOSE = 216, 120
"""Left and right of a cell's text together, twips; in a crowded table."""
TOGETHER = 12
"""A table of no more rows than this is not broken over pages."""
_SLACK = 20
_SURE, _BOLD, _LOOSE = 1.2, 1.3, 1.0
"""The safety of what must not break, of a title, and of what may break."""
_SEAM = re.compile(r"[\u4e00-\u9fff](?=[A-Za-z0-9])|[A-Za-z0-9%](?=[\u4e00-\u9fff])")
"""Where Word puts a quarter of a space between Chinese and Latin."""
_LONGEST = 28
"""A column takes no more of a line than this many half characters, as long as the others need room."""
_TOGETHER = re.compile(r"[^\s\u2e80-\uffef]+|[\u2e80-\uffef]")


def is_crowded(table: Table, width: int, size: float) -> bool:
    """Whether its texts, set in this size, would need clearly more than the line."""
    return sum(natural for _, natural in _needs(table, size, PADDING)) > 1.15 * width or len(table.titles) > 6


def widths(table: Table, width: int, size: float, padding: int = PADDING) -> list[int]:
    """Twips per column, as many as `width` together: first what must not be broken, then what each would like, then the rest."""
    needs = _needs(table, size, padding)
    least, natural = [need[0] for need in needs], [need[1] for need in needs]
    if sum(natural) <= width:
        found = [length * width / sum(natural) for length in natural]
    elif sum(least) < width:
        low, high = 0.0, max(natural)  # the cap at which the columns fill the line: only the longest give way
        for _ in range(40):
            cap = (low + high) / 2
            found = [max(short, min(long, cap)) for short, long in needs]
            low, high = (cap, high) if sum(found) < width else (low, cap)
    else:
        found = [length * width / sum(least) for length in least]
    whole = [int(length) for length in found]
    return [*whole[:-1], width - sum(whole[:-1])]


def halves(text: str, safety: float = 1.1) -> float:
    """How long a text is, in half Chinese characters; Latin letters take `safety` times what they have in a common font."""
    return sum(2 if _is_wide(sign) else _letter(sign) * safety for sign in text) + 0.5 * len(_SEAM.findall(text))


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WFA"


def _letter(sign: str) -> float:
    if sign in "%@mwMW":
        return 1.7
    return 0.65 if sign in " .,:;'|!()[]/-fijlt" else 1.4 if sign.isupper() else 1.0


def _needs(table: Table, size: float, padding: int) -> list[tuple[float, float]]:
    """Per column the twips that it must have, and that it would like."""
    unit, beside, found = size * 10, padding + _SLACK, []
    for title, *texts in zip(table.titles, *table.rows, strict=True):
        lengths = [halves(title, _BOLD), *(halves(line, _LOOSE) for text in texts for line in text.split("\n"))]
        pieces = [halves(title, _BOLD) for title in _TOGETHER.findall(title)]
        pieces += [halves(piece, _SURE) for text in texts for piece in _TOGETHER.findall(text)]
        least = max([4.0, *(min(piece, _LONGEST) for piece in pieces), *(min(length, 12.0) for length in lengths)])
        found.append((least * unit + beside, max(least, min(max(lengths), 2 * _LONGEST)) * unit + beside))
    return found
