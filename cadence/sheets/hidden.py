"""What a workbook hides: a sheet and its reading in; a notice of hidden rows, or a question about a hidden sheet, put into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cadence.sheets.cells import Sheet
from cadence.sheets.reading import Question, SheetReading
from cadence.words import Message

SHOWN = 10


def look(reading: SheetReading, sheet: Sheet, place: str, answers: Mapping[str, str]) -> None:
    """Hidden rows come in and are told of; a hidden sheet waits until somebody says that it is meant to come in."""
    reading.hidden = sheet.hidden
    if sheet.hidden and reading.tables and answers.get(f"sheet:{place}") != "import":
        hold_back(reading, sheet, place, answers.get(f"sheet:{place}"))
    if rows := sorted(set(sheet.hidden_rows) & {row for table in reading.tables for row in table.numbers}):
        reading.questions.append(told(place, rows))


def hold_back(reading: SheetReading, sheet: Sheet, place: str, answer: str | None) -> None:
    """Keep the records of a hidden sheet out: asked about, or refused if that is the answer."""
    reading.tables, reading.accepted = [], 0
    if answer == "skip":
        reading.verdict, reading.reason = "refuse", Message("隐藏的工作表，按选择没有导入")
        return
    text = Message("工作表“{sheet}”是隐藏的，要导入吗？", {"sheet": sheet.name})
    options = [("import", Message("导入这张表")), ("skip", Message("不导入这张表"))]
    reading.questions.append(Question(f"sheet:{place}", text, options, "skip", reading.rows))
    reading.verdict = "import_with_questions"


def told(place: str, rows: Sequence[int]) -> Question:
    """Rows that a filter hides are imported like the others, and that is said."""
    listed = ", ".join(map(str, rows[:SHOWN])) + (", …" if len(rows) > SHOWN else "")
    text = Message("{count} 行被筛选或隐藏，仍会导入：第 {rows} 行", {"count": len(rows), "rows": listed})
    return Question(f"hidden:{place}", text, [("accept", Message("知道了"))], "accept", len(rows), severity="notice")
