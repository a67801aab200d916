"""The import page: files in, problems told, committed, undone; and the banner over invented data."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cadence import batches, engine
from cadence.store import Store
from tests.ledgers import APRIL, IMPOSSIBLE, MARCH, attended, ledger
from tests.pages import screen


def upload(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files on the page."""
    page.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files])
    return page.run()


def told(page: AppTest) -> str:
    """Everything written on the page."""
    return "\n".join(screen.texts(page))


def click(page: AppTest, label: str) -> AppTest:
    """Press the button with that label."""
    (button,) = [button for button in page.button if button.label == label]
    return button.click().run()


def test_a_file_is_read_and_nothing_is_stored(visit, own: Store):
    """What it was taken for, how many rows would go in, and each problem with cell, value and reason."""
    found = upload(visit(own, "spreadsheets"), ledger(MARCH, APRIL, IMPOSSIBLE))
    assert not found.exception
    assert "2 / 3 行可导入" in told(found) and "新增 **2** 行" in told(found)
    problems = next(frame for frame in screen.frames(found) if "单元格" in frame)
    (problem,) = problems[["文件", "工作表", "单元格", "值"]].values.tolist()
    assert problem == ["台账.xlsx", "台账", "C4", "2024-02-31"]
    assert batches.history(own).empty


def test_commit_shows_a_receipt_and_the_history(visit, own: Store):
    """One click stores the rows; the uploader is empty again and the batch is listed."""
    found = click(upload(visit(own, "spreadsheets"), ledger(MARCH, IMPOSSIBLE)), "确认导入")
    assert not found.exception
    assert [success.value for success in found.success] == ["第1批已导入：新增 1 行，变更 0 行，相同 0 行，未收 1 行。"]
    assert not found.file_uploader[0].value
    assert len(batches.history(own)) == 1


def test_the_same_file_again_has_nothing_to_commit(visit, own: Store):
    """No button where nothing is new or changed."""
    click(upload(visit(own, "spreadsheets"), ledger(MARCH)), "确认导入")
    again = upload(visit(own, "spreadsheets"), ledger(MARCH))
    assert "没有新增或变更的行，无需导入。" in told(again)
    assert not [button for button in again.button if button.label == "确认导入"]


def test_a_batch_is_undone_from_the_history(visit, own: Store):
    """The newest is offered first; afterwards only the older one can be undone."""
    for row in (MARCH, attended(MARCH, 3)):
        click(upload(visit(own, "spreadsheets"), ledger(row)), "确认导入")
    found = click(visit(own, "spreadsheets"), "撤销这一批")
    assert not found.exception and [success.value for success in found.success] == ["第2批已撤销"]
    assert batches.history(own)["undone_at"].isna().tolist() == [False, True]


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
    """No exception, no commit button; the file is named."""
    found = upload(visit(own, "spreadsheets"), (name, content))
    assert not found.exception and name in told(found)
    assert not [button for button in found.button if button.label == "确认导入"]


def test_a_name_cannot_break_the_page(visit, own: Store):
    """Markup in a file name stays text."""
    found = upload(visit(own, "spreadsheets"), ledger(MARCH, name="**<b>a</b>** [x](http://example.org).xlsx"))
    assert not found.exception


def test_a_question_is_asked_and_its_answer_counts(visit, own: Store):
    """Dates without a year wait until the reader says which; then the rows go in."""
    rows = ["第一党支部", "主题党日", "3月5日", "春训", 10, 9], ["第一党支部", "党课", "4月9日", "讲规矩", 10, 8]
    found = upload(visit(own, "spreadsheets"), ledger(*rows))
    (question,) = [box for box in found.selectbox if (box.key or "").startswith("answer_year:")]
    question.set_value(question.options[0] if question.options[0] in ("2026",) else "2025").run()
    assert not found.exception and "新增 **2** 行" in told(found)


def test_another_visitors_commit_is_not_lost_on(visit, own: Store):
    """Two people drop the same file; the second to commit writes nothing twice."""
    first, second = (upload(visit(own, "spreadsheets"), ledger(MARCH)) for _ in range(2))
    click(first, "确认导入")
    click(second, "确认导入")
    assert not second.exception
    with own.cursor() as cursor:
        assert cursor.execute("select count(*) from facts.activities").fetchall() == [(1,)]


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
            batches.engine.build(cursor)
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
        found = click(visit(shown, "overview"), "清除，从空白开始")
        assert not found.exception
        assert "演示数据" not in told(found) and "还没有数据" in told(found)
        assert batches.history(shown).empty
