"""A directory of a simulated system of organs in, as labelled benchmarks write it; readings out, as if its files were spreadsheets.

Files: activities.csv or .parquet, branches.csv, inspections.csv, plans.csv, assessments.csv (columns: `bench/simulate.py`). Only
the first two have to be there. The words of its kinds of activity are understood as those of a ledger are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from cadence.sheets import FileReading, Rows, SheetReading
from cadence.sheets.columns import type_in
from cadence.sheets.grid import Cells
from cadence.sheets.sources import Sources
from cadence.sheets.vocabulary import activity_types
from cadence.words import Message

ASSESSMENTS = {"平时": "ongoing", "年度": "annual"}
OUTCOMES = {"reward": "reward", "penalty": "deduction"}
NEEDED = {
    "activities": ("branch_id", "organ_id", "type", "held_on"),
    "branches": ("branch_id", "organ_id"),
    "inspections": ("organ_id", "inspected_on"),
    "plans": ("branch_id", "year", "planned"),
    "assessments": ("branch_id", "assessed_on", "kind", "score", "outcome"),
}
"""Columns without which a file says nothing."""


class SimulatedError(ValueError):
    """A directory is no simulated system; `message` names file, what is there, what is expected."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message


def read(folder: Path) -> list[FileReading]:
    """One reading per file that is there, registers first. Raises SimulatedError."""
    tables = {name: _table(folder, name) for name in NEEDED}
    for name in ("activities", "branches"):
        if tables[name] is None:
            raise SimulatedError(Message("{folder} 中没有 {file}", {"folder": folder, "file": f"{name}.csv"}))
    told = [_units(tables["branches"]), _activities(tables["activities"])]
    if tables["inspections"] is not None:
        told.append(_inspections(tables["inspections"]))
    if tables["plans"] is not None:
        told.append(_plans(tables["plans"]))
    if tables["assessments"] is not None:
        told += [_evaluations(tables["assessments"]), _outcomes(tables["assessments"])]
    return [_reading(folder, *each) for each in told if len(each[2])]


def _table(folder: Path, name: str) -> pd.DataFrame | None:
    """The file as texts and numbers, dates parsed; None where it is not there."""
    for path, reader in ((folder / f"{name}.parquet", pd.read_parquet), (folder / f"{name}.csv", pd.read_csv)):
        if path.exists():
            table = reader(path)
            if missing := [column for column in NEEDED[name] if column not in table]:
                raise SimulatedError(
                    Message(
                        "{file} 没有 {column} 列；应有 {columns}",
                        {"file": path.name, "column": missing[0], "columns": ", ".join(NEEDED[name])},
                    )
                )
            for column in table.columns[table.columns.str.endswith("_on")]:
                table[column] = pd.to_datetime(table[column])
            return table
    return None


Told = tuple[str, str, pd.DataFrame]
"""Name of the file, kind of spreadsheet, and its rows with the contract's fields as columns."""


def _units(told: pd.DataFrame) -> Told:
    organs = pd.DataFrame({"unit": told["organ_id"].unique(), "kind": "organ"})
    branches = told.rename(columns={"branch_id": "unit", "organ_id": "parent"}).assign(kind="branch")
    if "has_committee" in branches:
        branches["has_committee"] = branches["has_committee"].astype(bool)
    rows = pd.concat([organs, branches], ignore_index=True)
    return "branches.csv", "units", rows.assign(quarter=pd.Timestamp(1970, 1, 1))


def _activities(told: pd.DataFrame) -> Told:
    names = {"branch_id": "unit", "organ_id": "parent", "traces": "materials", "effect": "satisfaction"}
    rows = told.rename(columns=names)
    types = activity_types()
    known = {name: type_in(name, types) for name in rows["type"].unique()}
    if unknown := [name for name, kind in known.items() if kind is None]:
        raise SimulatedError(Message("activities.csv 的 type 列：“{value}”不是已知的活动类型", {"value": unknown[0]}))
    topic = rows["activity_id"].astype(str) if "activity_id" in rows else pd.Series(np.arange(len(rows)), dtype=str)
    return "activities.csv", "activities", rows.assign(type=rows["type"].map(known), topic=topic)


def _inspections(told: pd.DataFrame) -> Told:
    kind = told.get("kind", "检查")
    return (
        "inspections.csv",
        "calendar",
        pd.DataFrame(
            {
                "starts_on": told["inspected_on"],
                "event": "inspection",
                "name": kind + " " + told["organ_id"],
                "units": told["organ_id"],
            }
        ),
    )


def _plans(told: pd.DataFrame) -> Told:
    """A plan for a whole year is one item of many occasions, due by the year's end."""
    last = pd.to_datetime(told["year"].astype(str) + "-12-31")
    rows = pd.DataFrame({"unit": told["branch_id"], "planned_on": last, "occasions": told["planned"]})
    return "plans.csv", "plans", rows.assign(type="study", item="全年计划")


def _evaluations(told: pd.DataFrame) -> Told:
    told = told[told["score"].notna()]
    rows = pd.DataFrame({"unit": told["branch_id"], "rated_on": told["assessed_on"], "score": told["score"]})
    day = told["assessed_on"].dt.strftime("%m-%d")
    return (
        "assessments.csv",
        "evaluations",
        rows.assign(
            quarter=_quarter(told["assessed_on"]), assessment=told["kind"].map(ASSESSMENTS), criterion=told["kind"] + "考核 " + day
        ),
    )


def _outcomes(told: pd.DataFrame) -> Told:
    told = told[told["outcome"].isin(list(OUTCOMES))]
    rows = pd.DataFrame({"unit": told["branch_id"], "direction": told["outcome"].map(OUTCOMES), "recorded_on": told["assessed_on"]})
    return "assessments.csv", "adjustments", rows.assign(quarter=_quarter(told["assessed_on"]), happened_on=told["assessed_on"])


def _quarter(days: pd.Series) -> pd.Series:
    return days.dt.to_period("Q").dt.start_time


def _reading(folder: Path, file: str, kind: str, told: pd.DataFrame) -> FileReading:
    path = folder / file if (folder / file).exists() else (folder / file).with_suffix(".parquet")
    numbers = list(range(2, len(told) + 2))
    fields = _fields(kind, told)
    rows = Rows(kind, numbers, fields, Sources([[]], [len(told)]))
    sheet = SheetReading(
        sheet=kind, kind=kind, confidence=1.0, verdict="import", tables=[rows], rows=len(told), accepted=len(told),
        columns={name: name for name in fields},
    )  # fmt: skip
    content = path.read_bytes()
    return FileReading(path.name, hashlib.sha256(content).hexdigest(), len(content), [sheet])


def _fields(kind: str, told: pd.DataFrame) -> Mapping[str, Cells]:
    from cadence.sheets.contracts import contracts

    return {name: _cells(told[name], field.type) for name, field in contracts()[kind].fields.items() if name in told}


def _cells(values: pd.Series, type: str) -> Cells:
    """Each distinct value once; whole numbers where the field counts, days where it is dated."""
    codes, distinct = pd.factorize(values)
    if type in ("date", "quarter"):
        found = [value.date() for value in pd.DatetimeIndex(distinct)]
    elif type in ("count", "year"):
        found = [int(value) for value in distinct]
    else:
        found = [value.item() if isinstance(value, np.generic) else value for value in distinct]
    return Cells([None, *found], (codes + 1).astype(np.int32))
