"""The words a page is written in: a page says what stands where, one line per thing."""

from cadence.view.cards import figures, findings, indicator, section, side_by_side
from cadence.view.comparison import comparison
from cadence.view.definitions import definitions
from cadence.view.frame import route, title
from cadence.view.imports import history, upload
from cadence.view.notes import notes
from cadence.view.portrait import portrait
from cadence.view.records import records
from cadence.view.verdicts import rhythm_findings
from cadence.view.warnings import warnings

__all__ = [
    "comparison",
    "definitions",
    "figures",
    "findings",
    "history",
    "indicator",
    "notes",
    "portrait",
    "records",
    "rhythm_findings",
    "route",
    "section",
    "side_by_side",
    "title",
    "upload",
    "warnings",
]
