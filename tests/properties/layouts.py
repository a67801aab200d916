"""Strategies for how an office lays a truth out: titles, headers of one or two rows, sub-totals, notes, offsets, formats."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date

from hypothesis import strategies as st

from cadence.sheets.contracts import contracts
from tests.properties.truths import PHONES, Truth, truths
from tests.sheets.books import ods, text, xls, xlsx

FORMATS = ("xlsx", "xls", "ods", "csv", "gbk", "utf-16", "tab")
AMBIGUOUS = {
    # headers of which the contract itself says that the values decide: kept, where the rival field has no column
    "activities": {"时间", "开始时间", "会议时间", "活动时间", "具体时间", "会议名称", "活动名称", "类别"},
}
GROUPS = ("基本信息", "活动情况", "有关情况")
NOTES = ("注：本表按季度报送", "填表说明：1.据实填写", "填表人：　　　审核人：")
SERIALS = ("序号", "编号", "序 号")


@dataclass
class Written:
    """One sheet as rows of cells, and what the import must say about it."""

    truth: Truth
    name: str
    rows: list[list] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    header_rows: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)


@dataclass
class Book:
    """One file: its name, its bytes, and the sheets in it."""

    file: str
    data: bytes
    sheets: list[Written]


def compared(header: str) -> str:
    """A header as two of them are told apart here."""
    return "".join(unicodedata.normalize("NFKC", header).split())


@st.composite
def headed(draw: st.DrawFn, truth: Truth) -> dict[str, str]:
    """A header for each field, none used twice, and none that another field of the same table could claim as well."""
    contract = contracts()[truth.kind]
    chosen: dict[str, str] = {}
    for name in truth.fields:
        rivals = {compared(other) for rival in truth.fields if rival != name for other in contract.fields[rival].headers}
        own = [word for word in contract.fields[name].headers if compared(word) not in rivals]
        if contract.fields[name].type == "minutes":
            own = [word for word in own if not any(unit in word for unit in ("小时", "学时"))]
        own = [word for word in own if word not in chosen.values() and word not in AMBIGUOUS.get(truth.kind, ())]
        chosen[name] = draw(st.sampled_from(own or [contract.fields[name].title]))
    return chosen


@st.composite
def noisy(draw: st.DrawFn, header: str) -> str:
    """A header as it may stand in its cell: blanks, line breaks, a star or a bracket that says it is required."""
    change = draw(st.sampled_from(["", "", "", "blank", "break", "star", "bracket", "around"]))
    if change == "blank" and len(header) <= 3:
        return "  ".join(header)
    if change == "break" and len(header) >= 4:
        return f"{header[:2]}\n{header[2:]}"
    if change == "star":
        return f"*{header}"
    if change == "bracket":
        return f"{header}（必填）"
    return f" {header}　" if change == "around" else header


@st.composite
def written(draw: st.DrawFn, truth: Truth, sheet: str, merges: bool) -> Written:
    """The truth on one sheet."""
    found = Written(truth, sheet)
    contract = contracts()[truth.kind]
    headers = draw(headed(truth))
    columns: list[tuple[str, str]] = [(name, headers[name]) for name in draw(st.permutations(list(truth.fields)))]
    if draw(st.booleans()):
        columns.insert(0, ("serial", draw(st.sampled_from(SERIALS if "number" not in truth.fields else SERIALS[:1]))))
    if draw(st.integers(0, 3)) == 0:
        columns.append(("phone", draw(st.sampled_from(["联系电话", "手机号", "联系方式"]))))
    if draw(st.integers(0, 5)) == 0:
        columns.insert(draw(st.integers(1, len(columns))), ("gap", ""))
    shown = {name: draw(noisy(header)) if header else "" for name, header in columns}
    found.headers = {name: compared(shown[name]) for name in truth.fields}
    found.dropped = [compared(shown[name]) for name, _ in columns if name == "phone"]
    left, top = draw(st.sampled_from([0, 0, 0, 1, 3])), draw(st.sampled_from([0, 0, 0, 1, 2]))
    width = len(columns)

    def put(cells: list) -> int:
        found.rows.append([None] * left + cells)
        return len(found.rows) - 1

    for _ in range(top):
        put([])
    year = f"{min(truth.years)}年" if truth.years else ""
    for title in draw(titled(contract.title, year, bool(truth.years))):
        at = put([title])
        if merges and width > 1 and draw(st.booleans()):
            found.merged.append((at, left, at, left + width - 1))
    put_headers(draw, found, columns, shown, left, merges, put)
    put_records(draw, found, columns, left, put)
    if merges and "unit" in truth.fields and draw(st.booleans()):
        merge_units(found, [name for name, _ in columns], left)
    return found


@st.composite
def titled(draw: st.DrawFn, kind: str, year: str, needed: bool) -> list[str]:
    """Title and meta rows; the year stands in one of them where cells leave it unsaid."""
    rows = [f"某局{year}{kind}"] if needed or draw(st.booleans()) else []
    if rows and draw(st.booleans()):
        rows.append(draw(st.sampled_from(["填报日期：2024年12月1日", "（此表按季更新）", "联系电话：010-12345678"])))
    return rows


def put_headers(draw, found: Written, columns: list, shown: dict, left: int, merges: bool, put) -> None:
    """One header row, or two with a parent above some neighbours."""
    width = len(columns)
    own = [shown[name] or None for name, _ in columns]
    if width < 4 or not draw(st.booleans()):
        found.header_rows = [put(own) + 1]
        return
    first = draw(st.integers(1, width - 3))
    last = draw(st.integers(first + 1, width - 2))
    if None in own[first : last + 2]:
        found.header_rows = [put(own) + 1]
        return
    parent = draw(st.sampled_from(GROUPS))
    at = put(own[:first] + [parent] + [None] * (last - first) + own[last + 1 :])
    put([None] * first + own[first : last + 1] + [None] * (width - last - 1))
    if merges:
        found.merged.append((at, left + first, at, left + last))
        found.merged += [(at, left + place, at + 1, left + place) for place in range(width) if not first <= place <= last]
    for name, _ in columns[first : last + 1]:
        if name in found.headers:
            found.headers[name] = f"{parent}·{found.headers[name]}"
    found.dropped = [
        f"{parent}·{compared(shown[name])}" if first <= place <= last else compared(shown[name])
        for place, (name, _) in enumerate(columns)
        if name == "phone"
    ]
    found.header_rows = [at + 1, at + 2]


def put_records(draw, found: Written, columns: list, left: int, put) -> None:
    """The records with what stands between and below them."""
    truth = found.truth
    sums = [name for name, _ in columns if contracts()[truth.kind].fields.get(name, None) and name not in ("unit",)]
    for record in range(truth.size):
        if record and draw(st.integers(0, 6)) == 0:
            between = draw(st.sampled_from(["blank", "sum", "header"]))
            if between == "sum" and columns[0][0] not in ("phone", "gap"):
                put(
                    [
                        draw(st.sampled_from(["小计", "合  计", "总计"])),
                        *[3 if name in sums[:1] else None for name, _ in columns[1:]],
                    ]
                )
                found.skipped.append(len(found.rows))
            elif between == "header" and len(found.header_rows) == 1:
                put(list(found.rows[found.header_rows[0] - 1][left:]))
                found.skipped.append(len(found.rows))
            elif between == "blank":
                put([])
                found.skipped.append(len(found.rows))
        cells = []
        for name, _ in columns:
            if name in truth.fields:
                cells.append(truth.fields[name][record].written)
            elif name == "phone":
                cells.append(PHONES[record % 2])
                found.secrets.append(PHONES[record % 2])
            else:
                cells.append(record + 1 if name == "serial" else None)
        found.numbers.append(put(cells) + 1)
    if draw(st.integers(0, 2)) == 0:
        for _ in range(draw(st.integers(0, 2))):
            put([])
            found.skipped.append(len(found.rows))
        put([draw(st.sampled_from(NOTES))])
        found.skipped.append(len(found.rows))


def merge_units(found: Written, names: list[str], left: int) -> None:
    """Merge neighbouring cells of the same unit, as offices do."""
    at, truth = left + names.index("unit"), found.truth
    first = 0
    while first < truth.size:
        last = first
        while (
            last + 1 < truth.size
            and truth.fields["unit"][last + 1].written == truth.fields["unit"][first].written
            and found.numbers[last + 1] == found.numbers[last] + 1
        ):
            last += 1
        if last > first:
            found.merged.append((found.numbers[first] - 1, at, found.numbers[last] - 1, at))
            for record in range(first + 1, last + 1):
                found.rows[found.numbers[record] - 1][at] = None
        first = last + 1


@st.composite
def books(draw: st.DrawFn, salt: bytes, kinds: tuple[str, ...] = tuple(contracts())) -> Book:
    """A file of one or more sheets in any of the formats; its name or the sheet's says the kind."""
    form = draw(st.sampled_from(FORMATS))
    merges = form in ("xlsx", "xls", "ods")
    sheets = []
    for number in range(draw(st.sampled_from([1, 1, 2])) if merges else 1):
        truth = draw(truths(salt, kinds))
        sheets.append(draw(written(truth, f"{contracts()[truth.kind].title}{number + 1 if number else ''}", merges)))
    name = draw(st.sampled_from(["报送", "汇总表", "附件1"])) if merges else sheets[0].name
    return Book(f"{name}.{form if merges else 'csv'}", as_bytes(form, sheets), sheets)


def as_bytes(form: str, sheets: list[Written]) -> bytes:
    """The sheets in a format."""
    if form in ("xlsx", "xls", "ods"):
        return {"xlsx": xlsx, "xls": xls, "ods": ods}[form]({sheet.name: (sheet.rows, sheet.merged) for sheet in sheets})
    rows = [[f"{cell}" if isinstance(cell, date) else cell for cell in row] for row in sheets[0].rows]
    encoding = {"csv": "utf-8-sig", "gbk": "gb18030", "utf-16": "utf-16", "tab": "utf-8"}[form]
    return text(rows, encoding, "\t" if form == "tab" else ",")
