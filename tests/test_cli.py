"""The command line: what it prints for people and for machines, and how it fails."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import docx
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from bench import simulate
from cadence import store, words
from cadence.cli import app
from tests.ledgers import APRIL, IMPOSSIBLE, MARCH, attended, ledger

HOME = Path(__file__).resolve().parent.parent
CHINESE = range(0x4E00, 0x9FFF)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The path of a database that does not exist yet, as the setting `database`."""
    path = str(tmp_path / "cadence.duckdb")
    monkeypatch.setenv("CADENCE_DATABASE", path)
    yield path
    store.open(path).close()


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Spreadsheets: a ledger with one impossible date, the same with a changed row, and a table of something else."""
    made = {"first": ledger(MARCH, APRIL, IMPOSSIBLE, ["小计", None, None, None, 30, 25]), "changed": ledger(attended(MARCH, 1))}
    made["foreign"] = ("菜谱.csv", "菜名,价格\n豆腐,3\n白菜,2\n".encode())
    for name, (file, content) in made.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_bytes(content)
    return {name: str(tmp_path / name / file) for name, (file, _) in made.items()}


def run(*arguments: str) -> Result:
    """One call of the command line."""
    return CliRunner().invoke(app, list(arguments))


def printed(*arguments: str) -> dict:
    """What a call with --json prints."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def has_chinese(text: str) -> bool:
    """Whether any Chinese character stands in a text."""
    return any(ord(character) in CHINESE for character in text)


def test_help_names_every_command():
    """Each command with the first sentence of what it does."""
    told = run("--help").stdout
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        assert f" {name} " in told
        assert command.callback.__doc__.split()[0] in told


def test_check_explains_every_step(database: str, files: dict[str, str]):
    """`check --explain` says what each step made of a sheet, for people and for machines, and imports nothing."""
    (sheet,) = printed("check", "--explain", files["first"])["files"][0]["sheets"]
    assert sheet["tables"][0]["recognition"]["kind"] == "activities"
    assert sheet["validation"]["accepted"] == 2 and sheet["validation"]["problems"][0]["field"] == "held_on"
    told = run("check", "--explain", "--language", "en", files["first"]).stdout
    assert "Recognised: activities" in told and "2 of 3 rows" in told
    assert printed("batches")["batches"] == []


@pytest.mark.parametrize("command", ["import", "check", "ask", "batches", "undo", "sample", "template"])
def test_every_command_has_help(command: str):
    """Help of a command exits 0, says what its options mean, and is English."""
    result = run(command, "--help")
    assert result.exit_code == 0 and "--language" in result.stdout
    assert not has_chinese(result.stdout)


def test_runs_as_a_module(tmp_path: Path):
    """`python -m cadence` is the command line; its exit code reaches the shell and messages go to standard error."""
    called = subprocess.run(
        [sys.executable, "-m", "cadence", "undo", "4", "--database", str(tmp_path / "new.duckdb")],
        cwd=HOME,
        capture_output=True,
        text=True,
    )
    assert (called.returncode, called.stdout) == (1, "")
    assert called.stderr.strip() == "第4批不存在"


class TestImport:
    """`import` and `check`."""

    def test_prints_what_machines_need(self, database: str, files: dict[str, str]):
        """File → sheet → kind, verdict, header rows, columns, counts, refused cells and skipped rows, and the batch."""
        found = printed("import", files["first"])
        (file,) = found["files"]
        (sheet,) = file["sheets"]
        assert file["file"] == "台账.xlsx"
        assert {name: sheet[name] for name in ("sheet", "kind", "verdict", "header_rows", "rows", "accepted")} == {
            "sheet": "台账",
            "kind": "activities",
            "verdict": "import",
            "header_rows": [1],
            "rows": 3,
            "accepted": 2,
        }
        assert sheet["columns"] == {
            "unit": "党支部",
            "type": "活动类型",
            "held_on": "活动日期",
            "topic": "主题",
            "expected": "应到",
            "attended": "实到",
        }
        (refused,) = sheet["rejected"]
        assert {name: refused[name] for name in ("row", "column", "value")} == {"row": 4, "column": "C", "value": "2024-02-31"}
        assert "2024-02-31" in refused["reason"]
        (skipped,) = sheet["skipped"]
        assert skipped["row"] == 5 and "小计" in skipped["reason"]
        assert all({"id", "text", "options", "default"} <= set(question) for question in sheet["questions"])
        assert {name: found[name] for name in ("batch", "fresh", "changed", "same", "refused")} == {
            "batch": 1,
            "fresh": 2,
            "changed": 0,
            "same": 0,
            "refused": 1,
        }

    def test_tells_people_the_place_of_every_problem(self, database: str, files: dict[str, str]):
        """File, sheet, cell and reason, then the counts."""
        result = run("import", files["first"])
        assert result.exit_code == 0
        assert "台账.xlsx [台账] 活动台账 · 可导入 · 2/3" in result.stdout
        assert any(line.strip().startswith("C4 ") and "2024-02-31" in line for line in result.stdout.splitlines())
        assert "第1批：新增 2 行，变更 0 行，相同 0 行，未收 1 行" in result.stdout

    def test_twice_writes_nothing(self, database: str, files: dict[str, str]):
        """The second time says so and makes no batch."""
        run("import", files["first"])
        again = printed("import", files["first"])
        assert (again["batch"], again["fresh"], again["same"]) == (None, 0, 2)
        assert "没有新增或变更的行" in run("import", files["first"]).stdout
        assert len(printed("batches")["batches"]) == 1

    def test_check_writes_nothing(self, database: str, files: dict[str, str]):
        """The same report with what would happen, and no batch."""
        run("import", files["first"])
        would = printed("check", files["changed"])
        assert {name: would[name] for name in ("fresh", "changed", "same", "refused")} == {
            "fresh": 0,
            "changed": 1,
            "same": 0,
            "refused": 0,
        }
        assert "如果导入：新增 0 行，变更 1 行" in run("check", files["changed"]).stdout
        assert len(printed("batches")["batches"]) == 1

    def test_a_foreign_table_is_refused_with_a_reason(self, database: str, files: dict[str, str]):
        """Nothing is imported, the reason stands in the report."""
        found = printed("import", files["foreign"])
        (sheet,) = found["files"][0]["sheets"]
        assert (sheet["verdict"], sheet["kind"], found["batch"]) == ("refuse", None, None) and sheet["reason"]

    def test_a_kind_can_be_given(self, database: str, files: dict[str, str]):
        """The table is read as what the caller says."""
        assert printed("check", files["first"], "--kind", "activities")["files"][0]["sheets"][0]["kind"] == "activities"

    def test_several_files_are_one_batch(self, database: str, files: dict[str, str]):
        """Files of one call become visible together."""
        run("import", files["first"], files["foreign"])
        (batch,) = printed("batches")["batches"]
        assert batch["files"] == "台账.xlsx、菜谱.csv"


class TestBatches:
    """`batches` and `undo`."""

    def test_are_listed_for_machines(self, database: str, files: dict[str, str]):
        """Number, counts, who and when, newest first."""
        run("import", files["first"])
        run("import", files["changed"])
        newest, oldest = printed("batches")["batches"]
        assert (newest["batch"], newest["changed"], oldest["batch"], oldest["fresh"]) == (2, 1, 1, 2)
        assert oldest["undone_at"] is None and oldest["is_sample"] is False

    def test_are_none_at_first(self, database: str):
        """A new database says so."""
        assert "还没有导入过任何批次" in run("batches").stdout and printed("batches") == {"batches": []}

    def test_redo_brings_an_undone_batch_back(self, database: str, files: dict[str, str]):
        """Who did it is in the history; a second redo is an error."""
        run("import", files["first"], "--by", "甲")
        assert printed("batches")["batches"][0]["imported_by"] == "甲"
        run("undo", "1", "--by", "乙")
        assert "第1批已恢复" in run("redo", "1").stdout
        assert printed("batches")["batches"][0]["undone_at"] is None
        assert "没有撤销过" in run("redo", "1").stderr

    def test_an_import_that_only_adds_leaves_changed_rows(self, database: str, files: dict[str, str]):
        """Nothing is written where nothing is new; an unknown scope is an error."""
        run("import", files["first"])
        assert "没有新增或变更的行" in run("import", files["changed"], "--scope", "add").stdout
        assert "expected one of update, add, replace" in run("import", files["changed"], "--scope", "all").stderr

    def test_undo_brings_back_what_stood_before(self, database: str, files: dict[str, str]):
        """The figure of the first import counts again."""
        run("import", files["first"])
        run("import", files["changed"])
        asked = ("ask", "activity_list", "--from", "2024-03", "--to", "2024-03")
        assert [row["attended"] for row in printed(*asked)["rows"]] == [1]
        assert "第2批已撤销" in run("undo", "2").stdout
        assert [row["attended"] for row in printed(*asked)["rows"]] == [9]

    def test_undo_twice_says_when_it_was_done(self, database: str, files: dict[str, str]):
        """Exit code 1, the reason on standard error, nothing on standard output."""
        run("import", files["first"])
        run("undo", "1")
        again = run("undo", "1")
        assert (again.exit_code, again.stdout) == (1, "") and "第1批已在" in again.stderr


class TestAsk:
    """`ask`."""

    def test_prints_question_and_rows(self, database: str, files: dict[str, str]):
        """For machines, the indicator, its question and one object per row, dates as ISO text."""
        run("import", files["first"])
        found = printed("ask", "activity_list", "--from", "2024")
        assert set(found) == {"indicator", "question", "rows"} and found["indicator"] == "activity_list"
        assert [(row["topic"], row["held_on"][:10]) for row in found["rows"]] == [("讲规矩", "2024-04-09"), ("春训", "2024-03-05")]

    def test_is_of_the_newest_year_by_default(self, database: str, files: dict[str, str]):
        """Without a period, the year of the last month handed in."""
        run("import", files["first"])
        assert printed("ask", "activity_list") == printed("ask", "activity_list", "--from", "2024")

    def test_is_narrowed_by_type_and_unit(self, database: str, files: dict[str, str]):
        """Only the kind asked for, below the unit asked for."""
        run("import", files["first"])
        found = printed("ask", "activity_list", "--type", "party_lecture", "--unit", "第一党支部")
        assert [row["topic"] for row in found["rows"]] == ["讲规矩"]

    def test_says_where_there_is_nothing(self, database: str):
        """An empty answer is a sentence for people and no rows for machines."""
        assert "没有符合条件的数据" in run("ask", "activity_list").stdout
        assert printed("ask", "activity_list")["rows"] == []

    def test_speaks_english(self, database: str, files: dict[str, str]):
        """The question is English; of the Chinese only data is left."""
        run("import", files["first"])
        told = run("ask", "activity_list", "--language", "en").stdout.splitlines()
        assert not has_chinese(told[0]) and told[0].endswith("?")


MISTAKES = [
    (("ask", "rythm"), "“rythm” does not exist; expected one of"),
    (("ask", "activity_list", "--from", "soon"), "“soon”"),
    (("ask", "activity_list", "--from", "0000"), "“0000”"),
    (("ask", "activity_list", "--from", "2024Q3", "--to", "2024Q1"), "2024-07-01"),
    (("ask", "activity_list", "--unit", "从未有过"), "从未有过"),
    (("ask", "activity_list", "--type", "tea"), "--type is “tea”; expected one of members_meeting"),
    (("ask", "activity_list", "--preset", "seven"), "--preset is “seven”; expected one of five, six"),
    (("ask", "activity_list", "--stale-forms", "tea"), "--stale-forms is “tea”; expected one of lecture, meeting"),
    (("ask", "activity_list", "--language", "fr"), "--language is “fr”; expected one of zh, en"),
    (("check", "/no/such/file.xlsx"), "/no/such/file.xlsx"),
    (("import", "/no/such/file.xlsx"), "/no/such/file.xlsx"),
    (("undo", "4"), "4"),
]


@pytest.mark.parametrize(("arguments", "said"), MISTAKES, ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_mistake_is_one_readable_line(database: str, arguments: tuple[str, ...], said: str, language: str):
    """Exit code 1, one line on standard error with the value; in English, no Chinese but what was typed."""
    spoken = () if "--language" in arguments else ("--language", language)
    result = run(*arguments, *spoken)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr and len(result.stderr.splitlines()) == 1
    if language == "en":
        assert not has_chinese(result.stderr.replace("从未有过", ""))


@pytest.mark.parametrize(
    "arguments", [("import",), ("ask",), ("undo", "first"), ("forget",), ("ask", "activity_list", "--since", "2024")]
)
def test_a_wrong_call_exits_with_2(database: str, arguments: tuple[str, ...]):
    """Missing or unknown arguments are the caller's mistake, told with the usage."""
    result = run(*arguments)
    assert result.exit_code == 2 and "Usage:" in result.stderr


def test_a_kind_that_does_not_exist_is_named(database: str, files: dict[str, str]):
    """The message lists the kinds."""
    result = run("check", files["first"], "--kind", "recipes")
    assert result.exit_code == 1 and "--kind is “recipes”; expected one of" in result.stderr


def test_a_broken_settings_file_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """No traceback for what an officer can repair."""
    (tmp_path / "cadence.toml").write_text("langauge = 'en'", encoding="utf-8")
    monkeypatch.setenv("CADENCE_SETTINGS", str(tmp_path / "cadence.toml"))
    result = run("batches")
    assert result.exit_code == 1 and "unknown key “langauge”" in result.stderr


def test_an_open_database_is_one_line(tmp_path: Path):
    """While the server holds the file, the message says so."""
    path = str(tmp_path / "cadence.duckdb")
    store.open(path)
    called = [sys.executable, "-m", "cadence", "batches", "--database", path]
    told = subprocess.run(called, cwd=HOME, capture_output=True, text=True)
    store.open(path).close()
    assert told.returncode == 1 and "正由另一个程序使用" in told.stderr and "Traceback" not in told.stderr


def test_the_sample_is_written(tmp_path: Path):
    """The invented office as spreadsheets, a folder per quarter, and the count said."""
    result = run("sample", str(tmp_path / "office"))
    written = [path for path in (tmp_path / "office").rglob("*") if path.is_file()]
    assert result.exit_code == 0 and str(len(written)) in result.stdout
    assert {"2023Q1", "2025Q4"} <= {path.name for path in (tmp_path / "office").iterdir()}


class TestTemplate:
    """`template`."""

    def test_a_blank_one_is_known_to_the_importer(self, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        """Without --out it is written under its own name into this folder; a check finds an empty sheet of the kind."""
        monkeypatch.chdir(tmp_path)
        assert run("template", "units").stdout.strip() == "已写入 组织名册模板.xlsx"
        sheet = printed("check", "组织名册模板.xlsx")["files"][0]["sheets"][0]
        assert (sheet["kind"], sheet["verdict"], sheet["accepted"]) == ("units", "empty_template", 0)

    def test_one_begun_from_the_last_quarter(self, database: str, files: dict[str, str], tmp_path: Path):
        """--from-last takes the layout of the last file; the title states the quarter that was asked for."""
        run("import", files["first"])
        out = tmp_path / "next.xlsx"
        called = run("template", "activities", "--from-last", "--quarter", "2024Q3", "--out", str(out))
        assert (called.exit_code, called.stdout.strip()) == (0, f"已写入 {out}")
        sheet = printed("check", str(out))["files"][0]["sheets"][0]
        assert (sheet["verdict"], sheet["period"]) == ("empty_template", ["2024-07-01", "2024-09-30"])
        assert list(sheet["columns"].values()) == ["党支部", "活动类型", "活动日期", "主题", "应到", "实到"]

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("menus",), "KIND is “menus”; expected one of units"),
            (("tasks", "--from-last", "--quarter", "2026"), "--quarter is “2026”; expected a quarter such as 2026Q4"),
            (("tasks", "--from-last", "--quarter", "soon"), "期间“soon”无法识别"),
            (("tasks", "--quarter", "2026Q4"), "it needs --from-last"),
            (("tasks", "--from-last", "--quarter", "2026Q4"), "2026 年第 4 季度之前没有导入过“业务重点任务”"),
        ],
    )
    def test_what_cannot_be_made_is_said(self, database: str, tmp_path: Path, arguments: tuple[str, ...], said: str):
        """One line on standard error, exit code 1, and no file."""
        out = tmp_path / "out.xlsx"
        called = run("template", *arguments, "--out", str(out))
        assert called.exit_code == 1 and said in called.stderr and not out.exists()

    def test_a_place_that_cannot_be_written_is_said(self, database: str, tmp_path: Path):
        """A folder that is not there is one line, no trace of calls."""
        called = run("template", "tasks", "--out", str(tmp_path / "nowhere" / "out.xlsx"))
        assert called.exit_code == 1 and "无法写入" in called.stderr


class TestRhythm:
    """Findings and warnings as files."""

    @pytest.fixture
    def system(self, tmp_path: Path) -> Path:
        """A simulated system of 40 branches over two years."""
        folder = tmp_path / "system"
        folder.mkdir()
        for name, table in simulate.run(40, [2023, 2024], 3, 0.6, True).items():
            table.to_csv(folder / f"{name}.csv", index=False, date_format="%Y-%m-%d")
        return folder

    def test_a_system_is_imported_judged_and_warned_of(self, database: str, system: Path, tmp_path: Path):
        """The files have the columns that a scorer wants, a row per branch, year and pattern."""
        assert run("import-simulated", str(system)).exit_code == 0
        out = tmp_path / "flags.csv"
        assert run("flags", "--year", "2024", "--out", str(out)).exit_code == 0
        found = pd.read_csv(out)
        assert {"branch_id", "organ_id", "year", "pattern", "n", "k", "p", "q", "score", "level", "flagged"} <= set(found.columns)
        assert set(found["year"]) == {2024} and set(found["flagged"]) <= {0, 1}
        assert found.loc[found["pattern"] == "yearend_rush", "branch_id"].is_unique
        assert run("warn", "--as-of", "2024-09-30", "--out", str(out)).exit_code == 0
        assert {"branch_id", "pressure", "p_ok", "level", "still"} <= set(pd.read_csv(out).columns)

    def test_as_of_an_earlier_day_later_records_do_not_count(self, database: str, system: Path, tmp_path: Path):
        """The numbers judged grow with time."""
        run("import-simulated", str(system))
        judged = {}
        for day in ("2024-06-30", "2024-12-31"):
            run("flags", "--year", "2024", "--as-of", day, "--out", str(tmp_path / "flags.csv"))
            found = pd.read_csv(tmp_path / "flags.csv")
            judged[day] = found.loc[found["pattern"] == "stop_go", "n"].sum()
        assert 0 < judged["2024-06-30"] < judged["2024-12-31"]

    def test_a_monthly_series_needs_no_database(self, database: str, tmp_path: Path):
        """Three years with a third of the work in December."""
        rows = [("甲", f"{year}-{month:02}", 300 if month == 12 else 60) for year in (2021, 2022, 2023) for month in range(1, 13)]
        pd.DataFrame(rows, columns=["unit", "month", "count"]).to_csv(tmp_path / "series.csv", index=False)
        result = run("flags", "--monthly", str(tmp_path / "series.csv"), "--out", str(tmp_path / "flags.csv"))
        assert result.exit_code == 0
        assert set(pd.read_csv(tmp_path / "flags.csv")["level"]) <= {"high", "medium"}

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("warn", "--as-of", "September"), "--as-of is “September”"),
            (("flags", "--monthly", "nowhere.csv"), "--monthly is “nowhere.csv”"),
            (("import-simulated", "nowhere"), "activities.csv"),
        ],
    )
    def test_what_cannot_be_read_is_said(self, database: str, tmp_path: Path, arguments: tuple[str, ...], said: str):
        """One line, exit code 1."""
        out = () if arguments[0] == "import-simulated" else ("--out", str(tmp_path / "out.csv"))
        result = run(*arguments, *out)
        assert result.exit_code == 1 and said in result.stderr


class TestSchedule:
    """`schedule`."""

    def test_writes_a_work_plan_and_a_calendar(self, sample_copy: Path, tmp_path: Path):
        """What is still due of a unit, in a sheet that `check` reads as plans, and one event a row."""
        database, plan, calendar = str(sample_copy), str(tmp_path / "plan.xlsx"), tmp_path / "plan.ics"
        asked = ("--from", "2025-10-01", "--unit", "热线服务党总支", "--database", database)
        result = run("schedule", "--out", plan, "--ics", str(calendar), *asked)
        assert result.exit_code == 0, result.stderr
        assert result.stdout.startswith("待排 ") and "每周最多" in result.stdout and plan in result.stdout.replace("\n", "")
        (sheet,) = [sheet for sheet in printed("check", plan, "--database", database)["files"][0]["sheets"] if sheet["kind"]]
        assert (sheet["kind"], sheet["rejected"]) == ("plans", []) and sheet["accepted"] > 50
        assert calendar.read_bytes().count(b"BEGIN:VEVENT") == sheet["accepted"]
        store.open(database).close()

    def test_is_the_same_twice(self, sample_copy: Path, tmp_path: Path):
        """Days and order."""
        asked = ("--from", "2025-11-03", "--unit", "热线服务党总支", "--database", str(sample_copy))
        texts = []
        for name in ("one.ics", "two.ics"):
            assert run("schedule", "--out", str(tmp_path / "plan.xlsx"), "--ics", str(tmp_path / name), *asked).exit_code == 0
            lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
            texts.append([line for line in lines if not line.startswith("DTSTAMP")])
        assert texts[0] == texts[1]
        store.open(str(sample_copy)).close()

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ((), "还没有数据"),
            (("--from", "soon"), "--from is “soon”; expected a day such as 2026-09-30"),
            (("--from", "2024-06-01", "--to", "2025-01-31"), "--to is “2025-01-31”; expected a day of 2024"),
            (("--from", "2024-06-01", "--unit", "从未有过"), "从未有过"),
        ],
    )
    def test_a_mistake_is_said(self, database: str, files: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], said: str):
        """One line, exit code 1, nothing written."""
        if arguments:
            run("import", files["first"])
        result = run("schedule", "--out", str(tmp_path / "plan.xlsx"), *arguments)
        assert result.exit_code == 1 and said in result.stderr and not (tmp_path / "plan.xlsx").exists()


class TestReport:
    """`report` and `report-template`."""

    def test_writes_the_formats_asked_for(self, sample_copy: Path, tmp_path: Path):
        """One file each, named after report and period, in the folder that is made for them."""
        asked = ("--unit", "热线服务党总支", "--period", "2025Q2", "--kind", "brief", "--database", str(sample_copy))
        result = run("report", "--format", "docx, xlsx", "--out", str(tmp_path / "reports"), *asked)
        store.open(str(sample_copy)).close()
        assert result.exit_code == 0, result.stderr
        found = sorted(path.name for path in (tmp_path / "reports").iterdir())
        assert [name.rpartition(".")[2] for name in found] == ["docx", "xlsx"] and all("2025Q2" in name for name in found)
        assert "正在汇总数字" in result.stderr and result.stdout.count("已写入") == 2

    def test_the_template_comes_back_as_a_report(self, sample_copy: Path, tmp_path: Path):
        """What `report-template` writes is accepted, and what stands in it stays."""
        template = tmp_path / "版式.docx"
        assert run("report-template", "--out", str(template)).exit_code == 0
        opened = docx.Document(str(template))
        opened.paragraphs[0].insert_paragraph_before("中共某局机关委员会文件")
        opened.save(str(template))
        asked = ("--kind", "brief", "--template", str(template), "--database", str(sample_copy))
        result = run("report", "--out", str(tmp_path), *asked)
        store.open(str(sample_copy)).close()
        assert result.exit_code == 0, result.stderr
        (made,) = [path for path in tmp_path.glob("*.docx") if path != template]
        texts = [paragraph.text for paragraph in docx.Document(str(made)).paragraphs]
        assert texts.index("中共某局机关委员会文件") < texts.index("机关党建工作情况（一页纸）")

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ((), "还没有数据"),
            (("--format", "doc"), "--format is “doc”; expected one of docx, pdf, xlsx"),
            (("--kind", "long"), "--kind is “long”; expected one of brief, analysis"),
            (("--period", "soon"), "soon"),
            (("--unit", "从未有过"), "从未有过"),
            (("--template", "nowhere.docx"), "nowhere.docx"),
        ],
    )
    def test_a_mistake_is_said(self, database: str, files: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], said: str):
        """One line, exit code 1, nothing written."""
        if arguments:
            run("import", files["first"])
        result = run("report", "--out", str(tmp_path / "reports"), *arguments)
        assert result.exit_code == 1 and said in result.stderr and not (tmp_path / "reports").exists()
