"""Cells in, tables of WordprocessingML out: columns as wide as their texts need, rows whole, titles again on each page."""

from __future__ import annotations

from collections.abc import Sequence

from cadence.report.columns import PADDING, TOGETHER, widths
from cadence.report.document import Table
from cadence.report.word.markup import attribute, clean, paragraph, run

_LOOK = ("firstRow", "lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand")


def three_line(
    table: Table, width: int, style: str, head: str, cell: str, size: float, padding: int = PADDING, is_chinese: bool = True
) -> str:
    """A table with its titles repeated on each page; styles by id, `size` of its letters in points, lengths in twips."""
    columns = widths(table, width, size, padding)
    titles = _row([_cell(text, wide, head, number, is_chinese) for text, wide, number in _each(table.titles, columns, table)], True)
    last = len(table.rows) - 1 if len(table.rows) <= TOGETHER else 0
    rows = [
        _row([_cell(text, wide, cell, number, is_chinese, place < last) for text, wide, number in _each(row, columns, table)])
        for place, row in enumerate(table.rows)
    ]
    look = "".join(f' w:{name}="{int(name == "firstRow" or name.startswith("no"))}"' for name in _LOOK)
    sides = "".join(f'<w:{side} w:w="{padding // 2}" w:type="dxa"/>' for side in ("left", "right"))
    look = f'<w:tblCellMar>{sides}</w:tblCellMar><w:tblLook w:val="0620"{look}/><w:tblCaption w:val={attribute(table.caption)}/>'
    return _table(columns, titles + "".join(rows), f'<w:tblStyle w:val="{style}"/>', look)


def frame(cells: Sequence[str], across: int, width: int, stands: str = "top") -> str:
    """Finished paragraphs beside each other without lines, `across` in a row, on `top` or `bottom` of it; no row is broken."""
    columns = [width // across] * across
    filled = [*cells, *["<w:p/>"] * (-len(cells) % across)]
    inner = [
        f'<w:tc><w:tcPr><w:tcW w:w="{columns[0]}" w:type="dxa"/><w:vAlign w:val="{stands}"/></w:tcPr>{cell}</w:tc>'
        for cell in filled
    ]
    return _table(columns, "".join(_row(inner[start : start + across]) for start in range(0, len(inner), across)))


def _each(texts: Sequence[str], columns: list[int], table: Table) -> list[tuple[str, int, bool]]:
    return list(zip(texts, columns, table.numeric, strict=True))


def _cell(text: str, width: int, style: str, is_number: bool, is_chinese: bool, keeps: bool = False) -> str:
    inner = run(clean(text), is_chinese=is_chinese)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(style, inner, keeps=keeps or None, align='right' if is_number else '')}</w:tc>"
    )


def _row(cells: list[str], is_title: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_title else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _table(columns: list[int], rows: str, style: str = "", look: str = "") -> str:
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    return (
        f'<w:tbl><w:tblPr>{style}<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
