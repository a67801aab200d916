"""`cadence/report/pictures.py`: figures drawn in a browser that fetches nothing and is gone afterwards."""

from __future__ import annotations

import asyncio
import gc
import io
import os
import signal
import tempfile
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest
from PIL import Image

from cadence.charts.style import TEMPLATES
from cadence.progress import Cancelled
from cadence.report import fonts, pictures
from cadence.report.document import HALF, Document, Pair, Picture
from cadence.report.errors import ReportError
from cadence.report.vectors import mended
from cadence.tokens import FONT
from cadence.words import Message


@dataclass
class Watching:
    """Notes what it is told; ends the work when `until` says so."""

    until: float = 2.0
    told: list[tuple[float, str]] = field(default_factory=list)

    def step(self, done: float, text: Message) -> None:
        self.told.append((done, str(text)))
        if done >= self.until:
            raise Cancelled


def browsers() -> list[int]:
    """Processes that this one started, and theirs, that have to do with the browser."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if state != "Z":
            children.setdefault(int(parent), []).append(int(path.parent.name))
    found, todo = [], [os.getpid()]
    while todo:
        todo += (inner := children.get(todo.pop(), []))
        found += inner
    return found


def remains(processes: list[int]) -> list[int]:
    """Those that are still there two seconds later."""
    for _ in range(20):
        alive = [number for number in processes if _is_alive(number)]
        if not alive:
            return []
        time.sleep(0.1)
    return alive


def _is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def bars(title: str = "各月活动场次", width: int = HALF, **layout) -> Picture:
    figure = go.Figure(go.Bar(x=["一月", "二月", "三月"], y=[3, 5, 4]))
    figure.update_layout(width=width, height=220, title=title, font={"family": FONT}, **layout)
    return Picture(figure, title, title)


def report(*blocks, language: str = "zh") -> Document:
    return Document("题名", "范围", "2025年1月1日", language, blocks)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory):
    """Every process of the browser that was seen while `drawn` ran; at the end, no file of it is left either."""
    folder = tmp_path_factory.mktemp("browser")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    found: set[int] = set()
    tell = pictures.Drawing._tell

    def telling(self, *text):
        found.update(browsers())
        tell(self, *text)

    monkeypatch.setattr(pictures.Drawing, "_tell", telling)
    yield found
    gc.collect()
    assert [*folder.iterdir()] == []


@pytest.mark.usefixtures("_renderer")
class TestDrawing:
    """The pictures, and what is left of the browser."""

    def test_pictures_are_drawn_in_order_and_nothing_is_left(self, seen: set[int]):
        """Each is white, of its own size, and holds its own words; progress goes up to the end."""
        watch = Watching()
        document = report(bars("甲"), Pair(bars("乙"), bars("丙", paper_bgcolor="black")), bars("丁", 660))
        drawn = pictures.drawn(document, watch)
        assert [[sign for sign in "甲乙丙丁" if f">{sign}<" in one.svg.decode()] for one in drawn.pictures] == [
            *map(list, "甲乙丙丁")
        ]
        assert all(b'width="330" height="220"' in one.svg for one in drawn.pictures[:3])
        corner = Image.open(io.BytesIO(pictures.png(drawn.pictures[2].svg, 78))).convert("RGB")
        assert corner.getpixel((1, 1)) == (255, 255, 255)
        assert corner.width == pytest.approx(78 / 25.4 * 220, abs=1)
        shares = [done for done, _ in watch.told]
        assert shares == sorted(shares)
        assert shares[-1] == 1
        assert watch.told[-1][1] == "正在绘制图片（4/4）"
        assert len(seen) > 3
        assert remains([*seen]) == []

    def test_no_pictures_need_no_browser(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(pictures, "program", lambda: None)
        assert pictures.drawn(report()) == report()

    @pytest.mark.parametrize("until", [0.0, 0.3])
    def test_a_cancelled_drawing_ends_at_once(self, seen: set[int], until: float):
        """At the first word, and in the middle of the work; the browser is gone, and the next one may start."""
        with pytest.raises(Cancelled):
            pictures.drawn(report(*[bars() for _ in range(6)]), Watching(until))
        assert remains([*seen]) == []
        assert pictures._slots._value == pictures.BROWSERS

    def test_cancelling_does_not_wait_for_a_picture(self, seen: set[int], monkeypatch: pytest.MonkeyPatch):
        """Planted: a browser that stands still."""
        cancelled = threading.Event()

        class Freezing(Watching):
            def step(self, done: float, text: Message) -> None:
                if cancelled.is_set():
                    raise Cancelled
                for number in browsers() if done >= 1 / 6 else ():
                    os.kill(number, signal.SIGSTOP)
                    cancelled.set()

        begun = time.perf_counter()
        monkeypatch.setattr(pictures, "END", 1.0)
        with pytest.raises(Cancelled):
            pictures.drawn(report(*[bars() for _ in range(6)]), Freezing())
        assert time.perf_counter() - begun < 40
        assert remains([*seen]) == []

    def test_a_picture_that_takes_too_long_is_given_up(self, seen: set[int], monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(pictures, "EACH", 0.001)
        with pytest.raises(ReportError, match="各月活动场次"):
            pictures.drawn(report(bars()))
        assert remains([*seen]) == []

    def test_a_browser_that_does_not_start_is_given_up(self, seen: set[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
        """Planted: a program that is no browser, and one that never answers."""
        for text in ("exit 1", "sleep 60"):
            path = tmp_path / "browser"
            path.write_text(f"#!/bin/sh\n{text}\n")
            path.chmod(0o755)
            monkeypatch.setattr(pictures, "program", lambda path=path: str(path))
            monkeypatch.setattr(pictures, "START", 2.0)
            monkeypatch.setattr(pictures, "END", 1.0)
            with pytest.raises(ReportError, match="没有启动"):
                pictures.drawn(report(bars()))
            assert remains([*seen]) == []

    def test_a_browser_that_ends_by_itself_is_an_error(self, seen: set[int]):
        """Planted: somebody kills it after the first picture."""

        class Killing(Watching):
            def step(self, done: float, text: Message) -> None:
                for number in browsers() if done > 0 else ():
                    os.kill(number, signal.SIGKILL)

        with pytest.raises(ReportError, match="意外退出"):
            pictures.drawn(report(*[bars() for _ in range(6)]), Killing())
        assert remains([*seen]) == []

    def test_nothing_is_fetched(self):
        """A picture that names an address, even one of this machine, gets nothing from it."""
        asked = []

        class Listening(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_error(404)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        source = f"http://127.0.0.1:{server.server_port}/x.png"
        image = {"source": source, "xref": "paper", "yref": "paper", "x": 0, "y": 1, "sizex": 1, "sizey": 1}
        try:
            pictures.drawn(report(bars(images=[image])))
        finally:
            server.shutdown()
        assert asked == []

    def test_whoever_comes_later_waits_and_may_leave(self):
        """Two draw; the third is told that it waits, and is not held."""
        for _ in range(pictures.BROWSERS):
            assert pictures._slots.acquire(timeout=1)
        watch = Watching(until=0.0)
        try:
            with pytest.raises(Cancelled):
                pictures.drawn(report(bars()), watch)
        finally:
            for _ in range(pictures.BROWSERS):
                pictures._slots.release()
        assert watch.told == [(0, "正在等待其他报告的图片画完")]

    def test_two_draw_at_once(self):
        """Each in a thread of its own, as two readers do."""
        found: dict[str, Document] = {}

        def draw(name: str) -> None:
            found[name] = pictures.drawn(report(bars(name)))

        threads = [threading.Thread(target=draw, args=(name,)) for name in "甲乙"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        assert {name: f">{name}<" in found[name].pictures[0].svg.decode() for name in "甲乙"} == {"甲": True, "乙": True}


@pytest.fixture
def both(_renderer) -> tuple[bytes, bytes]:
    """A figure as Plotly's own SVG and as the browser's PNG: a label with many spaces, a pattern whose marks cannot be seen."""
    pattern = {"shape": ".", "fillmode": "overlay", "fgopacity": 0, "size": 5}
    bar = go.Bar(x=[5], y=["<b>85%</b>        n=429"], orientation="h", marker={"color": "#2f6c9f", "pattern": pattern})
    figure = go.Figure(bar, {"template": TEMPLATES[False], "paper_bgcolor": "white", "width": HALF, "height": 220})

    async def drawn() -> tuple[bytes, bytes]:
        async with pictures._Kaleido(mathjax=False, browser_cls=pictures._Browser, path=pictures.program()) as browser:
            svg = await browser.calc_fig(figure, opts={"format": "svg"})
            return svg, await browser.calc_fig(figure, opts={"format": "png"})

    return asyncio.run(drawn())


@pytest.mark.usefixtures("_renderer")
class TestLooks:
    """An SVG looks the same in the PDF as in the browser."""

    def test_spaces_are_as_in_the_browser(self, both: tuple[bytes, bytes]):
        """Without the mending, those in a row become one."""
        svg, expected = both

        def label(picture: bytes) -> int:
            """Where the label begins, px; it ends at the axis."""
            ink = np.asarray(Image.open(io.BytesIO(picture)).convert("L").resize((HALF, 220)))[60:140, :120]
            return int(np.argmax((ink < 200).any(axis=0)))

        width = HALF * 25.4 / 96
        assert abs(label(pictures.png(mended(svg), width, 192)) - label(expected)) <= 2
        assert label(pictures.png(svg, width, 192)) > label(expected) + 10

    def test_the_ground_of_a_pattern_is_even(self, both: tuple[bytes, bytes]):
        """Without the mending, light lines run between its tiles."""

        def unevenness(svg: bytes) -> float:
            picture = Image.open(io.BytesIO(pictures.png(svg, HALF * 25.4 / 96, 110))).convert("L")
            inside = np.asarray(picture, float)[picture.height // 3 : picture.height // 2, picture.width // 2 : -picture.width // 8]
            return float(inside.std())

        assert unevenness(mended(both[0])) < 0.5
        assert unevenness(both[0]) > 5

    def test_a_figure_without_patterns_keeps_its_marks(self):
        svg = pictures.drawn(report(bars())).pictures[0].svg.decode()
        assert svg.count('class="point"') == 3


class TestLacking:
    """Why pictures cannot be made here, in the reader's language."""

    def test_no_browser(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(pictures, "program", lambda: None)
        assert "浏览器" in str(pictures.lacking("en"))
        with pytest.raises(ReportError, match="浏览器"):
            pictures.drawn(report(bars()))

    def test_no_chinese_font(self, monkeypatch: pytest.MonkeyPatch):
        """A Chinese report needs one, and a picture with Chinese words whatever the report's language."""
        monkeypatch.setattr(pictures, "program", lambda: "/bin/true")
        monkeypatch.setattr(fonts, "_names", lambda: frozenset({"DejaVu Sans"}))
        assert "字体" in str(pictures.lacking("zh"))
        assert pictures.lacking("en") is None
        with pytest.raises(ReportError, match="字体"):
            pictures.drawn(report(bars(), language="en"))

    def test_a_browser_that_does_not_exist_is_none(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("BROWSER_PATH", "/nowhere/chromium")
        pictures.program.cache_clear()
        try:
            assert pictures.program() is None
        finally:
            pictures.program.cache_clear()
