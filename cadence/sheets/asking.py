"""Questions that a column raises and their answers: a missing year, 10.3 as a date, two dates in a cell, a unit of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cadence.sheets.amounts import LESSON_MINUTES, number, unit_scale
from cadence.sheets.contracts import Field
from cadence.sheets.headers import Header
from cadence.sheets.reading import Context, Question, SheetReading
from cadence.sheets.stated import Stated
from cadence.sheets.values import Value
from cadence.words import Message

if TYPE_CHECKING:
    from cadence.sheets.rows import Draft

SKIP = ("skip", Message("先不导入这些行"))
SCALES = {"minute": 1.0, "hour": 60.0, "lesson": float(LESSON_MINUTES)}


def add(reading: SheetReading, question: Question) -> None:
    """Put a question once; the rows of the same one are the most that any part counts."""
    for asked in reading.questions:
        if asked.id == question.id:
            asked.rows = max(asked.rows, question.rows)
            return
    reading.questions.append(question)


def year(stated: Stated, answers: Mapping[str, str], place: str) -> int | None:
    """The year that stands in for cells without one: stated around the table, or answered."""
    answer = answers.get(f"year:{place}", "")
    return int(answer) if answer.isdecimal() and len(answer) == 4 else stated.year


def about(draft: Draft, record: int, name: str, value: Value, reading: SheetReading, place: str, context: Context) -> None:
    """Ask about one cell's kind of doubt; its row waits if the field is required, else the cell stays empty."""
    header = draft.part.columns[name].text
    make = {"year": missing_year, "float_date": float_date, "two_dates": two_dates}[value.asks]
    question = make(header, place, context)
    if question.id in context.answers and context.answers[question.id] != "skip":
        reason = Message("“{header}” 无法按所选方式读出日期", {"header": header})
    else:
        reason = WAITING[value.asks]
        known = next((asked for asked in reading.questions if asked.id == question.id), None)
        if known:
            known.rows += 1
        elif question.id not in context.answers:
            reading.questions.append(question)
    draft.complain(record, name, reason, "error" if draft.contract.fields[name].required else "warning")


WAITING = {
    "year": Message("日期没有年份，标题和文件名里也没有"),
    "float_date": Message("小数无法确定是几月几日（10.3 可能是 10月3日，也可能是 10月30日）"),
    "two_dates": Message("一个单元格里有两个日期"),
}


def missing_year(header: str, place: str, context: Context) -> Question:
    """Which year the dates of a sheet are of."""
    options = [(str(of), Message("{year} 年", {"year": of})) for of in range(context.today.year, context.today.year - 3, -1)]
    text = Message("“{header}”里的日期没有年份，标题和文件名里也没有。是哪一年？", {"header": header})
    return Question(f"year:{place}", text, [*options, SKIP], "skip", 1)


def float_date(header: str, place: str, context: Context) -> Question:
    """Whether 10.3 is 3 October."""
    text = Message("“{header}”里有 10.3 这样的小数（末尾的 0 可能已丢失）。是否读作“月.日”？", {"header": header})
    return Question(f"float_date:{header}", text, [("month_day", Message("读作 10月3日")), SKIP], "skip", 1)


def two_dates(header: str, place: str, context: Context) -> Question:
    """What two dates in one cell mean."""
    text = Message("“{header}”里有的单元格写了两个日期。怎样导入？", {"header": header})
    options = [("first", Message("按第一个日期算一次活动")), ("each", Message("每个日期各算一次活动")), SKIP]
    return Question(f"two_dates:{header}", text, options, "skip", 1)


def scale(field: Field, header: Header, cells: Sequence[Any], answers: Mapping[str, str]) -> tuple[float | None, Question | None]:
    """(what a bare number of the column counts in, question): None while nobody knows whether 1.5 is hours or lessons."""
    if field.type not in ("minutes", "share"):
        return 1.0, None
    by_header = unit_scale(field, header.text)
    bare = [found[0] for cell in cells if cell is not None and (found := number(cell)) and not found[1]]
    if field.type == "share":
        return (0.01 if (by_header != 1.0 and max(bare, default=0) > 1) or max(bare, default=0) > 1.5 else 1.0), None
    if by_header != 1.0 or not bare or max(bare) > 12 or "分" in header.text or max(bare) <= 0:
        return by_header, None
    answer = answers.get(f"scale:{header.text}")
    if answer:
        return SCALES.get(answer), None
    text = Message("“{header}”里的数字都很小，单位是什么？", {"header": header.text})
    options = [
        ("hour", Message("小时")),
        ("lesson", Message("学时（45 分钟）")),
        ("minute", Message("分钟")),
        ("skip", Message("不导入这一列")),
    ]
    return None, Question(f"scale:{header.text}", text, options, "skip", len(bare))
