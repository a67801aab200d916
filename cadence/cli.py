"""The command line: the same functions as the pages, for scripts and for those who prefer to type.

Everything that is printed for machines (`--json`) goes to standard output; messages for people go to standard error.
Exit codes: 0 done, 1 nothing could be done (the message says why), 2 the call itself was wrong.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cadence import batches, catalogue, engine, queries, rules, selection, settings, store, templates, words
from cadence.sheets import Context, FileReading, as_json, explained, open_files, read_opened
from cadence.sheets.contracts import contracts

app = typer.Typer(
    help="Cadence 节拍: from activity ledgers to honest pictures of their rhythm.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)

Files = Annotated[
    list[Path], typer.Argument(help="Spreadsheets (.xlsx .xls .ods .csv), as the office keeps them.", show_default=False)
]
Database = Annotated[str | None, typer.Option(help="The DuckDB file. Default: the setting `database`.", show_default=False)]
Kind = Annotated[str | None, typer.Option(help=f"Take every table as this kind: {', '.join(contracts())}.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
Scope = Annotated[
    str,
    typer.Option(help="update: changed rows supersede; add: only new rows; replace: stored rows that the files miss go as well."),
]
Clashes = Annotated[
    str, typer.Option(help="Rows alike (same unit, kind and day, another topic): both stay, the new one, or the old one.")
]
By = Annotated[str | None, typer.Option(help="Who does this, for the history. Default: the account.", show_default=False)]
Language = Annotated[str | None, typer.Option(help="zh or en. Default: the setting `language`.", show_default=False)]


class Failed(Exception):
    """Something a user can act on went wrong; the text says what."""


def guarded(command: Callable) -> Callable:
    """A command whose foreseen errors become one line on standard error and exit code 1."""

    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except (
            Failed,
            settings.SettingError,
            store.StoreError,
            selection.SelectionError,
            batches.BatchError,
            templates.TemplateError,
            rules.RuleError,
            queries.QueryError,
            queries.SlowQuery,
        ) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None

    return run


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
    here = _start(language)
    opened = _open(here, database)
    readings = batches.read(opened, _contents(files), _kind(kind))
    receipt = batches.commit(opened, readings, by, here.profile, _choice(scope, clashes))
    if json_:
        _print({**as_json(readings), "batch": receipt.batch, **vars(receipt.counts)})
        return
    _report(readings)
    if receipt.batch is None:
        typer.echo(words.say("没有新增或变更的行，未写入"))
    else:
        typer.echo(words.say("第{batch}批：{counts}", batch=receipt.batch, counts=batches.summary(receipt.counts)))


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
    here = _start(language)
    opened = _open(here, database)
    if explain:
        _explain(opened, _contents(files), _kind(kind), json_)
        return
    readings = batches.read(opened, _contents(files), _kind(kind))
    counts = batches.preview(opened, readings).counts
    if json_:
        _print({**as_json(readings), **vars(counts)})
        return
    _report(readings)
    typer.echo(words.say("如果导入：{counts}", counts=batches.summary(counts)))


@app.command()
@guarded
def ask(
    indicator: Annotated[str, typer.Argument(help="Id of an indicator; see docs/indicators.md.", show_default=False)],
    start: Annotated[
        str | None, typer.Option("--from", help="2024, 2024Q3, 2024-03 or a day; widened to whole months.", show_default=False)
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="The same, for the end.", show_default=False)] = None,
    unit: Annotated[str, typer.Option(help="Count this unit and everything below it. Default: all.")] = "",
    kinds: Annotated[
        list[str] | None, typer.Option("--type", help="Count this kind of activity; may be repeated. Default: all.")
    ] = None,
    preset: Annotated[str, typer.Option(help="List of sync steps: five or six.")] = "five",
    activity: Annotated[str, typer.Option(help="Id of an activity, for `activity_source`.")] = "",
    database: Database = None,
    json_: AsJson = False,
    language: Language = None,
) -> None:
    """Answer one indicator, as the pages show it."""
    here = _start(language)
    opened = _open(here, database)
    frame = queries.ask(
        opened, indicator, {**_selection(opened, start, until, unit, kinds or [], preset).params, "activity": activity}
    )
    entry = catalogue.entry(indicator)
    if json_:
        _print(
            {
                "indicator": indicator,
                "question": words.say(entry.question),
                "rows": json.loads(frame.to_json(orient="records", date_format="iso", force_ascii=False)),
            }
        )
        return
    typer.echo(words.say(entry.question))
    typer.echo(catalogue.translated(frame).to_string(index=False) if len(frame) else words.say("没有符合条件的数据"))


@app.command("batches")
@guarded
def batches_(database: Database = None, json_: AsJson = False, language: Language = None) -> None:
    """List the batches imported so far, newest first."""
    here = _start(language)
    history = batches.history(_open(here, database))
    if json_:
        _print({"batches": json.loads(history.to_json(orient="records", date_format="iso", force_ascii=False))})
    else:
        typer.echo(history.to_string(index=False) if len(history) else words.say("还没有导入过任何批次"))


@app.command()
@guarded
def undo(
    batch: Annotated[int, typer.Argument(help="Number of the batch, as `batches` lists it.", show_default=False)],
    database: Database = None,
    by: By = None,
    language: Language = None,
) -> None:
    """Take a batch back; what stood before it counts again."""
    here = _start(language)
    batches.undo(_open(here, database), batch, here.profile, by)
    typer.echo(words.say("第{batch}批已撤销", batch=batch))


@app.command()
@guarded
def redo(
    batch: Annotated[int, typer.Argument(help="Number of an undone batch, as `batches` lists it.", show_default=False)],
    database: Database = None,
    by: By = None,
    language: Language = None,
) -> None:
    """Bring an undone batch back; its rows count again."""
    here = _start(language)
    batches.redo(_open(here, database), batch, here.profile, by)
    typer.echo(words.say("第{batch}批已恢复", batch=batch))


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

    _start(language)
    paths = write(directory) if seed is None else write(directory, seed)
    typer.echo(words.say("已写入 {n} 个文件：{directory}", n=len(paths), directory=directory))


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
    here = _start(language)
    kind, today = _kind(kind, "KIND"), dt.date.today()
    if quarter is not None and not from_last:
        raise Failed("--quarter says which quarter to start; it needs --from-last")
    day = _quarter(quarter) if quarter else today
    opened = _open(here, database)
    if from_last:
        content = templates.from_last(opened, kind, day, today=today)
    else:
        content = templates.blank(kind, units=sorted(batches.known_units(opened)), today=today)
    path = out or Path(templates.name(kind, day if from_last else None))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Failed(words.say("“{path}”无法写入：{reason}", path=path, reason=error.strerror)) from error
    typer.echo(words.say("已写入 {path}", path=path))


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
@guarded
def serve(context: typer.Context) -> None:
    """Start the pages, under the setting `base_path`; further options go to `streamlit run`."""
    here = _start(None)
    base = ["--server.baseUrlPath", here.base_path] if here.base_path else []
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(settings.HOME / "app.py"), *base, *context.args])


def _start(language: str | None) -> settings.Settings:
    here = settings.load()
    if language is not None and language not in words.LANGUAGES:
        raise Failed(f"--language is “{language}”; expected one of {', '.join(words.LANGUAGES)}")
    words.speak(language or here.language)
    return here


def _contents(files: Sequence[Path]) -> list[tuple[str, bytes]]:
    for path in files:
        if not path.is_file():
            raise Failed(words.say("文件不存在：{path}", path=path))
    return [(path.name, path.read_bytes()) for path in files]


def _explain(opened: store.Store, files: Sequence[tuple[str, bytes]], kind: str | None, json_: bool) -> None:
    context = Context(dt.date.today(), batches.known_units(opened), kind, salt=batches.salt(opened))
    books = open_files(files)
    found = explained.explain(books, read_opened(files, books, context), context)
    if json_:
        _print({"files": found})
        return
    for line in explained.lines(found):
        typer.echo(line)


def _kind(kind: str | None, place: str = "--kind") -> str | None:
    if kind is not None and kind not in contracts():
        raise Failed(f"{place} is “{kind}”; expected one of {', '.join(contracts())}")
    return kind


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


def _open(here: settings.Settings, database: str | None) -> store.Store:
    return engine.ready(store.open(database or here.database), here.profile)


def _selection(
    opened: store.Store, start: str | None, until: str | None, unit: str, kinds: list[str], preset: str
) -> selection.Selection:
    months = queries.ask(opened, "months_covered", {})["month"]
    if start or until:
        first = selection.period(start or until or "")
        last = selection.period(until or start or "")
    else:
        year = months.max().year if len(months) else 2000
        first = last = selection.period(str(year))
    if first.start > last.until:
        raise Failed(words.say("期间“{value}”的开始晚于结束", value=f"{first.start}..{last.until}"))
    if preset not in rules.presets()["sync"]:
        raise Failed(f"--preset is “{preset}”; expected one of {', '.join(rules.presets()['sync'])}")
    if unknown := [kind for kind in kinds if kind not in rules.types()]:
        raise Failed(f"--type is “{unknown[0]}”; expected one of {', '.join(rules.types())}")
    units = selection.subtree(queries.ask(opened, "unit_tree", {}), unit)
    return selection.Selection(
        selection.Period(first.start, last.until), units, selection.known_types(kinds, tuple(rules.types())), preset
    )


def _print(value: Any) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


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
