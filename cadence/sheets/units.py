"""Names of units as ledgers write them in, names of the register out; an unknown one is asked about, never created in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from cadence.sheets.reading import Question
from cadence.sheets.vocabulary import DIGITS, tidy
from cadence.words import Message

OFFERED = 3
LEAST_LIKE = 0.45
LONGEST = 60
ASKED = 200


def spelling(name: str) -> str:
    """A name without what only spelling adds: blanks, width of signs, brackets, “中共”, “委员会”, Arabic numerals, “第”."""
    text = re.sub(r"^(中共|中国共产党)", "", tidy(name))
    text = re.sub(r"(党支部|党总支|支部|总支)委员会$", r"\1", re.sub(r"[()\[\]【】\s]", "", text))
    text = re.sub(r"\d", lambda digit: DIGITS[int(digit[0])], text)
    return re.sub(r"第(?=[一二三四五六七八九十])", "", text)


def likeness(name: str, known: str) -> float:
    """How alike two names are, between 0 and 1, spelling left aside."""
    first, second = (spelling(text).replace("党支部", "支部") for text in (name, known))
    return 1.0 if first == second else SequenceMatcher(None, first, second, autojunk=False).ratio()


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """Up to OFFERED known names that are most alike; none for a text too long to be a name."""
    if len(name) > LONGEST:
        return []
    graded = sorted(((likeness(name, other), other) for other in known), key=lambda pair: (-pair[0], pair[1]))
    return [other for grade, other in graded[:OFFERED] if grade >= LEAST_LIKE]


def resolve(
    counts: Mapping[str, int], known: frozenset[str], answers: Mapping[str, str]
) -> tuple[dict[str, str | None], list[Question]]:
    """(name → registered name, or None while it is open; up to ASKED questions), for names with the rows they stand in."""
    by_spelling: dict[str, set[str]] = {}
    for name in known:
        by_spelling.setdefault(spelling(name), set()).add(name)
    found: dict[str, str | None] = {}
    questions = []
    for name, rows in counts.items():
        same = by_spelling.get(spelling(name), set())
        answer = answers.get(f"unit:{name}")
        if answer and answer != "skip":
            found[name] = name if answer == "new" else answer
        elif name in known or not known:
            found[name] = name
        elif len(same) == 1 and not answer:
            found[name] = next(iter(same))
        else:
            found[name] = None
            if answer != "skip" and len(questions) < ASKED:
                questions.append(ask(name, rows, nearest(name, known)))
    return found, questions


def ask(name: str, rows: int, offered: list[str]) -> Question:
    """Which registered unit an unknown name is."""
    options = [(other, Message("就是“{unit}”", {"unit": other})) for other in offered]
    options += [("new", Message("登记为新单位")), ("skip", Message("先不导入这些行"))]
    text = Message("“{unit}”不在组织名册中（{rows} 行），它是哪个单位？", {"unit": name, "rows": rows})
    return Question(f"unit:{name}", text, options, "skip", rows)


def notice(names: Iterable[str], rows: int) -> Question:
    """Without a register the names of the ledger are taken as they are, and that is said."""
    listed = list(names)
    text = Message("还没有组织名册，文件中的 {count} 个单位按原写法登记。", {"count": len(listed)})
    return Question("units:unregistered", text, [("accept", Message("知道了"))], "accept", rows, severity="notice")
