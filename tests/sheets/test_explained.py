"""What every step of a reading made of a sheet."""

import json

from cadence.sheets import explained, open_files, read_opened
from tests.sheets.books import context, file, xlsx

HEAD = ["党支部", "活动类型", "活动日期", "实到人数", "联系电话", "天气"]
ROWS = [
    ["2024年组织生活台账", None, None, None, None, None],
    HEAD,
    ["甲支部", "党课", "2024-03-05", 5, "13800138000", "晴"],
    ["乙支部", "午餐会", "2024-03-06", 6, "13800138001", "晴"],
    ["丙支部", "晚餐会", "2024-02-31", None, "13800138002", "雨"],
    ["合计", None, None, 11, None, None],
]


def explain(files, **more):
    """The explanation of files."""
    opened = open_files(files)
    return explained.explain(opened, read_opened(files, opened, context(**more)), context(**more))


def test_every_step_of_a_sheet():
    """Cells, table, recognition with rivals, columns with candidates, values and problems by cause, and no personal value."""
    (found,) = explain([("台账.xlsx", xlsx({"台账": (ROWS, [(0, 0, 0, 5)])}))])
    (sheet,) = found["sheets"]
    assert sheet["cells"] == {
        "rows": 6,
        "columns": 6,
        "first": "A1",
        "merged": ["A1:F1"],
        "encoding": None,
        "hidden": False,
        "hidden_rows": 0,
        "error_cells": 0,
    }
    (table,) = sheet["tables"]
    assert (table["titles"], table["header_rows"], table["first_row"], table["last_row"]) == (["2024年组织生活台账"], [2], 3, 5)
    assert [skipped["row"] for skipped in table["skipped"]] == [6] and "合计" in table["skipped"][0]["reason"]
    kinds = table["recognition"]["kinds"]
    assert kinds[0]["kind"] == table["recognition"]["kind"] == "activities" and kinds[0]["missing"] == [] and kinds[0]["named"]
    assert len(kinds) > 1 and all(kind["missing"] or kind["confidence"] <= kinds[0]["confidence"] for kind in kinds)
    columns = {column["header"]: column for column in table["recognition"]["columns"]}
    assert columns["实到人数"]["field"] == "attended" and columns["实到人数"]["candidates"][0]["field"] == "attended"
    assert columns["联系电话"]["personal"] and columns["天气"]["field"] is None
    values = {column["field"]: column for column in table["normalised"]}
    assert values["type"]["cells"] == 3 and values["type"]["values"] == 1 and values["type"]["unread"] == 2
    assert (values["attended"]["from"], values["attended"]["to"], values["attended"]["empty"]) == ("5", "6", 1)
    checked = sheet["validation"]
    assert (checked["rows"], checked["accepted"], checked["skipped"]) == (3, 1, 1)
    assert {(cause["field"], cause["count"], tuple(cause["rows"])) for cause in checked["problems"]} == {
        ("type", 2, (4, 5)),
        ("held_on", 1, (5,)),
    }
    assert "13800138000" not in json.dumps(found, ensure_ascii=False)
    text = "\n".join(explained.lines([found]))
    assert "activities" in text and "attended" in text and "1 / 3 行可导入" in text and "13800138000" not in text


def test_a_register_is_known_and_a_summary_sheet_has_parts():
    """A sheet is explained with the register beside it known; a sheet spread over columns names the fields of each."""
    register = file("csv", [["党组织名称", "党员总数", "党小组数"], ["甲党支部", 5, 1]], name="2024年一季度组织名册")
    scores = file(
        "csv",
        [["2024年一季度考核"], ["单位", "党建工作(40分)", "工作实绩(40分)", "党风廉政(20分)"], ["甲党支部", 30, 35, 9]],
        name="季度考核",
    )
    _, found = explain([register, scores])
    (sheet,) = found["sheets"]
    assert sheet["validation"]["questions"] == [] and sheet["cells"]["encoding"] == "utf-8-sig"
    (table,) = sheet["tables"]
    assert table["recognition"]["parts"] == 3
    assert [column["field"] for column in table["recognition"]["columns"]] == ["unit", "score", "score", "score"]


def test_what_is_refused_is_explained_too():
    """A refused file and a refused table say why, and nothing of them is read."""
    refused, foreign = explain([("a.pdf", b"%PDF-1.7"), file("csv", [["品名", "数量", "单价"], ["纸", 5, 20]])])
    assert "PDF" in refused["reason"] and refused["sheets"] == []
    (table,) = foreign["sheets"][0]["tables"]
    assert table["recognition"]["refusal"] and table["normalised"] == []
    assert "PDF" in next(iter(explained.lines([refused])))
