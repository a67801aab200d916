"""The command line: the same functions as the pages, for scripts and for those who prefer to type.

Everything that is printed for machines (`--json`) goes to standard output; messages for people go to standard error.
Exit codes: 0 done, 1 nothing could be done (the message says why), 2 the call itself was wrong.
"""

from __future__ import annotations

import os
import sys

import typer

from cadence import settings
from cadence.cli import answers, history, notes, report, schedule, spreadsheets
from cadence.cli.options import app, begin, guarded

__all__ = ["answers", "app", "history", "notes", "report", "schedule", "spreadsheets"]


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
@guarded
def serve(context: typer.Context) -> None:
    """Start the pages, under the setting `base_path`; further options go to `streamlit run`."""
    here = begin(None)
    base = ["--server.baseUrlPath", here.base_path] if here.base_path else []
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(settings.HOME / "app.py"), *base, *context.args])
