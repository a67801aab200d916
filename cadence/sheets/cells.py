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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from cadence.sheets import delimited, formats, limits, personal
from cadence.words import Message

Cell = str | float | int | bool | date | datetime | time | timedelta | None
ROOT = Path(__file__).resolve().parents[2]
FRESH = 20_000_000
PLAIN_TYPES = {("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("datetime", "timedelta")}


@dataclass
class Sheet:
    """Rows of cells from the first filled one, which stands at `row`, `column` (0-based); merged ranges count from A1.

    `veiled` says that personal numbers stood in it and were blotted out.
    """

    name: str
    rows: list[list[Any]]
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    row: int = 0
    column: int = 0
    merges_known: bool = True
    veiled: bool = False


@dataclass
class Workbook:
    """The sheets of one file, and the encoding if it is text."""

    sheets: list[Sheet]
    encoding: str | None = None


def open_files(files: Sequence[tuple[str, bytes]], encodings: Mapping[str, str] | None = None) -> list[Workbook | Message]:
    """One workbook or one refusal for each (name, bytes), in the same order; personal numbers are blotted out already."""
    worker = Worker()
    found: list[Workbook | Message] = []
    size, cells, begun = 0, 0, monotonic()
    try:
        for place, (name, data) in enumerate(files):
            size += len(data)
            read = limits.of_drop(place, size, cells, monotonic() - begun)
            read = read or open_file(name, data, worker, (encodings or {}).get(name))
            if isinstance(read, Workbook):
                read.sheets = [personal.veiled(sheet) for sheet in read.sheets]
                cells += sum(len(row) for sheet in read.sheets for row in sheet.rows)
            found.append(read)
        return found
    finally:
        worker.stop()


def open_file(name: str, data: bytes, worker: Worker, encoding: str | None = None) -> Workbook | Message:
    """One file, with the child process at hand."""
    found = formats.what_is(name, data)
    if isinstance(found, Message):
        return found
    return open_text(name, data, encoding) if found == "text" else opened(worker.read(data))


def open_text(name: str, data: bytes, encoding: str | None) -> Workbook | Message:
    """A text file as a workbook of one sheet, named after the file."""
    try:
        text, encoding = delimited.decode(data, encoding)
    except (ValueError, LookupError):
        return Message("认不出文本的编码。请在表格软件中另存为 UTF-8 编码的 CSV 或 .xlsx 后再上传。")
    try:
        rows = delimited.read_rows(text)
    except limits.TooMuch as error:
        return limits.refusal(error.bound)
    sheet = Sheet(Path(name).stem, rows, merges_known=False)
    return Workbook([sheet], encoding)


def opened(answer: dict[str, Any]) -> Workbook | Message:
    """The child's answer as a workbook, or its failure in words."""
    if "sheets" in answer:
        return Workbook([Sheet(**sheet) for sheet in answer["sheets"]])
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

    def read(self, data: bytes) -> dict[str, Any]:
        """The child's answer for one workbook; {"error": "crash"} if it died or took too long. A big one leaves no child behind."""
        process = self.process = self.process or start()
        size = limits.unpacked(data)
        timer = threading.Timer(limits.wait(size), process.kill)
        timer.start()
        try:
            pickle.dump(data, process.stdin, protocol=5)
            process.stdin.flush()
            return PlainUnpickler(process.stdout).load()
        except (OSError, EOFError, pickle.UnpicklingError):
            self.stop()
            return {"error": "crash"}
        finally:
            timer.cancel()
            if size > FRESH:
                self.stop()

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


def start() -> subprocess.Popen[bytes]:
    """A new child process, which finds this package wherever the caller was started."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(
        [sys.executable, "-m", "cadence.sheets.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
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
