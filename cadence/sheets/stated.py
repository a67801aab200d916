"""What titles, meta rows, sheet names and file names state about the table below them: year, quarter, month, unit."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cadence.sheets.vocabulary import numeral, tidy

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?!元|人|名)|([二〇零○一九]{2}[〇零○一二三四五六七八九]{2})年")
QUARTER = re.compile(r"第?([一二三四1-4])季度?|(?<![A-Za-z])[Qq]([1-4])(?!\d)|(?<!\d)([1-4])[Qq](?![A-Za-z\d])")
HALF = re.compile(r"(上|下)半年")
MONTHS = re.compile(r"(?<!\d)(\d{1,2})月?[-~至到—](\d{1,2})月(?!\d*日)")
MONTH = re.compile(r"(?<!\d)(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?![\d一二三四五六七八九十]*[日号会])")
DOTTED_MONTH = re.compile(r"(?<!\d)20\d\d[.\-/年]?(0?[1-9]|1[0-2])(?!\d)(?![.\-/]\d)")
UNIT_CELL = re.compile(
    r"^(?:填报|填表|报送|上报|责任|开展|所属|组织|被考核|考核)?(?:单位|党支部|支部|部门|处室|党组织|组织)(?:名称)?(?:[(（].{0,6}[)）])?[:：](.+)$"
)
MEASURES = {"元", "人", "次", "分", "万元", "个", "名", "分钟", "小时", "%"}
UNIT_TAIL = re.compile(r"(党支部|党总支|支部|机关党委|党委|党组|处|科|室|局|办|中心|办公室|大队|部)(?:委员会)?$")
IN_BRACKETS = re.compile(r"[(（]([^()（）]{2,20}(?:党支部|支部|党总支))[)）]")
NAME_BEFORE = re.compile(
    r"^(.{1,30}?(?:党支部|党总支|支部|机关党委|党委|党组|处|科|局|办公室|中心))(?!党支部|党总支|支部|机关|党委|党组|室|员)(?:关于)?(?=(?:19|20)\d\d|[（(]|第?[一二三四1-4]季度|.{0,12}(?:台账|记录|计划|统计|情况|明细|名册|登记|一览|汇总|手册|安排|报表|纪实|总结))"
)


@dataclass(frozen=True)
class Stated:
    """Year, quarter, months and unit that the surroundings of a table state; None where they do not."""

    year: int | None = None
    quarter: int | None = None
    first_month: int | None = None
    last_month: int | None = None
    unit: str | None = None

    @property
    def period(self) -> tuple[date, date] | None:
        """First and last day of the stated span; a year alone is the whole year."""
        if self.year is None:
            return None
        first, last = self.months
        return date(self.year, first, 1), date(self.year, last, monthrange(self.year, last)[1])

    @property
    def months(self) -> tuple[int, int]:
        """First and last month of the stated span."""
        if self.first_month and self.last_month:
            return self.first_month, self.last_month
        if self.quarter:
            return 3 * self.quarter - 2, 3 * self.quarter
        return 1, 12

    @property
    def quarter_start(self) -> date | None:
        """First day of the quarter in which the stated period ends, if a quarter, half-year, month or year is stated."""
        if self.year is None:
            return None
        return date(self.year, (self.months[1] - 1) // 3 * 3 + 1, 1)


def stated(above: Iterable[str], sheet: str, file: str, units: frozenset[str] = frozenset()) -> Stated:
    """Read the period from the title rows first, then the sheet name, then the file name; a year may come from any of them."""
    above = list(above)
    titles = [text for text in above if not re.match(r"^(填表|填报|制表|上报|报送|打印|导出)(时间|日期)", tidy(text))]
    texts = [*titles, sheet, file.rsplit("/", 1)[-1].rsplit(".", 1)[0]]
    years = [year for text in texts if (year := year_in(text))]
    span = next((found for text in texts if (found := span_in(text))), (None, None, None))
    return Stated(years[0] if years else None, *span, unit_in(above, sheet, units))


def year_in(text: str) -> int | None:
    """The one year that a text names; None for none or several."""
    text = unicodedata.normalize("NFKC", text)
    found = {int(digits) if digits else chinese_year(signs) for digits, signs in YEAR.findall(text)}
    found |= {int(text_year[:4]) for text_year in re.findall(r"(?<!\d)(20\d\d(?:0[1-9]|1[0-2]))(?!\d)", text)}
    found = {year for year in found if 1990 <= year <= 2100}
    return found.pop() if len(found) == 1 else None


def chinese_year(signs: str) -> int:
    """“二〇二四” → 2024."""
    return int("".join(str("〇一二三四五六七八九".index("〇" if sign in "零○〇" else sign)) for sign in signs))


def span_in(text: str) -> tuple[int | None, int | None, int | None] | None:
    """(quarter, first month, last month) that a text names, or None."""
    text = tidy(text)
    if found := QUARTER.findall(text):
        quarters = {numeral(next(filter(None, groups))) for groups in found}
        return (quarters.pop(), None, None) if len(quarters) == 1 else None
    if found := HALF.search(text):
        return (None, 1, 6) if found[1] == "上" else (None, 7, 12)
    if found := MONTHS.search(text):
        first, last = int(found[1]), int(found[2])
        return (None, first, last) if 1 <= first < last <= 12 else None
    if found := (MONTH.search(text) or DOTTED_MONTH.search(text)):
        month = numeral(found[1])
        return (None, month, month) if month and 1 <= month <= 12 else None
    return None


def unit_in(above: Iterable[str], sheet: str, units: frozenset[str]) -> str | None:
    """The unit that a meta cell, a sheet name or a title names."""
    for text in above:
        found = UNIT_CELL.match(tidy(text))
        if found and found[1] not in MEASURES and len(found[1]) <= 40:
            return re.split(r"(?:填报|填表|制表|上报|报送)?(?:时间|日期|人)[:：]", found[1])[0] or None
    if tidy(sheet) in units or (not units and UNIT_TAIL.search(tidy(sheet)) and not re.match(r"(?i)sheet", sheet)):
        return tidy(sheet)
    for text in above:
        found = NAME_BEFORE.match(re.sub(r"^(?:19|20)\d\d年?度?", "", tidy(text)))
        found = found or IN_BRACKETS.search(tidy(text))
        if found and (not units or found[1] in units):
            return found[1]
    return None
