"""One unit's burn-up: what was done, where its pace leads, what was planned and due."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest

from cadence import words
from cadence.charts import style
from cadence.charts.courses import Course, course
from tests.charts.conftest import marks, named
from tests.charts.test_charts import CHINESE, Stand


def year(**more: object) -> Course:
    """A unit with one activity on the 10th of each month, every third of no regulated kind, judged to 14 September."""
    days = pd.to_datetime([f"2025-{month:02d}-10" for month in range(1, 13)])
    held = pd.DataFrame({"day": days, "is_counted": True, "is_ruled": [month % 3 > 0 for month in range(12)]})
    ends = pd.to_datetime(["2025-09-14", "2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31"])
    band = pd.DataFrame({"day": ends, "low": 9, "middle": [9, 9, 10, 11, 12], "high": [9, 10, 13, 15, 17]})
    values = {"planned": 20.0, "due": 12.0, "until": np.datetime64("2025-12-31")} | more
    return Course("甲支部", held, band, **values)


def labels(figure: object) -> list[str]:
    """Every word set beside the lines."""
    return [str(note.text) for note in figure.layout.annotations] + [
        text.replace("\u00a0", "") for trace in figure.data if trace.mode == "text" for text in trace.text
    ]


def test_what_was_done_rises_by_steps_to_the_day_judged():
    """From 0 on 1 January, one up at each activity; later ones are not part of it."""
    done = named(course(year()), "已开展")
    assert done.line.shape == "hv"
    assert list(done.y) == [*range(10), 9]
    assert [str(day) for day in (done.x[0], done.x[1], done.x[-1])] == ["2025-01-01", "2025-01-10", "2025-09-14"]


def test_the_kinds_of_the_regulation_have_a_line_of_their_own():
    """In the colour of the line they are measured against, and thinner."""
    figure = course(year())
    ruled = named(figure, "其中规定动作")
    assert ruled.y[-1] == 6 and "其中规定动作 6" in labels(figure)
    assert ruled.line.color == named(figure, "规定 12 次").line.color
    assert ruled.line.width < named(figure, "已开展").line.width / 2


def test_the_band_leads_from_the_day_judged_to_the_years_end():
    """Dotted middle; the range around it; both named where they end."""
    figure = course(year())
    middle = named(figure, "按目前节奏推算")
    assert middle.line.dash == "dot"
    assert [str(day) for day in (middle.x[0], middle.x[-1])] == ["2025-09-14", "2025-12-31"]
    assert "约 12<br>9–17" in labels(figure) and "判断到2025年9月14日" in labels(figure)
    assert "9–17" in middle.hovertext[-1]


def test_without_a_forecast_there_is_no_band():
    """Less than a tenth of the year known: only what was done."""
    its = year()
    figure = course(Course(its.unit, its.held, its.band.iloc[:1], its.planned, its.due, its.until))
    assert "按目前节奏推算" not in [trace.name for trace in figure.data]
    assert not any("约" in label for label in labels(figure))


def test_plan_and_regulation_are_level_lines_with_names():
    figure = course(year())
    assert list(named(figure, "计划 20 次").y) == [20, 20] and list(named(figure, "规定 12 次").y) == [12, 12]
    assert {"计划 20 次", "规定 12 次"} <= set(labels(figure))
    assert named(figure, "计划 20 次").line.dash != named(figure, "规定 12 次").line.dash


@pytest.mark.parametrize("absent", ["planned", "due"])
def test_what_is_not_there_has_no_line(absent: str):
    """No plan, no line at zero."""
    names = [trace.name for trace in course(year(**{absent: np.nan})).data]
    assert ("计划" if absent == "planned" else "规定") not in " ".join(name for name in names if name and name.endswith("次"))


@pytest.mark.parametrize(("planned", "due", "below"), [(20, 19, "规定 19 次"), (19, 20, "计划 19 次"), (20, 20, "规定 20 次")])
def test_names_of_close_lines_do_not_cover_each_other(planned: int, due: int, below: str):
    """The lower one is named below its line; of equal ones exactly one is."""
    notes = {note.text: note.yanchor for note in course(year(planned=float(planned), due=float(due))).layout.annotations}
    goals = {text: place for text, place in notes.items() if text.startswith(("计划", "规定"))}
    assert [text for text, place in goals.items() if place == "top"] == [below]


def test_what_came_later_is_thin_and_named_where_the_year_is_over():
    """Grey, from the count of the day judged to the year's own."""
    figure = course(year())
    later = named(figure, "后来")
    assert (later.y[0], later.y[-1]) == (9, 12)
    assert later.line.width < named(figure, "已开展").line.width / 2 and later.line.color == style.LIGHT.muted
    assert "后来 12" in labels(figure)


def test_a_running_year_does_not_call_its_records_the_end():
    """They may not be all there is; the line stops where the ledgers do."""
    its = year(until=np.datetime64("2025-09-30"))
    running = Course(its.unit, its.held[its.held["day"] < "2025-10-01"], its.band, its.planned, its.due, its.until)
    figure = course(running)
    assert running.later is None and running.since == 0
    assert str(named(figure, "后来").x[-1]) == "2025-09-30"
    assert not any(label.startswith("后来") for label in labels(figure))


def test_every_mark_leads_to_the_units_activities_since_january():
    """Unit, first and last day; only what has happened has days."""
    for trace in marks(course(year())):
        assert len(trace.customdata) == len(trace.x), trace.name
        for unit, kind, start, until in trace.customdata:
            assert (unit, kind) == ("甲支部", "") and start <= until
            assert all(re.fullmatch(r"(2025-\d\d-\d\d)?", day) for day in (start, until))
    assert list(named(course(year()), "已开展").customdata[5]) == ["甲支部", "", "2025-01-01", "2025-05-10"]


def test_what_was_done_can_be_clicked():
    """A click is told only of marks, not of lines."""
    assert "markers" in named(course(year()), "已开展").mode


def test_a_unit_without_any_activity_is_drawn():
    """A level line at zero up to the day judged."""
    its = year()
    figure = course(Course(its.unit, its.held.iloc[:0], its.band.assign(low=0, middle=0, high=1), its.planned, its.due, its.until))
    assert list(named(figure, "已开展").y) == [0, 0]


def test_a_year_judged_to_the_day_before_it_begins_is_drawn():
    """Nothing of the year is complete yet: the line is a point on 1 January."""
    its = year()
    band = pd.DataFrame({"day": pd.to_datetime(["2025-01-01"]), "low": [0], "middle": [0], "high": [0]})
    assert len(named(course(Course(its.unit, its.held, band, its.planned, its.due, its.until)), "已开展").x) == 2


def test_both_themes_are_transparent_and_differ_in_ink():
    light, dark = course(year()), course(year(), dark=True)
    assert {figure.layout.template.layout.paper_bgcolor for figure in (light, dark)} == {"rgba(0,0,0,0)"}
    assert named(light, "已开展").line.color != named(dark, "已开展").line.color


def test_it_says_only_what_goes_through_words(monkeypatch: pytest.MonkeyPatch):
    """Read in another language, no Chinese is left but the unit's name."""
    monkeypatch.setattr(words, "catalogue", lambda spoken: Stand())
    words.speak("en")
    its = year()
    text = json.dumps(json.loads(course(Course("x", *list(vars(its).values())[1:])).to_json()), ensure_ascii=False)
    assert CHINESE.findall(text.replace(style.FONT, "")) == []
