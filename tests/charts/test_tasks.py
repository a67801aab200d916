"""中心工作覆盖图: what nobody supports stands out."""

from __future__ import annotations

import pandas as pd

from cadence import catalogue
from cadence.charts import draw
from tests.charts.conftest import named


def test_each_orphan_is_a_hatched_band(picture, answers):
    """As wide as the picture, in the alert colour and with a pattern."""
    figure = picture("task_coverage")
    band = named(figure, "尚无支撑")
    assert len(band.x) == answers.task_coverage()["is_orphan"].sum() > 0
    assert band.marker.pattern.shape == "/"
    assert band.x[0] == figure.layout.xaxis.range[1]


def test_orphans_are_no_activities_of_their_owner(picture, answers):
    """The unit that carries an orphan is told, but not drawn as a supporter."""
    frame = answers.task_coverage()
    figure = picture("task_coverage", frame)
    drawn = sum(len(trace.x) for trace in figure.data if trace.name and trace.name.endswith(("次", "次及以上")))
    assert drawn == (~frame["is_orphan"]).sum()
    assert "责任单位" in named(figure, "尚无支撑").hovertext[0]


def test_long_lists_are_cut_in_words():
    """Forty tasks are drawn, every orphan among them, and the rest is counted."""

    def tasks(orphans: int, size: int) -> pd.DataFrame:
        lone = [n < orphans for n in range(size)]
        return pd.DataFrame(
            {
                "task": [f"t{n}" for n in range(size)],
                "owner": "u",
                "unit": "u",
                "held": [0 if orphan else 2 for orphan in lone],
                "supporters": [0 if orphan else 1 for orphan in lone],
                "is_orphan": lone,
            }
        )

    figure = draw(catalogue.entry("task_coverage"), tasks(3, 100))
    assert "60" in figure.layout.annotations[0].text
    figure = draw(catalogue.entry("task_coverage"), tasks(55, 60))
    assert len(named(figure, "尚无支撑").x) == 55
