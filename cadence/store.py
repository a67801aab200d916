"""One DuckDB database in; locked-down cursors, one writer at a time, and the raw tables of the contracts out."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from cadence.sheets.contracts import Contract, contracts
from cadence.words import Message

MEMORY = "2GB"
SPILL = "4GB"
SCHEMA = 1

SQL_TYPES = {
    "count": "integer", "year": "integer", "minutes": "double", "number": "double", "share": "double", "score": "double",
    "date": "date", "quarter": "date", "flag": "boolean",
}  # fmt: skip

LOG = """
create schema if not exists raw; create schema if not exists facts; create schema if not exists marts;
create sequence if not exists raw.batch_numbers; create sequence if not exists raw.file_numbers;
create sequence if not exists raw.versions;
create table if not exists raw.state (name varchar primary key, value varchar);
create table if not exists raw.batches (
    batch integer primary key, imported_at timestamp, imported_by varchar, is_sample boolean,
    fresh integer, changed integer, same integer, refused integer, undone_at timestamp);
alter table raw.batches add column if not exists conflicting integer;
alter table raw.batches add column if not exists missing integer;
alter table raw.batches add column if not exists scope varchar;
alter table raw.batches add column if not exists clashes varchar;
create table if not exists raw.undoings (
    batch integer, undone_at timestamp, undone_by varchar, redone_at timestamp, redone_by varchar);
create table if not exists raw.layouts (
    layout varchar, header varchar, field varchar, kind varchar, file varchar, remembered_at timestamp, remembered_by varchar,
    primary key (layout, header));
create sequence if not exists raw.note_numbers;
create table if not exists raw.notes (
    note integer primary key, unit varchar, starts_on date, ends_on date, pattern varchar, indicator varchar, text varchar,
    noted_by varchar, noted_at timestamp, withdrawn_by varchar, withdrawn_at timestamp);
create sequence if not exists raw.view_numbers;
create table if not exists raw.views (
    "view" integer primary key, name varchar, saved_by varchar, page varchar, query varchar, saved_at timestamp,
    removed_by varchar, removed_at timestamp);
create table if not exists raw.files (file integer primary key, batch integer, name varchar, sha256 varchar, size bigint);
create table if not exists raw.columns (
    batch integer, file integer, sheet varchar, kind varchar, field varchar, header varchar, rows_seen integer, filled integer);
create table if not exists raw.coverage (batch integer, unit varchar, month date, is_partly boolean);
create table if not exists raw.problems (
    batch integer, file integer, sheet varchar, sheet_row integer, "column" varchar, field varchar, value varchar,
    severity varchar, text varchar, "values" varchar);
create or replace view raw.standing_coverage as
    select coverage.* from raw.coverage join raw.batches on batches.batch = coverage.batch where batches.undone_at is null;
create or replace view raw.standing_columns as
    select columns.* from raw.columns join raw.batches on batches.batch = columns.batch where batches.undone_at is null;
create table if not exists raw.types (type varchar, position integer, prescribed boolean, discretionary boolean, anchored boolean);
alter table raw.types add column if not exists duty varchar;
alter table raw.types add column if not exists learning boolean;
create table if not exists raw.thresholds (name varchar, value double);
create table if not exists raw.due_rules (
    rule varchar, type varchar, every varchar, times integer, times_per_group boolean, only_with varchar, clause varchar);
create table if not exists raw.sync_steps (step varchar, preset varchar, position integer);
create table if not exists raw.dictionary (name varchar, word varchar);
alter table raw.dictionary add column if not exists position integer;
create table if not exists raw.days (day date, weekday integer, is_working boolean, holiday varchar, is_known boolean);
"""


class StoreError(RuntimeError):
    """The database cannot be opened or used; `message` names the file and what to do, in the reader's language."""

    def __init__(self, message: Message):
        super().__init__(str(message))
        self.message = message


class Store:
    """One open database. Reading cursors are many; `writing()` is one at a time and commits all or nothing."""

    Interrupted = duckdb.InterruptException

    def __init__(self, path: str):
        self.path = path
        self.is_new = path == ":memory:" or not Path(path).exists()
        try:
            self._connection = duckdb.connect(
                path,
                config={
                    "storage_compatibility_version": "v1.5.0",
                    "enable_external_access": "false",
                    "autoinstall_known_extensions": "false",
                    "autoload_known_extensions": "false",
                    "memory_limit": MEMORY,
                    "threads": os.cpu_count() or 1,
                },
            )
        except duckdb.IOException as error:
            if "lock" in str(error):
                raise StoreError(
                    Message("数据库“{path}”正由另一个程序使用，多半是网页服务；请在网页上操作，或先停止它", {"path": path})
                ) from error
            reason = str(error).splitlines()[0]
            raise StoreError(Message("数据库“{path}”无法打开：{reason}", {"path": path, "reason": reason})) from error
        self._connection.execute(f"set max_temp_directory_size = '{SPILL}'")
        self._connection.execute("set lock_configuration = true")
        self._lock = threading.RLock()
        self._changes, self._known = 0, (-1, 0)
        with self.writing() as cursor:
            cursor.execute(LOG)
            take_over_explanations(cursor)
            for contract in contracts().values():
                cursor.execute(f"create table if not exists raw.{contract.kind} ({columns(contract)})")
                add_columns(cursor, contract)
                cursor.execute(standing(contract))
            cursor.execute("insert or ignore into raw.state values ('schema', $schema), ('version', '0')", {"schema": str(SCHEMA)})

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A reading cursor; it sees the last committed state."""
        cursor = self._connection.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A writing cursor inside one transaction: all becomes visible together, or on any error nothing does."""
        with self._lock, self.cursor() as cursor:
            cursor.execute("begin")
            try:
                yield cursor
                cursor.execute("commit")
            except BaseException:
                cursor.execute("rollback")
                raise
            finally:
                self._changes += 1

    @property
    def version(self) -> int:
        """A number that grows with every change; the key of whatever is kept from earlier answers.

        Read once after each change: no other process can write, and asking takes as long as a small query.
        """
        changes = self._changes
        if self._known[0] != changes:
            with self.cursor() as cursor:
                found = cursor.execute("select value from raw.state where name = 'version'").fetchall()
            self._known = (changes, int(found[0][0]))
        return self._known[1]

    def close(self) -> None:
        """Write everything to the file and give it free."""
        with self._lock:
            self._connection.close()
            if _stores.get(self.path) is self:
                del _stores[self.path]


def columns(contract: Contract) -> str:
    """The columns of a contract's raw table: where the row stands, its key, its fields, its source."""
    fields = []
    for field in contract.fields.values():
        fields.append(f'"{field.name}" {SQL_TYPES.get(field.type, "varchar")}')
        if field.month_precision:
            fields.append(f'"{field.name}_precision" varchar')
    return (
        "batch integer, file integer, sheet varchar, sheet_row integer, record varchar, key varchar, is_withdrawn boolean, "
        + ", ".join(fields)
        + ", source varchar using compression zstd"
    )


def standing(contract: Contract) -> str:
    """The view of the rows that stand: of each key the newest among the batches not undone, unless that one withdraws it."""
    return f"""
        create or replace view raw.standing_{contract.kind} as
        with newest as (
            select kept.*
            from raw.{contract.kind} as kept
            join raw.batches on batches.batch = kept.batch
            where batches.undone_at is null
            qualify row_number() over (partition by kept.key order by kept.batch desc, kept.record) = 1
        )
        select * from newest where is_withdrawn is null
    """


def add_columns(cursor: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Give the table of an older database the columns that its contract has gained since."""
    found = cursor.execute(
        "select column_name from duckdb_columns() where schema_name = 'raw' and table_name = $kind", {"kind": contract.kind}
    ).fetchall()
    there = {name for (name,) in found}
    for column in columns(contract).split(", "):
        if column.split()[0].strip('"') not in there:
            cursor.execute(f"alter table raw.{contract.kind} add column {column}")


def take_over_explanations(cursor: duckdb.DuckDBPyConnection) -> None:
    """Reasons of findings in an older database become notes, withdrawn ones too; their table goes in the same transaction."""
    found = cursor.execute(
        "select count(*) from duckdb_tables() where schema_name = 'raw' and table_name = 'explanations'"
    ).fetchall()
    if found == [(0,)]:
        return
    cursor.execute(
        """
        insert into raw.notes by name
        select nextval('raw.note_numbers') as note, unit, make_date(year, 1, 1) as starts_on, make_date(year, 12, 31) as ends_on,
            pattern, reason as text, explained_by as noted_by, explained_at as noted_at, withdrawn_by, withdrawn_at
        from (from raw.explanations order by explained_at)
        """
    )
    cursor.execute("drop view if exists marts.explanations; drop view if exists facts.explanations; drop table raw.explanations")


_stores: dict[str, Store] = {}
_opening = threading.Lock()


def open(path: str) -> Store:
    """The store of a database file, made where it does not exist; one per process, since DuckDB locks the file."""
    with _opening:
        if path != ":memory:":
            path = str(Path(path).resolve())
        if path not in _stores:
            if path != ":memory:":
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            _stores[path] = Store(path)
        return _stores[path]
