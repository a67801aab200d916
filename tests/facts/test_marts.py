"""The marts: what was due, held, counted and recorded, from a ledger to the tables that pages read."""

from __future__ import annotations

import datetime as dt

import pytest

from cadence import queries, rules
from tests.facts.office import months

# --- no row is counted twice --------------------------------------------------------------------------------------------

KEYS = {
    "activities": "activity",
    "assessments": "unit, assessed_on, quarter, kind, outcome",
    "columns": "kind, field",
    "coverage": "unit, month",
    "daily": "unit, day, type",
    "days": "day",
    "contrasts": "unit, year, measure",
    "dictionary": "name, word",
    "due": "unit, rule, starts_on",
    "expected": "organ, year, week",
    "explanations": "unit, year, pattern",
    "findings": "scope, unit, year, pattern, span",
    "hosts": "unit, month, type, host",
    "made_up": "unit, year, type",
    "monthly": "unit, month, type",
    "notes": "note",
    "peers": "unit",
    "planned": "unit, month, type",
    "ratings": "unit, quarter, assessment, criterion, rater",
    "recordings": "activity",
    "results": "unit, quarter, assessment, rater",
    "registers": "unit, quarter",
    "scores": "unit, quarter, criterion",
    "silent": "unit, quarter",
    "sizes": "unit, year",
    "sources": "activity",
    "subjects": "topic",
    "sync": "unit, month, type, step",
    "sync_steps": "preset, step",
    "task_support": "task, unit, month, type",
    "tasks": "unit, task, quarter",
    "thresholds": "name",
    "topic_words": "topic, name, word",
    "types": "type",
    "themes": "unit, year, theme",
    "units": "unit",
}


def busy(office) -> None:
    """Two units with everything twice: imports, quarters of the register, tasks, raters, steps and versions."""
    both, quarters = ("甲", "乙"), ("2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01")
    for _ in range(2):
        office.batch(
            units=[
                {"unit": unit, "parent": "机关", "members": 9, "groups": 2, "quarter": day, "key": unit + day}
                for unit in both for day in quarters
            ],
            activities=[
                {
                    "key": f"{unit}{kind}{day}{n}", "unit": unit, "type": kind, "held_on": day, "recorded_on": "2024-12-31",
                    "host": "h", "task": "T1", "sync": "deploy,study", "expected": 9, "attended": 8, "parent": "机关",
                }
                for unit in both for kind in ("theme_day", "study") for day in quarters for n in range(2)
            ],
            tasks=[
                {"unit": unit, "task": "优化审批", "number": "T1", "quarter": day, "key": unit + day}
                for unit in both for day in quarters
            ],
            evaluations=[{"unit": unit, "score": 80 + n, "rater": str(n), "key": unit + str(n)} for unit in both for n in range(2)],
            plans=[{"unit": unit, "item": "党课", "version": n, "key": unit + str(n)} for unit in both for n in (1, 2)],
            columns=[{"kind": "activities", "field": "host", "rows_seen": 32, "filled": 32}],
            coverage=[row for unit in both for row in months(unit, "2024-01", "2024-12")],
        )  # fmt: skip


def test_every_mart_has_one_row_per_key(office):
    """No join multiplies rows, whatever stands twice in the ledgers."""
    assert set(KEYS) | {"events", "outcomes", "plans"} >= set(queries.layer("marts"))
    busy(office)
    for mart, key in KEYS.items():
        assert office.rows(f"select {key}, count(*) from marts.{mart} group by all having count(*) > 1") == [], mart


def test_every_activity_is_counted_once_in_every_mart(office):
    """32 activities are 32 by month, day, host, task and step, and in what is held against what is due."""
    busy(office)
    assert office.column("select count(*) from marts.activities") == [32]
    for mart in ("monthly", "daily", "hosts", "task_support"):
        assert office.column(f"select sum(held) from marts.{mart}") == [32], mart
    assert office.rows("select step, sum(evidence) from marts.sync group by step order by step") == [("deploy", 32), ("study", 32)]
    assert office.rows("select sum(expected), sum(attended), sum(dated), sum(linked) from marts.monthly") == [(288, 256, 32, 32)]
    assert office.column("select sum(held) from marts.due where rule = 'R9'") == [16]
    assert office.column("select sum(planned) from marts.planned") == [2]
    assert office.rows("select score, raters from marts.scores") == [(80.5, 2), (80.5, 2)]


# --- coverage -----------------------------------------------------------------------------------------------------------


def test_a_month_between_two_reported_ones_is_missing(office):
    """Every branch is asked for every month from the first that anybody handed in to the last; before and after, nobody is."""
    office.batch(
        units=[{"unit": "甲", "parent": "机关"}, {"unit": "乙", "parent": "机关"}],
        coverage=[*months("甲", "2024-01", "2024-01"), *months("甲", "2024-03", "2024-03", is_partly=True)],
    )
    assert office.rows("select unit, month(month), status from marts.coverage order by unit, month") == [
        ("乙", 1, "missing"), ("乙", 2, "missing"), ("乙", 3, "missing"),
        ("甲", 1, "reported"), ("甲", 2, "missing"), ("甲", 3, "partly"),
    ]  # fmt: skip


def test_a_unit_is_asked_for_its_months_from_its_founding_on(office):
    """Founded on the last day of February, a branch owes February and March, not January."""
    office.batch(units=[{"unit": "甲", "founded_on": "2024-02-29"}, {"unit": "乙"}], coverage=months("乙", "2024-01", "2024-03"))
    assert office.column("select month(month) from marts.coverage where unit = '甲' order by 1") == [2, 3]


def test_departments_owe_a_ledger_only_where_they_hand_one_in(office):
    """An organ or department that keeps its own ledger is followed like a branch; others are not missing."""
    office.batch(
        units=[{"unit": "甲", "parent": "一处"}, {"unit": "乙", "parent": "二处"}],
        coverage=[*months("甲", "2024-01", "2024-01"), *months("一处", "2024-01", "2024-01")],
    )
    assert office.rows("select unit, status from marts.coverage order by unit") == [
        ("一处", "reported"),
        ("乙", "missing"),
        ("甲", "reported"),
    ]


# --- due ----------------------------------------------------------------------------------------------------------------


def due(office, rule: str, columns: str = "month(starts_on), due, held, state") -> list[tuple]:
    return office.rows(f"select {columns} from marts.due where rule = '{rule}' and year(starts_on) = 2024 order by unit, starts_on")


def theme_days(*days: str, **fields) -> list[dict]:
    return [{"held_on": day, **fields} for day in days]


def test_a_theme_day_is_due_every_month(office):
    """Two in January do not make up for none in February."""
    office.batch(activities=theme_days("2024-01-01", "2024-01-31", "2024-03-31"), coverage=months("甲", "2024-01", "2024-03"))
    assert due(office, "R9")[:3] == [(1, 1, 2, "met"), (2, 1, 0, "short"), (3, 1, 1, "met")]


def test_a_members_meeting_is_due_every_quarter(office):
    """The first and the last day of a quarter belong to it."""
    office.batch(
        activities=theme_days("2024-01-01", "2024-06-30", "2024-09-30", type="members_meeting"),
        coverage=months("甲", "2024-01", "2024-12"),
    )
    columns = "month(starts_on), month(ends_on), day(ends_on), held, state"
    assert due(office, "R1", columns) == [
        (1, 3, 31, 1, "met"),
        (4, 6, 30, 1, "met"),
        (7, 9, 30, 1, "met"),
        (10, 12, 31, 0, "short"),
    ]


def test_a_life_meeting_held_next_march_for_the_year_before_meets_it(office):
    """The year a meeting belongs to counts, not its day; without a named year it belongs to the year of its day."""
    office.batch(
        units=[{"unit": "甲"}, {"unit": "乙"}],
        activities=[
            {"unit": "甲", "type": "life_meeting", "held_on": "2024-03-05", "year_of": 2023},
            {"unit": "乙", "type": "life_meeting", "held_on": "2024-03-05"},
        ],
        coverage=[*months("甲", "2023-01", "2024-12"), *months("乙", "2023-01", "2024-12")],
    )
    found = office.rows("select unit, year(starts_on), held, state from marts.due where rule = 'R6' order by unit, starts_on")
    # 甲 may still hold the meeting for 2024 until March 2025, which nobody has handed in yet
    assert found == [("乙", 2023, 0, "short"), ("乙", 2024, 1, "met"), ("甲", 2023, 1, "met"), ("甲", 2024, 0, "unreported")]


@pytest.mark.parametrize("is_partly", [True, None])
def test_a_period_with_a_month_partly_or_not_handed_in_is_unreported_unless_met(office, is_partly):
    """What may stand in the missing part is not held against the unit; what is there counts."""
    partly = months("甲", "2024-02", "2024-02", is_partly=True) if is_partly else []
    office.batch(
        activities=[*theme_days("2024-01-05", "2024-02-05"), *theme_days("2024-05-05", type="members_meeting")],
        coverage=[
            *months("甲", "2024-01", "2024-01"),
            *partly,
            *months("甲", "2024-03", "2024-05"),
            *months("甲", "2024-07", "2024-09"),
        ],
    )
    assert due(office, "R1")[:3] == [(1, 1, 0, "unreported"), (4, 1, 1, "met"), (7, 1, 0, "short")]
    assert due(office, "R9")[:3] == [(1, 1, 1, "met"), (2, 1, 1, "met"), (3, 1, 0, "short")]
    assert due(office, "R2")[:3] == [(1, 1, 0, "short"), (2, 1, 0, "unreported"), (3, 1, 0, "short")]
    assert due(office, "R6", "state") == [("unreported",)]


def test_a_unit_that_handed_in_nothing_cannot_be_judged(office):
    """Missing is not short."""
    office.batch(units=[{"unit": "甲"}, {"unit": "乙"}], coverage=months("甲", "2024-01", "2025-03"))
    assert office.rows("select distinct state from marts.due where unit = '乙' and year(starts_on) = 2024") == [("unreported",)]
    assert office.rows("select distinct state from marts.due where unit = '甲' and year(starts_on) = 2024") == [("short",)]


def test_what_is_due_runs_on_to_the_end_of_the_last_year_reported(office):
    """After the last month handed in, periods are ahead: due for the plan of the year, but not judged."""
    office.batch(activities=theme_days("2024-01-05"), coverage=months("甲", "2024-01", "2024-02"))
    assert [row[-1] for row in due(office, "R9")] == ["met", "short", *["ahead"] * 10]
    assert due(office, "R1") == [(1, 1, 0, "unreported"), (4, 1, 0, "ahead"), (7, 1, 0, "ahead"), (10, 1, 0, "ahead")]
    assert due(office, "R6") == [(1, 1, 0, "unreported")]
    assert office.column("select distinct year(starts_on) from marts.due") == [2024]


def test_a_branch_founded_within_a_period_owes_it_only_from_the_next_on(office):
    """Founded on 2 February, nothing is due for February, the first quarter or the year."""
    office.batch(units=[{"unit": "甲", "founded_on": "2024-02-02"}], coverage=months("甲", "2024-01", "2024-12"))
    assert [row[0] for row in due(office, "R9")] == list(range(3, 13))
    assert [row[0] for row in due(office, "R1")] == [4, 7, 10]
    assert due(office, "R6") == []


def test_a_branch_founded_on_the_first_day_of_a_period_owes_it(office):
    """1 April begins both the month and the quarter."""
    office.batch(units=[{"unit": "甲", "founded_on": "2024-04-01"}], coverage=months("甲", "2024-01", "2024-12"))
    assert due(office, "R9")[0][0] == 4
    assert due(office, "R1")[0][0] == 4


def test_group_meetings_are_due_for_every_group(office):
    """Three groups owe three meetings a month; two are short. Without groups, or where they are unknown, none is due."""
    office.batch(
        units=[{"unit": "甲", "groups": 3}, {"unit": "乙", "groups": 0}, {"unit": "丙"}],
        activities=theme_days("2024-01-05", "2024-01-05", "2024-02-05", "2024-02-06", "2024-02-07", type="group_meeting"),
        coverage=[*months("甲", "2024-01", "2024-02"), *months("乙", "2024-01", "2024-02"), *months("丙", "2024-01", "2024-02")],
    )
    assert due(office, "R3", "unit, month(starts_on), due, held, state")[:2] == [("甲", 1, 3, 2, "short"), ("甲", 2, 3, 3, "met")]
    assert office.column("select distinct unit from marts.due where rule = 'R3'") == ["甲"]


def test_committee_meetings_are_due_where_there_is_a_committee(office):
    """By the register, else from seven members on."""
    office.batch(
        units=[{"unit": "甲", "members": 7}, {"unit": "乙", "members": 6}, {"unit": "丙", "members": 9, "has_committee": False}],
        coverage=months("甲", "2024-01", "2024-01"),
    )
    assert office.column("select distinct unit from marts.due where rule = 'R2'") == ["甲"]


def test_nothing_is_due_of_organs_and_departments(office):
    """Branches and the office of the organ itself owe meetings; what stands above them does not."""
    office.batch(
        units=[
            {"unit": "甲", "parent": "一处"},
            {"unit": "本级", "parent": "机关", "kind": "office"},
            {"unit": "一处", "parent": "机关"},
        ],
        coverage=[*months("甲", "2024-01", "2024-01"), *months("一处", "2024-01", "2024-01")],
    )
    assert sorted(office.column("select distinct unit from marts.due")) == ["本级", "甲"]


# --- months and days ----------------------------------------------------------------------------------------------------

RECORDINGS = [
    ("2024-09-30", "2024-09-30", True, False),
    ("2024-09-30", "2024-10-10", True, False),  # 8, 9 and 10 October are the first three working days
    ("2024-09-30", "2024-10-11", False, False),
    ("2024-09-30", "2024-10-30", False, False),  # 30 days
    ("2024-09-30", "2024-10-31", False, True),  # 31 days
    ("2024-10-05", "2024-10-10", True, False),  # held on a holiday
    ("2024-09-27", "2024-10-08", True, False),  # Sunday 29 and Monday 30 September are worked: 29, 30, 8
    ("2024-09-27", "2024-10-09", False, False),
    ("2024-12-30", "2025-01-03", True, False),  # 31 December, 2 and 3 January
    ("2024-12-30", "2025-01-06", False, False),
    ("2024-09-30", "2025-09-30", False, True),
]


@pytest.mark.parametrize(("held", "recorded", "is_prompt", "is_late"), RECORDINGS)
def test_prompt_is_within_three_working_days_and_late_after_thirty_days(office, held, recorded, is_prompt, is_late):
    """Holidays and make-up days of the calendar count as they are worked."""
    office.batch(activities=[{"held_on": held, "recorded_on": recorded}])
    assert office.rows("select dated, prompt, late from marts.monthly") == [(1, int(is_prompt), int(is_late))]


def test_recordings_carry_the_working_days_between(office):
    """From Monday 30 September over the holiday week to 10 October it is three working days."""
    office.batch(activities=[{"held_on": "2024-09-30", "recorded_on": "2024-10-10"}, {"held_on": "2024-09-30"}])
    assert office.column("select lag from marts.recordings") == [3]


def test_an_activity_known_only_by_month_counts_in_the_month_and_nowhere_by_day(office):
    """Its first of the month is no day: neither the heat map nor the recording lag may use it."""
    office.batch(activities=[{"held_on": "2024-03-01", "held_on_precision": "month", "recorded_on": "2024-03-04", "minutes": 60}])
    assert office.rows("select held, timed, dated, prompt, late from marts.monthly") == [(1, 1, 0, 0, 0)]
    assert office.rows("select * from marts.daily") == []
    assert office.rows("select * from marts.recordings") == []
    assert office.column("select is_day_known from marts.activities") == [False]


def test_people_are_counted_only_where_expected_and_attended_are_both_known(office):
    """Nobody expected, or nobody counted, is no attendance of zero."""
    office.batch(
        activities=[
            {"expected": 10, "attended": 8},
            {"expected": 10, "attended": 0},
            {"expected": 10},
            {"attended": 10},
            {"expected": 0, "attended": 3},
        ]
    )
    assert office.rows("select held, counted, expected, attended from marts.monthly") == [(5, 2, 20, 8)]


def test_a_month_that_counts_nothing_has_no_sum(office):
    """Without people, durations, leaders or problems in the ledger their sums are empty, not zero."""
    office.batch(activities=[{}])
    columns = "minutes, expected, attended, leaders_expected, leaders_attended, leaders_as_members, leaders_known, problems_solved"
    assert office.rows(f"select {columns} from marts.monthly") == [(None,) * 8]


def test_leaders_are_known_as_members_only_where_the_ledger_says_so(office):
    """Of 5 leaders expected, how 2 came is recorded."""
    office.batch(
        activities=[
            {"leaders_expected": 3, "leaders_attended": 3},
            {"leaders_expected": 2, "leaders_attended": 2, "leaders_as_members": 1},
            {"leaders_expected": 4},
        ]
    )
    columns = "with_leaders, leaders_expected, leaders_attended, leaders_as_members, leaders_known"
    assert office.rows(f"select {columns} from marts.monthly") == [(2, 5, 5, 1, 2)]


def test_links_are_asked_only_of_activities_whose_subject_the_unit_chooses(office):
    """A committee meeting with a task is no link; a link without anything to show is not substantive."""
    office.batch(
        activities=[
            {"task": "T", "problems_solved": 1},
            {"task": "T"},
            {"problems_solved": 1},
            {"type": "committee_meeting", "task": "T", "problems_solved": 1},
        ]
    )
    found = office.rows("select type, discretionary, linked, substantive, prescribed from marts.monthly order by type")
    assert found == [("committee_meeting", 0, 0, 0, 1), ("theme_day", 3, 2, 1, 3)]


@pytest.mark.parametrize(
    ("day", "is_late"),
    [
        ("2024-11-19", False),
        ("2024-11-20", True),
        ("2024-12-31", True),
        ("2025-01-01", False),
        ("2023-11-20", True),
        ("2023-11-19", False),
    ],
)
def test_the_last_six_weeks_are_42_days_from_20_november(office, day, is_late):
    """11 days of November and 31 of December, in leap years too; the calendar and the activities agree."""
    office.batch(activities=[{"held_on": day}])
    assert office.column("select is_last_six_weeks from marts.daily") == [is_late]
    assert office.column(f"select is_last_six_weeks from marts.days where day = date '{day}'") == [is_late]


def test_anchored_kinds_are_marked_by_day(office):
    """The life meeting has its season, the theme day has none; both are counted with their kind."""
    office.batch(activities=[{"type": "life_meeting"}, {}, {}])
    assert office.rows("select type, is_anchored, held from marts.daily order by type") == [
        ("life_meeting", True, 1),
        ("theme_day", False, 2),
    ]


# --- steps, tasks, hosts, plans, scores ---------------------------------------------------------------------------------


def test_a_sync_step_is_matched_whole(office):
    """“plan” is not recorded by “planx” or “replan”; a step alone, first, last or between others is."""
    office.batch(
        activities=[
            {"sync": "planx", "held_on": "2024-01-01"},
            {"sync": "replan,deploy_all", "held_on": "2024-01-02"},
            {"sync": "plan", "held_on": "2024-01-03"},
            {"sync": "plan,study", "held_on": "2024-01-04"},
            {"sync": "assess,plan,study", "held_on": "2024-01-05"},
            {"sync": "assess,plan", "held_on": "2024-01-06"},
        ]
    )
    found = office.rows("select step, evidence, first_on from marts.sync order by step")
    assert found == [("assess", 2, dt.date(2024, 1, 5)), ("plan", 4, dt.date(2024, 1, 3)), ("study", 2, dt.date(2024, 1, 4))]


def test_task_support_counts_activities_of_the_supporting_unit(office):
    """The branch that serves a task need not carry it; an activity that serves two tasks counts for both."""
    office.batch(
        tasks=[{"unit": "一处", "task": "优化审批", "number": "T1"}, {"unit": "二处", "task": "清理积案", "number": "T2"}],
        activities=[
            {"unit": "甲", "task": "T1"},
            {"unit": "甲", "task": "优化审批和清理积案", "held_on": "2024-03-20"},
            {"unit": "乙", "task": "T3"},
        ],
    )
    assert office.rows("select task, unit, month(month), held from marts.task_support order by task") == [
        ("优化审批", "甲", 3, 2),
        ("清理积案", "甲", 3, 1),
    ]


def test_hosts_are_counted_by_month_and_never_guessed(office):
    """An activity without a host is nobody's."""
    office.batch(activities=[{"host": "h1"}, {"host": "h1", "held_on": "2024-03-31"}, {"host": "h1", "held_on": "2024-04-01"}, {}])
    assert office.rows("select month(month), host, held from marts.hosts order by 1") == [(3, "h1", 2), (4, "h1", 1)]


def test_only_the_standing_plan_is_planned(office):
    """An item moved to May is planned for May alone."""
    office.batch(plans=[{"item": "党课", "version": 1}, {"item": "党课", "planned_on": "2024-05-31", "version": 2}])
    assert office.rows("select month(month), planned from marts.planned") == [(5, 1)]


def test_a_score_is_the_mean_over_raters(office):
    """Two raters, one score; another criterion and another quarter are others."""
    office.batch(
        evaluations=[
            {"score": 80, "rater": "r1"},
            {"score": 90, "rater": "r2"},
            {"score": 60, "criterion": "业务工作"},
            {"score": 70, "quarter": "2024-04-01"},
        ]
    )
    found = office.rows("select criterion, month(quarter), score, raters from marts.scores order by criterion desc, quarter")
    assert found == [("党建工作", 1, 85, 2), ("党建工作", 4, 70, 1), ("业务工作", 1, 60, 1)]


def test_a_yearly_meeting_is_judged_when_its_season_is_over(office):
    """No life meeting by December is not yet short: it may be held until March; then it is."""
    office.batch(units=[{"unit": "甲"}], coverage=months("甲", "2024-01", "2025-02"))
    state = "select state from marts.due where unit = '甲' and rule = 'R6' and year(starts_on) = 2024"
    assert office.rows(state) == [("unreported",)]
    office.batch(coverage=months("甲", "2025-03", "2025-03"))
    assert office.rows(state) == [("short",)]


def test_a_change_of_plan_is_timed_against_the_date_before_it_and_the_new_one(office):
    """Days left to whichever date came first; a month stands for its last day as the old date, for its first as the new one."""
    versions = [
        ("甲", "2024-03-01", "month", 1, None), ("甲", "2024-05-01", "month", 2, "2024-03-26"),
        ("乙", "2024-06-20", "day", 1, None), ("乙", "2024-06-10", "day", 2, "2024-06-07"),
        ("丙", "2024-03-01", "month", 1, None), ("丙", "2024-05-01", "month", 2, "2024-04-20"),
        ("丁", "2024-03-01", "month", 1, None), ("丁", "2024-05-01", "month", 2, None),
    ]  # fmt: skip
    office.batch(
        plans=[
            {
                "unit": unit,
                "item": "党课",
                "planned_on": day,
                "planned_on_precision": precision,
                "version": n,
                "changed_on": changed,
            }
            for unit, day, precision, n, changed in versions
        ]
    )
    found = dict(office.rows("select unit, days_left from marts.plans where versions = 2"))
    assert found == {"甲": 5, "乙": 3, "丙": -20, "丁": None}


def test_a_silent_quarter_was_handed_in_whole(office):
    """Three months handed in whole without any activity; a month partly handed in, or not at all, tells nothing."""
    office.batch(
        activities=[{"unit": "甲", "held_on": "2024-05-01"}],
        coverage=[
            *months("甲", "2024-01", "2024-08"),
            *months("乙", "2024-01", "2024-02"),
            *months("乙", "2024-03", "2024-03", is_partly=True),
        ],
    )
    assert office.rows("select unit, quarter from marts.silent") == [("甲", dt.date(2024, 1, 1))]


def test_a_year_has_the_members_of_its_own_register(office):
    """The newest one of the year or before; a year before the first register takes that; one without members tells nothing."""
    registers = [("2022-01-01", 20), ("2023-04-01", 30), ("2023-10-01", 33), ("2024-07-01", None), ("2025-01-01", 40)]
    office.batch(
        units=[{"unit": "甲", "quarter": quarter, "members": members} for quarter, members in registers]
        + [{"unit": "乙", "quarter": None, "members": 7}],
        coverage=[*months("甲", "2021-12", "2025-01"), *months("乙", "2024-01", "2024-01"), *months("丙", "2024-01", "2024-01")],
    )
    assert office.rows("select unit, year, members from marts.sizes where unit <> '甲'") == [("乙", 2024, 7)]
    found = office.rows("select year, members from marts.sizes where unit = '甲' order by year")
    assert found == [(2021, 20), (2022, 20), (2023, 33), (2024, 33), (2025, 40)]


def test_the_rules_that_can_be_edited_stand_in_the_marts(office):
    """The duty of kinds, the words that decide in the order of their list, the thresholds."""
    assert office.rows("select duty, is_learning from marts.types where type in ('theme_day', 'appraisal') order by type") == [
        ("supervision", False),
        ("education", True),
    ]
    for name, words in rules.dictionaries().items():
        assert office.column(f"select word from marts.dictionary where name = '{name}' order by position") == list(words)
    assert office.column("select value from marts.thresholds where name = 'learning_hours'") == [32.0]


# --- scores, and what is made of them -----------------------------------------------------------------------------------


def rated(criterion: str, score: float, **more: object) -> dict:
    """One score of 甲 out of 100 at the end of 2024."""
    row = {"unit": "甲", "quarter": "2024-10-01", "criterion": criterion, "score": score, "max_score": 100}
    return {**row, "assessment": "annual", "rater": "A", "key": f"{criterion}{more}", **more}


def test_a_rater_is_a_number_in_the_order_of_first_appearance(office):
    """The same number in every year; a score whose rater is not named has none."""
    office.batch(
        evaluations=[
            rated("党建", 90, rater="Z", quarter="2023-10-01"),
            rated("党建", 91, rater="A"),
            rated("党建", 92, rater="Z"),
            rated("党建", 93, rater=None),
        ]
    )
    assert office.rows("select score, rater from marts.ratings order by score") == [(90, 1), (91, 2), (92, 1), (93, None)]


def test_a_result_weighs_its_criteria_where_every_one_has_a_weight(office):
    """By weight; where one has none, by full mark. The total that the sheet gives is no criterion."""
    office.batch(
        evaluations=[
            rated("甲项", 100, weight=0.8),
            rated("乙项", 50, weight=0.2),
            rated("甲项", 100, rater="B", weight=0.8),
            rated("乙项", 10, rater="B", max_score=20),
            rated("总分", 77, rater="B", max_score=None),
        ]
    )
    sql = "select rate, points, items, full_items from marts.results order by rater"
    assert office.rows(sql) == [(pytest.approx(0.9), 150, 2, 1), (pytest.approx(110 / 120), 77, 2, 1)]
    assert office.column("select count(*) from marts.ratings") == [4]


def test_a_result_without_a_full_mark_has_no_rate(office):
    """Points alone do not tell how near they are to the top; a total with its full mark does."""
    office.batch(evaluations=[rated("党建", 90, max_score=None), rated("总分", 88, rater="B")])
    assert office.rows("select rate, points from marts.results order by rater") == [(None, 90), (pytest.approx(0.88), 88)]


def test_an_assessment_is_one_score_whatever_the_raters_and_days(office):
    """Raters on different days make one mean, dated by the last; the total that the sheet gives is not added to its parts."""
    office.batch(
        evaluations=[
            rated("甲项", 60, rated_on="2024-12-10"),
            rated("甲项", 40, rater="B", rated_on="2024-12-20"),
            rated("乙项", 30, rated_on="2024-12-10"),
            rated("总分", 81, rater=None, max_score=None),
            rated("党建", 70, assessment=None, quarter="2024-07-01"),
            rated("业务", 20, assessment=None, quarter="2024-07-01"),
        ]
    )
    sql = "select kind, score, assessed_on from marts.assessments order by quarter"
    assert office.rows(sql) == [(None, 90, dt.date(2024, 7, 1)), ("annual", 81, dt.date(2024, 12, 20))]


def test_a_total_of_rewards_is_not_counted_beside_its_items(office):
    """The quarterly summary repeats what the ledger itemises; a total of another quarter or direction stays."""
    item = {"quarter": "2024-01-01", "points": 1.0, "reason": "承办现场会", "recorded_on": "2024-02-05"}
    total = {"quarter": "2024-01-01", "points": 1.0}
    office.batch(
        adjustments=[
            item,
            total,
            {**total, "direction": "deduction", "points": 0.5},
            {**total, "quarter": "2024-04-01", "points": 2.0},
        ]
    )
    sql = "select direction, points, is_total, month from marts.outcomes order by direction, points"
    assert office.rows(sql) == [
        ("deduction", 0.5, True, None),
        ("reward", 1.0, False, dt.date(2024, 2, 1)),
        ("reward", 2.0, True, None),
    ]
    assert office.column("select sum(times) from marts.assessments where outcome = 'reward'") == [2]


def test_an_outcome_without_a_quarter_belongs_to_the_day_it_is_known_by(office):
    """Its year and quarter are those of the day recorded, else of the day it happened."""
    office.batch(adjustments=[{"reason": "a", "recorded_on": "2024-12-30", "happened_on": "2024-02-01"}, {"reason": "b"}])
    assert office.rows("select quarter, year, month from marts.outcomes order by year nulls last") == [
        (dt.date(2024, 10, 1), 2024, dt.date(2024, 12, 1)),
        (None, None, None),
    ]
    assert office.rows("select assessed_on, quarter from marts.assessments order by quarter nulls last") == [
        (dt.date(2024, 12, 30), dt.date(2024, 10, 1)),
        (None, None),
    ]
