"""A report in, the same report with its figures drawn as SVG out, by Plotly in one browser that ends with the work.

The browser sees no network. It draws with one tab that is never loaded anew: each further tab costs more than it saves
(docs/performance.md). At most `BROWSERS` run at once in this process; whoever comes later waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import platform
import signal
import threading
import time
from concurrent.futures import Future
from contextvars import copy_context
from functools import cache
from pathlib import Path
from queue import Empty, SimpleQueue

import kaleido
import typst
from choreographer.browsers import Chromium

from cadence.progress import Cancelled, Progress, Watch
from cadence.report import fonts
from cadence.report.document import Document, Picture
from cadence.report.errors import ReportError
from cadence.report.vectors import mended
from cadence.tokens import LIGHT
from cadence.words import Message

BROWSERS = 2
START, EACH, END = 60.0, 30.0, 5.0
"""Seconds after which a browser that does not start, a picture that is not drawn, a browser that does not end is given up."""
TURN, SOON = 0.1, 0.02
"""Seconds between two looks at whether somebody wants the work to end, and at whether there is another picture."""
NOWHERE = "http://127.0.0.1:9"
"""The proxy of the browser: nothing listens there, so that nothing can be fetched from outside."""

_slots = threading.BoundedSemaphore(BROWSERS)
# a browser that was told to end leaves half a message behind, which is reported as an error
logging.getLogger("choreographer").setLevel(logging.CRITICAL)
logging.getLogger("kaleido").setLevel(logging.CRITICAL)


@cache
def program() -> str | None:
    """The browser that draws: what BROWSER_PATH names, else a Chrome, Chromium or Edge that is found; None without any."""
    path = Chromium.find_browser(skip_local=False)
    return str(path) if path and Path(path).is_file() else None


def lacking(language: str) -> Message | None:
    """Why pictures cannot be drawn here for a reader of this language; None where they can."""
    if program() is None:
        return Message(
            "服务器上没有可用的浏览器（Chromium、Chrome 或 Edge），报告中的图片无法绘制，以表格代替。"
            "安装浏览器，或用环境变量 BROWSER_PATH 指出其位置，然后重新启动。"
        )
    return fonts.lacking(language)


def drawn(document: Document, watch: Watch | None = None) -> Document:
    """The same document with every picture as SVG: white, in the light theme, as wide as its figure; raises as `Drawing`."""
    if not document.pictures:
        return document
    if why := lacking(document.language):
        raise ReportError(why)
    with Drawing(Progress(watch), len(document.pictures)) as drawing:
        for picture in document.pictures:
            drawing.add(picture)
        return drawing.drawn(document)


def png(svg: bytes, width_mm: float, dpi: int = 220) -> bytes:
    """The picture as PNG, `width_mm` wide at `dpi`, on white."""
    source = f'#set page(width: {width_mm:.3f}mm, height: auto, margin: 0pt, fill: white)\n#image("picture.svg", width: 100%)'
    files = {"main.typ": source.encode(), "picture.svg": svg}
    return typst.compile(files, format="png", ppi=dpi, font_paths=fonts.found())


def _words(picture: Picture) -> str:
    """All that a figure says."""
    return json.dumps(json.loads(picture.figure.to_json()), ensure_ascii=False)


class _Browser(Chromium):
    """Chromium as a bare window: without address bar and start page, which are pages of their own and half of its start."""

    def get_cli(self) -> list[str]:
        return [*super().get_cli(), "--app=data:,", "--proxy-bypass-list=<-loopback>", "--disable-background-networking"]


class _Kaleido(kaleido.Kaleido):
    """Kaleido that does not load its page anew after each picture: Plotly clears its own, and loading takes longer than drawing."""

    async def _return_kaleido_tab(self, tab) -> None:
        await self.tabs_ready.put(tab)


class Drawing:
    """One browser in a thread of its own: it draws what it was given while more is being made, and is gone when the block ends.

    The watch behind `progress` is told how many of the `expected` pictures are drawn; what it raises (`Cancelled`) ends the browser
    at once and comes out of the next call here. So does a ReportError where a font is missing, a picture takes longer than `EACH`
    seconds, or the browser does not start or ends by itself.
    """

    def __init__(self, progress: Progress, expected: int):
        self._progress, self._expected, self._done = progress, max(expected, 1), 0
        self._given: SimpleQueue[Picture | None] = SimpleQueue()
        self._found: Future[dict[int, bytes]] = Future()
        self._left = threading.Event()
        self._thread = threading.Thread(target=copy_context().run, args=(self._run,), daemon=True)

    def __enter__(self) -> Drawing:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._left.set()
        self._thread.join()

    def add(self, picture: Picture) -> None:
        """Have a picture drawn; its figure must stay as it is."""
        if self._found.done():
            self._found.result()
        if why := fonts.lacking("", map(_words, [picture])):
            raise ReportError(why)
        self._given.put(picture)

    def drawn(self, document: Document) -> Document:
        """The document with its pictures, all of which were added, drawn."""
        self._given.put(None)
        found = self._found.result()
        return document.with_svgs([found[id(picture.figure)] for picture in document.pictures])

    def _run(self) -> None:
        try:
            while not _slots.acquire(timeout=TURN):
                self._tell(Message("正在等待其他报告的图片画完"))
            try:
                self._found.set_result(asyncio.run(self._all()))
            finally:
                _slots.release()
        except BaseException as error:
            self._found.set_exception(error)

    async def _all(self) -> dict[int, bytes]:
        """Every picture by its figure; the browser is gone when this ends, however it ends."""
        self._tell()
        browser = _Kaleido(
            n=1,
            timeout=None,
            mathjax=False,
            path=program(),
            browser_cls=_Browser,
            enable_extensions=False,
            proxy_server=NOWHERE,
        )
        try:
            dead = Message("绘制图片的浏览器没有启动")
            await self._watched(browser.open(), START, dead, dead)
            gone = Message("绘制图片的浏览器意外退出")
            found: dict[int, bytes] = {}
            while (picture := await self._next()) is not None:
                late = Message("图片“{caption}”在 {seconds} 秒内没有画好", {"caption": picture.caption, "seconds": int(EACH)})
                found[id(picture.figure)] = await self._watched(_svg(browser, picture), EACH, late, gone)
                self._done += 1
                self._tell()
            return found
        except BaseException:
            _kill(browser)
            raise
        finally:
            with contextlib.suppress(Exception, asyncio.CancelledError):
                await asyncio.wait_for(browser.close(), END)
            _kill(browser)

    async def _next(self) -> Picture | None:
        """What comes next, as soon as it was added; None where there is no more."""
        while True:
            try:
                return self._given.get_nowait()
            except Empty:
                self._tell()
                await asyncio.sleep(SOON)

    async def _watched(self, work, seconds: float, late: Message, failure: Message):
        """The result of the work, looking up between turns; a ReportError says `late` after the time, `failure` where it fails."""
        task, end = asyncio.ensure_future(work), time.monotonic() + seconds
        try:
            while not task.done():
                if time.monotonic() > end:
                    raise ReportError(late)
                await asyncio.wait([task], timeout=min(TURN, seconds))
                self._tell()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        try:
            return task.result()
        except (Exception, asyncio.CancelledError) as error:  # it ended by itself: whoever cancels never comes to here
            raise ReportError(failure) from error

    def _tell(self, text: Message | None = None) -> None:
        if self._left.is_set():
            raise Cancelled
        number = {"done": self._done, "all": max(self._done, self._expected)}
        self._progress.step(min(1.0, self._done / self._expected), text or Message("正在绘制图片（{done}/{all}）", number))


async def _svg(browser: _Kaleido, picture: Picture) -> bytes:
    width, height = picture.size
    figure = picture.figure.to_dict()
    figure["layout"] |= {"paper_bgcolor": LIGHT.paper, "plot_bgcolor": LIGHT.paper}
    return mended(await browser.calc_fig(figure, opts={"format": "svg", "width": width, "height": height}))


def _kill(browser: _Kaleido) -> None:
    """End the browser and all that it started, whatever state it is in."""
    process = getattr(browser, "subprocess", None)
    if process is None:
        return
    if platform.system() == "Windows":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(Exception):
        process.wait(END)
