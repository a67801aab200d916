"""One cell that names a quarter, a half-year, a year or a month in; the first day of the quarter in which it ends out."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from cadence.sheets.stated import HALF, MONTH, QUARTER, year_in
from cadence.sheets.vocabulary import numeral, tidy

LONGEST = 60


def quarter_of(cell: Any, year: int | None) -> date | str | None:
    """First day of the quarter; “year” if the cell names a quarter and nobody knows the year; None if it names none."""
    if isinstance(cell, (date, datetime)):
        return first_day(cell.year, (cell.month + 2) // 3)
    if isinstance(cell, (int, float)):
        return of_number(cell, year)
    text = tidy(str(cell)[:LONGEST])
    if text.isdecimal():
        return of_number(int(text), year)
    named = year_in(text) or short_year(text) or year
    quarter = quarter_in(text)
    if quarter not in (1, 2, 3, 4):
        return None
    return first_day(named, quarter) if named else "year"


def of_number(number: float, year: int | None) -> date | str | None:
    """1 to 4, 2024, 20241 or 202403."""
    if number in (1, 2, 3, 4):
        return first_day(year, int(number)) if year else "year"
    if 1990 <= number <= 2100 and number == int(number):
        return first_day(int(number), 4)
    if 199001 <= number <= 210012 and 1 <= number % 100 <= 12:
        return first_day(int(number) // 100, (int(number) % 100 + 2) // 3)
    if 19901 <= number <= 21004 and number % 10 in (1, 2, 3, 4):
        return first_day(int(number) // 10, int(number) % 10)
    return None


def quarter_in(text: str) -> int | None:
    """The quarter (1–4) in which the named span ends; a whole year ends in the fourth."""
    rest = re.sub(r"^(?:19|20)?\d\d年(?:度)?", "", text) if "年" in text else text
    if found := QUARTER.search(rest):
        return numeral(next(filter(None, found.groups())))
    if found := HALF.search(text):
        return 2 if found[1] == "上" else 4
    if found := re.fullmatch(r"(?:19|20)\d\d[-./](0?[1-9]|1[0-2])(?:[-./]\d{1,2})?", text) or MONTH.search(rest):
        return ((numeral(found[1]) or 0) + 2) // 3 or None
    if found := re.fullmatch(r"(?:19|20)\d\d[-./年]?第?([1-4])(?:季度?)?", text):
        return int(found[1])
    return 4 if re.fullmatch(r"(?:(?:19|20)\d\d)年?度?|全年|年度|年终", text) else None


def short_year(text: str) -> int | None:
    """“24年一季度” → 2024."""
    found = re.match(r"(\d\d)年", text)
    return 2000 + int(found[1]) if found else None


def first_day(year: int, quarter: int) -> date:
    """First day of a quarter."""
    return date(year, 3 * quarter - 2, 1)
