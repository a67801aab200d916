"""What people do with the app, in a real browser at a real server."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, TimeoutError, expect

from cadence.view.frame import PAGES
from cadence.words import LANGUAGES, catalogue
from tests.browser.server import HOME, PATIENCE, Server, Visitor, visiting
from tests.sheets.books import text, xls, xlsx

TITLES = {stem: title for group in PAGES.values() for stem, title in group.items()}
EVERY = [(lang, scheme) for lang in LANGUAGES for scheme in ("light", "dark")]
IS_WHOLE = "CADENCE_PICTURES" in os.environ
TOURS = EVERY if IS_WHOLE else [("zh", "light"), ("en", "dark")]
NARROW_TOURS = EVERY if IS_WHOLE else [("zh", "dark"), ("en", "light")]
"""Of language, scheme and width, every pair of values is met; CADENCE_PICTURES=1 takes the pictures of all eight."""
BRANCHES = ["甲支部", "乙支部", "丙支部"]
CHECK = {"cell": "C6", "value": "2024-02-31"}


def title(page: str, lang: str) -> str:
    """A page's title in a language."""
    return TITLES[page] if lang == "zh" else catalogue(lang)[TITLES[page]]


def books() -> list[dict]:
    """Three ledgers of a year as offices keep them: two-row header with merged cells, GBK text, and an old .xls."""
    merged = [
        ["2024年组织生活台账", None, None, None, None, None],
        ["党支部", "活动类型", "活动日期", "主题", "人数", None],
        [None, None, None, None, "应到", "实到"],
        *[["甲支部", "主题党日", dt.date(2024, month, 5), f"第{month}次", 10, 9] for month in (1, 2)],
        ["甲支部", "主题党日", CHECK["value"], "写错的日期", 10, 9],
        *[["甲支部", "主题党日", dt.date(2024, month, 5), f"第{month}次", 10, 9] for month in range(3, 13)],
        ["小计", None, None, None, 130, 117],
    ]
    ranges = [(0, 0, 0, 5), *[(1, column, 2, column) for column in range(4)], (1, 4, 1, 5)]
    plain = ["党支部名称", "活动类型", "开展时间", "活动主题", "应到人数", "实到人数"]
    gbk = [plain, *[["乙支部", "主题党日", f"2024.{month}.8", f"学习{month}", "10人", "8人"] for month in range(1, 13)]]
    gbk[3][5] = "12人"
    old = [plain, *[["丙支部", "主题党日", f"2024年{month}月11日", f"活动{month}", 6, 6] for month in range(1, 13)]]
    old[4][1] = "喝茶"
    return [
        {"name": "甲_2024年.xlsx", "mimeType": "application/octet-stream", "buffer": xlsx({"台账": (merged, ranges)})},
        {"name": "乙_2024年.csv", "mimeType": "text/csv", "buffer": text(gbk, "gbk")},
        {"name": "丙_2024年.xls", "mimeType": "application/octet-stream", "buffer": xls({"台账": (old, ())})},
    ]


def cells(visitor: Visitor) -> list[str]:
    """The cells of the page's last table; what is drawn on the canvas stands behind it for screen readers."""
    found = visitor.page.locator("[data-testid=stDataFrame]").last
    found.scroll_into_view_if_needed()
    found.locator("[role=gridcell]").first.wait_for(state="attached")
    return found.locator("[role=gridcell]").all_text_contents()


def press(visitor: Visitor, key: str) -> None:
    """Press the button of that key and wait for what it does: the script starts, and ends."""
    visitor.page.locator(f".st-key-{key} button").click()
    with contextlib.suppress(TimeoutError):
        visitor.page.locator("[data-testid=stApp][data-test-script-state=running]").wait_for(timeout=1000)
    visitor.settled()


def type_into_problem(visitor: Visitor, row: int, text: str) -> None:
    """Type a new value beside a problem: the fourth column of the table of problems, behind 60 + 60 + 110 pixels."""
    table = visitor.page.locator("[data-testid=stDataFrame]").last
    table.scroll_into_view_if_needed()
    visitor.page.wait_for_timeout(1500)  # what stands above is still being laid out; a click before it stands still misses its row
    box = table.bounding_box()
    visitor.page.mouse.dblclick(box["x"] + 60 + 60 + 110 + 40, box["y"] + 35 * (row + 1) + 17)
    editor = visitor.page.locator("#portal textarea, #portal input").first
    editor.fill(text)
    editor.press("Enter")


def test_three_messy_spreadsheets_become_a_rhythm_and_go_again(browser: Browser, serve):
    """Empty start → files → what they were taken for → problems, one corrected in place → commit → rhythm → undo → gone → redo."""
    with visiting(browser, serve()) as visitor:
        page = visitor.page
        visitor.open()
        page.get_by_role("link", name="去导入").click()
        visitor.arrive(TITLES["spreadsheets"])
        page.set_input_files("[data-testid=stFileUploader] input[type=file]", files=books())
        page.locator(".st-key-on").wait_for()
        visitor.settled()
        for name in ("甲_2024年", "乙_2024年", "丙_2024年"):
            expect(page.locator("[data-testid=stMarkdown]", has_text=name)).to_contain_text("活动台账")
        grid = page.locator(".cadence-grid").first
        expect(grid.locator("tr.title td").first).to_have_text("2024年组织生活台账")
        expect(grid.locator("td.error")).to_have_text([CHECK["value"]])
        press(visitor, "on")
        told = cells(visitor)
        for place in ("甲_2024年.xlsx", "台账", CHECK["cell"], CHECK["value"], "乙_2024年.csv", "丙_2024年.xls", "喝茶"):
            assert place in told, (place, told)
        assert any(CHECK["value"] in cell and cell != CHECK["value"] for cell in told)
        row = told.index(CHECK["cell"]) // (len(told) // sum(cell in ("错误", "警告") for cell in told))
        type_into_problem(visitor, row, "2024-02-28")
        press(visitor, "apply")
        expect(page.get_by_text("已更正")).not_to_have_count(0, timeout=PATIENCE)
        press(visitor, "on")
        counts = page.locator(".st-key-counts [data-testid=stMetricValue]")
        expect(counts).to_have_text(["36", "0", "0", "0", "0", "1"], timeout=PATIENCE)
        press(visitor, "commit")
        expect(page.locator(".st-key-receipt")).to_contain_text("第1批已入库", timeout=PATIENCE)
        expect(page.locator(".st-key-receipt")).to_contain_text("入库前更正了 1 个单元格")
        visitor.open("rhythm", period="2024")
        expect(page.locator(".st-key-card_rhythm_ribbon .js-plotly-plot")).to_be_visible()
        drawn = page.locator(".st-key-card_rhythm_ribbon").inner_text()
        assert all(branch in drawn for branch in BRANCHES), drawn
        visitor.follow(TITLES["spreadsheets"])
        press(visitor, "undo")
        expect(page.locator(".st-key-redo")).to_be_visible(timeout=PATIENCE)
        visitor.open("rhythm", period="2024")
        expect(page.get_by_text("还没有数据")).to_be_visible()
        assert page.locator(".js-plotly-plot").count() == 0
        visitor.follow(TITLES["spreadsheets"])
        press(visitor, "redo")
        expect(page.locator(".st-key-undo")).to_be_visible(timeout=PATIENCE)
        assert (visitor.foreign, visitor.errors) == ([], [])


def test_a_long_reading_can_be_cancelled(browser: Browser, serve):
    """Three files of 60,000 rows show how far they are; cancelled, the empty uploader is back and nothing was stored."""
    rows = [
        ["党支部", "活动类型", "活动日期", "主题"],
        *[["甲支部", "党课", f"2024-03-{n % 28 + 1:02}", f"第{n}讲"] for n in range(60_000)],
    ]
    with visiting(browser, serve()) as visitor:
        visitor.open("spreadsheets")
        book = xlsx({"台账": (rows, ())})
        files = [{"name": f"大表{n}.xlsx", "mimeType": "application/octet-stream", "buffer": book} for n in range(3)]
        visitor.page.set_input_files("[data-testid=stFileUploader] input[type=file]", files=files)
        expect(visitor.page.locator("[data-testid=stProgress]")).to_contain_text("大表", timeout=PATIENCE)
        visitor.page.locator(".st-key-cancel_job button").click()
        expect(visitor.page.locator("[data-testid=stFileUploader]")).to_be_visible(timeout=PATIENCE)
        visitor.settled()
        expect(visitor.page.get_by_text("还没有导入过任何批次")).to_be_visible()
        assert visitor.errors == []


def test_a_column_mapped_by_hand_is_remembered(browser: Browser, serve):
    """A header that nobody can know is told once; the next file of that layout is read so, and says that it was remembered."""
    head = ["党支部", "活动类型", "活动日期", "主题", "甲数"]
    with visiting(browser, serve()) as visitor:
        page = visitor.page
        for name, day in (("一.xlsx", 5), ("二.xlsx", 6)):
            visitor.open("spreadsheets")
            rows = [head, ["甲支部", "党课", dt.date(2024, 3, day), "学习", 7]]
            file = {"name": name, "mimeType": "application/octet-stream", "buffer": xlsx({"台账": (rows, ())})}
            page.set_input_files("[data-testid=stFileUploader] input[type=file]", files=[file])
            page.locator(".st-key-on").wait_for()
            visitor.settled()
            if name == "一.xlsx":
                page.get_by_text("列的对应关系").click()
                page.wait_for_timeout(500)  # the table grows as it unfolds; a click before it stands still misses its row
                choose_field(visitor, 4, "实到人数")
            expect(page.get_by_text("按指定的对应关系读取")).to_be_visible(timeout=PATIENCE)
            expect(page.locator(".cadence-grid th b")).to_contain_text(["单位", "活动类型", "活动日期", "主题", "实到人数"])
            press(visitor, "to_confirm")
            press(visitor, "commit")
            expect(page.locator(".st-key-receipt")).to_be_visible(timeout=PATIENCE)
        assert visitor.errors == []


def choose_field(visitor: Visitor, row: int, title: str) -> None:
    """Pick a field in the table of columns: the third column, a little right of the middle."""
    table = visitor.page.locator(".st-key-sheet_0 [data-testid=stDataFrame]").last
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    visitor.page.mouse.dblclick(box["x"] + 0.6 * box["width"], box["y"] + 35 * (row + 1) + 17)
    visitor.page.locator("#portal input").wait_for()
    visitor.page.keyboard.type(title)
    expect(visitor.page.locator("#portal").get_by_text(title, exact=True)).not_to_have_count(0)
    visitor.page.keyboard.press("Enter")
    visitor.settled()


@pytest.mark.parametrize("first", ["participation", "records", "overview"])
def test_a_deep_link_is_the_first_request_after_a_restart(browser: Browser, sample_server: Server, first: str):
    """Before anybody opened “/”, a page comes up whole: title, our menu, the link's filters, no list of files."""
    sample_server.restart()
    with visiting(browser, sample_server) as visitor:
        visitor.open(first, period="2024Q2", lang="en")
        visitor.arrive(title(first, "en"))
        visitor.expect_menu([title(page, "en") for page in TITLES])
        expect(visitor.page.locator("[data-testid=stCaptionContainer]", has_text="2024").first).to_be_visible()
        assert parse_qs(urlsplit(visitor.page.url).query) == {"period": ["2024Q2"], "lang": ["en"]}
        assert (visitor.foreign, visitor.errors) == ([], [])


@pytest.mark.parametrize(("lang", "scheme"), TOURS)
def test_a_tour_asks_only_this_server(browser: Browser, sample_server: Server, artefacts: Path, lang: str, scheme: str):
    """Every page by the menu: title, menu, no foreign request, no error; and a picture for the eye."""
    with visiting(browser, sample_server, scheme=scheme) as visitor:
        visitor.open(period="2024", lang=lang)
        for page in TITLES:
            visitor.follow(title(page, lang))
            visitor.expect_menu([title(page, lang) for page in TITLES])
            visitor.picture(artefacts / f"{page}-{lang}-{scheme}-1280.png")
        assert len(visitor.requests) > 10
        assert (visitor.foreign, visitor.errors) == ([], [])


@pytest.mark.parametrize(("lang", "scheme"), NARROW_TOURS)
def test_a_tour_on_a_phone(browser: Browser, sample_server: Server, artefacts: Path, lang: str, scheme: str):
    """Every page by its own address on a narrow screen: title, nothing wider than the screen, no foreign request, no error."""
    with visiting(browser, sample_server, width=390, scheme=scheme) as visitor:
        for page in TITLES:
            visitor.open(page, period="2024", lang=lang)
            visitor.arrive(title(page, lang))
            visitor.picture(artefacts / f"{page}-{lang}-{scheme}-390.png")
            too_wide = "() => document.querySelector('[data-testid=stMain]').scrollWidth > innerWidth"
            assert not visitor.page.evaluate(too_wide), page
        assert (visitor.foreign, visitor.errors) == ([], [])


def test_a_foreign_request_is_noticed(visitor: Visitor):
    """Planted: a picture from elsewhere."""
    visitor.open("definitions")
    visitor.page.evaluate("() => { new Image().src = 'http://192.0.2.1/picture.png'; }")
    assert visitor.foreign == ["http://192.0.2.1/picture.png"]


def test_an_error_in_the_page_is_noticed(visitor: Visitor):
    """Planted: an error on the console."""
    visitor.open("definitions")
    visitor.page.evaluate("() => console.error('planted')")
    assert len(visitor.errors) == 1 and "planted" in visitor.errors[0]


def test_the_first_run_shows_the_sample_and_one_click_clears_it(browser: Browser, serve, tmp_path: Path):
    """A new database fills itself with invented data, says so on a banner, and is empty after one click, for good."""
    data = shutil.copytree(HOME / "data", tmp_path / "data", ignore=shutil.ignore_patterns("sample", "*.duckdb*"))
    shutil.copytree(HOME / "data" / "sample" / "2024Q1", data / "sample" / "2024Q1")
    server = serve(CADENCE_SAMPLE="true", CADENCE_DATA=str(data))
    with visiting(browser, server) as visitor:
        visitor.open()
        expect(visitor.page.get_by_text("演示数据").first).to_be_visible()
        visitor.page.get_by_role("button", name="清除，从空白开始").click()
        expect(visitor.page.get_by_text("还没有数据")).to_be_visible(timeout=PATIENCE)
        assert visitor.page.get_by_text("演示数据").count() == 0
        server.restart()
        visitor.open("rhythm")
        expect(visitor.page.get_by_text("还没有数据")).to_be_visible()
        assert visitor.foreign == []


def test_a_mark_leads_to_its_activities_and_to_the_spreadsheet_row(visitor: Visitor):
    """Chart → list narrowed to the mark → row → file, sheet and row number; the address keeps all of it."""
    page = visitor.page
    visitor.open("frequency", period="2024")
    mark = page.locator(".st-key-card_due_held .point").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.arrive(TITLES["records"])
    narrowed = parse_qs(urlsplit(page.url).query)
    assert narrowed["period"] == ["2024"] and len(narrowed["types"]) == 1
    visitor.click_row(0)
    source = page.locator(".st-key-source")
    source.wait_for()
    told = source.inner_text()
    assert "2024年" in told and "工作表「" in told and " 行 " in told
    address = page.url
    page.go_back()
    page.go_back()
    visitor.arrive(TITLES["frequency"])
    page.goto(address)
    visitor.settled()
    assert source.inner_text() == told
    assert visitor.errors == []


def test_another_language_keeps_the_choices(visitor: Visitor):
    """Words, menu and the document's language change; period and kind stay."""
    page = visitor.page
    visitor.open("records", period="2024Q2", types="theme_day")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.locator("[data-testid=stSidebar]").get_by_text("English", exact=True).click()
    visitor.arrive(title("records", "en"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert parse_qs(urlsplit(page.url).query) == {"period": ["2024Q2"], "types": ["theme_day"], "lang": ["en"]}
    visitor.follow(title("participation", "en"))
    assert parse_qs(urlsplit(page.url).query) == {"period": ["2024Q2"], "types": ["theme_day"], "lang": ["en"]}
    assert visitor.errors == []


def test_a_filter_is_kept_in_the_address_and_carried_to_other_pages(visitor: Visitor):
    """Picking a quarter changes the address; the next page starts with it; back brings the first page with it."""
    page = visitor.page
    visitor.open("records", period="2024")
    box = page.locator("[data-testid=stSidebar] [data-testid=stSelectbox]").first.locator("input")
    box.focus()
    box.press("ArrowDown")
    page.get_by_role("option", name="2024年第2季度").click()
    page.wait_for_url("**period=2024Q2**")
    visitor.settled()
    visitor.follow(TITLES["participation"])
    assert parse_qs(urlsplit(page.url).query)["period"] == ["2024Q2"]
    page.go_back()
    visitor.arrive(TITLES["records"])
    assert parse_qs(urlsplit(page.url).query)["period"] == ["2024Q2"]


def test_streamlits_own_words_are_chinese(visitor: Visitor):
    """The uploader speaks the page's language: Chinese on a Chinese page, English on an English one."""
    visitor.open("spreadsheets")
    uploader = visitor.page.locator("[data-testid=stFileUploader]")
    expect(uploader).to_contain_text("选择文件")
    expect(uploader).to_contain_text("每个文件不超过 20MB")
    expect(uploader).not_to_contain_text("per file")
    visitor.open("spreadsheets", lang="en")
    expect(uploader).to_contain_text("per file")


def test_a_file_that_is_too_large_is_refused_in_chinese(visitor: Visitor, tmp_path: Path):
    """The limit of the settings, said in the page's language."""
    visitor.open("spreadsheets")
    (tmp_path / "大.csv").write_bytes(b"a" * (21 * 1024 * 1024))
    visitor.page.set_input_files("[data-testid=stFileUploader] input[type=file]", files=[tmp_path / "大.csv"])
    expect(visitor.page.locator("[data-testid=stFileUploader]")).to_contain_text("文件不能超过 20.0MB。")


def test_rows_are_downloaded_as_csv(visitor: Visitor):
    """The list of activities as a file that spreadsheet programs read: byte-order mark, a header, a line per activity."""
    visitor.open("records", period="2024Q1")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="下载 CSV").last.click()
    content = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename.endswith(".csv") and content.startswith(b"\xef\xbb\xbf")
    assert len(content.decode("utf-8-sig").splitlines()) > 100
