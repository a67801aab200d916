"""Marts in; what the statistics of rhythm say of every unit, organ and year, as tables of the marts, out."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from cadence import patterns, queries, rhythm
from cadence.rhythm import completeness, duties, months, quality, warning
from cadence.rhythm.ledger import NONE, Ledger, dates, days, number

ARROW = {"text": pa.string(), "integer": pa.int32(), "double": pa.float64(), "boolean": pa.bool_()}
SEPARATORS = re.compile(r"[、，,;；/\s]+")
VAGUE = 0.2
"""Share of activities known by month alone, above which a unit's days are not judged."""
MOST = 0.8
"""Share of an organ's units that have to have handed a month in for it to be judged."""
EVERYBODY = re.compile(r"^(?:全|所有|各|整个)")
OUTCOMES = {"reward": "reward", "grade": "grade", "deduction": "penalty", "talk": "penalty", "rectify": "penalty"}


def build(cursor: duckdb.DuckDBPyConnection, before: pd.DataFrame) -> None:
    """Judge what changed and fill marts.findings and its evidence, just made empty, inside the caller's transaction.

    `before` are the findings that stood (`standing`): those of the first years that rest on just the same rows are kept, unless
    some units are judged by their months, whose days' findings were not stored.
    """
    told = ledger(cursor)
    digests = {str(year): told.digest(year) for year in rhythm.years(told)}
    vague = counted_by_month(cursor)
    known = kept(before, state(cursor), digests) if vague.empty else before[:0]
    found = rhythm.judge(told, known=coded(known, told))
    cursor.execute("insert or replace into raw.state values ('judged', $digests)", {"digests": json.dumps(digests)})
    _fill(cursor, "findings", by_month(unreported(cursor, named(found, told), told), told, vague))
    rushes = found.reindex(columns=["unit", "year", "window", "pattern", "level"])
    rushes = rushes[(rushes["pattern"] == "yearend_rush") & rushes["level"].isin(["high", "medium", "hint"])]
    _fill(cursor, "contrasts", contrasts(told, rushes))
    _fill(cursor, "made_up", made_up(cursor, told, rushes))
    _fill(cursor, "expected", expected(told))


def unreported(cursor: duckdb.DuckDBPyConnection, found: pd.DataFrame, told: Ledger) -> pd.DataFrame:
    """Findings with ids; those of units and years with a month missing say so instead of too few."""
    units = pd.Index(told.units["unit"])
    at = pd.MultiIndex.from_arrays([units.get_indexer(found["unit"]), found["year"]])
    is_gap = at.isin(list(gaps(cursor, *_of(told)))) & (found["scope"] == "unit").to_numpy()
    return found.assign(level=np.where(is_gap, "unreported", found["level"]))


def counted_by_month(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """unit, month, count of the units whose activities are mostly known by month alone; NaN where a month is missing."""
    return _frame(
        cursor,
        """
        with counted as (
            select unit, date_trunc('month', held_on)::date as month, count(*) as held,
                count(*) filter (where not is_day_known) as vague
            from marts.activities
            where not is_anchored
            group by all
        ),
        vague as (
            select unit from counted group by unit having sum(vague) > $share * sum(held)
        )
        select coverage.unit, coverage.month,
            case when coverage.status <> 'missing' then coalesce(counted.held, 0) end::double as count
        from marts.coverage as coverage
        join vague on vague.unit = coverage.unit
        left join counted on counted.unit = coverage.unit and counted.month = coverage.month
        order by all
        """,
        {"share": VAGUE},
    )


def by_month(found: pd.DataFrame, told: Ledger, table: pd.DataFrame) -> pd.DataFrame:
    """Findings with ids; the units of `counted_by_month` are judged for the year's end by their months.

    Without the day nothing can be said of the last six weeks, and what is left of the days would mislead.
    """
    if table.empty:
        return found
    month = pd.PeriodIndex(dates(told.days["day"]), freq="M")
    weights = pd.Series(told.days["is_working"].to_numpy(float), month).groupby(level=0).sum()
    judged = rhythm.monthly.judge(table, weights).rename(columns={"window": "span"})
    organ = pd.Series(told.organs[told.units["organ"]], told.units["unit"])
    judged = judged.assign(scope="unit", organ=judged["unit"].map(organ))
    judged["level"] = judged["level"].where(judged["why"] != "incomplete", "unreported")
    replaced = (found["pattern"] == "yearend_rush") & found["unit"].isin(judged["unit"])
    return pd.concat([found[~replaced], judged], ignore_index=True)


def standing(cursor: duckdb.DuckDBPyConnection, origin: str) -> pd.DataFrame:
    """The findings that stand; none where they were made by other methods or rules than those of `origin`."""
    made = cursor.execute("select value from raw.state where name = 'built_from'").fetchall()
    there = cursor.execute(
        "select count(*) from duckdb_columns() where schema_name = 'marts' and table_name = 'findings' and column_name = 'log_odds'"
    ).fetchall()
    return _frame(cursor, "select * from marts.findings") if made == [(origin,)] and there == [(1,)] else pd.DataFrame()


def state(cursor: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Year → digest of what its findings were made from."""
    found = cursor.execute("select value from raw.state where name = 'judged'").fetchall()
    return json.loads(found[0][0]) if found else {}


def kept(before: pd.DataFrame, made: dict[str, int], digests: dict[str, int]) -> pd.DataFrame:
    """The findings of the first years whose digests agree, up to the first one that does not."""
    same = []
    for year, digest in sorted(digests.items()):
        if made.get(year) != digest:
            break
        same.append(int(year))
    return before[before["year"].isin(same)] if len(before) else before


def coded(found: pd.DataFrame, told: Ledger) -> pd.DataFrame:
    """Findings with codes instead of ids: `named` the other way."""
    if found.empty:
        return found
    unit = pd.Index(told.units["unit"]).get_indexer(found["unit"].where(found["scope"] == "unit"))
    organ = pd.Index(told.organs).get_indexer(found["organ"])
    names = {"span": "window", "first_third": "first", "p_q4": "p_Q4"}
    return found.rename(columns=names).assign(unit=unit, organ=organ).drop(columns="scope")


def contrasts(told: Ledger, rushes: pd.DataFrame) -> pd.DataFrame:
    """marts.contrasts for the units and years of these year-end rushes."""
    if rushes.empty:
        return pd.DataFrame()
    opens = [opening(year, span) for year, span in zip(rushes["year"], rushes["window"], strict=True)]
    at = pd.MultiIndex.from_frame(rushes[["unit", "year"]])
    day, unit = told.activities["held_on"].to_numpy(), told.activities["unit"].to_numpy()
    rush = at.get_indexer(pd.MultiIndex.from_arrays([unit, months.year(day)]))
    used = (rush >= 0) & ~told.activities["is_anchored"].to_numpy(bool)
    inside = day >= np.append(opens, 0)[rush]
    frames = []
    for measure, compared in (("attendance", quality.attendance), ("effect", quality.effect)):
        found = compared(told, used, inside, rush)
        named = rushes.iloc[found.index][["unit", "year"]].reset_index(drop=True)
        frames.append(pd.concat([named, found.reset_index(drop=True)], axis=1).assign(measure=measure))
    return _with_ids(frames, told)


def made_up(cursor: duckdb.DuckDBPyConnection, told: Ledger, rushes: pd.DataFrame) -> pd.DataFrame:
    """marts.made_up for the units and years of these year-end rushes."""
    asked = rules(cursor)
    frames = []
    for (year, span), rows in rushes.groupby(["year", "window"]):
        found = duties.made_up(told, asked, year, opening(year, span))
        frames.append(found[found["unit"].isin(rows["unit"])].rename(columns={"kind": "type"}).assign(year=year))
    return _with_ids(frames, told)


def expected(told: Ledger) -> pd.DataFrame:
    """marts.expected for every organ and year."""
    frames = []
    for year in rhythm.years(told):
        profile = rhythm.system(rhythm.counted(told, year))
        weeks = np.add.reduceat(profile.weight, np.arange(0, profile.weight.shape[1], 7), axis=1)
        share = weeks / np.maximum(weeks.sum(axis=1, keepdims=True), 1e-300)
        organ, week = np.indices(share.shape)
        columns = {"organ": told.organs[organ.ravel()], "year": year, "week": week.ravel() + 1, "share": share.ravel()}
        frames.append(pd.DataFrame({**columns, "is_system": profile.is_system[organ.ravel()]}))
    return pd.concat(frames) if frames else pd.DataFrame(columns=["organ"])


def opening(year: int, span: str) -> int:
    """First day of a window of the year's end, w6 or Q4, as the ledger counts days."""
    ((first, _),) = patterns.window({"pattern": "yearend_rush", "year": year, "span": span})
    return number(first)


def _with_ids(frames: list[pd.DataFrame], told: Ledger) -> pd.DataFrame:
    found = pd.concat(frames) if frames else pd.DataFrame({"unit": pd.Series(dtype=int)})
    return found.assign(unit=told.units["unit"].to_numpy(dtype=object)[found["unit"].to_numpy(dtype=int)])


def _fill(cursor: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    columns = [(column.name, ARROW[column.type]) for column in queries.layer("marts")[table].columns]
    told = rows.reindex(columns=[name for name, _ in columns])
    cursor.register("rows", pa.Table.from_pandas(told, pa.schema(columns), preserve_index=False))
    cursor.execute(f"insert into marts.{table} select * from rows")
    cursor.unregister("rows")


def as_of(cursor: duckdb.DuckDBPyConnection, day: dt.date, years: Sequence[int] | None = None) -> pd.DataFrame:
    """The findings with ids as of a day: judged now, by what was held and recorded until then.

    Months are not judged: of an activity known by month alone nobody knows whether it was held by the day.
    """
    told, last = ledger(cursor), number(day)
    told = completeness.known(replace(told, complete=np.minimum(told.complete, last)), last)
    return unreported(cursor, named(rhythm.judge(told, years), told), told)


def warnings(cursor: duckdb.DuckDBPyConnection, day: dt.date, told: Ledger | None = None) -> pd.DataFrame:
    """Every branch's and office's year so far as of a day: `rhythm.warning.warn` with ids, days as dates, in the order of ids.

    `told` is the ledger with nothing left out, where somebody has it already. `reason` says why a unit is not judged (its level is
    too_few then): incomplete (a month of the year is missing), few (little is planned or due), early (too little of the year is
    known); it is empty for the others.
    """
    told = told or ledger(cursor, whole=True)
    found = warning.warn(told, number(day), rules(cursor))
    missing = {code for code, year in gaps(cursor, *_of(told), partly=True) if year == day.year}
    few = found["level"] == "too_few"
    goal = found["planned"].fillna(found["due"])
    reasons = [found["unit"].isin(missing), few & ~(goal >= warning.FEWEST), few]
    found["reason"] = np.select(reasons, ["incomplete", "few", "early"], "")
    found["level"] = found["level"].mask(found["reason"] != "", "too_few")
    owes = told.units["owes"].to_numpy()[found["unit"]]
    return named(found, told).drop(columns="scope").assign(complete=dates(found["complete"]))[owes].reset_index(drop=True)


def ledger(cursor: duckdb.DuckDBPyConnection, whole: bool = False) -> Ledger:
    """What the marts hold, as rhythm reads it. An organ is the unit right above; a unit at the top is its own.

    A unit exists from its founding or, if that is later, from the first month it handed in. An organ's records end with the last
    month that four in five of its units handed in. A unit's years with a month missing in between are not judged, nor is what is
    known by month alone: such activities are left out, unless the `whole` is wanted. Then the latter stand on the first of their
    month, their day of recording untold, since no lag can be taken from it.
    """
    units = _frame(
        cursor,
        """
        select units.unit, coalesce(units.parent, units.unit) as organ, units.path, units.founded_on, units.members,
            units.has_committee, coalesce(units.groups, 0) as groups, units.kind in ('branch', 'office') as owes,
            min(coverage.month) as first, max(coverage.month) as last
        from marts.units as units
        join marts.coverage as coverage on coverage.unit = units.unit and coverage.status <> 'missing'
        group by all
        order by units.unit
        """,
    )
    organ, organs = pd.factorize(units["organ"], sort=True)
    at = pd.Index(units["unit"])
    last = pd.Series(days(units["last"] + pd.offsets.MonthEnd(0)), dtype=float).groupby(organ)
    complete = last.quantile(1 - MOST, interpolation="lower").to_numpy(dtype=np.int32)
    return Ledger(
        activities=_activities(cursor, at, set() if whole else gaps(cursor, units["unit"], organ, complete), whole),
        units=pd.DataFrame(
            {
                "unit": units["unit"],
                "organ": organ.astype(np.int32),
                "founded_on": np.maximum(days(units["founded_on"]), days(units["first"])),
                "members": units["members"],
                "has_committee": units["has_committee"].astype(bool),
                "groups": units["groups"],
                "owes": units["owes"].astype(bool),
            }
        ),
        organs=np.asarray(organs, dtype=object),
        inspections=inspections(cursor, units, organ, len(organs)),
        plans=_plans(cursor, at),
        assessments=_assessments(cursor, at, organ),
        days=_calendar(cursor),
        complete=complete,
    )


def gaps(
    cursor: duckdb.DuckDBPyConnection, units: pd.Series, organ: np.ndarray, complete: np.ndarray, partly: bool = False
) -> set[tuple[int, int]]:
    """(unit, year) with a month missing between the unit's first month and the end of its organ's records; or `partly` reported.

    A row that was kept out does not move a year's rhythm; where what was done is counted against what is due, it may.
    """
    found = _frame(
        cursor,
        """
        select coverage.unit, year(coverage.month) as year, coverage.month
        from marts.coverage as coverage
        join (
            select unit, min(month) as first from marts.coverage where status <> 'missing' group by unit
        ) as begun on begun.unit = coverage.unit and begun.first <= coverage.month
        where coverage.status = 'missing' or ($partly and coverage.status = 'partly')
        """,
        {"partly": partly},
    )
    code = pd.Index(units).get_indexer(found["unit"])
    inside = days(found["month"]) <= complete[organ[code]]
    return set(zip(code[inside].tolist(), found["year"][inside].tolist(), strict=True))


def inspections(cursor: duckdb.DuckDBPyConnection, units: pd.DataFrame, organ: np.ndarray, organs: int) -> pd.DataFrame:
    """organ, day: the first day of each inspection, for every organ that is, lies below or holds a unit that it names.

    An inspection of everybody names no unit or says so (全部, 各支部). One that names only units nobody knows concerns none.
    """
    events = _frame(cursor, "select starts_on, units from marts.events where event = 'inspection' order by starts_on, units")
    at: dict[str, set[int]] = {}
    for path, code in zip(units["path"], organ.tolist(), strict=True):
        for name in path.split(" / "):
            at.setdefault(name, set()).add(code)
    rows = []
    for day, words in zip(days(events["starts_on"]).tolist(), events["units"], strict=True):
        concerned = set(range(organs))
        if isinstance(words, str) and words.strip() and not EVERYBODY.search(words):
            concerned = set().union(*(at.get(word, ()) for word in SEPARATORS.split(words)))
        rows += [(code, day) for code in sorted(concerned)]
    return pd.DataFrame(rows, columns=["organ", "day"]).astype(np.int32).drop_duplicates(ignore_index=True)


def named(found: pd.DataFrame, told: Ledger) -> pd.DataFrame:
    """Findings with ids instead of codes: `unit` is the unit, the organ, or empty for the whole system; `scope` says which."""
    unit, organ = (found[name].to_numpy(dtype=np.int64) for name in ("unit", "organ"))
    ids, organs = told.units["unit"].to_numpy(dtype=object), told.organs
    scope = np.select([unit >= 0, organ >= 0], ["unit", "organ"], "system")
    return found.rename(columns={"window": "span", "first": "first_third", "p_Q4": "p_q4"}).assign(
        scope=scope,
        unit=np.select([unit >= 0, organ >= 0], [ids[np.maximum(unit, 0)], organs[np.maximum(organ, 0)]], None),
        organ=np.where(organ >= 0, organs[np.maximum(organ, 0)], None),
    )


def _activities(cursor: duckdb.DuckDBPyConnection, units: pd.Index, gaps: set[tuple[int, int]], whole: bool) -> pd.DataFrame:
    cursor.register("codes", pd.DataFrame({"unit": units, "code": np.arange(len(units), dtype=np.int32)}))
    cursor.register("gaps", pd.DataFrame(sorted(gaps), columns=["unit", "year"]).astype(np.int32))
    found = cursor.execute(
        """
        select codes.code as unit, date_diff('day', date '1970-01-01', held_on)::integer as held_on,
            case when is_day_known and recorded_on is not null
                then date_diff('day', date '1970-01-01', recorded_on) else $none end::integer as recorded_on,
            is_anchored, type as kind, counts_for,
            cast(expected as float) as expected, cast(attended as float) as attended,
            cast(materials as float) as traces, cast(satisfaction as float) as effect
        from marts.activities as activities
        join codes on codes.unit = activities.unit
        left join gaps on gaps.unit = codes.code and gaps.year = year(activities.held_on)
        where ($whole or activities.is_day_known) and gaps.unit is null
        """,
        {"none": int(NONE), "whole": whole},
    ).df()
    cursor.unregister("codes")
    cursor.unregister("gaps")
    return (found if whole else found.drop(columns="counts_for")).assign(kind=found["kind"].astype("category"))


def _of(told: Ledger) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    return told.units["unit"], told.units["organ"].to_numpy(), told.complete


def _plans(cursor: duckdb.DuckDBPyConnection, units: pd.Index) -> pd.DataFrame:
    found = _frame(cursor, "select unit, year(month) as year, sum(planned) as planned from marts.planned group by all order by all")
    return _coded(found, units)


def _assessments(cursor: duckdb.DuckDBPyConnection, units: pd.Index, organ: np.ndarray) -> pd.DataFrame:
    # The last of a year's scores is taken for the annual one; of a day's, the one that is called so.
    sql = "select * from marts.assessments order by unit, assessed_on, coalesce(kind, '') = 'annual', kind, quarter, outcome"
    found = _coded(_frame(cursor, sql), units)
    return pd.DataFrame(
        {
            "organ": organ[found["unit"]].astype(np.int32),
            "unit": found["unit"],
            "year": found["quarter"].dt.year,
            "assessed_on": days(found["assessed_on"]),
            "kind": found["kind"],
            "score": found["score"].astype(float),
            "outcome": found["outcome"].map(OUTCOMES).fillna(""),
        }
    )


def _calendar(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    found = _frame(cursor, "select day, is_working from marts.days order by day")
    return pd.DataFrame({"day": days(found["day"]), "is_working": found["is_working"].astype(bool)})


def rules(cursor: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """What is due, as `rhythm.duties` reads it."""
    return _frame(cursor, "select * from facts.due_rules")


def _coded(found: pd.DataFrame, units: pd.Index) -> pd.DataFrame:
    """Rows of known units, named by their codes."""
    code = units.get_indexer(found["unit"]).astype(np.int32)
    return found.assign(unit=code)[code >= 0].reset_index(drop=True)


def _frame(cursor: duckdb.DuckDBPyConnection, sql: str, params: Mapping[str, Any] | None = None) -> pd.DataFrame:
    return cursor.execute(sql, dict(params or {})).df()
