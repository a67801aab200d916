"""Commands on what was imported before: batches, undo, redo."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from cadence import batches, words
from cadence.cli.options import AsJson, By, Database, Language, app, begin, guarded, opened_at, printed


@app.command("batches")
@guarded
def batches_(database: Database = None, json_: AsJson = False, language: Language = None) -> None:
    """List the batches imported so far, newest first."""
    here = begin(language)
    history = batches.history(opened_at(here, database))
    if json_:
        printed({"batches": json.loads(history.to_json(orient="records", date_format="iso", force_ascii=False))})
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
    here = begin(language)
    batches.undo(opened_at(here, database), batch, here.profile, by)
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
    here = begin(language)
    batches.redo(opened_at(here, database), batch, here.profile, by)
    typer.echo(words.say("第{batch}批已恢复", batch=batch))
