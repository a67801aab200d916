"""Records in the making: a table's columns of values in, one record for each activity, score … with plain values out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from cadence.sheets import asking
from cadence.sheets.amounts import CROSSES, TICKS
from cadence.sheets.columns import NO, read_column
from cadence.sheets.contracts import Contract, contracts
from cadence.sheets.dates import short
from cadence.sheets.grid import Cells
from cadence.sheets.reading import Context, Problem, Question, Skipped
from cadence.sheets.recognise import Part
from cadence.sheets.tables import Table
from cadence.sheets.values import NULLS, Setting, Value, text_of
from cadence.words import Message

MOST_COUNTED = 60
NOT_TICKED = NO | NULLS


@dataclass
class Draft:
    """Records in the making: `places` are positions in the table, one for each record; `out` masks records that stay out."""

    contract: Contract
    table: Table
    part: Part
    places: np.ndarray
    fields: dict[str, Cells] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    told: set[tuple[int, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.out = np.zeros(len(self.places), bool)

    def row(self, record: int) -> int:
        """The spreadsheet's own number of a record's row."""
        return self.table.numbers[self.places[record]]

    def complain(self, record: int, name: str, reason: Message, severity: str, suggestion: Message | None = None) -> None:
        """Note a problem with one field of a record; an error keeps the record out."""
        header = self.part.columns.get(name)
        if severity == "error":
            self.out[record] = True
        if (key := (self.places[record], name, reason.text)) in self.told:
            return
        self.told.add(key)
        cell = self.table.column(header)[self.places[record]] if header else None
        shown = "" if cell is None or self.contract.fields[name].type == "person" else short(text_of(cell))
        title = header.text if header else self.contract.fields[name].title
        letter = header.letter or None if header else None
        self.problems.append(Problem(self.row(record), letter, title, name, shown, reason, severity, suggestion))


def draft(table: Table, part: Part, values: Mapping[str, Cells], place: str, context: Context) -> Draft:
    """The records of one part with plain values; the problems and questions of single cells are noted in it."""
    problems: list[Problem] = []
    copies = counted(table, part, problems) if part.counted else several(values, len(table.numbers))
    copies[~with_a_record(part, values, len(table.numbers))] = 0
    places = np.repeat(np.arange(len(copies)), copies)
    made = Draft(contracts()[part.kind], table, part, places, problems=problems)
    turns = np.arange(len(places)) - np.repeat(np.cumsum(copies) - copies, copies)
    made.fields = {name: in_turn(column.take(places), turns) for name, column in values.items()}
    settle(made, place, context)
    fill_constants(made)
    fill_steps(made)
    return made


def with_a_record(part: Part, values: Mapping[str, Cells], rows: int) -> np.ndarray:
    """Mask of the rows that hold a record: all, or those with something in the cell that makes one; no reward is none."""
    if not part.each:
        return np.ones(rows, bool)
    none = (None, 0) if part.kind == "adjustments" else (None,)
    return values[part.each].where(lambda value: value.reason or value.value not in none)


def several(values: Mapping[str, Cells], rows: int) -> np.ndarray:
    """How many records each row is: more than one where a cell holds two types or dates."""
    copies = np.ones(rows, np.int64)
    for column in values.values():
        more = np.array([len(value.more) for value in column.distinct])
        if more.any():
            copies = np.maximum(copies, 1 + more[column.codes])
    return copies


def counted(table: Table, part: Part, problems: list[Problem]) -> np.ndarray:
    """How many activities each cell of a month counts; a cell that is no count is a problem of its own."""
    header = part.counted
    spec = contracts()["activities"].fields["attended"]
    read = read_column(spec, table.column(header).map(once), Setting(date.today()))
    wrong = read.where(lambda value: value.reason or (value.value or 0) > MOST_COUNTED)
    for place in np.nonzero(wrong)[0].tolist():
        value, text = read[place], text_of(table.column(header)[place])
        reason = value.reason or Message("一个月 {count} 次，不合常理", {"count": value.value})
        problems.append(Problem(table.numbers[place], header.letter, header.text, "held_on", short(text), reason))
    times = np.array([value.value or 0 for value in read.distinct], np.int64)[read.codes]
    return np.where(wrong, 0, times)


def once(cell: object) -> object:
    """A tick among counts is one, a cross none."""
    return 1 if text_of(cell) in TICKS else 0 if text_of(cell) in CROSSES else cell


def in_turn(column: Cells, turns: np.ndarray) -> Cells:
    """The value of the first record of a cell, and of a later one if the cell holds several."""
    late = (turns > 0) & column.where(lambda value: value.more)
    if not late.any():
        return column
    values, codes = list(column.distinct), column.codes.copy()
    for record in np.nonzero(late)[0].tolist():
        value = column[record]
        codes[record] = len(values)
        values.append(replace(value, value=value.more[min(turns[record], len(value.more)) - 1]))
    return Cells(values, codes)


def settle(draft: Draft, place: str, context: Context) -> None:
    """Turn values into plain ones: problems noted, questions asked, clock times and full marks moved to their own fields."""
    for name in list(draft.fields):
        column: Cells = draft.fields[name]
        spec = draft.contract.fields[name]
        for record in np.nonzero(column.where(lambda value: value.reason or value.asks or value.note))[0].tolist():
            value: Value = column[record]
            if value.reason:
                draft.complain(record, name, value.reason, "error" if spec.required else "warning", value.suggestion)
            elif value.asks:
                asking.about(draft, record, name, value, place, context)
            elif not (value.until and name == "starts_on" and "ends_on" not in draft.part.columns):
                draft.complain(record, name, value.note, "warning")
        if spec.month_precision:
            draft.fields[f"{name}_precision"] = column.map(lambda value: value.precision)
        if spec.type == "date" and name == "held_on":
            beside(draft, "starts_at", column.map(lambda value: value.starts))
            beside(draft, "ends_at", column.map(lambda value: value.ends))
        if name == "starts_on" and column.where(lambda value: value.until).any():
            beside(draft, "ends_on", column.map(lambda value: value.until or value.value))
        if spec.type == "score" and name == "score" and "max_score" in draft.contract.fields:
            beside(draft, "max_score", column.map(lambda value: value.full_mark))
        draft.fields[name] = column.map(lambda value: value.value)


def beside(draft: Draft, name: str, found: Cells) -> None:
    """Fill a field that has no column of its own from what stood in another's cells."""
    if name not in draft.part.columns and found.filled.any():
        draft.fields[name] = found


def fill_constants(draft: Draft) -> None:
    """Values that hold for all rows: from titles, or from the header of a spread column."""
    for name, value in draft.part.constants.items():
        if value is None or name in draft.part.columns:
            continue
        draft.fields[name] = Cells.constant(value, len(draft.places))
        if draft.contract.fields[name].month_precision:
            draft.fields[f"{name}_precision"] = Cells.constant("month", len(draft.places))
    for name, (value, other) in draft.part.defaults.items():
        column = draft.fields[name]
        lacking = ~column.filled & draft.fields[other].where(bool)
        draft.fields[name] = column.instead(lacking, Cells.constant(value, len(column)))


def fill_steps(draft: Draft) -> None:
    """The sync steps that are ticked (or dated) in columns of their own."""
    if not draft.part.steps:
        return
    steps = sorted(draft.part.steps)
    ticked = [draft.table.column(draft.part.steps[step]).where(is_ticked)[draft.places] for step in steps]
    together, codes = np.unique(np.stack(ticked, axis=1), axis=0, return_inverse=True)
    named = [",".join(step for step, is_there in zip(steps, row, strict=True) if is_there) or None for row in together.tolist()]
    draft.fields["sync"] = Cells([None, *named], codes.astype(np.int32).ravel() + 1).map(lambda text: text)


def is_ticked(cell: object) -> bool:
    """Whether something stands in the column of a step."""
    return cell is not None and text_of(cell).lower() not in NOT_TICKED
