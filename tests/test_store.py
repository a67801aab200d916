"""The store: one writer, all or nothing, locked down, one process."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from cadence import engine, store
from cadence.sheets.contracts import contracts
from cadence.store import Store, StoreError

HOME = Path(__file__).resolve().parent.parent


@pytest.fixture
def opened(tmp_path: Path):
    """A store in a file."""
    opened = store.open(str(tmp_path / "folder" / "cadence.duckdb"))
    yield opened
    opened.close()


def state(store: Store, name: str) -> str | None:
    """A value of raw.state."""
    with store.cursor() as cursor:
        found = cursor.execute("select value from raw.state where name = $name", {"name": name}).fetchall()
    return found[0][0] if found else None


def keep(cursor: duckdb.DuckDBPyConnection, name: str, value: str) -> None:
    """Write a value into raw.state."""
    cursor.execute("insert or replace into raw.state values ($name, $value)", {"name": name, "value": value})


def test_a_database_is_made_with_its_folder(opened: Store):
    """A path that does not exist becomes a file."""
    assert Path(opened.path).exists() and opened.is_new


def test_every_contract_has_its_raw_table(opened: Store):
    """Tables and their columns follow the contracts."""
    with opened.cursor() as cursor:
        found = cursor.execute("select table_name, column_name from duckdb_columns() where schema_name = 'raw'").fetchall()
    expected = {(contract.kind, field) for contract in contracts().values() for field in contract.fields}
    assert expected <= set(found)


def test_one_process_has_one_store_per_file(opened: Store):
    """Opening again gives the same store; after closing, another one over the same rows."""
    assert store.open(opened.path) is opened
    with opened.writing() as cursor:
        keep(cursor, "kept", "yes")
    opened.close()
    again = store.open(opened.path)
    assert again is not opened and not again.is_new and state(again, "kept") == "yes"
    again.close()


def test_another_way_to_write_the_path_is_the_same_store(opened: Store, monkeypatch: pytest.MonkeyPatch):
    """A relative path leads to the store that the absolute one opened, so that there is one writer."""
    monkeypatch.chdir(Path(opened.path).parent)
    assert store.open("cadence.duckdb") is opened


def test_a_reader_sees_the_last_committed_state(opened: Store):
    """Rows being written are nobody's business before they are committed."""
    with opened.writing() as cursor:
        keep(cursor, "mark", "written")
        assert state(opened, "mark") is None
    assert state(opened, "mark") == "written"


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_an_error_takes_everything_back(opened: Store, error: type[BaseException]):
    """Rows and tables written before it are gone, and the next writer works."""
    with pytest.raises(error), opened.writing() as cursor:
        keep(cursor, "mark", "written")
        cursor.execute("create table marts.half as select 1")
        raise error
    assert state(opened, "mark") is None
    with opened.writing() as cursor:
        cursor.execute("create table marts.half as select 1")


def test_writers_take_turns(opened: Store):
    """Eight threads that each read and raise a number twenty times lose no count and meet no conflict."""
    with opened.writing() as cursor:
        keep(cursor, "count", "0")
    failed = []

    def count() -> None:
        try:
            for _ in range(20):
                with opened.writing() as cursor:
                    now = int(cursor.execute("select value from raw.state where name = 'count'").fetchall()[0][0])
                    keep(cursor, "count", str(now + 1))
        except duckdb.Error as error:
            failed.append(error)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, state(opened, "count")) == ([], "160")


def test_the_version_grows_with_every_build(opened: Store):
    """Opening alone does not change it, building does."""
    before = opened.version
    with opened.writing() as cursor:
        engine.build(cursor)
    first = opened.version
    with opened.writing() as cursor:
        engine.build(cursor)
    assert before < first < opened.version


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('{file}')",
        "select * from read_text('{file}')",
        "select * from glob('{folder}/*')",
        "copy (select 1) to '{folder}/out.csv'",
        "copy raw.state from '{file}'",
        "export database '{folder}/out'",
        "attach '{folder}/other.duckdb'",
        "install httpfs",
        "load httpfs",
        "set memory_limit = '9GB'",
        "set enable_external_access = true",
        "set lock_configuration = false",
    ],
)
def test_sql_reaches_nothing_but_the_database(opened: Store, tmp_path: Path, sql: str):
    """No file is read or written, no extension fetched, no setting changed."""
    (tmp_path / "secret.csv").write_text("name,value\na,b\n", encoding="utf-8")
    with opened.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql.format(file=tmp_path / "secret.csv", folder=tmp_path)).fetchall()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "secret.csv"]


def test_python_variables_are_no_tables(opened: Store):
    """A frame in reach of the caller is not readable by its name."""
    import pandas as pd

    frame = pd.DataFrame({"a": [1]})
    with opened.cursor() as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("select * from frame")
    assert len(frame) == 1


def test_a_second_process_is_told_why_it_must_wait(opened: Store):
    """The message names the file and asks about another process."""
    script = "import sys\nfrom cadence import store\ntry: store.open(sys.argv[1])\nexcept store.StoreError as error: print(error)"
    told = subprocess.run([sys.executable, "-c", script, opened.path], cwd=HOME, capture_output=True, text=True, check=True).stdout
    assert told.startswith(f"数据库“{opened.path}”正由另一个程序使用")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path):
    """The message names the file."""
    path = tmp_path / "cadence.duckdb"
    path.write_text("not a database, but longer than any header would have to be" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match=r"cadence\.duckdb"):
        store.open(str(path))


def test_the_file_is_written_for_the_supported_release(opened: Store):
    """The storage version is that of DuckDB 1.5, which can then still open the file."""
    opened.close()
    header = Path(opened.path).read_bytes()[:4096]
    assert header[8:12] == b"DUCK" and int.from_bytes(header[12:20], "little") <= 68
