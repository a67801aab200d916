"""Summary sheets that spread one field over columns: a table in, one part for each of those columns out.

Months, activity types, criteria, quarters, units and raters may be columns. Each column becomes a run of records, so that
problems keep the letter of the cell they stand in.
"""

from __future__ import annotations

from cadence.sheets import wide_counts, wide_scores, wide_tasks
from cadence.sheets.matching import Column
from cadence.sheets.recognise import Recognised, Scene

SHAPES = (
    ("tasks", wide_tasks.quarters),
    ("activities", wide_counts.months),
    ("activities", wide_counts.types),
    ("evaluations", wide_scores.raters),
    ("evaluations", wide_scores.quarters),
    ("evaluations", wide_scores.criteria),
    ("adjustments", wide_scores.adjustments),
    ("evaluations", wide_scores.units),
)


def spread(columns: list[Column], scene: Scene) -> Recognised | None:
    """The table as a summary sheet, if it has the shape of one."""
    for kind, shape in SHAPES:
        if scene.context.kind in (None, kind) and (found := shape(columns, scene)):
            return found
    return None
