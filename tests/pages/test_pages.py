"""Every page in every language over an empty and a full database: it is whole, it speaks, and it says what to do first."""

from __future__ import annotations

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from cadence import batches, queries
from cadence.charts.wording import short, wrapped
from cadence.store import Store
from cadence.view.frame import PAGES
from cadence.words import LANGUAGES, catalogue, plain
from tests.ledgers import ledger
from tests.pages import screen
from tests.pages.conftest import HOME

TITLES = {stem: title for group in PAGES.values() for stem, title in group.items()}
CHARTS = {"overview", "frequency", "rhythm", "participation", "integration", "evaluation"}
UNFILTERED = {"spreadsheets", "definitions"}
every_page = pytest.mark.parametrize("page", TITLES)
every_language = pytest.mark.parametrize("lang", LANGUAGES)
DATA = """
    select unit from marts.units union select parent from marts.units union select topic from marts.activities
    union select task from marts.tasks union select file from marts.sources union select sheet from marts.sources
    union select name from marts.events union select form from marts.activities union select task from marts.activities
    union select word from marts.dictionary union select theme from marts.themes
    union select criterion from marts.ratings
"""


@pytest.fixture(scope="session")
def data(sample: Store) -> set[str]:
    """Words of the sample office itself, which stay Chinese in every language; charts shorten and break the names of units."""
    with sample.cursor() as cursor:
        found = {text for (text,) in cursor.execute(DATA).fetchall() if text}
        units = [unit for (unit,) in cursor.execute("select unit from marts.units").fetchall()]
    shortened = {short(unit, room) for unit in units for room in range(8, 41)}
    return found | shortened | {wrapped(name, 8) for name in shortened}


def title(page: str, lang: str) -> str:
    """A page's title in a language."""
    return TITLES[page] if lang == "zh" else catalogue(lang).get(TITLES[page], "")


def labels(page: AppTest) -> set[str]:
    """The labels of the links of a page's menu."""
    return {link.proto.label for link in page.get("page_link")}


def test_every_page_file_is_in_the_menu():
    """A file of pages/ that no menu names would be reachable only by typing."""
    assert {path.stem for path in (HOME / "pages").glob("*.py")} == set(TITLES)


@every_language
@every_page
class TestEveryPage:
    """Eight pages, two languages."""

    def test_over_the_sample(self, visit, sample: Store, page: str, lang: str):
        """No exception, title and menu in the language, and something below the title."""
        found = visit(sample, page, lang=lang)
        assert not found.exception
        assert screen.titles(found) == [title(page, lang)]
        assert {title(stem, lang) for stem in TITLES} <= labels(found)
        assert page not in CHARTS or found.get("plotly_chart")

    def test_over_nothing(self, visit, empty: Store, page: str, lang: str):
        """No exception and no chart; a page that shows figures says what to do first and leads there."""
        found = visit(empty, page, lang=lang)
        assert not found.exception
        assert screen.titles(found) == [title(page, lang)]
        assert not found.get("plotly_chart") and not found.metric
        if page not in UNFILTERED:
            assert (catalogue("en").get("去导入") if lang == "en" else "去导入") in labels(found)


@every_page
class TestEnglish:
    """In English no Chinese is left but data and quotations."""

    def test_over_the_sample(self, visit, sample: Store, data: set[str], page: str):
        """Words, labels, options, column titles and the words in charts."""
        assert screen.chinese(visit(sample, page, lang="en"), data) == []

    def test_over_nothing(self, visit, empty: Store, page: str):
        """The same where there is no data to be excused with."""
        assert screen.chinese(visit(empty, page, lang="en"), set()) == []

    def test_in_tables(self, visit, sample: Store, data: set[str], page: str):
        """No cell of a table holds a Chinese text that has a translation."""
        cells = {
            value
            for frame in screen.frames(visit(sample, page, lang="en"))
            for name in frame.columns
            for value in frame[name]
            if isinstance(value, str)
        }
        assert sorted((cells & set(catalogue("en"))) - data) == []


@every_page
class TestAlone:
    """A page file is complete by itself: Streamlit may run it without app.py."""

    @pytest.mark.parametrize("restarted", [False, True])
    def test_run_as_the_main_script(self, visit, sample: Store, page: str, restarted: bool):
        """The title of the page is there, once."""
        found = visit(sample, script=f"pages/{page}.py", restarted=restarted)
        assert not found.exception and screen.titles(found) == [TITLES[page]]

    def test_run_as_the_first_page_after_a_restart(self, visit, sample: Store, page: str):
        """With Streamlit in the mode of a pages folder, frame, menu and filters come up all the same."""
        found = visit(sample, page, restarted=True, lang="en", period="2024")
        assert PagesManager.uses_pages_directory is False
        assert page == "overview" or found.session_state["_routed"]
        assert not found.exception and screen.titles(found) == [title(page, "en")]
        assert {title(stem, "en") for stem in TITLES} <= labels(found)
        assert page in UNFILTERED or any("2024" in caption.value for caption in found.caption)


def widget(page: AppTest, name: str) -> object:
    """The value of the filter of that name."""
    widgets = [*page.selectbox, *page.multiselect, *page.get("button_group")]
    found = [one for one in widgets if (one.key or "").startswith(f"{name}-")]
    assert len(found) == 1, [one.key for one in found]
    return found[0].value


class TestFilters:
    """The URL says what is shown."""

    def test_defaults(self, visit, sample: Store):
        """The newest year, every unit, every kind, compared with the year before."""
        found = visit(sample, "rhythm")
        assert (widget(found, "period"), widget(found, "unit"), widget(found, "types")) == ("2025", "", [])
        assert widget(found, "compare") == "last_year" and widget(found, "lang") == "zh"

    @pytest.mark.parametrize("page", sorted(set(TITLES) - UNFILTERED))
    def test_a_url_reproduces_the_view(self, visit, sample: Store, page: str):
        """Period, unit, kinds, comparison and language of the URL stand in the widgets and in the line below the title."""
        unit = second_level(sample)
        chosen = {"period": "2024Q2", "unit": unit, "types": ["theme_day", "study"], "compare": "previous", "lang": "en"}
        found = visit(sample, page, **chosen)
        assert not found.exception
        assert {name: widget(found, name) for name in chosen} == chosen
        assert any("2024" in caption.value and unit in caption.value for caption in found.caption)
        again = visit(sample, page, **chosen)
        assert list(screen.texts(again)) == list(screen.texts(found))

    def test_a_url_narrows_what_is_shown(self, visit, sample: Store):
        """A unit and a kind leave only their activities in the list."""
        unit = second_level(sample)
        found = visit(sample, "records", period="2024", unit=unit, types=["theme_day"])
        (frame, *_) = screen.frames(found)
        with sample.cursor() as cursor:
            path = "select path from marts.units where unit = $unit"
            below = cursor.execute(f"select unit from marts.units where starts_with(path, ({path}))", {"unit": unit}).fetchall()
        assert set(frame["unit"]) <= {name for (name,) in below} and set(frame["type"]) == {"主题党日"}
        assert {day.year for day in frame["held_on"]} == {2024}

    @pytest.mark.parametrize("period", ["2024", "2023Q4", "2024-03..2024-09", "2024-02"])
    def test_every_way_to_write_a_period(self, visit, sample: Store, period: str):
        """Years and quarters are on offer; months of one's own open two boxes for their ends."""
        found = visit(sample, "rhythm", period=period)
        assert not found.exception
        if ".." in period or len(period) == 7:
            start, until = (period.split("..") * 2)[:2]
            assert [widget(found, name) for name in ("period", "from", "to")] == ["months", start, until]
        else:
            assert widget(found, "period") == period

    @pytest.mark.parametrize(
        "query",
        [
            {"period": "soon"},
            {"period": "0000"},
            {"period": "9999"},
            {"period": "2024-13"},
            {"period": "2024-09..2024-03"},
            {"period": ""},
            {"unit": "从未有过"},
            {"unit": "'; drop table raw.batches; --"},
            {"types": ["tea", ""]},
            {"compare": "tomorrow"},
            {"preset": "seven"},
            {"stale_forms": "tea"},
            {"lang": "fr"},
            {"period": ["2024", "soon"], "unit": ["", "从未有过"]},
            {"days": "yesterday..today"},
            {"activity": "none"},
            {"bogus": "<script>"},
        ],
        ids=str,
    )
    @pytest.mark.parametrize("page", ["rhythm", "integration", "records"])
    def test_an_invalid_value_falls_back(self, visit, sample: Store, page: str, query: dict):
        """No exception; what cannot be understood is as if it were not there."""
        found = visit(sample, page, **query)
        assert not found.exception and screen.titles(found) == [TITLES[page]]
        assert widget(found, "period") == "2025" and widget(found, "unit") == ""
        assert widget(found, "types") == [] and widget(found, "compare") == "last_year" and widget(found, "lang") == "zh"

    def test_a_period_without_data_says_so(self, visit, sample: Store):
        """Years nobody handed in show reasons, not empty pictures."""
        found = visit(sample, "rhythm", period="2019")
        assert not found.exception and not found.get("plotly_chart")
        assert any("没有数据" in caption.value or "已报" in caption.value for caption in found.caption)

    def test_the_other_list_of_sync_steps(self, visit, sample: Store):
        """The preset of the URL is the one chosen beside the figure."""
        assert widget(visit(sample, "integration", preset="six"), "preset") == "six"
        assert widget(visit(sample, "integration"), "preset") == "five"

    def test_the_other_list_of_stale_forms(self, visit, sample: Store):
        """Each list of the report has a choice of its own, with its own place in the URL."""
        found = visit(sample, "quality", stale_forms="meeting", preset="six")
        assert widget(found, "stale_forms") == "meeting"
        assert any("开会、念文件、谈体会（L20）" in caption.value for caption in found.caption)
        assert widget(visit(sample, "quality", stale_forms="tea"), "stale_forms") == "lecture"

    def test_the_language_of_the_installation(self, visit, sample: Store, monkeypatch: pytest.MonkeyPatch):
        """Readers whose URL names no language get the one of the settings."""
        monkeypatch.setenv("CADENCE_LANGUAGE", "en")
        found = visit(sample, "rhythm")
        assert screen.titles(found) == [title("rhythm", "en")] and widget(found, "lang") == "en"

    def test_the_menu_carries_the_choices(self, visit, sample: Store):
        """A link to another page leads to the same period."""
        found = visit(sample, "rhythm", period="2024Q2")
        menu = [link.proto for link in found.sidebar.get("page_link")]
        assert menu and all("2024Q2" in link.query_string for link in menu)


def second_level(store: Store) -> str:
    """A unit in the middle of the tree: with something above and something below it."""
    tree = queries.ask(store, "unit_tree", {})
    middle = tree.loc[tree["depth"] == 1, "unit"]
    return next(unit for unit in middle if tree["path"].str.contains(f"{unit} / ", regex=False).any())


class TestRecords:
    """The list of activities and the row behind one."""

    def test_an_activity_shows_its_source(self, visit, sample: Store):
        """File, sheet and row number of the spreadsheet, and its cells as they were."""
        with sample.cursor() as cursor:
            activity, file, sheet, row = cursor.execute(
                "select activity, file, sheet, sheet_row from marts.sources where file like '%2025%' order by all limit 1"
            ).fetchall()[0]
        found = visit(sample, "records", period="2025", activity=activity)
        told = " ".join(markdown.value for markdown in found.markdown)
        assert plain(file) in told and f"「{plain(sheet)}」" in told and f"第 {row} 行" in told

    def test_days_of_a_mark_narrow_the_list(self, visit, sample: Store):
        """Exactly those days, and a way back to the whole period."""
        found = visit(sample, "records", period="2024", days="2024-03-04..2024-03-10")
        (frame, *_) = screen.frames(found)
        assert {f"{day:%Y-%m}" for day in frame["held_on"]} == {"2024-03"}
        assert min(day.day for day in frame["held_on"]) >= 4 and max(day.day for day in frame["held_on"]) <= 10
        (back,) = [button for button in found.button if button.label == "看整个时间段"]
        assert len(screen.frames(back.click().run())[0]) > len(frame)


def test_a_year_whose_holidays_nobody_knows_is_said(visit, own: Store):
    """Before 2004 the calendar package knows nothing: the page says that only weekends are left out."""
    row = ["甲党支部", "主题党日", "2003-03-05", "一", 10, 9]
    readings = batches.read(own, [ledger(row, name="2003年台账.xlsx")])
    batches.commit(own, readings)
    warnings = [warning.value for warning in visit(own, "rhythm").warning]
    assert len(warnings) == 1 and "2003" in warnings[0] and "节假日" in warnings[0]
