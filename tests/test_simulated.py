"""Simulated systems: what a benchmark writes comes into the store as it is, and a directory that is none says so."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from bench import simulate
from cadence import batches, engine, findings, rhythm, simulated
from cadence.simulated import SimulatedError


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty branches over two years."""
    folder = tmp_path_factory.mktemp("system")
    for name, table in simulate.run(40, [2023, 2024], 3, 0.6, True).items():
        table.to_csv(folder / f"{name}.csv", index=False, date_format="%Y-%m-%d")
    return folder


def test_every_row_comes_in(system: Path, empty_store):
    """Activities, branches, plans, inspections, assessments and outcomes."""
    receipt = batches.commit(empty_store, simulated.read(system))
    told = {name: pd.read_csv(system / f"{name}.csv") for name in simulated.NEEDED}
    with empty_store.cursor() as cursor:
        count = lambda sql: cursor.execute(sql).fetchall()[0][0]  # noqa: E731
        assert count("select count(*) from facts.activities") == len(told["activities"])
        assert count("select count(*) from marts.units where kind = 'branch'") == 40
        assert count("select sum(planned) from marts.planned") == told["plans"]["planned"].sum()
        assert (
            count("select sum(times) from marts.assessments where outcome in ('reward', 'deduction')")
            == told["assessments"]["outcome"].isin(["reward", "penalty"]).sum()
        )
        assert count("select count(*) from marts.findings where pattern = 'yearend_rush'") > 40
    assert receipt.counts.refused == 0
    assert batches.commit(empty_store, simulated.read(system)).batch is None


def test_a_directory_that_is_none_says_so(tmp_path: Path):
    """What is missing is named."""
    with pytest.raises(SimulatedError, match=r"activities\.csv"):
        simulated.read(tmp_path)
    (tmp_path / "activities.csv").write_text("branch_id,type\nB1,党课\n")
    with pytest.raises(SimulatedError, match="organ_id"):
        simulated.read(tmp_path)
    (tmp_path / "activities.csv").write_text("branch_id,organ_id,type,held_on\nB1,O1,喝茶,2024-01-01\n")
    (tmp_path / "branches.csv").write_text("branch_id,organ_id\nB1,O1\n")
    with pytest.raises(SimulatedError, match="喝茶"):
        simulated.read(tmp_path)


def found(store) -> pd.DataFrame:
    """Every finding that stands."""
    with store.cursor() as cursor:
        return cursor.execute("select * from marts.findings order by all").df()


def test_only_years_that_changed_are_judged_again(system: Path, empty_store, monkeypatch: pytest.MonkeyPatch):
    """An activity more in 2024 leaves 2023 alone; the findings are those of judging everything."""
    batches.commit(empty_store, simulated.read(system))
    judged, counted = [], rhythm.counted
    monkeypatch.setattr(rhythm, "counted", lambda told, year: judged.append(year) or counted(told, year))
    monkeypatch.setattr(findings, "expected", lambda told: pd.DataFrame(columns=["organ"]))
    with empty_store.writing() as cursor:
        engine.build(cursor)
    assert judged == []
    with empty_store.writing() as cursor:
        cursor.execute(
            """
            insert into raw.activities by name
            select * replace ('more' as key, 'more' as record, date '2024-12-30' as held_on)
            from raw.activities where year(held_on) = 2024 limit 1
            """
        )
        engine.build(cursor)
    assert judged == [2024]
    after = found(empty_store)
    with empty_store.writing() as cursor:
        cursor.execute("delete from raw.state where name = 'judged'")
        engine.build(cursor)
    assert judged == [2024, 2023, 2024]
    pd.testing.assert_frame_equal(found(empty_store), after)
