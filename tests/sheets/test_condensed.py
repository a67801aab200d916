"""Large sheets read in condensed form: always what calamine gives of the whole, or not read in that form at all."""

import io
import math
import os
import random
import re
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from bench import fuzz, made
from cadence import settings as installation
from cadence.sheets import cells, condensed, formats, limits, worker
from tests.sheets.books import tall, xlsx

LEAST = 600
"""Bytes of XML above which a sheet counts as large here; an empty one has fewer."""


@pytest.fixture(autouse=True)
def _nearly_everything_is_large(monkeypatch):
    """Small sheets are condensed too, however varied they are."""
    monkeypatch.setattr(limits, "LARGE", LEAST)
    monkeypatch.setattr(condensed, "VARIED", math.inf)


def outcome(data, *read):
    """What a reading gives, types included, or the bound that it exceeds; None if it fails.

    Read in a fork, as the program reads in a child: calamine may panic, and ends the process where a far cell asks for more memory
    than there is.
    """
    here, there = os.pipe()
    if not (child := os.fork()):
        with os.fdopen(there, "w", encoding="utf-8") as end:
            try:
                end.write(repr(worker.sheets(data, *read)))
            except limits.TooMuch as error:
                end.write(error.bound)
            except BaseException:  # calamine panics, too
                pass
        os._exit(0)
    os.close(there)
    with os.fdopen(here, encoding="utf-8") as end:
        told = end.read()
    return (told or None) if os.waitpid(child, 0)[1] == 0 else None


def condenses(data):
    """Whether a workbook is read in condensed form; what comes out must be what comes of the whole."""
    try:
        read = outcome(data, *condensed.condensed(data))
    except Exception:  # Irregular, or whatever a broken zip raises: calamine decides
        return False
    if read is None:
        return False
    assert read == outcome(data, io.BytesIO(data))
    return True


def with_sheet(change, data=None):
    """A workbook with the XML of its first sheet changed by a function of bytes."""
    made_, source = (
        io.BytesIO(),
        data or xlsx({"一": ([["单位", "数", "日期"]] + [["甲支部", n % 3, date(2024, 1, n)] for n in range(1, 30)], ())}),
    )
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(made_, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry.filename == "xl/worksheets/sheet1.xml" else content)
    return made_.getvalue()


class TestWritten:
    """Whatever spreadsheet programs write."""

    TEXTS = st.one_of(
        st.sampled_from(
            ["", " ", "\u200b", " 甲\r\n乙\t", "_x000D_", "_x0041_", "&lt;", "<b>&amp;</b>", "=1", "#N/A", "TRUE", "1", "２０"]
        ),
        st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=8),
    )
    MOMENTS = st.datetimes(datetime(1905, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
    SHOWN = st.sampled_from(
        [
            "General",
            "0",
            "0.00",
            "@",
            "yyyy-mm-dd",
            'yyyy"年"m"月"d"日"',
            "h:mm",
            "[h]:mm:ss",
            "mmm-yy",
            "0%",
            "m/d/yy h:mm",
            "[$-804]aaaa",
            "[Red]0",
        ]
    )
    NUMBERS = st.one_of(
        st.integers(-3, 70_000),
        st.floats(-1e6, 1e6),
        st.floats(allow_nan=False, allow_infinity=False),
        st.sampled_from([-0.0, 1e15 + 0.5, 1e17, 5e-324, 0.5, 59.0, 60.0, 61.0, 2958465.5]),
    )
    VALUES = st.one_of(
        st.none(), TEXTS, NUMBERS, st.booleans(), MOMENTS, MOMENTS.map(datetime.date), MOMENTS.map(datetime.time),
        st.timedeltas(timedelta(0), timedelta(days=40)).map(lambda long: timedelta(seconds=long.seconds, days=long.days)),
    )  # fmt: skip
    GRIDS = st.builds(
        lambda few, top, left, shape: [[]] * top + [[None] * left + [few[at % len(few)] for at in row] for row in shape],
        st.lists(st.tuples(VALUES, SHOWN), min_size=1, max_size=8),
        st.integers(0, 3),
        st.integers(0, 30),
        st.lists(st.lists(st.integers(0, 99), max_size=6), min_size=1, max_size=30),
    )
    EVERY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

    @EVERY
    @given(GRIDS, st.booleans(), st.booleans())
    def test_by_xlsxwriter(self, grid, inline, since_1904):
        """Shared or inline texts, dates since 1900 or 1904, formats, formulas, rich texts, gaps and merged ranges."""
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, {"constant_memory": inline, "date_1904": since_1904, "nan_inf_to_errors": True})
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        known = {}
        for row, line in enumerate(grid):
            for column, cell in enumerate(line):
                if cell is None:
                    continue
                value, shown = cell
                style = known.setdefault(shown, book.add_format({"num_format": shown}))
                if isinstance(value, (date, time, timedelta)):
                    sheet.write_datetime(row, column, value, style)
                elif value is None:
                    sheet.write_blank(row, column, None, style)
                elif isinstance(value, str) and value[:1] == "=":
                    sheet.write_formula(row, column, value, style, random.Random(column).choice([1, "", "x", True, "#N/A"]))
                elif isinstance(value, str) and len(value) > 5:
                    sheet.write_rich_string(row, column, value[:3], bold, value[3:], style)
                else:
                    sheet.write(row, column, value, style)
        if not inline:
            sheet.merge_range(40, 3, 42, 5, "合并")
            sheet.set_row(2, None, None, {"hidden": True})
        book.close()
        condenses(target.getvalue())

    @EVERY
    @given(GRIDS, st.booleans())
    def test_by_openpyxl(self, grid, since_1904):
        """The same by another program."""
        book = openpyxl.Workbook()
        if since_1904:
            book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        sheet = book.active
        sheet["A1"], sheet["AZ60"] = "首格", "末格"
        for row, line in enumerate(grid, 2):
            for column, cell in enumerate(line, 2):
                if cell is not None:
                    value, shown = cell
                    if isinstance(value, str) and len(value) > 5:
                        value = CellRichText(value[:2], TextBlock(InlineFont(b=True), value[2:]))
                    made_ = sheet.cell(row, column, value)
                    if not isinstance(value, (date, time, timedelta)):
                        made_.number_format = shown
        sheet.merge_cells("C50:D52")
        target = io.BytesIO()
        book.save(target)
        data = target.getvalue()
        assert condenses(data) or not limits.holds_large(data) or outcome(data, io.BytesIO(data)) is None

    def test_what_condenses(self):
        """The ledger of the bench, inline and shared texts, and most of the sample office are read in condensed form."""
        assert condenses(made.workbook(300))
        assert condenses(with_sheet(lambda xml: xml))
        sample = sorted((installation.load().data / "sample").rglob("*.xlsx"))
        done = [condenses(path.read_bytes()) for path in sample]
        assert len(done) > 40 and sum(done) > 0.7 * len(done)

    @pytest.mark.parametrize("chunk", [1200, 2000, 5000])
    def test_blocks(self, monkeypatch, chunk):
        """Wherever blocks and slices end."""
        monkeypatch.setattr(condensed, "CHUNK", chunk)
        monkeypatch.setattr(condensed, "SLICE", 61)
        assert condenses(with_sheet(lambda xml: xml))
        assert condenses(made.workbook(50))

    def test_errors_and_blanks_at_the_edge(self):
        """Cells that calamine counts as filled, though they show nothing, may make a sheet larger: then it is read as it is."""
        grow = lambda cell: with_sheet(lambda xml: xml.replace(b"</row></sheetData>", b"</row>" + cell + b"</sheetData>"))  # noqa: E731
        assert condenses(grow(b'<row r="40"><c r="B40" s="1"/></row>'))
        assert condenses(
            grow(b'<row r="40"><c r="B40" t="str"><f>A1</f><v></v></c></row><row r="41"><c r="C41"><v>5</v></c></row>')
        )
        for blank in (b't="str"><v></v></c>', b't="e"><v>#N/A</v></c>', b't="inlineStr"><is><t/></is></c>', b"><v></v></c>"):
            assert not condenses(grow(b'<row r="40"><c r="E40" ' + blank + b"</row>"))

    def test_several_sheets(self):
        """Each sheet gets its own cells, with an empty and a small one between them."""
        grids = {f"表{n}": ([["单位", f"第{n}列"]] + [[f"{n}支部", m % 4] for m in range(40)], [(60, 0, 61, 1)]) for n in range(3)}
        assert condenses(xlsx({**grids, "空": ([], ()), "小": ([[1]], ()), "末": grids["表1"]}))


class TestIrregular:
    """Whatever is not written plainly is left to calamine."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"<sheetData>", b"<!-- <sheetData> --><sheetData>"),
            (b"<sheetData>", b'<x a=">"/><sheetData>'),
            (b"<sheetData>", b"<sheetData> "),
            (b"<sheetData>", b"<x:sheetData>"),
            (b'<row r="2"', b'<row r="1"'),
            (b'<row r="2"', b'<row r="02"'),
            (b'<row r="2"', b'<row  r="2"'),
            (b'<row r="2"', b"<row"),
            (b'<row r="2"', b'<row r="2" x="<"'),
            (b'<row r="2"', b'<row r="99999999"'),
            (b'r="B3"', b'r="B4"'),
            (b'r="B3"', b'r="b3"'),
            (b'r="B3"', b'r="A3"'),
            (b'r="B3"', b'r="B3" r="C3"'),
            (b'r="B3"', b'r="XFE3"'),
            (b'r="B3"', b'r="AAAA3"'),
            (b'r="B3"', b"r='B3'"),
            (b'r="B3"', b'r="B3" s="<"'),
            (b'<c r="B3"', b"<c"),
            (b'<c r="B3"', b' <c r="B3"'),
            (b'<c r="B3"', b'<!-- <c r="B3"'),
            (b'<c r="B3"', b'x<c r="B3"'),
            (b"<v>1</v>", b"<v>1<!-- --></v>"),
            (b"<v>1</v>", b"<v>1</v><v>2</v>"),
            (b"<v>1</v>", b"<v><![CDATA[1]]></v>"),
            (b"<v>1</v>", b"<v>1</v> "),
            (b"<v>1</v>", b"<v>1\x00</v>"),
            (b"<v>1</v>", b"<v>1</v></c></row>"),
            (b"<v>1</v></c>", b"<v>1</v>"),
            (b"</row>", b"</row> "),
            (b"</row>", b""),
            (b"</row>", b"</row></row>"),
            (b"</row></sheetData>", b"</row>"),
            (b"</row></sheetData>", b'</row><row r="77"></sheetData>'),
        ],
    )
    def test_one_oddity(self, old, new):
        """One thing that no spreadsheet program writes, somewhere in a plain sheet."""
        assert old in with_sheet_of(lambda xml: xml)
        assert not condenses(with_sheet(lambda xml: xml.replace(old, new, 1)))

    def test_values_that_calamine_refuses(self):
        """A cell that calamine cannot read fails the workbook in either form."""
        data = with_sheet(lambda xml: re.sub(rb'<c r="B3"><v>\d</v>', b'<c r="B3" t="n"><v>x</v>', xml))
        assert not condenses(data) and worker.answer(data)["error"] == "damaged"

    def test_too_varied(self, monkeypatch):
        """Where nearly every cell is another, the sheet is read as it is."""
        monkeypatch.setattr(condensed, "VARIED", 0.5)
        rows = [[f"{n}.{m}" for m in range(10)] for n in range(100)]
        assert not condenses(xlsx({"一": (rows, ())}, constant_memory=True))
        assert condenses(xlsx({"一": ([["甲"] * 10] * 100, ())}, constant_memory=True))

    def test_nothing_in_it(self):
        """A sheet of empty cells is read as it is."""
        assert not condenses(with_sheet(lambda xml: re.sub(rb"><v>[^<]*</v></c>", b"/>", xml)))

    def test_a_directory_that_lies(self):
        """A zip that calamine refuses is not mended by being written anew."""
        data = bytearray(made.workbook(50))
        data[-12] = data[-14] = 2
        assert not condenses(bytes(data)) and "error" in worker.answer(bytes(data))

    def test_broken_files(self):
        """Whatever the fuzzer makes of a workbook."""
        broken = (fuzz.case(5, number).data for number in range(500))
        sheets = [data for data in broken if data[:2] == b"PK" and b"xl/worksheets" in data]
        assert 20 < sum(map(condenses, sheets)) < len(sheets)

    def test_broken_sheets(self):
        """Some bytes of a plain sheet changed, at tags mostly, and packed anew."""
        done = []
        for number in range(300):
            chance = random.Random(number)

            def broken(xml, chance=chance):
                content = bytearray(xml)
                places = [match.start() for match in re.finditer(rb'[<>"=/ ]|\d+', xml) if match.start() > 400]
                for _ in range(chance.randrange(1, 3)):
                    at = chance.choice(places)
                    content[at : at + chance.randrange(3)] = chance.choice(
                        [b"", b"1", b"A", b"<", b">", b'"', b" ", b"</c>", b"&lt;", b"-->", b"&"]
                    )
                return bytes(content)

            done.append(condenses(with_sheet(broken)))
        assert any(done) and not all(done)


def with_sheet_of(change):
    """The XML of that sheet."""
    with zipfile.ZipFile(io.BytesIO(with_sheet(change))) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


class TestBounds:
    """What limits refuse, they refuse in either form."""

    @pytest.mark.parametrize(
        ("bound", "value", "said"),
        [
            ("MAX_ROWS", 20, "rows"),
            ("MAX_CELLS", 60, "rows"),
            ("MAX_WIDTH", 2, "columns"),
            ("MAX_TEXT", 2, "text"),
            ("MAX_CHARACTERS", 5, "texts"),
            ("MAX_MERGED", 1, "merged"),
        ],
    )
    def test_bounds(self, monkeypatch, bound, value, said):
        """Rows, cells, columns, texts and merged ranges."""
        data = xlsx(
            {
                "一": (
                    [["单位", "数", "日期"]] + [["甲支部", n % 3, date(2024, 1, n)] for n in range(1, 30)],
                    [(50, 0, 51, 0), (52, 0, 53, 0)],
                )
            }
        )
        assert condenses(data)
        monkeypatch.setattr(limits, bound, value)
        assert outcome(data, *condensed.condensed(data)) == outcome(data, io.BytesIO(data)) == said

    def test_far_cells(self):
        """A cell far away costs nothing and is refused."""
        far = with_sheet(
            lambda xml: xml.replace(
                b"</row></sheetData>", b'</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            )
        )
        assert outcome(far, *condensed.condensed(far)) == "rows"
        rows = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(1_048_570, 1_048_577))
        assert condenses(
            with_sheet(lambda xml: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + rows + b"</sheetData>", xml))
        )

    def test_in_the_child(self, monkeypatch):
        """A really large sheet goes through the child, its address space bounded, and the child serves the next files as well."""
        monkeypatch.undo()
        data = tall(["单位", "主题"] * 5, ["甲支部", "学习"] * 5, 39_000)
        assert limits.LARGE < limits.unpacked(data) < cells.FRESH and formats.what_is("a.xlsx", data) == "workbook"
        small = ("b.xlsx", xlsx({"一": ([["单位"], *[[f"甲{n}支部"] for n in range(30_000)]], ())}))
        started = []
        monkeypatch.setattr(cells, "start", lambda start=cells.start: started.append(1) or start())
        for book, height in zip(cells.open_files([("a.xlsx", data), small] * 2), (39_001, 30_001) * 2, strict=True):
            assert len(book.sheets[0].rows) == height and book.sheets[0].rows[height - 1][0] in ("甲支部", "甲29999支部")
        assert len(started) == 1
