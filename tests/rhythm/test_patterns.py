"""Each pattern finds what was planted for it, and leaves the units beside it alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cadence import rhythm
from cadence.rhythm import backfill, fading, profile, stopgo, yearend
from cadence.rhythm.ledger import Ledger
from cadence.rhythm.year import counted
from tests.rhythm import systems
from tests.rhythm.systems import WORKING

INSPECTED = [(organ, day) for organ in range(10) for day in (120 + 5 * organ, 240 - 3 * organ)]


def planted() -> np.ndarray:
    """Rates of 300 units; six of them have a habit each."""
    rates = systems.steady(300, 90)
    days = np.arange(systems.DAYS)
    rates[0, -42:] *= 5
    rates[1, 273:] *= 5
    for end in (90, 181, 273, 365):
        rates[2, end - 14 : end] *= 5
    for organ, day in INSPECTED:
        if organ == 3:
            rates[3, day - 21 : day] *= 7
    rates[4] *= 3 * 0.05 ** (days / 364)
    rates[5] *= np.where((days // 40) % 2 == 0, 1.9, 0.02)
    return rates


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    """Everything that is found in the planted system."""
    return rhythm.judge(systems.drawn(planted(), seed=5, inspections=INSPECTED))


@pytest.mark.parametrize(
    ("pattern", "units"),
    [("yearend_rush", {0, 1}), ("quarterend_rush", {2}), ("preinspection_rush", {3}), ("fading", {4}), ("stop_go", {5})],
)
def test_a_planted_habit_is_found_and_named(found, pattern, units):
    """The units with the habit and no other among 300 (stop and go, a description at p ≤ .003, may tag a few more)."""
    flagged = set(found.loc[(found["pattern"] == pattern) & found["flagged"], "unit"])
    assert units <= flagged
    assert len(flagged - units) <= (4 if pattern == "stop_go" else 0)


def test_a_finding_tells_what_it_rests_on(found):
    """k of n, expected share, the interval around the true factor, q and level."""
    row = found[(found["pattern"] == "yearend_rush") & (found["unit"] == 0)].iloc[0]
    assert row["window"] == "w6"
    assert row["low"] < 5 < row["high"]
    assert row["expected"] == pytest.approx(WORKING[-42:].sum() / WORKING.sum(), abs=0.01)
    assert row["level"] == "high"
    assert row["q"] <= 0.02


def test_inspections_in_december_are_not_named_twice():
    """A year-end rush before an inspection of 28 December belongs to the year's end."""
    rates = systems.steady(300, 90)
    rates[7, -25:] *= 8
    frame = rhythm.judge(
        systems.drawn(rates, inspections=[(organ, 361) for organ in range(10)] + [(organ, 100) for organ in range(10)])
    )
    rows = frame[frame["unit"] == 7].set_index("pattern")
    assert rows.loc["yearend_rush", "flagged"]
    assert not rows.loc["preinspection_rush", "flagged"]
    assert rows.loc["preinspection_rush", "why"] == "yearend"


def test_without_a_registered_inspection_nothing_is_said():
    """An organ whose inspections are not known cannot be judged."""
    frame = rhythm.judge(systems.drawn(systems.steady(100, 60), inspections=[(0, 200)]))
    rows = frame[(frame["pattern"] == "preinspection_rush") & (frame["organ"] == 1)]
    assert set(rows["why"]) == {"no_inspection"}
    assert rows["p"].isna().all()
    assert not rows["flagged"].any()


def test_a_second_suspicious_year_is_a_hint():
    """p ≤ .05 two years running is told in the second year; the same p in one year is not."""
    rows = [(1, 2023, 0.04), (1, 2024, 0.03), (2, 2024, 0.01), (3, 2023, 0.02), (3, 2024, 0.2)]
    findings = pd.DataFrame(rows, columns=["unit", "year", "p"]).assign(pattern="yearend_rush", level="none")
    assert yearend.habits(findings)["level"].tolist() == ["none", "hint", "none", "none", "none"]


def test_growth_from_january_is_noted():
    """Positive and large where activity rose all year before October."""
    rates = systems.steady(60, 120)
    rates[0] *= np.linspace(0.2, 1.8, systems.DAYS)
    found = yearend.growth(profile.system(counted(systems.drawn(rates), 2023)))
    assert found[0] > yearend.GROWING
    assert abs(found[1:].mean()) < 0.5


def records(recorded, held=None) -> Ledger:
    """Unit 0 of organ 0 with an inspection on day 200, and its records; nine units beside it that record at once."""
    held = np.arange(0, 180, 6) if held is None else held
    others = np.repeat(np.arange(10, 100, 10), 20)
    days = np.tile(np.arange(5, 305, 15), 9)
    return systems.ledger(
        np.r_[np.zeros(len(held), dtype=int), others],
        np.r_[held, days],
        units=100,
        recorded=np.r_[recorded, days + 1],
        inspections=[(0, 200)],
    )


def test_backfill_before_an_inspection():
    """30 records held all along and written down on five days of the fortnight before day 200."""
    held = np.arange(0, 180, 6)
    told = records(np.array([188, 190, 192, 195, 197])[np.arange(30) % 5])
    row = backfill.backfill(counted(told, 2023)).iloc[0]
    pe = (WORKING[186:200].sum() + WORKING[351:].sum()) / WORKING.sum()
    late = int((np.array([188, 190, 192, 195, 197])[np.arange(30) % 5] - held > 15).sum())
    assert (row["n"], row["k"], row["late"]) == (30, late, late)
    assert row["expected"] == pytest.approx(pe)
    assert row["effect"] == pytest.approx((late + pe) / (late + 1))
    assert row["p"] == pytest.approx(pe**5)
    assert row["flagged"]


def test_late_records_at_no_deadline_are_no_backfill():
    """The same delays, spread over the year."""
    held = np.arange(0, 180, 6)
    assert not backfill.backfill(counted(records(held + 40), 2023))["flagged"].any()


def test_an_import_of_the_whole_organ_is_no_backfill():
    """Every unit of an organ writes its half year on three days before an inspection: the ledger came in, nobody hurried."""
    unit, held = np.repeat(np.arange(0, 100, 10), 20), np.tile(np.arange(0, 180, 9), 10)
    recorded = np.array([190, 191, 192])[np.arange(200) % 3]
    told = systems.ledger(unit, held, units=100, recorded=recorded, inspections=[(0, 200)])
    assert backfill.imported(counted(told, 2023), unit, recorded, np.arange(100) % 10 == 0).all()
    assert not backfill.backfill(counted(told, 2023))["flagged"].any()


def test_an_organ_that_begins_in_spring_brings_in_its_winter():
    """A quarter of the year before an inspection in April comes in on three days, a sixth of all records: still an import."""
    unit, held = np.repeat(np.arange(0, 100, 10), 36), np.tile(np.arange(0, 360, 10), 10)
    recorded = np.where(held < 95, 95 + np.arange(360) % 3, held + 2)
    told = systems.ledger(unit, held, units=100, recorded=recorded, inspections=[(0, 105)])
    frame = backfill.backfill(counted(told, 2023))
    assert not frame["flagged"].any()
    assert frame["late"].sum() == 0


def test_laplace_of_a_hand_counted_unit():
    """Everything on the first of two equally expected days: ū = ¼, L = √(12n)/4."""
    held = np.array([[6, 0], [0, 6], [3, 3], [0, 0]])
    assert fading.laplace(np.ones((4, 2)), held).tolist() == pytest.approx([np.sqrt(72) / 4, -np.sqrt(72) / 4, 0, 0])
    blocks = np.array([[3.0, 2.0, 1.0], [1.0, 3.0, 1.0]])
    assert fading.about_line(blocks)[0] == pytest.approx(0)
    assert fading.about_line(blocks)[1] == pytest.approx((4 / 9 + 16 / 9 + 4 / 9) / (5 / 3) / 1)


def test_spells_are_more_irregular_than_the_same_days_strewn():
    """R of ten busy weeks in a row against the same number one week in five; and the longest silence in working days."""
    spells, strewn = np.zeros((1, 52)), np.zeros((1, 52))
    spells[0, 15:25], strewn[0, ::5] = 3, 3
    assert stopgo.irregularity(spells)[0] > stopgo.irregularity(strewn)[0] + 3
    p, _ = stopgo.tail(stopgo.irregularity(np.vstack([spells, strewn])), np.array([30, 33]))
    assert p[0] < 0.003 < p[1]
    active = np.array([[True, False, False, False, False, True, False]])
    working = np.array([[True, True, False, True, True, True, True]])
    assert stopgo.longest_silence(active, working).tolist() == [3]
