"""Notes: they stand until withdrawn, nothing of them is ever deleted, and none holds personal data."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cadence import engine, notes, store
from cadence.cli import app
from cadence.notes import NoteError
from cadence.store import Store

KEY = ("甲", 2024, "yearend_rush")
QUARTER = (dt.date(2024, 7, 1), dt.date(2024, 9, 30))


def standing(store: Store) -> list[tuple]:
    """Reasons that count."""
    with store.cursor() as cursor:
        return cursor.execute("select unit, year, pattern, reason, explained_by from marts.explanations").fetchall()


def everything(store: Store) -> list[tuple]:
    """Every note that counts."""
    with store.cursor() as cursor:
        return cursor.execute("select unit, starts_on, ends_on, pattern, indicator, text, noted_by from marts.notes").fetchall()


def test_a_note_stands_until_it_is_withdrawn(empty_store: Store):
    """On one line, with who said it; the log keeps it and who took it back."""
    first = notes.pin(empty_store, "甲", *QUARTER, "  办公楼\n搬迁 ", "李")
    second = notes.pin(empty_store, "甲", *QUARTER, "出差多", "王", indicator="attendance_funnel")
    assert second > first
    kept = ("甲", *QUARTER, None, "attendance_funnel", "出差多", "王")
    assert sorted(everything(empty_store), key=str) == sorted([("甲", *QUARTER, None, None, "办公楼 搬迁", "李"), kept], key=str)
    notes.withdraw(empty_store, first, "赵")
    assert everything(empty_store) == [kept]
    with empty_store.cursor() as cursor:
        log = cursor.execute("select text, noted_by, withdrawn_by, withdrawn_at is null from raw.notes order by note").fetchall()
    assert log == [("办公楼 搬迁", "李", "赵", False), ("出差多", "王", None, True)]


def test_a_withdrawal_is_told_once(empty_store: Store):
    """Withdrawn a second time, the first who did it stays on record."""
    note = notes.pin(empty_store, "甲", *QUARTER, "搬迁", "李")
    notes.withdraw(empty_store, note, "赵")
    notes.withdraw(empty_store, note, "钱")
    with empty_store.cursor() as cursor:
        assert cursor.execute("select withdrawn_by from raw.notes").fetchall() == [("赵",)]


def test_a_reason_counts_until_it_is_withdrawn(empty_store: Store):
    """Said anew it replaces the one before; the log keeps all of it."""
    notes.explain(empty_store, *KEY, "  上级专项\n安排 ", "李")
    assert standing(empty_store) == [(*KEY, "上级专项 安排", "李")]
    notes.explain(empty_store, *KEY, "搬迁", "王")
    assert standing(empty_store) == [(*KEY, "搬迁", "王")]
    notes.unexplain(empty_store, *KEY, "赵")
    assert standing(empty_store) == []
    with empty_store.cursor() as cursor:
        log = cursor.execute("select text, noted_by, withdrawn_by from raw.notes order by note").fetchall()
    assert log == [("上级专项 安排", "李", "王"), ("搬迁", "王", "赵")]


def test_a_note_explains_nothing_and_a_reason_is_a_note(empty_store: Store):
    """A plain note leaves the finding as it is; the reason of a finding stands among the notes of its year."""
    notes.pin(empty_store, "甲", dt.date(2024, 1, 1), dt.date(2024, 12, 31), "搬迁")
    assert standing(empty_store) == []
    notes.explain(empty_store, *KEY, "专项", "李")
    assert ("甲", dt.date(2024, 1, 1), dt.date(2024, 12, 31), "yearend_rush", None, "专项", "李") in everything(empty_store)


@pytest.mark.parametrize(("pattern", "reason"), [("nonsense", "因为"), ("fading", "  "), ("fading", "长" * 401)])
def test_what_explains_nothing_is_refused(empty_store: Store, pattern: str, reason: str):
    """An unknown pattern, no words, too many."""
    with pytest.raises(NoteError):
        notes.explain(empty_store, "甲", 2024, pattern, reason)
    assert everything(empty_store) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("联系 13812345678", "手机号"),
        ("联系１３８１２３４５６７８", "手机号"),
        ("138 1234 5678 张", "手机号"),
        ("证件 11010519491231002X", "身份证号"),
        ("证件 110105194912310021 打错一位", "身份证号"),
        ("老证 110105491231002", "身份证号"),
        ("发到 zhang.san@example.com", "邮箱"),
    ],
)
def test_personal_data_is_refused(empty_store: Store, text: str, kind: str):
    """The message names the kind and never repeats the number; nothing is stored, neither as note nor as reason."""
    for keep in (lambda: notes.pin(empty_store, "甲", *QUARTER, text), lambda: notes.explain(empty_store, *KEY, text)):
        with pytest.raises(NoteError, match=kind) as error:
            keep()
        assert not any(character.isdigit() for character in str(error.value))
    with empty_store.cursor() as cursor:
        assert cursor.execute("select count(*) from raw.notes").fetchall() == [(0,)]


@pytest.mark.parametrize(
    "text", ["2024年第3季度补开12次", "文号 青数政发〔2024〕12号", "预算13800000000元", "共 128 人次，比例 86.5%"]
)
def test_ordinary_figures_are_not_personal(empty_store: Store, text: str):
    """Years, numbers of documents, sums and shares are what notes are about."""
    assert notes.pin(empty_store, "甲", *QUARTER, text)


def test_a_time_that_ends_before_it_starts_is_refused(empty_store: Store):
    """The message names both days."""
    with pytest.raises(NoteError, match="2024-09-30"):
        notes.pin(empty_store, "甲", *reversed(QUARTER), "搬迁")


OLD = """
create table raw.explanations (
    unit varchar, year integer, pattern varchar, reason varchar, explained_by varchar, explained_at timestamp,
    withdrawn_by varchar, withdrawn_at timestamp);
insert into raw.explanations values
    ('甲', 2024, 'yearend_rush', '上级专项', '李', '2025-01-05 10:00:00', '王', '2025-01-06 10:00:00'),
    ('甲', 2024, 'yearend_rush', '搬迁', '王', '2025-01-06 10:00:00', null, null),
    ('乙', 2023, 'fading', '抽调', '赵', '2024-02-01 09:30:00', null, null);
create or replace view facts.explanations as
    select unit, year, pattern, reason, explained_by, explained_at from raw.explanations where withdrawn_at is null;
create or replace view marts.explanations as select * from facts.explanations;
"""


def test_reasons_of_an_older_database_become_notes(tmp_path: Path):
    """Every row, withdrawn ones too, with who and when; opened again nothing is doubled, and new ones get numbers of their own."""
    path = str(tmp_path / "old.duckdb")
    opened = store.open(path)
    with opened.writing() as cursor:
        cursor.execute(OLD)
        cursor.execute("insert or replace into raw.state values ('built_from', 'older')")
    opened.close()
    for _ in range(2):
        opened = engine.ready(store.open(path))
        assert sorted(standing(opened)) == [("乙", 2023, "fading", "抽调", "赵"), ("甲", 2024, "yearend_rush", "搬迁", "王")]
        with opened.cursor() as cursor:
            rows = cursor.execute(
                """
                select unit, year(starts_on), month(ends_on), pattern, text, noted_by, cast(noted_at as varchar), withdrawn_by,
                    cast(withdrawn_at as varchar)
                from raw.notes order by noted_at
                """
            ).fetchall()
        assert rows == [
            ("乙", 2023, 12, "fading", "抽调", "赵", "2024-02-01 09:30:00", None, None),
            ("甲", 2024, 12, "yearend_rush", "上级专项", "李", "2025-01-05 10:00:00", "王", "2025-01-06 10:00:00"),
            ("甲", 2024, 12, "yearend_rush", "搬迁", "王", "2025-01-06 10:00:00", None, None),
        ]
        opened.close()
    opened = store.open(path)
    assert notes.pin(opened, "甲", *QUARTER, "又一条") == 4
    opened.close()


def test_the_command_lists_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Standing ones; withdrawn ones only where asked for; of one unit where one is named."""
    path = str(tmp_path / "own.duckdb")
    monkeypatch.setenv("CADENCE_SAMPLE", "false")
    opened = engine.ready(store.open(path))
    notes.withdraw(opened, notes.pin(opened, "甲", *QUARTER, "撤下的", "李"), "王")
    notes.pin(opened, "甲", *QUARTER, "搬迁", "李")
    notes.pin(opened, "乙", *QUARTER, "抽调", "李")

    def listed(*more: str) -> list[str]:
        result = CliRunner().invoke(app, ["notes", "--database", path, "--json", *more])
        assert result.exit_code == 0, result.output
        return [row["text"] for row in json.loads(result.stdout)["notes"]]

    assert listed() == ["抽调", "搬迁"]
    assert listed("--unit", "甲", "--withdrawn") == ["搬迁", "撤下的"]
    opened.close()
