"""Opened files in; what every step of the import made of each sheet out, as plain data and as lines of text.

Nothing is decided here: the steps of `reader` are taken once more, and what each returns is written down. No cell is quoted
beyond titles and headers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from cadence.sheets import decision, matching, recognise
from cadence.sheets.cells import Sheet, Workbook
from cadence.sheets.contracts import contracts
from cadence.sheets.decision import Decision
from cadence.sheets.grid import Cells
from cadence.sheets.headers import letter
from cadence.sheets.reader import recognise as recognised_tables
from cadence.sheets.reader import registered
from cadence.sheets.reading import Context, FileReading, Problem, SheetReading
from cadence.sheets.recognise import Part
from cadence.sheets.rows import normalise
from cadence.words import Message, say

ORDERED_TYPES = {"date", "quarter", "count", "number", "minutes", "share", "score", "year"}
CANDIDATES = 3
SHOWN = 5


def explain(opened: Sequence[Workbook | Message], readings: Sequence[FileReading], context: Context) -> list[dict[str, Any]]:
    """For each file its sheets with the outcome of every step; `readings` are those of the same files and context."""
    known = replace(context, units=context.units | registered(sheet for reading in readings for sheet in reading.sheets))
    return [
        {"file": reading.file, "reason": str(found), "sheets": []}
        if isinstance(found, Message)
        else {
            "file": reading.file,
            "sheets": [
                of_sheet(reading.file, sheet, read, found.encoding, known)
                for sheet, read in zip(found.sheets, reading.sheets, strict=True)
            ],
        }
        for found, reading in zip(opened, readings, strict=True)
    ]


def of_sheet(file: str, sheet: Sheet, reading: SheetReading, encoding: str | None, context: Context) -> dict[str, Any]:
    """One sheet: cells, its tables with recognition and normalised columns, and validation."""
    decisions = recognised_tables(file, sheet, context)
    return {
        "sheet": sheet.name,
        "cells": {
            "rows": len(sheet.rows),
            "columns": len(sheet.rows.columns),
            "first": f"{letter(sheet.column)}{sheet.row + 1}",
            "merged": [f"{letter(left)}{top + 1}:{letter(right)}{bottom + 1}" for top, left, bottom, right in sorted(sheet.merged)],
            "encoding": encoding,
            "hidden": sheet.hidden,
            "hidden_rows": len(sheet.hidden_rows),
            "error_cells": len(sheet.errors),
        },
        "tables": [] if isinstance(decisions, Message) else [of_table(file, sheet.name, found, context) for found in decisions],
        "validation": validation(reading),
    }


def of_table(file: str, sheet: str, found: Decision, context: Context) -> dict[str, Any]:
    """One table: where it is, what was passed over, what it was taken for, and its columns as read."""
    table = found.table
    reads = not found.refusal and not found.question
    return {
        "titles": table.titles,
        "header_rows": table.header_rows,
        "rows": len(table.numbers),
        "first_row": table.numbers[0] if table.numbers else None,
        "last_row": table.numbers[-1] if table.numbers else None,
        "skipped": [{"row": skipped.row, "reason": str(skipped.reason)} for skipped in table.skipped],
        "recognition": {
            "kind": found.recognised.kind,
            "confidence": round(found.recognised.confidence, 2),
            "refusal": str(found.refusal) if found.refusal else None,
            "question": str(found.question.text) if found.question else None,
            "parts": len(found.recognised.parts),
            "kinds": kinds(file, sheet, found, context),
            "columns": columns(file, sheet, found, context),
        },
        "normalised": [entry for part in found.recognised.parts for entry in normalised(part, found, context)] if reads else [],
    }


def kinds(file: str, sheet: str, found: Decision, context: Context) -> list[dict[str, Any]]:
    """Every kind that the table could be, the likeliest first: confidence, required fields found and missing, columns used."""
    candidates = []
    mapped, _ = matching.columns_of(found.table)
    for kind, contract in contracts().items():
        scene = decision.scene_of(file, sheet, found.table, replace(context, kind=kind))
        one = recognise.choose(found.table, mapped, scene)
        if one.kind is not None:
            candidates.append(
                {
                    "kind": kind,
                    "confidence": round(one.confidence, 2),
                    "required": [name for name in contract.required if name not in one.missing],
                    "missing": list(one.missing),
                    "columns": len(one.matches),
                    "named": recognise.hints(contract, [*scene.texts, file]),
                }
            )
    return sorted(candidates, key=lambda one: (len(one["missing"]), -one["confidence"]))


def columns(file: str, sheet: str, found: Decision, context: Context) -> list[dict[str, Any]]:
    """Every column with a header: the field it was taken for, and the best candidates among the fields of that kind."""
    scene = decision.scene_of(file, sheet, found.table, context)
    mapped, dropped = matching.columns_of(found.table)
    claims = matching.claims(mapped, contracts()[found.recognised.kind], scene.setting) if found.recognised.kind else []
    chosen = {match.header.index: (name, match) for name, match in found.recognised.matches.items()}
    spread = {header.index: name for part in found.recognised.parts for name, header in part.columns.items()}
    listed = []
    for header in found.table.headers:
        if not header.text:
            continue
        best = sorted((claim for claim in claims if claim.header is header), key=lambda claim: -claim.confidence)[:CANDIDATES]
        field, match = chosen.get(header.index, (spread.get(header.index), None))
        listed.append(
            {
                "column": header.letter,
                "header": header.text,
                "field": field,
                "confidence": round(match.confidence, 2) if match else None,
                "personal": header in dropped,
                "candidates": [{"field": claim.field, "confidence": round(claim.confidence, 2)} for claim in best],
            }
        )
    return listed


def normalised(part: Part, found: Decision, context: Context) -> list[dict[str, Any]]:
    """The columns of one part as read: distinct cells, distinct values, empty cells, and how many cells raised what."""
    values = normalise(found.table, part, context, found.stated, found.place).values
    return [of_column(part, name, column) for name, column in values.items()]


def of_column(part: Part, name: str, column: Cells) -> dict[str, Any]:
    """One column as read; the span of its values where they have an order."""
    field = contracts()[part.kind].fields[name]
    plain = {value.value for value in column.distinct if value.value is not None}
    span = (min(plain), max(plain)) if plain and field.type in ORDERED_TYPES else None
    return {
        "kind": part.kind,
        "field": name,
        "column": part.columns[name].letter,
        "type": field.type,
        "cells": len(column.distinct) - 1,
        "values": len(plain),
        "from": str(span[0]) if span else None,
        "to": str(span[1]) if span else None,
        "empty": int(column.where(lambda value: value.value is None and not value.reason and not value.asks).sum()),
        "unread": int(column.where(lambda value: value.reason).sum()),
        "asked": int(column.where(lambda value: value.asks).sum()),
        "noted": int(column.where(lambda value: value.note).sum()),
    }


def validation(reading: SheetReading) -> dict[str, Any]:
    """What became of the rows, and the problems by cause, the most frequent first."""
    return {
        "verdict": reading.verdict,
        "reason": str(reading.reason) if reading.reason else None,
        "rows": reading.rows,
        "accepted": reading.accepted,
        "skipped": len(reading.skipped),
        "problems": causes([*reading.rejected, *reading.warnings]),
        "questions": [{"id": question.id, "rows": question.rows, "severity": question.severity} for question in reading.questions],
    }


def causes(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems of the same cause in the same field together: how many, the first rows, and one of them in words."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.severity, problem.field or "", problem.reason.text), []).append(problem)
    return [
        {
            "severity": severity,
            "field": field or None,
            "count": len(group),
            "rows": [problem.row for problem in group[:SHOWN] if problem.row is not None],
            "reason": str(group[0].reason),
        }
        for (severity, field, _), group in sorted(groups.items(), key=lambda pair: (pair[0][0] != "error", -len(pair[1])))
    ]


def lines(files: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The same for reading: one line for each outcome, indented under file and sheet."""
    for file in files:
        if not file["sheets"]:
            yield f"{file['file']}: {file.get('reason') or '-'}"
        for sheet in file["sheets"]:
            yield f"{file['file']} [{sheet['sheet']}]"
            cells, checked = sheet["cells"], sheet["validation"]
            yield "  " + say(
                "单元格：{rows} 行 × {columns} 列，自 {first} 起，合并 {merged} 处，编码 {encoding}",
                rows=cells["rows"],
                columns=cells["columns"],
                first=cells["first"],
                merged=len(cells["merged"]),
                encoding=cells["encoding"] or "-",
            )
            for table in sheet["tables"]:
                yield from table_lines(table)
            yield "  " + say("校验：{accepted} / {rows} 行可导入", accepted=checked["accepted"], rows=checked["rows"])
            if checked["reason"]:
                yield f"    {checked['reason']}"
            for cause in checked["problems"]:
                rows = ", ".join(map(str, cause["rows"]))
                yield f"    {cause['count']} × {cause['field'] or '-'} [{cause['severity']}] {cause['reason']}  {rows}".rstrip()


def table_lines(table: dict[str, Any]) -> Iterator[str]:
    """One table: place, rows passed over, kinds, columns, values."""
    yield "  " + say(
        "表：表头第 {header} 行，数据第 {first}–{last} 行，共 {rows} 行；略过 {skipped} 行",
        header=", ".join(map(str, table["header_rows"])) or "-",
        first=table["first_row"] or "-",
        last=table["last_row"] or "-",
        rows=table["rows"],
        skipped=len(table["skipped"]),
    )
    for skipped in table["skipped"]:
        yield f"    {skipped['row']}  {skipped['reason']}"
    found = table["recognition"]
    yield "  " + say("识别：{kind}，把握 {confidence}", kind=found["kind"] or "-", confidence=found["confidence"])
    for reason in filter(None, (found["refusal"], found["question"])):
        yield f"    {reason}"
    for kind in found["kinds"]:
        yield f"    {kind['kind']} {kind['confidence']}  +{','.join(kind['required'])}  -{','.join(kind['missing'])}"
    for column in found["columns"]:
        candidates = ", ".join(f"{one['field']} {one['confidence']}" for one in column["candidates"])
        yield f"    {column['column']} {column['header']} → {column['field'] or '-'}  ({candidates})"
    if table["normalised"]:
        yield "  " + say("取值：列、字段、类型，不同单元格数、读出的值数、空、读不出、待确认、有说明")
    for column in table["normalised"]:
        span = f"{column['from']} … {column['to']}" if column["from"] else ""
        counts = " ".join(str(column[name]) for name in ("cells", "values", "empty", "unread", "asked", "noted"))
        yield f"    {column['column']} {column['field']} {column['type']}  {counts}  {span}".rstrip()
