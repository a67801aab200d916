"""Unit cells left blank below the first of a group (text files lose merged cells): filled down, or asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from cadence.sheets.grid import Cells
from cadence.sheets.reading import Question
from cadence.sheets.recognise import Recognised
from cadence.sheets.tables import Table
from cadence.words import Message

LEAST_BLANK = 0.2


def filled(table: Table, recognised: Recognised, answers: Mapping[str, str]) -> tuple[Table, Question | None]:
    """The table with its unit column filled down, and the question: in text files a notice, in workbooks (which know their
    merged cells) one that has to be answered first."""
    header = next((part.columns["unit"] for part in recognised.parts if "unit" in part.columns), None)
    cells = table.column(header) if header else Cells.constant(None, 0)
    blank = int((~cells.filled).sum())
    if not blank or cells[0] is None or blank < max(2 if table.merges_known else 1, LEAST_BLANK * len(cells)):
        return table, None
    answer = answers.get(f"fill:{header.text}")
    question = ask(header.text, blank, table.merges_known) if answer is None else None
    if answer == "above" or (answer is None and not table.merges_known):
        above = np.maximum.accumulate(np.where(cells.filled, np.arange(len(cells)), 0))
        columns = [
            column.take(above) if own == header else column for own, column in zip(table.headers, table.columns, strict=True)
        ]
        table = replace(table, columns=columns)
    return table, question


def ask(header: str, rows: int, merges_known: bool) -> Question:
    """Whether a blank unit is the unit above."""
    text = Message("“{header}”有 {rows} 行空白，是否与上一行相同？", {"header": header, "rows": rows})
    options = [("above", Message("与上一行相同")), ("empty", Message("确实没有填，这些行不导入"))]
    if merges_known:
        return Question(f"fill:{header}", text, options, "empty", rows)
    return Question(f"fill:{header}", text, options, "above", rows, severity="notice")
