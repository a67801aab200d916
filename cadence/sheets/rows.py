"""One part of a table in, its records out, in two steps: `normalise` reads cells, `validate` resolves units and checks rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from cadence.progress import Progress
from cadence.sheets import asking, checks, sources, units
from cadence.sheets.columns import read_column
from cadence.sheets.contracts import Contract, contracts
from cadence.sheets.drafts import Draft, draft
from cadence.sheets.grid import Cells
from cadence.sheets.headers import Header
from cadence.sheets.reading import Context, Problem, Question, Rows, Skipped
from cadence.sheets.recognise import Part
from cadence.sheets.stated import Stated
from cadence.sheets.tables import Table
from cadence.sheets.values import EMPTY, Setting
from cadence.words import Message


@dataclass
class Normalised:
    """The columns of one part, read: field → column of Values, one for each row of the table; and what has to be asked first."""

    values: dict[str, Cells] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)


@dataclass
class Validated:
    """The accepted records of one part, and everything that was noted on the way."""

    rows: Rows
    rejected: list[Problem]
    warnings: list[Problem]
    skipped: list[Skipped]
    questions: list[Question]


def normalise(
    table: Table, part: Part, context: Context, stated: Stated, place: str, progress: Progress | None = None
) -> Normalised:
    """Every column of a part as values, each distinct cell read once; no cell knows of another."""
    found = Normalised()
    contract = contracts()[part.kind]
    for number, (name, header) in enumerate(part.columns.items()):
        (progress or Progress()).step(number / len(part.columns), Message("正在读取“{header}”列", {"header": header.text}))
        found.values[name] = column_values(contract, name, header, table, context, stated, place, found)
    return found


def column_values(
    contract: Contract,
    name: str,
    header: Header,
    table: Table,
    context: Context,
    stated: Stated,
    place: str,
    found: Normalised,
) -> Cells:
    """A column as values, with what the column as a whole decides: the year, the scale, floats and pairs of dates."""
    cells = table.column(header)
    spec = contract.fields[name]
    scale, question = asking.scale(spec, header, cells, context.answers)
    if question:
        asking.add(found.questions, question)
    if scale is None:
        return Cells([EMPTY], np.zeros(len(cells), np.int32))
    setting = Setting(
        today=context.today,
        year=asking.year(stated, context.answers, place),
        month=stated.first_month if stated.first_month == stated.last_month else None,
        salt=context.salt,
        header=header.text,
        floats=context.answers.get(f"float_date:{header.text}") == "month_day",
        pairs=context.answers.get(f"two_dates:{header.text}", ""),
        spans=context.answers.get(f"part_of_year:{header.text}", ""),
        scale=scale,
    )
    return read_column(spec, cells, setting)


def validate(
    table: Table, part: Part, normalised: Normalised, context: Context, stated: Stated, place: str, dropped: Sequence[str] = ()
) -> Validated:
    """The records of a part: units resolved, required fields there, fields and rows in order; all problems are gathered at once."""
    made = draft(table, part, normalised.values, place, context)
    resolve_units(made, context)
    require(made)
    checks.check(made, context.today, stated.period)
    name_units(made)
    for question in reversed(normalised.questions):
        made.questions.insert(0, question)
    return Validated(
        records(made, dropped),
        [problem for problem in made.problems if problem.severity == "error"],
        [problem for problem in made.problems if problem.severity != "error"],
        made.skipped,
        made.questions,
    )


def fresh(known: Sequence[Problem], found: Iterable[Problem]) -> list[Problem]:
    """Problems that are not noted yet: the parts of a summary sheet share their unit column."""
    seen = {(problem.row, problem.column, problem.field, problem.reason.text) for problem in known}
    return [problem for problem in found if (problem.row, problem.column, problem.field, problem.reason.text) not in seen]


def resolve_units(draft: Draft, context: Context) -> None:
    """Bring unit names to those of the register; rows of an unknown one wait for an answer."""
    if "unit" not in draft.fields or draft.contract.fields["unit"].type == "new_unit":
        return
    names = draft.fields["unit"]
    counts = names.counts()
    found, questions = units.resolve(counts, context.units, context.answers)
    for question in questions:
        asking.add(draft.questions, question)
    if counts and not context.units:
        asking.add(draft.questions, units.notice(counts, len(names)))
    unknown = [name for name, known in found.items() if known is None]
    near = {name: units.nearest(name, context.units) if place < units.ASKED else [] for place, name in enumerate(unknown)}
    told: set[str] = set()
    for record in np.nonzero(names.where(lambda name: name is not None and found.get(name) != name))[0].tolist():
        name = names[record]
        if found[name] is None:
            hint = Message("是否为“{name}”？", {"name": near[name][0]}) if near[name] else None
            draft.complain(record, "unit", Message("单位“{unit}”不在组织名册中", {"unit": name}), "error", hint)
        elif name not in told:
            told.add(name)
            draft.complain(
                record, "unit", Message("单位“{name}”按名册读作“{unit}”", {"name": name, "unit": found[name]}), "warning"
            )
    draft.fields["unit"] = names.map(found.get)


def require(draft: Draft) -> None:
    """A record without a required value stays out."""
    told = {(problem.row, problem.field) for problem in draft.problems if problem.severity == "error"}
    for name in draft.contract.required:
        if name not in draft.fields:
            draft.out[:] = True
            continue
        title = Message(draft.contract.fields[name].title)
        for record in np.nonzero(~draft.fields[name].filled)[0].tolist():
            if (draft.row(record), name) not in told:
                draft.complain(record, name, Message("缺少“{field}”", {"field": title}), "error")


def name_units(draft: Draft) -> None:
    """Say of each problem which unit its row is about, where that is known."""
    if not draft.problems or "unit" not in draft.fields:
        return
    rows = np.array(draft.table.numbers)[draft.places]
    about = np.nonzero(np.isin(rows, [problem.row for problem in draft.problems]))[0].tolist()
    units_of = {int(rows[record]): draft.fields["unit"][record] for record in about}
    for problem in draft.problems:
        problem.unit = units_of.get(problem.row)


def records(draft: Draft, dropped: Sequence[str]) -> Rows:
    """The records that stay in, column by column, with their sources."""
    places = draft.places[~draft.out]
    numbers = np.array(draft.table.numbers, np.int64)[places].tolist()
    fields = {name: column.take(~draft.out) for name, column in draft.fields.items()}
    persons = {header.index for name, header in draft.part.columns.items() if draft.contract.fields[name].type == "person"}
    return Rows(draft.part.kind, numbers, fields, sources.of(draft.table, persons, dropped, places))


def joined_rows(parts: Sequence[Rows]) -> Rows:
    """The records of several parts of one kind; a field that only some of them have is empty in the others."""
    if len(parts) == 1:
        return parts[0]
    names = list(dict.fromkeys(name for part in parts for name in part.fields))
    fields = {
        name: Cells.joined([part.fields.get(name, Cells.constant(None, len(part.numbers))) for part in parts]) for name in names
    }
    return Rows(
        parts[0].kind,
        [number for part in parts for number in part.numbers],
        fields,
        sources.Sources(
            [pieces for part in parts for pieces in part.sources.parts],
            [length for part in parts for length in part.sources.lengths],
        ),
    )
