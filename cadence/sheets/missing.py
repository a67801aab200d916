"""A required field without a column: answered for the whole sheet, or asked about if it is the only one that is missing."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache

from cadence.sheets.quarters import quarter_of
from cadence.sheets.reading import Context, Question
from cadence.sheets.recognise import Recognised
from cadence.sheets.vocabulary import RULES
from cadence.words import Message

SKIP = ("skip", Message("先不导入这张表"))
KNOWN = [("accept", Message("知道了"))]
ASKABLE = ("unit", "type", "quarter", "held_on")
MOST_UNITS = 40
QUARTERS_BACK = 8


@cache
def type_titles() -> dict[str, str]:
    """Activity type → its title."""
    return {kind: entry["title"] for kind, entry in tomllib.loads((RULES / "types.toml").read_text(encoding="utf-8")).items()}


def fill(found: Recognised, place: str, context: Context) -> None:
    """Put in what was answered for the whole sheet, and the criterion of a list of total scores."""
    still = []
    for name in found.missing:
        value = "总分" if name == "criterion" else answered(name, place, context)
        for part in found.parts:
            if part.kind == found.kind and value is not None:
                part.constants[name] = part.constants.get(name) or value
        if value is None:
            still.append(name)
    found.missing = tuple(still)


def answered(name: str, place: str, context: Context) -> str | date | None:
    """The value that an answer gives to a missing field."""
    answer = context.answers.get(f"{name}_of:{place}")
    if not answer or answer == "skip":
        return None
    if name == "quarter":
        found = quarter_of(answer, None)
        return found if isinstance(found, date) else None
    return answer if name in ("unit", "type") else None


def ask(found: Recognised, place: str, context: Context, rows: int) -> Question | None:
    """The one question that would complete the sheet; None if more is missing than a question can give."""
    if len(found.missing) != 1:
        return None
    name = found.missing[0]
    if column := next((asked for asked in found.questions if asked.options[0][0] == name), None):
        return column
    if name not in ASKABLE:
        return None
    if name == "held_on" and "held_on" not in found.matches:
        return None
    if name == "held_on":
        years = [
            (str(year), Message("{year} 年", {"year": year})) for year in range(context.today.year, context.today.year - 3, -1)
        ]
        return Question(f"year:{place}", Message("表中只有月份，标题和文件名里没有年份。是哪一年？"), [*years, SKIP], "skip", rows)
    text, options = {"unit": of_unit, "type": of_type, "quarter": of_quarter}[name](context)
    return Question(f"{name}_of:{place}", text, [*options, SKIP], "skip", rows)


def of_unit(context: Context) -> tuple[Message, list[tuple[str, Message]]]:
    """Which unit a sheet without a unit column is of."""
    options = [(unit, Message("{unit}", {"unit": unit})) for unit in sorted(context.units)[:MOST_UNITS]]
    return Message("这张表没有单位列，标题里也没有写明单位。是哪个单位的？"), options


def of_type(context: Context) -> tuple[Message, list[tuple[str, Message]]]:
    """Which activity type a sheet without a type column holds."""
    return Message("这张表没有活动类型列。都是哪一类活动？"), [(kind, Message(title)) for kind, title in type_titles().items()]


def of_quarter(context: Context) -> tuple[Message, list[tuple[str, Message]]]:
    """Which quarter a sheet without a period is of."""
    options = []
    year, quarter = context.today.year, (context.today.month + 2) // 3
    for _ in range(QUARTERS_BACK):
        options.append((f"{year}Q{quarter}", Message("{year} 年第 {quarter} 季度", {"year": year, "quarter": quarter})))
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return Message("表中没有写明是哪一年、哪一季度。是哪一期？"), options


def told(found: Recognised, rows: int) -> list[Question]:
    """Notices of a unit and a type that no column gives: they were read from titles, sheet or file name."""
    constants = {name: value for part in found.parts[:1] for name, value in part.constants.items()}
    if len(found.parts) != 1:
        return []
    notices = []
    if constants.get("unit") and "unit" not in found.matches:
        text = Message("没有单位列，按标题或文件名都记为“{unit}”。", {"unit": constants["unit"]})
        notices.append(Question("stated:unit", text, KNOWN, "accept", rows, severity="notice"))
    if constants.get("type") and "type" not in found.matches:
        title = Message(type_titles()[constants["type"]])
        text = Message("没有活动类型列，按标题或文件名都记为“{type}”。", {"type": title})
        notices.append(Question("stated:type", text, KNOWN, "accept", rows, severity="notice"))
    return notices


def type_of_columns(parent: str) -> Question:
    """Which activity type twelve months of counts below one header are."""
    text = Message("“{header}”下面各月的次数属于哪一类活动？", {"header": parent})
    options = [(kind, Message(title)) for kind, title in type_titles().items()]
    return Question(f"type:{parent}", text, [*options, ("ignore", Message("不导入这些列"))], "ignore", 0)
