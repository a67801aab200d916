"""What a file is, from its bytes: "workbook" or "text" out, or the message that refuses it and says what to do instead."""

from __future__ import annotations

import io
import re
import zipfile

from cadence.sheets.delimited import decode
from cadence.words import Message

MAX_BYTES = 100_000_000
MAX_ENTRIES = 5_000
MAX_INFLATED = 800_000_000
MAX_RATIO = 250
MAX_SPAN = 10_000_000
SCANNED = 3_000_000

OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(/?)>')
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def what_is(name: str, data: bytes) -> str | Message:
    """“workbook” (xlsx, xls, ods), “text” (csv, txt), or why the file is refused."""
    if name.rsplit("/", 1)[-1].startswith(("~$", ".~")):
        return Message("这是办公软件打开文件时产生的临时锁文件（文件名以 ~$ 开头），没有数据。请关闭表格后上传正式文件。")
    if not data.lstrip(b"\x00 \r\n\t"):
        return Message("这是一个空文件，没有内容。请检查导出或保存是否完成。")
    if len(data) > MAX_BYTES:
        return Message("文件有 {size} MB，超过 {limit} MB 的上限。请按年度或季度拆分后再上传。", sizes(len(data), MAX_BYTES))
    if data.startswith(OLE2):
        return ole(data)
    if data.startswith(b"PK"):
        return archive(data)
    return other(data)


def sizes(size: int, limit: int) -> dict[str, int]:
    """Two sizes in megabytes, as a message shows them."""
    return {"size": size // 1_000_000, "limit": limit // 1_000_000}


def ole(data: bytes) -> str | Message:
    """A file in the older Office container: a workbook, an encrypted one, or a text document."""
    if wide("EncryptedPackage") in data:
        return Message("这个工作簿设有打开密码。请用表格软件取消密码，另存后再上传。")
    if wide("Workbook") in data or wide("Book") in data:
        return "workbook"
    if wide("WordDocument") in data:
        return Message("这是 Word 文档，不是电子表格。请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 后上传。")
    return Message("这个文件不是电子表格，也可能已损坏。请用表格软件打开，另存为 .xlsx 后再上传。")


def wide(text: str) -> bytes:
    """A name as the older Office container writes it."""
    return text.encode("utf-16-le")


def archive(data: bytes) -> str | Message:
    """A zip: a workbook that unpacks to a sane size, or the reason why not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            return bomb(opened, len(data)) or contents(opened)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zipfile.zlib.error):
        return Message("文件不完整或已损坏，打不开（常见于下载或拷贝中断）。请重新导出或拷贝后再上传。")


def bomb(opened: zipfile.ZipFile, size: int) -> Message | None:
    """The reason to refuse a zip that would unpack to far more than it shows."""
    entries = opened.infolist()
    inflated = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or inflated > MAX_INFLATED or (inflated > 100_000_000 and inflated > MAX_RATIO * size):
        return Message(
            "文件解压后异常庞大（约 {size} MB），为保护系统没有打开。请另存为新的 .xlsx 后再上传。",
            {"size": inflated // 1_000_000},
        )
    for entry in entries:
        small = entry.filename.startswith("xl/worksheets/") and entry.file_size < SCANNED
        if small and span(opened.read(entry)) > MAX_SPAN:
            return Message(
                "工作表的数据范围异常巨大（最后一个单元格离表格太远），为保护系统没有打开。请删除多余的行列，另存后再上传。"
            )
    return None


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
        if b"manifest:encryption-data" in opened.read("META-INF/manifest.xml"):
            return Message("这个工作簿设有打开密码。请用表格软件取消密码，另存后再上传。")
        kind = opened.read("mimetype") if "mimetype" in names else b"spreadsheet"
        if b"spreadsheet" in kind:
            return "workbook"
    if any(name.startswith("xl/") for name in names):
        return "workbook"
    if any(name.startswith("word/") for name in names):
        return Message("这是 Word 文档，不是电子表格。请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 后上传。")
    return Message("这是压缩包或其他文档，不是电子表格。请解压后直接上传其中的 .xlsx、.xls、.ods 或 .csv 文件。")


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
