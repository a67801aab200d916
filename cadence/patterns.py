"""`queries/patterns.toml` and rows of findings in; the sentences and words in which they are told, out."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from cadence.words import QUERIES, say

LEVELS = {
    "high": "高可信", "medium": "中等", "hint": "提示", "none": "未见异常",
    "too_few": "样本不足，不作判断", "unreported": "有月份未报，不作判断",
}  # fmt: skip
WINDOWS = {"w6": "年末最后六周", "Q4": "第四季度", "December": "12月"}
SEVERE, MODERATE = 2.5, 1.5
"""Lower limits of the strength from which a rush is heavy and moderate (docs/statistics.md)."""
FEW = 25
"""Up to this many activities only extremes can be told."""
DECIMALS = ("effect", "low", "high", "sd", "usual_sd", "traces", "outcome")
SHARES = ("expected", "share_low", "share_high", "busiest")
COUNTS = ("n", "k", "late", "first_third", "quarters", "silence", "empty", "lists")


@dataclass(frozen=True)
class Pattern:
    """One pattern in words; texts are Chinese source texts."""

    id: str
    title: str
    about: str
    say: str
    how: str
    innocent: str


@cache
def patterns() -> dict[str, Pattern]:
    """Every pattern by id, in the order in which they are listed."""
    written = tomllib.loads((QUERIES / "patterns.toml").read_text(encoding="utf-8"))
    return {
        id: Pattern(id, **{name: text for name, text in entry.items() if not name.endswith("_en")}) for id, entry in written.items()
    }


def sentence(finding: Mapping[str, Any], is_system: bool = True) -> str:
    """What a row of `rhythm_findings` says; `is_system` is false where working days had to stand in for other units."""
    return say(patterns()[finding["pattern"]].say, **told(finding, is_system))


def told(finding: Mapping[str, Any], is_system: bool = True) -> dict[str, str]:
    """The figures of a finding as texts."""
    n, k = finding["n"], finding["k"]
    texts = {name: _decimal(finding[name]) for name in DECIMALS}
    texts |= {name: _share(finding[name]) for name in SHARES}
    texts |= {name: "–" if pd.isna(finding[name]) else f"{finding[name]:,.0f}" for name in COUNTS}
    return texts | {
        "share": _share(k / n if n else None),
        "usual": "–" if pd.isna(finding["late"]) else f"{finding['late'] * finding['expected']:,.0f}",
        "window": say(WINDOWS.get(finding["span"], "")),
        "baseline": say("同期其他单位扣除年度固定事项后") if is_system else say("按工作日"),
    }


def window(finding: Mapping[str, Any], inspections: Iterable[dt.date] = ()) -> list[tuple[dt.date, dt.date]]:
    """The days that a finding of a unit looks at, first and last; the whole year where it looks at no part of it."""
    year, pattern = int(finding["year"]), finding["pattern"]
    last = dt.date(year, 12, 31)
    if pattern == "yearend_rush":
        first = {"Q4": dt.date(year, 10, 1), "December": dt.date(year, 12, 1)}
        return [(first.get(finding["span"], last - dt.timedelta(41)), last)]
    if pattern == "quarterend_rush":
        ends = [dt.date(year, 3, 31), dt.date(year, 6, 30), dt.date(year, 9, 30), last]
        return [(end - dt.timedelta(13), end) for end in ends]
    if pattern == "preinspection_rush":
        return [(day - dt.timedelta(21), day - dt.timedelta(1)) for day in inspections]
    return [(dt.date(year, 9, 1), last)] if pattern == "fading" else [(dt.date(year, 1, 1), last)]


def severity(finding: Mapping[str, Any]) -> str:
    """轻, 中 or 重 by the lower limit of the strength; empty where the pattern has no rate."""
    if not finding["pattern"].endswith("_rush") or pd.isna(finding["low"]):
        return ""
    return say("重" if finding["low"] >= SEVERE else "中" if finding["low"] >= MODERATE else "轻")


def name(finding: Mapping[str, Any]) -> str:
    """The pattern's title, with the severity where it has one: 年末突击（重）."""
    title, strength = say(patterns()[finding["pattern"]].title), severity(finding)
    return say("{title}（{strength}）", title=title, strength=strength) if strength else title


def doubts(finding: Mapping[str, Any]) -> list[str]:
    """What speaks against the finding, of its own figures."""
    found = []
    if finding["scope"] == "unit" and finding["n"] <= FEW:
        found.append(say("全年只有 {n} 次，仅能发现极端情形。", n=f"{finding['n']:.0f}"))
    if pd.notna(finding["growing"]) and finding["growing"]:
        found.append(say("1–9月本来就在增长。"))
    if finding["level"] == "hint":
        found.append(say("证据不足以作结论，只供留意。"))
    return found


def evidence(finding: Mapping[str, Any]) -> str:
    """The figures behind the level: p, q."""
    if pd.isna(finding["p"]):
        return say("按次数直接判断，不作检验。")
    texts = {"p": _tiny(finding["p"]), "q": "–" if pd.isna(finding["q"]) else _tiny(finding["q"])}
    return say("偶然出现的可能 p={p}；同等把握的提示中误报约占 q={q}。", **texts)


def _share(value: float | None) -> str:
    return "–" if pd.isna(value) else f"{value:.0%}"


def _decimal(value: float) -> str:
    return "–" if pd.isna(value) else f"{value:.1f}"


def _tiny(value: float) -> str:
    return "<0.001" if value < 0.001 else f"{value:.3f}"
