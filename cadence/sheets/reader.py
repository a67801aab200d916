"""Files in, readings out: open → tables → recognise → read rows, sheet by sheet; unit registers of a drop are read first."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace

from cadence.sheets import asking, formats, limits, matching, missing, personal, recognise, refusals, repeats, wide
from cadence.sheets.cells import Sheet, Workbook, open_files
from cadence.sheets.contracts import contracts
from cadence.sheets.reading import Context, FileReading, Problem, Question, Rows, SheetReading, Skipped
from cadence.sheets.recognise import Part, Recognised
from cadence.sheets.rows import read_part
from cadence.sheets.stated import Stated, stated
from cadence.sheets.tables import Table, tables
from cadence.sheets.values import Setting
from cadence.sheets.vocabulary import tidy
from cadence.words import Message

LEAST_FIT = 0.55
ENCODING = "encoding:"


def read_files(files: Sequence[tuple[str, bytes]], context: Context) -> list[FileReading]:
    """One reading for each (name, bytes). Nothing is stored; a sheet that is refused or empty gives no rows."""
    files = [(personal.redacted(formats.shown(name), serials=False), data) for name, data in files]
    encodings = {key.removeprefix(ENCODING): name for key, name in context.answers.items() if key.startswith(ENCODING)}
    opened = open_files(files, encodings)
    first = [read_sheets(name, sheets_of(found), context) for (name, _), found in zip(files, opened, strict=True)]
    known = replace(context, units=context.units | registered(first))
    readings = []
    for (name, data), found, before in zip(files, opened, first, strict=True):
        reading = FileReading(name, hashlib.sha256(data).hexdigest(), len(data))
        if isinstance(found, Message):
            reading.reason = found
        else:
            reading.encoding = found.encoding
            reading.sheets = [
                old if known.units == context.units or old.kind in (None, "units") else read_sheet(name, sheet, known)
                for sheet, old in zip(found.sheets, before, strict=True)
            ]
        readings.append(reading)
    return readings


def sheets_of(found: Workbook | Message) -> list[Sheet]:
    """The sheets of a file, none of a refused one."""
    return [] if isinstance(found, Message) else found.sheets


def read_sheets(file: str, sheets: Sequence[Sheet], context: Context) -> list[SheetReading]:
    """The sheets of one file one after the other; those that come after the time for the file has run out are refused."""
    until = time.thread_time() + limits.reading_seconds(sum(len(row) for sheet in sheets for row in sheet.rows))
    return [
        read_sheet(file, sheet, context)
        if time.thread_time() < until
        else SheetReading(sheet.name, reason=limits.refusal("time"), hidden=sheet.hidden)
        for sheet in sheets
    ]


def registered(readings: Sequence[Sequence[SheetReading]]) -> frozenset[str]:
    """Names of the units (and of those above them) in the registers among the readings."""
    tables = [table for sheets in readings for sheet in sheets for table in sheet.tables if table.kind == "units"]
    return frozenset(tidy(name) for table in tables for field in ("unit", "parent") for name in table.fields.get(field, ()) if name)


def read_sheet(file: str, sheet: Sheet, context: Context) -> SheetReading:
    """One sheet of a file."""
    if not any(cell is not None for row in sheet.rows for cell in row):
        return SheetReading(sheet.name, verdict="empty_template", reason=Message("空工作表"), hidden=sheet.hidden)
    if limits.too_wide(sheet.rows):
        return SheetReading(sheet.name, reason=limits.refusal("columns"), hidden=sheet.hidden)
    found = tables(sheet)
    if bound := limits.of_sheet(len(found), sum(len(table.headers) for table in found)):
        return SheetReading(sheet.name, reason=bound, hidden=sheet.hidden)
    readings = [read_table(file, sheet, table, context) for table in found]
    reading = joined(readings) if readings else SheetReading(sheet.name, reason=refusals.no_header(sheet.rows))
    if reading.verdict == "refuse" and (form := refusals.form(sheet.rows)) and reading.kind is None:
        reading.reason = form
    reading.hidden = sheet.hidden
    return reading


def read_table(file: str, sheet: Sheet, table: Table, context: Context) -> SheetReading:
    """One table as the reading of a sheet."""
    reading = SheetReading(sheet.name, header_rows=table.header_rows, skipped=list(table.skipped), rows=len(table.numbers))
    told = stated(table.titles, sheet.name, file, context.units)
    place = f"{file}#{sheet.name}"
    reading.period = told.period
    texts = [sheet.name, *table.titles]
    if refusal := refusals.by_titles([*texts, file], table.headers):
        return refused(reading, refusal)
    recognised = understand(table, context, told, texts, place, file)
    describe(reading, table, recognised, sheet.veiled)
    if refusal := not_ours(table, recognised, texts):
        return refused(reading, refusal)
    if any(recognised.missing) and (question := missing.ask(recognised, place, context, len(table.numbers))) is None:
        kind = contracts()[recognised.kind]
        return refused(reading, refusals.lacking(kind.title, [kind.fields[name].title for name in recognised.missing]))
    if not any(recognised.missing):
        question = None
    return read_parts(reading, table, recognised, context, told, place, question)


def understand(table: Table, context: Context, told: Stated, texts: list[str], place: str, file: str) -> Recognised:
    """What the table is: a summary sheet if it has the shape of one, else the contract that fits best."""
    columns, dropped = matching.columns_of(table)
    setting = Setting(context.today, asking.year(told, context.answers, place))
    scene = recognise.Scene(context, told, texts, file, setting)
    found = wide.spread(columns, scene)
    if found is None or found.missing:
        plainly = recognise.choose(table, columns, scene)
        found = plainly if found is None or (plainly.confidence > found.confidence and not plainly.missing) else found
    missing.fill(found, place, context)
    taken = {match.header.index for match in found.matches.values()}
    taken |= {
        header.index for part in found.parts for header in [*part.columns.values(), *part.steps.values(), part.counted] if header
    }
    serial = {header.index for header, cells in zip(table.headers, table.columns, strict=True) if matching.serial(header, cells)}
    rest = [header for header in table.headers if header.text and header.index not in taken | serial and header not in dropped]
    found.dropped = dropped + [header for header in rest if personal.names_people(header.text, table.column(header))]
    found.unmapped = [header.text for header in rest if header not in found.dropped]
    return found


def describe(reading: SheetReading, table: Table, recognised: Recognised, veiled: bool) -> None:
    """Put what was recognised into the reading."""
    reading.kind, reading.confidence = recognised.kind, recognised.confidence
    matches = sorted(recognised.matches.items(), key=lambda pair: pair[1].header.index)
    reading.columns = {name: match.header.text for name, match in matches}
    reading.confidences = {name: match.confidence for name, match in matches}
    reading.unmapped = recognised.unmapped
    reading.dropped = [header.text for header in recognised.dropped]
    reading.dropped_cells = sum(cell is not None for header in recognised.dropped for cell in table.column(header))
    persons = recognised.dropped + recognised.persons
    reading.private = [header.letter for header in persons]
    if veiled:
        reading.redacted = personal.count(table.column(header) for header in table.headers if header not in persons)
    for index, count in table.filled.items():
        header = next((header for header in table.headers if header.index == index), None)
        if header and header.text:
            reason = Message("合并单元格（或“同上”）已向下填充 {count} 行", {"count": count})
            reading.warnings.append(Problem(None, header.letter, header.text, None, "", reason, "warning"))


def not_ours(table: Table, recognised: Recognised, texts: list[str]) -> Message | None:
    """Why a table is none of the seven kinds, or None."""
    matched = len(recognised.matches)
    total = sum(1 for header in table.headers if header.text)
    known = recognised.kind is not None and recognised.confidence >= LEAST_FIT and len(recognised.missing) <= 1
    if recognised.kind == "units" and not recognised.parts[0].counted:
        known = known and (recognised.confidence >= 0.75 or (matched >= 3 and matched >= 0.4 * total))
        if refusal := refusals.people(texts, table.headers):
            return refusal
    if known and (matched >= 0.3 * total or recognised.confidence >= 0.75):
        return None
    refusal = refusals.people(texts, table.headers) or refusals.unknown(
        [header for header in table.headers if header.text], texts[0]
    )
    if not known:
        recognised.kind = None
    return refusal


def refused(reading: SheetReading, reason: Message) -> SheetReading:
    """The reading of a sheet that gives nothing."""
    reading.verdict, reading.reason = "refuse", reason
    if reason.text.startswith(("认不出", "这是")):
        reading.kind, reading.columns, reading.confidences = None, {}, {}
    reading.questions, reading.tables = [], []
    return reading


def read_parts(
    reading: SheetReading,
    table: Table,
    recognised: Recognised,
    context: Context,
    told: Stated,
    place: str,
    question: Question | None,
) -> SheetReading:
    """Read every part of a recognised table and settle the verdict."""
    pass_over_unfilled(reading, table, recognised)
    reading.rows = len(table.numbers)
    if not table.numbers:
        reading.verdict, reading.reason = "empty_template", Message("只有表头，没有填写的行")
        return reading
    if question:
        reading.questions.append(question)
        reading.verdict = "import_with_questions"
        return reading
    reading.questions += recognised.questions
    repeats.fill(reading, table, recognised, context.answers)
    by_kind: dict[str, Rows] = {}
    for part in recognised.parts:
        append(by_kind.setdefault(part.kind, Rows(part.kind)), read_part(table, part, reading, context, told, place))
    reading.tables = [rows for rows in by_kind.values() if rows.numbers]
    accepted = {number for rows in reading.tables for number in rows.numbers}
    reading.accepted = len(accepted)
    settle_verdict(reading)
    return reading


def settle_verdict(reading: SheetReading) -> None:
    """Import, import with questions, or refuse because no row was fit."""
    if any(question.severity == "ask" for question in reading.questions):
        reading.verdict = "import_with_questions"
    elif reading.accepted or (not reading.rejected and reading.rows):
        reading.verdict = "import"
    else:
        reading.verdict, reading.reason = "refuse", Message("{rows} 行都有错误，没有可以导入的行", {"rows": reading.rows})


def pass_over_unfilled(reading: SheetReading, table: Table, recognised: Recognised) -> None:
    """Rows in which only the unit (or what is printed in the template) stands are not filled in; they are skipped by name."""
    telling = {header.index for part in recognised.parts for header in telling_columns(part)}
    cells = [column for header, column in zip(table.headers, table.columns, strict=True) if header.index in telling]
    unfilled = {place for place in range(len(table.numbers)) if cells and all(column[place] is None for column in cells)}
    if not unfilled:
        return
    reading.skipped += [Skipped(table.numbers[place], Message("这一行没有填写")) for place in sorted(unfilled)]
    reading.skipped.sort(key=lambda skipped: skipped.row)
    table.numbers = [number for place, number in enumerate(table.numbers) if place not in unfilled]
    table.columns = [[cell for place, cell in enumerate(column) if place not in unfilled] for column in table.columns]


def telling_columns(part: Part) -> list:
    """The columns whose being empty means that nobody filled the row in."""
    if part.counted:
        return [part.counted]
    if part.each:
        return [part.columns[part.each]]
    if part.kind == "units":
        return [part.columns["unit"]] if "unit" in part.columns else []
    return [
        header
        for name, header in part.columns.items()
        if name not in ("unit", "parent", "type", "quarter", "number", "max_score", "weight")
    ]


def append(whole: Rows, part: Rows) -> None:
    """Add the records of one part to those of its kind; a field that only one of them has is empty in the other."""
    before, after = len(whole.numbers), len(part.numbers)
    for name in {**whole.fields, **part.fields}:
        whole.fields[name] = whole.fields.get(name, [None] * before) + part.fields.get(name, [None] * after)
    whole.numbers += part.numbers
    whole.sources += part.sources


def joined(readings: list[SheetReading]) -> SheetReading:
    """The tables of one sheet as one reading: those of use, else the first."""
    useful = [reading for reading in readings if reading.verdict.startswith("import")] or readings[:1]
    whole = useful[0]
    for reading in useful[1:]:
        whole.tables += reading.tables
        whole.rejected += reading.rejected
        whole.warnings += reading.warnings
        whole.skipped += reading.skipped
        whole.rows += reading.rows
        whole.accepted += reading.accepted
        whole.header_rows += [row for row in reading.header_rows if row not in whole.header_rows]
        whole.columns = reading.columns | whole.columns
        for question in reading.questions:
            asking.add(whole, question)
        if reading.verdict == "import_with_questions":
            whole.verdict = reading.verdict
    return whole
