"""Workbooks with their problems marked: what is marked, that nothing else changes, and that the importer reads them alike."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest

from cadence import marked, words
from cadence.sheets import Context, FileReading, read_files
from cadence.sheets.cells import Workbook, open_files
from cadence.sheets.personal import MARKS, MASK
from tests.sheets.books import FORMATS, file, text, xlsx

CONTEXT = Context(today=dt.date(2024, 11, 22), units=frozenset({"第一党支部", "第二党支部"}), salt=b"test")
LEDGER = [
    ["第一党总支2024年一季度台账", None, None, None, None, None, None],
    [None] * 7,
    ["党支部", "活动类型", "活动日期", "主题", "应到", "实到", "备注"],
    ["第一党支部", "主题党日", dt.date(2024, 3, 5), "=1+1", 10, 9, None],
    ["第一党支部", "党课", "2024-02-31", "讲规矩", 10, 8, None],
    ["第二党支部", "主题党日", dt.date(2024, 3, 6), "植树", 6, 8, "+补"],
    ["第三党支部", "茶话会", dt.date(2024, 3, 7), "座谈", None, 8, "-"],
    ["小计", None, None, None, 26, 33, None],
]
FLAWED = {5: {"C"}, 6: {"F"}, 7: {"A", "B"}}
"""Row → columns with a problem in LEDGER."""


def made(sheets: dict, **options) -> bytes:
    """A workbook in which texts that look like formulas are texts."""
    return xlsx(sheets, strings_to_formulas=False, **options)


def opened(name: str, content: bytes) -> tuple[FileReading, Workbook]:
    """The reading of a file and its workbook."""
    (reading,), (book,) = read_files([(name, content)], CONTEXT), open_files([(name, content)])
    assert isinstance(book, Workbook)
    return reading, book


def mark(name: str, content: bytes) -> bytes:
    """The file with its problems marked."""
    return marked.workbook(*opened(name, content))


def again(name: str, content: bytes) -> FileReading:
    """The reading of a file that was marked."""
    return opened(marked.name(name), content)[0]


def pages(content: bytes) -> list:
    """The sheets of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets


def problems(reading: FileReading) -> list[list[tuple]]:
    """For each sheet every problem: row, column, severity, reason, value."""
    return [
        sorted((it.row or 0, it.column or "", it.severity, str(it.reason), it.value) for it in [*sheet.rejected, *sheet.warnings])
        for sheet in reading.sheets
    ]


def told(reading: FileReading) -> list[tuple]:
    """For each sheet what it was taken for and what came out, sources and questions included."""
    return [
        (
            (sheet.sheet, sheet.kind, sheet.verdict, sheet.header_rows, sheet.columns, sheet.confidences, sheet.unmapped),
            (sorted(sheet.dropped), sheet.rows, sheet.accepted, sheet.period, sheet.hidden),
            [(skipped.row, str(skipped.reason)) for skipped in sheet.skipped],
            [str(question.text) for question in sheet.questions],
            [(rows.kind, rows.numbers, rows.fields, rows.sources) for rows in sheet.tables],
        )
        for sheet in reading.sheets
    ]


class TestMarks:
    """What is put beside and into the cells."""

    def test_flawed_cells_are_filled_and_noted(self):
        """Every cell with a problem, and no other, is filled and carries reason and severity in words."""
        (page,) = pages(mark("台账.xlsx", made({"台账": (LEDGER, ())})))
        found = {(cell.row, cell.column_letter) for row in page.iter_rows(max_col=7) for cell in row if cell.fill.fill_type}
        assert found == {(row, letter) for row, letters in FLAWED.items() for letter in letters}
        assert page["C5"].comment.text.startswith("错误：") and "2024-02-31" in page["C5"].comment.text
        assert page["F6"].comment.text == "警告：实到人数 8 大于应到人数 6"
        assert "建议：是否为" in page["A7"].comment.text
        assert page["C5"].font.bold and not page["F6"].font.bold
        assert page["C5"].fill.fgColor.rgb != page["F6"].fill.fgColor.rgb

    def test_each_row_says_what_is_wrong(self):
        """The column right of the table lists a row's problems, errors first; other rows have none."""
        rows = [*LEDGER[:6], ["第三党支部", "茶话会", dt.date(2024, 9, 7), "座谈", 3, 8, None]]
        (page,) = pages(mark("台账.xlsx", made({"台账": (rows, ())})))
        column = [cell.value for cell in page["H"]]
        assert column[:4] == [None, None, "导入问题", None]
        assert column[5] == "警告：实到人数 8 大于应到人数 6"
        assert column[6].count("错误：") == 2 and column[6].index("警告：") > column[6].rindex("错误：")
        assert all(cell.font.bold for cell in page[3]) and page.freeze_panes == "A4"

    def test_the_readers_language(self):
        """Reasons are in the language that is spoken; the header is not, since the importer knows it by name."""
        words.speak("en")
        (page,) = pages(mark("台账.xlsx", made({"台账": (LEDGER, ())})))
        assert page["H3"].value == "导入问题" and page["H6"].value.startswith("Warning: ")

    def test_a_problem_in_a_merged_cell_is_shown_where_the_cell_shows(self):
        """The unit merged over three rows is unknown: its top left cell is marked, each row says it."""
        rows = [
            LEDGER[2],
            ["第三党支部", *LEDGER[3][1:]],
            [None, *LEDGER[5][1:]],
            [None, "党课", dt.date(2024, 3, 9), "廉洁", 5, 5, None],
        ]
        content = mark("台账.xlsx", made({"台账": (rows, [(1, 0, 3, 0)])}))
        (page,) = pages(content)
        assert [str(span) for span in page.merged_cells.ranges] == ["A2:A4"]
        assert page["A2"].comment and all("不在组织名册中" in page[f"H{row}"].value for row in (2, 3, 4))
        assert "向下填充" in page["A1"].comment.text

    def test_a_sheet_without_problems_is_left_alone(self):
        """No column, no fill, no note."""
        (good, _) = pages(mark("台账.xlsx", made({"一月": (LEDGER[2:4], ()), "二月": (LEDGER, ())})))
        assert [[cell.value for cell in row] for row in good.iter_rows()] == [[*row[:6], row[6]] for row in as_read(LEDGER[2:4])]
        assert not any(cell.fill.fill_type or cell.comment for row in good.iter_rows() for cell in row) and not good.freeze_panes

    def test_notes_have_a_limit(self, monkeypatch: pytest.MonkeyPatch):
        """Beyond it cells are filled and rows listed as before."""
        monkeypatch.setattr(marked, "MOST_NOTES", 1)
        (page,) = pages(mark("台账.xlsx", made({"台账": (LEDGER, ())})))
        assert sum(cell.comment is not None for row in page.iter_rows() for cell in row) == 1
        assert page["F6"].fill.fill_type and page["H6"].value


def as_read(rows: list[list]) -> list[list]:
    """Rows as openpyxl returns them: days are moments."""
    return [[dt.datetime(c.year, c.month, c.day) if isinstance(c, dt.date) else c for c in row] for row in rows]


class TestCells:
    """The cells are what they were."""

    def test_values_keep_place_and_type(self):
        """Texts that look like formulas stay texts, days are days in one format, numbers numbers, truths truths."""
        rows = [
            LEDGER[2],
            ["第一党支部", "党课", dt.date(2024, 3, 5), "=SUM(A1:A9)", 10, 9, "@x"],
            ["第二党支部", "党课", dt.date(2024, 4, 5), "+1-2", 1.5, True, "-"],
        ]
        (page,) = pages(mark("台账.xlsx", made({"台账": (rows, ())})))
        assert [[cell.value for cell in row[:7]] for row in page.iter_rows(min_row=2)] == as_read(rows[1:])
        assert [page[cell].data_type for cell in ("D2", "G2", "D3", "E3", "F3", "C3")] == ["s", "s", "s", "n", "b", "d"]
        assert page["C2"].number_format == "yyyy-mm-dd"

    def test_moments_and_hours(self):
        """A moment keeps its time of day, a time of day stays one."""
        rows = [
            ["党支部", "活动类型", "活动日期", "开始时刻"],
            ["第一党支部", "党课", dt.datetime(2024, 3, 5, 14, 30), dt.time(14, 30)],
        ]
        content = made({"台账": (rows, ())}, default_date_format="yyyy-mm-dd hh:mm")
        reading, book = opened("台账.xlsx", content)
        (copied,) = open_files([("b.xlsx", marked.workbook(reading, book))])
        assert copied.sheets[0].rows == book.sheets[0].rows

    def test_a_table_that_begins_elsewhere_stays_there(self):
        """Rows and columns are counted from A1, wherever the first filled cell is."""
        rows = [[None] * 9, [None] * 9, *([None, None, *row] for row in LEDGER)]
        (page,) = pages(mark("台账.xlsx", made({"台账": (rows, ())})))
        assert (page["C5"].value, page["J5"].value) == ("党支部", "导入问题")
        assert page["E7"].fill.fill_type and page["J7"].value.startswith("错误：")

    def test_hidden_and_oddly_named_sheets(self):
        """A hidden sheet stays hidden; names that .xlsx cannot bear are made fit and stay apart."""
        reading, book = opened("台账.xlsx", made({"一": (LEDGER, ()), "二": (LEDGER, ()), "三": (LEDGER, ())}))
        names = ("第一/第二", "第一_第二", "很长的名字" * 8)
        for sheet, read, name in zip(book.sheets, reading.sheets, names, strict=True):
            sheet.name = read.sheet = name
        book.sheets[0] = replace(book.sheets[0], hidden=True)
        first, second, third = pages(marked.workbook(reading, book))
        assert (first.title, second.title, third.title) == ("第一_第二", "第一_第二_2", ("很长的名字" * 8)[:31])
        assert first.sheet_state == "hidden" and second.sheet_state == "visible"

    def test_merged_ranges_that_overlap(self):
        """A file with overlapping ranges would not open; the later one is left out."""
        reading, book = opened("台账.xlsx", made({"台账": (LEDGER, ())}))
        book.sheets[0].merged = [(0, 0, 0, 6), (0, 3, 1, 4), (3, 0, 4, 0), (7, 1, 7, 1)]
        (page,) = pages(marked.workbook(reading, book))
        assert sorted(str(span) for span in page.merged_cells.ranges) == ["A1:G1", "A4:A5"]


MOBILE, IDENTITY = "13812345678", "11010519491231002X"


class TestPersonal:
    """What the importer does not read is not written."""

    ROWS = (
        ["党支部", "活动类型", "活动日期", "主题", "联系电话", "参加人员", "实到", "编码", "备注"],
        ["第一党支部", "党课", dt.date(2024, 3, 5), "讲规矩", "88886666", "赵某", 9, MOBILE, "好"],
        ["第二党支部", "党课", "待定日", f"请联系{MOBILE}", MOBILE, "钱某", 8, 13912345678, "无误"],
        ["第一党支部", "主题党日", dt.date(2024, 4, 5), "植树", None, None, 7, None, IDENTITY],
    )

    def test_dropped_columns_and_numbers_are_masked(self):
        """Headers stay; cells of a dropped column and cells that are such a number are masked, within a text it is blotted out."""
        content = mark("台账.xlsx", made({"台账": (list(self.ROWS), ())}))
        (page,) = pages(content)
        assert [cell.value for cell in page[1]] == [*self.ROWS[0], "导入问题"]
        assert [cell.value for cell in page[2]][3:9] == ["讲规矩", MASK, MASK, 9, MASK, "好"]
        assert [cell.value for cell in page[3]][3:9] == [f"请联系{MARKS['mobile']}", MASK, MASK, 8, MASK, "无误"]

    def test_no_note_holds_a_number(self):
        """A reason that quotes the cell does not give the number away."""
        rows = [
            self.ROWS[0],
            ["第一党支部", "党课", f"{MOBILE}", "讲规矩", None, None, "九", None, None],
            self.ROWS[1],
            self.ROWS[3],
        ]
        content = mark("台账.xlsx", made({"台账": (list(rows), ())}))
        texts = [
            str(cell.value) + (cell.comment.text if cell.comment else "") for page in pages(content) for row in page for cell in row
        ]
        assert any("错误：" in told for told in texts) and not any(MOBILE in told for told in texts)

    def test_masked_columns_are_dropped_again(self):
        """Read again, the same columns are dropped and the same rows come out."""
        name, content = "台账.xlsx", made({"台账": (list(self.ROWS), ())})
        reading, _ = opened(name, content)
        assert reading.sheets[0].tables[0].fields["remark"] == ["好", MARKS["identity"]]
        assert reading.sheets[0].dropped == ["联系电话", "编码", "参加人员"]
        assert told(again(name, mark(name, content))) == told(reading)

    def test_a_column_that_may_hold_names_is_dropped_without_asking(self):
        """负责人 may be the host: it is not asked about, its names are masked, and read again it is dropped again."""
        rows = [[*row[:5], *row[6:]] for row in self.ROWS]
        rows = [[*row, name] for row, name in zip(rows, ("负责人", "赵某", "钱某", "孙某"), strict=True)]
        name, content = "台账.xlsx", made({"台账": (rows, ())})
        reading, _ = opened(name, content)
        assert "负责人" in reading.sheets[0].dropped and not reading.sheets[0].questions
        (page,) = pages(mark(name, content))
        assert {row[8].value for row in page.iter_rows(min_row=2)} == {MASK}
        assert told(again(name, mark(name, content))) == told(reading)

    def test_a_form(self):
        """A form has no header: names beside labels are masked, problems stand at its first row, and it is read alike again."""
        form = [
            ["支部会议记录", None, None, None],
            ["会议名称", "支部党员大会", "时  间", dt.date(2024, 1, 29)],
            ["支部", "第一党支部", "联系电话", "88886666"],
            ["应到会人数", 24, "实到会人数", 26],
            ["参加人员", "赵某、钱某", "地  点", "三楼"],
            ["议  题", None, "记录人", "孙某"],
        ]
        for rows in (form, form[1:]):
            name, content = "台账.xlsx", made({"台账": (rows, ())})
            reading, _ = opened(name, content)
            (problem,) = reading.sheets[0].warnings
            (page,) = pages(mark(name, content))
            cells = [cell.value for row in page for cell in row]
            assert MASK in cells and not {"赵某、钱某", "88886666"} & set(cells) and "孙某" in cells
            assert page.cell(1, 5).value == "导入问题"
            noted = page.cell(problem.row, 5)
            assert str(problem.reason) in str(noted.value) + (noted.comment.text if noted.comment else "")
            assert told(again(name, mark(name, content))) == told(reading)

    def test_a_list_of_people_that_is_refused(self):
        """A table that is not imported at all still gives no number away."""
        rows = [["姓名", "性别", "身份证号", "电话"], ["赵某", "女", IDENTITY, MOBILE], ["钱某", "男", IDENTITY, MOBILE]]
        (page,) = pages(mark("名单.xlsx", made({"名单": (rows, ())})))
        assert {cell.value for row in page.iter_rows(min_row=2) for cell in row} == {MASK}


class TestAgain:
    """A marked workbook handed in again."""

    @pytest.mark.parametrize("kind", FORMATS)
    def test_is_read_alike(self, kind: str):
        """Kinds, columns, rows, skipped rows and problems are the same, from whatever format it came, and nothing is left over."""
        name, content = file(kind, [[None if cell == "=1+1" else cell for cell in row] for row in LEDGER])
        reading, book = opened(name, content)
        read = again(name, marked.workbook(reading, book))
        assert told(read) == told(reading) and problems(read) == problems(reading)
        assert sum(map(len, problems(read))) == 4 and "导入问题" not in read.sheets[0].unmapped

    def test_twice_is_like_once(self):
        """Marked again, the column is not doubled and the file keeps its name."""
        name, content = "台账.xlsx", made({"台账": (LEDGER, ())})
        once = mark(name, content)
        twice = mark(marked.name(name), once)
        first, second = ([[cell.value for cell in row] for row in pages(content)[0]] for content in (once, twice))
        assert first == second
        assert marked.name(marked.name(name)) == marked.name(name)

    def test_blank_units_of_a_text_file_are_filled_down_again(self):
        """Text files know no merged cells, so blank units mean the one above; that stays so in the marked workbook."""
        rows = [
            LEDGER[2],
            *LEDGER[3:6],
            [None, "党课", "2024-03-08", "廉洁", 5, 5, None],
            [None, "党课", "2024-03-09", "作风", 5, 6, None],
        ]
        name, content = "台账.csv", text(rows)
        reading, book = opened(name, content)
        read = again(name, marked.workbook(reading, book))
        assert pages(marked.workbook(reading, book))[0]["H1"].value == "导入问题（文本表）"
        assert read.sheets[0].tables[0].fields["unit"] == reading.sheets[0].tables[0].fields["unit"]
        assert problems(read) == problems(reading)

    def test_a_corrected_cell_gives_a_good_row(self):
        """The date is put right in the marked workbook; the row goes in, whatever still stands beside it."""
        name, content = "台账.xlsx", made({"台账": (LEDGER, ())})
        book = openpyxl.load_workbook(io.BytesIO(mark(name, content)))
        book.worksheets[0]["C5"] = dt.date(2024, 2, 29)
        target = io.BytesIO()
        book.save(target)
        sheet = again(name, target.getvalue()).sheets[0]
        assert 5 in sheet.tables[0].numbers and 5 not in {problem.row for problem in sheet.rejected}
        assert sheet.accepted == opened(name, content)[0].sheets[0].accepted + 1

    def test_headers_of_two_rows_and_several_tables(self):
        """Joined headers, merged cells and side-by-side tables survive."""
        two = [
            ["2024年活动台账", None, None, None, None],
            ["党支部", "活动类型", "活动日期", "人数", None],
            [None, None, None, "应到", "实到"],
            ["第一党支部", "党课", dt.date(2024, 3, 5), 10, 12],
            [None, "主题党日", "3月40日", 10, 9],
        ]
        spans = [(0, 0, 0, 4), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (3, 0, 4, 0)]
        beside = [LEDGER[2][:6] * 2, [*LEDGER[3][:6], *LEDGER[4][:6]], [*LEDGER[5][:6], *LEDGER[6][:6]]]
        name, content = "台账.xlsx", made({"两行": (two, spans), "并列": (beside, ())})
        reading, book = opened(name, content)
        assert all(problems(reading))
        read = again(name, marked.workbook(reading, book))
        assert told(read) == told(reading) and problems(read) == problems(reading)


def test_names_of_files():
    """The suffix stands before the ending, which is always .xlsx."""
    assert [marked.name(name) for name in ("台账.xls", "a.b.csv", "台账")] == [
        "台账_问题标注.xlsx",
        "a.b_问题标注.xlsx",
        "台账_问题标注.xlsx",
    ]
