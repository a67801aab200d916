"""One part of a table in, its records out: cells read, units resolved, rows checked; all problems are gathered at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from cadence.sheets import asking, checks, units
from cadence.sheets.columns import NO, read_column
from cadence.sheets.contracts import Contract, contracts
from cadence.sheets.dates import short
from cadence.sheets.headers import Header
from cadence.sheets.personal import by_values
from cadence.sheets.reading import Context, Problem, Rows, SheetReading, Skipped
from cadence.sheets.recognise import Part
from cadence.sheets.stated import Stated
from cadence.sheets.tables import Table
from cadence.sheets.values import EMPTY, NULLS, Setting, Value, text_of
from cadence.words import Message

MOST_COUNTED = 60
NOT_TICKED = NO | NULLS
ENCODE = json.JSONEncoder(ensure_ascii=False).encode


@dataclass
class Draft:
    """Records in the making: `places` are positions in the table, one for each record; `out` are records that stay out."""

    contract: Contract
    table: Table
    part: Part
    places: list[int]
    fields: dict[str, list[Any]] = field(default_factory=dict)
    out: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    told: set[tuple[int, str, str]] = field(default_factory=set)

    def row(self, record: int) -> int:
        """The spreadsheet's own number of a record's row."""
        return self.table.numbers[self.places[record]]

    def complain(self, record: int, name: str, reason: Message, severity: str, suggestion: Message | None = None) -> None:
        """Note a problem with one field of a record; an error keeps the record out."""
        header = self.part.columns.get(name)
        if severity == "error":
            self.out.add(record)
        if (key := (self.places[record], name, reason.text)) in self.told:
            return
        self.told.add(key)
        cell = self.table.column(header)[self.places[record]] if header else None
        shown = "" if cell is None or self.contract.fields[name].type == "person" else short(text_of(cell))
        title = header.text if header else self.contract.fields[name].title
        letter = header.letter if header else None
        self.problems.append(Problem(self.row(record), letter, title, name, shown, reason, severity, suggestion))


def read_part(table: Table, part: Part, reading: SheetReading, context: Context, stated: Stated, place: str) -> Rows:
    """The accepted records of one part; problems, questions and skipped rows go to the sheet's reading."""
    contract = contracts()[part.kind]
    values = {
        name: column_values(contract, name, header, table, context, stated, place, reading) for name, header in part.columns.items()
    }
    draft = expand(Draft(contract, table, part, []), places_with_a_record(table, part, values), values)
    settle(draft, values, reading, place, context)
    fill_constants(draft)
    fill_steps(draft)
    resolve_units(draft, reading, context)
    require(draft)
    checks.check(draft, context.today, stated.period)
    name_units(draft)
    reading.rejected += fresh(reading.rejected, [problem for problem in draft.problems if problem.severity == "error"])
    reading.warnings += fresh(reading.warnings, [problem for problem in draft.problems if problem.severity != "error"])
    reading.skipped += draft.skipped
    return records(draft, reading.dropped)


def name_units(draft: Draft) -> None:
    """Say of each problem which unit its row is about, where that is known."""
    units_of = {draft.row(record): unit for record, unit in enumerate(draft.fields.get("unit", []))}
    for problem in draft.problems:
        problem.unit = units_of.get(problem.row)


def fresh(known: Sequence[Problem], found: Iterable[Problem]) -> list[Problem]:
    """Problems that are not noted yet: the parts of a summary sheet share their unit column."""
    seen = {(problem.row, problem.column, problem.field, problem.reason.text) for problem in known}
    return [problem for problem in found if (problem.row, problem.column, problem.field, problem.reason.text) not in seen]


def places_with_a_record(table: Table, part: Part, values: Mapping[str, list[Value]]) -> list[int]:
    """Positions of the rows that hold a record: all, or those with something in the cell that makes one; no reward is none."""
    every = range(len(table.numbers))
    if not part.each:
        return list(every)
    column = values[part.each]
    return [
        at for at in every if column[at].reason or column[at].value not in ((None, 0) if part.kind == "adjustments" else (None,))
    ]


def column_values(
    contract: Contract,
    name: str,
    header: Header,
    table: Table,
    context: Context,
    stated: Stated,
    place: str,
    reading: SheetReading,
) -> list[Value]:
    """A column as values, with what the column as a whole decides: the year, the scale, floats and pairs of dates."""
    cells = table.column(header)
    spec = contract.fields[name]
    scale, question = asking.scale(spec, header, cells, context.answers)
    if question:
        asking.add(reading, question)
    if scale is None:
        return [EMPTY] * len(cells)
    setting = Setting(
        today=context.today,
        year=asking.year(stated, context.answers, place),
        month=stated.first_month if stated.first_month == stated.last_month else None,
        salt=context.salt,
        header=header.text,
        floats=context.answers.get(f"float_date:{header.text}") == "month_day",
        pairs=context.answers.get(f"two_dates:{header.text}", ""),
        scale=scale,
    )
    return read_column(spec, cells, setting)


def expand(draft: Draft, places: list[int], values: Mapping[str, list[Value]]) -> Draft:
    """One record for each row, more where a cell holds two types or dates, or counts how many there were."""
    counted = draft.part.counted
    copies: dict[int, int] = {}
    for column in values.values():
        for at, value in enumerate(column):
            if value.more:
                copies[at] = max(copies.get(at, 1), 1 + len(value.more))
    if counted:
        copies = count_copies(draft, places)
    draft.places = [at for at in places for _ in range(copies.get(at, 0 if counted else 1))]
    turns: Counter[int] = Counter()
    order = []
    for at in draft.places:
        order.append(turns[at])
        turns[at] += 1
    for name, column in values.items():
        draft.fields[name] = [pick(column[at], turn) for at, turn in zip(draft.places, order, strict=True)]
    return draft


def pick(value: Value, turn: int) -> Value:
    """The value of the first record of a cell, or of a later one if the cell holds several."""
    return value if turn == 0 or not value.more else replace(value, value=value.more[min(turn, len(value.more)) - 1])


def count_copies(draft: Draft, places: list[int]) -> dict[int, int]:
    """How many activities each cell of a month counts; a cell that is no count is a problem of its own."""
    header = draft.part.counted
    spec = contracts()["activities"].fields["attended"]
    read = read_column(spec, draft.table.column(header), Setting(date.today()))
    copies = {}
    for place in places:
        value = read[place]
        if value.reason or (value.value or 0) > MOST_COUNTED:
            text = text_of(draft.table.column(header)[place])
            reason = value.reason or Message("一个月 {count} 次，不合常理", {"count": value.value})
            draft.problems.append(Problem(draft.table.numbers[place], header.letter, header.text, "held_on", short(text), reason))
        elif value.value:
            copies[place] = value.value
    return copies


def settle(draft: Draft, values: Mapping[str, list[Value]], reading: SheetReading, place: str, context: Context) -> None:
    """Turn values into plain ones: problems noted, questions asked, clock times and full marks moved to their own fields."""
    for name in values:
        column = draft.fields[name]
        spec = draft.contract.fields[name]
        for record, value in enumerate(column):
            if value.reason:
                draft.complain(record, name, value.reason, "error" if spec.required else "warning", value.suggestion)
            elif value.asks:
                asking.about(draft, record, name, value, reading, place, context)
            elif value.note:
                draft.complain(record, name, value.note, "warning")
        if spec.month_precision:
            draft.fields[f"{name}_precision"] = [value.precision for value in column]
        if spec.type == "date" and name == "held_on":
            beside(draft, "starts_at", [value.starts for value in column])
            beside(draft, "ends_at", [value.ends for value in column])
        if spec.type == "score" and name == "score" and "max_score" in draft.contract.fields:
            beside(draft, "max_score", [value.full_mark for value in column])
    for name in list(draft.fields):
        draft.fields[name] = [value.value if isinstance(value, Value) else value for value in draft.fields[name]]


def beside(draft: Draft, name: str, found: list[Any]) -> None:
    """Fill a field that has no column of its own from what stood in another's cells."""
    if name not in draft.part.columns and any(value is not None for value in found):
        draft.fields[name] = found


def fill_constants(draft: Draft) -> None:
    """Values that hold for all rows: from titles, or from the header of a spread column."""
    for name, value in draft.part.constants.items():
        if value is None or name in draft.part.columns:
            continue
        draft.fields[name] = [value] * len(draft.places)
        if draft.contract.fields[name].month_precision:
            draft.fields[f"{name}_precision"] = ["month"] * len(draft.places)


def fill_steps(draft: Draft) -> None:
    """The sync steps that are ticked (or dated) in columns of their own."""
    if not draft.part.steps:
        return
    ticked = {step: draft.table.column(header) for step, header in sorted(draft.part.steps.items())}
    draft.fields["sync"] = [
        ",".join(step for step, cells in ticked.items() if cells[at] is not None and text_of(cells[at]).lower() not in NOT_TICKED)
        or None
        for at in draft.places
    ]


def resolve_units(draft: Draft, reading: SheetReading, context: Context) -> None:
    """Bring unit names to those of the register; rows of an unknown one wait for an answer."""
    if "unit" not in draft.fields or draft.contract.fields["unit"].type == "new_unit":
        return
    names = draft.fields["unit"]
    counts = Counter(name for name in names if name)
    found, questions = units.resolve(counts, context.units, context.answers)
    for question in questions:
        asking.add(reading, question)
    if counts and not context.units:
        asking.add(reading, units.notice(counts, len(names)))
    told: set[str] = set()
    unknown = [name for name, known in found.items() if known is None]
    near = {name: units.nearest(name, context.units) if place < units.ASKED else [] for place, name in enumerate(unknown)}
    for record, name in enumerate(names):
        if name and found[name] is None:
            hint = Message("是否为“{name}”？", {"name": near[name][0]}) if near[name] else None
            draft.complain(record, "unit", Message("单位“{unit}”不在组织名册中", {"unit": name}), "error", hint)
        elif name and found[name] != name and name not in told:
            told.add(name)
            draft.complain(
                record, "unit", Message("单位“{name}”按名册读作“{unit}”", {"name": name, "unit": found[name]}), "warning"
            )
    draft.fields["unit"] = [found.get(name) if name else None for name in names]


def require(draft: Draft) -> None:
    """A record without a required value stays out."""
    told = {(problem.row, problem.field) for problem in draft.problems if problem.severity == "error"}
    for name in draft.contract.required:
        if name not in draft.fields:
            draft.out.update(range(len(draft.places)))
            continue
        title = Message(draft.contract.fields[name].title)
        for record, value in enumerate(draft.fields[name]):
            if value is None and (draft.row(record), name) not in told:
                draft.complain(record, name, Message("缺少“{field}”", {"field": title}), "error")


def records(draft: Draft, dropped: Sequence[str]) -> Rows:
    """The records that stay in, column by column, with their sources."""
    keep = [record for record in range(len(draft.places)) if record not in draft.out]
    fields = {name: [column[record] for record in keep] for name, column in draft.fields.items()}
    sources = source_texts(draft, dropped)
    return Rows(draft.part.kind, [draft.row(record) for record in keep], fields, [sources[draft.places[record]] for record in keep])


def source_texts(draft: Draft, dropped: Sequence[str]) -> list[str]:
    """For each row of the table the original texts as JSON {header: text}, personal columns and persons left out."""
    persons = {header.index for name, header in draft.part.columns.items() if draft.contract.fields[name].type == "person"}
    pieces: dict[str, list[str]] = {}
    for header, cells in zip(draft.table.headers, draft.table.columns, strict=True):
        if header.text in dropped or header.index in persons or (not header.text and by_values(cells)):
            continue
        name = header.text if header.text and header.text not in pieces else f"{header.text}[{header.letter}]"
        pieces[name] = fragments(name, cells)
    return (
        ["{" + ", ".join(filter(None, row)) + "}" for row in zip(*pieces.values(), strict=True)]
        if pieces
        else ["{}"] * len(draft.table.numbers)
    )


def fragments(header: str, cells: Sequence[Any]) -> list[str]:
    """“"header": "text"” for each cell, equal cells written once; empty for empty ones."""
    head = ENCODE(header)
    memo: dict[Any, str] = {None: ""}

    def fragment(cell: Any) -> str:
        key = cell if type(cell) is str else (type(cell), cell)
        if key not in memo:
            text = cell.strip() if type(cell) is str else text_of(cell)
            memo[key] = f"{head}: {ENCODE(text)}"
        return memo[key]

    return ["" if cell is None else fragment(cell) for cell in cells]
