"""Small activity ledgers as (name, bytes), the way an upload hands them over."""

from __future__ import annotations

import datetime as dt

from tests.sheets.books import xlsx

HEADER = ["党支部", "活动类型", "活动日期", "主题", "应到", "实到"]
MARCH = ["第一党支部", "主题党日", dt.date(2024, 3, 5), "春训", 10, 9]
APRIL = ["第一党支部", "党课", dt.date(2024, 4, 9), "讲规矩", 10, 8]
IMPOSSIBLE = ["第一党支部", "党课", "2024-02-31", "写错的日期", 10, 8]
OTHER = ["第二党支部", "主题党日", dt.date(2024, 3, 6), "植树", 6, 6]


def ledger(*rows: list, name: str = "台账.xlsx", title: str = "") -> tuple[str, bytes]:
    """An .xlsx with these rows below the header, and a title above it where one is given."""
    return name, xlsx({"台账": ([*([[title]] if title else []), HEADER, *rows], ())})


def attended(row: list, people: int) -> list:
    """The same activity with another count of people who came."""
    return [*row[:-1], people]
