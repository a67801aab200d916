"""Tables in, spreadsheet files out (.xlsx, .xls, .ods, .csv): the same tables always give the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

Cell = str | int | float | dt.date | None
MADE_ON = dt.datetime(2026, 1, 5, 9, 0)


@dataclass
class Sheet:
    """One sheet: rows of cells; merges are (first row, first column, last row, last column), counted from 0."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    bold: tuple[int, ...] = ()

    def add(self, *cells: Cell) -> int:
        """Append a row; returns its index."""
        self.rows.append(list(cells))
        return len(self.rows) - 1


@dataclass
class Book:
    """One file: its path below the sample folder, its sheets, and for .csv its encoding."""

    path: str
    sheets: list[Sheet]
    encoding: str = "utf-8"

    def write(self, directory: Path) -> Path:
        """Write the file in the format of its suffix."""
        target = directory / self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes({".xlsx": _xlsx, ".xls": _xls, ".ods": _ods, ".csv": _csv}[target.suffix](self))
        return target


def _xlsx(book: Book) -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    workbook.set_properties({"title": "虚构样例", "author": "虚构", "created": MADE_ON})
    day = workbook.add_format({"num_format": "yyyy/m/d"})
    bold = workbook.add_format({"bold": True, "align": "center"})
    middle = workbook.add_format({"valign": "vcenter"})
    for sheet in book.sheets:
        page = workbook.add_worksheet(sheet.name)
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    page.write_datetime(r, c, dt.datetime(cell.year, cell.month, cell.day), day)
                elif cell is not None:
                    page.write(r, c, cell, bold if r in sheet.bold else None)
        for top, left, bottom, right in sheet.merges:
            page.merge_range(top, left, bottom, right, sheet.rows[top][left], bold if top in sheet.bold else middle)
    workbook.close()
    return _dated(stream.getvalue())


def _xls(book: Book) -> bytes:
    import xlwt

    workbook = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    for sheet in book.sheets:
        page = workbook.add_sheet(sheet.name, cell_overwrite_ok=True)
        for r, row in enumerate(sheet.rows):
            for c, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    page.write(r, c, dt.datetime(cell.year, cell.month, cell.day), day)
                elif cell is not None:
                    page.write(r, c, cell)
        for top, left, bottom, right in sheet.merges:
            page.merge(top, bottom, left, right)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _ods(book: Book) -> bytes:
    from odf.element import Element
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableRow

    Element.namespaces.clear()  # odfpy collects the names of every document of the process and writes them into the next
    document = OpenDocumentSpreadsheet()
    for sheet in book.sheets:
        table = Table(name=sheet.name)
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in sheet.merges}
        for r, row in enumerate(sheet.rows):
            line = TableRow()
            for c, cell in enumerate(row):
                line.addElement(_ods_cell(cell, spans.get((r, c))))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.save(stream)
    return _dated(stream.getvalue())


def _ods_cell(cell: Cell, span: tuple[int, int] | None):
    from odf.table import TableCell
    from odf.text import P

    options: dict = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]} if span else {}
    if cell is None:
        return TableCell(**options)
    if isinstance(cell, dt.date):
        made, text = TableCell(valuetype="date", datevalue=cell.isoformat(), **options), cell.isoformat()
    elif isinstance(cell, int | float):
        made, text = TableCell(valuetype="float", value=cell, **options), str(cell)
    else:
        made, text = TableCell(valuetype="string", **options), cell
    made.addElement(P(text=text))
    return made


def _csv(book: Book) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for row in book.sheets[0].rows:
        writer.writerow("" if cell is None else cell.strftime("%Y/%m/%d") if isinstance(cell, dt.date) else cell for cell in row)
    return stream.getvalue().encode(book.encoding)


def _dated(content: bytes) -> bytes:
    """The same archive with every member dated alike and no clock in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            entry = zipfile.ZipInfo(member.filename, date_time=MADE_ON.timetuple()[:6])
            entry.compress_type = member.compress_type
            entry.external_attr = 0o644 << 16
            new.writestr(entry, old.read(member), compresslevel=9)
    return stream.getvalue()
