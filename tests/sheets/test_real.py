"""Public real sheets beside the repository: what each is taken for. Skipped where they are not."""

from pathlib import Path

import pytest

from cadence.sheets import read_files
from tests.sheets.books import context

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real sheets are not beside this repository")

EXPECTED = {
    "三会一课录入样表_owip_meeting2.xlsx": [("activities", "empty_template")],
    "主题党日活动录入样表_owip.xlsx": [("activities", "empty_template")],
    "组织生活开展情况统计表_owip.xlsx": [("activities", "empty_template")],
    "考核表_打分细则.xlsx": [("evaluations", "empty_template")],
    "党建调研成绩_密云分公司.xlsx": [("evaluations", "empty_template"), (None, "refuse"), (None, "empty_template")],
    "党费线上缴纳明细_owip.xlsx": [(None, "refuse")],
    "宇通客车_持股_gbk_无表头.csv": [(None, "refuse")],
    "工作计划_仅日期.xls": [(None, "refuse")],
    "工作计划_周月.xlsx": [(None, "refuse")] * 3 + [(None, "empty_template")],
    "科技信息部每周工作情况.xlsx": [(None, "refuse"), (None, "empty_template"), (None, "empty_template")],
    "pbs_monthly.csv": [(None, "refuse")],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_real_sheets(name):
    """Templates are recognised and empty, foreign tables are refused with a reason, and neither gives rows."""
    (reading,) = read_files([(name, (REAL / name).read_bytes())], context())
    assert [(sheet.kind, sheet.verdict) for sheet in reading.sheets] == EXPECTED[name]
    assert all(sheet.reason and not sheet.tables for sheet in reading.sheets)


def test_columns_of_a_real_template():
    """The ledger template of a university maps on its fields, the actual date apart from the planned one."""
    name = "主题党日活动录入样表_owip.xlsx"
    (reading,) = read_files([(name, (REAL / name).read_bytes())], context())
    columns = reading.sheets[0].columns
    assert (columns["held_on"], columns["planned_on"], columns["type"]) == ("实际时间", "计划时间", "活动名称")
    assert reading.sheets[0].header_rows == [1] and [skipped.row for skipped in reading.sheets[0].skipped] == [2]
