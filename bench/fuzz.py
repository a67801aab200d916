"""Valid spreadsheets in, broken ones through the whole import: what became of each case, and the inputs that did it harm.

A case is made from (seed, number) alone, so that `python -m bench fuzz --seed S --only N` makes it again. Harm is an exception, a
processor time over SLOWEST, or a reading that contradicts itself; a file that is refused in words is no harm.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import json
import random
import re
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from bench import made
from cadence import batches, engine, settings
from cadence.sheets import Context, FileReading, as_json, read_files
from cadence.sheets.contracts import contracts
from cadence.store import Store
from tests.sheets import books

SLOWEST = 10.0
HARM = "HARM"
DROP = 8
CHUNK = 200
TODAY = dt.date(2024, 11, 22)
VALUES = {
    "unit": ["第一党支部", "第二党支部"], "new_unit": ["第一党支部", "第二党支部"], "person": ["张三", "李四、王五"],
    "date": ["2024-03-05", dt.date(2024, 4, 9), "3月5日"], "time": ["14:30"], "year": [2024],
    "quarter": ["2024年第一季度", "一季度"],
    "count": [12, "15人"], "number": [3.5], "minutes": ["90分钟", 60], "share": ["80%", 0.8], "score": [9.5, "优秀"],
    "flag": ["是", "否"], "activity_type": ["党课", "主题党日"], "sync_steps": ["五同步"], "text": ["学党章", "围绕小切口研讨"],
}  # fmt: skip
NASTY = [
    "", " ", "\t", "0", "-1", "1e999", "9" * 400, "NaN", "inf", "²", "፩", "①", "１２", "٣", "=1+1", "=cmd|'/c calc'!A0", "'", '"',
    "”", "同上", "..", "/", "—", "<b>", "{value}", "{}", "%s", "\u202e",
    "\u200b", "\ufeff", "é" * 50, "𠀀", "年月日", "2024-02-30",
    "0000-00-00", "9999-12-31", "2024.1.1-2024.13.45", "10.3", "0.00001", "1e-05", "2024年", "13月", "3月32日", "25:61", "24点半",
    "1/2/3/4", "90/60分钟", "-5人", "99999999999人", "1000000小时", "200%", "-80%", "(((",
    "）", "[]", "党课、午餐会", "党课,党课,党课",
    "合计", "小计：", "其中", "注：", "示例", "xxx", "张三", "填表人：", "单位：甲",
    "统计年报", "党费", "序号", "党支部", "活动日期",
    "13812345678", "11010519491231002X", "a@b.cn", "😀" * 40, "长" * 3000, "a\nb\nc", "a\r\nb",
    "\x00", "\x0b\x1f", "#REF!", "TRUE",
    0, -1, 1, 0.1, -0.0, 1e15, 1e17, 1e300, -1e300, 5e-324, 36526, 45000, 45000.5, 2958465, 2958466, 20240305, 202403, 2024, 10.3,
    13812345678, 1.10105194912310e17, True, False, dt.date(1900, 1, 1), dt.date(9999, 12, 31),
    dt.datetime(2024, 3, 5, 14, 30), None,
]  # fmt: skip
NUMBERS = [b"0", b"-1", b"1", b"65536", b"1048577", b"2147483648", b"4294967296", b"9" * 20, b"1e9", b"x", b"", b"0.5"]


@dataclass(frozen=True)
class Case:
    """One broken file, how it was broken, and what it is read with."""

    number: int
    name: str
    data: bytes
    how: str


@functools.cache
def seeds() -> tuple[tuple[str, bytes], ...]:
    """Small valid files of every kind and format, and the smallest files of the sample office."""
    found = [("台账.xlsx", made.workbook(6))]
    for kind in contracts():
        grid = table(kind, random.Random(kind), nasty=0)
        found += [books.file(shape, grid, name=f"{contracts()[kind].title}2024年") for shape in books.FORMATS]
    merged = [["甲支部", "党课", "2024-03-05"], [None, "党课", "2024-03-06"]]
    found.append(books.file("ods", [["党支部", "活动类型", "活动日期"], *merged], [(1, 0, 2, 0)]))
    sample = sorted((settings.load().data / "sample").rglob("*.*"), key=lambda path: (path.stat().st_size, path.name))
    return tuple(found + [(path.name, path.read_bytes()) for path in sample[:12]])


def table(kind: str, chance: random.Random, nasty: float) -> list[list[object]]:
    """Header and rows of one kind; each cell is swapped for a nasty one with this probability."""
    fields = [field for field in contracts()[kind].fields.values() if field.required or chance.random() < 0.4]
    chance.shuffle(fields)
    header = [chance.choice(field.headers or (field.title,)) for field in fields]
    rows: list[list[object]] = [[chance.choice(VALUES.get(field.type, ["其他"])) for field in fields] for _ in range(6)]
    if chance.random() < 0.5:
        rows.insert(0, ["2024年台账"])
        rows.insert(1, header)
    else:
        rows.insert(0, header)
    return [[chance.choice(NASTY) if chance.random() < nasty else cell for cell in row] for row in rows]


def case(seed: int, number: int) -> Case:
    """The case with this number."""
    chance = random.Random(f"{seed}:{number}")
    if chance.random() < 0.3:
        kind, shape = chance.choice(list(contracts())), chance.choice(books.FORMATS)
        name, data = nasty_cells(kind, shape, chance)
        return Case(number, name, data, f"cells of {kind} as {shape}")
    name, data = chance.choice(seeds())
    ways = [flips, flips, slices]
    if data.startswith(b"PK"):
        ways += [inside, inside, markup, markup, markup, members, headers]
    elif not data.startswith(b"\xd0\xcf"):
        ways += [delimited, delimited, delimited]
    how = []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        way = chance.choice(ways)
        try:
            data = way(data, chance)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError, LookupError):
            data = flips(data, chance)
        how.append(way.__name__)
    if chance.random() < 0.1:
        name = chance.choice(["a.xlsx", "a.csv", "../../x.xls", "a\x00b.ods", "长" * 500 + ".xlsx", "", "~a", "13812345678.xls"])
    return Case(number, name, data, f"{name[:40]!r}: {', '.join(how)}")


def nasty_cells(kind: str, shape: str, chance: random.Random) -> tuple[str, bytes]:
    """A valid file full of values that nobody expects."""
    grid = table(kind, chance, chance.choice((0.05, 0.2, 0.6)))
    if chance.random() < 0.2:
        grid = [row * chance.randrange(1, 5) for row in grid]
    if chance.random() < 0.2:
        chance.shuffle(grid)
    if shape in ("xlsx", "ods"):
        grid = [[CONTROL.sub("?", cell) if isinstance(cell, str) else cell for cell in row] for row in grid]
    if shape == "gbk":
        grid = [[cell.encode("gbk", "replace").decode("gbk") if isinstance(cell, str) else cell for cell in row] for row in grid]
    if shape == "xls":
        grid = [[storable(cell) for cell in row] for row in grid]
    merged = []
    if chance.random() < 0.3:
        top, left = chance.randrange(4), chance.randrange(3)
        merged = [(top, left, top + chance.randrange(1, 4), left + chance.randrange(0, 2))]
    return books.file(shape, grid, merged, name=chance.choice(["台账", "2024年一季度考核", "名册", "13812345678"]))


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def storable(cell: object) -> object:
    """A cell that xlwt can write."""
    return cell if not isinstance(cell, dt.date) or 1901 <= cell.year <= 9998 else str(cell)


def flips(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 40))):
        if changed:
            changed[chance.randrange(len(changed))] = chance.choice((0, 0xFF, 0x7F, 0x80, chance.randrange(256)))
    return bytes(changed)


def slices(data: bytes, chance: random.Random) -> bytes:
    """A run of bytes is cut out, doubled, moved or made up; or the end is missing."""
    start = chance.randrange(len(data) + 1)
    until = min(len(data), start + chance.choice((1, 4, 64, 512, 5000)))
    piece = data[start:until]
    return chance.choice(
        (
            data[:start],
            data[:start] + data[until:],
            data[:start] + piece * chance.choice((2, 50)) + data[until:],
            data[until:] + piece,
            data[:start] + chance.randbytes(until - start) + data[until:],
            data + piece,
        )
    )


def opened(data: bytes) -> dict[str, bytes]:
    """Parts of a zip, those that can be read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a zip again."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def told(parts: dict[str, bytes], chance: random.Random) -> str:
    """A part that matters: sheets, strings, styles, workbook, relations, content."""
    names = [name for name in parts if re.search(r"sheet|shared|styles|workbook|rels|content|manifest|Types", name)]
    return chance.choice(names or list(parts))


def inside(data: bytes, chance: random.Random) -> bytes:
    """Bytes of one unpacked part change; the zip around it is sound."""
    parts = opened(data)
    name = told(parts, chance)
    parts[name] = chance.choice((flips, slices))(parts[name], chance)
    return zipped(parts)


def markup(data: bytes, chance: random.Random) -> bytes:
    """Tags, attributes and texts of one part change, and most of it stays well formed."""
    parts = opened(data)
    name = told(parts, chance)
    xml = parts[name]
    for _ in range(chance.choice((1, 2, 5))):
        tags = list(re.finditer(rb"<[^>]+>", xml))
        values = list(re.finditer(rb'="([^"]*)"', xml))
        texts = list(re.finditer(rb">([^<]+)<", xml))
        found, replacement = chance.choice(
            (
                (chance.choice(tags or [None]), b""),
                (chance.choice(tags or [None]), chance.choice(tags)[0] if tags else b""),
                (chance.choice(values or [None]), b'="' + chance.choice(NUMBERS) + b'"'),
                (chance.choice(values or [None]), chance.choice(values)[0] if values else b""),
                (chance.choice(texts or [None]), b">" + escaped(chance.choice(NASTY)) + b"<"),
                (chance.choice(texts or [None]), b">" + chance.choice(NUMBERS) + b"<"),
            )
        )
        if found:
            xml = xml[: found.start()] + replacement + xml[found.end() :]
    if chance.random() < 0.1 and b"</sheetData>" in xml:
        ends = [chance.choice((b"A", b"C", b"XFD")) for _ in range(8)]
        ranges = b"".join(b'<mergeCell ref="A%d:%s%d"/>' % (top + 1, end, top + 3) for top, end in enumerate(ends))
        xml = xml.replace(b"</sheetData>", b"</sheetData><mergeCells>" + ranges + b"</mergeCells>")
    parts[name] = xml
    return zipped(parts)


def escaped(cell: object) -> bytes:
    """A value as the text of a tag."""
    return str(cell).replace("&", "&amp;").replace("<", "&lt;").encode("utf-8", "replace")


def members(data: bytes, chance: random.Random) -> bytes:
    """Parts are missing, empty, renamed, exchanged, doubled in size, stored unpacked."""
    parts = opened(data)
    one, other = told(parts, chance), told(parts, chance)
    choice = chance.randrange(6)
    if choice == 0:
        del parts[one]
    elif choice == 1:
        parts[one] = b""
    elif choice == 2:
        parts[chance.choice(("xl/worksheets/sheet9.xml", one.upper(), "../" + one, "content.xml"))] = parts.pop(one)
    elif choice == 3:
        parts[one], parts[other] = parts[other], parts[one]
    elif choice == 4:
        parts[one] = parts[one] * 2
    return zipped(parts, zipfile.ZIP_STORED if choice == 5 else zipfile.ZIP_DEFLATED)


def headers(data: bytes, chance: random.Random) -> bytes:
    """Fields of the zip's own headers lie."""
    changed = bytearray(data)
    marks = [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", data)]
    for _ in range(chance.choice((1, 2, 4))):
        at = chance.choice(marks) + chance.randrange(4, 46)
        lie = chance.choice((b"\0\0", b"\xff\xff", b"\xff\xff\xff\xff", chance.randbytes(2)))
        changed[at : at + len(lie)] = lie
    return bytes(changed)


def delimited(data: bytes, chance: random.Random) -> bytes:
    """Other encodings, separators, quotes, line ends and cells."""
    text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030", "replace")
    for _ in range(chance.choice((1, 2, 4))):
        at = chance.randrange(len(text) + 1)
        nasty = str(chance.choice(NASTY))
        text = chance.choice(
            (
                text.replace(",", chance.choice("\t;，|")),
                text.replace("\r\n", chance.choice(("\n", "\r", "\n\r", "\u2028", "\x0b"))),
                text[:at] + '"' + text[at:],
                text[:at] + nasty + text[at:],
                text[:at] + "," * chance.choice((1, 9, 2000)) + text[at:],
                text[:at] + "\n" * chance.choice((1, 30)) + text[at:],
                text * chance.choice((2, 20)),
            )
        )
    encoding = chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"))
    return text.encode(encoding, "replace")[: -chance.randrange(3) or None]


def context(number: int, seed: int) -> Context:
    """What a drop is read with: sometimes a register, a forced kind, answers."""
    chance = random.Random(f"context {seed}:{number}")
    units = frozenset({"第一党支部", "第三党支部"}) if chance.random() < 0.4 else frozenset()
    kind = chance.choice(list(contracts())) if chance.random() < 0.1 else None
    answers = {}
    if chance.random() < 0.3:
        answers = {f"float_date:{header}": "month_day" for header in ("活动日期", "日期", "时间", "计划时间")}
        answers |= {f"two_dates:{header}": "each" for header in ("活动日期", "日期", "时间")} | {"fill:党支部": "above"}
        answers |= {"encoding:台账.csv": chance.choice(("utf-8", "gbk", "utf-16", "latin-1", "no such"))}
    return Context(today=TODAY, units=units, kind=kind, answers=answers, salt=b"fuzz")


def outcome(reading: FileReading) -> str:
    """What became of a file, in two or three words."""
    if reading.reason is not None:
        text = reading.reason.text
        if "安全中止" in text:
            return "child ended by its limits, refused"
        return "refused: damaged" if "损坏" in text else "refused: other"
    if any(sheet.tables for sheet in reading.sheets):
        return "read, rows accepted"
    return "read, no rows" if reading.sheets else "read, no sheets"


def check(readings: list[FileReading]) -> None:
    """The readings can be shown and stored: JSON, no ragged columns, every text can be said."""
    json.dumps(as_json(readings), ensure_ascii=False).encode("utf-8")
    for reading in readings:
        for sheet in reading.sheets:
            assert sheet.reason is not None or sheet.verdict.startswith("import"), "a refusal without words"
            for rows in sheet.tables:
                assert all(len(values) == len(rows.numbers) for values in rows.fields.values()), "ragged columns"
                assert len(rows.sources) == len(rows.numbers), "sources missing"
                assert all(json.loads(source) is not None for source in rows.sources)


@functools.cache
def store() -> Store:
    """One database in memory for this process."""
    return engine.ready(Store(":memory:"))


def whole(files: list[tuple[str, bytes]], given: Context, commit: bool) -> list[FileReading]:
    """Open, read, show, preview, and commit where asked."""
    readings = read_files(files, given)
    check(readings)
    batches.preview(store(), readings)
    if commit:
        receipt = batches.commit(store(), readings, "fuzz")
        if receipt.batch is not None:
            batches.undo(store(), receipt.batch)
    return readings


def chunk(seed: int, first: int, count: int, folder: str) -> tuple[Counter[str], list[str]]:
    """A run of cases, in drops of DROP files: counts by outcome, and a line for each harm."""
    counts: Counter[str] = Counter()
    harms = []
    for start in range(first, first + count, DROP):
        cases = [case(seed, number) for number in range(start, min(start + DROP, first + count))]
        files, given = [(each.name, each.data) for each in cases], context(start, seed)
        begun = time.process_time()
        try:
            found = whole(files, given, commit=start // DROP % 10 == 0)
        except Exception:
            found = []
        if found and time.process_time() - begun < SLOWEST:
            counts.update(map(outcome, found))
            continue
        for each in cases:
            what, harm = alone(seed, each, given, Path(folder))
            counts[what] += 1
            harms += [harm] if harm else []
    return counts, harms


def alone(seed: int, each: Case, given: Context, folder: Path) -> tuple[str, str]:
    """One case by itself: its outcome, and if it did harm its input is kept and the line that makes it again is told."""
    begun = time.process_time()
    try:
        (reading,) = whole([(each.name, each.data)], given, commit=True)
        spent = time.process_time() - begun
        if spent < SLOWEST:
            return outcome(reading), ""
        said = f"{spent:.1f} s of processor time"
    except Exception:
        said = traceback.format_exc()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{seed}-{each.number}").write_bytes(each.data)
    (folder / f"{seed}-{each.number}.txt").write_text(f"{each.how}\n{said}", encoding="utf-8")
    last = said.strip().splitlines()[-1]
    return HARM, f"{each.how}\n    {last[:160]}\n    python -m bench fuzz --seed {seed} --only {each.number}"


def once(seed: int, number: int) -> str:
    """One case again, with its traceback."""
    each = case(seed, number)
    given = context(number // CHUNK * CHUNK + (number % CHUNK) // DROP * DROP, seed)
    (reading,) = whole([(each.name, each.data)], given, commit=True)
    return f"{each.how}\n{outcome(reading)}: {reading.reason or [str(sheet.reason or sheet.verdict) for sheet in reading.sheets]}"


def run(seed: int, cases: int, seconds: float, folder: Path) -> Iterator[tuple[int, Counter[str], list[str]]]:
    """Chunks as they are done by two processes, until the cases or the seconds are used up: cases, counts, harms."""
    begun = time.monotonic()
    with ProcessPoolExecutor(2) as pool:
        waiting = {}
        for first in range(0, cases, CHUNK):
            waiting[pool.submit(chunk, seed, first, min(CHUNK, cases - first), str(folder))] = first
        for done in as_completed(waiting):
            first = waiting[done]
            try:
                counts, harms = done.result()
            except BrokenProcessPool:
                yield 0, Counter({HARM: 1}), [f"a process died about case {first}: python -m bench fuzz --seed {seed}"]
                return
            yield min(CHUNK, cases - first), counts, harms
            if seconds and time.monotonic() - begun > seconds:
                pool.shutdown(cancel_futures=True)
                return
