"""The words a page is written in: a page says what stands where, one line per thing."""

from cadence.view.bands import bands
from cadence.view.cards import indicator, section, side_by_side
from cadence.view.comparison import comparison
from cadence.view.definitions import definitions
from cadence.view.figures import figures
from cadence.view.findings import findings
from cadence.view.frame import route, title
from cadence.view.freshness import freshness
from cadence.view.help import tour
from cadence.view.imports import history, upload
from cadence.view.notes import notes
from cadence.view.portrait import portrait
from cadence.view.records import records
from cadence.view.report import report
from cadence.view.schedule import level_plan
from cadence.view.verdicts import rhythm_findings
from cadence.view.warnings import warnings

__all__ = [
    "bands",
    "comparison",
    "definitions",
    "figures",
    "findings",
    "freshness",
    "history",
    "indicator",
    "level_plan",
    "notes",
    "portrait",
    "records",
    "report",
    "rhythm_findings",
    "route",
    "section",
    "side_by_side",
    "title",
    "tour",
    "upload",
    "warnings",
]
