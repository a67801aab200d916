"""Numbers, dates and names as the reader of a picture meets them: 1.2万 or 12,000; 2024年3月 or Mar 2024; 营商环境处二支部."""

from __future__ import annotations

import unicodedata

import numpy as np

from cadence import selection
from cadence.catalogue import vocabulary
from cadence.words import SOURCE, language, say

MONTHS = ("1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月")
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def count(number: float) -> str:
    """A whole number: 1,234; in Chinese 1.2万 from ten thousand and 1.2亿 from a hundred million. "–" for nan."""
    if np.isnan(number):
        return "–"
    if language() == SOURCE:
        for size, unit in ((1e8, "{n}亿"), (1e4, "{n}万")):
            if abs(number) >= size:
                return say(unit, n=f"{number / size:.1f}".removesuffix(".0"))
    return f"{number:,.0f}"


def exact(number: float) -> str:
    """A whole number to the last digit, for what stands beside a share: 12,345; "–" for nan."""
    return "–" if np.isnan(number) else f"{number:,.0f}"


def share(number: float) -> str:
    """A share of 0 to 1 as 86%; "–" for nan."""
    return "–" if np.isnan(number) else f"{number:.0%}"


def decimal(number: float) -> str:
    """A rate with one decimal; "–" for nan."""
    return "–" if np.isnan(number) else f"{number:,.1f}"


def ticks(highest: float, wanted: int = 4) -> tuple[np.ndarray, list[str]]:
    """Round tick values from 0 to the highest value, and their words (万 and 亿 in Chinese)."""
    if not highest > 0:
        return np.array([0.0]), ["0"]
    rough = highest / wanted
    size = 10.0 ** np.floor(np.log10(rough))
    step = size * next(factor for factor in (1, 2, 5, 10) if factor * size >= rough)
    values = np.arange(0, highest + step / 2, step)
    return values, [count(value) if step >= 1 else f"{value:g}" for value in values.round(6)]


def _parts(day: np.datetime64) -> dict[str, int | str]:
    """Year, name of the month, day and quarter."""
    year, month, date = (int(part) for part in str(day.astype("datetime64[D]")).split("-"))
    return {"year": year, "month": month_name(month), "day": date, "quarter": (month + 2) // 3}


def month(day: np.datetime64) -> str:
    """2024年3月, Mar 2024."""
    return say("{year}年{month}", **_parts(day))


def date(day: np.datetime64) -> str:
    """2024年3月5日, 5 Mar 2024."""
    return say("{year}年{month}{day}日", **_parts(day))


def quarter(day: np.datetime64) -> str:
    """2024年第1季度, Q1 2024."""
    return say("{year}年第{quarter}季度", **_parts(day))


def year(number: int) -> str:
    """2024年, 2024."""
    return say("{year}年", year=int(number))


def period(id: str) -> str:
    """A period as it is read: 2024年, 2024年第3季度, 2024年3月—9月."""
    months = selection.period(id)
    if "Q" in id:
        return say("{year}年第{quarter}季度", year=months.start.year, quarter=id[-1])
    if ".." in id:
        return say(
            "{first_year}年{first}月—{last_year}年{last}月",
            first_year=months.start.year,
            first=months.start.month,
            last_year=months.until.year,
            last=months.until.month,
        )
    return say("{year}年", year=id)


def quarter_axis(quarters: np.ndarray, at: np.ndarray) -> dict[str, object]:
    """Ticks Q1, Q2 … at these places, the year below where it begins."""
    years = quarters.astype("datetime64[Y]")
    fresh = np.r_[True, years[1:] != years[:-1]] if len(years) else np.array([], dtype=bool)
    labels = [
        f"Q{(int(str(day)[5:7]) + 2) // 3}" + (f"<br>{year(int(str(day)[:4]))}" if new else "<br> ")
        for day, new in zip(quarters, fresh, strict=True)
    ]
    return {"tickvals": at, "ticktext": labels, "tickangle": 0}


def month_name(number: int) -> str:
    """3月, Mar."""
    return say(MONTHS[int(number) - 1])


def weekday(number: int) -> str:
    """周一 for 0, Mon."""
    return say(WEEKDAYS[number])


def date_format() -> str:
    """d3 format of a day, for axes and hover templates."""
    return say("%Y年%-m月%-d日")


def month_format() -> str:
    """d3 format of a month on an axis; the year stands on a second line where it changes."""
    return say("%-m月\n%Y年")


def named(column: str, id: str) -> str:
    """The reader's word for an id of a column: type, step, status, layer …"""
    return say(vocabulary().get(column, {}).get(id, id))


def width(text: str) -> int:
    """Width in half-width characters: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def short(name: str, room: int = 18) -> str:
    """A unit's name in at most `room` half-width characters; the end is kept, because it tells branches apart."""
    for ending, shorter in vocabulary().get("ending", {}).items():
        if name.endswith(ending):
            name = name.removesuffix(ending) + shorter
            break
    if width(name) <= room:
        return name
    tail = _fitting(name[::-1], room // 2)[::-1]
    return _fitting(name[: -len(tail)], room - width(tail) - 1) + "…" + tail


def _fitting(text: str, room: int) -> str:
    kept = ""
    for letter in text:
        if width(kept + letter) > room:
            break
        kept += letter
    return kept


def wrapped(text: str, room: int) -> str:
    """The text in lines of at most `room` half-width characters, broken at blanks where it has any, with <br>."""
    pieces = text.split(" ") if " " in text else list(text)
    joint = " " if " " in text else ""
    lines = [""]
    for piece in pieces:
        longer = lines[-1] + joint + piece if lines[-1] else piece
        if width(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(piece)
    return "<br>".join(lines)


def upright(text: str) -> str:
    """A Chinese column heading set from top to bottom; other scripts stay as they are."""
    return "<br>".join(text) if width(text) == 2 * len(text) else text
