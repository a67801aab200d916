"""Pictures of the sample office and a made document in; how long they take to draw and to set out."""

from __future__ import annotations

import asyncio
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from cadence import answers, batches, catalogue, charts, engine, queries, rules, selection
from cadence.report import pictures
from cadence.report.document import WIDTH, Document, Heading, Paragraph, Picture, Table
from cadence.report.pdf import pages, pdf
from cadence.store import Store


def figures(count: int) -> list[Picture]:
    """The first pictures of the sample office's year, as they stand on the pages, as wide as a line."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        store = engine.ready(Store(str(Path(folder) / "cadence.duckdb")))
        batches.import_sample(store)
        asked = selection.Selection(
            selection.period("2025"),
            selection.subtree(queries.ask(store, "unit_tree", {}), ""),
            selection.known_types([], tuple(rules.types())),
            "five",
            "lecture",
        )
        for id, entry in catalogue.entries().items():
            if not entry.page or entry.chart in (*charts.NOT_DRAWN, "figure") or len(found) == count:
                continue
            answer = answers.answer(store, id, asked, "last_year")
            if not answer.withheld:
                figure = charts.draw(entry, answer.frame, compare=answer.before, marks=answer.marks)
                found.append(Picture(figure.update_layout(width=WIDTH, paper_bgcolor="white"), entry.title, entry.title))
        store.close()
    return found


def drawing(found: list[Picture], tabs: int, format: str, is_kept: bool) -> str:
    """One browser that draws them all: seconds by the clock and of processors, and its memory at the end."""
    (started, drawn, ended), (starting, working), size = asyncio.run(_drawing(found, tabs, format, is_kept))
    what = f"{len(found)} pictures, {format}, tabs: {tabs}, page {'kept' if is_kept else 'loaded anew'}"
    return (
        f"{what:<46} start {started:5.1f} s ({starting:4.1f} processor s), draw {drawn:5.1f} s ({working:4.1f} processor s), "
        f"end {ended:3.1f} s, {size:5.0f} MB, load {os.getloadavg()[0]:.0f}"
    )


async def _drawing(found: list[Picture], tabs: int, format: str, is_kept: bool) -> tuple:
    class Anew(pictures._Kaleido):
        async def _return_kaleido_tab(self, tab) -> None:
            await tab.reload()
            await self.tabs_ready.put(tab)

    kind = pictures._Kaleido if is_kept else Anew
    clock, work = [time.perf_counter()], [_seconds()]
    async with kind(
        n=tabs, mathjax=False, browser_cls=pictures._Browser, enable_extensions=False, path=pictures.program()
    ) as browser:
        clock.append(time.perf_counter())
        work.append(_seconds())
        sizes = [{"format": format, "scale": 3 if format == "png" else 1, "width": WIDTH, "height": one.size[1]} for one in found]
        await asyncio.gather(*(browser.calc_fig(one.figure, opts=size) for one, size in zip(found, sizes, strict=True)))
        clock.append(time.perf_counter())
        work.append(_seconds())
        size = sum(_memory(process) for process in _processes()) / 1e6
    clock.append(time.perf_counter())
    return [after - before for before, after in pairwise(clock)], (work[1] - work[0], work[2] - work[1]), size


def setting(found: list[Picture], rows: int = 400) -> Iterator[str]:
    """The product's own way: drawn, then set as PDF, as pages for a preview, and as PNG for Word."""
    tall = [one for one in found if one.size[1] <= 900]
    row = ("机关第一党支部", "24", "22", "92%")
    table = Table("各单位情况", ("单位", "应开展", "已开展", "完成率"), (row,) * rows, (False, True, True, True))
    text = "本报告由台账汇总生成，数字与系统页面一致。提示供核实，不是结论；缺报的月份不当作零。" * 4
    blocks = [block for one in tall for block in (Heading(one.caption, 2), Paragraph(text), one)]
    document = Document("年度分析报告", "全部单位", "2025年12月31日", "zh", (Heading("总体"), *blocks, Heading("附表"), table))
    begun = time.perf_counter()
    document = pictures.drawn(document)
    yield f"drawn: {len(tall)} pictures {time.perf_counter() - begun:.1f} s"
    for name, work in (
        ("PDF", lambda: pdf(document)),
        ("preview", lambda: pages(document)),
        ("PDF without pictures", lambda: pdf(replace(document, blocks=(Heading("附表"), table)))),
        ("PNG of each picture, 220 dpi", lambda: [pictures.png(one.svg, 156) for one in document.pictures]),
    ):
        begun = time.perf_counter()
        made = work()
        size = len(made) if isinstance(made, bytes) else sum(map(len, made))
        yield f"{name}: {time.perf_counter() - begun:.2f} s, {size / 1e6:.2f} MB, load {os.getloadavg()[0]:.0f}"
    yield f"peak of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB"


def _processes() -> list[int]:
    """All that this process started, and what they started."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        fields = _read(path).rsplit(")", 1)[-1].split()
        if fields:
            children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, todo = [], [os.getpid()]
    while todo:
        todo += (inner := children.get(todo.pop(), []))
        found += inner
    return found


def _seconds() -> float:
    """Processor seconds of this process and of all that it started."""
    ticks = 0
    for process in (os.getpid(), *_processes()):
        ticks += sum(map(int, _read(Path(f"/proc/{process}/stat")).rsplit(")", 1)[-1].split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> int:
    """Its share of memory in bytes."""
    sizes = [line.split()[1] for line in _read(Path(f"/proc/{process}/smaps_rollup")).splitlines() if line.startswith("Pss:")]
    return 1024 * sum(map(int, sizes))


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
