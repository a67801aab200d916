"""A directory written by bench/simulate.py in; the ledger it describes out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from bench import simulate
from cadence.rhythm.ledger import Ledger, days

ANCHORED = ("组织生活会", "民主评议党员", "谈心谈话", "述职评议")


def ledger(folder: Path) -> Ledger:
    """The tables of the folder; activities as .parquet or .csv. Records are complete to the cut-off if there is one."""
    path = folder / "activities.parquet"
    dated = ["held_on", "recorded_on"]
    told = pd.read_parquet(path) if path.exists() else pd.read_csv(folder / "activities.csv", parse_dates=dated)
    branches = pd.read_csv(folder / "branches.csv", parse_dates=["founded_on"])
    organs = np.sort(branches["organ_id"].unique())
    units, at = pd.Index(branches["branch_id"]), pd.Index(organs)
    meta = json.loads((folder / "meta.json").read_text())
    last = meta["cutoff"] or f"{meta['years'][-1]}-12-31"
    activities = pd.DataFrame(
        {
            "unit": codes(units, told["branch_id"]),
            "held_on": days(told["held_on"]),
            "recorded_on": days(told["recorded_on"]),
            "is_anchored": told["type"].isin(ANCHORED).to_numpy(),
            "kind": told["type"].astype("category"),
            **{column: told[column].to_numpy(dtype=np.float32) for column in ("expected", "attended", "traces", "effect")},
        }
    )
    inspections = pd.read_csv(folder / "inspections.csv", parse_dates=["inspected_on"])
    plans = pd.read_csv(folder / "plans.csv")
    calendar = pd.concat([simulate.calendar(year) for year in meta["years"]])
    path = folder / "assessments.csv"
    return Ledger(
        activities=activities,
        units=pd.DataFrame(
            {
                "unit": branches["branch_id"],
                "organ": codes(at, branches["organ_id"]),
                "founded_on": days(branches["founded_on"]),
                "members": branches["members"],
                "has_committee": branches["has_committee"].astype(bool),
                "groups": branches["groups"],
            }
        ),
        organs=organs,
        inspections=pd.DataFrame({"organ": codes(at, inspections["organ_id"]), "day": days(inspections["inspected_on"])}),
        plans=pd.DataFrame({"unit": codes(units, plans["branch_id"]), "year": plans["year"], "planned": plans["planned"]}),
        assessments=assessments(path, units, at) if path.exists() else pd.DataFrame(columns=[*ASSESSED]),
        days=pd.DataFrame({"day": days(calendar["date"]), "is_working": calendar["workday"].to_numpy()}),
        complete=np.full(len(organs), np.datetime64(last).astype("datetime64[D]").astype(np.int32)),
    )


ASSESSED = ("organ", "unit", "year", "assessed_on", "kind", "score", "outcome")


def assessments(path: Path, units: pd.Index, organs: pd.Index) -> pd.DataFrame:
    """The columns of `Ledger.assessments`."""
    told = pd.read_csv(path, parse_dates=["assessed_on"], keep_default_na=False, na_values={"score": [""]})
    return pd.DataFrame(
        {
            "organ": codes(organs, told["organ_id"]),
            "unit": codes(units, told["branch_id"]),
            "year": told["year"],
            "assessed_on": days(told["assessed_on"]),
            "kind": told["kind"],
            "score": told["score"],
            "outcome": told["outcome"],
        }
    )


def codes(index: pd.Index, ids: pd.Series) -> np.ndarray:
    """Rows of the ids in the index, int32; each distinct id is looked up once."""
    found, distinct = pd.factorize(ids)
    return index.get_indexer(distinct)[found].astype(np.int32)


def named(findings: pd.DataFrame, told: Ledger) -> pd.DataFrame:
    """Findings with codes → with ids, as score.py reads them; without rows of the system; those of organs carry its id."""
    findings = findings[findings["organ"] >= 0]
    unit = findings["unit"].to_numpy()
    ids = told.units["unit"].to_numpy(dtype=object)
    named = np.where(unit < 0, told.organs.astype(object)[findings["organ"]], ids[np.maximum(unit, 0)])
    return findings[["year", "pattern", "flagged", "p", "score"]].assign(branch_id=named)
