"""The rules an officer may edit: read, checked, and refused with file, key, value and expectation."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from cadence import rules
from cadence.rules import Day, RuleError
from cadence.words import DATA


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the rule files that a test may edit."""
    shutil.copytree(DATA / "rules", tmp_path / "rules")
    return tmp_path


def edit(data: Path, name: str, before: str, after: str) -> None:
    """Replace the first such text in a rule file."""
    path = data / "rules" / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def day(data: Path, text: str) -> Day:
    """One day of the working calendar."""
    wanted = dt.date.fromisoformat(text)
    return next(day for day in rules.days(wanted.year, wanted.year, data) if day.day == wanted)


@pytest.mark.parametrize("name", sorted(path.stem for path in (DATA / "rules" / "profiles").glob("*.toml")))
def test_every_profile_that_is_shipped_is_sound(name: str):
    """Each due rule names a known kind of activity, a period and a clause."""
    assert all(rule["clause"] and rule["type"] in rules.types() for rule in rules.profile(name)["due"])


def test_the_presets_that_are_shipped_are_the_two_of_the_report():
    """Five syncs (L13) and six syncs (L19)."""
    assert {name: len(preset["steps"]) for name, preset in rules.presets()["sync"].items()} == {"five": 5, "six": 6}


def test_the_stale_forms_that_are_shipped_are_the_two_of_the_report():
    """老一套 (L13) and 老三样 (L20), each with the words by which ledgers know them."""
    forms = {name: preset["forms"] for name, preset in rules.presets()["stale_forms"].items()}
    assert forms == {"lecture": ["集中学习", "辅导授课", "外出参观"], "meeting": ["开会", "念文件", "谈体会"]}
    assert {"集中学习", "参观"} <= set(rules.dictionaries()["lecture"]) and "会议" in rules.dictionaries()["meeting"]


def test_the_season_of_a_kind_is_its_months():
    """An appraisal belongs to the turn of the year, a theme day to no season."""
    assert 12 in rules.types()["appraisal"].anchored and rules.types()["theme_day"].anchored == ()


OVERLAY = "\n[years]"
LOCAL = "profiles/local.toml"
WORDS = "dictionaries.toml"
MISTAKES = [
    ("types.toml", "prescribed =", "prescribd =", "[members_meeting]: unknown key “prescribd”; expected one of anchored"),
    ("types.toml", "prescribed =", "# =", "[members_meeting]: key “prescribed” is missing"),
    ("types.toml", 'duty = "management"', 'duty = "managing"', "[members_meeting]: duty is “managing”; expected one of education"),
    ("thresholds.toml", "value = 32", 'value = "32"', "thresholds.toml [learning_hours]: value is “32”; expected a number"),
    ("thresholds.toml", "value = 32", "values = 32", "thresholds.toml [learning_hours]: unknown key “values”"),
    (LOCAL, "every = ", "evry = ", "local.toml [R1]: unknown key “evry”; expected one of clause"),
    (LOCAL, 'every = "quarter"', "", "local.toml [R1]: key “every” is missing"),
    (LOCAL, '"quarter"', '"week"', "local.toml [R1]: every is “week”; expected one of month, quarter, year"),
    (LOCAL, '"members_meeting"', '"tea"', "local.toml [R1]: type is “tea”; expected an id of types.toml"),
    (LOCAL, "[[due]]", "[[duee]]", "local.toml: unknown key “duee”"),
    (LOCAL, "title = ", "title = = ", "local.toml: Invalid value (at line 2"),
    ("presets.toml", '["study"', '["stduy"', "[sync.five]: step “stduy” has no [steps.stduy]"),
    (WORDS, "[lists.party]", "[lists.partey]", "dictionaries.toml [lists]: unknown key “partey”; expected one of broad, business"),
    (WORDS, "[lists.small]\n", "[lists.broad.small]\n", "dictionaries.toml [lists]: key “small” is missing"),
    ("presets.toml", "[sync.five]", "[synk.five]", "presets.toml: unknown key “synk”"),
    ("presets.toml", 'forms = ["开会"', 'form = ["开会"', "[stale_forms.meeting]: unknown key “form”"),
    (WORDS, "[forms]", "[form]", "dictionaries.toml: unknown key “form”; expected one of forms, lists"),
    (WORDS, '"念文件" =', '"读文件" =', "presets.toml [stale_forms.meeting]: form “念文件” is not in [forms]"),
    (WORDS, '"窗口"', '"窗口", "窗口服务"', "dictionaries.toml [small]: “窗口服务” is empty or contains another word"),
    (WORDS, '"窗口"', '"窗口", ""', "dictionaries.toml [small]: “” is empty or contains another word"),
    ("calendar.toml", OVERLAY, "\n[years.2099]\nof = []", "[years.2099]: unknown key “of”; expected one of off, work"),
    ("calendar.toml", OVERLAY, "\n[years.soon]\noff = []", "[years.soon]: “soon” is not a year; expected [years.2027]"),
    ("calendar.toml", OVERLAY, '\n[years.2099]\noff = ["2099-02-30"]', "[years.2099]: day is out of range for month; expected"),
    ("calendar.toml", OVERLAY, "\n[year.2027]", "calendar.toml: unknown key “year”; expected one of years"),
]
READERS = {
    "types.toml": rules.types,
    LOCAL: lambda data: rules.profile("local", data),
    "presets.toml": rules.presets,
    "thresholds.toml": rules.thresholds,
    WORDS: rules.dictionaries,
    "calendar.toml": lambda data: rules.days(2024, 2024, data),
}


@pytest.mark.parametrize(("name", "before", "after", "said"), MISTAKES)
def test_a_mistake_in_a_rule_file_is_named(data: Path, name: str, before: str, after: str, said: str):
    """The message holds file, entry, value and what was expected."""
    edit(data, name, before, after)
    with pytest.raises(RuleError) as error:
        READERS[name](data)
    assert said in str(error.value)
    assert str(error.value).startswith((Path(name).name, *(["presets.toml"] if name == WORDS else [])))


def test_an_unknown_profile_is_named_with_those_there_are():
    """The message lists the files of the folder."""
    with pytest.raises(RuleError, match="profile “ours” does not exist; expected one of local, national"):
        rules.profile("ours")


@pytest.mark.parametrize(
    ("text", "is_working", "holiday"),
    [
        ("2024-02-10", False, "春节"),
        ("2024-02-12", False, "春节"),
        ("2024-02-04", True, None),
        ("2024-10-12", True, None),
        ("2024-10-13", False, None),
        ("2024-10-14", True, None),
    ],
)
def test_holidays_and_make_up_days(data: Path, text: str, is_working: bool, holiday: str | None):
    """The Spring Festival of 2024 is free on its Monday too, and the Sunday before it is worked; other weekends are free."""
    found = day(data, text)
    assert (found.is_working, found.holiday, found.is_known) == (is_working, holiday, True)


def test_a_year_that_nobody_knows_is_flagged(data: Path):
    """Weekdays count as worked, and the day says that its year is unknown."""
    new_year, saturday = day(data, "2099-01-01"), day(data, "2099-01-03")
    assert (new_year.is_working, new_year.is_known) == (True, False)
    assert (saturday.is_working, saturday.is_known) == (False, False)


def test_an_overlay_makes_a_year_known(data: Path):
    """Days off and days worked are as the file says, the rest by weekday."""
    edit(data, "calendar.toml", OVERLAY, '\n[years.2099]\noff = ["2099-01-01"]\nwork = ["2099-01-03"]')
    found = {text: day(data, text) for text in ("2099-01-01", "2099-01-02", "2099-01-03", "2099-01-04")}
    assert [day.is_working for day in found.values()] == [False, True, True, False]
    assert all(day.is_known for day in found.values())


def test_an_overlay_replaces_what_the_package_knows_of_that_year_only(data: Path):
    """In a year that is overlaid only the file counts; other years stay."""
    edit(data, "calendar.toml", OVERLAY, '\n[years.2024]\noff = ["2024-03-04"]')
    assert not day(data, "2024-03-04").is_working and day(data, "2024-02-12").is_working
    assert not day(data, "2023-01-23").is_working


def test_days_run_from_new_year_to_new_years_eve():
    """Every day of every year once, Monday as weekday 1."""
    found = rules.days(2023, 2024)
    assert (len(found), found[0].day, found[-1].day) == (365 + 366, dt.date(2023, 1, 1), dt.date(2024, 12, 31))
    assert (found[0].weekday, found[1].weekday) == (7, 1)
