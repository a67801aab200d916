"""What the steps of an import call things: values of fields and causes of problems."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from cadence import catalogue
from cadence.sheets.contracts import Field
from cadence.words import Message, say

NAMED = {"activity_type": "type", "sync_steps": "step"}
"""Types of fields that hold ids, and the vocabulary that names them."""


def shown(field: Field, value: Any) -> str:
    """A stored value as a reader knows it: kinds, choices and steps by their names, days as days; empty is said."""
    if value is None or value is pd.NaT or (isinstance(value, float) and pd.isna(value)):
        return say("（空）")
    if field.type in NAMED:
        titles = catalogue.vocabulary().get(NAMED[field.type], {})
        return say("、").join(say(titles.get(id, id)) for id in str(value).split(","))
    if field.type == "choice":
        return say(catalogue.vocabulary().get(field.name, {}).get(value) or field.choices.get(value, (value,))[0])
    if field.type == "flag":
        return say("是") if value else say("否")
    if isinstance(value, (pd.Timestamp, dt.datetime)):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def generic(message: Message) -> str:
    """A message without the values of the single case: titles of fields, which are messages themselves, stay; the rest is “…”."""
    kept = {name: value if isinstance(value, Message) else "…" for name, value in message.values.items()}
    return str(Message(message.text, kept))
