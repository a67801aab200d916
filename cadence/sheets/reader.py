"""Files in, readings out. The whole way of a sheet, step by step, each a function of what goes in:

    open        `cells.open_files`     bytes → sheets of cells
    tables      `tables.tables`        a sheet → its tables: titles, header, data rows, rows passed over (forms: `forms.read`)
    recognise   `decision.decide`      a table → its kind and columns with a confidence each, or why it is refused
    normalise   `rows.normalise`       columns of cells → columns of values
    validate    `rows.validate`        values → records, problems, questions

Registers of units among the files are read first, so that the other sheets know the units in them. `explained` shows every step.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from cadence.progress import Progress, Watch
from cadence.sheets import (
    asking,
    cells,
    corrections,
    formats,
    forms,
    hidden,
    limits,
    missing,
    personal,
    refusals,
    repeats,
    saturation,
)
from cadence.sheets.cells import Sheet, Workbook
from cadence.sheets.decision import TO_FILL, Decision, decide
from cadence.sheets.headers import letter
from cadence.sheets.reading import Context, FileReading, Problem, Rows, SheetReading, Skipped
from cadence.sheets.recognise import Part, Recognised
from cadence.sheets.rows import fresh, joined_rows, normalise, validate
from cadence.sheets.tables import Table, tables
from cadence.sheets.vocabulary import tidy
from cadence.words import Message

ENCODING = "encoding:"
OPENING = 0.5
GUIDES = {"填写说明", "填表说明", "使用说明", "选项"}


def read_files(files: Sequence[tuple[str, bytes]], context: Context, watch: Watch | None = None) -> list[FileReading]:
    """One reading for each (name, bytes). Nothing is stored; a sheet that is refused or empty gives no rows.

    What `watch.step` raises (`Cancelled`) ends the reading and its child process at once.
    """
    files = named(files)
    opened = cells.open_files(files, encodings(context.answers), Progress(watch).part(0, OPENING))
    return read_all(files, opened, context, Progress(watch).part(OPENING, 1))


def open_files(
    files: Sequence[tuple[str, bytes]], answers: Mapping[str, str], watch: Watch | None = None
) -> list[Workbook | Message]:
    """The workbooks of files, or the messages that refuse them, in the same order; answers “encoding:…” take effect here."""
    return cells.open_files(named(files), encodings(answers), Progress(watch))


def read_opened(
    files: Sequence[tuple[str, bytes]], opened: Sequence[Workbook | Message], context: Context, watch: Watch | None = None
) -> list[FileReading]:
    """The readings of files that were opened before; `opened` is left as it is, for further readings with other answers."""
    return read_all(named(files), opened, context, Progress(watch))


def named(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The files under the names that are shown and kept: no folders, nothing personal. Names of this kind stay as they are."""
    return [(personal.redacted(formats.shown(name), serials=False), data) for name, data in files]


def encodings(answers: Mapping[str, str]) -> dict[str, str]:
    """File name → encoding, where one was answered."""
    return {key.removeprefix(ENCODING): name for key, name in answers.items() if key.startswith(ENCODING)}


def read_all(
    files: Sequence[tuple[str, bytes]], opened: Sequence[Workbook | Message], context: Context, progress: Progress
) -> list[FileReading]:
    """Every sheet of every file, in order."""
    sheets = [(name, sheet) for (name, _), found in zip(files, opened, strict=True) for sheet in sheets_of(found)]
    settled = iter(read_sheets(sheets, context, progress))
    readings = []
    for (name, data), found in zip(files, opened, strict=True):
        reading = FileReading(name, hashlib.sha256(data).hexdigest(), len(data))
        if isinstance(found, Message):
            reading.reason = found
        else:
            reading.encoding = found.encoding
            reading.sheets = [next(settled) for _ in found.sheets]
        readings.append(reading)
    progress.step(1, Message("已读完 {files} 个文件", {"files": len(files)}))
    return readings


def sheets_of(found: Workbook | Message) -> list[Sheet]:
    """The sheets of a file, none of a refused one."""
    return [] if isinstance(found, Message) else found.sheets


def read_sheets(sheets: Sequence[tuple[str, Sheet]], context: Context, progress: Progress) -> list[SheetReading]:
    """One reading for each (file name, sheet), its cells as they were corrected by hand; registers are read before the others."""
    told = [corrections.corrected(sheet, corrections.of(file, sheet.name, context)) for file, sheet in sheets]
    sheets = [(file, sheet) for (file, _), (sheet, _) in zip(sheets, told, strict=True)]
    sizes: Counter[str] = Counter()
    for file, sheet in sheets:
        sizes[file] += sheet.rows.size
    clock = limits.Clock(sizes)
    found = [clock.run(file, recognise, file, sheet, context) for file, sheet in sheets]
    is_register = [
        not isinstance(decisions, Message) and any(decision.recognised.kind == "units" for decision in decisions)
        for decisions in found
    ]
    order = sorted(range(len(sheets)), key=lambda at: not is_register[at])
    spans = dict(zip(order, progress.parts([len(sheets[at][1].rows) for at in order]), strict=True))
    readings: dict[int, SheetReading] = {}
    for at in order:
        if is_register[at]:
            readings[at] = in_time(clock, *sheets[at], found[at], context, spans[at])
    known = replace(context, units=context.units | registered(readings.values()))
    registers_read = max((spans[at].high for at in readings), default=0.0)
    spans |= {at: Progress(progress.watch, registers_read, registers_read) for at in readings}
    for at in order:
        file, sheet = sheets[at]
        if at not in readings or (readings[at].kind not in (None, "units") and known.units != context.units):
            decisions = found[at] if known.units == context.units else clock.run(file, recognise, file, sheet, known)
            readings[at] = in_time(clock, file, sheet, decisions, known, spans[at])
    for at, (_, notes) in enumerate(told):
        readings[at].corrected = notes
    return [readings[at] for at in range(len(sheets))]


def in_time(
    clock: limits.Clock, file: str, sheet: Sheet, decisions: Sequence[Decision] | Message, context: Context, progress: Progress
) -> SheetReading:
    """The reading of a sheet, refused if it comes after the time for its file has run out."""
    read = clock.run(file, read_sheet, file, sheet, decisions, context, progress)
    return SheetReading(sheet.name, reason=read, hidden=sheet.hidden) if isinstance(read, Message) else read


def registered(readings: Iterable[SheetReading]) -> frozenset[str]:
    """Names of the units (and of those above them) in the registers among the readings."""
    tables = [table for sheet in readings for table in sheet.tables if table.kind == "units"]
    return frozenset(tidy(name) for table in tables for field in ("unit", "parent") for name in table.fields.get(field, ()) if name)


def recognise(file: str, sheet: Sheet, context: Context) -> list[Decision] | Message:
    """The tables of a sheet, each with what it was taken for; none where there is no header. Forms are one table together.

    Or why there is too much of it.
    """
    if limits.too_wide(sheet.rows):
        return limits.refusal("columns")
    if form := of_forms(file, sheet, context):
        return [form]
    found = tables(sheet)
    bound = limits.of_sheet(len(found), sum(len(table.headers) for table in found))
    return bound or [decide(file, sheet.name, table, context) for table in found]


def of_forms(file: str, sheet: Sheet, context: Context) -> Decision | None:
    """A sheet of forms, one activity each; None if it is none, or gives nothing when it is read as one."""
    if sheet.name.strip() in GUIDES or context.kind not in (None, forms.KIND) or (table := forms.read(sheet)) is None:
        return None
    found = decide(file, sheet.name, table, context, forms.KIND)
    return None if read_table(sheet, found, context, Progress()).verdict == "refuse" else found


def read_sheet(
    file: str, sheet: Sheet, decisions: Sequence[Decision] | Message, context: Context, progress: Progress
) -> SheetReading:
    """One sheet whose tables were recognised."""
    progress.step(0, Message("正在读取 {file}：{sheet}", {"file": file, "sheet": sheet.name}))
    if not any(column.filled.any() for column in sheet.rows.columns):
        return SheetReading(sheet.name, verdict="empty_template", reason=Message("空工作表"), hidden=sheet.hidden)
    if isinstance(decisions, Message):
        return SheetReading(sheet.name, reason=decisions, hidden=sheet.hidden)
    readings = [read_table(sheet, decision, context, progress) for decision in decisions]
    reading = joined(readings) if readings else SheetReading(sheet.name, reason=refusals.no_header(sheet.rows))
    if reading.verdict == "refuse" and (form := refusals.form(sheet.rows)) and reading.kind is None:
        reading.reason = form
    if reading.verdict == "refuse" and sheet.name.strip() in GUIDES:
        reading = SheetReading(sheet.name, verdict="empty_template", reason=Message("填写说明或下拉选项，不是数据"))
    hidden.look(reading, sheet, f"{file}#{sheet.name}", context.answers)
    return reading


def read_table(sheet: Sheet, decision: Decision, context: Context, progress: Progress) -> SheetReading:
    """One recognised table as the reading of its sheet."""
    table, recognised = decision.table, decision.recognised
    reading = SheetReading(sheet.name, header_rows=table.header_rows, skipped=list(table.skipped), rows=len(table.numbers))
    reading.headers = {header.letter: header.text for header in table.headers if header.letter and header.text}
    reading.layouts, reading.remembered = [decision.layout], [decision.layout] if decision.remembered else []
    reading.period = decision.stated.period
    describe(reading, table, recognised, sheet.veiled)
    if decision.refusal:
        return refused(reading, decision.refusal)
    table, skipped = without_unfilled(table, recognised)
    reading.skipped = sorted([*reading.skipped, *skipped], key=lambda skipped: skipped.row)
    reading.rows = len(table.numbers)
    if not table.numbers:
        reading.verdict, reading.reason = "empty_template", Message("只有表头，没有填写的行")
    elif decision.question:
        reading.verdict, reading.questions = "import_with_questions", [decision.question]
    else:
        reading.warnings += error_cells(sheet, table, recognised)
        read_parts(reading, decision, table, context, progress)
    return reading


def error_cells(sheet: Sheet, table: Table, recognised: Recognised) -> list[Problem]:
    """Cells of used columns (of forms: all cells) that show an error, as #N/A: they are read as empty, and that is said."""
    if not sheet.errors:
        return []
    told = Message("单元格里是公式错误，按空白处理")
    if not table.header_rows:
        return [Problem(row, letter(column), "", None, text, told, "warning") for row, column, text in sheet.errors]
    used = {sheet.column + header.index: (name, header) for part in recognised.parts for name, header in part.columns.items()}
    rows = set(table.numbers)
    found = [(row, *used[column], text) for row, column, text in sheet.errors if row in rows and column in used]
    return [Problem(row, header.letter, header.text, name, text, told, "warning") for row, name, header, text in found]


def read_parts(reading: SheetReading, decision: Decision, table: Table, context: Context, progress: Progress) -> None:
    """Normalise and validate every part of a table and settle the verdict."""
    parts = decision.recognised.parts
    table, question = repeats.filled(table, decision.recognised, context.answers)
    stated = missing.told(decision.recognised, len(table.numbers))
    reading.questions = [*decision.recognised.questions, *stated, *([question] if question else [])]
    by_kind: dict[str, list[Rows]] = {}
    for part, span in zip(parts, progress.parts([1] * len(parts)), strict=True):
        normalised = normalise(table, part, context, decision.stated, decision.place, span)
        found = validate(table, part, normalised, context, decision.stated, decision.place, reading.dropped)
        by_kind.setdefault(part.kind, []).append(found.rows)
        reading.rejected += fresh(reading.rejected, found.rejected)
        reading.warnings += fresh(reading.warnings, found.warnings)
        reading.skipped += found.skipped
        for asked in found.questions:
            asking.add(reading.questions, asked)
    reading.tables = [rows for rows in map(joined_rows, by_kind.values()) if rows.numbers]
    reading.accepted = len({number for rows in reading.tables for number in rows.numbers})
    if notice := saturation.notice(reading.tables):
        asking.add(reading.questions, notice)
    settle_verdict(reading)


def describe(reading: SheetReading, table: Table, recognised: Recognised, veiled: bool) -> None:
    """Put what was recognised into the reading."""
    reading.kind, reading.confidence = recognised.kind, recognised.confidence
    matches = sorted(recognised.matches.items(), key=lambda pair: pair[1].header.index)
    reading.columns = {name: match.header.text for name, match in matches}
    reading.confidences = {name: match.confidence for name, match in matches}
    reading.unmapped = recognised.unmapped
    reading.dropped = [header.text or header.letter for header in recognised.dropped]
    reading.dropped_cells = sum(int(table.column(header).filled.sum()) for header in recognised.dropped)
    persons = recognised.dropped + recognised.persons
    reading.private = [header.letter for header in persons]
    if veiled:
        reading.redacted = personal.count(table.column(header) for header in table.headers if header not in persons)
    for index, count in table.filled.items():
        header = next((header for header in table.headers if header.index == index), None)
        if header and header.text:
            reason = Message("合并单元格（或“同上”）已向下填充 {count} 行", {"count": count})
            reading.warnings.append(Problem(None, header.letter, header.text, None, "", reason, "warning"))


def refused(reading: SheetReading, reason: Message) -> SheetReading:
    """The reading of a sheet that gives nothing."""
    reading.verdict, reading.reason = "refuse", reason
    if reason.text.startswith(("认不出", "这是")):
        reading.kind, reading.columns, reading.confidences = None, {}, {}
    reading.questions, reading.tables = [], []
    return reading


def settle_verdict(reading: SheetReading) -> None:
    """Import, import with questions, or refuse because no row was fit."""
    if any(question.severity == "ask" for question in reading.questions):
        reading.verdict = "import_with_questions"
    elif reading.accepted or (not reading.rejected and reading.rows):
        reading.verdict = "import"
    else:
        reading.verdict, reading.reason = "refuse", Message("{rows} 行都有错误，没有可以导入的行", {"rows": reading.rows})


def without_unfilled(table: Table, recognised: Recognised) -> tuple[Table, list[Skipped]]:
    """The table without the rows in which only the unit (or what is printed in the template) stands, and those rows by name.

    A line “待填写：“进度”、“得分”” above the header names the columns that decide; else `telling_columns` do.
    """
    named = {text for title in table.titles if (found := TO_FILL.match(title)) for text in re.findall(r"“([^”]+)”", found[1])}
    telling = {header.index for header in table.headers if header.text in named}
    telling = telling or {header.index for part in recognised.parts for header in telling_columns(part)}
    filled = [column.filled for header, column in zip(table.headers, table.columns, strict=True) if header.index in telling]
    kept = np.any(filled, axis=0) if filled else np.ones(len(table.numbers), bool)
    if kept.all():
        return table, []
    numbers = np.array(table.numbers)
    skipped = [Skipped(number, Message("这一行没有填写")) for number in numbers[~kept].tolist()]
    return replace(table, numbers=numbers[kept].tolist(), columns=[column.take(kept) for column in table.columns]), skipped


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


def joined(readings: list[SheetReading]) -> SheetReading:
    """The tables of one sheet as one reading: those of use, else the first."""
    useful = [reading for reading in readings if reading.verdict.startswith("import")] or readings[:1]
    whole = useful[0]
    by_kind: dict[str, list[Rows]] = {}
    for rows in (rows for reading in useful for rows in reading.tables):
        by_kind.setdefault(rows.kind, []).append(rows)
    whole.tables = [joined_rows(parts) for parts in by_kind.values()]
    for reading in useful[1:]:
        both = whole.period and reading.period
        whole.period = (min(both[0], whole.period[0]), max(both[1], whole.period[1])) if both else None
        whole.rejected += reading.rejected
        whole.warnings += reading.warnings
        whole.skipped += reading.skipped
        whole.rows += reading.rows
        whole.accepted += reading.accepted
        whole.header_rows += [row for row in reading.header_rows if row not in whole.header_rows]
        whole.columns = reading.columns | whole.columns
        whole.headers = reading.headers | whole.headers
        whole.dropped += [header for header in reading.dropped if header not in whole.dropped]
        whole.dropped_cells += reading.dropped_cells
        whole.private += [letter for letter in reading.private if letter not in whole.private]
        whole.redacted = dict(Counter(whole.redacted) + Counter(reading.redacted))
        whole.layouts += [layout for layout in reading.layouts if layout not in whole.layouts]
        whole.remembered += [layout for layout in reading.remembered if layout not in whole.remembered]
        for question in reading.questions:
            asking.add(whole.questions, question)
        if reading.verdict == "import_with_questions":
            whole.verdict = reading.verdict
    return whole
