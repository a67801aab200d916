"""Organs whose evaluation lost its edge are found, those that keep it are not; figures worked by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cadence.rhythm import ledgerwide, organs, rotation
from cadence.rhythm.judgement import COLUMNS
from cadence.rhythm.ledger import Ledger
from tests.rhythm import systems

DECEMBER, MARCH, JUNE, SEPTEMBER = (
    int(np.datetime64(day).astype(int)) for day in ("2023-12-15", "2023-03-15", "2023-06-15", "2023-09-15")
)


def assessed(rows: list[tuple], organs: int = 10) -> Ledger:
    """A ledger of nothing but assessments: organ, unit, year, assessed_on, score, outcome."""
    names = ["organ", "unit", "year", "assessed_on", "score", "outcome"]
    table = pd.DataFrame(rows, columns=names).assign(kind="")
    return replace(systems.ledger([], [], units=200, organs=organs), assessments=table)


def scores(organ: int, values: list[float], day: int = DECEMBER) -> list[tuple]:
    """One organ's units with these scores."""
    return [(organ, organ * 20 + at, 2023, day, value, "") for at, value in enumerate(values)]


def lists(organ: int, units: int, winners: list[list[int]]) -> list[tuple]:
    """One organ's awards, year after year."""
    return [
        (organ, organ * 20 + unit, 2023 + year, DECEMBER + 365 * year, np.nan, "reward" if unit in won else "")
        for year, won in enumerate(winners)
        for unit in range(units)
    ]


def yearend_of(organ: int, p: list[float]) -> pd.DataFrame:
    """Units of one organ with year-end p-values."""
    return pd.DataFrame({"organ": organ, "year": 2023, "p_w6": p, "p_Q4": 1.0})


def test_the_sum_of_two_dice():
    """P(S ≥ s) of two draws from {0, 1} with equal chance is 1, ¾, ¼."""
    assert organs.convolved(np.array([0.5, 0.5]), 2) == pytest.approx([1, 0.75, 0.25])


def test_an_organ_that_rushes_as_a_whole_is_found_and_no_other():
    """Planted: one organ of 30 whose units all have p = .02; in the others p is even."""
    even = [(at + 0.5) / 20 for at in range(20)]
    frame = pd.concat([yearend_of(organ, even) for organ in range(1, 30)] + [yearend_of(0, [0.02] * 20)], ignore_index=True)
    found = organs.yearend_culture(frame).set_index("organ")
    assert found.index[found["flagged"]].tolist() == [0]
    assert found.loc[0, ["n", "k", "level"]].tolist() == [20, 20, "high"]
    assert found.loc[0, "expected"] == pytest.approx((20 + 29 * 2) / 600)
    assert found.loc[0, "effect"] == pytest.approx(600 / 78)
    assert found.loc[0, "low"] < found.loc[0, "effect"]


def test_one_unit_is_no_culture():
    """A single unit with the smallest p there is does not make its organ rush."""
    even = [(at + 0.5) / 20 for at in range(20)]
    frame = pd.concat([yearend_of(organ, even) for organ in range(30)], ignore_index=True)
    frame.loc[0, "p_w6"] = 1e-30
    assert not organs.yearend_culture(frame)["flagged"].any()


def test_units_without_a_test_do_not_count():
    """NaN is not tested; with fewer than five tested units nothing is said."""
    frame = pd.concat([yearend_of(organ, [0.5] * 6) for organ in range(6)] + [yearend_of(6, [0.001] * 4 + [np.nan] * 9)])
    frame.loc[frame["p_w6"].isna(), "p_Q4"] = np.nan
    found = organs.yearend_culture(frame.reset_index(drop=True)).set_index("organ")
    assert found.loc[6, ["n", "level", "flagged"]].tolist() == [4, "too_few", False]


def test_pressed_scores_are_found():
    """Planted: an organ whose 12 scores differ by half a point where others differ by several."""
    spread = [70, 74, 78, 80, 82, 84, 86, 88, 90, 92, 95, 98]
    rows = [row for organ in range(1, 8) for row in scores(organ, spread)] + scores(0, [93, 93.5] * 6)
    found = organs.score_compression(assessed(rows)).set_index("organ")
    assert found.index[found["flagged"]].tolist() == [0]
    assert found.loc[0, "effect"] == pytest.approx(
        (np.var([0, 0.5] * 6, ddof=1) + 0.25 / 12) / (np.var(spread, ddof=1) + 0.25 / 12)
    )
    assert found.loc[0, "low"] < found.loc[0, "effect"] < found.loc[0, "high"] < 0.1
    assert found.loc[0, "k"] == 12
    assert found["score"].idxmax() == 0


def test_only_the_last_score_of_the_year_counts():
    """Even marks in spring do not hide that December spreads."""
    spread = [70, 74, 78, 80, 82, 84, 86, 88, 90, 92, 95, 98]
    rows = [row for organ in range(8) for row in scores(organ, spread) + scores(organ, [90.0] * 12, MARCH)]
    assert not organs.score_compression(assessed(rows))["flagged"].any()


def test_scaling_all_scores_changes_nothing():
    """Points of 100 or of 10: the ratio has no unit."""
    rows = [row for organ in range(8) for row in scores(organ, list(np.linspace(60, 60 + 5 * (organ + 1), 10)))]
    small = [(*row[:4], row[4] / 10, "") for row in rows]
    ten, hundred = (organs.score_compression(assessed(its)) for its in (small, rows))
    assert ten["p"].to_numpy() == pytest.approx(hundred["p"].to_numpy())


def test_alike_by_coarse_grades_is_not_compression():
    """Grades of 80 and 90, nine in ten 90: organs of 6 that happen to have one grade only are nothing."""
    rows = [row for organ in range(10) for row in scores(organ, [90.0] * (6 if organ < 5 else 9) + [80.0] * (organ >= 5))]
    found = organs.score_compression(assessed(rows))
    assert not found["flagged"].any()
    assert (found["effect"] > 0).all()


def test_the_smallest_step():
    """Half points, whole points; one score alone has no step."""
    assert organs.step(pd.Series([1, 5, 3, 2])) == 1
    assert organs.step(pd.Series([90, 88.5, 88, 90])) == 0.5
    assert organs.step(pd.Series([90.0, 90.0])) == 0


def test_all_in_december_is_found_and_every_quarter_is_not():
    """Organ 0 assesses in December only, organ 1 in each quarter, organ 2 in two and one stray unit of 20 in spring."""
    rows = scores(0, [80.0] * 6)
    rows += [row for day in (MARCH, JUNE, SEPTEMBER, DECEMBER) for row in scores(1, [80.0] * 6, day)]
    rows += scores(2, [80.0] * 20) + scores(2, [80.0] * 20, SEPTEMBER) + scores(2, [80.0], MARCH)
    found = organs.yearend_settlement(assessed(rows)).set_index("organ")
    assert found["quarters"].tolist() == [1, 4, 2]
    assert found["flagged"].tolist() == [True, False, True]
    assert found.loc[0, ["n", "k", "level"]].tolist() == [6, 6, "high"]
    assert found.loc[1, "effect"] == pytest.approx(0.25 / (42 / 365))


def test_a_year_that_is_not_over_is_not_settled():
    """Records to the end of June cannot show that the rest of the year was not assessed."""
    ledger = assessed(scores(0, [80.0] * 6, JUNE))
    early = replace(ledger, complete=np.full(10, JUNE + 10))
    assert organs.yearend_settlement(early)["level"].tolist() == ["too_few"]


def test_rewards_without_penalties():
    """Five organs with 6 penalties of 20, one with none of 40: (1 − .3)^40/2 is its p."""
    rows = [(0, unit, 2023, DECEMBER, np.nan, "reward") for unit in range(40)]
    for organ in range(1, 6):
        outcomes = ["penalty"] * 6 + ["reward"] * 14
        rows += [(organ, organ * 20 + at, 2023, DECEMBER, np.nan, outcome) for at, outcome in enumerate(outcomes)]
    found = organs.reward_heavy(assessed(rows)).set_index("organ")
    assert found.loc[0, "p"] == pytest.approx(0.7**40 / 2, rel=1e-3)
    assert found.index[found["flagged"]].tolist() == [0]
    assert found["expected"].unique() == pytest.approx([0.3])


def test_organs_that_differ_by_themselves_are_not_accused():
    """Shares of penalties spread evenly from 5 % to 55 % over 40 organs: the lowest is an ordinary case of that spread."""
    rows = []
    for organ, share in enumerate(np.linspace(0.05, 0.55, 40)):
        few = round(40 * share)
        rows += [(organ, at, 2023, DECEMBER, np.nan, "penalty" if at < few else "reward") for at in range(40)]
    assert not organs.reward_heavy(assessed(rows, organs=40))["flagged"].any()


def test_outcomes_add_up_over_years():
    """Eleven outcomes are too few, and with two more of the next year there are thirteen."""
    rows = [(organ, unit, 2023, DECEMBER, np.nan, "reward") for organ in range(6) for unit in range(11)]
    rows += [(organ, unit, 2024, DECEMBER, np.nan, "penalty") for organ in range(6) for unit in range(2)]
    found = organs.reward_heavy(assessed(rows))
    assert found.groupby("year")["n"].first().tolist() == [11, 13]
    assert found.groupby("year")["level"].first().tolist() == ["too_few", "none"]


def test_repeats_by_lot_are_hypergeometric():
    """Two lists of 2 among 5: no repeat with C(3,2)/C(5,2) = .3, two with .1; three lists add up to one."""
    assert rotation.repeats(5, np.array([2, 2]), 1.0) == pytest.approx([0.3, 0.6, 0.1, 0, 0])
    assert rotation.repeats(9, np.array([2, 3, 2]), 4.0).sum() == pytest.approx(1)


def test_the_round_of_three_years():
    """Three lists of 3 among 9 without a repeat: by lot C(6,3)/C(9,3)·1/C(9,3)."""
    by_lot = rotation.repeats(9, np.array([3, 3, 3]), 1.0)
    assert by_lot[0] == pytest.approx(20 / 84 / 84)


def test_a_rotation_is_found_among_organs_that_reward_merit():
    """Planted: organ 0 hands 4 awards of 16 units round; seven others reward nearly the same four each year."""
    rows = lists(0, 16, [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]])
    for organ in range(1, 8):
        rows += lists(organ, 16, [[0, 1, 2, 3], [0, 1, 2, 4], [0, 1, 3, 4]])
    found = rotation.award_rotation(assessed(rows))
    assert found.loc[found["flagged"], ["organ", "year"]].to_numpy().tolist() == [[0, 2025]]
    assert set(found.loc[found["year"] == 2024, "level"]) == {"too_few"}
    assert found["odds"].iloc[0] > 5


def test_rewards_beside_top_grades_do_not_hide_a_rotation():
    """Planted: the same lists as top grades, and a reward for every unit every year; rewards alone are lists as before."""
    rows = lists(0, 16, [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]])
    for organ in range(1, 8):
        rows += lists(organ, 16, [[0, 1, 2, 3], [0, 1, 2, 4], [0, 1, 3, 4]])
    graded = [(*row[:5], row[5].replace("reward", "grade")) for row in rows]
    rewarded = [(*row[:5], "reward") for row in rows]
    found = rotation.award_rotation(assessed(graded + rewarded))
    assert found.loc[found["flagged"], ["organ", "year"]].to_numpy().tolist() == [[0, 2025]]
    assert not rotation.award_rotation(assessed(rewarded))["flagged"].any()


def test_being_unlike_the_others_is_no_rotation():
    """An organ that draws lots, with as many repeats as lots give, is not accused because others reward merit."""
    rows = lists(0, 16, [[0, 1, 2, 3], [3, 5, 6, 7], [0, 9, 5, 11]])
    for organ in range(1, 8):
        rows += lists(organ, 16, [[0, 1, 2, 3]] * 3)
    assert not rotation.award_rotation(assessed(rows))["flagged"].any()


def test_a_full_round_starts_anew():
    """Lists of 5 among 8 units: only two years make a round that is not yet full."""
    is_won = np.zeros((8, 4))
    for year, winners in enumerate([[0, 1, 2, 3, 4], [3, 4, 5, 6, 7], [0, 1, 2, 3, 4], [3, 4, 5, 6, 7]]):
        is_won[winners, year] = 1
    assert rotation.unfilled(is_won).shape == (8, 2)


def test_everything_is_added_to_the_findings():
    """One call adds every pattern of this house, with the common columns first; tables without rows add none."""
    findings = pd.DataFrame(columns=[*COLUMNS, "p_w6", "p_Q4"])
    ledger = systems.drawn(systems.steady(40, 30))
    assert ledgerwide.added(ledger, findings).empty
    yearend = yearend_of(0, [0.5] * 8).assign(unit=range(8), pattern="yearend_rush")
    added = ledgerwide.added(replace(ledger, assessments=assessed(scores(0, [80.0] * 6)).assessments), yearend)
    assert set(added["pattern"]) == {"yearend_rush", "yearend_culture", "score_compression", "yearend_settlement"}
    assert set(COLUMNS) <= set(added.columns)
