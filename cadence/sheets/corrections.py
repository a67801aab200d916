"""Cells corrected by hand: a sheet and the new texts in, the sheet as it is then read and a note on each cell, out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from cadence.sheets.cells import Sheet
from cadence.sheets.dates import short
from cadence.sheets.formats import column_number
from cadence.sheets.grid import Cells, Grid
from cadence.sheets.personal import redacted
from cadence.sheets.reading import Context, Problem
from cadence.sheets.values import text_of
from cadence.words import Message

CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


def of(file: str, sheet: str, context: Context) -> dict[str, str]:
    """The corrections of one sheet: cell → text."""
    return {cell: text for (name, within, cell), text in context.corrections.items() if (name, within) == (file, sheet)}


def corrected(sheet: Sheet, texts: Mapping[str, str]) -> tuple[Sheet, list[Problem]]:
    """The sheet with these texts in place of what stood in the cells (“B14” → text; empty empties it), and what was changed.

    A cell outside the sheet's filled range is left alone; personal numbers in a new text are blotted out.
    """
    columns, notes, veiled = list(sheet.rows.columns), [], sheet.veiled
    for cell, text in sorted(texts.items()):
        found = CELL.fullmatch(cell)
        if not found:
            raise ValueError(f"correction of {cell!r}: expected a cell such as B14")
        row, column = int(found[2]) - 1 - sheet.row, column_number(found[1]) - 1 - sheet.column
        if not (0 <= row < len(sheet.rows) and 0 <= column < len(columns)):
            continue
        cells = list(columns[column])
        before, cells[row] = cells[row], redacted(text.strip()) or None
        veiled |= cells[row] != (text.strip() or None)
        columns[column] = Cells.of(cells)
        shown = {"before": _shown(before), "after": _shown(cells[row])}
        reason = Message("原为“{before}”，入库前改为“{after}”", shown)
        notes.append(Problem(int(found[2]), found[1], "", None, shown["before"], reason, "corrected"))
    return (replace(sheet, rows=Grid(columns, len(sheet.rows)), veiled=veiled) if notes else sheet), notes


def _shown(cell: object) -> str:
    return "" if cell is None else redacted(short(text_of(cell)))
