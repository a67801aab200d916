"""The commands that write a report, and the template that an office can put its letterhead on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cadence import queries, selection, words
from cadence.cli.options import Database, Failed, Language, app, begin, guarded, opened_at, selected, written
from cadence.report import FORMATS, KINDS, ReportError, make, style_template
from cadence.words import Message


class _Printed:
    """Tells each step once, on standard error, and nothing of the steps within it."""

    def __init__(self) -> None:
        self.last = ""

    def step(self, done: float, text: Message) -> None:
        """A line where the step is another."""
        if text.text != self.last:
            self.last = text.text
            typer.echo(str(text), err=True)


@app.command("report")
@guarded
def report_(
    out: Annotated[Path, typer.Option("--out", help="The folder to write into; made where it is not there.", show_default=False)],
    period: Annotated[
        str | None, typer.Option(help="2024, 2024Q4, 2024-03 or 2024-03..2024-09. Default: the newest year.", show_default=False)
    ] = None,
    unit: Annotated[str, typer.Option(help="About this unit and everything below it. Default: all.")] = "",
    formats: Annotated[str, typer.Option("--format", help=f"Of {', '.join(FORMATS)}, joined by commas.")] = "docx",
    kind: Annotated[str, typer.Option(help="brief, one page; or analysis.")] = "analysis",
    compare: Annotated[str, typer.Option(help=f"Headline figures against: {', '.join(selection.COMPARISONS)}.")] = "last_year",
    preset: Annotated[str, typer.Option(help="List of sync steps: five or six.")] = "five",
    stale_forms: Annotated[str, typer.Option(help="List of stale forms: lecture (L13) or meeting (L20).")] = "lecture",
    own: Annotated[
        str, typer.Option("--template", help="The office's .docx. Default: the setting `template`.", show_default=False)
    ] = "",
    database: Database = None,
    language: Language = None,
) -> None:
    """Write the report of a unit and a time, as the pages show it: Word, PDF, and its data in Excel.

    What this machine lacks for pictures or PDF goes to standard error; the rest is written all the same.
    """
    here = begin(language)
    wanted = list(dict.fromkeys(ending.strip() for ending in formats.split(",")))
    _known("--format", wanted, FORMATS)
    _known("--kind", [kind], KINDS)
    _known("--compare", [compare], selection.COMPARISONS)
    opened = opened_at(here, database)
    if queries.ask(opened, "months_covered", {}).empty:
        raise Failed(words.say("还没有数据"))
    asked = selected(opened, period, None, unit, [], preset, stale_forms)
    try:
        made = make(opened, kind, asked, wanted, unit=unit, comparison=compare, own=own or here.template, watch=_Printed())
    except ReportError as error:
        raise Failed(str(error)) from error
    for message in made.lacking:
        typer.echo(str(message), err=True)
    for name, content in made.files.items():
        written(out / name, content, makes_folder=True)


@app.command("report-template")
@guarded
def template_(
    out: Annotated[Path, typer.Option("--out", help="The .docx to write.", show_default=False)], language: Language = None
) -> None:
    """Write the style template of reports: put the letterhead in, change the styles, and name it in the setting `template`."""
    begin(language)
    written(out, style_template(words.language()), makes_folder=True)


def _known(option: str, given: list[str], known: object) -> None:
    """Raises Failed where a value is not one of those known."""
    if unknown := [value for value in given if value not in known]:
        raise Failed(f"{option} is “{unknown[0]}”; expected one of {', '.join(known)}")
