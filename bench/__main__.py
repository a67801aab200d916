"""`python -m bench`: what the import, the marts, the indicators and the pages cost.

Each figure is a median over a few runs and a ratio to a floor measured beside it: a bare python-calamine read for the import, a
scan of the needed columns for marts and indicators. Nothing here is a test; figures that are kept go into docs/performance.md.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bench import made
from cadence import engine, queries, rules, selection
from cadence.store import Store

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
Runs = Annotated[int, typer.Option(help="Runs of each; the median counts.")]
HARMFUL = Path(tempfile.gettempdir()) / "cadence-fuzz"
SIMULATED = Path(tempfile.gettempdir()) / "rhythm-sim"
Size = Annotated[int, typer.Option(help="Activities.")]


@app.command("import")
def import_(rows: Annotated[int, typer.Option(help="Rows of 20 columns.")] = 100_000, runs: Runs = 3) -> None:
    """From bytes to committed rows and a drawn ribbon, against a bare read: calamine of .xlsx, DuckDB of .csv; and peak memory."""
    from bench import importing

    ready = importing.peaks(None)
    for name, content in (("台账.xlsx", made.workbook(rows)), ("台账.csv", made.text(rows))):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"ledger{Path(name).suffix}"
            path.write_bytes(content)
            texts, unpacked = importing.text_bytes(name, content)
            typer.echo(f"{name}: {rows:,} rows x 20 columns, {mb(len(content))}; cell texts {mb(texts)}, unpacked {mb(unpacked)}")
            is_text = name.endswith(".csv")
            floor = (
                (lambda path=path: importing.bare_text(path)) if is_text else (lambda data=content: importing.bare_workbook(data))
            )
            whole = lambda name=name, data=content: importing.whole(name, data)  # noqa: E731
            low, high = compare("bare read", floor, "committed and drawn", whole, runs)
            typer.echo(f"over 1.5 x bare + 1 s: {high - 1.5 * low - 1:+.2f} s")
            low, high = (statistics.median(processor_seconds(work) for _ in range(runs)) for work in (floor, whole))
            typer.echo(f"processor seconds, child included: bare {low:.2f}, whole {high:.2f}, ratio {high / low:.2f}")
            for stage, seconds in importing.stages(name, content).items():
                typer.echo(f"    {stage:<28} {seconds:6.2f} processor seconds")
            found = importing.peaks(path)
            for process in ("parent", "child") if found["child"] else ("parent",):
                above = found[process] - ready[process]
                typer.echo(
                    f"{process}: peak {mb(found[process])}, {mb(above)} above a ledger of ten rows, {above / texts:.1f} x texts"
                )


def processor_seconds(work: Callable[[], object]) -> float:
    """Of this process and the children that ended meanwhile; steadier than the clock on a busy machine."""
    begun = sum(os.times()[:4])
    work()
    return sum(os.times()[:4]) - begun


def mb(size: int) -> str:
    """Bytes as megabytes."""
    return f"{size / 1e6:.1f} MB"


@app.command()
def marts(activities: Size = 1_000_000, runs: Runs = 3) -> None:
    """Every fact and mart, against one scan of the columns that the sums need."""
    store = made.store(activities)
    with store.writing() as cursor:
        engine.build(cursor)

    def scan() -> object:
        with store.cursor() as cursor:
            return cursor.execute(
                """
                select sum(expected), sum(attended), sum(minutes), max(held_on), count(distinct type), max(unit)
                from raw.activities
                """
            ).fetchall()

    def build() -> None:
        with store.writing() as cursor:
            engine.build(cursor)

    compare("scan of the columns needed", scan, f"all facts and marts at {activities:,}", build, runs)
    for layer in ("facts", "marts"):
        for query in queries.layer(layer).values():
            with store.writing() as cursor:
                seconds = timed(lambda query=query, cursor=cursor: engine.create(cursor, query), 1)
            typer.echo(f"    {layer}.{query.id:<16} {seconds * 1000:8.0f} ms")


@app.command()
def indicators(activities: Size = 1_000_000, runs: Runs = 5) -> None:
    """Every indicator over one year and everything, against a count of the monthly mart."""
    store = made.store(activities)
    with store.writing() as cursor:
        engine.build(cursor)
    tree = queries.ask(store, "unit_tree", {})
    asked = selection.Selection(selection.period("2024"), tuple(tree["unit"]), tuple(rules.types()))
    floor = timed(lambda: queries.run(store, "select sum(held) from marts.monthly", {}), runs)
    typer.echo(f"{activities:,} activities, {len(tree):,} units; floor (sum over the monthly mart) {floor * 1000:.1f} ms")
    for id in queries.layer("indicators"):
        seconds = timed(lambda id=id: queries.ask(store, id, {**asked.params, "activity": ""}), runs)
        typer.echo(f"    {id:<22} {seconds * 1000:8.1f} ms   {seconds / floor:6.1f} x floor")


@app.command()
def pages(url: Annotated[str, typer.Argument(help="A running app.")] = "http://localhost:8501", runs: Runs = 5) -> None:
    """Seconds in Chromium from opening a page to its last picture, scripts cached."""
    from bench.browser import page_times

    for name, seconds in page_times(url, runs).items():
        typer.echo(f"    {name:<16} {seconds:6.2f} s")


@app.command()
def start() -> None:
    """Seconds of the first start: the sample office imported and its marts built."""
    from cadence import batches

    with tempfile.TemporaryDirectory() as folder:
        store = engine.ready(Store(os.path.join(folder, "cadence.duckdb")))
        seconds = timed(lambda: batches.import_sample(store), 1)
        files = sum(1 for path in (Path(__file__).parent.parent / "data" / "sample").rglob("*") if path.is_file())
        typer.echo(f"sample office, {files} files: {seconds:.1f} s to imported")


@app.command()
def rhythm(
    more: Annotated[list[int] | None, typer.Argument(metavar="[SEED]...", help="As --seeds, after the first.")] = None,
    seeds: Annotated[list[int] | None, typer.Option(help="One simulated system each; tune on 11 to 20, report on others.")] = None,
    branches: Annotated[int, typer.Option(help="Units of each system.")] = 6000,
    prevalence: Annotated[float, typer.Option(help="Scale of the share of rushing branch-years; 0 is none.")] = 0.6,
    folder: Annotated[Path, typer.Option(help="Where simulated systems are kept.")] = SIMULATED,
    out: Annotated[Path | None, typer.Option(help="All figures as JSON.")] = None,
) -> None:
    """What the rhythm engine finds in labelled simulated systems, against its targets. Exit code 1 if one is missed."""
    import json

    from bench import rhythm as judging

    results = [judging.system(seed, branches, prevalence, folder) for seed in [*(seeds or []), *(more or [])] or [201, 202, 203]]
    missed = 0
    for line, is_met in judging.table(results, prevalence):
        typer.echo(line)
        missed += not is_met
    if out:
        out.write_text(json.dumps(results, indent=1, ensure_ascii=False, default=float), encoding="utf-8")
    if missed:
        raise typer.Exit(1)


@app.command()
def schedule(
    units: Annotated[
        list[int] | None, typer.Option(help="Size of the invented office; may be repeated. Default: 50, 200, 500.")
    ] = None,
) -> None:
    """The level plan of the last quarter of invented offices: clock, processor seconds, peak memory."""
    from bench import schedule as planning

    planning.planned(5)
    for size in units or [50, 200, 500]:
        typer.echo(planning.planned(size))


@app.command()
def report(count: Annotated[int, typer.Option(help="Pictures of the sample office.")] = 20) -> None:
    """Pictures drawn with one, two and four tabs, as SVG and PNG; a long document set as PDF. No report is composed."""
    from bench import report as reporting

    found = reporting.figures(count)
    for tabs, format, is_kept in [(1, "svg", False), *((tabs, format, True) for format in ("svg", "png") for tabs in (1, 2, 4))]:
        typer.echo(reporting.drawing(found, tabs, format, is_kept))
    for line in reporting.setting(found):
        typer.echo(line)


@app.command()
def fuzz(
    cases: Annotated[int, typer.Option(help="Broken files.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Another seed makes other files.")] = 1,
    seconds: Annotated[float, typer.Option(help="Stop after so long; 0 is never.")] = 0,
    only: Annotated[int, typer.Option(help="Make and read this one case again.")] = -1,
    folder: Annotated[Path, typer.Option(help="Where inputs that did harm are kept.")] = HARMFUL,
) -> None:
    """Broken spreadsheets through the whole import: none may do harm. Exit code 1 if one did."""
    from bench import fuzz as fuzzing

    if only >= 0:
        typer.echo(fuzzing.once(seed, only))
        return
    counts: Counter[str] = Counter()
    read, begun = 0, time.perf_counter()
    for size, found, harms in fuzzing.run(seed, cases, seconds, folder):
        read += size
        counts += found
        typer.echo(f"\r{read:,} cases", nl=False, err=True)
        for harm in harms:
            typer.echo(harm)
    typer.echo(err=True)
    typer.echo(f"seed {seed}: {read:,} cases in {time.perf_counter() - begun:.0f} s, inputs that did harm in {folder}")
    for outcome, number in counts.most_common():
        typer.echo(f"    {number:>8,}  {outcome}")
    if counts["HARM"]:
        raise typer.Exit(1)


def compare(
    floor_name: str, floor: Callable[[], object], name: str, measured: Callable[[], object], runs: int
) -> tuple[float, float]:
    """Both in turn, and the median of the ratios pair by pair; returns both medians."""
    floor(), measured()
    pairs = [(timed(floor, 1), timed(measured, 1)) for _ in range(runs)]
    low, high = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(b / a for a, b in pairs)
    typer.echo(f"{floor_name}: {low:.2f} s\n{name}: {high:.2f} s\nratio: {ratio:.2f}")
    return low, high


def timed(work: Callable[[], object], runs: int) -> float:
    """Median wall seconds."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


if __name__ == "__main__":
    app(prog_name="python -m bench")
