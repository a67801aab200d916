"""Whatever stands in the cells of a ledger, nothing becomes another value without a word."""

import re
import unicodedata
from datetime import date, datetime

from hypothesis import given, note
from hypothesis import strategies as st

from cadence.sheets import read_files
from cadence.sheets.amounts import GRADES
from cadence.sheets.values import NULLS, text_of
from cadence.sheets.vocabulary import activity_types, numeral, plain
from tests.sheets.books import context, xlsx

HEADERS = {
    "unit": "党支部",
    "type": "活动类型",
    "held_on": "活动日期",
    "topic": "主题",
    "attended": "实到人数",
    "minutes": "时长（分钟）",
    "satisfaction": "满意度",
    "prescribed": "规定/自选",
}
YEAR = 2024
NUMBERS = st.one_of(st.integers(-2, 3000), st.floats(0, 200, allow_nan=False).map(lambda number: round(number, 1)))
SHAPES = (
    "{n}人", "约{n}人", "{n}/{m}", "{n}-{m}", "{n}.{m}", "{n}%",
     "{n}分", "{n}分钟", "{n}小时", "{n}:{m}", "{n}月{m}日", "{n}月", "2024.{n}.{m}",
    "2024年{n}月{m}日",
    "2024-{n}-{m} 14:00-16:{m}", "{n}.{m}/{n}.{n}", "2024.{n}.{m}-{m}.{n}", "{n}月{m}日-{n}日", "第{n}次支委会", "{n}月上旬",
    "2024年第{n}季度", "20240{n}{m}", "（{n}）", "{n}（含{m}名预备党员）", "{n}余人", "{n}人次",
    "不少于{n}", "{n}、{m}", "{n}或{m}",
)  # fmt: skip
WORDS = (
    *NULLS,
    *activity_types(),
    *GRADES,
    "规定动作",
    "自选",
    "待补",
    "支部党员大会,党课",
    "党课和主题党日",
    "二十人",
    "全体党员",
    "同上",
    "十月十日",
)
CELLS = st.one_of(
    st.none(),
    NUMBERS,
    st.sampled_from(WORDS),
    st.tuples(st.sampled_from(SHAPES), st.integers(1, 31), st.integers(1, 31)).map(
        lambda drawn: drawn[0].format(n=drawn[1], m=drawn[2])
    ),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.text("0123456789年月日.-/:~至人分时 小半上下午一二三十两约 ", max_size=10),
)
ROWS = st.lists(st.tuples(*[CELLS] * (len(HEADERS) - 1)), min_size=1, max_size=20)


@given(ROWS)
def test_no_value_changes_in_silence(drawn):
    """A stored value is what its cell says, word for word or number for number, or its row or column is spoken of."""
    rows = [
        [
            f"支部{place}党支部",
            "党课" if cells[0] is None else cells[0],
            date(YEAR, 3, 5) if cells[1] is None else cells[1],
            *cells[2:],
        ]
        for place, cells in enumerate(drawn)
    ]
    written = [[f"{YEAR}年活动台账"], list(HEADERS.values()), *rows]
    (reading,) = read_files([("台账.xlsx", xlsx({"台账": (written, ())}))], context())
    sheet = reading.sheets[0]
    told = {(problem.row, problem.header) for problem in [*sheet.rejected, *sheet.warnings]}
    asked = " ".join(str(question.text) + question.id for question in sheet.questions)
    for table in sheet.tables:
        for record, number in enumerate(table.numbers):
            cells = dict(zip(HEADERS, written[number - 1], strict=True))
            for name in HEADERS:
                header = sheet.columns.get(name)
                if header is None or (number, header) in told or header in asked or cells[name] == "同上":
                    continue
                value = table.fields[name][record]
                note(f"row {number} {name}: {cells[name]!r} → {value!r}")
                assert says(name, cells[name], value)
    spoken = {problem.row for problem in sheet.rejected} | {skipped.row for skipped in sheet.skipped}
    spoken |= {number for table in sheet.tables for number in table.numbers}
    if sheet.verdict.startswith("import") and not any(question.severity == "ask" for question in sheet.questions):
        assert {place + 3 for place in range(len(rows))} <= spoken


def says(name, cell, value):
    """Whether a cell says a value, by a plain reading of its own."""
    text = unicodedata.normalize("NFKC", text_of(cell)) if cell is not None else ""
    if value is None:
        return cell is None or text.strip() in NULLS or text.strip() in ("-1", "-1.0")
    numbers = [float(found) for found in re.findall(r"\d+(?:\.\d+)?", text)]
    if name in ("unit", "topic"):
        return "".join(text.split()) == "".join(unicodedata.normalize("NFKC", str(value)).split())
    if name == "type":
        return any(word in plain(text) for word, kind in activity_types().items() if kind == value)
    if name == "prescribed":
        return {"prescribed": "规定", "own": "自选"}[value] in text
    if name == "held_on":
        return says_day(cell, text, value)
    if name == "minutes":
        spans = [value, value / 60, value / 45, *[value - 60 * hours for hours in numbers]]
        return any(abs(part - found) < 1e-6 for part in spans for found in numbers) or ("半" in text and value % 60 == 30)
    counted = [numeral(found) for found in re.findall(r"[一二三四五六七八九十两零]+", text)]
    return value in numbers or value in counted


def says_day(cell, text, value):
    """Whether a cell says this day, its year perhaps left to the title."""
    if isinstance(cell, (date, datetime)):
        return (cell.date() if isinstance(cell, datetime) else cell) == value
    digits = [int(found) for found in re.findall(r"\d+", text)]
    if any(found in digits for found in (int(f"{value:%Y%m%d}"), int(f"{value:%Y%m}"), (value - date(1899, 12, 30)).days)):
        return True
    words = [numeral(found) for found in re.findall(r"[一二三四五六七八九十]+", text)]
    year = value.year in digits or value.year == YEAR or value.year % 100 in digits
    return year and value.month in digits + words and (value.day in digits + words or value.day == 1)
