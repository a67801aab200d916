"""The rhythm ribbon and the activity calendar."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from cadence.charts.weeks import MANY_ROWS
from tests.charts.conftest import cells, named
from tests.charts.frames import Answers


def drawn_cells(figure: go.Figure) -> list[tuple[np.ndarray, int, int]]:
    """Customdata, column and row of every cell."""
    return [
        (drill, int(x), int(y))
        for trace in figure.data
        if trace.type == "bar" and trace.base is not None
        for drill, x, y in zip(trace.customdata, trace.base, trace.y, strict=True)
    ]


def wide() -> Answers:
    """More unit-years than get rows of their own."""
    return Answers(MANY_ROWS, range(2023, 2025))


def test_missing_none_and_some_are_apart(picture):
    """Each of the unit's weeks is drawn once: grey, white or coloured."""
    frame = wide().rhythm_ribbon()
    drawn = frame[frame["year"] == 2024]
    figure = picture("rhythm_ribbon", frame)
    assert len(named(figure, "未报").x) == drawn["held"].isna().sum() > 0
    assert len(named(figure, "没有活动").x) == (drawn["held"] == 0).sum() > 0
    some = [cells(trace) for trace in figure.data if trace.name and "次" in trace.name]
    assert sum(map(len, some)) == (drawn["held"] > 0).sum() == len(set().union(*some))


def test_partly_reported_weeks_are_hatched(picture):
    """Whatever was held in them."""
    frame = wide().rhythm_ribbon()
    drawn = frame[frame["year"] == 2024]
    hatched = sum((np.asarray(trace.marker.pattern.shape) == "/").sum() for trace in picture("rhythm_ribbon", frame).data[:-2])
    assert hatched == (drawn["status"] == "partly").sum() > 0


def test_many_units_show_their_latest_year(picture):
    """One row a unit, in the order of the answer."""
    frame = wide().rhythm_ribbon()
    figure = picture("rhythm_ribbon", frame)
    first = frame.loc[frame["year"] == 2024, "unit"].iloc[0]
    assert len(figure.layout.yaxis.tickvals) == MANY_ROWS
    assert {drill[2][:4] for drill, _, _ in drawn_cells(figure)} == {"2024"}
    assert {drill[0] for drill, _, row in drawn_cells(figure) if row == 0} == {first}


def test_a_single_unit_shows_every_year(picture):
    """Its own history, one year a row."""
    figure = picture("rhythm_ribbon", Answers(1, range(2022, 2025)).rhythm_ribbon())
    assert list(figure.layout.yaxis.ticktext) == ["2022年", "2023年", "2024年"]


def test_the_line_stands_six_weeks_before_the_end(picture):
    """42 days before 1 January, in weeks counted from 1 January."""
    line = picture("rhythm_ribbon", wide().rhythm_ribbon()).layout.shapes[0]
    assert line.x0 == (366 - 42) / 7


def test_a_week_drills_into_its_days(picture):
    """The last week of a year ends with the year."""
    spans = {tuple(drill[2:]) for drill, _, _ in drawn_cells(picture("rhythm_ribbon", wide().rhythm_ribbon()))}
    assert ("2024-01-01", "2024-01-07") in spans
    assert ("2024-12-30", "2024-12-31") in spans


def test_the_factor_waits_for_the_end_of_the_year(picture):
    """While the last weeks are not reported there is nothing to divide."""
    assert len(picture("rhythm_ribbon", wide().rhythm_ribbon()).data[-1].text) == 0
    finished = Answers(MANY_ROWS, range(2023, 2025), finished=True).rhythm_ribbon()
    factors = picture("rhythm_ribbon", finished).data[-1].text
    assert 0 < len(factors) < MANY_ROWS
    assert all(factor.endswith("×") for factor in factors)


def test_days_nobody_reported_are_grey(picture, answers):
    """And not white like a day without activities."""
    frame = answers.calendar_heat()
    figure = picture("calendar_heat", frame)
    for word, where in (("未报", frame["held"].isna()), ("没有活动", frame["held"] == 0)):
        assert sum(len(trace.x) for trace in figure.data if trace.name == word) == where.sum() > 0


def test_days_stand_on_their_weekday(picture):
    """1 January 2024 was a Monday: first column, first row; 7 January a Sunday."""
    figure = picture("calendar_heat", Answers(12, range(2024, 2025)).calendar_heat())
    place = {drill[2]: (column, row) for drill, column, row in drawn_cells(figure)}
    assert place["2024-01-01"] == (0, 0)
    assert place["2024-01-07"] == (0, 6)
    assert place["2024-01-08"] == (1, 0)


def test_holidays_are_marked_and_named(picture, answers):
    """A ring on the day, its name in the hover text."""
    frame = answers.calendar_heat()
    rings = [trace for trace in picture("calendar_heat", frame).data if trace.name == "法定节假日"]
    assert sum(len(ring.x) for ring in rings) == frame["holiday"].notna().sum() > 0
    assert "元旦" in rings[0].hovertext[0]


def test_the_legend_names_each_shade_once(picture, answers):
    """However many years there are."""
    told = [trace.name for trace in picture("calendar_heat").data if trace.showlegend]
    assert len(told) == len(set(told)) > 4
