"""The engine: expected shares, dispersion, tests and intervals, each against an example worked by hand or a property."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cadence import rhythm
from cadence.rhythm import dispersion, judgement, placebo, profile, windows, yearend
from cadence.rhythm.ledger import NONE, Ledger
from cadence.rhythm.year import counted, years
from tests.rhythm import systems
from tests.rhythm.systems import DAYS, FIRST, WORKING


def test_activities_are_counted_where_a_unit_can_be_judged():
    """Not those with a season of their own, before the founding, after the records are complete, or in another year."""
    told = systems.ledger(
        [0, 0, 0, 1, 1, 0],
        [3, 3, 5, 10, 200, 400],
        units=2,
        organs=2,
        anchored=np.array([False, False, True, False, False, False]),
        founded=np.array([NONE, FIRST + 20], dtype=np.int32),
        complete=[FIRST + 364, FIRST + 199],
    )
    year = counted(told, 2023)
    assert year.held[0, 3] == 2
    assert year.n.tolist() == [2, 0]
    assert (year.opens.tolist(), year.closes.tolist()) == ([0, 20], [365, 200])
    assert years(told) == [2023, 2024]


def test_windows_have_the_days_they_name():
    """Last six weeks, quarter, quarter ends, and the days before an inspection without the day itself."""
    year = counted(systems.ledger([0], [0], units=1, organs=2, inspections=[(1, 100), (1, 5)]), 2023)
    assert windows.last_weeks(year).sum() == 42
    assert np.flatnonzero(windows.last_quarter(year))[[0, -1]].tolist() == [273, 364]
    assert windows.quarter_ends(year).sum(axis=1).tolist() == [14] * 4
    before = windows.before_inspections(year)
    assert not before[0].any()
    assert np.flatnonzero(before[1]).tolist() == [*range(5), *range(79, 100)]


def test_a_unit_is_compared_with_other_organs_only():
    """What an organ's own units do leaves what is expected of them untouched."""
    rates = systems.steady(100, 60)
    alone = profile.system(counted(systems.drawn(rates), 2023))
    told = systems.drawn(rates)
    of_organ = told.units["organ"].to_numpy()[told.activities["unit"]] == 3
    moved = told.activities["held_on"].where(~of_organ, FIRST + 350)
    altered = profile.system(counted(Ledger(**{**vars(told), "activities": told.activities.assign(held_on=moved)}), 2023), rounds=0)
    plain = profile.system(counted(told, 2023), rounds=0)
    assert alone.is_system.all()
    assert np.allclose(plain.weight[3], altered.weight[3])
    assert not np.allclose(plain.weight[4], altered.weight[4])


def test_obvious_rushers_do_not_shape_what_is_expected():
    """With a third of the units rushing the trimmed profile stays near the steady share, the plain one does not."""
    rates = systems.steady(300, 80)
    rates[::3, 273:] *= 4
    year = counted(systems.drawn(rates), 2023)
    quarter = windows.last_quarter(year)
    true = WORKING[273:].sum() / WORKING.sum()
    trimmed, plain = (profile.system(year, rounds).expected(quarter).mean() for rounds in (2, 0))
    assert abs(trimmed - true) < 0.02
    assert plain - true > 0.08


def test_few_units_are_judged_by_working_days():
    """Fewer than 30 others make no system."""
    found = profile.system(counted(systems.drawn(systems.steady(20, 60)), 2023))
    assert not found.is_system.any()
    assert np.allclose(found.shares(slice(0, 1))[0], WORKING / WORKING.sum())


def test_exposure_begins_with_the_unit():
    """A unit founded in October is expected to hold everything in Q4."""
    told = systems.drawn(systems.steady(60, 60), founded=np.array([FIRST + 273] + [NONE] * 59, dtype=np.int32))
    found = profile.system(counted(told, 2023))
    assert found.expected(windows.last_quarter(found.year))[0] == pytest.approx(1)
    frame = yearend.yearend(found)
    assert np.isnan(frame["p_Q4"][0])
    assert not frame["flagged"][0]


def test_dispersion_of_a_hand_counted_unit():
    """Ten blocks with 4 and 0 in turn: φ = Σ (X − 2)²/2/9; a metronome has 0; within blocks likewise."""
    counts, shares = np.tile([[4.0, 0.0]], (1, 5)), np.full((1, 10), 0.1)
    assert dispersion.pearson(counts, shares)[0] == pytest.approx(10 * 4 / 2 / 9)
    assert dispersion.pearson(np.full((1, 10), 2.0), shares)[0] == 0
    assert dispersion.within(counts, shares, blocks=5)[0] == pytest.approx(5 * 8 / (10 * 2 * 0.5))


def test_bins_hold_equal_expectation():
    """Activities and expected shares fall together, whatever the calendar."""
    shares = np.array([[1.0, 3.0, 0.0, 2.0, 2.0]])
    counts, parts = dispersion.binned(np.array([[1, 2, 3, 4, 5]]), shares, bins=2)
    assert counts.tolist() == [[3, 12]]
    assert parts.tolist() == [[0.5, 0.5]]
    stretched = dispersion.binned(np.array([[1, 2, 3, 4, 5]]), shares * 7, bins=2)
    assert all(np.array_equal(a, b) for a, b in zip((counts, parts), stretched, strict=True))


def test_own_dispersion_is_drawn_to_the_pooled_one():
    """φ̃ = (4φ₀ + 9φ)/13, and φ₀ alone where a unit's own cannot be used."""
    own = np.array([1.0, 1.0, 4.0])
    pooled = np.minimum(own, np.quantile(own, 0.95)).mean()
    found = dispersion.moderated(own, np.array([True, True, True]), freedom=9, prior=4)
    assert found[2] == pytest.approx((4 * pooled + 36) / 13)
    assert dispersion.moderated(own, np.array([True, True, False]), freedom=9, prior=4)[2] == pytest.approx(1)


def test_signed_root_and_its_tail():
    """28 of 60 where 27 % are expected, worked by hand; nothing is suspicious in fewer than expected."""
    k, n, p = np.array([28, 10]), np.array([60, 60]), np.array([0.27, 0.27])
    root = judgement.signed_root(k, n, p)
    by_hand = np.sqrt(2 * (28 * np.log(28 / 16.2) + 32 * np.log(32 / 43.8)))
    assert root[0] == pytest.approx(by_hand)
    assert root[1] < 0
    tail = judgement.one_sided(k, n, p, np.array([1.44, 1.44]), 13)
    assert tail[0] == pytest.approx(stats.t.sf(by_hand / 1.2, 13))
    assert tail[1] > 0.5


def test_rate_ratio_holds_its_truth():
    """The interval of a known factor covers it in about 95 of 100 draws; it widens with dispersion."""
    n, p, factor = 80, 0.25, 2.5
    inside = factor * p / (factor * p + 1 - p)
    k = np.random.default_rng(4).binomial(n, inside, 4000)
    found = judgement.rate_ratio(k, np.full(4000, n), np.full(4000, p), np.ones(4000))
    assert 0.93 < ((found["low"] <= factor) & (factor <= found["high"])).mean() < 0.975
    wide = judgement.rate_ratio(k, np.full(4000, n), np.full(4000, p), np.full(4000, 3.0))
    assert (wide["low"] < found["low"]).all()
    assert (wide["high"] > found["high"]).all()


def test_levels_follow_q_and_size():
    """Below 8 activities nothing is judged; what is not flagged has no level."""
    n, q = np.array([5, 50, 50, 50]), np.array([np.nan, 0.01, 0.04, 0.01])
    assert judgement.levels(n, q, np.array([False, True, True, False])).tolist() == ["too_few", "high", "medium", "none"]


def test_q_values_leave_out_what_was_not_tested():
    """Benjamini–Hochberg over three p-values; the untested one stays unknown."""
    q = judgement.q_values(np.array([0.01, np.nan, 0.04, 0.03]))
    assert q[[0, 2, 3]] == pytest.approx([0.03, 0.04, 0.04])
    assert np.isnan(q[1])


def test_scaling_the_calendar_changes_nothing():
    """A campaign that doubles everybody's summer is in the profile and moves nobody's verdict."""
    frames = []
    for campaign in (1, 3):
        rates = systems.steady(200, 70)
        rates[:, 150:200] *= campaign
        rates[7, 273:] *= 5
        frames.append(yearend.yearend(profile.system(counted(systems.drawn(rates), 2023))))
    for frame in frames:
        assert frame.loc[frame["flagged"], "unit"].tolist() == [7]


def test_nobody_is_accused_in_a_steady_system():
    """400 units that work at random: no timed finding, placebo windows alarm at most as often as promised."""
    rates = systems.steady(400, 60)
    found = rhythm.judge(systems.drawn(rates, seed=8, inspections=[(organ, 170) for organ in range(10)]))
    timed = found[found["pattern"].isin(["yearend_rush", "quarterend_rush", "preinspection_rush", "fading", "backfill"])]
    assert timed.groupby("pattern").size().eq(400).all()
    assert timed["flagged"].sum() == 0
    rows = found[found["pattern"] == "placebo"]
    assert (rows["k"] / rows["n"]).mean() < 0.07
    assert not found.loc[found["pattern"] == "system_yearend", "flagged"].any()


def test_the_whole_system_is_held_against_the_calendar():
    """Where everybody rushes nobody differs from the others; the row of the system says it."""
    rates = systems.steady(200, 60)
    rates[:, 273:] *= 3
    found = rhythm.judge(systems.drawn(rates, seed=3))
    whole = found[found["pattern"] == "system_yearend"].set_index("window")
    assert whole.loc["Q4", "flagged"]
    assert whole.loc["Q4", "low"] < 3 < whole.loc["Q4", "high"]
    assert found.loc[found["pattern"] == "yearend_rush", "flagged"].sum() == 0


def test_a_year_half_told_is_judged_on_what_there_is():
    """Records complete to 15 November: Q4 is its first half, the last six weeks are not tested yet."""
    rates = systems.steady(200, 80)
    rates[5, 273:] *= 6
    rates[:, 319:] = 0
    told = systems.drawn(rates, complete=np.full(10, FIRST + 318))
    frame = yearend.yearend(profile.system(counted(told, 2023)))
    assert frame["p_w6"].isna().all()
    assert frame["expected"].between(0.1, 0.2).all()
    assert frame.loc[frame["flagged"], "unit"].tolist() == [5]


def test_shaky_placebo_lowers_the_levels():
    """Where placebo windows alarm too often, high becomes medium, and medium is no finding any more."""
    row = {"pattern": "yearend_rush", "flagged": True}
    findings = pd.DataFrame(
        [{**row, "level": "high"}, {**row, "level": "medium"}, {**row, "pattern": "backfill", "level": "medium"}]
    )
    lower = placebo.downgraded(findings)
    assert lower["level"].tolist() == ["medium", "hint", "medium"]
    assert lower["flagged"].tolist() == [True, False, True]
    assert placebo.is_shaky(pd.DataFrame({"n": [500], "k": [40]}))
    assert not placebo.is_shaky(pd.DataFrame({"n": [500], "k": [30]}))
    assert not placebo.is_shaky(pd.DataFrame({"n": [20], "k": [4]}))


def test_nothing_is_judged_in_an_empty_ledger():
    """A system without activities has nothing to say, and does not fail."""
    found = rhythm.judge(systems.ledger([], [], units=3, organs=2), [2023])
    assert not found["flagged"].any()
    assert set(found.loc[found["unit"] >= 0, "level"]) <= {"too_few", "none"}
    assert DAYS == 365
