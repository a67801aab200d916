"""The early warnings on the rhythm page."""

from __future__ import annotations

import datetime as dt
import importlib

import pytest
from streamlit.testing.v1 import AppTest

from cadence import batches, outlook
from cadence.store import Store
from cadence.words import LANGUAGES
from tests.ledgers import ledger
from tests.pages import screen

BADGES = {"zh": {"关注", "预警", "严重"}, "en": {"Watch", "Warning", "Severe"}}


def named(page: AppTest) -> list[str]:
    """The units whose buttons stand in the section, top to bottom."""
    return [button.label for button in page.button if (button.key or "").startswith("course-")]


def said(page: AppTest) -> str:
    """Every text of the page."""
    return "\n".join(screen.texts(page))


def listed(store: Store, day: dt.date) -> list[str]:
    """The units that need a look as of a day."""
    return list(outlook.listed(outlook.judge(store, day).units)["unit"])


def test_a_year_that_is_over_is_looked_back_at(visit, sample: Store):
    """30 September, said plainly; every unit that needs a look, and nobody else, by name."""
    found = visit(sample, "rhythm", period="2025")
    assert not found.exception
    assert "回看：2025年" in said(found) and "截至2025年9月30日" in said(found)
    assert named(found) == listed(sample, dt.date(2025, 9, 30)) != []
    assert "年内预警" in [heading.value for heading in found.subheader]


def test_the_address_chooses_the_month(visit, sample: Store):
    """June's end; a month that is not on offer falls back."""
    assert named(visit(sample, "rhythm", period="2025", judged="6")) == listed(sample, dt.date(2025, 6, 30))
    for wrong in ("12", "0", "soon", ""):
        assert "截至2025年9月30日" in said(visit(sample, "rhythm", period="2025", judged=wrong))


def test_a_choice_goes_into_the_address(visit, sample: Store):
    """And the usual month out of it again."""
    found = visit(sample, "rhythm", period="2025")
    (control,) = [group for group in found.get("button_group") if (group.key or "").startswith("judged-")]
    found = control.set_value("6").run()
    assert "6" in found.query_params["judged"] and "截至2025年6月30日" in said(found)
    (control,) = [group for group in found.get("button_group") if (group.key or "").startswith("judged-")]
    found = control.set_value("9").run()
    assert "judged" not in found.query_params and "截至2025年9月30日" in said(found)


def test_a_click_on_a_unit_opens_and_closes_its_course(visit, sample: Store):
    """One more picture with its sentence above; the unit stands in the address."""
    found = visit(sample, "rhythm", period="2025")
    before = len(found.get("plotly_chart"))
    unit = named(found)[0]
    found = next(button for button in found.button if button.label == unit).click().run()
    assert unit in found.query_params["course"]
    assert len(found.get("plotly_chart")) == before + 1 and "后来全年实际开展" in said(found)
    found = next(button for button in found.button if button.label == unit).click().run()
    assert "course" not in found.query_params and len(found.get("plotly_chart")) == before


def test_a_long_list_comes_in_parts(visit, sample: Store, monkeypatch: pytest.MonkeyPatch):
    """The first few, how many are left, and more of them on demand, in the same order."""
    monkeypatch.setattr(importlib.import_module("cadence.view.warnings"), "LIMIT", 2)
    every = listed(sample, dt.date(2024, 9, 30))
    found = visit(sample, "rhythm", period="2024")
    assert named(found) == every[:2] and f"还有 {len(every) - 2} 个没有列出" in said(found)
    found = next(button for button in found.button if button.label == "再看 2 个").click().run()
    assert named(found) == every[:4]


def test_only_the_chosen_units_are_shown(visit, sample: Store):
    """Those below the unit of the address; what others do is still part of the arithmetic."""
    every = listed(sample, dt.date(2025, 9, 30))
    with sample.cursor() as cursor:
        parent = cursor.execute("select parent from marts.units where unit = $unit", {"unit": every[0]}).fetchall()[0][0]
        below = {
            name for (name,) in cursor.execute("select unit from marts.units where parent = $parent", {"parent": parent}).fetchall()
        }
    assert named(visit(sample, "rhythm", period="2025", unit=parent)) == [unit for unit in every if unit in below]


def test_a_single_unit_shows_its_course_at_once(visit, sample: Store):
    """A branch secretary need not be warned to see the year; no level is given to it."""
    unit = next(row["unit"] for _, row in outlook.judge(sample, dt.date(2025, 9, 30)).units.iterrows() if row["level"] == "none")
    found = visit(sample, "rhythm", period="2025", unit=unit)
    assert not found.exception and named(found) == []
    assert "这个单位没有到需要提醒的程度" in said(found) and "照这个节奏，到年底大约" in said(found)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_levels_are_words_beside_colours(visit, sample: Store, lang: str):
    """Each unit has a badge with a word and an icon; burnt orange stands for the gravest alone."""
    found = visit(sample, "rhythm", period="2024", lang=lang)
    section = "\n".join(text for block in found.main.children.values() for text in _section(block))
    badges = [text.value for text in found.markdown if "-badge[" in text.value and text.value in section]
    levels = set(BADGES[lang])
    badges = [badge for badge in badges if any(level in badge for level in levels)]
    assert len(badges) == len(named(found)) > 0
    assert all(any(word in badge for word in BADGES[lang]) and ":material/" in badge for badge in badges)
    grave = {"zh": "严重", "en": "Severe"}[lang]
    assert {(":red-badge[" in badge) == (grave in badge) for badge in badges} == {True}


@pytest.mark.parametrize(("lang", "word"), [("zh", "突击"), ("en", "rush")])
def test_nobody_is_said_to_rush_beforehand(visit, sample: Store, lang: str, word: str):
    """Nothing in the section names it, in neither language, with a course open and the arithmetic told."""
    found = visit(sample, "rhythm", period="2025", lang=lang, course=listed(sample, dt.date(2025, 9, 30))[0])
    section = "\n".join(text for block in found.main.children.values() for text in _section(block))
    assert {"zh": "怎么算的", "en": "How we know"}[lang] in section and word not in section.lower()


def _section(block: object) -> list[str]:
    """The texts of the container with the warnings, wherever it stands below this block."""
    if "warnings" in str(getattr(getattr(block, "proto", None), "id", "")).split("-"):
        return list(screen._node(block))
    return [text for child in getattr(block, "children", {}).values() for text in _section(child)]


def test_years_without_ledgers_say_so(visit, sample: Store):
    """Before the first ledger there is nothing to project from."""
    found = visit(sample, "rhythm", period="2019")
    assert not found.exception and "2019年没有可以推算的台账。" in said(found) and not named(found)


def test_a_ledger_of_one_row_is_not_judged(visit, own: Store):
    """Too little of the year: counted with the reason, no exception."""
    row = ["甲党支部", "主题党日", "2025-03-05", "一", 10, 9]
    batches.commit(own, batches.read(own, [ledger(row, name="2025年3月台账.xlsx")]))
    found = visit(own, "rhythm")
    assert not found.exception and not named(found)
    assert "都还不能判断" in said(found) and "还不到全年的十分之一：1 个" in said(found) and "回看" not in said(found)


def test_chosen_kinds_do_not_change_the_projection(visit, sample: Store):
    """And the page says so."""
    found = visit(sample, "rhythm", period="2025", types=["theme_day"])
    assert named(found) == listed(sample, dt.date(2025, 9, 30))
    assert "这里按全部活动类型推算，不受所选类型影响。" in said(found)
