"""Grids of cells in, spreadsheets out as bytes: the same table as .xlsx, .xls, .ods, UTF-8 and GBK text."""

import csv
import io
import zipfile
from datetime import date, datetime

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

from cadence.sheets import Context, read_files

TODAY = date(2024, 11, 22)
FORMATS = ("xlsx", "xls", "ods", "csv", "gbk")


def context(**more):
    """A context whose today is fixed."""
    return Context(**{"today": TODAY, "salt": b"test", **more})


def read(rows, merged=(), name="台账.xlsx", sheet="Sheet1", **more):
    """The reading of the only sheet of a workbook with these rows."""
    (reading,) = read_files([(name, xlsx({sheet: (rows, merged)}))], context(**more))
    return reading.sheets[0]


def fields(sheet, kind=None):
    """The fields of the first table (of a kind) of a sheet."""
    return next(table.fields for table in sheet.tables if kind in (None, table.kind))


def file(kind, rows, merged=(), name="台账", sheet="Sheet1"):
    """(file name, bytes) of one sheet in one of FORMATS; text files know no merged cells."""
    if kind in ("csv", "gbk"):
        return f"{name}.csv", text(rows, "gbk" if kind == "gbk" else "utf-8-sig")
    return f"{name}.{kind}", {"xlsx": xlsx, "xls": xls, "ods": ods}[kind]({sheet: (rows, merged)})


def xlsx(sheets, **options):
    """A workbook of {sheet name: (rows, merged ranges)}."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd", **options})
    for name, (rows, merged) in sheets.items():
        sheet = book.add_worksheet(name)
        for top, left, bottom, right in merged:
            sheet.merge_range(top, left, bottom, right, "")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return target.getvalue()


def tall(head, row, count):
    """A workbook whose only sheet holds a header of texts and `count` rows of texts; made fast, whatever the count.

    The last cell of each row is another, so that it does not pack like a bomb.
    """

    def line(cells):
        return "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells) + "</row>"

    whole, last = line(row[:-1]).removesuffix("</row>"), row[-1]
    rows = "".join(
        f'{whole}<c t="inlineStr"><is><t>{last}{n * 0x9E3779B97F4A7C15 % 2**64:x}</t></is></c></row>' for n in range(count)
    )
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx({"Sheet1": ([], ())}))) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<sheetData/>", f"<sheetData>{line(head)}{rows}</sheetData>".encode())
            new.writestr(entry, content)
    return made.getvalue()


def xls(sheets):
    """The same as an old .xls."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, (rows, merged) in sheets.items():
        sheet = book.add_sheet(name, cell_overwrite_ok=True)
        for top, left, bottom, right in merged:
            sheet.merge(top, bottom, left, right)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell, day) if isinstance(cell, date) else sheet.write(row, column, cell)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def ods(sheets):
    """The same as OpenDocument."""
    document = OpenDocumentSpreadsheet()
    for name, (rows, merged) in sheets.items():
        table = Table(name=name)
        document.spreadsheet.addElement(table)
        spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merged}
        inside = [(range(top, bottom + 1), range(left, right + 1)) for top, left, bottom, right in merged]
        covered = {(row, column) for rows_of, columns in inside for row in rows_of for column in columns} - set(spans)
        for row, cells in enumerate(rows):
            line = TableRow()
            table.addElement(line)
            for column, cell in enumerate(cells):
                line.addElement(CoveredTableCell() if (row, column) in covered else ods_cell(cell, spans.get((row, column))))
    target = io.BytesIO()
    document.write(target)
    return target.getvalue()


def ods_cell(cell, span):
    """One cell of an OpenDocument table."""
    more = {"numberrowsspanned": span[0], "numbercolumnsspanned": span[1]} if span else {}
    if isinstance(cell, (date, datetime)):
        return TableCell(valuetype="date", datevalue=cell.isoformat(), **more)
    if isinstance(cell, (int, float)):
        return TableCell(valuetype="float", value=str(cell), **more)
    made = TableCell(valuetype="string", **more) if cell is not None else TableCell(**more)
    if cell is not None:
        made.addElement(P(text=cell))
    return made


def text(rows, encoding="utf-8-sig", delimiter=","):
    """Delimited text."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter)
    for row in rows:
        writer.writerow(["" if cell is None else cell for cell in row])
    return target.getvalue().encode(encoding)
