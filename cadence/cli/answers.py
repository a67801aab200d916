"""Commands that ask: one indicator, the findings of rhythm, the warnings as of a day."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from cadence import catalogue, findings, queries, rhythm, words
from cadence.cli.options import AsJson, Database, Failed, Language, app, begin, guarded, opened_at, printed, selected, written


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
    stale_forms: Annotated[str, typer.Option(help="List of stale forms: lecture (L13) or meeting (L20).")] = "lecture",
    activity: Annotated[str, typer.Option(help="Id of an activity, for `activity_source`.")] = "",
    database: Database = None,
    json_: AsJson = False,
    language: Language = None,
) -> None:
    """Answer one indicator, as the pages show it."""
    here = begin(language)
    opened = opened_at(here, database)
    chosen = selected(opened, start, until, unit, kinds or [], preset, stale_forms)
    frame = queries.ask(opened, indicator, {**chosen.params, "activity": activity})
    entry = catalogue.entry(indicator)
    if json_:
        printed(
            {
                "indicator": indicator,
                "question": words.say(entry.question),
                "rows": json.loads(frame.to_json(orient="records", date_format="iso", force_ascii=False)),
            }
        )
        return
    typer.echo(words.say(entry.question))
    typer.echo(catalogue.translated(frame).to_string(index=False) if len(frame) else words.say("没有符合条件的数据"))


Out = Annotated[Path, typer.Option("--out", help="The .csv to write.", show_default=False)]
FLAGS = [
    "branch_id", "organ_id", "year", "pattern", "span",
    "n", "k", "expected", "effect", "low", "high", "p", "q", "score", "level", "flagged",
]  # fmt: skip
AsOf = Annotated[str | None, typer.Option("--as-of", help="Judge by what was held and recorded until this day: 2026-09-30.")]


@app.command()
@guarded
def flags(
    out: Out,
    year: Annotated[
        int | None, typer.Option(help="Only this year. Default: every year with activities.", show_default=False)
    ] = None,
    as_of: AsOf = None,
    monthly: Annotated[
        Path | None,
        typer.Option(help="Judge this .csv of monthly counts (unit, month, count) instead of the database.", show_default=False),
    ] = None,
    database: Database = None,
    language: Language = None,
) -> None:
    """Write the findings of rhythm as a .csv: one row per unit, organ or system, year and pattern.

    Columns: branch_id (the unit; empty where the row is of an organ), organ_id, year, pattern, span, n, k, expected, effect, low,
    high, p, q, score, level, flagged; what they hold: docs/statistics.md.
    """
    here = begin(language)
    if monthly is not None:
        found = series(monthly)
        _csv(found[found["year"] == year] if year else found, out)
        return
    day, opened = day_of(as_of), opened_at(here, database)
    if day is None:
        found = queries.run(opened, "select * from marts.findings where $year is null or year = $year", {"year": year})
    else:
        with opened.cursor() as cursor:
            found = findings.as_of(cursor, day, None if year is None else [year])
    told = found.assign(branch_id=found["unit"].where(found["scope"] == "unit"), organ_id=found["organ"])
    _csv(told.assign(flagged=found["flagged"].astype(int))[FLAGS], out)


@app.command()
@guarded
def warn(
    out: Out,
    as_of: Annotated[str | None, typer.Option("--as-of", help="The day, 2026-09-30. Default: today.")] = None,
    database: Database = None,
    language: Language = None,
) -> None:
    """Write the early warnings as a .csv: per unit its plan, what is due, what was done, and whether the pace suffices."""
    opened = opened_at(begin(language), database)
    with opened.cursor() as cursor:
        found = findings.warnings(cursor, day_of(as_of) or dt.date.today())
    _csv(found.rename(columns={"unit": "branch_id", "organ": "organ_id"}), out)


def series(path: Path) -> pd.DataFrame:
    """The findings of a .csv of monthly counts. Raises Failed."""
    try:
        found = rhythm.monthly.judge(pd.read_csv(path, dtype={"unit": str, "month": str}))
    except (OSError, ValueError, KeyError) as error:
        raise Failed(f"--monthly is “{path}”: {error}; expected a .csv with the columns unit, month (2024-07) and count") from None
    return found.drop(columns="organ").rename(columns={"unit": "branch_id", "window": "span"})


def day_of(text: str | None) -> dt.date | None:
    """The day that --as-of names. Raises Failed."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Failed(f"--as-of is “{text}”; expected a day such as 2026-09-30") from None


def _csv(table: pd.DataFrame, path: Path) -> None:
    written(path, table.to_csv(index=False).encode())
