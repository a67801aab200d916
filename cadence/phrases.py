"""`queries/phrases.toml` in; each phrase of the source report with the indicators that measure it, out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from cadence.words import QUERIES

TIERS = {
    "T1": "几乎每份台账都有所需的列",
    "T2": "需要一个常见的可选列",
    "T3": "需要另一张表或新增一列",
    "T0": "不能衡量，用文字说明",
}


@dataclass(frozen=True)
class Phrase:
    """A phrase, the lines of the report where it stands, how readily it is measured, and by which indicators; else why by none."""

    number: int
    lines: str
    tier: str
    text: str
    indicators: tuple[str, ...] = ()
    reason: str = ""


@cache
def phrases() -> list[Phrase]:
    """Every phrase, in the order of the report."""
    written = tomllib.loads((QUERIES / "phrases.toml").read_text(encoding="utf-8"))["phrases"]
    return [
        Phrase(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items() if name[-3:] != "_en"})
        for row in written
    ]
