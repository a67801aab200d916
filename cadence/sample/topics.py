"""What activities are about: small concrete topics, plain ones, slogans; and invented people. The words are in topics.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from random import Random

WORDS: dict = tomllib.loads(Path(__file__).with_name("topics.toml").read_text(encoding="utf-8"))
TASK_GOALS, PARTNERS, OFFICES, VENUES = WORDS["task_goals"], WORDS["partners"], WORDS["offices"], WORDS["venues"]
LIVELY_FORMS, PLAIN_FORMS, STALE_FORMS, OWN_FORMS = (
    WORDS["lively_forms"],
    WORDS["plain_forms"],
    WORDS["stale_forms"],
    WORDS["own_forms"],
)


@cache
def people(seed: int, place: int, count: int) -> list[str]:
    """The invented names of the unit at a place in the register; no name belongs to two units."""
    names = [surname + given for surname in WORDS["surnames"] for given in WORDS["given_names"]]
    Random(f"{seed}/people").shuffle(names)
    return names[place * count : (place + 1) * count]


def style_of(random: Random, quality: float, slogans: bool) -> str:
    """concrete, plain or slogan: better branches pick smaller topics."""
    if slogans:
        return "slogan" if random.random() < 0.8 else "plain"
    concrete = min(max(0.55 + 0.3 * quality, 0.12), 0.93)
    share = random.random()
    return "concrete" if share < concrete else "plain" if share < concrete + 0.75 * (1 - concrete) else "slogan"


def topic(random: Random, style: str, kind: str, thing: str, month: int, partner: str) -> str:
    """One topic. `thing` is the branch's object, `partner` the other unit of a joint activity."""
    if style == "slogan":
        text = random.choice(WORDS["slogans"]) + random.choice(WORDS["slogan_tails"])
    else:
        text = random.choice(WORDS[style].get(kind, WORDS[style]["study"]))
    return text.format(
        object=thing,
        month=month,
        q=(month + 2) // 3,
        n=random.choice((5, 6, 7, 8, 9, 11, 12, 15, 18)),
        m=random.choice((2, 3, 4)),
        k=random.randint(8, 20),
        why=random.choice(WORDS["whys"]),
        case=random.choice(WORDS["cases"]),
        place=random.choice(WORDS["places"]),
        partner=partner or random.choice(PARTNERS),
    )
