"""Spreadsheets to fill in: blank ones for each kind, and a quarter begun from what the office handed in last."""

from cadence.templates.blank import blank, from_last, name
from cadence.templates.carryover import TemplateError

__all__ = ["TemplateError", "blank", "from_last", "name"]
