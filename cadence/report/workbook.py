"""A store and what was asked for in; the tables of data behind a report out, as an .xlsx: one sheet per indicator."""

from __future__ import annotations

from cadence import answers, catalogue, files, selection, tables
from cadence.answers import Answer
from cadence.files import Sheet
from cadence.report.compose import Request, scope, title
from cadence.report.outline import outlines
from cadence.store import Store
from cadence.words import say

BEHIND = ("unit_bands", "units_overview", "coverage_map")
"""What every workbook holds besides the indicators of its report: where each unit stands, and what was handed in."""


def workbook(store: Store, request: Request) -> bytes:
    """Every indicator of the report with all its columns and digits; what could not be answered stands on the first sheet."""
    answers.remember()
    ids = dict.fromkeys([*request.outline.indicators, *BEHIND])
    found = [answers.answer(store, id, request.asked) for id in ids]
    told = [
        (say("名称"), say("{title}：数据附表", title=title(request))),
        (say("范围"), scope(request)),
        (say("数据日期"), outlined(store)),
        *((say("未能回答"), f"{say(answer.entry.title)}：{answer.withheld}") for answer in found if answer.withheld),
    ]
    return files.workbook(say("目录"), told, [_sheet(answer, request) for answer in found if not answer.withheld])
