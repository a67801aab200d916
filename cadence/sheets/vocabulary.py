"""The words that cells and headers are compared with: text in, the form that is compared out; kinds of activity, sync steps."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

RULES = Path(__file__).resolve().parents[2] / "data" / "rules"
BRACKETS = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
NOISE = re.compile(r"[\s*#、,，。.:：;；/\\|\-—_~“”\"'‘’《》<>!?！？·\ufeff\u200b]+")
DIGITS = "零一二三四五六七八九"


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Text as it is compared: NFKC, without blanks, line breaks, brackets with their content, or punctuation."""
    text = unicodedata.normalize("NFKC", text)
    return NOISE.sub("", BRACKETS.sub("", text)) or NOISE.sub("", text)


def bracketed(text: str) -> str:
    """What stands in brackets in a header: “时长（小时）” → “小时”, “党建工作(40分)” → “40分”."""
    return " ".join(part[1:-1] for part in BRACKETS.findall(unicodedata.normalize("NFKC", text)))


def tidy(text: str) -> str:
    """A header or title as it is shown: NFKC, blanks and line breaks removed."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@cache
def activity_types(rules: Path = RULES) -> dict[str, str]:
    """Plain name in a ledger → id of the activity type, longest name first, so that the closest part of a cell is found."""
    types = tomllib.loads((rules / "types.toml").read_text(encoding="utf-8"))
    names = {plain(name): kind for kind, entry in types.items() for name in [entry["title"], *entry["headers"]]}
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))


@cache
def sync_steps(rules: Path = RULES) -> dict[str, str]:
    """Plain name of a sync step → its id; the name of a preset (“五同步”) → all its steps, comma-joined."""
    presets = tomllib.loads((rules / "presets.toml").read_text(encoding="utf-8"))
    names = {plain(name): step for step, entry in presets["steps"].items() for name in [entry["title"], *entry["headers"]]}
    for entry in presets["sync"].values():
        names[plain(entry["title"])] = ",".join(sorted(entry["steps"]))
    return names


def numeral(text: str) -> int | None:
    """A small number in Chinese or Arabic digits (“十二”, “12”), or None."""
    text = unicodedata.normalize("NFKC", text).replace("〇", "零").replace("两", "二")
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(sign not in DIGITS + "十" for sign in text):
        return None
    if "十" not in text:
        return int("".join(str(DIGITS.index(sign)) for sign in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (DIGITS.index(tens) if tens else 1) * 10 + (DIGITS.index(ones) if ones else 0)
