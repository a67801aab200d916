"""The whole way: verdicts, refusals, several sheets and files, and the readings as JSON."""

import json

import pytest

from cadence.sheets import as_json, read_files
from tests.sheets.books import context, file, read, xlsx

HEAD = ["党支部", "活动类型", "活动日期"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["党内统计年报表", None, None], ["单位", "党员数", "支部数"], ["甲", 5, 1]], "法定统计"),
        ([["2024年党费收缴明细", None, None], ["党支部", "姓名", "应缴党费"], ["甲支部", "张明", 20]], "党费"),
        ([["姓名", "性别", "所在党支部", "入党时间"], ["张明", "男", "甲支部", "2010-07-01"]], "人员名单"),
        (
            [
                ["项目名称", "春季培训", "申请时间:", "2024-03-05"],
                ["申请单位:", "甲处", "经手人:", "李强"],
                ["金额", "300元", "数量", "5"],
                ["理由:", "购买教材", None, None],
            ],
            "填写表",
        ),
        ([["0", "90066", "2017-03-17", "宇通客车"], ["1", "90066", "2017-03-18", "宇通客车"]], "没有找到表头"),
        ([["品名", "数量", "单价", "金额"], ["打印纸", 5, 20, 100]], "认不出"),
    ],
)
def test_what_is_refused(rows, said):
    """Statistics, dues, lists of persons, forms, sheets without a header and unknown tables are refused, and give no rows."""
    sheet = read(rows)
    assert (sheet.verdict, sheet.tables, sheet.accepted) == ("refuse", [], 0) and said in str(sheet.reason)


def test_nothing_but_errors_is_refused():
    """A sheet of which no row is fit is refused, with all its problems."""
    sheet = read([HEAD, ["甲支部", "午餐会", "坏"]])
    assert sheet.verdict == "refuse" and len(sheet.rejected) == 2 and "没有可以导入的行" in str(sheet.reason)


def test_empty_sheets_beside_a_good_one():
    """Sheet2 and Sheet3 are empty templates with a reason; the good sheet is read."""
    data = xlsx({"台账": ([HEAD, ["甲支部", "党课", "2024-03-05"]], ()), "Sheet2": ([], ()), "Sheet3": ([], ())})
    (reading,) = read_files([("a.xlsx", data)], context())
    assert [sheet.verdict for sheet in reading.sheets] == ["import", "empty_template", "empty_template"]
    assert reading.sheets[1].reason


def test_a_register_in_the_same_drop_is_known():
    """Units of a register among the files are known to the ledgers beside it, in whatever order they come."""
    ledger = file("xlsx", [HEAD, ["甲党支部", "党课", "2024-03-05"], ["乙党支步", "党课", "2024-03-05"]], name="活动台账")
    register = file(
        "csv", [["党组织名称", "党员总数", "党小组数"], ["甲党支部", 5, 1], ["乙党支部", 6, 1]], name="2024年一季度组织名册"
    )
    readings = read_files([ledger, register], context())
    (ledgers,), (registers,) = (reading.sheets for reading in readings)
    assert registers.kind == "units" and ledgers.accepted == 1
    assert [question.id for question in ledgers.questions] == ["unit:乙党支步"]


def test_one_sheet_per_unit():
    """A workbook with a sheet for each unit takes the unit from the sheet name."""
    rows = ([["活动类型", "活动日期", "主题"], ["党课", "2024-03-05", "学党章"]], ())
    (reading,) = read_files([("a.xlsx", xlsx({"第一党支部": rows, "第二党支部": rows}))], context())
    assert [sheet.tables[0].fields["unit"] for sheet in reading.sheets] == [["第一党支部"], ["第二党支部"]]


def test_json_has_the_promised_shape():
    """The readings as JSON have the promised keys, and every text is filled in."""
    good = file("xlsx", [HEAD, ["甲支部", "党课", "2024-03-05"], ["甲支部", "午餐会", "2024-03-05"]])
    data = as_json(read_files([good, ("b.pdf", b"%PDF-1.7")], context()))
    assert json.loads(json.dumps(data, ensure_ascii=False)) == data
    (sheet,), (refused,) = (entry["sheets"] for entry in data["files"])
    assert {"sheet", "kind", "verdict", "header_rows", "columns", "rows", "accepted", "rejected", "skipped", "questions"} <= set(
        sheet
    )
    assert {"row", "column", "value", "reason"} <= set(sheet["rejected"][0])
    assert sheet["rejected"][0]["value"] == "午餐会" and "{" not in sheet["rejected"][0]["reason"]
    assert (refused["sheet"], refused["verdict"]) == ("", "refuse") and "PDF" in refused["reason"]


def test_hashes_and_sizes():
    """A reading carries size and SHA-256 of its file."""
    (reading,) = read_files([("a.csv", b"a,b\n")], context())
    assert reading.size == 4 and len(reading.sha256) == 64


def test_no_files():
    """No files, no readings, no child."""
    assert read_files([], context()) == []
