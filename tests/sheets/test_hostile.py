"""Hostile and broken files: each is read or refused in words, within bounds of memory and time, and the file beside it is read."""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
import zlib
from pathlib import Path
from unittest import mock

import pytest

from cadence.batches.records import records
from cadence.sheets import as_json, formats, limits, read_files
from cadence.sheets.cells import Worker, open_files
from cadence.sheets.contracts import contracts
from cadence.words import Message
from tests.sheets.books import context, ods, text, xls, xlsx

HEAD = ["党支部", "活动类型", "活动日期", "主题"]
ROW = ["甲支部", "党课", "2024-03-05", "学党章"]
GRID = [HEAD, ROW]
GOOD = ("good.xlsx", xlsx({"一": (GRID, ())}))
MEGABYTE = 1_000_000
MOST_MEMORY = 1_050 * MEGABYTE
MOST_SECONDS = 10


def judged(data, name="台账.xlsx", neighbour=GOOD):
    """The reading of a hostile file that stands before a good one; the bounds and the good one are checked here."""
    peaks, stop = [0], Worker.stop

    def seen(worker):
        if worker.process is not None:
            peaks.append(peak(worker.process.pid))
        stop(worker)

    before = processor()
    with mock.patch.object(Worker, "stop", seen):
        reading, fine = read_files([(name, data), neighbour], context())
    spent = processor() - before
    assert spent < MOST_SECONDS and max(peaks) < MOST_MEMORY, (spent, peaks)
    assert fine.reason is None and fine.sheets[0].accepted == 1
    said = [reading.reason, *(sheet.reason for sheet in reading.sheets)]
    assert all("{" not in str(message) and "Error" not in str(message) for message in said if message)
    assert as_json([reading, fine])
    return reading


def peak(pid):
    """Most resident memory of a child so far, in bytes; 0 where it is dead already, ended by its limits."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) * 1024 if found else 0


def processor():
    """Seconds of processor time of this process and of its ended children; load on the machine does not count."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def refused(data, said, name="台账.xlsx"):
    """A file that is refused as a whole, with these words."""
    reading = judged(data, name)
    assert reading.reason is not None and re.search(said, str(reading.reason)), str(reading.reason)
    assert not reading.sheets


def parts_of(data):
    """Name → content of a zip."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    """A zip of (name, content) pairs, names twice if they come twice."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(name, content)
    return target.getvalue()


def with_part(name, change, source=GOOD[1]):
    """A good workbook with one part changed by a function of bytes."""
    parts = parts_of(source)
    parts[name] = change(parts[name])
    return zipped(parts)


def sheet_xml(body, extra=b""):
    """A workbook whose only sheet has this sheetData and what follows it."""
    head = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_part("xl/worksheets/sheet1.xml", lambda _: head + body + b"</sheetData>" + extra + b"</worksheet>")


def packed(name, piece, times, declared=None):
    """A zip with one entry that unpacks to `piece` × `times`, made without unpacking it; it may declare another size."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packing.compress(piece) + packing.flush(zlib.Z_FULL_FLUSH)
    body = block * times + b"\x03\x00"
    size = len(piece) * times if declared is None else declared
    entry = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 0x21, 0, len(body), min(size, 0xFFFFFFFE), len(name), 0)
    local = b"PK\x03\x04" + entry + name + body
    central = b"PK\x01\x02" + struct.pack("<H", 20) + entry + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def content_xml(data):
    """A good OpenDocument workbook with its content changed by a function of bytes."""
    return with_part("content.xml", data, ods({"一": (GRID, ())}))


class TestZips:
    """Containers that unpack to more than they show, or contradict themselves."""

    def test_four_gigabytes_that_are_declared(self):
        """4 GB from 4 MB are refused by what the directory says."""
        data = packed(b"xl/worksheets/sheet1.xml", b" " * MEGABYTE, 4000)
        assert len(data) < 5 * MEGABYTE
        refused(data, "异常庞大")

    def test_four_gigabytes_that_are_hidden(self):
        """4 GB behind a directory that says 1,000 bytes are noticed as soon as the part grows beyond that."""
        refused(packed(b"xl/worksheets/sheet1.xml", b"<c r='A1'/>" * 90_000, 4000, declared=1000), "损坏")

    def test_cells_beyond_counting(self):
        """A part within the bounds of size that holds more cells than are read is refused before it is parsed."""
        parts = {**parts_of(GOOD[1]), "a": os.urandom(MEGABYTE), "xl/worksheets/sheet2.xml": b"<c />" * 5_100_000}
        refused(zipped(parts), "超过 200000 行")

    def test_many_members(self):
        """70,000 parts are refused without listing them."""
        entry = b"PK\x01\x02" + b"\0" * 42 + b"x"
        refused(GOOD[1] + entry * 70_000, "部件")

    def test_overlapping_members(self):
        """Parts that share the same bytes are refused."""
        one = packed(b"xl/a", b" " * MEGABYTE, 10)
        start, size = struct.unpack("<LL", one[-10:-2][4:8] + one[-10:-6])
        central = one[start : start + size]
        many = one[:start] + central * 50 + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 50, 50, size * 50, start, 0)
        refused(many, "异常庞大|损坏")

    def test_a_zip_in_a_zip(self):
        """An archive of archives is an archive."""
        refused(zipped({"a.zip": zipped({"b.zip": GOOD[1]})}), "压缩包")

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_foreign_packing(self, method):
        """A way of packing that no spreadsheet program uses is refused."""
        refused(zipped(parts_of(GOOD[1]), method), "损坏")

    def test_a_password_on_the_zip(self):
        """Parts encrypted by the zip itself."""
        data = bytearray(GOOD[1])
        for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = -1
            while (at := data.find(mark, at + 1)) >= 0:
                data[at + flags] |= 1
        refused(bytes(data), "密码")

    @pytest.mark.parametrize("missing", ["META-INF/manifest.xml", "mimetype", "content.xml", "styles.xml"])
    def test_open_documents_without_a_part(self, missing):
        """An OpenDocument file may lack its manifest; what it cannot lack makes it a damaged or another file."""
        parts = parts_of(ods({"一": (GRID, ())}))
        del parts[missing]
        judged(zipped(parts), "台账.ods")

    def test_a_wrong_checksum(self):
        """A part whose checksum does not fit is a damaged file."""
        data = bytearray(GOOD[1])
        at = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 1)
        names = []
        while at >= 0:
            names.append(at)
            data[at + 16] ^= 0xFF
            at = data.find(b"PK\x01\x02", at + 1)
        assert names
        refused(bytes(data), "损坏")

    def test_a_part_twice_and_paths_upwards(self):
        """Duplicate names and names that point out of the archive are never written anywhere: the workbook is read or refused."""
        parts = list(parts_of(GOOD[1]).items())
        with pytest.warns(UserWarning, match="Duplicate"):
            data = zipped([*parts, ("xl/worksheets/sheet1.xml", b"<worksheet/>"), ("../../../tmp/evil", b"x"), ("/etc/x", b"x")])
        judged(data)
        assert not os.path.exists("/tmp/evil")

    @pytest.mark.parametrize("make", [xlsx, xls, ods])
    def test_truncated_at_every_tenth(self, make):
        """A file cut off anywhere is refused or read as far as it goes, never a crash."""
        data = make({"一": ([HEAD, *[[*ROW[:3], f"主题{n}"] for n in range(300)]], ())})
        pieces = [(f"{tenth}.xlsx", data[: len(data) * tenth // 10]) for tenth in range(1, 10)]
        *cut, fine = read_files([*pieces, GOOD], context())
        assert fine.sheets[0].accepted == 1
        assert all(reading.reason or reading.sheets is not None for reading in cut)
        assert sum(reading.reason is not None for reading in cut) >= 8


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(9))
LAUGHS = b'<!DOCTYPE x [<!ENTITY l0 "' + b"ha" * 50 + b'">' + LAUGHS + b"]>"
OUTSIDE = b'<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd"><!ENTITY % d SYSTEM "http://127.0.0.1:9/x.dtd"> %d;]>'


class TestXml:
    """Markup that expands, points outside, or nests without end."""

    @pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE], ids=["laughs", "outside"])
    @pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])
    def test_entities(self, part, declared):
        """Entities are neither expanded nor fetched."""

        def change(xml):
            head, _, rest = xml.partition(b"?>")
            rest = rest.replace(b"<t>", b"<t>&l9;", 1).replace(b"<v>", b"<v>&l9;", 1).replace(b'name="', b'name="&l9;', 1)
            return head + b"?>" + declared + rest

        reading = judged(with_part(part, change))
        assert "root:" not in str(reading) and len(str(reading)) < 100_000

    @pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE], ids=["laughs", "outside"])
    def test_entities_in_open_document(self, declared):
        """The same in content.xml, whose merged cells are read by a second parser."""

        def change(xml):
            head, _, rest = xml.partition(b"?>")
            rest = rest.replace(b"<table:table-cell ", b'<table:table-cell table:number-rows-spanned="2" ', 1)
            return head + b"?>" + declared + rest.replace("甲支部".encode(), b"&l9;")

        reading = judged(content_xml(change), "台账.ods")
        assert "root:" not in str(reading) and len(str(reading)) < 100_000

    @pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"])
    def test_deep_nesting(self, part):
        """A million open tags."""
        judged(with_part(part, lambda xml: xml[:200] + b"<a>" * 1_000_000))

    def test_deep_nesting_in_open_document(self):
        """The same in content.xml."""
        judged(
            content_xml(lambda xml: xml.replace(b"<office:spreadsheet>", b"<office:spreadsheet>" + b"<a>" * 1_000_000)), "台账.ods"
        )

    def test_a_million_attributes(self):
        """One tag with very many attributes."""
        many = b" ".join(b'a%d="1"' % n for n in range(300_000))
        judged(sheet_xml(b"<row><c " + many + b' r="A1"><v>1</v></c></row>'))

    def test_control_characters(self):
        """NUL bytes and references to control characters."""
        cells = b'<row r="1"><c r="A1" t="inlineStr"><is><t>\x00\x01&#0;&#xD800;&#11;</t></is></c></row>'
        judged(sheet_xml(cells))


class TestGrids:
    """Sheets that span more than they hold."""

    @pytest.mark.parametrize(
        "cells",
        [
            b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            b'<row r="1"><c><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            b"<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
            b'<row r="1"><c r="A1"><v>1</v></c></row><row r="4294967295"><c r="ZZZZZZ4294967295"><v>1</v></c></row>',
            b'<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999999999999"><c><v>1</v></c></row>',
        ],
        ids=["corners", "no address", "single quotes", "beyond the grid", "beyond numbers"],
    )
    def test_far_corners(self, cells):
        """Two cells at the ends of the grid, however they are addressed, never cost their rectangle."""
        reading = judged(sheet_xml(cells))
        assert reading.reason is not None or reading.sheets

    def test_a_dimension_that_lies(self):
        """The stated dimension is nothing but a claim."""
        lie = b'ref="A1:XFD1048576"'
        reading = judged(with_part("xl/worksheets/sheet1.xml", lambda xml: re.sub(rb'ref="[^"]*"', lie, xml, count=1)))
        assert reading.sheets[0].accepted == 1

    def test_cells_without_addresses(self):
        """Cells may omit their addresses, and are read by their order."""
        head = b"".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>'.encode() for cell in HEAD)
        body = b"".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>'.encode() for cell in ROW)
        reading = judged(sheet_xml(b"<row>" + head + b"</row><row>" + body + b"</row>"))
        assert reading.sheets[0].accepted == 1

    def test_old_workbooks(self):
        """An .xls with a cell in its last corner."""
        target = {"一": ([*GRID, *[[None]] * 65_500], ())}
        rows = target["一"][0]
        rows.append([None] * 255 + [1.0])
        reading = judged(xls(target), "台账.xls")
        assert reading.reason is not None or reading.sheets

    def test_records_of_old_workbooks_that_lie(self):
        """An .xls whose dimensions and row numbers lie."""
        data = xls({"一": (GRID, ())})
        for lie in (b"\xff\xff\xff\xff", b"\xff\xff\x00\x00"):
            at = data.find(struct.pack("<HH", 0x0200, 14))
            assert at > 0
            judged(data[: at + 4] + lie * 3 + data[at + 16 :], "台账.xls")
        number = xls({"一": ([[1.5]], ())})
        at = number.find(struct.pack("<HHHH", 0x0203, 14, 0, 0))
        at = at if at > 0 else number.find(struct.pack("<HHHH", 0x027E, 10, 0, 0))
        assert at > 0
        judged(number[: at + 4] + b"\xff\xff\xff\xff" + number[at + 8 :], "台账.xls")

    @pytest.mark.parametrize("filled", [True, False])
    @pytest.mark.parametrize(("rows", "columns"), [(1_048_000, 16_384), (99_999_999, 1), (1, 99_999_999), (10**30, 10**30)])
    def test_repeats_in_open_documents(self, rows, columns, filled):
        """Rows and columns repeated millions of times, with something in them or without."""
        inside = ' office:value-type="string"><text:p>x</text:p></table:table-cell>' if filled else "/>"
        cell = f'<table:table-cell table:number-columns-repeated="{columns}"{inside}'
        row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row></table:table>'
        judged(content_xml(lambda xml: xml.replace(b"</table:table>", row.encode())), "台账.ods")

    def test_empty_repeats_after_a_table_are_usual(self):
        """What every office program writes at the end of a sheet is read."""
        row = (
            b'<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/>'
            b"</table:table-row></table:table>"
        )
        reading = judged(content_xml(lambda xml: xml.replace(b"</table:table>", row)), "台账.ods")
        assert reading.sheets[0].accepted == 1

    def test_ten_thousand_sheets(self):
        """10,000 sheets are refused; 500 small ones are a matter of seconds."""
        parts = parts_of(GOOD[1])
        names = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n + 1) for n in range(10_000))
        parts["xl/workbook.xml"] = re.sub(rb"<sheets>.*</sheets>", b"<sheets>" + names + b"</sheets>", parts["xl/workbook.xml"])
        refused(zipped(parts), "超过 500 张")

    def test_one_sheet_under_many_names(self):
        """500 sheets that are all the same large part never cost 500 times that part."""
        rows = b"".join(b'<row r="%d">' % n + b'<c r="A%d"><v>1</v></c>' % n + b"</row>" for n in range(1, 8_000))
        parts = parts_of(sheet_xml(rows))
        names = b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (n, n + 1) for n in range(500))
        parts["xl/workbook.xml"] = re.sub(rb"<sheets>.*</sheets>", b"<sheets>" + names + b"</sheets>", parts["xl/workbook.xml"])
        refused(zipped(parts), "范围过大|已安全中止")

    def test_merged_ranges(self):
        """Very many merged ranges, ranges over everything, and ranges the wrong way round."""
        rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row><row r="2"><c r="B2"><v>1</v></c></row>'
        disjoint = b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(1, 200_000))
        refused(sheet_xml(rows, b"<mergeCells>" + disjoint + b"</mergeCells>"), "合并单元格")
        whole = b'<mergeCell ref="A1:XFD1048576"/>' * 60_000
        refused(
            sheet_xml(
                rows * 1 + b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(3, 3000)),
                b"<mergeCells>" + whole + b"</mergeCells>",
            ),
            "合并单元格",
        )
        judged(sheet_xml(rows, b'<mergeCells><mergeCell ref="C9:A1"/><mergeCell ref="A0:ZZZ99999999999"/></mergeCells>'))

    def test_styles_and_shared_strings(self):
        """Very many styles and shared strings, and references to strings that are not there."""
        styles = b'<cellXfs count="500000">' + b'<xf numFmtId="14"/>' * 500_000 + b"</cellXfs>"
        judged(with_part("xl/styles.xml", lambda xml: re.sub(rb"<cellXfs.*</cellXfs>", styles, xml, flags=re.DOTALL)))
        many = b"".join(b"<si><t>s%d</t></si>" % n for n in range(500_000))
        judged(with_part("xl/sharedStrings.xml", lambda xml: xml.replace(b"</sst>", many + b"</sst>")))
        judged(sheet_xml(b'<row r="1"><c r="A1" t="s"><v>99999999</v></c><c r="B1" t="s"><v>-1</v></c></row>'))

    @pytest.mark.parametrize("width", [900, 16_000])
    def test_many_columns(self, width):
        """Hundreds of columns are looked at; many thousands are refused."""
        rows = [[*HEAD, *[f"栏目{n}" for n in range(width)]], [*ROW, *["x"] * width]]
        (sheet,) = judged(xlsx({"一": (rows, ())})).sheets
        assert ("1000 列" in str(sheet.reason)) == (width > 1000)

    def test_many_tables(self):
        """A sheet of thousands of small tables is refused."""
        other = ["考核对象", "考核指标", "得分", "满分"]
        rows = [row for n in range(1500) for row in (HEAD, ROW, ROW, other, ["甲支部", "党建", 9, 10], ["乙支部", "党建", 9, 10])]
        (sheet,) = judged(xlsx({"一": (rows, ())})).sheets
        assert sheet.accepted or "表格" in str(sheet.reason)


class TestTexts:
    """Texts that are too long, look like formulas, or carry markup."""

    def test_long_cells(self):
        """The longest text that a spreadsheet allows is read; 100 MB in one cell are refused."""
        reading = judged(xlsx({"一": ([HEAD, [*ROW[:3], "学" * 32_767]], ())}))
        assert reading.sheets[0].accepted == 1
        cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"ab" * 50_000_000 + b"</t></is></c></row>"
        refused(sheet_xml(cell), "异常庞大|超过 32767 字")
        refused(sheet_xml(cell[: 8 * MEGABYTE] + b"</t></is></c></row>"), "超过 32767 字")

    @pytest.mark.parametrize("sign", ["(", "（", "1", "月", "、", ":", "-", "第", "=", "‹", "*", " ", "20", "a@", "党课、", "1/"])
    def test_the_same_sign_thousands_of_times(self, sign):
        """No pattern runs away on a long text, in whatever column it stands."""
        long = sign * (30_000 // len(sign))
        head = [*HEAD, "应到人数", "时长", "满意度", "主持人", "规定/自选", "同步环节", "备注", "时间", "季度", "得分"]
        judged(xlsx({"一": ([[long], head, [long] * len(head), [long, *ROW[1:]]], ())}))

    def test_formulas_stay_text(self):
        """What looks like a formula is text, and a real formula is its value."""
        cells = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", '=HYPERLINK("http://x","y")']
        reading = judged(text([HEAD, *[["甲支部", "党课", f"2024-03-0{n + 1}", cell] for n, cell in enumerate(cells)]]), "台账.csv")
        assert reading.sheets[0].tables[0].fields["topic"] == cells
        made = sheet_xml(b'<row r="1"><c r="A1"><f>WEBSERVICE("http://127.0.0.1:9")</f><v>1</v></c></row>')
        assert judged(made).sheets

    @pytest.mark.parametrize("cell", ["፩", "²", "9" * 400, "9" * 5000, "99999999999", "1e999", "0.00001", 1e-05, 1e15 + 0.5, 1e300])
    def test_numbers_that_are_none(self, cell):
        """Digits of other scripts, and numbers too long or too large for any field, are problems of their rows."""
        head = [*HEAD, "应到人数", "时长", "满意度", "季度", "得分", "计划时间", "年度"]
        rows = [head, [*ROW, *[cell] * 7], [*ROW[:2], cell, *[cell] * 8]]
        answers = {f"float_date:{header}": "month_day" for header in ("活动日期", "计划时间")}
        for kind in (None, *contracts()):
            (reading,) = read_files([("a.xlsx", xlsx({"一": (rows, ())}))], context(kind=kind, answers=answers))
            for table in reading.sheets[0].tables:
                assert all(value != float("inf") for values in table.fields.values() for value in values)
            assert records([reading], [1]).keys() == {table.kind for table in reading.sheets[0].tables}

    def test_names_with_markup(self):
        """Names of sheets and files reach the reading as plain text, without paths and control characters, and not too long."""
        name = "<b>*x*[a](b)"
        source = xlsx({"一": (GRID, ())})
        data = with_part("xl/workbook.xml", lambda xml: xml.replace('name="一"'.encode(), b'name="&lt;b&gt;*x*[a](b)"'), source)
        assert judged(data).sheets[0].sheet == name
        for given, shown in [
            ("../../etc/台账.xlsx", "台账.xlsx"),
            ("C:\\temp\\台账.xlsx", "台账.xlsx"),
            ("台\x00\x1b[31m账\n.xlsx", "台[31m账.xlsx"),
            ("\udcff台账.xlsx", "?台账.xlsx"),
            ("", "?"),
        ]:
            assert judged(source, given).file == shown
        assert len(judged(source, "长" * 4000 + ".xlsx").file) <= 120

    def test_defined_names_links_macros_and_objects(self):
        """Circular names, external links, connections, macros and embedded objects are parts that nobody opens."""
        parts = parts_of(GOOD[1])
        names = '<definedNames><definedName name="a">b</definedName><definedName name="b">a</definedName>'
        names += f'<definedName name="c">{"OFFSET(" * 5000}</definedName></definedNames>'
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", b"</sheets>" + names.encode())
        parts["xl/externalLinks/externalLink1.xml"] = b'<externalLink><externalBook r:id="file:///etc/passwd"/></externalLink>'
        parts["xl/connections.xml"] = b"<connections><connection><webPr url='http://127.0.0.1:9'/></connection></connections>"
        parts["xl/vbaProject.bin"] = formats.OLE2 + b"\0" * 5000
        parts["xl/embeddings/oleObject1.bin"] = formats.OLE2 + b"\0" * 5000
        assert judged(zipped(parts), "台账.xlsm").sheets[0].accepted == 1


class TestOldWorkbooks:
    """The older container."""

    def test_a_password(self):
        """A FILEPASS record means a password."""
        data = xls({"一": (GRID, ())})
        at = data.find(struct.pack("<HH", 0x00E1, 2))
        assert at > 0
        refused(data[:at] + struct.pack("<HH", 0x002F, 2) + data[at + 4 :], "密码", "台账.xls")

    def test_encrypted_packages(self):
        """A modern workbook with a password is an old container."""
        refused(formats.OLE2 + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 900, "密码")

    def test_a_directory_that_goes_in_circles(self):
        """Sector chains that point at themselves."""
        data = bytearray(xls({"一": (GRID, ())}))
        broken = []
        for lie in (0, 1, 2, 0x7FFFFFFF, 0xFFFFFFFA):
            for at in (44, 48, 60, 64, 68, 72, 76):
                broken.append(data[:at] + struct.pack("<L", lie) + data[at + 4 :])
            for at in range(512, len(data), 512):
                broken.append(data[:at] + struct.pack("<L", lie) * 128 + data[at + 512 :])
        found = open_files([*(("a.xls", bytes(each)) for each in broken), GOOD])
        assert all(isinstance(each, Message) or each.sheets is not None for each in found)
        assert found[-1].sheets[0].rows == GRID


class TestDelimited:
    """Text files."""

    def test_one_line_of_everything(self):
        """200 MB are too many bytes, 50 MB in one line are no table, five million columns neither."""
        refused(b"a" * 200 * MEGABYTE, "200 MB", "a.csv")
        refused(b"a" * 50 * MEGABYTE, "一行文字异常地长", "a.csv")
        refused(b"," * 5 * MEGABYTE, "一行文字异常地长", "a.csv")
        refused(b",x" * 900_000, "1000 列", "a.csv")

    @pytest.mark.parametrize("body", [b'\xb5\xa5\xce\xbb,"' + b"x\n" * 100_000, b'a,"b' + b",c" * 100_000, b'"' * 99_999])
    def test_a_quote_that_never_ends(self, body):
        """An unbalanced quote swallows the rest; that is said."""
        refused(body, "引号", "a.csv")

    def test_rows_without_end(self):
        """More rows or cells than are read."""
        refused(b"a,b\n" * 300_000, "200000 行", "a.csv")
        refused(b"," * 300 + b"\n" + (b"," * 300 + b"\n") * 20_000, "200000 行", "a.csv")
        refused(b"a,b\n" * 190_000 + b"," * 16_000 + b"\n", "200000 行", "a.csv")

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "latin-1", "big5", "gb18030"])
    def test_encodings_cut_in_the_middle(self, encoding):
        """An odd number of bytes of any encoding is read or refused."""
        data = "单位,日期,活动类型\n甲支部,2024-03-05,党课\n".encode(encoding, errors="replace")
        for cut in range(1, 6):
            judged(data[:-cut], "a.csv")

    def test_nul_bytes(self):
        """NUL bytes between and within the cells."""
        judged("单位,日期,活动类型\n甲\x00支部,2024-03-05,党课\x00\n".encode(), "a.csv")
        judged(b"\x00\x01" * 5000, "a.csv")

    def test_more_separators_than_cells(self):
        """Every sign a separator, rows of every width."""
        judged(b",;\t\n" * 20_000, "a.csv")


MADE = {"text": text(GRID), "xlsx": GOOD[1], "xls": xls({"一": (GRID, ())}), "ods": ods({"一": (GRID, ())})}


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "csv", "pdf", "exe"])
@pytest.mark.parametrize("kind", MADE)
def test_names_that_lie(kind, ending):
    """What a file is, its bytes say: any name will do."""
    assert judged(MADE[kind], f"a.{ending}").sheets[0].accepted == 1


def test_a_drop_has_an_end(monkeypatch):
    """Files beyond the number, the size or the cells of one drop are refused one by one, and those before are read."""
    monkeypatch.setattr(limits, "MAX_FILES", 2)
    readings = read_files([GOOD] * 4, context())
    assert [reading.reason is None for reading in readings] == [True, True, False, False]
    assert "2 个文件" in str(readings[2].reason)
    monkeypatch.setattr(limits, "MAX_FILES", 100)
    monkeypatch.setattr(limits, "MAX_DROP", 2 * len(GOOD[1]))
    assert "合计" in str(read_files([GOOD] * 3, context())[2].reason)
    monkeypatch.setattr(limits, "MAX_DROP", 10**9)
    monkeypatch.setattr(limits, "MAX_DROP_CELLS", 10)
    assert "合计过大" in str(read_files([GOOD] * 3, context())[2].reason)


def test_a_file_that_takes_too_long(monkeypatch):
    """Sheets that come after the time for their file has run out are refused; with the usual time they are read."""
    monkeypatch.setattr(limits, "READING", 0)
    monkeypatch.setattr(limits, "READING_PER_CELL", 1e-9)
    slow = xlsx({f"{number}": (GRID, ()) for number in range(3)})
    reading, fine = read_files([("slow.xlsx", slow), GOOD], context())
    assert all("用时过长" in str(sheet.reason) and sheet.verdict == "refuse" for sheet in reading.sheets)
    assert len(reading.sheets) == 3 and "用时过长" in str(fine.sheets[0].reason)
    monkeypatch.setattr(limits, "READING", 6)
    assert all(sheet.accepted == 1 for read in read_files([("slow.xlsx", slow), GOOD], context()) for sheet in read.sheets)


def test_bounds_leave_room_for_honest_ledgers():
    """200,000 rows × 20 columns unpack to about 180 MB: the child gets the whole memory and over half a minute for it."""
    assert limits.memory(180 * MEGABYTE) == limits.MEMORY and limits.seconds(180 * MEGABYTE) >= 36
    assert limits.memory(100_000) < limits.MEMORY / 2 and limits.seconds(100_000) < 10


def test_the_bounds_hold_in_the_child():
    """Planted: work without end and memory without end are ended by the child's own limits."""
    import subprocess
    import sys

    greedy = "from cadence.sheets import limits\nlimits.set_memory(0)\nx = bytearray(600_000_000)\n"
    assert b"MemoryError" in subprocess.run([sys.executable, "-c", greedy], capture_output=True).stderr
    busy = "from cadence.sheets import limits\nlimits.SECONDS = 0\nlimits.set_seconds(0)\nwhile True: pass\n"
    assert subprocess.run([sys.executable, "-c", busy], timeout=20).returncode < 0
