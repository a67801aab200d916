"""Templates: what a blank one offers, what a begun one carries over, and that the importer knows both, untouched and filled in."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from cadence import batches, templates, words
from cadence.sheets import Context, read_files
from cadence.sheets.contracts import contracts
from cadence.sheets.headers import letter
from cadence.store import Store, open
from cadence.templates import carryover
from tests.ledgers import ledger
from tests.sheets.books import xlsx

TODAY = dt.date(2026, 7, 3)
UNITS = ("第一党支部", "第二党支部", "第三党支部")
KINDS = list(contracts())
CELLS = {
    "unit": "第一党支部",
    "text": "内容{n}",
    "person": "甲某",
    "date": dt.date(2026, 4, 8),
    "time": "14:30",
    "year": 2026,
    "quarter": "2026年第二季度",
    "count": 3,
    "minutes": 90,
    "share": 0.5,
    "score": 9,
    "flag": "是",
    "activity_type": "主题党日",
    "sync_steps": "任务同步部署",
}


def read(name: str, content: bytes, units: tuple[str, ...] = UNITS, today: dt.date = TODAY):
    """The sheets of a workbook as the importer reads them."""
    (reading,) = read_files([(name, content)], Context(today=today, units=frozenset(units), salt=b"test"))
    return reading.sheets


def filled(content: bytes, cells: dict[tuple[int, int], object]) -> bytes:
    """The workbook with (row, column) → cell written into its first sheet; everything else as it is."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (row, column), cell in cells.items():
        book.worksheets[0].cell(row, column, cell)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def header(content: bytes, row: int = 3) -> list[str]:
    """The cells of the header row of the first sheet."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [cell.value for cell in sheet[row] if cell.value is not None]


def typed(kind: str, n: int) -> dict[str, object]:
    """A valid cell for every field of a kind; no two n give the same record."""
    cells = {}
    for name, field in contracts()[kind].fields.items():
        cell = next(iter(field.choices.values()))[0] if field.choices else CELLS.get(field.type)
        cell = f"第{'一二三'[n]}党支部" if field.type in ("unit", "new_unit") else cell
        cells[name] = cell.format(n=n) if isinstance(cell, str) else cell
    return cells


@pytest.mark.parametrize("kind", KINDS)
class TestBlank:
    """A blank template of every kind."""

    def test_untouched_is_an_empty_template(self, kind: str):
        """Its kind is known at once, the example is skipped by name, and the other sheets are passed over quietly."""
        first, *others = read(templates.name(kind), templates.blank(kind, units=UNITS, today=TODAY))
        assert (first.kind, first.verdict, first.sheet) == (kind, "empty_template", contracts()[kind].title)
        assert [str(skipped.reason)[:3] for skipped in first.skipped] == ["示例行"]
        assert first.questions == first.warnings == first.rejected == []
        assert [(sheet.sheet, sheet.kind, sheet.verdict) for sheet in others] == [
            ("填写说明", None, "empty_template"),
            ("选项", None, "empty_template"),
        ]

    def test_filled_in_is_read_without_a_doubt(self, kind: str):
        """Every column is mapped at 0.95 or more, nothing is asked, dropped or left over, and all rows go in."""
        content = templates.blank(kind, units=UNITS, today=TODAY)
        titles = {field.title: name for name, field in contracts()[kind].fields.items()}
        names = [titles[text.removeprefix("*")] for text in header(content)]
        rows = [typed(kind, n) for n in range(3)]
        cells = {(5 + n, 1 + place): row[name] for n, row in enumerate(rows) for place, name in enumerate(names)}
        sheet = read(templates.name(kind), filled(content, cells))[0]
        assert set(sheet.columns) == set(contracts()[kind].fields)
        assert min(sheet.confidences.values()) >= 0.95
        assert (sheet.verdict, sheet.accepted, sheet.rows) == ("import", 3, 3), [str(it.reason) for it in sheet.rejected]
        assert sheet.questions == sheet.warnings == sheet.rejected == [] and sheet.unmapped == sheet.dropped == []

    def test_what_offices_fill_in_stands_in_front(self, kind: str):
        """Required fields first and marked, then the common ones; the rest is folded away, every header has a note."""
        sheet = openpyxl.load_workbook(io.BytesIO(templates.blank(kind, today=TODAY))).worksheets[0]
        fields = {field.title: field for field in contracts()[kind].fields.values()}
        found = [fields[cell.value.removeprefix("*")] for cell in sheet[3] if cell.value]
        folded = {
            number
            for place in sheet.column_dimensions.values()
            if place.hidden and place.outlineLevel == 1
            for number in range(place.min, place.max + 1)
        }
        assert len(found) == len(fields)
        assert [field.required for field in found] == sorted((field.required for field in found), reverse=True)
        assert all(cell.value.startswith("*") == field.required for cell, field in zip(sheet[3], found, strict=False))
        assert [number in folded for number in range(1, len(found) + 1)] == [
            not (field.required or field.common) for field in found
        ]
        assert all(cell.comment and cell.comment.text for cell in sheet[3][: len(found)])

    def test_checks_warn_and_never_block(self, kind: str):
        """Drop-downs and checks let everything through after a warning; nothing is protected, no macro is in it."""
        content = templates.blank(kind, units=UNITS, today=TODAY)
        book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=True)
        sheet = book.worksheets[0]
        assert {rule.errorStyle for rule in sheet.data_validations.dataValidation} == {"warning"}
        assert not any(page.protection.sheet for page in book.worksheets) and not book.security
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")

    def test_is_explained(self, kind: str):
        """填写说明 lists every column with whether it is required, how it is filled in, and an example."""
        content = templates.blank(kind, today=TODAY)
        guide = openpyxl.load_workbook(io.BytesIO(content))["填写说明"]
        rows = [[cell.value for cell in row] for row in guide.iter_rows()]
        top = next(place for place, row in enumerate(rows) if row[0] == "列名")
        assert [row[0] for row in rows[top + 1 :]] == header(content)
        assert all(row[1] == ("必填" if row[0].startswith("*") else "选填") and row[2] for row in rows[top + 1 :])


def test_choices_are_offered():
    """Kinds of activity and yes or no stand in the rule, units of the register on a hidden sheet; without a register, none."""

    def offered(content: bytes, text: str) -> str | None:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        place = letter(header(content).index(text))
        rules = {
            str(rule.sqref).split(":")[0].rstrip("0123456789"): rule.formula1 for rule in sheet.data_validations.dataValidation
        }
        return rules.get(place)

    content = templates.blank("activities", units=UNITS, today=TODAY)
    assert "主题党日" in offered(content, "*活动类型")
    assert offered(content, "*单位") == "'选项'!$A$2:$A$4"
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell.value for cell in book["选项"]["A"]] == ["单位", *UNITS] and book["选项"].sheet_state == "hidden"
    assert offered(templates.blank("activities", today=TODAY), "*单位") is None
    assert "是,否" in offered(templates.blank("units", today=TODAY), "是否设支委会")


def test_notes_are_in_the_readers_language():
    """Headers stay Chinese, so that the importer knows them; what explains them is English for an English reader."""
    chinese = header(templates.blank("activities", today=TODAY))
    words.speak("en")
    content = templates.blank("activities", today=TODAY)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert header(content) == chinese
    assert "Held on (required)" in sheet["B3"].comment.text and "实际" not in sheet["B3"].comment.text
    assert read("x.xlsx", content)[0].verdict == "empty_template"


def test_names_of_files():
    """A blank one is called after its kind, a begun one after its quarter as well."""
    assert templates.name("units") == "组织名册模板.xlsx"
    assert templates.name("activities", dt.date(2026, 11, 5)) == "活动台账_2026年第四季度.xlsx"


QUARTER = dt.date(2026, 1, 1)
LATER = dt.date(2026, 2, 2)
LAYOUTS = {
    "units": ["序号", "党组织名称", "上级党组织"],
    "activities": ["序号", "党支部", "活动类型"],
    "plans": ["责任支部", "计划类型", "计划事项"],
    "tasks": ["任务编号", "重点任务", "责任单位"],
    "evaluations": ["序号", "责任单位", "党建工作(30分)"],
    "adjustments": ["责任单位", "类别", "加减分值"],
    "calendar": ["开始日期", "截止日期", "节点类别"],
}


@pytest.fixture(scope="module")
def office(sample_file, tmp_path_factory):
    """The sample office, only read."""
    path = tmp_path_factory.mktemp("office") / "copy.duckdb"
    path.write_bytes(sample_file.read_bytes())
    store = open(str(path))
    yield store
    store.close()


@pytest.mark.parametrize("kind", KINDS)
class TestFromLast:
    """A quarter begun from the one before, in the sample office."""

    def begun(self, office: Store, kind: str) -> tuple[str, bytes]:
        return templates.name(kind, QUARTER), templates.from_last(office, kind, QUARTER, today=LATER)

    def test_untouched_says_nothing_new(self, office: Store, kind: str):
        """Untouched it is an empty template, but for the register, which is a valid one of the new quarter."""
        sheet, *others = read(*self.begun(office, kind), tuple(batches.known_units(office)), LATER)
        assert sheet.kind == kind and sheet.period == (QUARTER, dt.date(2026, 3, 31))
        assert sheet.questions == sheet.rejected == sheet.warnings == [] and sheet.dropped == []
        assert {other.verdict for other in others} == {"empty_template"}
        if kind == "units":
            assert (sheet.verdict, sheet.accepted) == ("import", 69)
            assert set(sheet.tables[0].fields["quarter"]) == {QUARTER}
        else:
            assert (sheet.verdict, sheet.tables) == ("empty_template", [])

    def test_is_in_the_offices_own_layout(self, office: Store, kind: str):
        """The columns stand in the order of the last file and are called as there."""
        _, content = self.begun(office, kind)
        found = header(content)
        assert found[: len(LAYOUTS[kind])] == LAYOUTS[kind]

    def test_says_what_was_carried_over(self, office: Store, kind: str):
        """填写说明 names the quarter and the file that it came from."""
        _, content = self.begun(office, kind)
        guide = openpyxl.load_workbook(io.BytesIO(content))["填写说明"]
        texts = [row[0].value or "" for row in guide.iter_rows(max_row=8)]
        assert any("2025 年第" in text and "2026 年第 1 季度" in text for text in texts)
        assert any(".xlsx" in text for text in texts)


def column(content: bytes, row: int, text: str) -> int:
    """The number of the column with this header."""
    return next(cell.column for cell in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0][row] if cell.value == text)


def test_tasks_filled_in_are_tasks_of_the_new_quarter(office: Store):
    """A task with progress counts for the quarter of the title; those without any are skipped by name."""
    content = templates.from_last(office, "tasks", QUARTER, today=LATER)
    name = templates.name("tasks", QUARTER)
    content = filled(content, {(4, column(content, 3, "完成进度")): 0.25, (5, column(content, 3, "完成进度")): "30%"})
    sheet = read(name, content, tuple(batches.known_units(office)), LATER)[0]
    fields = sheet.tables[0].fields
    assert (sheet.verdict, sheet.accepted) == ("import", 2)
    assert fields["quarter"] == [QUARTER] * 2 and fields["progress"] == [0.25, 0.3] and all(fields["target"])
    assert {str(skipped.reason) for skipped in sheet.skipped} == {"这一行没有填写"}


def test_scores_filled_into_the_summary_are_of_the_new_quarter(office: Store):
    """The wide summary comes back as it was, without its scores; one filled in is one score."""
    content = templates.from_last(office, "evaluations", QUARTER, today=LATER)
    content = filled(content, {(4, column(content, 3, "党建工作(30分)")): 28})
    sheet = read(templates.name("evaluations", QUARTER), content, tuple(batches.known_units(office)), LATER)[0]
    fields = sheet.tables[0].fields
    assert (sheet.accepted, fields["score"], fields["max_score"], fields["quarter"]) == (1, [28.0], [30.0], [QUARTER])


def test_activities_filled_in_are_those_of_the_quarter(office: Store):
    """The rows name unit and kind; a date makes one an activity. A date outside the quarter is warned of."""
    content = templates.from_last(office, "activities", QUARTER, today=LATER)
    held = column(content, 3, "活动时间")
    content = filled(content, {(5, held): dt.date(2026, 1, 8), (6, held): dt.date(2025, 12, 9)})
    sheet = read(templates.name("activities", QUARTER), content, tuple(batches.known_units(office)), LATER)[0]
    assert (sheet.verdict, sheet.accepted) == ("import", 2)
    assert [warning.row for warning in sheet.warnings] == [6] and "期间" in str(sheet.warnings[0].reason)


def test_nothing_due_is_missing(office: Store):
    """Each branch stands there once with each kind that is due of it in the quarter, and no department does."""
    carried = carryover.since_last(office, "activities", QUARTER)
    places = {field: place for place, (_, field) in enumerate(carried.columns)}
    found = {(row[places["unit"]], row[places["type"]]) for row in carried.rows}
    with office.cursor() as cursor:
        branches = {
            unit for (unit,) in cursor.execute("select unit from facts.units where kind in ('branch', 'office')").fetchall()
        }
    assert len(found) == len(carried.rows)
    assert {unit for unit, _ in found} == branches
    assert {(unit, "主题党日") for unit in branches} <= found
    assert all(cell is None for row in carried.rows for place, cell in enumerate(row) if carried.columns[place][1] == "held_on")


def imported(store: Store, *files: tuple[str, bytes]) -> None:
    """Import files as one batch."""
    receipt = batches.commit(store, batches.read(store, list(files)))
    assert receipt.batch


TASKS = [
    ["局机关2025年第四季度重点工作"],
    ["序号", "牵头处室", "任务名称", "完成率", "考核得分", "进展说明", "联系电话"],
    [1, "综合处", "简化手续", "40%", 81, "正在推进", "010-88886666"],
    [2, "信息处", "数据共享", "100%", 95, "已办结", "010-88886667"],
    [3, "信息处", "一网通办", None, None, None, None],
]


class TestCarryover:
    """What carries over and what does not, on small tables."""

    def test_finished_tasks_stay_behind(self, empty_store: Store):
        """An open task is carried over without its figures, the office's own column stays, a column of telephones does not."""
        imported(empty_store, ("任务.xlsx", xlsx({"Sheet1": (TASKS, ())})))
        carried = carryover.since_last(empty_store, "tasks", QUARTER)
        assert [header for header, _ in carried.columns] == ["序号", "牵头处室", "任务名称", "完成率", "考核得分", "进展说明"]
        assert carried.rows == [[1, "综合处", "简化手续", None, None, None], [2, "信息处", "一网通办", None, None, None]]
        assert carried.to_fill == ["完成率", "考核得分"]

    def test_nothing_stands(self, empty_store: Store):
        """Where no earlier quarter has the kind, an error says so in the reader's language."""
        imported(empty_store, ("任务.xlsx", xlsx({"Sheet1": (TASKS, ())})))
        with pytest.raises(templates.TemplateError, match="2025 年第 4 季度之前没有导入过“业务重点任务”"):
            templates.from_last(empty_store, "tasks", dt.date(2025, 10, 1), today=LATER)
        with pytest.raises(templates.TemplateError):
            templates.from_last(empty_store, "units", QUARTER, today=LATER)

    def test_an_undone_batch_is_forgotten(self, empty_store: Store):
        """What was taken back does not stand."""
        imported(empty_store, ("任务.xlsx", xlsx({"Sheet1": (TASKS, ())})))
        batches.undo(empty_store, 1)
        with pytest.raises(templates.TemplateError):
            carryover.since_last(empty_store, "tasks", QUARTER)

    def test_the_register_moves_on(self, empty_store: Store):
        """Every unit stands as it did, in its own words; the quarter is the new one and what was of one quarter only is empty."""
        rows = [
            ["党组织名称", "上级组织", "组织类别", "季度", "成立时间", "党员数", "设支委会", "本季调整人数", "办公楼层"],
            ["机关党委", None, "机关党委", "2025年第四季度", None, 30, "否", None, "9"],
            ["第一支部", "机关党委", "直属支部", "2025年第四季度", "2019年5月", 12, "是", 1, "3"],
        ]
        imported(empty_store, ("名册.xlsx", xlsx({"名册": (rows, ())})))
        carried = carryover.since_last(empty_store, "units", QUARTER)
        assert [header for header, _ in carried.columns] == rows[0]
        assert carried.rows[1] == ["第一支部", "机关党委", "直属支部", "2026年第一季度", "2019年5月", 12, "是", None, "3"]
        assert carried.rows[0][:4] == ["机关党委", None, "机关党委", "2026年第一季度"]

    def test_a_sheet_without_a_unit_column_gets_one(self, empty_store: Store):
        """Where the sheet was named after its unit, the new one has a column of units; a doubtful header gets our own title."""
        rows = [["时间", "哪一类", "主题"], [dt.date(2025, 11, 5), "党课", "讲规矩"], [dt.date(2025, 12, 5), "支委会", "讲作风"]]
        imported(empty_store, ("台账.xlsx", xlsx({"第一党支部": (rows, ())})))
        carried = carryover.since_last(empty_store, "activities", QUARTER)
        assert carried.columns == [("单位", "unit"), ("时间", "held_on"), ("活动类型", "type"), ("主题", "topic")]

    def test_columns_that_are_not_kept_stand_where_they_stood(self, empty_store: Store):
        """A column of names, of which only tokens are kept, and an empty one are still between their neighbours."""
        rows = [
            ["主持人", "党支部", "活动类型", "记录人", "活动日期", "请假人数", "主题"],
            ["赵某", "第一党支部", "党课", "钱某", dt.date(2025, 11, 5), None, "讲规矩"],
        ]
        imported(empty_store, ("台账.xlsx", xlsx({"台账": (rows, ())})))
        assert [header for header, _ in carryover.since_last(empty_store, "activities", QUARTER).columns] == rows[0]

    def test_a_matrix_of_counts_gives_way_to_the_template(self, empty_store: Store):
        """Unit × months cannot be begun with rows; the columns are those of the blank template, and that is said."""
        months = ["支部名称", *(f"{month}月" for month in range(1, 13))]
        imported(empty_store, ("2025年支委会次数统计.xlsx", xlsx({"支委会": ([months, ["第一党支部", *[1] * 12]], ())})))
        carried = carryover.since_last(empty_store, "activities", QUARTER)
        assert [header for header, _ in carried.columns][:3] == ["单位", "活动日期", "活动类型"]
        assert any("汇总表" in str(message) for message in carried.told)

    def test_plans_come_round_or_were_not_held(self, empty_store: Store):
        """A monthly kind and an item of which nothing was held are carried over; one that was held is not; dates are empty."""
        plan = [
            ["党支部", "活动类型", "计划日期", "计划内容"],
            ["第一党支部", "主题党日", dt.date(2025, 10, 10), "植树"],
            ["第一党支部", "志愿服务", dt.date(2025, 11, 10), "走访"],
            ["第一党支部", "参观见学", dt.date(2025, 12, 10), "展览"],
        ]
        held = ["第一党支部", "志愿服务", dt.date(2025, 11, 12), "走访", 10, 9]
        imported(empty_store, ("计划.xlsx", xlsx({"计划": (plan, ())})), ledger(held))
        carried = carryover.since_last(empty_store, "plans", QUARTER)
        assert carried.rows == [["第一党支部", "主题党日", None, "植树"], ["第一党支部", "参观见学", None, "展览"]]
        assert carried.to_fill == ["计划日期"]

    def test_scores_are_asked_once_for_each_criterion(self, empty_store: Store):
        """Three raters are one row to begin with; full mark and weight stay, score and rater are empty."""
        rows = [["2025年第四季度"], ["单位", "评价指标", "满分", "权重", "得分", "评委"]]
        rows += [["第一党支部", "党建工作", 30, 0.3, score, rater] for score, rater in ((28, "甲"), (29, "乙"), (30, "丙"))]
        imported(empty_store, ("评分.xlsx", xlsx({"评分": (rows, ())})))
        carried = carryover.since_last(empty_store, "evaluations", QUARTER)
        assert carried.rows == [["第一党支部", "党建工作", 30.0, 0.3, None, None]]
