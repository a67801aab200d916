"""An indicator and a selection in; what may honestly be shown of it out: rows, reading sentence, or the reason for withholding."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cadence import catalogue, queries
from cadence.catalogue import SEVERITIES, Entry, Reading
from cadence.selection import Selection
from cadence.sheets.contracts import contracts
from cadence.store import Store
from cadence.words import Message, say

_remembered: ContextVar[dict[tuple, pd.DataFrame] | None] = ContextVar("remembered", default=None)


@dataclass(frozen=True)
class Answer:
    """An indicator's answer. `withheld` is the reason why nothing is shown; then `frame` is not to be drawn."""

    entry: Entry
    frame: pd.DataFrame
    withheld: Message | None = None
    before: pd.DataFrame | None = None
    marks: pd.DataFrame | None = None
    reported: float = float("nan")

    @property
    def reading(self) -> Reading | None:
        """The sentence above the picture."""
        return self.told()

    def told(self, number: Callable[[str], str] = str) -> Reading | None:
        """The same with each of its numbers put through `number`, for a reader who wants to follow them."""
        return None if self.withheld else self.entry.reading(catalogue.translated(self.frame), number)

    @property
    def coverage(self) -> str:
        """How much of the selection was handed in, in words; empty where nothing was due."""
        return say("已报 {share}", share=f"{self.reported:.0%}") if self.reported == self.reported else ""

    @property
    def n(self) -> int | None:
        """The number behind the figure, where the indicator names one."""
        return int(self.frame[self.entry.n].sum()) if self.entry.n and len(self.frame) else None


@dataclass(frozen=True)
class Found:
    """Findings, each an indicator and its sentence, and how many rules could judge."""

    worth_checking: list[tuple[Entry, Reading]]
    judged: int

    @property
    def calm(self) -> str:
        """What is said where nothing is worth checking: how many rules looked, or that there is too little to judge."""
        if self.judged:
            return say("按 {n} 条规则看过，没有需要核实的事项。", n=self.judged)
        return say("报送的数据还不够，暂不判断有没有需要核实的事项。")


def remember() -> None:
    """From here on, in this thread, no question is asked twice: findings, figures and cards of a page share their answers.

    Called at the start of each run of a page; what an earlier run knew is forgotten. Without it every question is asked.
    """
    _remembered.set({})


def forget() -> None:
    """From here on, in this thread, every question is asked."""
    _remembered.set(None)


def ask(store: Store, id: str, values: Mapping[str, Any]) -> pd.DataFrame:
    """`queries.ask`, remembered by store, its version and the params that the indicator uses."""
    if (known := _remembered.get()) is None:
        return queries.ask(store, id, values)
    given = [values.get(param.name) for param in queries.indicator(id).params]
    key = (store.path, store.version, id, *(tuple(value) if isinstance(value, list) else value for value in given))
    if key not in known:
        known[key] = queries.ask(store, id, values)
    return known[key].copy(deep=False)


def answer(store: Store, id: str, selection: Selection, comparison: str = "none", marked: bool = True) -> Answer:
    """Ask an indicator and decide whether the answer carries: columns there, something reported, enough of it, enough cases."""
    entry = catalogue.entry(id)
    if missing := missing_columns(store, entry):
        return Answer(entry, pd.DataFrame(), missing)
    share = reported_share(store, selection)
    try:
        frame = ask(store, id, selection.params)
    except queries.SlowQuery:
        return Answer(entry, pd.DataFrame(), Message("计算时间过长，已停止；请缩小时间或单位范围"), reported=share)
    withheld = _withheld(entry, frame, share)
    before = selection.period.before(comparison)
    return Answer(
        entry,
        frame,
        withheld,
        before=ask(store, id, selection.during(before).params) if before and not withheld else None,
        marks=ask(store, entry.marks, selection.params) if entry.marks and marked and not withheld else None,
        reported=share,
    )


def findings(store: Store, pages: Collection[str], asked: Selection, number: Callable[[str], str] = str) -> Found:
    """What the rules of these pages say of a selection: the more severe first, then in the order of the pages.

    A finding is a reading with tone "look": a rule over the query, its evidence the answer. `number` as in `Answer.told`.
    """
    rules = [entry for page in pages for entry in catalogue.entries().values() if entry.page == page and entry.is_rule]
    told = [(entry, said) for entry in rules if (said := answer(store, entry.id, asked).told(number))]
    found = [(entry, said) for entry, said in told if said.tone == "look"]
    return Found(sorted(found, key=lambda pair: SEVERITIES.index(pair[1].severity)), len(told))


def missing_columns(store: Store, entry: Entry) -> Message | None:
    """Which columns would have to be in the spreadsheets for this indicator to say anything."""
    if not entry.needs:
        return None
    filled = ask(store, "columns_filled", {})
    there = {f"{kind}.{field}" for kind, field, n in zip(filled["kind"], filled["field"], filled["filled"], strict=True) if n}
    missing = [need for need in entry.needs if there.isdisjoint(need.split("|"))]
    if not missing:
        return None
    return Message("缺少列：{columns}", {"columns": say("、").join(_column(need) for need in missing)})


def reported_share(store: Store, selection: Selection) -> float:
    """Share of the selection's unit-months whose ledger was handed in, 0 to 1; nan where none was due."""
    row = ask(store, "coverage_share", selection.params).iloc[0]
    return float(row["reported"] / row["expected"]) if row["expected"] else float("nan")


def _withheld(entry: Entry, frame: pd.DataFrame, share: float) -> Message | None:
    if frame.empty:
        return Message("所选范围内没有数据")
    if entry.coverage and not share >= entry.coverage:
        known = 0.0 if pd.isna(share) else share
        return Message(
            "已报 {share}，低于 {needed}，暂不显示，以免误读", {"share": f"{known:.0%}", "needed": f"{entry.coverage:.0%}"}
        )
    if entry.minimum_n and entry.n and (n := int(frame[entry.n].sum())) < entry.minimum_n:
        return Message("样本不足，不作判断（n = {n}，至少 {minimum}）", {"n": n, "minimum": entry.minimum_n})
    return None


def _column(need: str) -> str:
    """The title of a column and its sheet; of each where one of several will do."""
    titles = []
    for one in need.split("|"):
        kind, field = one.split(".")
        contract = contracts()[kind]
        titles.append(f"{say(contract.fields[field].title)} ({say(contract.title)})")
    return say(" 或 ").join(titles)
