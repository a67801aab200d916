"""The facts: what stands of the raw rows, and what each row means."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.facts.office import months

# --- what stands --------------------------------------------------------------------------------------------------------

KINDS = [
    ("activities", "topic", "facts.activities", "topic"),
    ("plans", "item", "facts.plans", "item"),
    ("tasks", "task", "facts.tasks", "task"),
    ("evaluations", "criterion", "facts.scores", "criterion"),
    ("adjustments", "reason", "facts.adjustments", "reason"),
    ("calendar", "name", "facts.events", "name"),
]


@pytest.mark.parametrize(("kind", "field", "fact", "column"), KINDS, ids=[kind for kind, *_ in KINDS])
def test_newest_batch_supersedes_by_key_until_it_is_undone(office, kind, field, fact, column):
    """A later row with the same key replaces the earlier one; undoing it brings the earlier one back; other keys stay."""
    office.batch(**{kind: [{"key": "k", field: "first"}, {"key": "other", field: "other"}]})
    second = office.batch(**{kind: [{"key": "k", field: "second"}]})
    assert sorted(office.column(f"select {column} from {fact}")) == ["other", "second"]
    office.undo(second)
    assert sorted(office.column(f"select {column} from {fact}")) == ["first", "other"]


def test_undoing_the_only_batch_leaves_nothing(office):
    """An undone batch counts nowhere: not its activities, units, columns or months."""
    only = office.batch(
        activities=[{"task": "T1"}],
        tasks=[{"task": "优化审批", "number": "T1"}],
        columns=[{"kind": "activities", "field": "task", "rows_seen": 1, "filled": 1}],
        coverage=months("甲", "2024-01", "2024-03"),
    )
    filled = ("activities", "units", "columns", "coverage", "tasks", "task_links", "sources")
    assert [len(office.rows(f"select * from facts.{fact}")) for fact in filled] == [1, 1, 1, 3, 1, 1, 1]
    office.undo(only)
    assert [len(office.rows(f"select * from facts.{fact}")) for fact in filled] == [0] * 7


def test_undoing_an_older_batch_keeps_the_newer_row(office):
    """Undo takes back one batch, not the time since."""
    first = office.batch(activities=[{"key": "k", "topic": "first"}])
    office.batch(activities=[{"key": "k", "topic": "second"}])
    office.undo(first)
    assert office.column("select topic from facts.activities") == ["second"]


def test_an_activity_points_to_the_row_that_stands(office):
    """The place in the spreadsheets is that of the newest import; undoing it points to the earlier one again."""
    office.batch(activities=[{}, {"key": "k"}])
    second = office.batch(activities=[{"key": "k"}])
    sql = "select file, sheet_row from facts.sources join facts.activities using (activity) where activity = 'k'"
    assert office.rows(sql) == [("2.xlsx", 1)]
    office.undo(second)
    assert office.rows(sql) == [("1.xlsx", 2)]


# --- activities ---------------------------------------------------------------------------------------------------------


def test_the_ledger_says_what_is_prescribed_else_the_kind_does(office):
    """A theme day is prescribed and a visit is not, unless the ledger says otherwise."""
    office.batch(
        activities=[
            {"topic": "1", "type": "theme_day"},
            {"topic": "2", "type": "visit"},
            {"topic": "3", "type": "theme_day", "prescribed": "own"},
            {"topic": "4", "type": "visit", "prescribed": "prescribed"},
        ]
    )
    assert office.column("select is_prescribed from facts.activities order by topic") == [True, False, False, True]


def test_an_activity_counts_for_the_year_of_its_day_unless_the_ledger_names_another(office):
    """The appraisal of 2023 held in March 2024 belongs to 2023."""
    office.batch(activities=[{"topic": "1"}, {"topic": "2", "year_of": 2023}])
    assert office.column("select counts_for from facts.activities order by topic") == [2024, 2023]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, False),
        ({"problems_solved": 0, "decisions": 0}, False),
        ({"problems_solved": 1}, True),
        ({"decisions": 2}, True),
        ({"partner_units": "乙"}, True),
        ({"business_offices": "法规处"}, True),
    ],
)
def test_a_result_is_an_office_a_partner_a_solved_problem_or_a_decision(office, row, expected):
    """Empty and zero are no result."""
    office.batch(activities=[row])
    assert office.column("select has_result from facts.activities") == [expected]


# --- titles -------------------------------------------------------------------------------------------------------------


def test_a_title_is_told_by_the_first_word_of_each_list(office):
    """The word that decided stands beside the title; a title without any is not listed."""
    office.batch(
        activities=[
            {"topic": "窗口退件复盘"},
            {"topic": "党员学习企业开办流程"},
            {"topic": "党员学习企业开办流程"},
            {"topic": "其他"},
        ]
    )
    assert office.rows("select topic, business_word, party_word from marts.subjects order by topic") == [
        ("党员学习企业开办流程", "企业", "党"),
        ("窗口退件复盘", "窗口", None),
    ]


# --- units --------------------------------------------------------------------------------------------------------------


def units(office, columns: str) -> dict[str, tuple]:
    """Unit → the columns asked for."""
    return {unit: values for unit, *values in office.rows(f"select unit, {columns} from facts.units")}


def test_units_only_named_as_parents_are_in_the_tree(office):
    """A register of branches is enough: departments and the organ above them are units too."""
    office.batch(units=[{"unit": "甲", "parent": "一处"}, {"unit": "一处", "parent": "机关"}])
    assert units(office, "parent, kind, depth, path, is_registered") == {
        "机关": [None, "organ", 0, "机关", False],
        "一处": ["机关", "department", 1, "机关 / 一处", True],
        "甲": ["一处", "branch", 2, "机关 / 一处 / 甲", True],
    }


def test_a_unit_that_only_a_ledger_names_is_a_branch_under_the_parent_it_names(office):
    """No register is needed to start with; its size is unknown, and it is taken to have a committee."""
    office.batch(activities=[{"unit": "甲", "parent": "机关"}, {"unit": "乙"}], plans=[{"unit": "丙"}])
    assert units(office, "parent, kind, members, has_committee, is_registered") == {
        "机关": [None, "organ", None, True, False],
        "甲": ["机关", "branch", None, True, False],
        "乙": [None, "branch", None, True, False],
        "丙": [None, "branch", None, True, False],
    }


def test_what_an_upper_unit_totals_is_not_counted_twice(office):
    """Officers and staff of an upper unit are its own, unless they are no fewer than those of all branches below it together."""
    quarter = dt.date(2024, 1, 1)
    office.batch(
        units=[
            {"unit": "机关", "quarter": quarter, "staff": 40, "officers": 2, "officers_fulltime": 1},
            {"unit": "一处", "parent": "机关", "quarter": quarter, "staff": 30, "officers": 4, "officers_fulltime": 1},
            {"unit": "甲", "parent": "一处", "quarter": quarter, "staff": 10, "officers": 1, "members": 8, "officers_changed": 1},
            {"unit": "乙", "parent": "一处", "quarter": quarter, "staff": 20, "officers": 3, "officers_fulltime": 0},
        ]
    )
    columns = "unit, is_lowest, staff, officers, officers_fulltime, officers_changed"
    assert office.rows(f"select {columns} from marts.registers order by unit") == sorted(
        [
            ("机关", False, None, 2, 1, None),
            ("一处", False, None, None, None, None),
            ("甲", True, 10, 1, None, 1),
            ("乙", True, 20, 3, 0, None),
        ]
    )


def test_the_register_wins_over_the_ledger(office):
    """Parent and kind stand as the register says, also where it says that nobody is above."""
    office.batch(
        units=[{"unit": "甲", "parent": "一处", "kind": "office"}, {"unit": "乙"}],
        activities=[{"unit": "甲", "parent": "二处"}, {"unit": "乙", "parent": "一处"}],
    )
    assert units(office, "parent, kind") == {"一处": [None, "organ"], "甲": ["一处", "office"], "乙": [None, "branch"]}


def test_the_newest_quarter_of_the_register_stands_and_an_undone_one_does_not(office):
    """A unit is as large as its newest quarter says, whichever batch brought it; undoing that brings the older size back."""
    newest = office.batch(units=[{"unit": "甲", "members": 30, "quarter": "2024-04-01"}])
    office.batch(units=[{"unit": "甲", "members": 20, "quarter": "2024-01-01"}])
    assert units(office, "members") == {"甲": [30]}
    office.undo(newest)
    assert units(office, "members") == {"甲": [20]}


def test_the_tree_is_in_the_order_of_the_register(office):
    """Units stand below the unit above them, in the order of the register's rows; those it does not name come last."""
    office.batch(
        units=[{"unit": "乙", "parent": "二处"}, {"unit": "二处"}, {"unit": "甲", "parent": "二处"}, {"unit": "一处"}],
        activities=[{"unit": "丁"}, {"unit": "丙", "parent": "二处"}],
    )
    assert office.column("select unit from facts.units order by position") == ["二处", "乙", "甲", "丙", "一处", "丁"]


def test_a_unit_with_units_below_it_is_no_branch(office):
    """Whatever the register calls it, what is due of a branch is not due of it; an organ stays an organ."""
    office.batch(
        units=[
            {"unit": "机关", "kind": "organ"},
            {"unit": "一处", "parent": "机关", "kind": "branch"},
            {"unit": "甲", "parent": "一处"},
        ]
    )
    assert units(office, "kind") == {"机关": ["organ"], "一处": ["department"], "甲": ["branch"]}


def test_a_circle_of_parents_neither_hangs_nor_loses_a_unit(office):
    """Units in a circle, and those below them, stand at the top, so that their work is still seen; a unit above itself likewise."""
    office.batch(
        units=[
            {"unit": "甲", "parent": "乙"},
            {"unit": "乙", "parent": "甲"},
            {"unit": "丙", "parent": "乙"},
            {"unit": "丁", "parent": "丁"},
            {"unit": "戊", "parent": "机关"},
        ]
    )
    assert units(office, "parent, depth, path") == {
        "甲": [None, 0, "甲"],
        "乙": [None, 0, "乙"],
        "丙": [None, 0, "丙"],
        "丁": [None, 0, "丁"],
        "机关": [None, 0, "机关"],
        "戊": ["机关", 1, "机关 / 戊"],
    }


def test_every_unit_stands_once(office):
    """Named in a register, in two ledgers under two parents and as a parent, a unit is still one row."""
    office.batch(units=[{"unit": "甲", "parent": "机关"}, {"unit": "甲", "parent": "机关", "quarter": "2024-04-01"}])
    office.batch(
        activities=[{"unit": "乙", "parent": "一处"}, {"unit": "乙", "parent": "二处"}, {"unit": "甲"}],
        tasks=[{"unit": "一处", "task": "T"}],
    )
    assert sorted(office.column("select unit from facts.units")) == sorted(["机关", "一处", "二处", "甲", "乙"])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"members": 7}, True),
        ({"members": 6}, False),
        ({"members": 3, "has_committee": True}, True),
        ({"members": 30, "has_committee": False}, False),
    ],
)
def test_a_committee_by_the_register_else_from_seven_members_on(office, row, expected):
    """The register's word counts before the number of members."""
    office.batch(units=[{"unit": "甲", **row}])
    assert units(office, "has_committee") == {"甲": [expected]}


# --- plans --------------------------------------------------------------------------------------------------------------


def planned(office) -> list[tuple]:
    return office.rows("select month(planned_on), versions from facts.plans order by planned_on")


def test_a_later_version_of_a_plan_item_takes_the_place_of_the_earlier(office):
    """Moved from March to May to June, the item is due in June; a version without a number is the first."""
    office.batch(plans=[{"item": "党课", "planned_on": "2024-03-01"}])
    office.batch(
        plans=[
            {"item": "党课", "planned_on": "2024-05-01", "version": 2},
            {"item": "党课", "planned_on": "2024-06-01", "version": 3},
        ]
    )
    assert planned(office) == [(6, 3)]


def test_an_item_planned_every_month_is_not_a_row_of_versions(office):
    """Twelve rows of version 1, or without a number, are twelve activities."""
    office.batch(plans=[{"item": "主题党日", "planned_on": f"2024-{month:02d}-05", "version": 1} for month in range(1, 13)])
    assert planned(office) == [(month, 1) for month in range(1, 13)]
    office.batch(plans=[{"item": "党课", "unit": "乙", "planned_on": f"2024-{month:02d}-05"} for month in range(1, 13)])
    assert office.column("select month(planned_on) from facts.plans where unit = '乙' order by 1") == list(range(1, 13))


def test_rows_without_a_name_are_each_an_item(office):
    """What has no name cannot be the next version of anything."""
    office.batch(plans=[{"planned_on": "2024-07-05", "version": 1}, {"planned_on": "2024-08-05", "version": 2}])
    assert planned(office) == [(7, 1), (8, 1)]


def test_versions_belong_to_one_unit_kind_and_year(office):
    """The same words in another unit or year are another item."""
    office.batch(
        plans=[
            {"item": "党课", "planned_on": "2023-03-01", "version": 1},
            {"item": "党课", "planned_on": "2024-04-01", "version": 2},
            {"item": "党课", "planned_on": "2024-05-01", "version": 1, "unit": "乙"},
        ]
    )
    assert planned(office) == [(3, 1), (4, 2), (5, 1)]


# --- tasks --------------------------------------------------------------------------------------------------------------


def links(office) -> list[tuple]:
    """(topic of the activity, task) in order."""
    return office.rows(
        "select topic, links.task from facts.task_links as links join facts.activities using (activity) order by topic, links.task"
    )


def test_an_activity_names_a_task_by_number_or_by_words(office):
    """Words count that contain the task or are contained in it; several tasks in one cell are several links."""
    office.batch(
        tasks=[{"task": "优化审批流程", "number": "T1"}, {"task": "清理积案", "number": "T2"}],
        activities=[
            {"topic": "1", "task": "T1"},
            {"topic": "2", "task": "优化审批"},
            {"topic": "3", "task": "结合清理积案开展研讨"},
            {"topic": "4", "task": "优化审批流程、清理积案"},
            {"topic": "5", "task": "植树"},
            {"topic": "6"},
        ],
    )
    assert links(office) == [
        ("1", "优化审批流程"),
        ("2", "优化审批流程"),
        ("3", "清理积案"),
        ("4", "优化审批流程"),
        ("4", "清理积案"),
    ]


def test_only_tasks_of_the_same_year_are_served(office):
    """The same number is another task in another year."""
    office.batch(
        tasks=[
            {"task": "旧任务", "number": "T1", "quarter": "2023-10-01"},
            {"task": "新任务", "number": "T1", "quarter": "2024-10-01"},
        ],
        activities=[{"topic": "1", "task": "T1", "held_on": "2024-01-05"}, {"topic": "2", "task": "T1", "held_on": "2023-01-05"}],
    )
    assert links(office) == [("1", "新任务"), ("2", "旧任务")]


def test_a_number_is_not_taken_for_words(office):
    """Task number 1 does not mean every task with a 1 in its name."""
    office.batch(
        tasks=[{"task": "审批", "number": "1"}, {"task": "建设11个窗口", "number": "2"}], activities=[{"topic": "1", "task": "1"}]
    )
    assert links(office) == [("1", "审批")]


def test_a_number_of_another_year_is_words_in_this_one(office):
    """What was a number last year does not keep the same words from meaning a task now."""
    office.batch(
        tasks=[{"task": "旧任务", "number": "审批", "quarter": "2023-10-01"}, {"task": "优化审批", "number": "T1"}],
        activities=[{"topic": "1", "task": "审批"}],
    )
    assert links(office) == [("1", "优化审批")]


def test_a_number_given_anew_means_the_new_task_only(office):
    """After a corrected list the old number does not link to the task that no longer has it; undone, it does again."""
    office.batch(
        tasks=[{"task": "甲任务", "number": "T1", "key": "a"}, {"task": "乙任务", "number": "T2", "key": "b"}],
        activities=[{"topic": "1", "task": "T1"}],
    )
    second = office.batch(tasks=[{"task": "甲任务", "number": "T2", "key": "a"}, {"task": "乙任务", "number": "T1", "key": "b"}])
    assert links(office) == [("1", "乙任务")]
    office.undo(second)
    assert links(office) == [("1", "甲任务")]


def test_a_task_of_several_units_and_quarters_is_linked_once(office):
    """Four quarters times two units do not make eight links."""
    office.batch(
        tasks=[
            {"unit": unit, "task": "优化审批", "number": "T1", "quarter": f"2024-{month:02d}-01"}
            for unit in "甲乙"
            for month in (1, 4, 7, 10)
        ],
        activities=[{"topic": "1", "task": "T1"}, {"topic": "2", "task": "优化审批"}],
    )
    assert links(office) == [("1", "优化审批"), ("2", "优化审批")]


# --- days, coverage, columns, events ------------------------------------------------------------------------------------


def test_working_days_know_the_national_day_of_2024(office):
    """1 to 7 October are off; Sunday 29 September and Saturday 12 October are worked."""
    off = office.column(
        "select day(day) from facts.days where month = date '2024-10-01' and not is_working and day(day) < 14 order by 1"
    )
    assert off == [1, 2, 3, 4, 5, 6, 7, 13]
    assert office.rows("select is_working, weekday from facts.days where day = date '2024-09-29'") == [(True, 7)]
    worked = dict(office.rows("select day, worked from facts.days where day between date '2024-09-30' and date '2024-10-09'"))
    assert [worked[dt.date(2024, 10, day)] - worked[dt.date(2024, 9, 30)] for day in (1, 7, 8, 9)] == [0, 0, 1, 2]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-01-01", (1, 1, "2024-01-01", "2024-01-01")),
        ("2024-01-07", (1, 7, "2024-01-01", "2024-01-01")),
        ("2024-01-08", (2, 8, "2024-01-01", "2024-01-01")),
        ("2024-06-30", (26, 182, "2024-06-01", "2024-04-01")),
        ("2024-12-31", (53, 366, "2024-12-01", "2024-10-01")),
        ("2023-12-31", (53, 365, "2023-12-01", "2023-10-01")),
        ("2023-12-30", (52, 364, "2023-12-01", "2023-10-01")),
    ],
)
def test_weeks_are_counted_in_sevens_from_new_year(office, day, expected):
    """Week, day of the year, month and quarter of a day, over leap years and quarter ends."""
    week, year_day, month, quarter = expected
    found = office.rows(f"select week, year_day, month, quarter from facts.days where day = date '{day}'")
    assert found == [(week, year_day, dt.date.fromisoformat(month), dt.date.fromisoformat(quarter))]


def test_the_calendar_reaches_as_far_as_the_ledgers(office):
    """Activities before 2015, and records long after the day, have their days too; every day stands once."""
    office.batch(activities=[{"held_on": "2012-05-04", "recorded_on": "2012-05-07"}, {"recorded_on": "2031-02-03"}])
    first, last, days, distinct = office.rows("select min(year), max(year), count(*), count(distinct day) from facts.days")[0]
    assert (first, days) == (2012, distinct)
    assert last >= 2031


def test_a_month_handed_in_whole_once_is_reported(office):
    """Partly stays partly until the corrected ledger comes; undoing that makes it partly again."""
    office.batch(coverage=[*months("甲", "2024-01", "2024-02", is_partly=True), *months("乙", "2024-01", "2024-01")])
    second = office.batch(coverage=months("甲", "2024-02", "2024-02"))
    sql = "select unit, month(month), status from facts.coverage order by unit, month"
    assert office.rows(sql) == [("乙", 1, "reported"), ("甲", 1, "partly"), ("甲", 2, "reported")]
    office.undo(second)
    assert office.rows(sql) == [("乙", 1, "reported"), ("甲", 1, "partly"), ("甲", 2, "partly")]


def test_columns_are_summed_over_the_sheets_that_have_them(office):
    """Rows seen and filled add up over files."""
    seen = {"kind": "activities", "field": "host"}
    office.batch(columns=[{**seen, "rows_seen": 10, "filled": 4}, {**seen, "rows_seen": 5, "filled": 5}])
    assert office.rows("select kind, field, rows_seen, filled from facts.columns") == [("activities", "host", 15, 9)]


def test_an_event_of_one_day_ends_on_it(office):
    """An end that the sheet leaves out is the beginning."""
    office.batch(calendar=[{"starts_on": "2024-06-03"}, {"starts_on": "2024-07-01", "ends_on": "2024-07-03"}])
    assert office.rows("select day(starts_on), day(ends_on) from facts.events order by starts_on") == [(3, 3), (1, 3)]
