"""One column of cells in, normalised values out, each distinct cell read once; empty is None and never 0."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from difflib import get_close_matches
from typing import Any

from cadence.sheets.amounts import read_count, read_minutes, read_number, read_score, read_share
from cadence.sheets.contracts import Field
from cadence.sheets.dates import CLOCK, When, clock, month_of, short, when
from cadence.sheets.grid import Cells
from cadence.sheets.personal import MARKS, without_marks
from cadence.sheets.quarters import quarter_of
from cadence.sheets.stated import span_in, year_in
from cadence.sheets.values import EMPTY, NULLS, Setting, Value, bad, seen, text_of
from cadence.sheets.vocabulary import plain, sync_steps
from cadence.words import Message

PART_OF_YEAR = re.compile(r"^(?:(?:19|20)?\d\d年?度?)?(?:第?[一二三四1-4]季度|Q[1-4]|[上下]半年)(?:[末底初内前])?$")
HINTED = 500
LONG = 60
DAY_ONLY = re.compile(r"^(\d{1,2})[日号]$")
YES = {"是", "有", "√", "✓", "✔", "☑", "y", "yes", "1", "true", "对", "已", "已设", "设", "豁免"}
NO = {"否", "无", "×", "✗", "✘", "☐", "n", "no", "0", "false", "没有", "未", "未设", "不设", "x", "不豁免"}
SPLIT = re.compile(r"[、,，;；/\n+＋]|暨|\s{2,}")
SPACED_NAME = re.compile(r"(?<![一-鿿])([一-鿿])\s+([一-鿿])(?![一-鿿])")
NAMES = re.compile(r"[、,，;；/\s]+")


def read_column(field: Field, cells: Sequence[Any], setting: Setting) -> Cells:
    """A column of cells as a column of Values, each distinct cell read once; the Value of an empty cell is EMPTY."""
    read = READERS[field.type]
    cells, unhinted = Cells.of(cells), replace(setting, hints=False)
    values = [read(field, cell, setting if place < HINTED else unhinted) for place, cell in enumerate(cells.distinct[1:])]
    return Cells([EMPTY, *values], cells.codes)


def read_text(field: Field, cell: Any, setting: Setting) -> Value:
    """Trimmed text."""
    text = cell.strip() if type(cell) is str else text_of(cell)
    return EMPTY if text in NULLS else Value(text)


def read_unit(field: Field, cell: Any, setting: Setting) -> Value:
    """The name of a unit without blanks."""
    text = re.sub(r"[\s\u200b\ufeff]+", "", text_of(cell))
    if text in NULLS:
        return EMPTY
    if len(text) > 2 * LONG or re.fullmatch(r"[\d.,%-]+", text):
        return bad(Message("“{value}” 不像单位名称", seen(cell)))
    return Value(text)


def read_person(field: Field, cell: Any, setting: Setting) -> Value:
    """A salted token for each name; the name itself is never kept."""
    text = text_of(cell)
    if MARKS["name"] in text:
        return EMPTY
    text = without_marks(text).strip()
    names = [plain(name) for name in NAMES.split(SPACED_NAME.sub(r"\1\2", text)) if plain(name)]
    if text in NULLS or not names:
        return EMPTY
    return Value(",".join(token(name, setting.salt) for name in dict.fromkeys(names)))


def token(name: str, salt: bytes) -> str:
    """Twelve hexadecimal digits that stand for a name."""
    key = salt if len(salt) <= 64 else hashlib.blake2b(salt).digest()
    return hashlib.blake2b(unicodedata.normalize("NFKC", name).encode(), key=key, digest_size=6).hexdigest()


def read_date(field: Field, cell: Any, setting: Setting) -> Value:
    """A day, or the first day of a month where the field keeps that precision."""
    if type(cell) is str and text_of(cell) in NULLS:
        return EMPTY
    month = month_number(cell) if field.month_precision and "月" in setting.header and "日" not in setting.header else None
    if month:
        return of_when(month_of(setting.year, month, setting.today) if setting.year else When(asks="year"))
    if setting.month and (day := DAY_ONLY.match(text_of(cell))):
        cell = f"{setting.month}月{day[1]}日"
    if field.name == "planned_on" and type(cell) is str and (months := part_of_year(text_of(cell))):
        return of_when(due_within(months, text_of(cell), setting))
    found = when(cell, setting.year, setting.today, setting.floats)
    if found.asks == "two_dates" and setting.pairs in ("first", "each"):
        found = replace(found, asks=None, others=found.others if setting.pairs == "each" else ())
    if found.day and found.precision == "month" and not field.month_precision:
        return bad(Message("“{value}” 只有月份，这一列需要具体日期", seen(cell)))
    return of_when(found)


def part_of_year(text: str) -> tuple[int, int] | None:
    """First and last month of a text that names a quarter or half a year and nothing else."""
    if not PART_OF_YEAR.match(plain(text)):
        return None
    quarter, first, last = span_in(text) or (None, None, None)
    return (3 * quarter - 2, 3 * quarter) if quarter else (first, last) if first and last else None


def due_within(months: tuple[int, int], text: str, setting: Setting) -> When:
    """The month that somebody chose to stand for a quarter or half a year; asked until then."""
    year = year_in(text) or setting.year
    if year is None or setting.spans not in ("first", "last"):
        return When(asks="year" if year is None else "part_of_year")
    found = month_of(year, months[0] if setting.spans == "first" else months[1], setting.today)
    return replace(
        found, note=Message("“{value}” 记在 {year} 年 {month} 月", {"value": text, "year": year, "month": found.day.month})
    )


def month_number(cell: Any) -> int | None:
    """A bare number from 1 to 12, which below a header of months is a month."""
    text = text_of(cell)
    return int(text) if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 12 else None


def of_when(found: When) -> Value:
    """A reading of a date as the value of a cell."""
    return Value(
        value=None if found.asks else found.day,
        precision=found.precision,
        more=() if found.asks else found.others,
        until=found.until,
        starts=found.starts,
        ends=found.ends,
        asks=found.asks,
        reason=found.reason,
        note=found.note,
        suggestion=found.suggestion,
    )


def read_flag(field: Field, cell: Any, setting: Setting) -> Value:
    """True or False; “无” is a no here."""
    text = text_of(cell).lower()
    if text in YES or text in NO:
        return Value(text in YES)
    if text_of(cell) in NULLS:
        return EMPTY
    found = plain(text)[:1]
    return Value(found in YES) if found in YES or found in NO else bad(Message("“{value}” 不是“是”或“否”", seen(cell)))


def read_choice(field: Field, cell: Any, setting: Setting) -> Value:
    """The id of the choice that a cell names: exactly, else as a part of it."""
    text = text_of(cell)
    if text in NULLS:
        return EMPTY
    words = {plain(word): key for key, listed in field.choices.items() for word in listed}
    found = words.get(plain(text)) or next(
        (key for word, key in sorted(words.items(), key=by_length) if len(word) > 1 and word in plain(text)), None
    )
    if found:
        return Value(found)
    listed = "、".join(names[0] for names in field.choices.values())
    return Value(reason=Message("“{value}” 不在可选范围内：{choices}", {"value": short(text), "choices": listed}))


def by_length(pair: tuple[str, str]) -> int:
    """Longest word first."""
    return -len(pair[0])


def read_type(field: Field, cell: Any, setting: Setting) -> Value:
    """The activity type of a cell; two types in one cell are two activities."""
    text = text_of(cell)
    if text in NULLS:
        return EMPTY
    if whole := setting.types.get(plain(text)):
        return Value(whole)
    parts = [plain(part) for part in SPLIT.split(text) if plain(part)]
    types = [type_in(part, setting.types) for part in parts]
    if len(parts) > 1 and all(types):
        kinds = tuple(dict.fromkeys(types))
        return Value(kinds[0], more=kinds[1:])
    if found := type_in(plain(text), setting.types):
        return Value(found)
    near = get_close_matches(plain(text), list(setting.types), 1, 0.5) if setting.hints and len(text) <= LONG else []
    hint = Message("是否为“{name}”？", {"name": near[0]}) if near else None
    return bad(Message("“{value}” 不是已知的活动类型", seen(text)), hint)


def type_in(text: str, types: Mapping[str, str]) -> str | None:
    """The type whose longest name is the text or stands in it."""
    return types.get(text) or next((kind for name, kind in types.items() if name in text), None)


def read_sync(field: Field, cell: Any, setting: Setting) -> Value:
    """Ids of the sync steps that a cell names, sorted and comma-joined."""
    text = text_of(cell)
    if text in NULLS:
        return EMPTY
    steps = sync_steps()
    parts = [plain(part) for part in SPLIT.split(text) if plain(part)]
    found = [
        steps.get(part) or next((steps[name] for name in sorted(steps, key=len, reverse=True) if name in part), None)
        for part in parts
    ]
    named = sorted({step for steps_of in found if steps_of for step in steps_of.split(",")})
    if not named:
        return bad(Message("“{value}” 里没有认得的同步环节", seen(cell)))
    note = None if all(found) else Message("“{value}” 里有不认得的同步环节，已略过", {"value": short(text)})
    return Value(",".join(named), note=note)


def read_quarter(field: Field, cell: Any, setting: Setting) -> Value:
    """The first day of a quarter."""
    if text_of(cell) in NULLS:
        return EMPTY
    found = quarter_of(cell, setting.year)
    if found == "year":
        return Value(asks="year")
    return Value(found) if found else bad(Message("“{value}” 不是季度或年度", seen(cell)), Message("请写成 2024年第一季度"))


def read_time(field: Field, cell: Any, setting: Setting) -> Value:
    """A clock time as HH:MM."""

    if isinstance(cell, (time, datetime)):
        return Value(f"{cell:%H:%M}")
    if isinstance(cell, float) and 0 <= cell < 1:
        return Value(f"{round(cell * 1440) // 60:02}:{round(cell * 1440) % 60:02}")
    text = text_of(cell)
    if text in NULLS:
        return EMPTY
    found = CLOCK.search(text)
    moment = clock(found, bool(re.search(r"下午|晚|[pP][mM]", text))) if found else None
    return Value(moment) if moment else bad(Message("“{value}” 不是时刻", seen(cell)), Message("请写成 14:30"))


def read_year(field: Field, cell: Any, setting: Setting) -> Value:
    """A year as a number."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text_of(cell))
    if text_of(cell) in NULLS:
        return EMPTY
    return Value(int(found[1])) if found else bad(Message("“{value}” 不是年份", seen(cell)))


READERS: dict[str, Callable[[Field, Any, Setting], Value]] = {
    "text": read_text,
    "unit": read_unit,
    "new_unit": read_unit,
    "person": read_person,
    "date": read_date,
    "time": read_time,
    "year": read_year,
    "quarter": read_quarter,
    "count": read_count,
    "number": read_number,
    "minutes": read_minutes,
    "share": read_share,
    "score": read_score,
    "flag": read_flag,
    "choice": read_choice,
    "activity_type": read_type,
    "sync_steps": read_sync,
}
