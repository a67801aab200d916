"""How much a file, a sheet and a drop may hold, and what memory and time opening one may take: sizes in, bounds or refusals out.

Every bound leaves room for an honest ledger of 200,000 rows × 20 columns. Time and memory grow with what a file unpacks to, so
that a small hostile file gets little of either.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cadence.words import Message

if TYPE_CHECKING:
    from cadence.sheets.grid import Grid

MAX_FILES = 200
MAX_DROP = 300_000_000
MAX_DROP_CELLS = 12_000_000
MAX_BYTES = 60_000_000
MAX_SHEETS = 500
MAX_ROWS = 200_100
MAX_CELLS = 5_000_000
MAX_COLUMNS = 1_000
MAX_WIDTH = 16_384
MAX_TABLES = 60
MAX_TEXT = 32_767
MAX_CHARACTERS = 50_000_000
MAX_LINE = 2_000_000
MAX_MERGED = 100_000

LARGE = 16_000_000
"""Bytes of a sheet's XML below which calamine alone is faster than the start of what condenses it."""
MEMORY = 1_000_000_000
LEAST_MEMORY = 350_000_000
MEMORY_PER_BYTE = 8
LIBRARIES = 260_000_000
"""Address space that numpy and Arrow take by being there, beyond what a workbook may take."""
SECONDS = 6
SECONDS_PER_BYTE = 0.2e-6
WAIT = 30
WAIT_PER_BYTE = 1e-6
READING = 6
READING_PER_CELL = 20e-6
DROP_SECONDS = 300


class TooMuch(Exception):
    """Something exceeds its bound; `bound` says what, as a key of REFUSALS."""

    def __init__(self, bound: str):
        super().__init__(bound)
        self.bound = bound


REFUSALS = {
    "rows": Message("工作表超过 {rows} 行或范围过大，请按年度或季度拆分后再上传。", {"rows": 200_000}),
    "sheets": Message("工作簿里的工作表超过 {sheets} 张，没有打开。请拆成几个文件后再上传。", {"sheets": MAX_SHEETS}),
    "columns": Message("表格超过 {columns} 列，没有读取。请删去多余的列后再上传。", {"columns": MAX_COLUMNS}),
    "tables": Message("一张工作表里有 {tables} 个以上的表格，没有读取。请拆成几张工作表后再上传。", {"tables": MAX_TABLES}),
    "text": Message("有单元格的文字超过 {signs} 字，可能是引号没有成对。请检查后再上传。", {"signs": MAX_TEXT}),
    "texts": Message("文字总量过大，没有读取。请按年度或季度拆分后再上传。"),
    "line": Message("有一行文字异常地长，可能是引号没有成对，或这不是表格。请检查后再上传。"),
    "time": Message("读取这个文件用时过长，这张工作表没有读取。请拆成几个文件后再上传。"),
    "merged": Message("合并单元格的数量异常或互相重叠，没有打开。请取消合并，另存后再上传。"),
}


def refusal(bound: str) -> Message:
    """The words for a bound that was exceeded."""
    return REFUSALS.get(bound, REFUSALS["rows"])


def of_drop(place: int, size: int, cells: int, spent: float) -> Message | None:
    """Why the file at this place (from 0) of a drop is not read; `size` bytes up to its end, `cells` and seconds before it."""
    if place >= MAX_FILES:
        return Message("一次最多放 {files} 个文件，这一个没有读取。请分几次上传。", {"files": MAX_FILES})
    if size > MAX_DROP:
        return Message("一次放入的文件合计超过 {limit} MB，这一个没有读取。请分几次上传。", {"limit": MAX_DROP // 1_000_000})
    if cells > MAX_DROP_CELLS:
        return Message("一次放入的表格合计过大，这一个没有读取。请分几次上传。")
    if spent > DROP_SECONDS:
        return Message("前面的文件用时过长，这一个没有读取。请分几次上传。")
    return None


def unpacked(data: bytes) -> int:
    """Bytes that a workbook holds once unpacked, as it declares them; its size if it is no zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return max(len(data), sum(entry.file_size for entry in archive.infolist()))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return len(data)


def is_large(entry: zipfile.ZipInfo) -> bool:
    """Whether a part of a workbook is a sheet that is worth condensing."""
    return entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml") and entry.file_size >= LARGE


def holds_large(data: bytes) -> bool:
    """Whether a workbook has such a sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(map(is_large, archive.infolist()))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def memory(size: int) -> int:
    """Bytes of address space for opening a workbook that unpacks to `size` bytes."""
    return min(MEMORY, LEAST_MEMORY + MEMORY_PER_BYTE * size)


def seconds(size: int) -> int:
    """Seconds of processor time for opening a workbook that unpacks to `size` bytes."""
    return int(SECONDS + SECONDS_PER_BYTE * size)


def wait(size: int) -> float:
    """Seconds to wait for a workbook that unpacks to `size` bytes; more than its processor time, as others may be at work."""
    return WAIT + WAIT_PER_BYTE * size


def reading_seconds(cells: int) -> float:
    """Seconds of processor time after which no further sheet of a file with so many cells is read."""
    return READING + READING_PER_CELL * cells


def set_memory(size: int, libraries: bool = False) -> None:
    """Bound this process's address space from here on, with room for libraries; systems without such limits go without."""
    _limit("RLIMIT_AS", memory(size) + LIBRARIES * libraries)


def set_seconds(size: int) -> None:
    """Bound the processor time that this process may still use."""
    _limit("RLIMIT_CPU", int(time.process_time()) + 1 + seconds(size))


def _limit(name: str, value: int) -> None:
    try:
        import resource
    except ImportError:
        return
    kind = getattr(resource, name)
    resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))


def check_grid(height: int, width: int, cells: int) -> None:
    """Raise TooMuch for a sheet of this size where a workbook held this many cells before it."""
    if height > MAX_ROWS or cells + height * width > MAX_CELLS:
        raise TooMuch("rows")
    if width > MAX_WIDTH:
        raise TooMuch("columns")


def check_row(rows: int, width: int) -> None:
    """Raise TooMuch for a text file of this many rows so far, the widest of this width."""
    if rows > MAX_ROWS or rows * width > MAX_CELLS:
        raise TooMuch("rows")
    if width > MAX_WIDTH:
        raise TooMuch("columns")


def check_texts(texts: Iterable[str]) -> None:
    """Raise TooMuch for distinct texts that are too long, one or all together."""
    lengths = [len(text) for text in texts]
    if lengths and max(lengths) > MAX_TEXT:
        raise TooMuch("text")
    if sum(lengths) > MAX_CHARACTERS:
        raise TooMuch("texts")


def check_merged(merged: Sequence[Sequence[int]], height: int, width: int) -> None:
    """Raise TooMuch for merged ranges (first row, first column, last row, last column) that are too many or cannot be disjoint."""
    if len(merged) > MAX_MERGED:
        raise TooMuch("merged")
    tall = sum(min(last, first + height) - first + 1 for first, _, last, _ in merged if last > first)
    if tall > max(MAX_MERGED, 2 * height * max(width, 1)):
        raise TooMuch("merged")
    if any(last < first or right < left for first, left, last, right in merged):
        raise TooMuch("merged")


def of_sheet(tables: int, columns: int) -> Message | None:
    """Why a sheet of so many tables with so many columns together is not read; None if it is."""
    if tables > MAX_TABLES:
        return refusal("tables")
    return refusal("columns") if columns > 2 * MAX_COLUMNS else None


def too_wide(rows: Grid) -> bool:
    """Whether some row holds more filled cells than columns are read."""
    return len(rows.columns) > MAX_COLUMNS and bool((rows.filled > MAX_COLUMNS).any())


class Clock:
    """Processor time of this thread for reading the sheets of each file: what comes after it has run out is not read."""

    def __init__(self, cells: Mapping[str, int]):
        """`cells` says how many cells each file has."""
        self.left = {file: reading_seconds(number) for file, number in cells.items()}

    def run(self, file: str, work: Callable[..., Any], *given: Any) -> Any:
        """What `work` gives; the refusal if the file's time has run out before."""
        if self.left[file] <= 0:
            return refusal("time")
        begun = time.thread_time()
        try:
            return work(*given)
        finally:
            self.left[file] -= time.thread_time() - begun
