"""`python -m cadence`: the command line."""

from cadence.cli import app

app(prog_name="python -m cadence")
