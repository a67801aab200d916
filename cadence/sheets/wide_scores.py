"""Scores spread over columns: criteria, quarters, raters or units above; one part for each column out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from cadence.sheets.amounts import NOT_SCORED, number, read_score
from cadence.sheets.columns import token
from cadence.sheets.contracts import contracts
from cadence.sheets.headers import Header
from cadence.sheets.matching import Column, Match
from cadence.sheets.people import is_name
from cadence.sheets.quarters import quarter_in
from cadence.sheets.recognise import Part, Recognised, Scene, base, constants_for, settled
from cadence.sheets.stated import UNIT_TAIL
from cadence.sheets.values import NULLS, Setting, text_of
from cadence.sheets.vocabulary import plain

FULL_MARK = re.compile(r"(?:满分)?(\d+(?:\.\d+)?)(?:分|%)?$")
QUARTERS = re.compile(r"^(?:\d{4}年)?(?:第?[一二三四1-4]季度|Q[1-4])(?:得分|成绩|考核得分|分数)?$")
NO_SCORE = re.compile(r"标准|要求|说明|方法|办法|依据|评分细则|原因|来源|部门意见|问题|选项|题号")
RATER = re.compile(
    r"^(?:评委|专家|评审|考评员|考核员|督导员|检查员|测评人|评分人|打分人|考官|组员|评议人)[一二三四五六七八九十甲乙丙丁戊己\dA-Za-z]{0,3}(?:打分|评分|得分)?$"
)
RATED_BY = re.compile(r"^(.{2,12}?)(?:评分|打分)$")
ASSESSMENT = re.compile(r"考核|考评|评价|绩效|评分|打分|得分|测评|评议|评估|成绩")
TOTAL_OF = re.compile(r"(?:[第一二三四1-4]*季度?|年度|年终|半年|综合|最终|考核|考评|总|合计)*(?:得分|总分|成绩|分数|合计)")
DERIVED = re.compile(r"合计|小计|^最[高低]分$|^平均|排名|名次|位次|排序|排位|^(?:序号|人数)$")
ADJUSTS = re.compile(r"(?:奖励)?(?:加分|奖分|扣分|减分|罚分)(?:情况|分值|值|数)?$")
RATERS = re.compile(r"^(?:评委|专家|评审|考评员|考核员|测评人|评分人|打分人|考官)[^数]{0,6}$")
TOTAL = "总分"


def criteria(columns: list[Column], scene: Scene) -> Recognised | None:
    """The quarterly summary: one row a unit, one column a criterion, with rewards and deductions beside them.

    Criteria are those of the contract and columns with a full mark. Below a title about assessment every column of numbers
    is one, if a total, a rank, rewards or deductions beside them confirm it.
    """
    wide = contracts()["evaluations"].wide
    names = {plain(name) for name in wide.criteria}
    ignored = {plain(word) for word in wide.ignore}
    beside = [column for column in columns if adjusts(column)]
    passed = [column for column in columns if plain(column.header.own) in ignored or DERIVED.search(plain(column.header.own))]
    used = {column.header.index for column in beside + passed}
    scored = [column for column in columns if column.header.index not in used and plain(column.header.own) in names]
    used |= {column.header.index for column in scored}
    known = len(scored)
    scored += [column for column in columns if column.header.index not in used and marked(column)]
    used |= {column.header.index for column in scored}
    matches = base("evaluations", columns, used, scene)
    if (
        "criterion" not in matches
        and about_assessment(scene)
        and (beside or passed or scored or any(totals(column) for column in columns))
    ):
        taken = {match.header.index for name, match in matches.items() if name not in ("score", "max_score")} | used
        scored += [column for column in columns if column.header.index not in taken and scores_or_nothing(column)]
        used |= {column.header.index for column in scored}
    elif known < 2:
        return None
    if len(scored) < 2:
        return None
    matches = {
        name: match
        for name, match in matches.items()
        if name in ("unit", "quarter", "rated_on", "rater", "assessment", "remark") and match.header.index not in used
    }
    if "unit" not in matches:
        return None
    parts = [criterion_part(column.header, matches, scene) for column in sorted(scored, key=lambda column: column.header.index)]
    parts += [adjustment_part(column.header, matches, scene) for column in beside]
    shown = {"criterion": scored[0].header, "score": scored[0].header} | ({"points": beside[0].header} if beside else {})
    return settled("evaluations", parts, matches, shown)


def about_assessment(scene: Scene) -> bool:
    """Whether titles, sheet or file name speak of an assessment."""
    return any(ASSESSMENT.search(plain(text)) for text in [*scene.texts, scene.file])


def marked(column: Column) -> bool:
    """Whether a header carries a full mark (“群众满意度（10分）”) above numbers or nothing."""
    numbers = sum(number(cell) is not None for cell in column.sample)
    return bool(re.search(r"\d+分|\d+%", column.header.bracket)) and numbers >= 0.7 * len(column.sample)


def totals(column: Column) -> bool:
    """Whether a column is the total of others, by its header."""
    return bool(TOTAL_OF.fullmatch(plain(column.header.own)))


def adjusts(column: Column) -> bool:
    """Whether a column holds points added or taken off (“加分”, “违规通报扣分”): by its header, above numbers or nothing."""
    word = plain(column.header.own)
    return bool(ADJUSTS.search(word)) and not DERIVED.search(word) and all(pointlike(cell) for cell in column.sample)


def pointlike(cell: Any) -> bool:
    """Whether a cell can be points or says that there are none."""
    read = read_score(contracts()["adjustments"].fields["points"], cell, Setting(date.today()))
    return not read.reason and read.full_mark is None


def adjustments(columns: list[Column], scene: Scene) -> Recognised | None:
    """A ledger of rewards and deductions whose direction stands in the headers: 加分 | 扣分, or one column for each ground."""
    found = [column for column in columns if adjusts(column)]
    passed = {column.header.index for column in columns if DERIVED.search(plain(column.header.own))}
    used = {column.header.index for column in found}
    if not found or any(
        plain(column.header.own) in {plain(name) for name in contracts()["evaluations"].wide.criteria} for column in columns
    ):
        return None
    matches = base("adjustments", columns, used | passed, scene)
    matches.pop("points", None)
    if "unit" not in matches or (len(found) == 1 and "reason" not in matches and "happened_on" not in matches):
        return None
    fallback = matches.pop("direction", None) if len(found) > 1 else matches.get("direction")
    if fallback and not fallback.header.own:
        return None
    parts = []
    for column in found:
        part = adjustment_part(column.header, matches, scene)
        part.columns |= {name: match.header for name, match in matches.items()}
        ground = ADJUSTS.sub("", plain(column.header.own))
        if ground and "reason" not in matches:
            part.constants["reason"] = ground
        if "direction" in matches:
            part.each = None
            part.defaults["direction"] = (part.constants.pop("direction"), "points")
        parts.append(part)
    return settled("adjustments", parts, matches, {"points": found[0].header, "direction": found[0].header})


def criterion_part(header: Header, matches: Mapping[str, Match], scene: Scene) -> Part:
    """One criterion's column as a run of scores."""
    constants = constants_for(contracts()["evaluations"], scene)
    constants["criterion"] = re.sub(r"[(（].*?[)）]", "", header.own)
    if mark := FULL_MARK.search(header.bracket):
        constants["max_score"] = float(mark[1])
    return Part("evaluations", {name: match.header for name, match in matches.items()} | {"score": header}, constants, each="score")


def adjustment_part(header: Header, matches: Mapping[str, Match], scene: Scene) -> Part:
    """One column of rewards or deductions; an empty or zero cell is none."""
    shared = {name: match.header for name, match in matches.items() if name in ("unit", "quarter", "remark")}
    constants = constants_for(contracts()["adjustments"], scene)
    constants["direction"] = "deduction" if re.search(r"[扣减]", header.own) else "reward"
    return Part("adjustments", shared | {"points": header}, constants, each="points")


def quarters(columns: list[Column], scene: Scene) -> Recognised | None:
    """The yearly summary: one row a unit, one column a quarter's score."""
    quarterly = [column for column in columns if QUARTERS.match(plain(column.header.own)) and quarter_in(plain(column.header.own))]
    numbers = [number(cell) is not None for column in quarterly for cell in column.sample]
    if (
        len(quarterly) < 2
        or not scene.setting.year
        or sum(numbers) < 0.7 * len(numbers)
        or not re.search(r"考核|考评|评分|得分|成绩|测评", "".join([*scene.texts, *(column.header.text for column in quarterly)]))
    ):
        return None
    matches = base("evaluations", columns, {column.header.index for column in quarterly}, scene)
    matches = {name: match for name, match in matches.items() if name in ("unit", "criterion", "max_score", "remark")}
    if "unit" not in matches:
        return None
    parts = []
    for column in quarterly:
        constants = {"quarter": date(scene.setting.year, 3 * quarter_in(plain(column.header.own)) - 2, 1)}
        if "criterion" not in matches:
            constants["criterion"] = plain(column.header.parent) or "季度总分"
        parts.append(
            Part(
                "evaluations",
                {name: match.header for name, match in matches.items()} | {"score": column.header},
                constants,
                each="score",
            )
        )
    return settled(
        "evaluations",
        parts,
        matches,
        {"quarter": quarterly[0].header, "score": quarterly[0].header, "criterion": quarterly[0].header},
    )


def raters(columns: list[Column], scene: Scene) -> Recognised | None:
    """Unit × raters: one column a rater, who is kept as a token only."""
    rating = [column for column in columns if rates(column.header) and scores_or_nothing(column)]
    if rating:
        beside = [column for column in columns if RATED_BY.match(plain(column.header.own)) and scores_or_nothing(column)]
        rating += [column for column in beside if column not in rating]
    if len(rating) < 2:
        return None
    matches = base("evaluations", columns, {column.header.index for column in rating}, scene)
    matches = {name: match for name, match in matches.items() if name not in ("score", "rater")}
    parts = []
    for column in rating:
        constants = constants_for(contracts()["evaluations"], scene) | {
            "rater": token(rater_of(column.header.own), scene.context.salt)
        }
        constants |= {} if "criterion" in matches else {"criterion": TOTAL}
        fields = {name: match.header for name, match in matches.items()} | {"score": column.header}
        parts.append(Part("evaluations", fields, constants, each="score"))
    return settled("evaluations", parts, matches, {"rater": rating[0].header, "score": rating[0].header})


def rater_of(header: str) -> str:
    """“机关党委评分” → “机关党委”."""
    found = RATED_BY.match(plain(header))
    return found[1] if found else header


def rates(header: Header) -> bool:
    """Whether a header stands for a rater: numbered ones, or a name below “评委”."""
    return bool(RATER.match(plain(header.own)) or (RATERS.match(plain(header.parent)) and is_name(header.own)))


def units(columns: list[Column], scene: Scene) -> Recognised | None:
    """Criteria × units: one row a criterion, one column a unit."""
    matches = base("evaluations", columns, set(), scene)
    if "criterion" not in matches or "unit" in matches or "score" in matches:
        return None
    taken = {match.header.index for match in matches.values()}
    free = [column for column in columns if column.header.index not in taken and scores_or_nothing(column)]
    free = [column for column in free if not is_name(column.header.own)]
    named = [column for column in free if unit_like(column.header.own, scene.context.units)]
    if len(named) < 2:
        return None
    family = {column.header.parents for column in named if column.header.parents}
    named = [column for column in free if column in named or (column.header.parents and column.header.parents in family)]
    kept = {
        name: match
        for name, match in matches.items()
        if name in ("criterion", "max_score", "weight", "nature", "evidence", "rater")
    }
    constants = constants_for(contracts()["evaluations"], scene)
    parts = []
    for column in named:
        columns_of = {name: match.header for name, match in kept.items()} | {"score": column.header}
        parts.append(
            Part("evaluations", columns_of, constants | {"unit": re.sub(r"[(（].*?[)）]", "", column.header.own)}, each="score")
        )
    return settled("evaluations", parts, kept, {"unit": named[0].header, "score": named[0].header})


def scores_or_nothing(column: Column) -> bool:
    """Whether a column can hold scores: numbers or nothing, and no header of explanations."""
    numbers = sum(
        number(cell) is not None or text_of(cell) in NULLS or plain(text_of(cell)) in NOT_SCORED for cell in column.sample
    )
    return numbers >= 0.7 * len(column.sample) and not NO_SCORE.search(column.header.own)


def unit_like(header: str, known: frozenset[str]) -> bool:
    """Whether a header names a unit: a known one, or by its last word."""
    text = re.sub(r"[(（].*?[)）]", "", header)
    return text in known or bool(UNIT_TAIL.search(text) or re.search(r"(公司|队|组|院|所|站|局|委)$", text))
