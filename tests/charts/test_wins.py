"""Small wins: faint units, a strong mean."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cadence.charts.wins import MANY
from tests.charts.conftest import named


def test_the_mean_is_of_the_units_on_record(picture, answers):
    """A unit whose record has ended neither pulls the mean down nor stands still in it."""
    frame = answers.small_wins()
    mean = frame.groupby("month")["solved"].mean()
    assert np.allclose(named(picture("small_wins"), "解决的，每个单位平均").y, mean)


def test_units_are_one_faint_trace_with_gaps(picture, answers):
    """Lines of different units are not joined; each point leads to its unit."""
    trace = named(picture("small_wins"), "各单位（12）")
    gaps = np.flatnonzero(np.isnan(trace.y.astype(float)))
    assert len(gaps) == 11 and trace.connectgaps is False
    assert [trace.customdata[gap + 1][0] for gap in gaps] == answers.units[1:]
    assert trace.line.width < named(picture("small_wins"), "解决的，每个单位平均").line.width


def test_without_problems_raised_there_is_no_dotted_line(picture, answers):
    """What nobody records is not drawn as nought."""
    figure = picture("small_wins", answers.small_wins().assign(raised=None))
    assert [trace.name for trace in figure.data] == ["各单位（12）", "解决的，每个单位平均"]


def test_many_units_are_a_band(picture, answers):
    """Past three hundred, lines would be one blot: the middle eight tenths are shaded, the mean stays."""
    one = answers.small_wins()
    frame = pd.concat([one.assign(unit=one["unit"] + str(copy)) for copy in range(MANY // 12 + 1)], ignore_index=True)
    figure = picture("small_wins", frame)
    assert [trace.name for trace in figure.data] == ["各单位的中间八成", "提出的，每个单位平均", "解决的，每个单位平均"]
    last = frame[frame["month"] == frame["month"].max()]["solved"]
    assert figure.data[0].y[11] == np.quantile(last, 0.9) and figure.data[0].y[12] == np.quantile(last, 0.1)
