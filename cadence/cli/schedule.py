"""The command that plans: what is still due, spread evenly, as a work plan and a calendar."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from cadence import queries, schedule, selection, words
from cadence.cli.options import Database, Failed, Language, app, begin, guarded, opened_at, written
from cadence.schedule import files, span, told


@app.command("schedule")
@guarded
def schedule_(
    out: Annotated[Path, typer.Option("--out", help="The .xlsx to write, a work plan.", show_default=False)],
    start: Annotated[
        str | None,
        typer.Option("--from", help="The first day, 2026-10-01. Default: the day after the last month handed in, or today."),
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="The last day. Default: 31 December.")] = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="Write it as a calendar as well.", show_default=False)] = None,
    unit: Annotated[str, typer.Option(help="Plan for this unit and everything below it. Default: all.")] = "",
    most: Annotated[int, typer.Option(min=1, max=7, help="Activities of a unit in a week.")] = schedule.MOST,
    database: Database = None,
    language: Language = None,
) -> None:
    """Spread what is still due evenly over the weeks left, as a work plan that can be imported.

    A proposal: nothing is stored. What has no place, and why, goes to standard error.
    """
    opened = opened_at(begin(language), database)
    months = queries.ask(opened, "months_covered", {})["month"]
    if months.empty:
        raise Failed(words.say("还没有数据"))
    first, last = _days(start, until, months.max().year, months)
    units = selection.subtree(queries.ask(opened, "unit_tree", {}), unit)
    plan = schedule.even(schedule.read(opened, units, first, last), most)
    for text in (*told.impossible(plan), told.unknown(plan)):
        if text:
            typer.echo(text, err=True)
    if plan.rows.empty:
        raise Failed(words.say("到所选的那一天，所选单位没有还要开展的规定动作或计划事项。"))
    table = told.table(plan)
    typer.echo(told.sentence(plan, plan.rows["day"]))
    if not plan.is_best:
        typer.echo(words.say("在限定时间内没有算到最优，给出的是依次排入的结果；可以选定一部分单位再排。"), err=True)
    written(out, files.sheet(plan, table, dt.date.today()))
    if ics is not None:
        written(ics, files.calendar(plan, table, dt.datetime.now(dt.UTC)))


def _days(start: str | None, until: str | None, year: int, months: object) -> tuple[dt.date, dt.date]:
    """The two days asked for. Raises Failed where one is no day, or they are not two days of one year in order."""
    days: dict[str, dt.date | None] = {}
    for option, text in (("--from", start), ("--to", until)):
        try:
            days[option] = dt.date.fromisoformat(text) if text else None
        except ValueError:
            raise Failed(f"{option} is “{text}”; expected a day such as 2026-09-30") from None
    first = days["--from"] or span.usual(months, year, dt.date.today())[0]
    last = days["--to"] or dt.date(first.year, 12, 31)
    if not first <= last or first.year != last.year:
        raise Failed(f"--to is “{last}”; expected a day of {first.year} from {first} on")
    return first, last
