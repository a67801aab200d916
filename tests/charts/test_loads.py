"""The load of the weeks ahead: bars of the plan against what would come without it."""

from __future__ import annotations

import numpy as np

from cadence import words
from cadence.charts import style
from cadence.charts.loads import Load, loads
from tests.charts.conftest import named

FIRST = np.datetime64("2025-09-29")


def load(**more: object) -> Load:
    """Four weeks from 29 September, the first one off."""
    off = [(np.datetime64(f"2025-10-0{day}"), "国庆节") for day in (1, 2, 3)]
    values = {"level": np.array([0.0, 6, 8, 8]), "usual": np.array([0.0, 2, 5, 15.4]), "before": "照往年同期的分布"}
    return Load(FIRST, **values | {"working": np.array([0, 3, 5, 5]), "off": off} | more)


def test_bars_stand_on_their_weeks():
    """Narrower than seven days, on a true axis, in the colour of the plan."""
    bars = named(loads(load()), "均衡排期")
    assert list(bars.y) == [0, 6, 8, 8] and bars.marker.color == style.LIGHT.main
    assert (np.diff(bars.x) == np.timedelta64(7, "D")).all() and max(bars.width) < 7 * 86_400_000


def test_what_would_come_is_a_line_of_whole_weeks():
    """Steps from Monday to Monday; the last week has its whole width."""
    line = named(loads(load()), "照往年同期的分布")
    assert list(line.y) == [0, 2, 5, 15.4, 15.4] and line.line.shape == "hv"
    assert str(line.x[0])[:10] == "2025-09-29" and str(line.x[-1])[:10] == "2025-10-27"


def test_what_was_held_is_drawn_only_where_it_is_known():
    """A plan ahead has nothing to show of it."""
    assert "后来实际" not in [trace.name for trace in loads(load()).data]
    figure = loads(load(later=np.array([0.0, 1, 2, 20])))
    assert list(named(figure, "后来实际").y) == [0, 1, 2, 20, 20] and figure.layout.yaxis.range[1] > 20


def test_days_off_are_hatched_and_named():
    """One mark a day, as wide as a day, with the name of the holiday."""
    off = named(loads(load()), "放假")
    assert len(off.x) == 3 and set(off.width) == {86_400_000} and off.marker.pattern.shape == "/"
    assert all("国庆节" in text for text in off.hovertext)
    assert "放假" not in [trace.name for trace in loads(load(off=[])).data]


def test_a_week_is_told_in_words():
    """Its days, its working days, and every number, in both languages."""
    text = named(loads(load()), "均衡排期").hovertext[1]
    assert "2025年10月6日" in text and "工作日 3 天" in text and "均衡排期：6 次" in text
    words.speak("en")
    assert "working days: 3" in named(loads(load()), "Level plan").hovertext[1]


def test_inspections_are_lines_with_names():
    """Dashed, at their first day."""
    figure = loads(load(inspections=[(np.datetime64("2025-10-23"), "专项检查")]), dark=True)
    assert [note.text for note in figure.layout.annotations] == ["专项检查"] and figure.layout.shapes[0].x0 == "2025-10-23"


def test_a_single_empty_week():
    """Nothing to hold is no exception."""
    assert loads(load(level=np.zeros(1), usual=np.zeros(1), working=np.zeros(1, dtype=int), off=[])).data
