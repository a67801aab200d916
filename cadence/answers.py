"""An indicator and a selection in; what may honestly be shown of it out: rows, reading sentence, or the reason for withholding."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cadence import catalogue, queries
from cadence.catalogue import Entry, Reading
from cadence.selection import Selection
from cadence.sheets.contracts import contracts
from cadence.store import Store
from cadence.words import Message, say


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
        return None if self.withheld else self.entry.reading(catalogue.translated(self.frame))

    @property
    def n(self) -> int | None:
        """The number behind the figure, where the indicator names one."""
        return int(self.frame[self.entry.n].sum()) if self.entry.n and len(self.frame) else None


def answer(store: Store, id: str, selection: Selection, comparison: str = "none", marked: bool = True) -> Answer:
    """Ask an indicator and decide whether the answer carries: columns there, something reported, enough of it, enough cases."""
    entry = catalogue.entry(id)
    if missing := missing_columns(store, entry):
        return Answer(entry, pd.DataFrame(), missing)
    share = reported_share(store, selection)
    try:
        frame = queries.ask(store, id, selection.params)
    except queries.SlowQuery:
        return Answer(entry, pd.DataFrame(), Message("计算时间过长，已停止；请缩小时间或单位范围"), reported=share)
    withheld = _withheld(entry, frame, share)
    before = selection.period.before(comparison)
    return Answer(
        entry,
        frame,
        withheld,
        before=queries.ask(store, id, selection.during(before).params) if before and not withheld else None,
        marks=queries.ask(store, entry.marks, selection.params) if entry.marks and marked and not withheld else None,
        reported=share,
    )


def missing_columns(store: Store, entry: Entry) -> Message | None:
    """Which columns would have to be in the spreadsheets for this indicator to say anything."""
    if not entry.needs:
        return None
    filled = queries.ask(store, "columns_filled", {})
    there = {f"{kind}.{field}" for kind, field, n in zip(filled["kind"], filled["field"], filled["filled"], strict=True) if n}
    missing = [need for need in entry.needs if there.isdisjoint(need.split("|"))]
    if not missing:
        return None
    return Message("缺少列：{columns}", {"columns": say("、").join(_column(need) for need in missing)})


def reported_share(store: Store, selection: Selection) -> float:
    """Share of the selection's unit-months whose ledger was handed in, 0 to 1; nan where none was due."""
    row = queries.ask(store, "coverage_share", selection.params).iloc[0]
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
