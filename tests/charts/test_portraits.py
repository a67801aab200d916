"""One unit beside the middle half of its peers: who is drawn, what is left out, and what a reader is told."""

from __future__ import annotations

import numpy as np

from tests.charts.conftest import named


def test_a_measure_nobody_recorded_has_no_panel(picture, answers):
    """Four panels where one measure has no value of the unit at all; five otherwise."""
    frame = answers.portrait_history()
    titles = [note.text for note in picture("portrait_history", frame).layout.annotations]
    assert len(titles) == 5 and "<b>实质融合率</b>" in titles
    frame.loc[frame["measure"] == "linked", "value"] = np.nan
    titles = [note.text for note in picture("portrait_history", frame).layout.annotations]
    assert len(titles) == 4 and "<b>实质融合率</b>" not in titles


def test_a_quarter_without_peers_has_no_band(picture, answers):
    """The quarter whose quartiles are empty has no bar, the unit's own dot stays."""
    frame = answers.portrait_history()
    figure = picture("portrait_history", frame)
    bands = [trace for trace in figure.data if trace.name == "同类中间一半"]
    lines = [trace for trace in figure.data if trace.name.startswith("本单位")]
    assert len(bands[0].x) == len(lines[0].x) - 1 == len(bands[1].x) - 1
    assert len(np.unique(frame["quarter"])) == len(lines[0].x)


def test_without_any_peers_only_the_unit_is_drawn(picture, answers):
    """No bar, no median, nothing about peers on hovering."""
    frame = answers.portrait_history().assign(quartile_low=np.nan, middle=np.nan, quartile_high=np.nan)
    figure = picture("portrait_history", frame)
    assert {trace.name for trace in figure.data} == {"本单位，实心为所选时间"}
    assert "同类" not in "".join(figure.data[0].hovertext)


def test_the_chosen_quarters_are_filled_the_earlier_ones_open(picture, answers):
    """Which dots belong to the chosen time is seen without the colour: open dots have the colour of the paper."""
    frame = answers.portrait_history()
    line = named(picture("portrait_history", frame), "本单位，实心为所选时间")
    chosen = frame.loc[frame["measure"] == "pace", "is_chosen"].to_numpy()
    assert (line.marker.color[chosen] == line.line.color).all() and (line.marker.color[~chosen] != line.line.color).all()


def test_shares_near_each_other_do_not_fill_the_panel(picture, answers):
    """A panel of shares spans three tenths at least; one that touches all of it ends at 100 %."""
    frame = answers.portrait_history()
    at = frame["measure"] == "attended"
    frame.loc[at, ["value", "quartile_low", "middle", "quartile_high"]] = [0.95, 0.94, 0.95, 0.96]
    low, high = picture("portrait_history", frame).layout.yaxis3.range
    assert high - low >= 0.3 and high < 1.05


def test_kinds_stand_beside_the_range_of_the_peers(picture, answers):
    """A bar of the unit per kind, a frame of the peers from their lower to their upper quartile."""
    frame = answers.portrait_types()
    figure = picture("portrait_types", frame)
    band, own = named(figure, "同类中间一半"), named(figure, "本单位")
    assert list(own.x) == list(frame["held"])
    assert np.allclose(band.base, frame["quartile_low"]) and np.allclose(band.base + band.x, frame["quartile_high"])


def test_at_most_fourteen_kinds_are_drawn(picture, answers):
    """The rest is in the table."""
    frame = answers.portrait_types()
    many = frame.loc[np.repeat(frame.index, 3)].reset_index(drop=True)
    assert len(named(picture("portrait_types", many), "本单位").y) == 14
