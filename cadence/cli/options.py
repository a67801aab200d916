"""What all commands share: their options, the database they open, and foreseen errors as one line on standard error."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cadence import batches, engine, queries, rules, selection, settings, simulated, store, templates, words
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
Language = Annotated[
    str | None, typer.Option("--language", "--lang", help="zh or en. Default: the setting `language`.", show_default=False)
]


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
            simulated.SimulatedError,
            queries.QueryError,
            queries.SlowQuery,
        ) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None

    return run


def begin(language: str | None) -> settings.Settings:
    """Speak the language asked for; the settings of this installation. Raises Failed."""
    here = settings.load()
    if language is not None and language not in words.LANGUAGES:
        raise Failed(f"--language is “{language}”; expected one of {', '.join(words.LANGUAGES)}")
    words.speak(language or here.language)
    return here


def contents(files: Sequence[Path]) -> list[tuple[str, bytes]]:
    """(name, bytes) of each file. Raises Failed where one is not there."""
    for path in files:
        if not path.is_file():
            raise Failed(words.say("文件不存在：{path}", path=path))
    return [(path.name, path.read_bytes()) for path in files]


def kind_of(kind: str | None, place: str = "--kind") -> str | None:
    """The kind of spreadsheet that an option or argument names. Raises Failed."""
    if kind is not None and kind not in contracts():
        raise Failed(f"{place} is “{kind}”; expected one of {', '.join(contracts())}")
    return kind


def opened_at(here: settings.Settings, database: str | None) -> store.Store:
    """The database with figures that are up to date: the one named, or that of the settings."""
    return engine.ready(store.open(database or here.database), here.profile)


def written(path: Path, content: bytes, makes_folder: bool = False) -> None:
    """A file at a path, said on standard output; `makes_folder` where there may be none for it yet. Raises Failed."""
    try:
        if makes_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise Failed(words.say("“{path}”无法写入：{reason}", path=path, reason=error.strerror)) from error
    typer.echo(words.say("已写入 {path}", path=path))


def selected(
    opened: store.Store, start: str | None, until: str | None, unit: str, kinds: list[str], preset: str, stale_forms: str
) -> selection.Selection:
    """What a call asks with; without a time, the newest year handed in. Raises Failed, SelectionError."""
    months = queries.ask(opened, "months_covered", {})["month"]
    if start or until:
        first = selection.period(start or until or "")
        last = selection.period(until or start or "")
    else:
        year = months.max().year if len(months) else 2000
        first = last = selection.period(str(year))
    if first.start > last.until:
        raise Failed(words.say("期间“{value}”的开始晚于结束", value=f"{first.start}..{last.until}"))
    for option, given, lists in (("preset", preset, "sync"), ("stale-forms", stale_forms, "stale_forms")):
        if given not in rules.presets()[lists]:
            raise Failed(f"--{option} is “{given}”; expected one of {', '.join(rules.presets()[lists])}")
    if unknown := [kind for kind in kinds if kind not in rules.types()]:
        raise Failed(f"--type is “{unknown[0]}”; expected one of {', '.join(rules.types())}")
    units = selection.subtree(queries.ask(opened, "unit_tree", {}), unit)
    return selection.Selection(
        selection.Period(first.start, last.until),
        units,
        selection.known_types(kinds, tuple(rules.types())),
        preset,
        stale_forms,
    )


def printed(value: Any) -> None:
    """A value as JSON on standard output."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")
