"""Files in, workbooks of plain cells out; a file that cannot be opened gives the message that says what it is instead.

Workbooks are opened in a child process (`worker`), one for all files of a call: what it cannot bear ends the child, not the
reader, and refuses that one file only. Text files are read here.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from cadence.progress import Progress
from cadence.sheets import delimited, formats, limits, personal
from cadence.sheets.grid import Grid
from cadence.words import Message

Cell = str | float | int | bool | date | datetime | time | timedelta | None
ROOT = Path(__file__).resolve().parents[2]
GLANCE_SECONDS = 0.1
FRESH = 20_000_000
"""Bytes unpacked beyond which a child is not used again: the memory that such a workbook took stays with it."""
KEEPING = {
    "MALLOC_TRIM_THRESHOLD_": str(1 << 29),
    "MALLOC_MMAP_THRESHOLD_": str(1 << 26),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "OPENBLAS_NUM_THREADS": "1",
}
"""What makes the child keep the memory that it will need again at once, and claim no address space that it does not need."""
UNWATCHED = Progress()
PLAIN_TYPES = {("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("datetime", "timedelta")}


@dataclass
class Sheet:
    """Rows of cells from the first filled one, which stands at `row`, `column` (0-based); merged ranges count from A1.

    `rows` may be handed in as lists; it is kept as a grid. `hidden_rows` are the spreadsheet's own row numbers, `errors`
    (row number, 0-based column, “#N/A”): cells that show an error and are empty in `rows`; both of .xlsx only. `veiled` says that
    personal numbers stood in it and were blotted out.
    """

    name: str
    rows: Grid
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    row: int = 0
    column: int = 0
    merges_known: bool = True
    hidden_rows: Sequence[int] = ()
    errors: Sequence[tuple[int, int, str]] = ()
    veiled: bool = False

    def __post_init__(self) -> None:
        self.rows = Grid.of(self.rows)


@dataclass
class Workbook:
    """The sheets of one file, and the encoding if it is text."""

    sheets: list[Sheet]
    encoding: str | None = None


def open_files(
    files: Sequence[tuple[str, bytes]], encodings: Mapping[str, str] | None = None, progress: Progress = UNWATCHED
) -> list[Workbook | Message]:
    """One workbook or one refusal for each (name, bytes), in the same order; personal numbers are blotted out already.

    What the watch raises ends it and the child.
    """
    worker = Worker()
    found: list[Workbook | Message] = []
    size, cells, begun = 0, 0, monotonic()
    try:
        for place, ((name, data), part) in enumerate(zip(files, progress.parts([len(data) for _, data in files]), strict=True)):
            size += len(data)
            read = limits.of_drop(place, size, cells, monotonic() - begun)
            read = read or open_file(name, data, worker, (encodings or {}).get(name), part)
            if isinstance(read, Workbook):
                read.sheets = [personal.veiled(sheet) for sheet in read.sheets]
                cells += sum(sheet.rows.size for sheet in read.sheets)
            found.append(read)
        return found
    finally:
        worker.stop()


def open_file(
    name: str, data: bytes, worker: Worker, encoding: str | None = None, progress: Progress = UNWATCHED
) -> Workbook | Message:
    """One file, with the child process at hand."""
    progress.step(0, Message("正在打开 {file}", {"file": name}))
    found = formats.what_is(name, data)
    if isinstance(found, Message):
        return found
    if found == "text":
        return open_text(name, data, encoding, progress)
    return opened(worker.read(data, lambda: progress.step(0, Message("正在打开 {file}", {"file": name}))))


def open_text(name: str, data: bytes, encoding: str | None, progress: Progress = UNWATCHED) -> Workbook | Message:
    """A text file as a workbook of one sheet, named after the file."""
    try:
        text, encoding = delimited.decode(data, encoding)
    except (ValueError, LookupError):
        return Message("认不出文本的编码。请在表格软件中另存为 UTF-8 编码的 CSV 或 .xlsx 后再上传。")
    lines = text.count("\n") + 1
    told = Message("正在打开 {file}", {"file": name})
    try:
        grid = delimited.read(text, lambda read: progress.step(min(1.0, read / lines), told))
    except limits.TooMuch as error:
        return limits.refusal(error.bound)
    return Workbook([Sheet(Path(name).stem, grid, merges_known=False)], encoding)


def opened(answer: dict[str, Any]) -> Workbook | Message:
    """The child's answer as a workbook, or its failure in words."""
    if "sheets" in answer:
        return Workbook([Sheet(rows=Grid.decoded(sheet.pop("columns")), **sheet) for sheet in answer["sheets"]])
    if answer["error"] == "password":
        return formats.locked()
    if answer["error"] == "limit":
        return limits.refusal(answer["detail"])
    if answer["error"] == "crash":
        return Message(
            "打开这个文件时超出了内存或时间限制，已安全中止，其他文件不受影响。请删除多余的行列，另存为新的 .xlsx 后再上传。"
        )
    return formats.damaged()


class Worker:
    """The child process, started when the first workbook needs it and again after it has died."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def read(self, data: bytes, meanwhile: Callable[[], None] = lambda: None) -> dict[str, Any]:
        """The child's answer for one workbook; {"error": "crash"} if it died or took too long. A big one leaves no child behind.

        `meanwhile` is called while the child works; what it raises ends the child and is raised here.
        """
        process = self.process = self.process or start()
        size = limits.unpacked(data)
        answers: list[dict[str, Any]] = []
        asking = threading.Thread(target=lambda: answers.append(answer_of(process, data)), daemon=True)
        asking.start()
        latest = monotonic() + limits.wait(size)
        try:
            while asking.is_alive() and monotonic() < latest:
                meanwhile()
                asking.join(GLANCE_SECONDS)
        finally:
            if asking.is_alive():
                process.kill()
                asking.join()
        if size > FRESH or answers[0].get("error") == "crash":
            self.stop()
        return answers[0]

    def stop(self) -> None:
        """End the child, if there is one."""
        if self.process is None:
            return
        process, self.process = self.process, None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()
        process.wait()


def answer_of(process: subprocess.Popen[bytes], data: bytes) -> dict[str, Any]:
    """Hand a workbook to the child and wait for what it makes of it."""
    try:
        pickle.dump(data, process.stdin, protocol=5)
        process.stdin.flush()
        return PlainUnpickler(process.stdout).load()
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return {"error": "crash"}


def start() -> subprocess.Popen[bytes]:
    """A new child process, which finds this package wherever the caller was started."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-m", "cadence.sheets.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, **KEEPING, "PYTHONPATH": os.pathsep.join(paths)},
    )


class PlainUnpickler(pickle.Unpickler):
    """Reads plain values only: a child that a hostile file has taken over cannot make the parent run anything."""

    def __init__(self, pipe: io.BufferedIOBase) -> None:
        super().__init__(pipe)

    def find_class(self, module: str, name: str) -> Any:
        """The four types of the calendar and the clock; anything else is refused."""
        if (module, name) not in PLAIN_TYPES:
            raise pickle.UnpicklingError(f"the worker sent a {module}.{name}. Only plain values are read.")
        return super().find_class(module, name)
