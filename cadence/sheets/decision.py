"""A table in; what it was taken for out: its kind and columns with a confidence each, or why it is refused."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from cadence.sheets import asking, matching, missing, personal, recognise, refusals, wide
from cadence.sheets.contracts import contracts
from cadence.sheets.reading import Context, Question
from cadence.sheets.recognise import Recognised, Scene
from cadence.sheets.stated import Stated, stated
from cadence.sheets.tables import Table
from cadence.sheets.values import Setting
from cadence.sheets.vocabulary import plain
from cadence.words import Message

LEAST_FIT = 0.55
LEAST_ASKED = 0.45
TO_FILL = re.compile(r"^待填写：((?:、?“[^”]+”)+)")
"""A line above the header of our own templates; it names columns and says nothing of the table."""


@dataclass
class Decision:
    """One table, what stands around it, and what it was taken for; `refusal` says why nothing of it is read.

    `question` is the one that has to be answered before anything is read. `layout` is the signature of its headers; `remembered`
    says that somebody once mapped tables with these headers by hand, and that this one is read as they said.
    """

    table: Table
    place: str
    stated: Stated
    recognised: Recognised
    refusal: Message | None = None
    question: Question | None = None
    layout: str = ""
    remembered: bool = False


def decide(file: str, sheet: str, table: Table, context: Context, shape: str | None = None) -> Decision:
    """What a table of a sheet is, and whether it can be read as that; `shape` is the only kind that tables of its shape are."""
    signature = layout_of(table)
    if layout := context.layouts.get(signature):
        told = {f"column:{header}": field for header, field in layout.columns.items()}
        context = replace(context, kind=layout.kind or context.kind, answers={**context.answers, **told})
    scene = scene_of(file, sheet, table, replace(context, kind=context.kind or shape))
    decision = Decision(
        table, f"{file}#{sheet}", scene.stated, Recognised(), layout=signature, remembered=bool(layout and (layout.kind or told))
    )
    if refusal := refusals.by_titles([*scene.texts, file], table.headers):
        decision.refusal = refusal
        return decision
    found = decision.recognised = understand(table, scene, decision.place)
    if context.kind is None and (refusal := not_ours(table, found, scene.texts)):
        decision.refusal = refusal
    elif found.missing:
        decision.question = missing.ask(found, decision.place, context, len(table.numbers))
        if decision.question is None:
            decision.refusal = lacking(found)
    return decision


def lacking(found: Recognised) -> Message:
    """Why a table of a known kind cannot be read: what it lacks is nothing that could be asked."""
    if found.parts[0].counted and "held_on" in found.missing:
        return refusals.totals()
    kind = contracts()[found.kind]
    return refusals.lacking(kind.title, [kind.fields[name].title for name in found.missing])


def layout_of(table: Table) -> str:
    """The signature of a table's headers, the same in every file of that layout."""
    texts = "\n".join(plain(header.text) for header in table.headers if header.text)
    return hashlib.blake2b(texts.encode(), digest_size=8).hexdigest()


def scene_of(file: str, sheet: str, table: Table, context: Context) -> Scene:
    """What stands around a table: titles, names, and what they state."""
    titles = [title for title in table.titles if not TO_FILL.match(title)]
    told = stated(titles, sheet, file, context.units)
    setting = Setting(context.today, asking.year(told, context.answers, f"{file}#{sheet}"))
    return Scene(context, told, [sheet, *titles], file, setting)


def understand(table: Table, scene: Scene, place: str) -> Recognised:
    """What the table is: a summary sheet if it has the shape of one, else the contract that fits best."""
    columns, dropped = matching.columns_of(table)
    found = wide.spread(columns, scene)
    if found is None or found.missing:
        plainly = recognise.choose(table, columns, scene)
        found = plainly if found is None or (plainly.confidence > found.confidence and not plainly.missing) else found
    missing.fill(found, place, scene.context)
    taken = {match.header.index for match in found.matches.values()}
    taken |= {
        header.index for part in found.parts for header in [*part.columns.values(), *part.steps.values(), part.counted] if header
    }
    serial = {
        header.index
        for header in table.headers
        if matching.serial(header) and matching.serial(header, table.column(header).distinct)
    }
    rest = [header for header in table.headers if header.text and header.index not in taken | serial and header not in dropped]
    found.dropped = dropped + [header for header in rest if personal.names_people(header.text, table.column(header))]
    found.unmapped = [header.text for header in rest if header not in found.dropped]
    return found


def not_ours(table: Table, recognised: Recognised, texts: list[str]) -> Message | None:
    """Why a table is none of the seven kinds, or None."""
    matched = len(recognised.matches)
    total = sum(1 for header in table.headers if header.text)
    least = LEAST_ASKED if attendance_without_type(recognised) else LEAST_FIT
    known = recognised.kind is not None and recognised.confidence >= least and len(recognised.missing) <= 1
    if recognised.kind == "units" and not recognised.parts[0].counted:
        known = known and (recognised.confidence >= 0.75 or (matched >= 3 and matched >= 0.4 * total))
        if refusal := refusals.people(texts, table.headers):
            return refusal
    if known and (matched >= 0.3 * total or recognised.confidence >= 0.75):
        return None
    refusal = refusals.people(texts, table.headers) or refusals.unknown(
        [header for header in table.headers if header.text], texts[0]
    )
    if not known:
        recognised.kind = None
    return refusal


def attendance_without_type(recognised: Recognised) -> bool:
    """Whether a table says when a unit met and how many came, and only not what for: worth a question."""
    told = {"expected", "attended", "leave", "host"} & set(recognised.matches)
    return recognised.kind == "activities" and recognised.missing == ("type",) and bool(told)
