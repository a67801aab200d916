"""What a table is: the contract that fits best, its columns, the values its surroundings give, and what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from cadence.sheets.contracts import Contract, contracts
from cadence.sheets.dates import when
from cadence.sheets.headers import Header
from cadence.sheets.matching import WORTH_ASKING, Column, Match, accepted_headers, fit, map_columns, settle_type
from cadence.sheets.reading import Context, Question
from cadence.sheets.stated import Stated
from cadence.sheets.tables import Table
from cadence.sheets.values import Setting
from cadence.sheets.vocabulary import activity_types, plain, sync_steps
from cadence.words import Message

LEAST_STEPS = 3
STATED = re.compile(r"([^:：\s]{2,8})[:：]\s*([^:：]+)")
PLAN = re.compile(r"计划|工作安排|活动安排|学习安排|预安排|拟开展")
CARRIED_OUT = re.compile(r"完成|落实|执行|开展情况|台账|记录|登记|总结|统计|明细|实际")
OTHER_DAYS = re.compile(r"出生|入党|生日|成立|计划|结束|截止|登记|填|录入")
LEDGER = "(?:登记|台账|统计|情况|记录|明细|汇总|一览|导出)"
MISSING = 0.15
ASSUMED = {"criterion": 0.6}  # a list of scores without criteria is a list of totals (`missing.fill`)


@dataclass
class Part:
    """What to read as one run of records: columns by field, values that hold for all rows, and the cell that makes a record.

    `each` names the field whose empty cell means no record; `counted` the column whose number says how many records a cell is.
    `steps` are columns of ticks, one for each sync step; `defaults` (value, other field)
    fill the empty cells of a column where the other field says something.
    """

    kind: str
    columns: dict[str, Header] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    each: str | None = None
    counted: Header | None = None
    steps: dict[str, Header] = field(default_factory=dict)
    defaults: dict[str, tuple[Any, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """What stands around a table: the caller's context, what titles and names state, those texts, and the file's name."""

    context: Context
    stated: Stated
    texts: list[str]
    file: str
    setting: Setting

    @property
    def month(self) -> int | None:
        """The one month that is stated, if it is one."""
        return self.stated.first_month if self.stated.first_month == self.stated.last_month else None


@dataclass
class Recognised:
    """What a table was taken for."""

    kind: str | None = None
    confidence: float = 0.0
    matches: dict[str, Match] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    questions: list[Question] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    dropped: list[Header] = field(default_factory=list)

    @property
    def persons(self) -> list[Header]:
        """The columns of names that become tokens."""
        found = {
            header.index: header
            for part in self.parts
            for name, header in part.columns.items()
            if contracts()[part.kind].fields[name].type == "person"
        }
        return list(found.values())


def quality(
    chosen: Mapping[str, Match],
    doubtful: list[Match],
    columns: list[Column],
    contract: Contract,
    constants: Mapping[str, Any],
    hinted: bool,
) -> float:
    """How well a contract fits: required fields found, share of the columns explained, and what the names say."""
    required = [
        min(1.0, chosen[name].confidence) if name in chosen else 0.85 if name in constants else ASSUMED.get(name, 0.0)
        for name in contract.required
    ]
    taken = {match.header.index: match.confidence for match in chosen.values()}
    passed = {plain(word) for word in contract.wide.ignore} if contract.wide else set()
    weights = {
        column.header.index: rarity(plain(column.header.own)) for column in columns if plain(column.header.own) not in passed
    }
    covered = sum(weights.get(index, 0.0) * confidence for index, confidence in taken.items()) / max(1e-9, sum(weights.values()))
    return 0.5 * sum(required) / max(1, len(required)) + 0.3 * min(1.0, covered) + 0.2 * hinted


@lru_cache(maxsize=5_000)
def rarity(header: str) -> float:
    """1 for a header that one kind only knows, less for one that many kinds share."""
    kinds = sum(
        any(header in accepted_headers(field.headers, field.title) or field.says(header) for field in contract.fields.values())
        for contract in contracts().values()
    )
    return 1 / max(1, kinds)


def hints(contract: Contract, texts: list[str]) -> bool:
    """Whether the sheet name or a title calls the table by one of the kind's names."""
    names = [plain(name) for name in (*contract.sheet_names, contract.title)]
    return any(name in plain(text) for text in texts for name in names)


def constants_for(contract: Contract, scene: Scene) -> dict[str, Any]:
    """Values that the surroundings of a table give to every row: quarter, unit, activity type."""
    found: dict[str, Any] = {}
    for name, field_ in contract.fields.items():
        if field_.from_title and field_.type == "quarter" and scene.stated.quarter_start:
            found[name] = scene.stated.quarter_start
        if name == "unit" and field_.type == "unit" and scene.stated.unit:
            found[name] = scene.stated.unit
        if name == "rated_on" and (day := rated_on(contract, scene)):
            found[name] = day
        if field_.type == "activity_type" and (kind := type_of_title(scene.texts, scene.file)):
            found[name] = kind
    return found


def planned(scene: Scene) -> bool:
    """Whether the first of titles, sheet and file name that says either calls the table a plan, not what became of it."""
    sheet, *titles = [plain(text) for text in scene.texts]
    told = next((text for text in [*titles, sheet, plain(scene.file)] if PLAN.search(text) or CARRIED_OUT.search(text)), "")
    return bool(PLAN.search(told)) and not CARRIED_OUT.search(told)


def rated_on(contract: Contract, scene: Scene) -> date | None:
    """The day of the assessment that a cell above the table states (“考核时间：2026年7月8日”)."""
    field_ = contract.fields["rated_on"]
    for text in scene.texts:
        for label, said in STATED.findall(text):
            if plain(label) in accepted_headers(field_.headers, field_.title) or field_.says(plain(label)):
                return when(said, scene.stated.year, scene.context.today).day
    return None


def type_of_title(texts: list[str], file: str = "") -> str | None:
    """The one activity type that sheet name, titles or file name say; “三会一课” and the like name none."""
    for text in [*texts, file.rsplit("/", 1)[-1].rsplit(".", 1)[0]]:
        said = plain(text)
        if "三会一课" in said:
            continue
        kinds = {kind for name, kind in activity_types().items() if named_in(name, said)}
        if len(kinds) == 1:
            return kinds.pop()
    return None


def named_in(name: str, text: str) -> bool:
    """Whether a title names a type: a name of two signs only if it is the title, or a word for a ledger follows it."""
    if len(name) >= 3:
        return name in text
    return name == text or bool(re.search(rf"{name}(?:活动)?(?:开展)?{LEDGER}", text))


def choose(table: Table, columns: list[Column], scene: Scene) -> Recognised:
    """The kind that fits best, with its columns and constants; the forced kind if there is one."""
    best = Recognised()
    for kind, contract in contracts().items():
        if scene.context.kind not in (None, kind):
            continue
        chosen, doubtful = map_columns(columns, contract, scene.setting, scene.context)
        if (
            kind == "activities"
            and scene.context.kind is None
            and planned(scene)
            and not {"attended", "expected", "leave"} & set(chosen)
        ):
            continue
        around = constants_for(contract, scene)
        if kind == "activities":
            settle_type(chosen, columns, "type" in around)
        constants = {name: value for name, value in around.items() if name not in chosen}
        grade = quality(chosen, doubtful, columns, contract, constants, hints(contract, [*scene.texts, scene.file]))
        missing = tuple(name for name in contract.required if name not in chosen and name not in constants)
        if grade - MISSING * len(missing) > best.confidence - MISSING * len(best.missing) + 1e-9:
            doubtful += days_without_a_name(missing, chosen, columns, contract, scene)
            part = Part(kind, {name: match.header for name, match in chosen.items()}, constants)
            part.steps = step_columns(columns) if "sync" in contract.fields and "sync" not in chosen else {}
            best = Recognised(
                kind,
                grade,
                chosen,
                [part],
                missing,
                [ask_column(match, contract, table) for match in doubtful if contract.fields[match.field].type != "person"],
            )
    return best


def days_without_a_name(
    missing: tuple[str, ...], chosen: Mapping[str, Match], columns: list[Column], contract: Contract, scene: Scene
) -> list[Match]:
    """The first free column of days and nothing else, to be asked about, where a day is the one required field missing."""
    if len(missing) != 1 or contract.fields[missing[0]].type != "date":
        return []
    taken = {match.header.index for match in chosen.values()}
    free = [column for column in columns if column.header.index not in taken and not column.blank]
    answered = [column for column in free if f"column:{column.header.text}" in scene.context.answers]
    field_ = contract.fields[missing[0]]
    days = [column for column in free if column not in answered and fit(field_, column, scene.setting) == 1.0]
    return [Match(field_.name, column.header, WORTH_ASKING) for column in days[:1] if not OTHER_DAYS.search(column.header.own)]


def step_columns(columns: list[Column]) -> dict[str, Header]:
    """Sync step → its column of ticks or dates, when three or more of them stand under a header that says “同步”."""
    steps = sync_steps()
    found = {steps[plain(column.header.own)]: column.header for column in columns if plain(column.header.own) in steps}
    return found if len(found) >= LEAST_STEPS and all("同步" in header.text for header in found.values()) else {}


def ask_column(match: Match, contract: Contract, table: Table) -> Question:
    """Whether a column that resembles a field is that field."""
    rows = sum(cell is not None for cell in table.column(match.header))
    title = Message(contract.fields[match.field].title)
    text = Message(
        "第{column}列“{header}”是不是“{field}”？", {"column": match.header.letter, "header": match.header.text, "field": title}
    )
    options = [(match.field, Message("是，读作“{field}”", {"field": title})), ("ignore", Message("不是，不导入这一列"))]
    return Question(f"column:{match.header.text}", text, options, "ignore", rows)


def base(kind: str, columns: list[Column], used: set[int], scene: Scene) -> dict[str, Match]:
    """The ordinary fields among the columns that are not spread."""
    free = [column for column in columns if column.header.index not in used]
    return map_columns(free, contracts()[kind], scene.setting, scene.context)[0]


def settled(kind: str, parts: list[Part], matches: dict[str, Match], spread_over: Mapping[str, Header]) -> Recognised:
    """A summary sheet as recognised, with the columns it is spread over counted among its matches."""
    extra = {name: Match(name, header, 0.9, True) for name, header in spread_over.items() if name not in matches}
    required = contracts()[kind].required
    missing = tuple(
        name
        for name in required
        if any(name not in part.columns and part.constants.get(name) is None for part in parts if part.kind == kind)
    )
    return Recognised(kind, 0.9 if not missing else 0.75, matches | extra, parts, missing)
