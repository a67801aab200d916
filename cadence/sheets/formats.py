"""What a file is, from its bytes: "workbook" or "text" out, or the message that refuses it and says what to do instead."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from cadence.sheets import limits
from cadence.sheets.delimited import decode
from cadence.words import Message

MAX_ENTRIES = 3_000
MAX_INFLATED = 400_000_000
SMALL_INFLATED = 20_000_000
MAX_RATIO = 100
MAX_SPAN = limits.MAX_CELLS
SCANNED = 3_000_000
CHUNK = 1 << 20
LONGEST_NAME = 120

OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
BIFF = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def what_is(name: str, data: bytes) -> str | Message:
    """“workbook” (xlsx, xls, ods), “text” (csv, txt), or why the file is refused."""
    if name.rsplit("/", 1)[-1].startswith(("~$", ".~")):
        return Message("这是办公软件打开文件时产生的临时锁文件（文件名以 ~$ 开头），没有数据。请关闭表格后上传正式文件。")
    if not data.lstrip(b"\x00 \r\n\t"):
        return Message("这是一个空文件，没有内容。请检查导出或保存是否完成。")
    if len(data) > limits.MAX_BYTES:
        return Message("文件有 {size} MB，超过 {limit} MB 的上限。请按年度或季度拆分后再上传。", sizes(len(data), limits.MAX_BYTES))
    if data.startswith(OLE2):
        return ole(data)
    if data.startswith(b"PK"):
        return archive(data)
    return other(data)


def shown(name: str) -> str:
    """A file's name as it is shown and kept: no folders, no control characters, at most LONGEST_NAME signs, the ending kept."""
    name = re.split(r"[/\\\\]", name.encode("utf-8", "replace").decode())[-1]
    name = "".join(sign for sign in name if sign.isprintable()).strip() or "?"
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= LONGEST_NAME else (stem or ending)[: LONGEST_NAME - 20] + "…" + (dot + ending)[-10:]


def sizes(size: int, limit: int) -> dict[str, int]:
    """Two sizes in megabytes, as a message shows them."""
    return {"size": size // 1_000_000, "limit": limit // 1_000_000}


def ole(data: bytes) -> str | Message:
    """A file in the older Office container: a workbook, an encrypted one, or a text document."""
    if wide("EncryptedPackage") in data or filepass(data):
        return locked()
    if wide("Workbook") in data or wide("Book") in data:
        return "workbook"
    if wide("WordDocument") in data:
        return Message("这是 Word 文档，不是电子表格。请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 后上传。")
    return Message("这个文件不是电子表格，也可能已损坏。请用表格软件打开，另存为 .xlsx 后再上传。")


def filepass(data: bytes) -> bool:
    """Whether an old workbook says near its beginning that what follows is encrypted."""
    for begin in BIFF.finditer(data):
        at = begin.start()
        for _ in range(3 if at % 512 == 0 else 0):
            at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
            if data[at : at + 2] == b"\x2f\x00":
                return True
    return False


def wide(text: str) -> bytes:
    """A name as the older Office container writes it."""
    return text.encode("utf-16-le")


def archive(data: bytes) -> str | Message:
    """A zip: a workbook that unpacks to a sane size, or the reason why not."""
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        return crowded()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return bomb(opened, data) or contents(opened)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, LookupError, NotImplementedError, RuntimeError, EOFError):
        return damaged()


def damaged() -> Message:
    """The refusal of a file that breaks off or contradicts itself."""
    return Message("文件不完整或已损坏，打不开（常见于下载或拷贝中断）。请重新导出或拷贝后再上传。")


def crowded() -> Message:
    """The refusal of a zip with too many parts."""
    return Message("文件内部有 {parts} 个以上的部件，为保护系统没有打开。请另存为新的 .xlsx 后再上传。", {"parts": MAX_ENTRIES})


def locked() -> Message:
    """The refusal of a workbook that cannot be opened without its password."""
    return Message("这个工作簿设有打开密码。请用表格软件取消密码，另存后再上传。")


def bomb(opened: zipfile.ZipFile, data: bytes) -> Message | None:
    """The reason to refuse a zip that would unpack to far more than it shows; every part is unpacked once, and thrown away."""
    entries = opened.infolist()
    if len(entries) > MAX_ENTRIES:
        return crowded()
    if any(entry.flag_bits & 1 for entry in entries):
        return locked()
    declared = sum(entry.file_size for entry in entries)
    if declared > min(MAX_INFLATED, max(SMALL_INFLATED, MAX_RATIO * len(data))):
        return Message(
            "文件解压后异常庞大（约 {size} MB），为保护系统没有打开。请另存为新的 .xlsx 后再上传。",
            {"size": declared // 1_000_000},
        )
    cells = end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return damaged()
        end = start_of(entry, data) + entry.compress_size
        sheet = entry.filename.startswith("xl/worksheets/")
        size = 0
        for part in parts(entry, data):
            size += len(part)
            cells += part.count(b"<c ") if sheet else 0
            if size > entry.file_size:
                return damaged()
            if cells > limits.MAX_CELLS:
                return limits.refusal("rows")
        if sheet and size < SCANNED and span(b"".join(parts(entry, data))) > MAX_SPAN:
            return Message(
                "工作表的数据范围异常巨大（最后一个单元格离表格太远），为保护系统没有打开。请删除多余的行列，另存后再上传。"
            )
    return None


def start_of(entry: zipfile.ZipInfo, data: bytes) -> int:
    """Where the packed bytes of an entry begin."""
    at = entry.header_offset
    if at < 0 or data[at : at + 4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("no entry where the directory says there is one")
    return at + 30 + int.from_bytes(data[at + 26 : at + 28], "little") + int.from_bytes(data[at + 28 : at + 30], "little")


def parts(entry: zipfile.ZipInfo, data: bytes) -> Iterator[bytes]:
    """The unpacked bytes of an entry, piece by piece, whatever size it declares."""
    start = start_of(entry, data)
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + CHUNK]) for at in range(0, len(packed), CHUNK))
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(f"compression {entry.compress_type}")
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), CHUNK // 16):
        rest = bytes(packed[at : at + CHUNK // 16])
        while rest:
            yield unpacking.decompress(rest, CHUNK)
            rest = unpacking.unconsumed_tail
    yield unpacking.flush()


def span(xml: bytes) -> int:
    """Rows × columns from A1 to the last cell that holds something."""
    rows = columns = 0
    for letters, row, empty in CELL.findall(xml):
        if not empty:
            rows, columns = max(rows, int(row)), max(columns, column_number(letters.decode()))
    return rows * columns


def column_number(letters: str) -> int:
    """A → 1, Z → 26, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def contents(opened: zipfile.ZipFile) -> str | Message:
    """What a sane zip holds."""
    names = set(opened.namelist())
    if "xl/workbook.bin" in names:
        return Message("这是 .xlsb（二进制工作簿），不能直接导入。请用表格软件另存为 .xlsx 后再上传。")
    if "content.xml" in names:
        if b"manifest:encryption-data" in beginning(opened, "META-INF/manifest.xml"):
            return locked()
        kind = beginning(opened, "mimetype") or b"spreadsheet"
        if b"spreadsheet" in kind:
            return "workbook"
    if any(name.startswith("xl/") for name in names):
        return "workbook"
    if any(name.startswith("word/") for name in names):
        return Message("这是 Word 文档，不是电子表格。请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 后上传。")
    return Message("这是压缩包或其他文档，不是电子表格。请解压后直接上传其中的 .xlsx、.xls、.ods 或 .csv 文件。")


def beginning(opened: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a part; none if there is no such part."""
    if name not in opened.namelist():
        return b""
    with opened.open(name) as part:
        return part.read(CHUNK)


def other(data: bytes) -> str | Message:
    """Neither zip nor OLE2: plain text, or something renamed."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if data.startswith(PICTURES) or data[8:12] == b"WEBP":
        return Message("这其实是一张图片，只是改了扩展名。请上传原来的电子表格，图片中的表格无法读取。")
    if data.startswith(b"%PDF"):
        return Message("这其实是 PDF 文件。请上传原来的电子表格，PDF 中的表格无法可靠读取。")
    if data.startswith(ARCHIVES):
        return Message("这是压缩包或其他文档，不是电子表格。请解压后直接上传其中的 .xlsx、.xls、.ods 或 .csv 文件。")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Message("这是 XML 格式的旧式表格（2003）。请用表格软件打开，另存为 .xlsx 后再上传。")
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<?xml", b"<head", b"<style")):
        return Message("这其实是网页（系统导出时把网页存成了 .xls）。请用表格软件打开，另存为 .xlsx 后再上传。")
    if head.startswith(b"{\\rtf"):
        return Message("这是 RTF 文档，不是电子表格。请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 后上传。")
    return (
        "text"
        if looks_like_text(data)
        else Message("认不出这个文件的格式。可以导入 .xlsx、.xls、.ods、.csv；请用表格软件打开，另存为 .xlsx 后再上传。")
    )


def looks_like_text(data: bytes) -> bool:
    """Whether the beginning reads as text in one of the known encodings."""
    try:
        text, _ = decode(data[:20_000])
    except ValueError:
        return False
    return len(CONTROL.findall(text)) * 500 <= len(text)
