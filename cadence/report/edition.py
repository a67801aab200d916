"""A store, what was asked for and formats in; the files of a report out, and what a reader has to know of how they were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cadence import files
from cadence.progress import Progress, Watch
from cadence.report import FORMATS, compose, pdf, pictures, word
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
    told = list(formats)
    lacking: list[Message] = []
    made: dict[str, bytes] = {}
    shown: tuple[bytes, ...] = ()
    if set(told) & {"docx", "pdf"} or preview:
        document = _document(store, request, lacking, progress)
    name = title(request)
    for number, ending in enumerate(told):
        progress.step(0.8 + 0.2 * number / (len(told) + 1), Message("正在生成 {format}", {"format": FORMATS[ending]}))
        if ending == "xlsx":
            made[_name(name, request, ending)] = workbook(store, request)
        elif ending == "docx":
            made[_name(name, request, ending)] = word.written(document, template, Path(own).name)
        else:
            try:
                made[_name(name, request, ending)] = pdf.pdf(document)
            except ReportError as error:
                lacking.append(error.message)
    if preview:
        progress.step(0.95, Message("正在排版预览"))
        try:
            shown = tuple(pdf.pages(document, preview))
        except ReportError as error:
            lacking += [error.message] if error.message not in lacking else []
    if not made:
        raise ReportError(lacking[-1])
    progress.step(1, Message("报告已生成"))
    return Edition(made, shown, tuple(lacking))


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


def _name(title: str, request: Request, ending: str) -> str:
    return files.name(title, request.asked.period.id, ending)
