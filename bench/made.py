"""Data of any size: a wide workbook, and a store with activities made inside DuckDB."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from cadence import rules
from cadence.store import Store

HEADERS = [
    "党支部", "活动类型", "活动日期", "活动主题", "活动形式", "地点", "计划日期", "通知日期", "登记日期", "登记人",
    "时长（分钟）", "应到人数", "实到人数", "请假人数", "主持人", "主讲人", "关联业务任务", "解决问题数", "议定事项数", "备注",
]  # fmt: skip


def ledger(rows: int, seed: int = 1) -> Iterator[list[Any]]:
    """Rows of an activity ledger of 20 columns."""
    chance, kinds = random.Random(seed), [kind.title for kind in rules.types().values()]
    for row in range(2, rows + 2):
        held = dt.date(2024, 1, 1) + dt.timedelta(days=chance.randrange(366))
        expected = chance.randrange(5, 40)
        yield [
            f"滨江街道第{chance.randrange(2000)}党支部", chance.choice(kinds), held, f"围绕第{row}号小问题交流研讨", "研讨",
            "会议室", held, held, held + dt.timedelta(days=chance.randrange(9)), f"登记人{chance.randrange(500)}",
            f"{chance.choice((60, 90, 120))}分钟", expected, chance.randrange(expected + 1), 0,
            f"主持人{chance.randrange(900)}", f"主讲人{chance.randrange(900)}", f"任务{chance.randrange(90)}",
            chance.randrange(3), chance.randrange(4), "",
        ]  # fmt: skip


def workbook(rows: int, seed: int = 1) -> bytes:
    """The ledger as .xlsx, under a title row."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    sheet, day = book.add_worksheet("台账"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write(0, 0, "2024年组织生活台账")
    sheet.write_row(1, 0, HEADERS)
    for row, values in enumerate(ledger(rows, seed), start=2):
        for column, value in enumerate(values):
            sheet.write_datetime(row, column, value, day) if isinstance(value, dt.date) else sheet.write(row, column, value)
    book.close()
    return content.getvalue()


def text(rows: int, seed: int = 1) -> bytes:
    """The ledger as UTF-8 .csv, without a title row."""
    content = io.StringIO()
    csv.writer(content).writerows([HEADERS, *ledger(rows, seed)])
    return content.getvalue().encode()


def store(activities: int) -> Store:
    """A store in memory with units of about 40 activities a year over three years, each unit-month handed in."""
    made = Store(":memory:")
    units = max(activities // 120, 1)
    with made.writing() as cursor:
        cursor.execute(
            """
            insert into raw.batches by name
            select 1 as batch, timestamp '2026-01-01' as imported_at, 'bench' as imported_by, false as is_sample
            """
        )
        cursor.execute("insert into raw.files values (1, 1, 'bench', '', 0)")
        cursor.execute(
            """
            insert into raw.units by name
            select 1 as batch, 1 as file, 'u' as sheet, n as sheet_row, cast(n as varchar) as record, cast(n as varchar) as key,
                '第' || n || '党支部' as unit, '第' || (n % 300) || '党委' as parent, date '2024-01-01' as quarter,
                20 as members, 2 as groups, true as has_committee
            from range($units) as made(n)
            """,
            {"units": units},
        )
        cursor.execute(
            """
            insert into raw.coverage
            select 1, '第' || n || '党支部', cast(date '2023-01-01' + to_months(m) as date), false
            from range($units) as made(n), range(36) as months(m)
            """,
            {"units": units},
        )
        cursor.execute(
            """
            insert into raw.activities by name
            with made as (
                select n, '第' || (n % $units) || '党支部' as unit, hash(n) as h,
                    date '2023-01-01' + cast(hash(n) % 1096 as integer) as held_on
                from range($activities) as made(n)
            )
            select 1 as batch, 1 as file, 'a' as sheet, n as sheet_row, cast(n as varchar) as record, cast(n as varchar) as key,
                unit, held_on, 'day' as held_on_precision, $types[1 + cast(h % len($types) as integer)] as type,
                '小切口' || (h % 1000) as topic, held_on + cast(h % 9 as integer) as recorded_on, 60.0 + h % 60 as minutes,
                cast(10 + h % 20 as integer) as expected, cast(h % 10 as integer) as attended, 'h' || (h % 7) as host,
                case when h % 3 = 0 then '任务' || (h % 90) end as task, case when h % 5 = 0 then 'study,deploy' end as sync,
                cast(h % 3 as integer) as problems_solved
            from made
            """,
            {"units": units, "activities": activities, "types": list(rules.types())},
        )
        cursor.execute(
            """
            insert into raw.tasks by name
            select 1 as batch, 1 as file, 't' as sheet, n as sheet_row, n || '.' || q as record, n || '.' || q as key,
                '第' || n || '党支部' as unit, '任务' || n as task,
                cast(date '2023-01-01' + to_months(cast(3 * q as integer)) as date) as quarter
            from range(90) as made(n), range(12) as quarters(q)
            """
        )
    return made
