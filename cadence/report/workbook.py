"""A store and what was asked for in; the tables of data behind a report out, as an .xlsx: one sheet per indicator."""

from __future__ import annotations

import numpy as np

from cadence import answers, catalogue, files, selection, tables
from cadence.answers import Answer
from cadence.charts import wording
from cadence.files import Sheet
from cadence.report.request import Request, scope, title
from cadence.store import Store
from cadence.words import say

BEHIND = ("unit_bands", "units_overview", "coverage_map")
"""What every workbook holds besides the indicators of its report: where each unit stands, and what was handed in."""


def workbook(store: Store, request: Request) -> bytes:
    """Every indicator of the report with all its columns and digits; what could not be answered stands on the first sheet."""
    found = [answers.answer(store, id, request.asked) for id in dict.fromkeys([*request.outline.indicators, *BEHIND])]
    told = [
        (say("名称"), say("{title}：数据附表", title=title(request))),
        (say("范围"), scope(request)),
        (say("制作日期"), wording.date(np.datetime64("today"))),
        *((say("未能回答"), f"{say(answer.entry.title)}：{answer.withheld}") for answer in found if answer.withheld),
    ]
    return files.workbook(say("目录"), told, [_sheet(answer, request) for answer in found if not answer.withheld])


def _sheet(answer: Answer, request: Request) -> Sheet:
    """An answer as it is, with what it means, how much of the selection was handed in, and the list that decides it."""
    rows, id = catalogue.translated(answer.frame), answer.entry.id
    beside = [*filter(None, [answer.coverage]), *selection.lists_used(answer.entry.options, request.asked)]
    told = [*tables.meaning(answer.entry)[1:], *([(say("覆盖"), " · ".join(beside))] if beside else [])]
    return Sheet(say(answer.entry.title), rows, [tables.title(name) for name in rows.columns], tables.shares(id), told)
