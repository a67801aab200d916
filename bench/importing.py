"""One import measured: a made ledger in; seconds beside a floor, and peak memory beside the bytes of its cell texts, out."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from cadence import batches, catalogue, charts, engine, queries, rules, selection
from cadence.sheets import Context, cells, open_files, read_opened
from cadence.store import Store

YEAR = "2024"
CELL_TEXT = re.compile(rb"<(?:t|v)(?: [^>]*)?>([^<]*)</")


def bare_workbook(content: bytes) -> None:
    """The floor of a workbook: python-calamine into lists of Python values."""
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def bare_text(path: Path) -> None:
    """The floor of a text file: DuckDB's own reader into a table."""
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("create table ledger as select * from read_csv($path)", {"path": str(path)})


def whole(name: str, content: bytes, stage: Callable[[str], None] = lambda stage: None) -> int:
    """From bytes to a drawn picture: read, checked, committed to a new database file, marts built, the ribbon asked and drawn.

    `stage` is called with the name of each stage when it is over.
    """
    with tempfile.TemporaryDirectory() as folder:
        store = engine.ready(Store(os.path.join(folder, "cadence.duckdb")))
        stage("empty database")
        files = [(name, content)]
        context = Context(dt.date.today(), salt=batches.salt(store))
        opened = open_files(files)
        stage("opened (child included)")
        readings = read_opened(files, opened, context)
        stage("read and checked")
        receipt = batches.commit(store, readings)
        stage("committed, marts built")
        units = tuple(queries.ask(store, "unit_tree", {})["unit"])
        asked = selection.Selection(selection.period(YEAR), units, tuple(rules.types()))
        frame = queries.ask(store, "rhythm_ribbon", asked.params)
        stage("ribbon asked")
        charts.draw(catalogue.entry("rhythm_ribbon"), frame)
        stage("ribbon drawn")
        store.close()
    if receipt.counts.fresh == 0:
        raise RuntimeError("nothing was imported; the figures would mean nothing")
    return receipt.counts.fresh


def stages(name: str, content: bytes) -> dict[str, float]:
    """Processor seconds of each stage of one import, the child's included."""
    marks = [("", sum(os.times()[:4]))]
    whole(name, content, lambda stage: marks.append((stage, sum(os.times()[:4]))))
    return {stage: at - before for (_, before), (stage, at) in itertools.pairwise(marks)}


def text_bytes(name: str, content: bytes) -> tuple[int, int]:
    """(bytes of all cell texts as the file stores them, bytes of the unpacked file): of a text file, without delimiters."""
    if name.endswith(".csv"):
        return len(content) - content.count(b",") - content.count(b"\n"), len(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(entry) for entry in archive.namelist() if entry.startswith(("xl/worksheets/", "xl/sharedStrings"))]
    return sum(len(text) for sheet in sheets for text in CELL_TEXT.findall(sheet)), sum(map(len, sheets))


def peaks(path: Path | None) -> dict[str, int]:
    """Peak resident bytes of a fresh process that imports the file (none: that only gets ready), and of its child."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.importing", *([str(path)] if path else [])], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def peak(pid: int | str = "self") -> int:
    """Peak resident bytes of a process; Linux only."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


def main(path: str | None) -> None:
    """Import one file in this process and print both peaks as JSON; without a file a ledger of ten rows: what is there anyway."""
    children = [0]
    stop = cells.Worker.stop

    def stop_seen(worker: cells.Worker) -> None:
        if worker.process is not None:
            children.append(peak(worker.process.pid))
        stop(worker)

    cells.Worker.stop = stop_seen
    if path is None:
        from bench.made import workbook

        whole("台账.xlsx", workbook(10))
    else:
        whole(f"台账{Path(path).suffix}", Path(path).read_bytes())
    print(json.dumps({"parent": peak(), "child": max(children)}))


if __name__ == "__main__":
    main(*sys.argv[1:2] or [None])
