"""What is due is counted period by period; the pace is judged only as far as records go; the forecast is wide enough."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cadence.rhythm import completeness, duties, months, warning
from cadence.rhythm.ledger import NONE, Ledger
from tests.rhythm import systems

FIRST = systems.FIRST
MONTHS = np.array([0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334])
"""First day of each month of 2023."""
SEPTEMBER = FIRST + 272
RULES = pd.DataFrame(
    [
        ("theme_day", "month", 1, False, None),
        ("members_meeting", "quarter", 1, False, None),
        ("group_meeting", "month", 1, True, "groups"),
        ("committee_meeting", "month", 1, False, "committee"),
        ("life_meeting", "year", 1, False, None),
    ],
    columns=["type", "every", "times", "times_per_group", "only_with"],
)


def kept(rows: list[tuple[int, int, str]], units: int = 1, organs: int = 1, founded: int = NONE, groups: int = 0) -> Ledger:
    """Activities (unit, day of 2023, kind), recorded two days later."""
    unit, day, kind = zip(*rows, strict=True) if rows else ((), (), ())
    ledger = systems.ledger(np.array(unit, int), np.array(day, int), units=units, organs=organs)
    more = {"founded_on": np.full(units, founded), "has_committee": False, "groups": groups}
    kinds = pd.Series(kind, dtype=object).astype("category")
    return replace(ledger, activities=ledger.activities.assign(kind=kinds), units=ledger.units.assign(**more))


def paced(done: list[int], planned: int, lag: int = 2, units: int = 1) -> Ledger:
    """Units with `done` activities spread evenly over January to September, and a plan each."""
    rows = [(unit, day, "theme_day") for unit, n in enumerate(done) for day in np.linspace(0, 268, n).astype(int)]
    ledger = kept(rows, units=len(done))
    plans = pd.DataFrame({"unit": range(len(done)), "year": 2023, "planned": planned})
    activities = ledger.activities.assign(recorded_on=ledger.activities["held_on"] + lag)
    return replace(ledger, plans=plans, activities=activities)


@pytest.mark.parametrize(
    ("founded", "due"),
    [(NONE, [12, 4]), (FIRST - 400, [12, 4]), (FIRST + MONTHS[3], [9, 3]), (FIRST + MONTHS[3] + 1, [8, 2]), (FIRST + 364, [0, 0])],
)
def test_what_is_due_begins_with_the_first_whole_period(founded, due):
    """A unit founded on 1 April owes nine theme days and three members' meetings; founded a day later eight and two."""
    ledger = kept([], founded=founded)
    assert [duties.due(ledger, rule, 2023).sum() for rule in RULES.to_dict("records")[:2]] == due


def test_groups_and_committees():
    """Times each group; nothing where there is none."""
    rules = RULES.to_dict("records")
    assert duties.due(kept([], groups=3), rules[2], 2023).tolist() == [[3] * 12]
    assert duties.due(kept([], groups=0), rules[2], 2023).sum() == 0
    assert duties.due(kept([]), rules[3], 2023).sum() == 0


def test_a_rule_that_is_not_understood_is_refused():
    """With the rule, the value and what is expected."""
    rule = RULES.iloc[0].to_dict()
    with pytest.raises(ValueError, match=r"theme_day: every is “week”; expected one of month, quarter, year"):
        duties.begins(rule | {"every": "week"}, 2023)
    with pytest.raises(ValueError, match="only_with is “canteen”"):
        duties.due(kept([]), rule | {"only_with": "canteen"}, 2023)


def test_meetings_made_up_at_the_end():
    """Missing in seven months to September, five held in December: three are due then, so two make up two of seven."""
    rows = [(0, MONTHS[0] + 3, "theme_day"), (0, MONTHS[1] + 3, "theme_day")] + [(0, 340 + at, "theme_day") for at in range(5)]
    found = duties.made_up(kept(rows), RULES, 2023, FIRST + MONTHS[9])
    assert found.to_dict("records") == [
        {"unit": 0, "kind": "theme_day", "due": 12, "held": 7, "gaps": 7, "surplus": 2, "made_up": 2, "missing": "3 4 5 6 7 8 9"}
    ]


def test_surplus_without_gaps_makes_up_nothing():
    """Twelve months served and ten extra in December: no list."""
    rows = [(0, day + 3, "theme_day") for day in MONTHS] + [(0, 340 + at, "theme_day") for at in range(10)]
    found = duties.made_up(kept(rows), RULES[:1], 2023, FIRST + MONTHS[9])
    assert found.empty


def test_what_is_still_due_in_june():
    """By 30 June four of six theme days and two quarterly meetings: two are overdue, six and two lie ahead."""
    rows = [(0, MONTHS[at] + 3, "theme_day") for at in (0, 1, 3, 4)] + [(0, MONTHS[at] + 3, "members_meeting") for at in (0, 3)]
    found = duties.still_due(kept(rows), RULES, 2023, np.array([FIRST + 180])).set_index("kind")
    assert found.loc["theme_day", ["due", "held", "overdue", "ahead"]].tolist() == [12, 4, 2, 6]
    assert found.loc["members_meeting", ["due", "held", "overdue", "ahead"]].tolist() == [4, 2, 0, 2]
    assert found.loc["life_meeting", "ahead"] == 1


def test_two_in_one_month_do_not_serve_the_next():
    """A month without a meeting stays without."""
    rows = [(0, 5, "theme_day"), (0, 8, "theme_day")]
    found = duties.still_due(kept(rows), RULES[:1], 2023, np.array([FIRST + 58])).iloc[0]
    assert found[["held", "overdue", "ahead"]].tolist() == [2, 1, 10]


def test_a_yearly_meeting_serves_the_year_it_counts_for():
    """One for last year held in January leaves this year's to be held; one for this year held next January serves it by then."""
    rows = [(0, 12, "life_meeting"), (1, 365 + 12, "life_meeting")]
    ledger = kept(rows, units=2)
    ledger = replace(ledger, activities=ledger.activities.assign(counts_for=[2022, 2023]))
    june, next_june = (duties.still_due(ledger, RULES[4:], 2023, np.full(2, FIRST + day)) for day in (180, 365 + 180))
    assert june[["held", "ahead"]].to_numpy().tolist() == [[0, 1], [0, 1]]
    assert next_june[["held", "overdue"]].to_numpy().tolist() == [[0, 1], [1, 0]]


def test_pressure_and_chance_by_hand():
    """60 planned, 24 done at Λ = .75: (36/.25)/(25/.77) = 4.44; P(NB(24.5, .75) ≥ 36) < 10⁻⁶; a kept plan has no pressure."""
    assert warning.pressure(np.array([60, 60]), np.array([24, 61]), np.array([0.75, 0.75])) == pytest.approx([144 / (25 / 0.77), 0])
    hand = 1 - sum(stats.nbinom.pmf(x, 24.5, 0.75) for x in range(36))
    found = warning.chance(np.array([60, 60]), np.array([24, 61]), np.array([0.75, 0.75]))
    assert found == pytest.approx([hand, 1], abs=1e-9)


def test_the_day_up_to_which_records_are_complete():
    """Nine of ten records come after 4 days, one after 30: the 90 % quantile is 4, with ten days on top."""
    rows = [(0, day, "theme_day") for day in range(60)]
    ledger = kept(rows)
    lag = np.where(np.arange(60) % 10 == 9, 30, 4)
    ledger = replace(ledger, activities=ledger.activities.assign(recorded_on=ledger.activities["held_on"] + lag))
    assert completeness.complete_through(ledger, SEPTEMBER).tolist() == [SEPTEMBER - 14]


def test_records_of_tomorrow_are_not_known():
    """Held or recorded after the day: not there; never told when: taken as there."""
    ledger = kept([(0, 10, "theme_day"), (0, 20, "theme_day"), (0, 30, "theme_day")])
    recorded = np.array([FIRST + 11, FIRST + 50, NONE], dtype=np.int32)
    ledger = replace(ledger, activities=ledger.activities.assign(recorded_on=recorded))
    assert (completeness.known(ledger, FIRST + 40).activities["held_on"] - FIRST).tolist() == [10, 30]


def test_an_organ_that_has_recorded_nothing_since_spring_is_not_late():
    """Six units whose last records were made on 28 February are judged to that day; four are too few to tell so."""
    for units, day in ((6, FIRST + 58), (4, SEPTEMBER - 12)):
        ledger = kept([(unit, at, "theme_day") for unit in range(units) for at in range(0, 58, 2)], units=units)
        assert completeness.complete_through(ledger, SEPTEMBER).tolist() == [day]


def test_who_is_behind_is_warned_and_who_is_not_is_not():
    """Of 60 planned 45 are done by mid-September in 59 units and 15 in one."""
    found = warning.warn(paced([45] * 59 + [15], 60), SEPTEMBER)
    assert found["level"].tolist() == ["none"] * 59 + ["severe"]
    assert found["p_ok"].iloc[59] < 0.001
    assert found["elapsed"].between(0.68, 0.72).all()
    assert set(found["complete"]) == {SEPTEMBER - 12}


def test_slow_records_are_not_slow_work():
    """The same work, recorded four months late, warns nobody: it is judged up to May."""
    ledger = paced([45] * 60, 60, lag=120)
    assert (warning.warn(ledger, SEPTEMBER)["level"] == "none").all()
    naive = warning.warn(ledger, SEPTEMBER, complete=np.full(60, SEPTEMBER))
    assert (naive["level"] != "none").all()


def test_a_late_system_is_forgiven_a_tenth_and_no_more():
    """All units a tenth behind: nobody; all units at half: everybody."""
    ordinary = warning.warn(paced([38] * 60, 60), SEPTEMBER)
    assert ordinary["pace"].iloc[0] == pytest.approx(0.9, abs=0.02)
    assert (ordinary["level"] == "none").all()
    assert (warning.warn(paced([18] * 60, 60), SEPTEMBER)["level"] == "severe").all()


def test_without_a_plan_regulations_count():
    """Five theme days and one quarterly meeting by the end of September, of sixteen: what is missing is told by kind."""
    rows = [(0, MONTHS[at] + 3, "theme_day") for at in range(5)] + [(0, 8, "members_meeting")]
    found = warning.warn(kept(rows), SEPTEMBER, RULES).iloc[0]
    assert found[["basis", "due", "due_done", "still"]].tolist() == ["due", 16, 6, 11]
    assert found[["still_theme_day", "still_members_meeting", "still_life_meeting"]].tolist() == [7, 3, 1]
    assert np.isnan(found["planned"])


def test_too_early_to_tell():
    """On 20 January there is no pace to speak of."""
    assert set(warning.warn(paced([3] * 5, 60), FIRST + 19)["level"]) == {"too_few"}


def test_a_unit_founded_later_is_not_there_yet():
    """Founded in October: no row in September."""
    assert warning.warn(kept([], founded=FIRST + 280), SEPTEMBER, RULES).empty


def test_the_band_holds_what_comes():
    """300 Poisson units judged on 30 September: what the year brings lies inside the 90 % band in 82–97 % of them."""
    ledger = systems.drawn(systems.steady(300, 40), organs=1)
    profile = warning.elapsed(ledger, 2023)
    year = np.bincount(ledger.activities["unit"], minlength=300)
    last = [warning.forecast(ledger, SEPTEMBER, unit, profile, SEPTEMBER).iloc[-1] for unit in range(300)]
    inside = [line["low"] <= n <= line["high"] for line, n in zip(last, year, strict=True)]
    assert 0.82 <= np.mean(inside) <= 0.97


def test_the_band_starts_with_what_was_done_and_grows():
    """From 18 September (12 days for records) to 31 December, month by month."""
    found = warning.forecast(paced([45] * 3, 60), SEPTEMBER, 1)
    assert (found["day"] - FIRST).tolist() == [260, 272, 303, 333, 364]
    assert found.loc[0, ["low", "middle", "high"]].tolist() == [43, 43, 43]
    assert (found[["low", "middle", "high"]].diff().dropna() >= 0).all().all()
    assert (found["low"] <= found["middle"]).all()
    assert found["middle"].iloc[-1] == pytest.approx(60, abs=3)


def test_months_and_their_days():
    """Round trip over a leap year."""
    assert months.last(2024) - months.first(2024) == 365
    days = np.arange(months.first(2023), months.last(2025) + 1)
    assert (months.begins(months.month(days)) <= days).all()
    assert np.bincount(months.year(days) - 2023).tolist() == [365, 366, 365]
