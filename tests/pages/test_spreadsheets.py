"""The import page: files in, problems told, committed, undone; and the banner over invented data."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cadence import batches, engine
from cadence.store import Store
from tests.ledgers import APRIL, IMPOSSIBLE, MARCH, attended, ledger
from tests.pages import screen
from tests.sheets.books import xlsx


def settled(page: AppTest) -> AppTest:
    """The page once nothing is being read any more."""
    for _ in range(60):
        if "_job" not in page.session_state:
            return page
        page.run()
    raise AssertionError("the reading does not end")


def upload(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files on the page; the second step follows."""
    page.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files])
    return settled(page.run())


def told(page: AppTest) -> str:
    """Everything written on the page."""
    return "\n".join(screen.texts(page))


def press(page: AppTest, key: str) -> AppTest:
    """Press the button of that key."""
    return settled(page.button(key=key).click().run())


def has(page: AppTest, key: str) -> bool:
    """Whether there is a button of that key."""
    return any(button.key == key for button in page.button)


def commit(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files and go through to the receipt."""
    return press(press(upload(page, *files), "to_confirm"), "commit")


def counts(page: AppTest) -> dict[str, str]:
    """The six counts of the last step."""
    return {metric.label: metric.value for metric in page.metric}


def test_a_file_is_read_and_nothing_is_stored(visit, own: Store):
    """What it was taken for, how many rows would go in, and each problem with cell, value and reason."""
    found = upload(visit(own, "spreadsheets"), ledger(MARCH, APRIL, IMPOSSIBLE))
    assert not found.exception and "2 / 3 行可导入" in told(found)
    found = press(found, "on")
    (problem,) = next(frame for frame in screen.frames(found) if "cell" in frame).to_dict("records")
    assert {name: problem[name] for name in ("file", "sheet", "cell", "value")} == {
        "file": "台账.xlsx",
        "sheet": "台账",
        "cell": "C4",
        "value": "2024-02-31",
    }
    found = press(found, "on")
    assert counts(found) == {"新增": "2", "变更": "0", "相同": "0", "冲突": "0", "消失": "0", "未收": "1"}
    assert not found.exception and batches.history(own).empty


def test_commit_shows_a_receipt_and_the_history(visit, own: Store):
    """The rows are stored under the name given; another import starts from an empty uploader."""
    found = press(upload(visit(own, "spreadsheets"), ledger(MARCH, IMPOSSIBLE)), "to_confirm")
    found.text_input(key="by").set_value("张干事")
    found = press(found, "commit")
    assert not found.exception
    assert "第1批已入库" in told(found) and "新增 1 行，变更 0 行，相同 0 行，未收 1 行" in told(found)
    assert batches.history(own)["imported_by"].tolist() == ["张干事"]
    assert not press(found, "more").file_uploader[0].value


def test_the_same_file_again_has_nothing_to_commit(visit, own: Store):
    """No button where nothing is new or changed."""
    commit(visit(own, "spreadsheets"), ledger(MARCH))
    again = press(upload(visit(own, "spreadsheets"), ledger(MARCH)), "to_confirm")
    assert "没有新增或变更的行，无需导入。" in told(again) and not has(again, "commit")


def test_what_changes_is_shown_before_and_after(visit, own: Store):
    """The field, what it said and what it says; adding only leaves it as it stood."""
    commit(visit(own, "spreadsheets"), ledger(MARCH))
    found = press(upload(visit(own, "spreadsheets"), ledger(attended(MARCH, 3), APRIL)), "to_confirm")
    found.segmented_control(key="state").set_value("changed")
    found.radio(key="scope").set_value("add").run()
    (line,) = next(frame for frame in screen.frames(found) if "原来" in frame).to_dict("records")
    assert (line["字段"], line["原来"], line["现在"]) == ("实到人数", "9", "3")
    press(found, "commit")
    with own.cursor() as cursor:
        assert cursor.execute("select attended from facts.activities order by held_on").fetchall() == [(9,), (8,)]


def test_a_conflict_is_settled_by_choice(visit, own: Store):
    """The same unit, day and kind under another topic: the new one takes the place of the old one."""
    commit(visit(own, "spreadsheets"), ledger(MARCH))
    found = press(upload(visit(own, "spreadsheets"), ledger([*MARCH[:3], "春季训练", *MARCH[4:]])), "to_confirm")
    assert counts(found)["冲突"] == "1"
    found.radio(key="clashes").set_value("new").run()
    press(found, "commit")
    with own.cursor() as cursor:
        assert cursor.execute("select topic from facts.activities").fetchall() == [("春季训练",)]


def test_a_batch_is_undone_and_brought_back(visit, own: Store):
    """From the receipt or from the history; the history says so."""
    for row in (MARCH, attended(MARCH, 3)):
        commit(visit(own, "spreadsheets"), ledger(row))
    found = press(visit(own, "spreadsheets"), "undo")
    assert not found.exception and batches.history(own)["undone_at"].isna().tolist() == [False, True]
    found = press(found, "redo")
    assert not found.exception and batches.history(own)["undone_at"].isna().all()
    assert "撤销，" in told(found)


def test_pages_show_how_it_stood_as_of_a_batch(visit, own: Store):
    """The figures of then under a notice; without the parameter, those of now."""
    for row in (MARCH, APRIL):
        commit(visit(own, "spreadsheets"), ledger(row))
    then = visit(own, "records", asof="1")
    assert not then.exception and "这是第1批入库时的样子，不是现在的数据" in told(then)
    assert len(screen.frames(then)[0]) == 1
    now = visit(own, "records")
    assert "这是第1批入库时的样子" not in told(now) and len(screen.frames(now)[0]) == 2
    for nonsense in ("99", "0", "x", "-1"):
        found = visit(own, "records", asof=nonsense)
        assert not found.exception and len(screen.frames(found)[0]) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.csv", b""),
        ("假.xlsx", b"PK\x03\x04 not a workbook"),
        ("程序.exe", b"MZ\x90\x00" * 50),
        ("菜谱.csv", "菜名,价格\n豆腐,3\n白菜,2\n".encode()),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(visit, own: Store, name: str, content: bytes):
    """No exception, nothing to commit; the file is named."""
    found = upload(visit(own, "spreadsheets"), (name, content))
    assert not found.exception and name in told(found).replace("\\", "")
    assert not has(press(found, "to_confirm"), "commit")


def test_a_name_cannot_break_the_page(visit, own: Store):
    """Markup in names of files and sheets, and in cells, stays text."""
    name = "**<b>a<b>** [x](http:example.org) $x$ :red[y].xlsx"
    found = upload(visit(own, "spreadsheets"), ledger([*MARCH[:3], "<script>alert(1)</script>", 10, 9], name=name))
    assert not found.exception
    assert "\\*\\*\\<b\\>a" in told(found)
    (html,) = [
        block.proto.body for block in found.get("html") if "cadence-grid" in block.proto.body and "<table>" in block.proto.body
    ]
    assert "&lt;script&gt;" in html and "<script>" not in html


def test_a_question_is_asked_and_its_answer_counts(visit, own: Store):
    """Dates without a year wait until the reader says which; then the rows go in, and the answer can be changed."""
    rows = ["第一党支部", "主题党日", "3月5日", "春训", 10, 9], ["第一党支部", "党课", "4月9日", "讲规矩", 10, 8]
    found = press(upload(visit(own, "spreadsheets"), ledger(*rows)), "on")
    (question,) = [box for box in found.selectbox if (box.key or "").startswith("answer_year:")]
    found = settled(question.set_value("2025").run())
    assert not found.exception and any((box.key or "").startswith("answer_year:") for box in found.selectbox)
    assert counts(press(found, "on"))["新增"] == "2"


def test_another_visitors_commit_is_not_lost_on(visit, own: Store):
    """Two people drop the same file; the second to commit writes nothing twice."""
    first, second = (press(upload(visit(own, "spreadsheets"), ledger(MARCH)), "to_confirm") for _ in range(2))
    press(first, "commit")
    press(second, "commit")
    assert not second.exception and "没有新增或变更的行，未写入" in told(second)
    with own.cursor() as cursor:
        assert cursor.execute("select count(*) from facts.activities").fetchall() == [(1,)]


def test_an_import_can_be_dropped(visit, own: Store):
    """Back at the empty uploader, nothing is stored."""
    found = press(upload(visit(own, "spreadsheets"), ledger(MARCH)), "drop")
    assert not found.exception and not found.file_uploader[0].value and batches.history(own).empty


def test_personal_data_are_not_shown(visit, own: Store):
    """Columns of numbers and names of people are veiled in the preview; what was dropped or blotted out is told."""
    head = ["党支部", "活动类型", "活动日期", "主题", "身份证号", "主持人"]
    row = [*MARCH[:3], "春训，请联系13812345678", "11010519491231002X", "欧阳修"]
    file = ("台账.xlsx", xlsx({"台账": ([head, row], ())}))
    found = upload(visit(own, "spreadsheets"), file)
    html = "".join(block.proto.body for block in found.get("html"))
    assert not [secret for secret in ("11010519491231002X", "13812345678", "欧阳修") if secret in told(found) + html]
    assert html.count("•••") == 2 and "请联系‹手机号›" in html and "已隐去的个人信息：手机号 × 1" in told(found)
    found = press(press(found, "to_confirm"), "commit")
    assert "个人信息没有保存：身份证号" in told(found) and "单元格中的个人信息已隐去 1 处" in told(found)


class TestSample:
    """The banner over invented data."""

    @pytest.fixture
    def shown(self, own: Store):
        """A store in which one batch is of the sample office."""
        readings = batches.read(own, [ledger(MARCH)])
        with own.writing() as cursor:
            batches.insert(cursor, readings, "sample", is_sample=True)
        engine.ready(own)
        with own.writing() as cursor:
            engine.build(cursor)
            cursor.execute("insert or replace into raw.state values ('sample', 'done')")
        return own

    def test_stands_over_every_page_while_there_is_any(self, visit, shown: Store):
        """Whoever arrives sees that the data is invented."""
        for page in ("overview", "rhythm", "records", "spreadsheets", "definitions"):
            assert "演示数据" in told(visit(shown, page))

    def test_does_not_stand_over_own_data(self, visit, own: Store):
        """The office's own rows are no demonstration."""
        batches.commit(own, batches.read(own, [ledger(MARCH)]))
        assert "演示数据" not in told(visit(own, "overview"))

    def test_goes_with_one_click(self, visit, shown: Store):
        """The page is empty then and says what to do first."""
        found = press(visit(shown, "overview"), "clear_sample")
        assert not found.exception
        assert "演示数据" not in told(found) and "还没有数据" in told(found)
        assert batches.history(shown).empty
