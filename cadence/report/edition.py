"""A store, what was asked for and formats in; the files of a report out, and what a reader has to know of how they were made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from contextvars import copy_context
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cadence import files
from cadence.progress import Progress, Watch
from cadence.report import compose, pdf, pictures, word
from cadence.report.document import Document, Paragraph
from cadence.report.errors import ReportError
from cadence.report.request import Request, title
from cadence.report.workbook import workbook
from cadence.store import Store
from cadence.words import Message, language


@dataclass(frozen=True)
class Edition:
    """A report: its files by name, its first pages as PNG where they were asked for, what could not be made and why."""

    files: dict[str, bytes]
    pages: tuple[bytes, ...] = ()
    lacking: tuple[Message, ...] = ()


def edition(
    store: Store, request: Request, formats: Sequence[str], own: str = "", watch: Watch | None = None, preview: int = 0
) -> Edition:
    """Ask, draw, set. Without a browser tables stand for the pictures; without a Chinese font there is no PDF; both are said.

    `own` is a .docx with the office's styles and letterhead; `preview` how many pages to show. Raises ReportError where that file
    cannot be used, or where nothing at all can be made; what `watch.step` raises (`Cancelled`) ends the work.
    """
    template = _read(Path(own)) if own and "docx" in formats else None
    progress = Progress(watch)
    progress.step(0, Message("正在汇总数字"))
    lacking: list[Message] = []
    made: dict[str, bytes] = {}
    shown: tuple[bytes, ...] = ()
    if set(formats) & {"docx", "pdf"} or preview:
        document = _document(store, request, lacking, progress)
    progress.step(0.8, Message("正在生成文件"))
    with ThreadPoolExecutor() as pool:
        makers: dict[str, Callable[[], Any]] = {
            "docx": lambda: word.written(document, template, Path(own).name),
            "pdf": lambda: pdf.pdf(document),
            "xlsx": lambda: workbook(store, request),
        }
        running = {ending: pool.submit(copy_context().run, makers[ending]) for ending in formats}
        pages = pool.submit(copy_context().run, pdf.pages, document, preview) if preview else None
        for ending, work in running.items():
            with _unset(lacking) if ending == "pdf" else nullcontext():
                made[files.name(title(request), request.asked.period.id, ending)] = work.result()
        with _unset(lacking):
            shown = tuple(pages.result()) if pages else ()
    if not made:
        raise ReportError(lacking[-1])
    progress.step(1, Message("报告已生成"))
    return Edition(made, shown, tuple(lacking))


@contextmanager
def _unset(lacking: list[Message]) -> Iterator[None]:
    """Pages that cannot be set here are not there; why is noted, once."""
    try:
        yield
    except ReportError as error:
        lacking += [error.message] if error.message not in lacking else []


def _read(own: Path) -> bytes:
    try:
        return own.read_bytes()
    except OSError as error:
        raise ReportError(Message("版式模板“{path}”读不出：{reason}", {"path": own.name, "reason": error.strerror})) from error


def _document(store: Store, request: Request, lacking: list[Message], progress: Progress) -> Document:
    """The report with its pictures drawn; without, and saying why, where this machine cannot draw them."""
    why = pictures.lacking(language())
    if why is None:
        try:
            with pictures.Drawing(progress.part(0, 0.8), request.outline.drawn) as drawing:
                return drawing.drawn(compose.compose(store, request, seen=drawing.add))
        except ReportError as error:  # a font that only this report needs, or a browser that does not do its work
            why = error.message
    lacking.append(why)
    document = compose.compose(store, request, with_pictures=False)
    return replace(document, blocks=(*document.blocks, Paragraph(str(why), is_note=True)))
