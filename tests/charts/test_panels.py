"""数量·频次·时长: three numbers together."""

from __future__ import annotations

import numpy as np

from tests.charts.conftest import named
from tests.charts.frames import Answers


def test_months_nobody_reported_are_grey_not_zero(picture, answers):
    """A grey bar over each of them in all three panels, and no value of their own."""
    frame = answers.count_rate_hours()
    figure = picture("count_rate_hours", frame)
    missing = frame.loc[frame["held"].isna(), "month"].to_numpy().astype("datetime64[D]")
    grey = [trace for trace in figure.data if trace.name == "未报"]
    assert len(grey) == 3
    assert all(list(trace.x.astype("datetime64[D]")) == list(missing) for trace in grey)
    assert np.isnan(named(figure, "本期").y).sum() == len(missing)


def test_a_month_without_activities_is_zero(picture, answers):
    """Reported and nothing held: a bar of height 0, not grey."""
    frame = answers.count_rate_hours()
    frame.loc[0, ["held", "per_unit"]] = 0
    figure = picture("count_rate_hours", frame)
    assert named(figure, "本期").y[0] == 0
    assert frame["month"][0] not in named(figure, "未报").x


def test_months_partly_reported_are_hatched(picture, answers):
    """Fewer than nine of ten units reported."""
    frame = answers.count_rate_hours()
    shapes = named(picture("count_rate_hours", frame), "本期").marker.pattern.shape
    assert shapes[4] == "/"
    assert shapes[3] == ""


def test_the_three_panels_share_their_months(picture):
    """One axis below, the same range above."""
    figure = picture("count_rate_hours")
    assert figure.layout.xaxis.matches == figure.layout.xaxis2.matches == "x3"


def test_the_comparison_is_dotted_month_by_month(picture):
    """The earlier period lies under the months of this one and drills into its own."""
    before = Answers(12, range(2021, 2023), finished=True).count_rate_hours()
    figure = picture("count_rate_hours", compare=before)
    dotted = [trace for trace in figure.data if trace.name == "对比期"]
    assert len(dotted) == 3
    assert {trace.line.dash for trace in dotted} == {"dot"}
    assert dotted[0].customdata[0][2] == "2021-01-01"
    assert str(dotted[0].x[0])[:10] == "2023-01-01"


def test_a_shorter_comparison_is_no_fault(picture, answers):
    """Periods of unequal length are laid side by side as far as they go."""
    assert picture("count_rate_hours", compare=answers.count_rate_hours().iloc[:5]).layout.height


def test_without_durations_the_panel_says_so(picture, answers):
    """Hours are not 0 when nobody recorded any."""
    figure = picture("count_rate_hours", answers.count_rate_hours().assign(hours=None))
    assert "台账未登记时长" in [annotation.text for annotation in figure.layout.annotations]


def test_the_legend_does_not_depend_on_the_first_month(picture, answers):
    """Plotly draws the entry of a trace as its first mark: here hatched, which the period as a whole is not."""
    frame = answers.count_rate_hours()
    frame.loc[0, "reported"] = 1
    entries = {
        trace.name: trace.marker.pattern.shape for trace in picture("count_rate_hours", frame).data if trace.showlegend is None
    }
    assert (entries["本期"], entries["部分上报"]) == ("", "/")
