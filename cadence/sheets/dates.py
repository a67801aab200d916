"""One cell of a date column in, a day or a month out — or the reason why it is neither. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from cadence.sheets.vocabulary import numeral
from cadence.words import Message

EPOCH = date(1899, 12, 30)
EARLIEST = 1949
LONGEST = 300
LAST_SERIAL = 36526 + 366 * 60
WEEKDAY = re.compile(r"[(（]?(?:星期|周|礼拜)[一二三四五六日天1-7][)）]?")
PART_OF_DAY = re.compile(r"(全天|上午|下午|晚上|中午|早上|凌晨|晚|[aApP][mM])")
CLOCK = re.compile(r"(?<![\d.])([01]?\d|2[0-4])\s*(?:[:：](\d\d)(?::\d\d(?:\.\d+)?)?|[点时](半|\d{1,2}分?)?)")
FULL = re.compile(r"(?<!\d)((?:19|20|21)\d\d|\d\d(?=年))\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*[日号]?(?!\d)")
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
YEAR_MONTH = re.compile(r"^((?:19|20)\d\d|\d\d(?=年))\s*[年.\-/]\s*(\d{1,2})\s*月?份?$")
COMPACT_MONTH = re.compile(r"^((?:19|20)\d\d)(0[1-9]|1[0-2])$")
MONTH_DAY = re.compile(r"(?<![\d.])(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*[日号]?(?![\d.年])")
MONTH_ONLY = re.compile(r"^(\d{1,2}|十[一二]?|[一二三四五六七八九])月份?$")
SPAN_SIGN = re.compile(r"^\s*[.。日号/]?\s*(?:起)?\s*(?:[-~—–至到]|\n~\n)+\s*")
DAY_AFTER = re.compile(r"^\s*[日号]?\s*[-~—至到]+\s*(\d{1,2})\s*[日号](?!\d)")
MONTH_SPAN = re.compile(r"^(?:(20\d\d)[年.\-/])?(\d{1,2})月?\s*[-~—至到]\s*(\d{1,2})月份?$")
PART_OF_MONTH = re.compile(r"(?<=月)(?:份?底|份?末|初|上旬|中旬|下旬)(?:之?前)?$")
BROKEN = re.compile(r"(?<!\d)\d{3}[.\-/]\d|\d\s*[-~]\s*\d{1,2}\s*[aApP][mM]|之日|\d{4}\.0$")
MOST_OTHER_WORDS = 8
LOOSE_FLOAT = re.compile(r"^(?:[1-9]|1[0-2])\.[1-9]$")


@dataclass(frozen=True)
class When:
    """A day (or the first day of a month, precision "month") with the clock times beside it, or why there is none."""

    day: date | None = None
    precision: str = "day"
    until: date | None = None
    starts: str | None = None
    ends: str | None = None
    others: tuple[date, ...] = ()
    asks: str | None = None
    reason: Message | None = None
    note: Message | None = None
    suggestion: Message | None = None


def when(cell: Any, year: int | None, today: date, floats: bool = False) -> When:
    """Read one cell; `year` stands in where the cell names none, `floats` allows 10.3 to be read as 3 October."""
    if isinstance(cell, datetime):
        clock = None if cell.time() == time(0) else f"{cell:%H:%M}"
        return replace(of_day(cell.date(), today), starts=clock)
    if isinstance(cell, date):
        return of_day(cell, today)
    if isinstance(cell, (time, timedelta)):
        return wrong(Message("这里是时刻或时长，不是日期"))
    if isinstance(cell, (int, float)):
        return of_number(cell, year, today, floats)
    if len(cell) > LONGEST:
        return without_day("", cell)
    return of_text(unicodedata.normalize("NFKC", cell).strip(), year, today, floats)


def short(text: str) -> str:
    """A cell as a message shows it: on one line, cut after forty signs."""
    line = " ".join(text.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def wrong(reason: Message, suggestion: Message | None = None) -> When:
    """No date, and why."""
    return When(reason=reason, suggestion=suggestion)


def of_day(day: date, today: date) -> When:
    """A day that a calendar may hold: not a small number in date format, not a slip in the year."""
    if day.year < 1905:
        return wrong(Message("像是普通数字被设成了日期格式"), Message("请改为完整日期，如 2024-03-05"))
    if day.year < EARLIEST or day.year > today.year + 5:
        return wrong(Message("年份 {year} 不合常理", {"year": day.year}), Message("请核对年份"))
    return When(day)


def of_number(number: float, year: int | None, today: date, floats: bool) -> When:
    """A number in a date column: 20240305, 202403, an Excel serial; 10.3 only if it was asked."""
    if number == int(number):
        digits = str(int(number))
        if COMPACT.fullmatch(digits) or COMPACT_MONTH.match(digits):
            return of_text(digits, year, today, floats)
        if 36526 <= number <= LAST_SERIAL:
            return of_day(EPOCH + timedelta(days=int(number)), today)
        return wrong(Message("“{value}” 不是有效日期", {"value": short(digits)}))
    if 36526 < number <= LAST_SERIAL:
        moment = datetime.combine(EPOCH, time(0)) + timedelta(seconds=round(number * 86400))
        return when(moment, year, today)
    if 1949 <= number < 2100:
        return of_text(f"{number:g}", year, today, floats) if f"{number:g}"[5:] != "1" else When(asks="float_date")
    return loose(f"{number:g}", year, today, floats)


def loose(text: str, year: int | None, today: date, floats: bool) -> When:
    """“10.3” may be 3 or 30 October (10.30 loses its zero as a number): read only when somebody said so."""
    if not floats:
        return When(asks="float_date")
    month, _, day = text.partition(".")
    if not (month.isdecimal() and day.isdecimal()):
        return wrong(Message("“{value}” 不是有效日期", {"value": text}))
    return of_parts(year, int(month), int(day), today)


def of_text(text: str, year: int | None, today: date, floats: bool = False) -> When:
    """A text in a date column."""
    bare = WEEKDAY.sub("", text).strip(" .。,，;；")
    if LOOSE_FLOAT.match(bare):
        return loose(bare, year, today, floats)
    if BROKEN.search(bare):
        return without_day(bare.removesuffix(".0"), text)
    if found := whole_month(PART_OF_MONTH.sub("", bare), year, today):
        return found
    days, times = days_in(bare, year)
    if not days or len(re.findall(r"[一-鿿]", PART_OF_DAY.sub("", times))) > MOST_OTHER_WORDS:
        return without_day(bare, text)
    if days[0] is None:
        return When(asks="year")
    found = of_parts(*days[0][:3], today)
    if found.reason:
        return found
    starts, ends = clocks(times, text)
    return replace(further(found, days, bare, today), starts=starts, ends=ends)


def whole_month(text: str, year: int | None, today: date) -> When | None:
    """A text that names a month and no day."""
    if found := YEAR_MONTH.match(text) or COMPACT_MONTH.match(text):
        return month_of(full_year(found[1]), int(found[2]), today)
    if found := MONTH_ONLY.match(text):
        return month_of(year, numeral(found[1]), today) if year else When(asks="year")
    if found := MONTH_SPAN.match(text):
        first, last = int(found[2]), int(found[3])
        if "月" in text and first < last <= 12:
            of = full_year(found[1]) if found[1] else year
            note = Message("“{value}” 跨几个月，按第一个月记", {"value": short(text)})
            return replace(month_of(of, first, today), note=note) if of else When(asks="year")
    return None


def month_of(year: int, month: int, today: date) -> When:
    """The first day of a month, marked as such."""
    return replace(of_parts(year, month, 1, today), precision="month")


def days_in(text: str, year: int | None) -> tuple[list[tuple[int, int, int, int, int] | None], str]:
    """[(year, month, day, from, to)] of the days in a text, None where a year is missing; and what is left of it for clocks."""
    found: list[tuple[int, int, int, int, int] | None] = []
    rest = text
    for pattern in (FULL, COMPACT):
        for match in pattern.finditer(text):
            found.append((full_year(match[1]), int(match[2]), int(match[3]), *match.span()))
            rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    clockless = CLOCK.sub(lambda match: " " * len(match[0]), rest)
    base = found[0][0] if found and found[0] else year
    for match in MONTH_DAY.finditer(clockless):
        if 1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 31:
            found.append((base, int(match[1]), int(match[2]), *match.span()) if base else None)
            rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    found.sort(key=lambda day: day[3] if day else 0)
    return found, rest


def without_day(bare: str, text: str) -> When:
    """No day was found: say what was seen."""
    if re.search(r"每[月周天日季]|定期|不定期|全年|长期", bare):
        return wrong(Message("“{value}” 是周期，不是某一天", {"value": short(text)}), Message("请写出具体日期或月份"))
    if re.search(r"季度|半年|^\d{4}年?度?$", bare):
        return wrong(Message("“{value}” 只到季度或年份", {"value": short(text)}), Message("请写到月份或日期"))
    return wrong(Message("“{value}” 不是有效日期", {"value": short(text)}), Message("请改为完整日期，如 2024-03-05"))


def of_parts(year: int | None, month: int, day: int, today: date) -> When:
    """A day from its numbers, if there is such a day."""
    if year is None:
        return When(asks="year")
    try:
        return of_day(date(year, month, day), today)
    except ValueError:
        value = f"{year}-{month:02}-{day:02}"
        return wrong(Message("“{value}” 不是有效日期", {"value": value}), Message("请核对月份和日期"))


def further(first: When, days: list, text: str, today: date) -> When:
    """The second day of a cell: the end of a span is noted, two separate days are asked about."""
    end = days[0][4]
    if same_month := DAY_AFTER.match(text[end - 1 if text[end - 1 : end] in "日号" else end :]):
        return span(first, of_parts(first.day.year, first.day.month, int(same_month[1]), today), text)
    if len(days) < 2 or days[1] is None:
        return first
    between = text[end : days[1][3]]
    if SPAN_SIGN.match(between) and len(between) <= 12:
        return span(first, of_parts(*days[1][:3], today), text)
    others = [of_parts(*day[:3], today) for day in days[1:] if day]
    if any(other.reason for other in others):
        return wrong(Message("“{value}” 不是有效日期", {"value": short(text)}))
    if all(other.day == first.day for other in others):
        return first
    return replace(first, others=tuple(other.day for other in others), asks="two_dates")


def span(first: When, last: When, text: str) -> When:
    """The first day of a span, with its last one beside it, and a note that the span counts as its first day."""
    return replace(first, until=last.day, note=Message("“{value}” 是一段时间，按开始日期记", {"value": short(text)}))


def clocks(rest: str, text: str) -> tuple[str | None, str | None]:
    """Start and end as HH:MM that stand beside a date; “下午2点” is 14:00."""
    afternoon = bool(re.search(r"下午|晚|[pP][mM]", text))
    found = [clock(match, afternoon) for match in CLOCK.finditer(rest)]
    found = [moment for moment in found if moment]
    return (found[0] if found else None), (found[1] if len(found) > 1 else None)


def clock(match: re.Match[str], afternoon: bool) -> str | None:
    """One clock time as HH:MM."""
    hour = int(match[1])
    minute = 30 if match[3] == "半" else int((match[2] or match[3] or "0").rstrip("分"))
    if afternoon and hour < 12:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def full_year(text: str) -> int:
    """“24” → 2024."""
    return int(text) if len(text) == 4 else 2000 + int(text)
