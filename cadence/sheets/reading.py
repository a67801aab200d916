"""What a reading of spreadsheets is made of: the context that goes in, the readings that come out, and both as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cadence.words import Message

IGNORE = "ignore"
"""The field of a column that is not to be read."""


@dataclass(frozen=True)
class Layout:
    """What somebody said about tables with just these headers: their kind, and header → field or IGNORE. `file` is an example."""

    kind: str | None
    columns: Mapping[str, str]
    file: str = ""


@dataclass(frozen=True)
class Context:
    """What the reader must know from outside the file.

    `layouts` go by the signature of a table's headers; `corrections` are new texts for (file, sheet, cell such as B14).
    """

    today: date
    units: frozenset[str] = frozenset()
    kind: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    salt: bytes = b""
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    corrections: Mapping[tuple[str, str, str], str] = field(default_factory=dict)


@dataclass
class Problem:
    """One cell (or row, or column) that is wrong: an error keeps its row out, a warning lets it in flagged; or was corrected.

    `unit` is the unit that the row is about, where it is known.
    """

    row: int | None
    column: str | None
    header: str
    field: str | None
    value: str
    reason: Message
    severity: str = "error"
    suggestion: Message | None = None
    unit: str | None = None


@dataclass
class Skipped:
    """A row that is no record: a sub-total, a note, a sample, a repeated header …"""

    row: int
    reason: Message


@dataclass
class Question:
    """Something the reader will not guess; `context.answers[id]` settles it, else `default` holds.

    A question of severity "notice" only tells what was done and holds nothing back; "ask" holds its rows back.
    """

    id: str
    text: Message
    options: list[tuple[str, Message]]
    default: str
    rows: int
    severity: str = "ask"


@dataclass
class Rows:
    """Accepted records of one kind, column by column; `numbers` are the spreadsheet's own rows, one for each record.

    `fields` are columns of values (`grid.Cells`), `sources` the original texts of each record as JSON. `identity` keeps what the
    store makes of them to tell records apart.
    """

    kind: str
    numbers: list[int] = field(default_factory=list)
    fields: dict[str, Sequence[Any]] = field(default_factory=dict)
    sources: Sequence[str] = ()
    identity: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass
class SheetReading:
    """One sheet: what it was taken for, what came out, and everything that did not.

    `headers` go by the letter of their column, `columns` by field. `layouts` are the signatures of its tables' headers,
    `remembered` those that were read as somebody once said. `dropped` are headers of personal columns (the letter of one without),
    with `dropped_cells` filled cells; `private` the letters of these and of columns of names, which become tokens. `redacted` says
    from how many cells of the others what kind (`personal.KINDS`) was blotted out.
    """

    sheet: str
    kind: str | None = None
    confidence: float = 0.0
    verdict: str = "refuse"
    reason: Message | None = None
    header_rows: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    confidences: dict[str, float] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    dropped_cells: int = 0
    redacted: dict[str, int] = field(default_factory=dict)
    private: list[str] = field(default_factory=list)
    period: tuple[date, date] | None = None
    tables: list[Rows] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    corrected: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    layouts: list[str] = field(default_factory=list)
    remembered: list[str] = field(default_factory=list)
    rows: int = 0
    accepted: int = 0
    hidden: bool = False


@dataclass
class FileReading:
    """One file: its sheets, or why the whole of it was refused."""

    file: str
    sha256: str
    size: int
    sheets: list[SheetReading] = field(default_factory=list)
    reason: Message | None = None
    encoding: str | None = None


def as_json(readings: Iterable[FileReading]) -> dict[str, Any]:
    """The readings as plain data, texts in the reader's language."""
    return {"files": [{"file": reading.file, "sha256": reading.sha256, "sheets": file_sheets(reading)} for reading in readings]}


def file_sheets(reading: FileReading) -> list[dict[str, Any]]:
    """The sheets of a file; one refused entry without a name if the whole file was refused."""
    if reading.reason is None:
        return [sheet_json(sheet) for sheet in reading.sheets]
    return [sheet_json(SheetReading("", reason=reading.reason))]


def sheet_json(sheet: SheetReading) -> dict[str, Any]:
    """One sheet as plain data."""
    return {
        "sheet": sheet.sheet,
        "kind": sheet.kind,
        "verdict": sheet.verdict,
        "reason": str(sheet.reason) if sheet.reason else None,
        "header_rows": sheet.header_rows,
        "columns": sheet.columns,
        "rows": sheet.rows,
        "accepted": sheet.accepted,
        "rejected": [problem_json(problem) for problem in sheet.rejected],
        "skipped": [{"row": skipped.row, "reason": str(skipped.reason)} for skipped in sheet.skipped],
        "questions": [question_json(question) for question in sheet.questions],
        "warnings": [problem_json(problem) for problem in sheet.warnings],
        "corrected": [problem_json(problem) for problem in sheet.corrected],
        "remembered": bool(sheet.remembered),
        "confidence": round(sheet.confidence, 2),
        "confidences": {name: round(value, 2) for name, value in sheet.confidences.items()},
        "unmapped": sheet.unmapped,
        "dropped": sheet.dropped,
        "dropped_cells": sheet.dropped_cells,
        "redacted": sheet.redacted,
        "period": [day.isoformat() for day in sheet.period] if sheet.period else None,
        "records": {table.kind: len(table.numbers) for table in sheet.tables},
        "hidden": sheet.hidden,
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """One problem as plain data."""
    return {
        "row": problem.row,
        "column": problem.column,
        "header": problem.header,
        "value": problem.value,
        "reason": str(problem.reason),
        "suggestion": str(problem.suggestion) if problem.suggestion else None,
    }


def question_json(question: Question) -> dict[str, Any]:
    """One question as plain data."""
    return {
        "id": question.id,
        "text": str(question.text),
        "options": [{"value": value, "label": str(label)} for value, label in question.options],
        "default": question.default,
        "rows": question.rows,
        "severity": question.severity,
    }
