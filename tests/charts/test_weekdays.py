"""Month by day of the week."""

from __future__ import annotations

from tests.charts.conftest import cells, marks, named


def test_a_month_not_reported_is_grey_and_an_empty_one_white(picture, answers):
    """August is missing; weekends are truly empty."""
    figure = picture("fingerprint")
    assert {column for column, _ in cells(named(figure, "未报"))} == {7}
    assert {row for _, row in cells(named(figure, "没有活动"))} == {5, 6}
    assert sum(len(trace.x) for trace in marks(figure)) == 84


def test_darker_is_more(picture, answers):
    """The busiest cell has the last shade, whatever the number of units."""
    frame = answers.fingerprint()
    busiest = frame.loc[frame["rate"].idxmax()]
    place = (int(busiest["month_of_year"]) - 1, int(busiest["weekday"]) - 1)
    last = [trace for trace in marks(picture("fingerprint", frame)) if not trace.name][-1]
    assert place in cells(last)
