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
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import kaleido
import typst
from choreographer.browsers import Chromium

from cadence.progress import Progress, Watch
from cadence.report import fonts
from cadence.report.document import Document, Picture
from cadence.report.errors import ReportError
from cadence.report.vectors import mended
from cadence.tokens import LIGHT
from cadence.words import Message

BROWSERS = 2
TABS = 1
START, EACH, END = 60.0, 30.0, 5.0
"""Seconds after which a browser that does not start, a picture that is not drawn, a browser that does not end is given up."""
TURN = 0.1
"""Seconds between two looks at whether somebody wants the work to end."""
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
    """The same document with every picture as SVG: white, in the light theme, as wide as its figure.

    `watch` is told after every picture; what it raises (`Cancelled`) ends the browser at once. Raises ReportError where pictures
    cannot be drawn here, one takes longer than `EACH` seconds, or the browser ends by itself.
    """
    pictures = document.pictures
    if not pictures:
        return document
    if why := lacking(document.language) or fonts.lacking("", map(_words, pictures)):
        raise ReportError(why)
    progress = Progress(watch)
    while not _slots.acquire(timeout=TURN):
        progress.step(0, Message("正在等待其他报告的图片画完"))
    try:
        return document.with_svgs(asyncio.run(_Drawing(pictures, progress).all()))
    finally:
        _slots.release()


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


class _Drawing:
    """One browser and the pictures that it draws."""

    def __init__(self, pictures: tuple[Picture, ...], progress: Progress):
        self.pictures, self.progress, self.done = pictures, progress, 0
        self.svgs: dict[int, bytes] = {}

    async def all(self) -> list[bytes]:
        """Every picture in order; the browser is gone when this ends, however it ends."""
        # what an ended browser leaves undone is not worth a word in the log
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        self._tell()
        tabs = min(TABS, len(self.pictures))
        browser = _Kaleido(
            n=tabs,
            timeout=None,
            mathjax=False,
            path=program(),
            browser_cls=_Browser,
            enable_extensions=False,
            proxy_server=NOWHERE,
        )
        try:
            await self._watched(asyncio.wait_for(browser.open(), START), Message("绘制图片的浏览器没有启动"))
            waiting = iter(enumerate(self.pictures))
            drawing = asyncio.gather(*(self._draw(browser, waiting) for _ in range(tabs)))
            await self._watched(drawing, Message("绘制图片的浏览器意外退出"))
        except BaseException:
            _kill(browser)
            raise
        finally:
            with contextlib.suppress(Exception, asyncio.CancelledError):
                await asyncio.wait_for(browser.close(), END)
            _kill(browser)
        return [self.svgs[place] for place in range(len(self.pictures))]

    async def _draw(self, browser: _Kaleido, waiting: Iterator[tuple[int, Picture]]) -> None:
        """Draw in one tab what nobody draws yet, one after the other, so that only one figure at a time is written out."""
        for place, picture in waiting:
            width, height = picture.size
            figure = picture.figure.to_dict()
            figure["layout"] |= {"paper_bgcolor": LIGHT.paper, "plot_bgcolor": LIGHT.paper}
            work = asyncio.ensure_future(browser.calc_fig(figure, opts={"format": "svg", "width": width, "height": height}))
            await asyncio.wait([work], timeout=EACH)
            if not work.done():
                text = Message("图片“{caption}”在 {seconds} 秒内没有画好", {"caption": picture.caption, "seconds": round(EACH)})
                raise ReportError(text)
            self.svgs[place] = mended(work.result())
            self.done += 1

    async def _watched(self, work, failure: Message):
        """The result of the work, looking up between turns; what fails of itself is a ReportError that says so."""
        task = asyncio.ensure_future(work)
        try:
            while not task.done():
                await asyncio.wait([task], timeout=TURN)
                self._tell()
        finally:
            task.cancel()
        try:
            return task.result()
        except ReportError:
            raise
        except (Exception, asyncio.CancelledError) as error:  # it ended by itself: whoever cancels never comes to here
            raise ReportError(failure) from error

    def _tell(self) -> None:
        number = {"done": self.done, "all": len(self.pictures)}
        self.progress.step(self.done / len(self.pictures), Message("正在绘制图片（{done}/{all}）", number))


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
