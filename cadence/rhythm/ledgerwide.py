"""Findings about units' years in; those that need all years of a ledger at once, about organs, participation and effect, added."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from cadence.rhythm.effects import trace_no_effect
from cadence.rhythm.ledger import Ledger
from cadence.rhythm.organs import reward_heavy, score_compression, yearend_culture, yearend_settlement
from cadence.rhythm.participation import low_participation
from cadence.rhythm.rotation import award_rotation

Pattern = Callable[[Ledger], pd.DataFrame]
ACTIVITIES: tuple[Pattern, ...] = (low_participation, trace_no_effect)
ASSESSMENTS: tuple[Pattern, ...] = (score_compression, award_rotation, yearend_settlement, reward_heavy)


def added(ledger: Ledger, findings: pd.DataFrame) -> pd.DataFrame:
    """`findings` with the rows of every pattern above and of yearend_culture, which reads p_w6 and p_Q4 of the yearend_rush rows.

    Of years that `findings` has; assessments may be of more.
    """
    yearend = findings[findings["pattern"] == "yearend_rush"]
    patterns = ACTIVITIES + (ASSESSMENTS if len(ledger.assessments) else ())
    frames = [yearend_culture(yearend), *(pattern(ledger) for pattern in patterns)]
    wanted = findings["year"].unique()
    return pd.concat([findings, *(frame[frame["year"].isin(wanted)] for frame in frames)], ignore_index=True)
