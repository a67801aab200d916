"""The command that lists what was noted about units, findings and charts."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from cadence import queries, words
from cadence.cli.options import AsJson, Database, Language, app, begin, guarded, opened_at, printed


@app.command("notes")
@guarded
def notes_(
    unit: Annotated[str, typer.Option(help="Only notes of this unit. Default: all.")] = "",
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Also list notes that were withdrawn, by whom and when.")] = False,
    database: Database = None,
    json_: AsJson = False,
    language: Language = None,
) -> None:
    """List the notes pinned to units, findings and charts, newest first."""
    here = begin(language)
    found = queries.run(
        opened_at(here, database),
        """
        select note, unit, starts_on, ends_on, pattern, indicator, text, noted_by, noted_at, withdrawn_by, withdrawn_at
        from raw.notes
        where ($unit = '' or unit = $unit) and ($withdrawn or withdrawn_at is null)
        order by noted_at desc, note desc
        """,
        {"unit": unit, "withdrawn": withdrawn},
    )
    if json_:
        printed({"notes": json.loads(found.to_json(orient="records", date_format="iso", force_ascii=False))})
    else:
        typer.echo(found.to_string(index=False) if len(found) else words.say("还没有备注"))
