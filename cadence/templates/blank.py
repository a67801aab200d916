"""A kind of spreadsheet, and what stands in the store, in; an .xlsx to fill in out: blank, or begun from the quarter before.

The sheet is named after the kind, so that the importer knows it at once; the rows that are only there to be filled in are
passed over when they come back untouched. Headers and cells are Chinese, notes and explanations in the reader's language.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from cadence import rules, words
from cadence.sheets.contracts import Field, contracts
from cadence.store import Store
from cadence.templates import carryover
from cadence.templates.carryover import quarter_name
from cadence.templates.notes import about, has_example, said, sample_of
from cadence.words import say

GUIDE, CHOICES = "填写说明", "选项"
ROWS = 1000
"""How many rows have drop-downs."""
WIDTHS = {"text": 22, "unit": 22, "new_unit": 22, "date": 12, "activity_type": 16, "choice": 14, "quarter": 16, "sync_steps": 24}
NUMBERS = {"date": "yyyy-mm-dd", "share": "0%", "count": "0"}


@dataclass(frozen=True)
class Column:
    """One column: its header, its field (None for a column that is the office's own), and whether it is folded away."""

    header: str
    field: Field | None
    folded: bool = False


def name(kind: str, quarter: date | None = None) -> str:
    """The name of the file: 组织名册模板.xlsx, or with a quarter 活动台账_2026年第四季度.xlsx."""
    title = contracts()[kind].title
    return f"{title}_{quarter_name(quarter)}.xlsx" if quarter else f"{title}模板.xlsx"


def blank(kind: str, *, units: Iterable[str] = (), today: date) -> bytes:
    """An empty workbook of a kind: what offices fill in first in front, the rest folded away, one example row.

    `units` are the names to choose from, none where no register is known; `today` gives the example its dates.
    """
    contract = contracts()[kind]
    fields = sorted(contract.fields.values(), key=lambda field: (not field.required, not field.required and not field.common))
    columns = [Column("*" * field.required + field.title, field, folded=not (field.required or field.common)) for field in fields]
    example = [sample_of(field, today) for field in fields]
    first = next(place for place, field in enumerate(fields) if field.type in ("unit", "new_unit", "text"))
    example[first] = f"示例：{example[first]}"
    hint = say("带 * 的列必填，其余有则填、没有请留空（空白不等于 0）。表头的批注里有填写说明。")
    guide = [
        say("{row}。", row=say(contract.row)),
        say("已经有自己的台账的，直接导入原表即可，不必改用本模板。"),
        say("带 * 的列必填。其余有则填，没有请留空：空白表示没有填报，0 表示确实没有。"),
        say("灰色的示例行导入时自动略过，可以保留，也可以删除。"),
        say("较少用到的列已折叠，点表格上方的 [+] 展开；用不到的不必展开。"),
    ]
    return workbook(kind, contract.title, hint, columns, [], guide, units, today, example)


def from_last(store: Store, kind: str, quarter: date, *, today: date) -> bytes:
    """This quarter's starting point, in the layout of the last file; raises TemplateError where nothing stands for the kind.

    `quarter` is its first day. What carries over, and what was emptied, is said on the sheet 填写说明.
    """
    contract, carried = contracts()[kind], carryover.since_last(store, kind, quarter)
    columns = [Column(header, contract.fields.get(field or "")) for header, field in carried.columns]
    to_fill = f"待填写：{'、'.join(f'“{header}”' for header in carried.to_fill)}。" if carried.to_fill else ""
    hint = to_fill + say("来源和带入的内容见“填写说明”；没有填写的行导入时自动略过。")
    guide = [str(message) for message in carried.told]
    title = f"{contract.title}（{quarter_name(quarter)}）"
    return workbook(kind, title, hint, columns, carried.rows, guide, carried.units, today)


def workbook(
    kind: str,
    title: str,
    hint: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    guide: Sequence[str],
    units: Iterable[str],
    today: date,
    example: Sequence[Any] | None = None,
) -> bytes:
    """Title, hint, header (two rows where headers have a parent: “人数·应到”), example, rows; 填写说明 and the units behind."""
    target, units = io.BytesIO(), list(dict.fromkeys(units))
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet(contracts()[kind].title)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, hint, book.add_format({"font_color": "#595959"}))
    last = header_of(book, sheet, columns, today)
    grey = {"italic": True, "font_color": "#767676"}
    if example:
        for place, (column, cell) in enumerate(zip(columns, example, strict=True)):
            put(sheet, last + 1, place, cell, book.add_format(grey | shape(column.field)))
    shapes = [book.add_format(shape(column.field)) for column in columns]
    first = last + 1 + (example is not None)
    for number, row in enumerate(rows, first):
        for place, cell in enumerate(row):
            put(sheet, number, place, cell, shapes[place])
    for place, column in enumerate(columns):
        width = max([width_of(column), *(min(40, shown(row[place]) + 2) for row in rows[:200])])
        sheet.set_column(place, place, width, shapes[place], {"level": 1, "hidden": True} if column.folded else {})
        if column.field and (rule := validation(column.field, units, today)):
            sheet.data_validation(first, place, first + len(rows) + ROWS, place, rule)
    if any(column.folded for column in columns):
        sheet.set_column(len(columns), len(columns), 4, None, {"collapsed": True})
    sheet.freeze_panes(last + 1, 0)
    for_paper(sheet)
    sheet.repeat_rows(2, last)
    guide_of(book, columns, guide, today)
    if units:
        listed = book.add_worksheet(CHOICES)
        listed.write_column(0, 0, ["单位", *units])
        listed.hide()
    book.close()
    return target.getvalue()


def header_of(book: xlsxwriter.Workbook, sheet: Any, columns: Sequence[Column], today: date) -> int:
    """Write the header from the third row on, with a note on each field; returns its last row."""
    levels = [column.header.rpartition("·") for column in columns]
    last = 3 if any(parent for parent, _, _ in levels) else 2
    look = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    plain, needed = (book.add_format(look | {"bg_color": colour}) for colour in ("#F2F2F2", "#DDEBF7"))
    place = 0
    while place < len(columns):
        parent, _, own = levels[place]
        until = place
        while parent and until + 1 < len(columns) and levels[until + 1][0] == parent:
            until += 1
        made = needed if columns[place].field and columns[place].field.required else plain
        if until > place:
            sheet.merge_range(2, place, 2, until, parent, plain)
        elif parent:
            sheet.write_string(2, place, parent, plain)
        elif last == 3:
            sheet.merge_range(2, place, 3, place, own, made)
        else:
            sheet.write_string(2, place, own, made)
        for at in range(place, until + 1) if parent else ():
            sheet.write_string(3, at, levels[at][2], plain)
        place = until + 1
    for place, column in enumerate(columns):
        if column.field:
            text = "\n".join(about(column.field, today))
            lines = sum(1 + shown(line) // 36 for line in text.split("\n"))
            sheet.write_comment(last if levels[place][0] else 2, place, text, {"width": 260, "height": 24 + 18 * lines})
    sheet.set_row(last, 32)
    return last


def guide_of(book: xlsxwriter.Workbook, columns: Sequence[Column], guide: Sequence[str], today: date) -> None:
    """The sheet 填写说明: what this file is, and a table of its fields."""
    sheet = book.add_worksheet(GUIDE)
    sheet.write_string(0, 0, GUIDE, book.add_format({"bold": True, "font_size": 14}))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for row, line in enumerate(guide, 1):
        sheet.merge_range(row, 0, row, 3, line, wrapped)
        sheet.set_row(row, 16 * (1 + shown(line) // 118))
    top = len(guide) + 2
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#F2F2F2"})
    boxed = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet.write_row(top, 0, ["列名", "是否必填", "怎样填写", "示例"], head)
    described = [column for column in columns if column.field]
    for row, column in enumerate(described, top + 1):
        _, *how = about(column.field, today)[:-1] if has_example(column.field) else about(column.field, today)
        needed = say("必填") if column.field.required else say("选填")
        text = "".join(how) if words.language() == words.SOURCE else " ".join(how)
        example = said(column.field, sample_of(column.field, today))
        for place, cell in enumerate([column.header, needed, text, example]):
            sheet.write_string(row, place, cell, boxed)
        sheet.set_row(row, 16 * max(1, -(-shown(text) // 62), -(-shown(column.header) // 20), -(-shown(example) // 24)))
    for place, width in enumerate((22, 10, 64, 26)):
        sheet.set_column(place, place, width)
    for_paper(sheet)


def put(sheet: Any, row: int, column: int, cell: Any, look: Any) -> None:
    """One cell: days as days, numbers as numbers, texts never as formulas."""
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, look)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, column, cell, look)
    elif cell is not None:
        sheet.write_string(row, column, cell, look)


def shape(field: Field | None) -> dict[str, str]:
    """The number format of a field's cells."""
    return {"num_format": NUMBERS[field.type]} if field and field.type in NUMBERS else {}


def width_of(column: Column) -> float:
    """Wide enough for what stands below a header, and for the header in at most two lines."""
    kind = column.field.type if column.field else ""
    return max(WIDTHS.get(kind, 10), min(shown(column.header) + 3, 4 + shown(column.header) // 2, 24))


def shown(cell: Any) -> int:
    """How many narrow signs wide a cell is: a Chinese sign counts two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in ("" if cell is None else str(cell)))


def validation(field: Field, units: Sequence[str], today: date) -> dict[str, Any] | None:
    """A drop-down or a check that warns and never blocks."""
    least = {"validate": "decimal", "criteria": ">=", "value": 0}
    rule = {
        "count": least | {"validate": "integer"},
        "score": least,
        "number": least,
        "minutes": least,
        "share": {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1},
        "date": {"validate": "date", "criteria": ">=", "value": date(1990, 1, 1)},
        "year": {"validate": "integer", "criteria": "between", "minimum": 1990, "maximum": 2100},
        "flag": {"validate": "list", "source": ["是", "否"]},
        "choice": {"validate": "list", "source": [listed[0] for listed in field.choices.values()]},
        "activity_type": {"validate": "list", "source": [kind.title for kind in rules.types().values()]},
        "quarter": {"validate": "list", "source": [quarter_name(carryover.shifted(today, 3 * step)) for step in range(-4, 5)]},
        "unit": {"validate": "list", "source": f"='{CHOICES}'!$A$2:$A${len(units) + 1}"} if units else None,
    }.get(field.type)
    text = say("与这一列的填写要求不符。确实如此的，选“是”继续。")
    return rule and rule | {"error_type": "warning", "error_title": say("请核对"), "error_message": text}


def for_paper(sheet: Any) -> None:
    """A4 landscape, one page wide, numbered."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
