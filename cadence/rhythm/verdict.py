"""Results of a test that is not about windows in; rows with the columns that every pattern has, out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence.rhythm.judgement import COLUMNS, HIGH, MEDIUM, q_values

ORGAN = -1
"""The unit of a row that is about a whole organ."""


def yearly_q(frame: pd.DataFrame, usable: pd.Series) -> pd.Series:
    """q within each year over the rows that are `usable`; NaN elsewhere."""
    p = frame["p"].where(usable)
    return p.groupby(frame["year"]).transform(lambda year: q_values(year.to_numpy()))


def rows(pattern: str, frame: pd.DataFrame, flagged: pd.Series, few: pd.Series) -> pd.DataFrame:
    """The columns of every pattern first, the pattern's own behind. Without `unit` the rows are about organs.

    level: too_few where `few`, else none, or high (q ≤ .02) and medium of what is flagged. A pattern without a test brings its own.
    """
    flagged = flagged & ~few
    certain = frame["q"].fillna(1)
    level = np.select([few, flagged & (certain <= HIGH), flagged], ["too_few", "high", "medium"], "none")
    given = {"unit": ORGAN, "level": level, "score": -np.log10(np.maximum(frame["p"], 1e-300))}
    found = frame.assign(**{name: value for name, value in given.items() if name not in frame}, pattern=pattern, flagged=flagged)
    return found[[*COLUMNS, *(name for name in found.columns if name not in COLUMNS)]].reset_index(drop=True)


def either_side(q: float = MEDIUM) -> tuple[float, float]:
    """The two tails of an interval that leaves out q in all."""
    return q / 2, 1 - q / 2
