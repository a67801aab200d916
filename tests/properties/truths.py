"""Strategies for what is true: the records of one kind of table, and the cells in which an office writes their values."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from cadence.sheets.columns import token
from cadence.sheets.contracts import contracts
from cadence.sheets.vocabulary import activity_types, plain

UNITS = (
    "第一党支部", "第二党支部", "机关第三党支部", "办公室党支部", "财务处党支部", "信息中心党支部", "退休干部党支部", "综合处",
    "城东所党支部", "研究室联合支部", "第3党支部", "1支部", "２号楼支部",
)  # fmt: skip
TOPICS = (
    "学习贯彻全会精神", "讨论年度目标", "通报经费使用", "重温入党誓词",
    "落实整改措施", "研究下半年安排", "安全生产月", "优化营商环境",
    "听取情况汇报", "推动城东片区改造", "传达上级文件精神", "审议预备党员转正",
)  # fmt: skip
PEOPLE = ("欧阳明", "赵晓红", "钱多多", "孙立", "周小川", "吴敏")
CRITERIA = ("制度建设", "队伍作风", "数据质量", "群众满意", "宣传报道", "任务完成", "信息公开")
PHONES = ("13812345678", "15987654321")
FIRST, LAST = date(2023, 1, 1), date(2024, 11, 20)
NOTHING = ("/", "—", "无", "-", None)
WORDS_OF_TEXT = {"parent": ("机关党委", "第二分党委"), "criterion": CRITERIA, "place": ("301会议室", "烈士陵园", "线上")}


@dataclass(frozen=True)
class Cell:
    """A value, how it is written in a typed cell, and the year and precision that it leaves unsaid."""

    value: Any
    written: Any
    needs_year: int | None = None
    precision: str = "day"
    is_date: bool = False


@dataclass
class Truth:
    """Records of one kind: `fields[name][i]` is the Cell of record i."""

    kind: str
    fields: dict[str, list[Cell]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Number of records."""
        return len(next(iter(self.fields.values())))

    @property
    def years(self) -> set[int]:
        """The years that cells leave unsaid."""
        return {cell.needs_year for column in self.fields.values() for cell in column if cell.needs_year}


def unit_cell(name: str) -> Cell:
    """The name of a unit, whose full-width signs are read as the usual ones."""
    return Cell(unicodedata.normalize("NFKC", name), name)


def wide_digits(text: str) -> str:
    """Digits and dashes as a Chinese input method makes them."""
    return text.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))


def days(month_too: bool, yearless: int | None) -> st.SearchStrategy[Cell]:
    """A day in one of the ways offices write it; a month where the field keeps months; without its year if a title has it."""
    first, last = (date(yearless, 1, 1), min(LAST, date(yearless, 12, 31))) if yearless else (FIRST, LAST)
    writings = [
        lambda day: Cell(day, day, is_date=True),
        lambda day: Cell(day, f"{day}"),
        lambda day: Cell(day, f"{day.year}.{day.month}.{day.day}"),
        lambda day: Cell(day, f"{day.year}/{day.month}/{day.day}"),
        lambda day: Cell(day, f"{day.year}年{day.month}月{day.day}日"),
        lambda day: Cell(day, f" {day.year} 年 {day.month} 月 {day.day} 日"),
        lambda day: Cell(day, f"{day:%Y%m%d}"),
        lambda day: Cell(day, int(f"{day:%Y%m%d}")),
        lambda day: Cell(day, wide_digits(f"{day}")),
        lambda day: Cell(day, f"{day.year}年{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"),
        lambda day: Cell(day, f"{day.year % 100}年{day.month}月{day.day}日"),
    ]
    if month_too:
        writings += [
            lambda day: Cell(day.replace(day=1), f"{day.year}年{day.month}月", precision="month"),
            lambda day: Cell(day.replace(day=1), f"{day.year}年{day.month:02}月份", precision="month"),
        ]
    if yearless:
        writings += [
            lambda day: Cell(day, f"{day.month}月{day.day}日", needs_year=yearless),
            lambda day: Cell(day, f"{day.month} 月 {day.day} 日", needs_year=yearless),
            lambda day: Cell(day, f"{day.month}月{day.day}号", needs_year=yearless),
        ]
    whole = st.integers(0, (last - first).days).map(lambda more: first + timedelta(more))
    return st.tuples(whole, st.sampled_from(writings)).map(lambda pair: pair[1](pair[0]))


def counts(units: tuple[str, ...] = ("人", "名")) -> st.SearchStrategy[Cell]:
    """A number of people or things."""
    writings = [lambda n: n, str, lambda n: wide_digits(str(n)), lambda n: f"{n} "]
    writings += [lambda n, unit=unit: f"{n}{unit}" for unit in units]
    return st.tuples(st.integers(0, 99), st.sampled_from(writings)).map(lambda pair: Cell(pair[0], pair[1](pair[0])))


def quarters(yearless: int | None) -> st.SearchStrategy[Cell]:
    """A quarter by its first day."""
    names = "一二三四"
    writings = [
        lambda y, q: f"{y}年第{names[q - 1]}季度",
        lambda y, q: f"{y}年{names[q - 1]}季度",
        lambda y, q: f"{y}Q{q}",
        lambda y, q: f"{y}年{q}季度",
        lambda y, q: f"{y}-Q{q}",
        lambda y, q: f"{y}年第 {q} 季度",
    ]
    bare = [lambda y, q: f"{names[q - 1]}季度", lambda y, q: f"第{names[q - 1]}季度", lambda y, q: f"Q{q}", lambda y, q: q]
    said = st.tuples(st.just(False), st.integers(2022, 2024), st.integers(1, 4), st.sampled_from(writings))
    unsaid = st.tuples(st.just(True), st.just(yearless), st.integers(1, 4), st.sampled_from(bare))
    return (st.one_of(said, unsaid) if yearless else said).map(
        lambda drawn: Cell(
            date(drawn[1], 3 * drawn[2] - 2, 1), drawn[3](drawn[1], drawn[2]), needs_year=yearless if drawn[0] else None
        )
    )


def minutes() -> st.SearchStrategy[Cell]:
    """A duration that no one takes for hours."""
    bare = st.integers(30, 240).flatmap(lambda n: st.sampled_from([Cell(n, n), Cell(n, f"{n}分钟"), Cell(n, f"{n} 分钟")]))
    hours = st.sampled_from([Cell(90, "1.5小时"), Cell(120, "2小时"), Cell(60, "1个小时"), Cell(90, "1小时30分")])
    return st.one_of(bare, hours)


def clocks() -> st.SearchStrategy[Cell]:
    """A time of day."""
    whole = st.tuples(st.integers(8, 20), st.integers(0, 59))
    return whole.map(lambda at: Cell(f"{at[0]:02}:{at[1]:02}", f"{at[0]:02}:{at[1]:02}"))


def scores() -> st.SearchStrategy[Cell]:
    """A score with at most one decimal."""
    tenth = st.integers(0, 1000).map(lambda n: n / 10)
    return tenth.flatmap(lambda n: st.sampled_from([Cell(n, n), Cell(n, f"{n}"), Cell(n, f"{n}分"), Cell(n, wide_digits(f"{n}"))]))


def numbers(unit: str) -> st.SearchStrategy[Cell]:
    """A mean of people's years or hours, with at most one decimal."""
    word = {"years": "岁", "h": "学时"}[unit]
    tenth = st.integers(0, 999).map(lambda n: n / 10)
    return tenth.flatmap(
        lambda n: st.sampled_from([Cell(n, n), Cell(n, f"{n}"), Cell(n, f"{n}{word}"), Cell(n, wide_digits(f"{n}"))])
    )


def shares() -> st.SearchStrategy[Cell]:
    """A share as a percentage."""
    return st.integers(0, 100).map(lambda n: Cell(round(n / 100, 6), f"{n}%"))


def texts(name: str) -> st.SearchStrategy[Cell]:
    """A short text; now and then with a line break or full-width signs, which stay as they are."""
    said = st.sampled_from(WORDS_OF_TEXT.get(name, TOPICS))
    tails = (
        st.sampled_from(["", "", "（第二次）", "；通报近期工作", "\n讨论", "，ＡＢ"]) if name not in WORDS_OF_TEXT else st.just("")
    )
    return st.tuples(said, tails).map(lambda pair: Cell("".join(pair), "".join(pair)))


def cells_of(kind: str, name: str, yearless: int | None, salt: bytes) -> st.SearchStrategy[Cell]:
    """The cells that a field of a contract may hold."""
    spec = contracts()[kind].fields[name]
    people = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True)
    choices = [Cell(key, word) for key, listed in spec.choices.items() for word in listed]
    types = [Cell(kind, name) for name, kind in activity_types().items()]
    yes = [Cell(True, word) for word in ("是", "有", "√", "是 ")] + [Cell(False, word) for word in ("否", "无", "×")]
    return {
        "unit": lambda: st.sampled_from(UNITS).map(unit_cell),
        "new_unit": lambda: st.sampled_from(UNITS).map(unit_cell),
        "text": lambda: texts(name),
        "person": lambda: people.map(lambda names: Cell(",".join(token(plain(name), salt) for name in names), "、".join(names))),
        "date": lambda: days(spec.month_precision, yearless),
        "time": clocks,
        "year": lambda: st.sampled_from([Cell(2024, 2024), Cell(2023, "2023年"), Cell(2024, "2024年度")]),
        "quarter": lambda: quarters(yearless),
        "count": lambda: counts(("人", "名") if spec.unit == "people" else ("个", "项")),
        "minutes": minutes,
        "number": lambda: numbers(spec.unit),
        "share": shares,
        "score": scores,
        "flag": lambda: st.sampled_from(yes),
        "choice": lambda: st.sampled_from(choices),
        "activity_type": lambda: st.sampled_from(types),
        "sync_steps": lambda: st.just(Cell(None, None)),
    }[spec.type]()


@st.composite
def truths(draw: st.DrawFn, salt: bytes, kinds: tuple[str, ...] = tuple(contracts())) -> Truth:
    """Records of one kind with its required fields and some of the others, no two of them with the same natural key."""
    kind = draw(st.sampled_from(kinds))
    contract = contracts()[kind]
    yearless = draw(st.sampled_from([None, 2023, 2024]))
    optional = [name for name in contract.fields if name not in contract.required and contract.fields[name].type != "sync_steps"]
    telling = [name for name in optional if name not in ("parent", "number", "max_score", "weight")]
    names = [*contract.required, *draw(st.lists(st.sampled_from(optional), max_size=7, unique=True))]
    if kind == "units" and len(names) < 4:
        names += [name for name in telling if name not in names][:3]
    size = draw(st.integers(1, 12))
    rows = draw(
        st.lists(
            st.tuples(*[cells_of(kind, name, yearless, salt) for name in names]),
            min_size=size,
            max_size=size,
            unique_by=lambda row: tuple(str(row[names.index(name)].value) for name in contract.key if name in names),
        )
    )
    truth = Truth(kind, {name: [row[place] for row in rows] for place, name in enumerate(names)})
    for name in names:
        if name not in contract.required and contract.fields[name].type != "flag" and name not in contract.key:
            for place in draw(st.lists(st.integers(0, size - 1), max_size=size // 3, unique=True)):
                truth.fields[name][place] = Cell(None, draw(st.sampled_from(NOTHING)))
    return truth
