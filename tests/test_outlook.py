"""The outlook of the year: who needs a look and who cannot be judged, and the plain words for both."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cadence import findings, outlook, store, words
from cadence.outlook import Outlook
from cadence.store import Store
from tests.rhythm.systems import ledger

SEPTEMBER = dt.date(2025, 9, 30)


@pytest.fixture(scope="module")
def sample(sample_file: Path, tmp_path_factory: pytest.TempPathFactory):
    """The sample office, which no test here writes to."""
    path = tmp_path_factory.mktemp("outlook") / "sample.duckdb"
    path.write_bytes(sample_file.read_bytes())
    opened = store.open(str(path))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def seen(sample: Store) -> Outlook:
    """Its year 2025 as of 30 September."""
    return outlook.judge(sample, SEPTEMBER)


def months(*names: str) -> pd.Series:
    """First days of months."""
    return pd.Series(pd.to_datetime([f"{name}-01" for name in names]))


def unit(**more: object) -> pd.Series:
    """A unit as `findings.warnings` has it: 27 of 44 planned by mid-September, 3 % to get there."""
    row = {"unit": "甲支部", "basis": "plan", "complete": pd.Timestamp("2025-09-14"), "elapsed": 0.7, "pace": 1.0}
    row |= {"planned": 44.0, "done": 27, "due": 28.0, "due_done": 18.0, "pressure": 2.61, "p_ok": 0.031, "due_p_ok": 0.36}
    row |= {"level": "warning", "reason": "", "still_party_lecture": 2, "still_theme_day": 3, "still_talk": 0}
    return pd.Series(row | more)


def units(*rows: dict) -> pd.DataFrame:
    """Several of them."""
    return pd.DataFrame([unit(unit=f"{at}支部", **row) for at, row in enumerate(rows)])


def as_of(frame: pd.DataFrame) -> Outlook:
    """An outlook that holds these units."""
    return Outlook(SEPTEMBER, frame, ledger([], [], 0), np.zeros((1, 1)), frozenset())


class TestDays:
    """As of which month's end."""

    def test_a_year_that_is_over_is_looked_back_at_in_september(self):
        every = months(*(f"2024-{month:02d}" for month in range(1, 13)))
        assert outlook.usual(every, 2024) == dt.date(2024, 9, 30)
        assert outlook.is_over(every, 2024)

    def test_a_running_year_is_judged_at_the_last_month_reported(self):
        assert outlook.usual(months("2024-12", "2025-01", "2025-02"), 2025) == dt.date(2025, 2, 28)
        assert not outlook.is_over(months("2024-12", "2025-01", "2025-02"), 2025)

    def test_december_is_not_on_offer(self):
        """After it nothing is ahead; other years' months are not either."""
        assert outlook.days(months("2024-02", "2024-12", "2025-03"), 2024) == [dt.date(2024, 2, 29)]

    @pytest.mark.parametrize("there", [(), ("2023-05",), ("2024-12",)])
    def test_a_year_without_such_months_has_no_day(self, there: tuple[str, ...]):
        assert outlook.usual(months(*there), 2024) is None

    def test_a_year_that_is_over_but_lacks_september(self):
        assert outlook.usual(months("2024-11", "2024-12"), 2024) == dt.date(2024, 11, 30)


class TestWords:
    """Sentences for a reader who never heard of a p-value."""

    def test_a_plan_that_is_out_of_reach(self):
        assert outlook.sentence(unit()) == "按目前节奏到年底完成计划的可能性约 3%；需提速到 2.6 倍。"

    def test_without_a_plan_it_is_what_is_due(self):
        row = unit(basis="due", planned=np.nan, p_ok=0.004, pressure=60.85)
        assert outlook.sentence(row) == "按目前节奏到年底达到规定次数的可能性不到 1%；需提速到 10 倍以上。"
        assert outlook.progress(row) == ("18 / 28", "已开展 / 规定")

    @pytest.mark.parametrize(("basis", "said"), [("plan", "还没有开展的记录"), ("due", "还没有规定动作的记录")])
    def test_nothing_done_has_no_pace_to_multiply(self, basis: str, said: str):
        """113 times nothing says nothing."""
        told = outlook.sentence(unit(basis=basis, done=0, due_done=0, p_ok=1e-29, pressure=113.7))
        assert said in told and "倍" not in told and "2025年9月14日" in told

    @pytest.mark.parametrize(
        ("chance", "said"), [(0.0, "不到 1%"), (0.0099, "不到 1%"), (0.01, "约 1%"), (0.36, "约 36%"), (0.995, "在 99% 以上")]
    )
    def test_chances(self, chance: float, said: str):
        """Never 0 %, never 100 %."""
        assert outlook.likely(chance) == said

    def test_what_is_still_due_by_kind(self):
        """In the order of the rules; kinds of which nothing is due are left out."""
        assert outlook.still(unit()) == "还差：党课 2 次、主题党日 3 次"
        assert outlook.still(unit(still_party_lecture=0, still_theme_day=np.nan)) == ""

    def test_progress_against_the_plan(self):
        assert outlook.progress(unit()) == ("27 / 44", "已开展 / 计划")

    def test_one_sentence_above(self):
        """How many need a look, of how many judged, and up to which day most records are complete."""
        late = {"complete": pd.Timestamp("2025-09-20")}
        seen = as_of(
            units({"level": "severe"}, {"level": "none"}, {"level": "none", **late}, {"level": "too_few", "reason": "few"})
        )
        told = outlook.summary(seen, seen.units)
        whole, complete = "能判断的 3 个单位中有 1 个需要看一看（严重 1 个）", "多数单位的记录完整到2025年9月14日，只判断到那一天"
        assert told == f"截至2025年9月30日，{whole}。{complete}。"

    def test_nobody_needs_a_look(self):
        seen = as_of(units({"level": "none"}, {"level": "none"}))
        assert outlook.summary(seen, seen.units).startswith("截至2025年9月30日，能判断的 2 个单位都没有需要看一看的。")

    def test_nobody_can_be_judged(self):
        seen = as_of(units({"level": "too_few", "reason": "early"}))
        assert outlook.summary(seen, seen.units) == "截至2025年9月30日，所选的 1 个单位都还不能判断。"

    @pytest.mark.parametrize(("level", "said"), [("watch", "需要看一看"), ("none", "没有到需要提醒的程度")])
    def test_one_unit_is_spoken_of_as_one(self, level: str, said: str):
        seen = as_of(units({"level": level}))
        assert said in outlook.summary(seen, seen.units) and "这个单位" in outlook.summary(seen, seen.units)
        assert outlook.others(seen.units) == []

    def test_others_are_counted_with_their_reasons(self):
        told = outlook.others(
            units(
                {"level": "none"},
                {"level": "none"},
                *[{"level": "too_few", "reason": reason} for reason in ("few", "early", "early", "incomplete")],
            )
        )
        assert told == [
            "2 个单位没有到需要提醒的程度，不逐一列出。",
            "样本不足或资料不全、暂不判断的 4 个单位（当年台账有缺月或只交了一部分：1 个；"
            "到判断日，记录完整的时间还不到全年的十分之一：2 个；全年计划或应开展不足 8 次：1 个）。",
        ]

    def test_levels_come_by_gravity_and_nothing_else_is_ranked(self):
        """Within a level the order of the register stays, whatever the pressure."""
        frame = units(
            {"level": "watch", "pressure": 2.0},
            {"level": "none"},
            {"level": "severe", "pressure": 3.1},
            {"level": "watch", "pressure": 2.4},
            {"level": "severe", "pressure": 9.0},
            {"level": "too_few"},
        )
        assert list(outlook.listed(frame)["unit"]) == ["2支部", "4支部", "0支部", "3支部"]

    def test_the_file_holds_every_figure(self):
        """Chance, pressure and what is still due, under the reader's words."""
        told = outlook.rows(units({"level": "none"}, {}))
        assert len(told) == 1
        row = told.iloc[0]
        assert (row["级别"], row["到年底完成的可能性"], row["需提速倍数"], row["还差：党课"]) == ("预警", 0.031, 2.61, 2)
        assert "还差：谈心谈话" not in told


class TestSample:
    """Over the sample office."""

    def test_it_says_what_the_command_line_says(self, sample: Store, seen: Outlook):
        """Units that are judged have the levels and figures of `findings.warnings`."""
        with sample.cursor() as cursor:
            told = findings.warnings(cursor, SEPTEMBER).set_index("unit")
        judged = seen.units[seen.units["reason"] == ""].set_index("unit")
        assert len(judged) > 40
        for name in ("level", "done", "planned", "pressure", "p_ok", "still", "complete"):
            pd.testing.assert_series_equal(judged[name], told.loc[judged.index, name], check_dtype=False)

    def test_a_gap_in_the_ledgers_is_not_nothing_done(self, sample: Store, seen: Outlook):
        """A unit that handed a month in partly or not at all is not judged, with that reason."""
        with sample.cursor() as cursor:
            gaps = cursor.execute(
                "select distinct unit from marts.coverage where status <> 'reported' and year(month) = 2025"
            ).fetchall()
        found = seen.units.set_index("unit")
        assert gaps and {found.loc[name, "reason"] for (name,) in gaps if name in found.index} == {"incomplete"}
        assert not set(outlook.listed(seen.units)["unit"]) & {name for (name,) in gaps}

    def test_an_organ_that_is_no_branch_owes_nothing(self, sample: Store, seen: Outlook):
        with sample.cursor() as cursor:
            kinds = cursor.execute("select unit from marts.units where kind not in ('branch', 'office')").fetchall()
        assert kinds and not set(seen.units["unit"]) & {name for (name,) in kinds}

    def test_a_course_starts_from_what_was_done(self, seen: Outlook):
        """The band begins at the count of the day judged; the steps of the year agree with it."""
        row = outlook.listed(seen.units).iloc[0]
        its = outlook.course(seen, row["unit"])
        assert its.judged == np.datetime64(row["complete"], "D")
        assert list(its.band[["low", "middle", "high"]].iloc[0]) == [row["done"]] * 3
        by_then = its.held["is_counted"] & (its.held["day"] <= row["complete"])
        assert by_then.sum() == row["done"]
        assert (its.held["is_ruled"] & (its.held["day"] <= row["complete"])).sum() == row["due_done"]
        assert its.band["day"].iloc[-1] == pd.Timestamp("2025-12-31")

    def test_looking_back_tells_how_it_came(self, seen: Outlook):
        """The year is in: what was done in all is said, in one line with the chance that was given."""
        row = outlook.listed(seen.units).iloc[0]
        its = outlook.course(seen, row["unit"])
        told = outlook.reading(row, its)
        assert its.later == int(its.held["is_counted"].sum()) > row["done"]
        assert f"后来全年实际开展 {its.later} 次" in told and f"计划 {row['planned']:.0f} 次" in told

    def test_a_running_year_tells_what_is_on_record_since(self, seen: Outlook):
        row = outlook.listed(seen.units).iloc[0]
        its = outlook.course(seen, row["unit"])
        running = type(its)(its.unit, its.held, its.band, its.planned, its.due, np.datetime64("2025-11-30"))
        assert running.later is None and running.since
        assert f"判断日以后又登记了 {running.since} 次，可能还不全。" in outlook.reading(row, running)

    @pytest.mark.parametrize("day", [dt.date(2025, 1, 31), dt.date(2023, 1, 31), dt.date(2023, 11, 30)])
    def test_early_days_and_first_years(self, sample: Store, day: dt.date):
        """In January nobody is judged; in the first year there is no year before, and it still works."""
        early = outlook.judge(sample, day)
        assert len(early.units) >= 59
        if day.month == 1:
            assert set(early.units["level"]) == {"too_few"} and "都还不能判断" in outlook.summary(early, early.units)
        else:
            assert (early.units["reason"] == "").sum() > 40

    @pytest.mark.parametrize("lang", words.LANGUAGES)
    def test_nobody_is_said_to_rush(self, seen: Outlook, lang: str):
        """Not in any sentence, in either language: it has not happened yet."""
        words.speak(lang)
        told = [outlook.summary(seen, seen.units), *outlook.others(seen.units)]
        for _, row in outlook.listed(seen.units).iterrows():
            told += [outlook.sentence(row), outlook.still(row), outlook.reading(row, outlook.course(seen, row["unit"]))]
        text = " ".join([*told, *outlook.rows(seen.units).columns])
        assert len(told) > 10 and "突击" not in text and "rush" not in text.lower()


def test_an_empty_store(empty_store: Store):
    """No units, and no exception."""
    with empty_store.cursor() as cursor:
        assert cursor.execute("select count(*) from marts.units").fetchall() == [(0,)]
    seen = outlook.judge(empty_store, SEPTEMBER)
    assert seen.units.empty and outlook.listed(seen.units).empty
