"""What a report is asked for: its kind, a selection, and what it is compared with; its title and scope in words."""

from __future__ import annotations

from dataclasses import dataclass

from cadence.charts import wording
from cadence.report.outline import Outline, outlines
from cadence.selection import Selection
from cadence.words import say


@dataclass(frozen=True)
class Request:
    """A report to make: brief or analysis, of a selection, whose units are `unit` and all below it (empty: every unit)."""

    kind: str
    asked: Selection
    unit: str = ""
    comparison: str = "last_year"

    @property
    def outline(self) -> Outline:
        """What stands in it."""
        return outlines()[self.kind]


def scope(request: Request) -> str:
    """Unit and period."""
    return say("{unit} · {period}", unit=request.unit or say("全部单位"), period=wording.period(request.asked.period.id))


def title(request: Request) -> str:
    """The name of the report; of an analysis with the kind of its period: 年度, 季度."""
    name = say(request.outline.title)
    period = request.asked.period.id
    if request.kind == "brief" or ".." in period:
        return name
    return say("机关党建工作季度分析报告") if "Q" in period else say("机关党建工作年度分析报告")
