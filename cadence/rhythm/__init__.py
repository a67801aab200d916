"""A ledger of dated activities in; which unit, year by year, keeps an even rhythm and which rushes, with how sure that is, out.

Nothing here knows of spreadsheets, databases or pages. Methods, formulas and measured error rates: docs/statistics.md.

SciPy is imported whole (`import scipy`): its parts, which take a second to load, then come in when first used, and a start that
judges nothing does not wait for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from cadence.rhythm import backfill, fading, inspection, ledgerwide, monthly, placebo, quarterend, stopgo, whole, yearend
from cadence.rhythm.judgement import COLUMNS
from cadence.rhythm.ledger import Ledger
from cadence.rhythm.profile import Profile, system
from cadence.rhythm.year import counted, years

__all__ = ["PATTERNS", "Ledger", "counted", "judge", "monthly", "system", "years"]

Found = dict[str, pd.DataFrame]
"""Findings by pattern."""
PATTERNS: dict[str, Callable[[Profile, Found, Found], pd.DataFrame]] = {
    "placebo": lambda profile, found, before: placebo.placebo(profile),
    "system_yearend": lambda profile, found, before: whole.whole(profile.year),
    "yearend_rush": lambda profile, found, before: yearend.yearend(profile, before.get("yearend_rush")),
    "quarterend_rush": lambda profile, found, before: quarterend.quarterend(profile, before.get("quarterend_rush")),
    "preinspection_rush": lambda profile, found, before: inspection.preinspection(
        profile, found["yearend_rush"], before.get("preinspection_rush")
    ),
    "backfill": lambda profile, found, before: backfill.backfill(profile.year),
    "fading": lambda profile, found, before: fading.fading(profile, before.get("fading")),
    "stop_go": lambda profile, found, before: stopgo.stopgo(profile),
}
"""Judged year by year in this order. A pattern is given the profile (the ledger is `profile.year.ledger`), what those above it
found in the same year, and what all of them found the year before."""
ACROSS: tuple[Callable[[Ledger, pd.DataFrame], pd.DataFrame], ...] = (
    lambda ledger, findings: yearend.habits(findings),
    ledgerwide.added,
)
"""Steps over the findings of all years."""


def judge(ledger: Ledger, wanted: Iterable[int] | None = None, known: pd.DataFrame | None = None) -> pd.DataFrame:
    """Every pattern in every wanted year (all by default): one row per unit, organ or system, year and pattern.

    Years before the wanted ones are judged as well, since a habit is evidence: what is said of a year does not depend on what is
    asked. `known` are findings of this ledger's first years that still hold (`ledger.digest`); judging goes on after them.

    Columns: unit and organ (codes; unit −1 where the row is of an organ, both −1 where it is of the system), year, pattern, n, k,
    expected, effect, low, high (95 % interval of effect, NaN where there is none), p, q (Benjamini–Hochberg within pattern and
    year), score (ranks; large is suspicious), level (high, medium, hint, none, too_few), flagged; and those of single patterns,
    NaN elsewhere.
    """
    told = years(ledger)
    wanted = set(told if wanted is None else wanted)
    if not wanted:
        return pd.DataFrame(columns=COLUMNS)
    first, frames, before = min([*told, *wanted]), [], {}
    if known is not None and len(known):
        frames, first = [known[known["pattern"].isin(PATTERNS)]], int(known["year"].max()) + 1
        before = dict(list(known[known["year"] == first - 1].groupby("pattern")))
    for year in range(first, max(wanted) + 1):
        profile, found = system(counted(ledger, year)), {}
        for name, pattern in PATTERNS.items():
            found[name] = pattern(profile, found, before)
        shaky = placebo.is_shaky(found["placebo"])
        frames += [placebo.downgraded(frame) if shaky else frame for frame in found.values()]
        before = found
    findings = pd.concat(frames, ignore_index=True)
    for step in ACROSS:
        findings = step(ledger, findings)
    return findings[findings["year"].isin(wanted)].reset_index(drop=True)
