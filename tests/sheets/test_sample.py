"""The sample office: every file is recognised for what it is, and no row is lost without a word."""

from datetime import date
from pathlib import Path

import pytest

from cadence.sheets import read_files
from cadence.sheets.cells import Workbook, open_files
from tests.sheets.books import context

FOLDER = Path(__file__).resolve().parents[2] / "data" / "sample" / "2024Q1"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="there is no sample office")
KINDS = {
    "组织名册": "units",
    "年度计划": "plans",
    "节点日历": "calendar",
    "业务重点任务": "tasks",
    "季度考核汇总": "evaluations",
    "年终考核": "evaluations",
}


@pytest.fixture(scope="module")
def files():
    """(name, bytes) of one quarter of the sample office."""
    return [(path.name, path.read_bytes()) for path in sorted(FOLDER.iterdir())]


@pytest.fixture(scope="module")
def readings(files):
    """The readings of that quarter."""
    return read_files(files, context(today=date(2026, 1, 22)))


def test_kinds(readings):
    """Each file is taken for what it is; the rest of the sheets are empty ones."""
    for reading in readings:
        kind = next((kind for name, kind in KINDS.items() if reading.file.startswith(name)), "activities")
        verdicts = {(sheet.kind, sheet.verdict) for sheet in reading.sheets}
        assert verdicts <= {(kind, "import"), (kind, "import_with_questions"), (None, "empty_template")}, reading.file
        assert any(sheet.accepted for sheet in reading.sheets), reading.file


def test_no_row_is_lost(files, readings):
    """Every filled row below the header is a record, a rejected row, or a skipped one."""
    for opened, reading in zip(open_files(files), readings, strict=True):
        assert isinstance(opened, Workbook)
        for sheet, read in zip(opened.sheets, reading.sheets, strict=True):
            if read.verdict == "empty_template":
                continue
            filled = {sheet.row + place + 1 for place, row in enumerate(sheet.rows) if any(cell is not None for cell in row)}
            body = {row for row in filled if row > max(read.header_rows)}
            told = {number for table in read.tables for number in table.numbers}
            told |= {problem.row for problem in read.rejected} | {skipped.row for skipped in read.skipped}
            assert body <= told, (reading.file, read.sheet, sorted(body - told)[:5])
