"""The invented sample office: reproducible, plausible, and with the patterns really in it."""

from __future__ import annotations

import datetime as dt
import itertools
import statistics
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from cadence import sample
from cadence.sample import activities, calendar, ledgers, offices, organ, scores, timeline

FOLDER = Path(__file__).resolve().parent.parent / "data" / "sample"
SEED = sample.SEED
STEADY = [unit for unit, patterns in sample.truth().items() if patterns == ("steady",)]


@pytest.fixture(scope="session")
def written(tmp_path_factory) -> list[Path]:
    """A fresh copy of the sample."""
    return sample.write(tmp_path_factory.mktemp("sample"))


def content(path: Path) -> object:
    """What a file holds: the members of an archive (compressors differ between machines), else its bytes."""
    if path.suffix not in (".xlsx", ".ods"):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return [(member.filename, member.date_time, archive.read(member)) for member in archive.infolist()]


def rows(unit: str, year: int | None = None) -> list[activities.Activity]:
    """What a unit held outside the types that crowd the turn of the year."""
    held = [a for a in activities.generate(SEED) if a.unit == unit and not a.anchored]
    return [a for a in held if year in (None, a.held_on.year)]


def years_of(unit: str, pattern: str) -> tuple[int, ...]:
    """The years in which the pattern is hidden in the unit."""
    return next(branch for branch in organ.branches() if branch.unit == unit).patterns[pattern]


def mean(values) -> float:
    """The mean of a sequence that may be lazy; 0 where it is empty."""
    found = list(values)
    return statistics.fmean(found) if found else 0.0


# --- files ------------------------------------------------------------------------------------------------------------


def test_committed_files_are_what_the_generator_writes(written):
    """Nobody edits the sample by hand: every file equals a fresh one, and none is missing or left over."""
    fresh = {path.relative_to(path.parents[1]): path for path in written}
    kept = {path.relative_to(FOLDER): path for path in FOLDER.glob("*/*")}
    assert set(kept) == set(fresh)
    assert [str(name) for name in sorted(fresh) if content(kept[name]) != content(fresh[name])] == []


def test_size_stays_small(written):
    """A clone stays quick: at most 115 files and 2.5 MB."""
    assert 60 <= len(written) <= 115
    assert sum(path.stat().st_size for path in written) < 2_500_000


def test_another_seed_gives_another_office_with_the_same_truth():
    """The seed changes what happened, not what is hidden: another seed's rush is a rush too."""
    other = [a for a in activities.generate(SEED + 1) if a.unit == "监管协调处党支部" and not a.anchored]
    assert other != rows("监管协调处党支部")
    assert mean((a.held_on.month, a.held_on.day) >= (11, 20) for a in other) > 0.3


def test_layouts_stay_the_same_over_the_quarters():
    """An office keeps its columns: its header row is the same in every quarter."""
    headers: dict[str, set] = {}
    for book in ledgers.books(SEED):
        office = Path(book.path).name.split("_")[0]
        top = book.sheets[0].rows[:5]
        width = max(map(len, top))
        header = next(row for row in top if len(row) == width and sum(cell is not None for cell in row) > width / 2)
        headers.setdefault(office, set()).add(tuple(header))
    assert {office: len(found) for office, found in headers.items()} == dict.fromkeys(ledgers.LAYOUTS, 1)


def test_missing_quarters_leave_no_rows():
    """One office handed in nothing in one quarter, another a part: missing is not zero."""
    paths = {book.path for book in ledgers.books(SEED)}
    assert not any("热线" in path and "2024Q2" in path for path in paths)
    came = {a.unit for a in activities.handed_in(SEED) if (a.held_on.year, calendar.quarter_of(a.held_on)) == (2025, 3)}
    assert len(came & {branch.unit for branch in organ.branches_of("街镇便民服务党总支")}) == 3


def test_planted_faults_are_few_and_present():
    """At most a dozen rows are wrong on purpose, and each stands in its ledger."""
    assert 5 <= len(ledgers.PLANTED) <= 12
    books = {book.path: book for book in ledgers.books(SEED)}
    for planted in ledgers.PLANTED:
        found = next(b for path, b in books.items() if path.startswith(f"{planted.year}Q{planted.quarter}/{planted.office}"))
        cells = [cell for sheet in found.sheets for row in sheet.rows for cell in row]
        assert all(value in cells for _, value in planted.cells)


# --- plausibility -----------------------------------------------------------------------------------------------------


def test_units_are_named_once():
    """60 branches, 8 departments, one organ; no name twice."""
    names = [row["unit"] for row in offices.register(2025, 3, SEED)]
    assert len(names) == len(set(names)) == 69
    assert {a.unit for a in activities.generate(SEED)} <= set(names)


def test_volume_is_that_of_an_office():
    """About 8,000 activities; the usual branch holds 35 to 60 a year."""
    assert 7_000 <= len(activities.handed_in(SEED)) <= 9_500
    counts = Counter((a.unit, a.held_on.year) for a in activities.generate(SEED) for _ in a.types)
    usual = [n for (unit, _), n in counts.items() if unit not in (organ.ORGAN, "数据产权登记处党支部")]
    assert 35 <= statistics.median(usual) <= 60
    assert min(usual) >= 24
    assert max(usual) <= 80


def test_people_present_never_exceed_those_expected():
    """Attended ≤ expected ≤ members, leaders likewise; solved ≤ raised, closed ≤ decided."""
    members = {branch.unit: branch.members for branch in organ.branches()} | {organ.ORGAN: 9}
    for a in activities.generate(SEED):
        assert 0 < a.attended <= a.expected <= members[a.unit]
        assert a.leave <= a.expected - a.attended
        assert a.leaders_as_members <= a.leaders_attended <= a.leaders_expected
        assert a.problems_solved <= a.problems_raised
        assert a.decisions_closed <= a.decisions


def test_what_is_told_of_the_people_agrees():
    """Absent, gone early and young are among those expected or present; committee meetings are mostly hosted by the secretary."""
    for a in activities.generate(SEED):
        assert a.attended + a.leave + a.absent == a.expected
        assert a.left_early <= a.attended
        assert a.young_attended <= min(a.attended, a.young_expected) <= a.young_expected <= a.expected
        assert a.attended - a.young_attended <= a.expected - a.young_expected
    hosted = Counter(a.host_role for a in activities.generate(SEED) if "committee_meeting" in a.types)
    assert 0.8 < hosted["书记"] / sum(hosted.values()) < 0.95
    held = {b.unit: Counter(a.organised_by == "支部" for a in rows(b.unit)) for b in organ.branches()}
    assert held["工单派遣科党支部"][False] > held["工单派遣科党支部"][True] > 0
    assert mean(found[False] / found.total() for unit, found in held.items() if unit in STEADY) < 0.15


def test_the_register_tells_of_the_people():
    """Age bands fit into the members, staff are no fewer than members who work; the young are those of the register before."""
    for row in offices.register(2025, 1, SEED):
        if row["kind"] == "党支部":
            assert row["members_under35"] <= row["members_young"] <= row["members"] - row["members_over60"]
            assert row["members_new"] + row["members_veteran"] <= row["members"] <= row["staff"]
            assert 25 < row["mean_age"] < 75
            assert row["officers_hours"] > 0


def test_nothing_is_held_on_a_holiday_or_recorded_before_it_was_held():
    """Working days only, within the three years; founded branches only."""
    founded = {branch.unit: branch.founded_on or dt.date(2019, 1, 1) for branch in organ.branches()}
    for a in activities.generate(SEED):
        assert calendar.is_workday(a.held_on)
        assert a.held_on.year in organ.YEARS
        assert a.recorded_on >= a.held_on
        assert a.held_on >= founded.get(a.unit, dt.date(2019, 1, 1))


def test_no_activity_stands_twice():
    """Unit, type, day and topic tell the activities apart."""
    keys = [(a.unit, name, a.held_on, a.topic) for a in activities.generate(SEED) for name in a.types]
    assert len(keys) == len(set(keys))


def test_topics_are_diverse():
    """More than half of the topics occur once."""
    counts = Counter(a.topic for a in activities.generate(SEED) if not a.anchored)
    assert sum(1 for n in counts.values() if n == 1) > 0.5 * len(counts)
    assert len(counts) > 3_500


def test_everybody_holds_a_life_meeting_every_year():
    """The legitimate year-end types are in every branch that existed all year."""
    for year in organ.YEARS:
        held = {a.unit for a in activities.generate(SEED) if "life_meeting" in a.types and a.held_on.year == year}
        assert held >= {branch.unit for branch in organ.branches() if branch.founded_on is None}


# --- the hidden patterns ----------------------------------------------------------------------------------------------


def q4_share(unit: str, year: int) -> float:
    """Share of the year's activities held from October on."""
    return mean(a.held_on.month >= 10 for a in rows(unit, year))


def w6_share(unit: str, year: int) -> float:
    """Share held in the last 42 days."""
    return mean(a.held_on >= dt.date(year, 11, 20) for a in rows(unit, year))


def before_inspections(unit: str, year: int) -> float:
    """Share held in the 21 days before an inspection, those of December left out."""
    dates = [day for day, _ in calendar.INSPECTIONS[year] if day.month < 12]
    return mean(any(0 < (day - a.held_on).days <= 21 for day in dates) for a in rows(unit, year))


def backfilled(unit: str, year: int) -> float:
    """Share recorded more than 15 days late, in the 14 days before an inspection."""
    dates = [day for found in calendar.INSPECTIONS.values() for day, _ in found]
    batches = {day - dt.timedelta(days=n) for day in dates for n in range(1, 15)}
    return mean((a.recorded_on - a.held_on).days > 15 and a.recorded_on in batches for a in rows(unit, year))


def longest_silence(unit: str, year: int) -> float:
    """Longest stretch between two activities, in days."""
    days = sorted({a.held_on for a in rows(unit, year)})
    return max((b - a).days for a, b in itertools.pairwise(days))


def last_third(unit: str, year: int) -> float:
    """Last third of the year against the first."""
    count = Counter((a.held_on.month - 1) // 4 for a in rows(unit, year))
    return count[2] / count[0]


def attendance(unit: str, year: int) -> float:
    """Attended against expected."""
    return sum(a.attended for a in rows(unit, year)) / sum(a.expected for a in rows(unit, year))


def leaders_as_members(unit: str, year: int) -> float:
    """Leaders who came as ordinary members against leaders expected."""
    return sum(a.leaders_as_members for a in rows(unit, year)) / sum(a.leaders_expected for a in rows(unit, year))


def top_host(unit: str, year: int) -> float:
    """Share of activities with the most frequent host."""
    return Counter(a.host for a in rows(unit, year)).most_common(1)[0][1] / len(rows(unit, year))


def stale(unit: str, year: int) -> float:
    """Share of the old forms of both lists."""
    return mean(a.form in ("集中学习", "辅导授课", "外出参观", "开会", "念文件", "谈体会") for a in rows(unit, year))


def slogans(unit: str, year: int) -> float:
    """Share of topics that do not name any of the branch's own business."""
    words = activities.topics.WORDS["slogans"]
    return mean(any(a.topic.startswith(word) for word in words) for a in rows(unit, year))


def nominal(unit: str, year: int) -> float:
    """Share of activities with a task where nobody from business helped and nothing was solved or decided."""
    linked = [a for a in rows(unit, year) if a.task]
    return sum(not (a.business_offices or a.problems_solved or a.decisions) for a in linked) / len(rows(unit, year))


def thin_traces(unit: str, year: int) -> float:
    """Materials per activity where nothing is ever solved."""
    return mean(a.materials for a in rows(unit, year)) if not any(a.problems_solved for a in rows(unit, year)) else 0.0


def skins_gap(unit: str, year: int) -> float:
    """Distance between the ranks for party building and for business, as a share of all units."""
    lines = [line for line in scores.summaries(SEED) if (line.year, line.quarter) == (year, 4)]
    party = sorted(line.scores["党建工作"] for line in lines)
    business = sorted(line.scores["工作实绩"] for line in lines)
    own = next(line for line in lines if line.unit == unit)
    return (party.index(own.scores["党建工作"]) - business.index(own.scores["工作实绩"])) / len(lines)


def steps_missing(unit: str, year: int) -> float:
    """Sync steps that the whole year shows no record of."""
    wanted = activities.SIX if unit.startswith(("交易", "工程交易", "政府采购", "土地", "评审", "见证")) else activities.FIVE
    return len(set(wanted) - {step for a in rows(unit, year) for step in a.sync})


def orphans(unit: str, year: int) -> float:
    """Key tasks of the year that no activity supports."""
    branch = next(b for b in organ.branches() if b.unit == unit)
    return len(set(activities.tasks_of(branch, year)) - {a.task for a in rows(unit, year)})


def by_order(unit: str, year: int) -> float:
    """Share that somebody above asked for."""
    return mean(a.triggered_by == "上级部署" for a in rows(unit, year))


def at_once(unit: str, year: int) -> float:
    """Share announced less than two days before."""
    return mean((a.held_on - a.notified_on).days < 2 for a in rows(unit, year) if a.notified_on)


def short(unit: str, year: int) -> float:
    """Share of activities under half an hour."""
    return mean(a.minutes < 30 for a in rows(unit, year))


def prescribed(unit: str, year: int) -> float:
    """Share of prescribed activities."""
    return mean(a.prescribed for a in rows(unit, year))


def replanned(unit: str, year: int) -> float:
    """Changes per planned item."""
    own = [plan for plan in offices.plans(year, SEED) if plan.unit == unit]
    return sum(plan.version > 1 for plan in own) / sum(plan.version == 1 for plan in own)


# pattern → (measure, units that show it lie beyond, steady units lie on the other side on average)
MEASURES = {
    "yearend_w6_strong": (w6_share, 0.30, 0.16),
    "yearend_w6_mild": (w6_share, 0.17, 0.16),
    "yearend_q4_strong": (q4_share, 0.40, 0.29),
    "yearend_q4_mild": (q4_share, 0.28, 0.28),
    "yearend_culture": (q4_share, 0.33, 0.29),
    "preinspection_rush": (before_inspections, 0.25, 0.20),
    "backfill": (backfilled, 0.35, 0.05),
    "stop_go": (longest_silence, 35, 30),
    "fade_out": (last_third, -0.5, -0.7),
    "low_participation": (attendance, -0.78, -0.88),
    "leaders_absent": (leaders_as_members, -0.05, -0.4),
    "concentrated_hosting": (top_host, 0.9, 0.6),
    "stale_forms": (stale, 0.75, 0.4),
    "slogan_topics": (slogans, 0.5, 0.2),
    "nominal_integration": (nominal, 0.25, 0.15),
    "trace_no_effect": (thin_traces, 10, 5),
    "two_skins": (skins_gap, 0.5, 0.15),
    "sync_missing": (steps_missing, 3, 0.5),
    "orphan_task": (orphans, 1, 0.5),
    "superior_driven": (by_order, 0.7, 0.2),
    "short_notice": (at_once, 0.9, 0.05),
    "too_short": (short, 0.9, 0.05),
    "prescribed_only": (prescribed, 1.0, 0.85),
    "plan_churn": (replanned, 0.3, 0.1),
}


def test_every_hidden_pattern_is_measured():
    """No pattern of the truth table is only a word."""
    hidden = {name for branch in organ.branches() for name in branch.patterns}
    assert hidden == set(MEASURES)


@pytest.mark.parametrize("pattern", MEASURES)
def test_pattern_is_in_the_records(pattern):
    """Units that hide a pattern show it in their records in its years, on average; steady ones do not."""
    measure, beyond, usual = MEASURES[pattern]
    sign = 1 if beyond >= 0 else -1
    for unit in (unit for unit, patterns in sample.truth().items() if pattern in patterns and unit not in organ.DEPARTMENTS):
        found = mean(measure(unit, year) for year in years_of(unit, pattern))
        assert sign * found >= beyond, (unit, found)
    steady = [measure(unit, year) for unit in STEADY for year in organ.YEARS if len(rows(unit, year)) > 20]
    assert sign * mean(steady) <= usual


def test_a_branch_that_mended_its_ways():
    """One branch rushed in 2023 and was steady afterwards."""
    assert q4_share("中心综合部党支部", 2023) > 0.45
    assert max(q4_share("中心综合部党支部", year) for year in (2024, 2025)) < 0.35
    assert sample.truth_of_year(2023)["中心综合部党支部"] == ("yearend_q4_strong",)
    assert sample.truth_of_year(2024)["中心综合部党支部"] == ("steady",)


def test_one_department_scores_hardly_differ():
    """照顾搞平衡: the spread of one department's scores is a tenth of the others'."""

    def spread(department: str) -> float:
        units = {branch.unit for branch in organ.branches_of(department)}
        lines = [line for line in scores.summaries(SEED) if line.unit in units and line.year == 2024]
        return statistics.pstdev(line.scores["党建工作"] for line in lines)

    assert spread("大数据中心党总支") < 0.1 * statistics.median(spread(name) for name in organ.DEPARTMENTS)


def test_one_department_takes_turns_at_the_top_grade():
    """轮流坐庄: nobody is excellent two years running there; elsewhere the good ones are."""

    def again(department: str) -> int:
        units = {branch.unit for branch in organ.branches_of(department)}
        best = [a for a in scores.adjustments(SEED) if a.direction == "评优" and a.unit in units]
        won = [{a.unit for a in best if a.recorded_on.year == year} for year in organ.YEARS]
        return len(won[0] & won[1]) + len(won[1] & won[2])

    assert again("营商环境党总支") == 0
    assert mean(again(name) for name in organ.DEPARTMENTS if name != "营商环境党总支") > 1.5


def test_one_department_settles_scores_in_december():
    """秋后算总账: every deduction of one department is recorded in the fourth quarter though it happened before."""

    def deductions(department: str) -> list[scores.Adjustment]:
        units = {branch.unit for branch in organ.branches_of(department)}
        return [a for a in scores.adjustments(SEED) if a.direction == "减分" and a.unit in units]

    assert all(a.recorded_on.month == 12 and a.happened_on.month < 10 for a in deductions("公共资源交易中心党总支"))
    others = [a for name in organ.DEPARTMENTS if name != "公共资源交易中心党总支" for a in deductions(name)]
    assert mean(a.recorded_on.month >= 10 for a in others) < 0.5


def test_one_department_rewards_and_hardly_deducts():
    """重奖轻罚: more than twenty rewards to a deduction."""
    units = {branch.unit for branch in organ.branches_of("政务服务党总支")}
    kinds = Counter(a.direction for a in scores.adjustments(SEED) if a.unit in units)
    assert kinds["加分"] > 20 * kinds["减分"] > 0


def test_one_department_holds_the_same_theme_day_at_once():
    """一拥而上: in some months at least five branches hold the same theme day within seven days."""
    for month in timeline.HERD_MONTHS:
        units = {branch.unit for branch in organ.branches_of("热线服务党总支")}
        days: dict[str, list[dt.date]] = {}
        for a in activities.generate(SEED):
            if a.unit in units and "theme_day" in a.types and (a.held_on.year, a.held_on.month) == (2025, month):
                days.setdefault(a.topic, []).append(a.held_on)
        held = sorted(max(days.values(), key=len))
        assert sum((day - statistics.median_low(held)).days in range(-4, 5) for day in held) >= 4


def test_anchored_types_peak_in_the_cold_months():
    """Life meetings, appraisals and talks crowd the turn of the year everywhere: legitimate, never a rush."""
    months = Counter(a.held_on.month for a in activities.generate(SEED) if a.anchored)
    assert sum(months[month] for month in (11, 12, 1, 2, 3)) > 0.95 * sum(months.values())


# --- read back by the importer ----------------------------------------------------------------------------------------

KINDS = {
    "组织名册": {"units"},
    "年度计划": {"plans"},
    "节点日历": {"calendar"},
    "业务重点任务": {"tasks"},
    "季度考核汇总": {"evaluations", "adjustments"},
    "年终考核": {"evaluations", "adjustments"},
}


@pytest.fixture(scope="session")
def readings():
    """Every file of the sample as the importer reads it, all dropped at once."""
    from cadence.sheets import Context, read_files

    files = [(str(path.relative_to(FOLDER)), path.read_bytes()) for path in sorted(FOLDER.glob("*/*"))]
    found = read_files(files, Context(today=dt.date(2026, 1, 31)))
    for (name, _), reading in zip(files, found, strict=True):
        reading.file = name  # the reader keeps the last part of a path only
    return found


def half_width(text: str | None) -> str:
    """The text with full-width digits and punctuation made half-width, as the importer may do."""
    return unicodedata.normalize("NFKC", text or "")


def tables_of(readings, kind: str, name: str = ""):
    """The tables of one kind, from the files whose name holds a word."""
    return [table for r in readings if name in r.file for sheet in r.sheets for table in sheet.tables if table.kind == kind]


def records(readings, kind: str, *fields: str, name: str = "") -> Counter:
    """The accepted records of a kind, cut down to some fields, with how often each occurs."""
    found: Counter = Counter()
    for table in tables_of(readings, kind, name):
        none = [None] * len(table.numbers)
        found.update(zip(*(table.fields.get(field, none) for field in fields), strict=True))
    return found


def test_every_file_is_read_as_what_it_is(readings):
    """Nothing is refused, and each file gives the kinds of record that it holds."""
    assert [(r.file, str(r.reason)) for r in readings if r.reason] == []
    for reading in readings:
        kinds = {table.kind for sheet in reading.sheets for table in sheet.tables}
        assert kinds == KINDS.get(Path(reading.file).name.split("_")[0], {"activities"}), reading.file


def test_every_activity_is_read_as_it_was_written(readings):
    """Accepted activities are the generated ones; beyond them only planted rows that are let in with a warning."""
    read = records(readings, "activities", "unit", "type", "held_on", "recorded_on", "expected", "attended", "task")
    made = Counter(
        (a.unit, kind, a.held_on, a.recorded_on, a.expected, a.attended, a.task or None)
        for a in activities.handed_in(SEED)
        for kind in a.types
    )
    assert made - read == Counter()
    assert sum((read - made).values()) <= 2 * len(ledgers.PLANTED)
    assert {(key[0], key[2]) for key in read - made} <= {(a.unit, a.held_on) for a in activities.handed_in(SEED)}


def test_every_planted_fault_is_named(readings):
    """Each row that is wrong on purpose is rejected, warned of or skipped with a reason, and no other row is rejected."""
    for planted in ledgers.PLANTED:
        place = f"{planted.year}Q{planted.quarter}/{planted.office}"
        sheets = [sheet for r in readings if r.file.startswith(place) for sheet in r.sheets]
        problems = [p for sheet in sheets for p in (*sheet.rejected, *sheet.warnings)]
        told = " ".join(f"{problem.value} {problem.reason}" for problem in problems)
        told += " ".join(str(skipped.reason) for sheet in sheets for skipped in sheet.skipped)
        values = [str(value) for _, value in planted.cells] or ["完全相同"]
        assert any(half_width(value) in half_width(told) for value in values), planted
    every = [(r.file, p.row, p.value) for r in readings for sheet in r.sheets for p in sheet.rejected]
    assert len({(file, row) for file, row, _ in every}) <= len(ledgers.PLANTED), every


def test_the_other_records_are_read_as_they_were_made(readings):
    """Register, plans, tasks, ratings, summaries, adjustments and calendars come back whole."""
    assert len(records(readings, "units", "unit")) == 69
    tasks = [t for year in organ.YEARS for quarter in (1, 2, 3, 4) for t in offices.tasks(year, quarter, SEED)]
    assert records(readings, "tasks", "unit", "task", "quarter", "progress", "score") == Counter(
        (t.unit, t.task, dt.date(t.year, 3 * t.quarter - 2, 1), t.progress, t.score) for t in tasks
    )
    plans = [plan for year in organ.YEARS for plan in offices.plans(year, SEED)]
    assert records(readings, "plans", "unit", "type", "planned_on", "version", "changed_on") == Counter(
        (p.unit, p.type, p.planned_on, p.version, p.changed_on) for p in plans
    )
    ratings = [rating for year in organ.YEARS for rating in scores.ratings(year, SEED)]
    assert records(readings, "evaluations", "unit", "criterion", "score", "rated_on", name="年终") == Counter(
        (r.unit, r.criterion, r.score, r.rated_on) for r in ratings
    )
    wide = records(readings, "evaluations", "unit", "criterion", "score", "quarter", name="季度考核")
    assert wide == Counter(
        (line.unit, criterion, score, dt.date(line.year, 3 * line.quarter - 2, 1))
        for line in scores.summaries(SEED)
        for criterion, score in {**line.scores, "季度总分": line.total}.items()
    )
    given = records(readings, "adjustments", "unit", "points", "happened_on", "recorded_on", name="年终")
    assert given == Counter((a.unit, a.points, a.happened_on, a.recorded_on) for a in scores.adjustments(SEED))
    events = [event for year in organ.YEARS for event in offices.events(year)]
    assert records(readings, "calendar", "starts_on", "ends_on") == Counter((e["starts_on"], e["ends_on"]) for e in events)
