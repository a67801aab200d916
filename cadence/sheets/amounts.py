"""Cells that say how many, how long, how much: counts, numbers, minutes, shares and scores, with or without unit words."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from cadence.sheets.contracts import Field
from cadence.sheets.values import EMPTY, NULLS, Setting, Value, bad, seen, text_of
from cadence.sheets.vocabulary import bracketed, numeral, plain
from cadence.words import Message

NUMBER = re.compile(r"^(约|共|计|第|近)?([+-]?\d+(?:\.\d+)?)(%|‰|[^\d\s]{0,4}?)(左右|余|多)?$")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
CHINESE_COUNT = re.compile(r"^([零一二两三四五六七八九十]{1,3})(人|名|次|个|件|份|篇|项|场|期|条)?$")
COUNT_UNITS = {"", "人", "名", "次", "个", "件", "份", "篇", "项", "场", "期", "条", "位", "人次", "版", "稿", "个人"}
HOURS = re.compile(r"^(\d+(?:\.\d+)?)(?:个)?(?:小时|h|hr|hours?|钟头)(?:(\d+)分钟?|半)?$", re.IGNORECASE)
MINUTE_WORDS = {"", "分", "分钟", "min", "mins", "m"}
LESSON_MINUTES = 45
LONGEST_MINUTES = 5 * 24 * 60 // 2  # five days of twelve hours
TICKS, CROSSES = {"√", "✓", "✔", "☑", "●", "○√"}, {"×", "✗", "✘", "☐", "○"}
LONGEST = 60
MOST = 2**31 - 1
GRADES = {
    "优秀": 4,
    "优": 4,
    "良好": 3,
    "良": 3,
    "合格": 3,
    "称职": 3,
    "一般": 2,
    "中": 2,
    "基本合格": 2,
    "基本称职": 2,
    "较差": 1,
    "差": 1,
    "不合格": 1,
    "不称职": 1,
}
NOT_SCORED = {"弃权", "未评", "免评", "未参评", "不参评", "未参加", "缺考", "未考核", "不考核"}
DONE = {"已完成": 1.0, "完成": 1.0, "办结": 1.0, "已办结": 1.0, "未开始": 0.0, "未启动": 0.0, "未完成": 0.0}


def number(cell: Any) -> tuple[float, str, bool] | None:
    """(number, unit word, approximate) of a cell, or None. A small number in date format is that number again."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return float(cell), "", False
    if isinstance(cell, date):
        days = ((cell.date() if isinstance(cell, datetime) else cell) - date(1899, 12, 30)).days
        return (float(days - (days < 61)), "", True) if cell.year < 1905 else None
    if isinstance(cell, (time, timedelta)):
        return None
    if len(cell) > LONGEST:
        return None
    text = THOUSANDS.sub("", re.sub(r"\s+", "", re.sub(r"[(（][^)）]*[)）]$", "", text_of(cell))))
    if found := NUMBER.match(text):
        return float(found[2]), found[3], bool(found[1] in ("约", "近") or found[4])
    if found := CHINESE_COUNT.match(text):
        return float(numeral(found[1]) or 0), found[2] or "", False
    return None


def read_count(field: Field, cell: Any, setting: Setting) -> Value:
    """A whole number of people or things; −1 and other negatives of a system are “not known”."""
    found = None if type(cell) is str and text_of(cell) in NULLS else number(cell)
    if type(cell) is str and (text_of(cell) in NULLS or (found and found[0] == -1)):
        return EMPTY
    if found is None or found[1] not in COUNT_UNITS:
        return bad(Message("“{value}” 不是人数或个数", seen(cell)), Message("请填整数"))
    if found[0] == -1:
        return EMPTY
    if found[0] > MOST:
        return bad(Message("“{value}” 大得不合常理", seen(cell)), Message("请填整数"))
    if found[0] < 0 or found[0] != int(found[0]):
        return bad(Message("“{value}” 不是非负整数", seen(cell)), Message("请填整数"))
    return Value(int(found[0]), note=about(cell) if found[2] else None)


def about(cell: Any) -> Message:
    """The note beside a number that was not written as one."""
    return Message("“{value}” 按约数或日期格式读成了数字，请核对", seen(cell))


def read_number(field: Field, cell: Any, setting: Setting) -> Value:
    """Any number; a unit word behind it is left out."""
    if type(cell) is str and text_of(cell) in NULLS:
        return EMPTY
    found = number(cell)
    return (
        bad(Message("“{value}” 不是数字", seen(cell))) if found is None else Value(found[0], note=about(cell) if found[2] else None)
    )


def read_minutes(field: Field, cell: Any, setting: Setting) -> Value:
    """A duration in minutes; two durations in one cell belong to two activities."""
    if isinstance(cell, (time, timedelta)):
        seconds = cell.total_seconds() if isinstance(cell, timedelta) else cell.hour * 3600 + cell.minute * 60
        return Value(round(seconds / 60))
    text = text_of(cell).replace(" ", "")
    if type(cell) is str and text in NULLS:
        return EMPTY
    parts = re.split(r"[/、,，;；]", text[: LONGEST + 1]) if type(cell) is str else [cell]
    read = [minutes(part, setting.scale, parts[-1]) for part in parts]
    if len(text) > LONGEST or any(part is None for part in read):
        return bad(Message("“{value}” 不是时长", seen(cell)), Message("请写分钟数，如 90"))
    whole = [round(part) for part in read]
    if max(whole) > LONGEST_MINUTES:
        return bad(Message("“{value}” 合 {minutes} 分钟，不合常理", {**seen(cell), "minutes": max(whole)}), Message("请核对单位"))
    note = about(cell) if any((found := number(part)) and found[2] for part in parts) else None
    if any(abs(exact - minutes_of) > 1e-6 for exact, minutes_of in zip(read, whole, strict=True)):
        note = Message("“{value}” 按整分钟记为 {minutes}", {**seen(cell), "minutes": whole[0]})
    return EMPTY if read[0] < 0 else Value(whole[0], more=tuple(whole[1:]), note=note)


def minutes(part: Any, scale: float, last: Any) -> float | None:
    """One duration in minutes: “1.5小时”, “90分钟”, “2学时”; without a unit word, that of the last part or the column's."""
    if type(part) is str and (found := HOURS.match(part)):
        extra = 30 if part.endswith("半") else int(found[2] or 0)
        return float(found[1]) * 60 + extra
    read = number(part)
    if read is None or read[0] > 6000:
        return None
    word = read[1].lower()
    if not word and type(part) is str and part is not last and (of_last := number(last) or HOURS.match(last)):
        word = of_last[1].lower() if isinstance(of_last, tuple) else "小时"
    if word == "" and read[0] >= 0:
        return read[0] * scale
    factor = 60 if word == "小时" else LESSON_MINUTES if word in ("学时", "课时") else 1 if word in MINUTE_WORDS else None
    return None if factor is None else read[0] * factor


def read_share(field: Field, cell: Any, setting: Setting) -> Value:
    """A share between 0 and 1; “80%”, 0.8 and, in a column of percentages, 80."""
    text = text_of(cell)
    if text in NULLS:
        return EMPTY
    if plain(text) in DONE:
        return Value(DONE[plain(text)])
    found = number(cell)
    if found is None or found[1] not in ("", "%"):
        return bad(Message("“{value}” 不是比例", seen(cell)), Message("请写百分数，如 80%"))
    share = found[0] / 100 if found[1] == "%" else found[0] * setting.scale
    if not 0 <= share <= 2:
        return bad(Message("“{value}” 不是比例", seen(cell)), Message("请写百分数，如 80%"))
    return Value(round(share, 6), note=about(cell) if found[2] else None)


def read_score(field: Field, cell: Any, setting: Setting) -> Value:
    """A score; a grade in words is its rank on four steps, with 4 as the full mark."""
    text = text_of(cell)
    if text in NULLS:
        return EMPTY
    if plain(text) in NOT_SCORED:
        return Value(note=Message("“{value}” 没有得分，留空", {"value": text}))
    if plain(text) in GRADES:
        note = Message("等级“{value}”按四级 4、3、2、1 计分", {"value": text})
        return Value(float(GRADES[plain(text)]), full_mark=4.0, note=note)
    found = number(re.sub(r"^(加|减|扣|\+)(?=\d)", "", text) if type(cell) is str else cell)
    if found is None or found[1] not in ("", "分", "%"):
        return bad(Message("“{value}” 不是分数", seen(cell)))
    return Value(found[0], note=about(cell) if found[2] else None)


def unit_scale(field: Field, header: str) -> float:
    """What a bare number of a column counts in, by the header: hours or lessons for minutes."""
    words = header + bracketed(header)
    if field.type == "minutes":
        return 60.0 if "小时" in words else float(LESSON_MINUTES) if "学时" in words or "课时" in words else 1.0
    return 0.01 if field.type == "share" and "%" in words else 1.0
