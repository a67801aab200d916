"""The evidence of a finding: weeks of the window stand out, the rest is beside what was expected."""

from __future__ import annotations

import pandas as pd

from cadence import catalogue
from cadence.charts import draw, style
from tests.charts.frames import Answers

WINDOW = pd.DataFrame({"starts_on": ["2024-11-20"], "ends_on": ["2024-12-31"]})


def test_the_weeks_of_the_window_are_amber(answers: Answers):
    """Those whose middle lies in it; every week is drawn once."""
    frame = answers.unit_weeks()
    figure = draw(catalogue.entry("unit_weeks"), frame, marks=WINDOW)
    quiet, window = (trace for trace in figure.data if trace.type == "bar")
    assert window.marker.color == style.LIGHT.alert and quiet.marker.color == style.LIGHT.main
    assert len(window.x) == 6 and len(window.x) + len(quiet.x) == len(frame)


def test_without_a_window_no_week_stands_out(answers: Answers):
    """And the line says what it is compared with."""
    figure = draw(catalogue.entry("unit_weeks"), answers.unit_weeks())
    assert [trace.type for trace in figure.data] == ["bar", "scatter"]
    assert figure.data[1].name == "同样多的活动，按其他单位的节奏"
    alone = draw(catalogue.entry("unit_weeks"), answers.unit_weeks().assign(is_system=False))
    assert alone.data[1].name == "同样多的活动，按工作日均匀"
