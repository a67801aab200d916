"""Progress of tasks spread over columns: quarters above, one row a task; one part for each quarter out."""

from __future__ import annotations

from datetime import date

from cadence.sheets.amounts import read_share
from cadence.sheets.contracts import contracts
from cadence.sheets.matching import Column
from cadence.sheets.quarters import quarter_in
from cadence.sheets.recognise import Part, Recognised, Scene, base, settled
from cadence.sheets.values import Setting
from cadence.sheets.vocabulary import plain
from cadence.sheets.wide_scores import QUARTERS

LEAST = 2


def quarters(columns: list[Column], scene: Scene) -> Recognised | None:
    """Task × quarters of progress, in the one year that is stated; an empty cell is no record."""
    quarterly = [column for column in columns if QUARTERS.match(plain(column.header.own)) and quarter_in(plain(column.header.own))]
    shares = [cell for column in quarterly for cell in column.sample]
    if len(quarterly) < LEAST or not scene.setting.year or not shares or not all(sharelike(cell) for cell in shares):
        return None
    matches = base("tasks", columns, {column.header.index for column in quarterly}, scene)
    matches = {name: match for name, match in matches.items() if name not in ("quarter", "progress", "score")}
    if "task" not in matches or "unit" not in matches:
        return None
    parts = []
    for column in quarterly:
        fields = {name: match.header for name, match in matches.items()} | {"progress": column.header}
        start = date(scene.setting.year, 3 * quarter_in(plain(column.header.own)) - 2, 1)
        parts.append(Part("tasks", fields, {"quarter": start}, each="progress"))
    return settled("tasks", parts, matches, {"quarter": quarterly[0].header, "progress": quarterly[0].header})


def sharelike(cell: object) -> bool:
    """Whether a cell can be a share of a task done, or says that there is none."""
    return not read_share(contracts()["tasks"].fields["progress"], cell, Setting(date.today())).reason
