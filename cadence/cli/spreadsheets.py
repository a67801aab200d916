"""Commands that take spreadsheets in, or give some out: import, check, template, sample, import-simulated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from cadence import batches, selection, simulated, store, templates, words
from cadence.cli.options import (
    AsJson,
    By,
    Clashes,
    Database,
    Failed,
    Files,
    Kind,
    Language,
    Scope,
    app,
    begin,
    contents,
    guarded,
    kind_of,
    opened_at,
    printed,
    written,
)
from cadence.sheets import Context, FileReading, as_json, explained, open_files, read_opened
from cadence.sheets.contracts import contracts


@app.command("import")
@guarded
def import_(
    files: Files,
    database: Database = None,
    kind: Kind = None,
    scope: Scope = "update",
    clashes: Clashes = "both",
    by: By = None,
    json_: AsJson = False,
    language: Language = None,
) -> None:
    """Import spreadsheets as one batch.

    All accepted rows and the rebuilt figures become visible together, or nothing does. Rows with an error are kept out and
    listed; the others go in. Nothing is written where nothing is new or changed.
    """
    here = begin(language)
    opened = opened_at(here, database)
    readings = batches.read(opened, contents(files), kind_of(kind))
    receipt = batches.commit(opened, readings, by, here.profile, _choice(scope, clashes))
    if json_:
        printed({**as_json(readings), "batch": receipt.batch, **vars(receipt.counts)})
        return
    _report(readings)
    _done(receipt)


@app.command()
@guarded
def check(
    files: Files,
    database: Database = None,
    kind: Kind = None,
    json_: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say what every step of the reading made of each sheet.")] = False,
    language: Language = None,
) -> None:
    """Read spreadsheets and say what an import would do, without doing it."""
    here = begin(language)
    opened = opened_at(here, database)
    if explain:
        _explain(opened, contents(files), kind_of(kind), json_)
        return
    readings = batches.read(opened, contents(files), kind_of(kind))
    counts = batches.preview(opened, readings).counts
    if json_:
        printed({**as_json(readings), **vars(counts)})
        return
    _report(readings)
    typer.echo(words.say("如果导入：{counts}", counts=batches.summary(counts)))


@app.command("import-simulated")
@guarded
def import_simulated(
    directory: Annotated[
        Path, typer.Argument(help="Holds activities.csv, branches.csv … of a simulated system.", show_default=False)
    ],
    database: Database = None,
    by: By = None,
    language: Language = None,
) -> None:
    """Import a simulated system of organs, as `bench/simulate.py` writes it, as one batch."""
    here = begin(language)
    receipt = batches.commit(opened_at(here, database), simulated.read(directory), by, here.profile)
    _done(receipt)


@app.command()
@guarded
def template(
    kind: Annotated[str, typer.Argument(help=f"Kind of spreadsheet: {', '.join(contracts())}.", show_default=False)],
    from_last: Annotated[bool, typer.Option("--from-last", help="Start from what stands for the quarter before.")] = False,
    quarter: Annotated[
        str | None, typer.Option(help="With --from-last, the quarter to fill in: 2026Q4. Default: this one.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to write it. Default: its own name, in this folder.", show_default=False)
    ] = None,
    database: Database = None,
    language: Language = None,
) -> None:
    """Write an .xlsx to fill in: blank, or the quarter's starting point in the layout of the last file.

    A template is an offer, no duty: ledgers that an office already keeps are imported as they are.
    """
    here = begin(language)
    kind, today = kind_of(kind, "KIND"), dt.date.today()
    if quarter is not None and not from_last:
        raise Failed("--quarter says which quarter to start; it needs --from-last")
    day = _quarter(quarter) if quarter else today
    opened = opened_at(here, database)
    if from_last:
        content = templates.from_last(opened, kind, day, today=today)
    else:
        content = templates.blank(kind, units=sorted(batches.known_units(opened)), today=today)
    written(out or Path(templates.name(kind, day if from_last else None)), content)


@app.command()
@guarded
def sample(
    directory: Annotated[
        Path, typer.Argument(help="Where to write the spreadsheets; made where it does not exist.", show_default=False)
    ],
    seed: Annotated[int | None, typer.Option(help="Another seed makes another office.", show_default=False)] = None,
    language: Language = None,
) -> None:
    """Write the spreadsheets of the invented sample office."""
    from cadence.sample import write

    begin(language)
    paths = write(directory) if seed is None else write(directory, seed)
    typer.echo(words.say("已写入 {n} 个文件：{directory}", n=len(paths), directory=directory))


def _done(receipt: batches.Receipt) -> None:
    if receipt.batch is None:
        typer.echo(words.say("没有新增或变更的行，未写入"))
    else:
        typer.echo(words.say("第{batch}批：{counts}", batch=receipt.batch, counts=batches.summary(receipt.counts)))


def _explain(opened: store.Store, files: Sequence[tuple[str, bytes]], kind: str | None, json_: bool) -> None:
    context = Context(dt.date.today(), batches.known_units(opened), kind, salt=batches.salt(opened))
    books = open_files(files)
    found = explained.explain(books, read_opened(files, books, context), context)
    if json_:
        printed({"files": found})
        return
    for line in explained.lines(found):
        typer.echo(line)


def _choice(scope: str, clashes: str) -> batches.Choice:
    for option, value, known in (("scope", scope, batches.SCOPES), ("clashes", clashes, batches.CLASHES)):
        if value not in known:
            raise Failed(f"--{option} is “{value}”; expected one of {', '.join(known)}")
    return batches.Choice(scope, clashes)


def _quarter(text: str) -> dt.date:
    found = selection.period(text)
    if "Q" not in found.id:
        raise Failed(f"--quarter is “{text}”; expected a quarter such as 2026Q4")
    return found.start


def _report(readings: Sequence[FileReading]) -> None:
    """Per sheet what it was taken for, and every problem with its place."""
    for file in as_json(readings)["files"]:
        for sheet in file["sheets"]:
            kind = words.say(contracts()[sheet["kind"]].title) if sheet["kind"] else "-"
            verdict = f"{words.say(VERDICTS[sheet['verdict']])} · {sheet['accepted']}/{sheet['rows']}"
            typer.echo(f"{file['file']} [{sheet['sheet']}] {kind} · {verdict}")
            if sheet.get("reason"):
                typer.echo(f"    {sheet['reason']}")
            for problem in [*sheet["rejected"], *sheet.get("warnings", [])]:
                typer.echo(f"    {problem['column'] or ''}{problem['row'] or ''}  {problem['reason']}")
            for question in sheet["questions"]:
                typer.echo(f"    ? {question['text']}")


VERDICTS = {"import": "可导入", "import_with_questions": "可导入，有待确认事项", "empty_template": "空表", "refuse": "不能导入"}
