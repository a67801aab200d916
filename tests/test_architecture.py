"""The rules of docs/architecture.md that are about the house itself; each is shown to find a planted fault."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cadence import catalogue, queries

HOME = Path(__file__).resolve().parent.parent
STREAMLIT = ("app.py", "pages/", "cadence/view/", "cadence/filters.py", "cadence/words.py", "cadence/access.py")
NAMES = {"contract.kind", "columns(contract)", "kind", "query.layer", "query.id", "query.sql", "table", "SPILL"}
NAMES |= {"standing(contract)", "column"}
"""What may be written into SQL text: names of tables and settings that come from our own files, never a value."""
CALLS = {"execute": 0, "sql": 0, "run": 1}
"""Calls that take SQL, and at which position."""
LINES = {"app.py": 40, "pages": 60}


def modules() -> dict[str, str]:
    """Place → source of every module of the product."""
    paths = [HOME / "app.py", *sorted((HOME / "pages").glob("*.py")), *sorted((HOME / "cadence").rglob("*.py"))]
    return {path.relative_to(HOME).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def streamlit_imports(place: str, source: str) -> Iterator[str]:
    """Rule 4: where a module imports Streamlit though it may not."""
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if any(name.split(".")[0] == "streamlit" for name in names) and not place.startswith(STREAMLIT):
            yield f"{place}:{node.lineno} imports streamlit; only {', '.join(STREAMLIT)} may"


def formatted_sql(place: str, source: str) -> Iterator[str]:
    """Rule 6: where text goes into SQL by formatting, besides the names of our own tables."""
    for node in ast.walk(ast.parse(source)):
        called = node.func if isinstance(node, ast.Call) else None
        called = getattr(called, "attr", getattr(called, "id", ""))
        if called not in CALLS:
            continue
        for argument in node.args[CALLS[called] : CALLS[called] + 1]:
            for inner in ast.walk(argument):
                written = []
                if isinstance(inner, ast.FormattedValue):
                    written = [ast.unparse(inner.value)]
                elif (isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Add | ast.Mod)) or (
                    isinstance(inner, ast.Call) and getattr(inner.func, "attr", "") in ("format", "join", "replace")
                ):
                    written = [ast.unparse(inner)]
                faults = [text for text in written if text not in NAMES]
                yield from (f"{place}:{inner.lineno} writes {text} into SQL; expected a $param" for text in faults)


def long_files(sources: dict[str, str]) -> Iterator[str]:
    """`app.py` has at most 40 lines and a page 60."""
    for place, source in sources.items():
        allowed = LINES.get(place.split("/")[0])
        if allowed and len(source.splitlines()) > allowed:
            yield f"{place} has {len(source.splitlines())} lines; expected at most {allowed}"


def test_streamlit_stays_at_the_surface():
    """Rule 4: everything but the surface runs in a plain test and from the command line."""
    assert [fault for place, source in modules().items() for fault in streamlit_imports(place, source)] == []


def test_sql_gets_values_only_as_params():
    """Rule 6: no value is ever formatted into SQL."""
    assert [fault for place, source in modules().items() for fault in formatted_sql(place, source)] == []


def test_pages_are_layout_only():
    """Pages stay short enough to be read at a glance."""
    assert list(long_files(modules())) == []


@pytest.mark.parametrize("source", ["import streamlit as st", "from streamlit.navigation import page"])
def test_a_planted_streamlit_import_is_found(source: str):
    """Planted: a statistic that draws."""
    assert list(streamlit_imports("cadence/answers.py", source))
    assert not list(streamlit_imports("cadence/view/cards.py", source))


@pytest.mark.parametrize(
    "source",
    [
        "cursor.execute(f\"select * from facts.units where unit = '{unit}'\")",
        "cursor.execute(\"select * from facts.units where unit = '%s'\" % unit)",
        'cursor.execute("select * from facts.units where unit = " + unit)',
        'queries.run(store, "select {} from facts.units".format(unit), {})',
    ],
)
def test_a_planted_value_in_sql_is_found(source: str):
    """Planted: four ways of writing a value into SQL."""
    assert list(formatted_sql("cadence/answers.py", source))


def test_a_planted_long_page_is_found():
    """Planted: a page of 61 lines."""
    assert list(long_files({"pages/rhythm.py": "\n" * 61, "app.py": "\n" * 40})) == [
        "pages/rhythm.py has 61 lines; expected at most 60"
    ]


CATALOGUE = """
[count]
title = "次数"
title_en = "Count"
question = "几次？"
question_en = "How many?"
why = "为何"
why_en = "Why"
formula = "数"
formula_en = "Count"
chart = "bars"
draws = { x = "month" }
"""
QUERY = "-- How many?\n--\n-- column month  date\n-- column held   integer\nselect 1"


def house(folder: Path, text: str) -> Path:
    """A queries folder with one indicator and this catalogue."""
    (folder / "indicators").mkdir()
    (folder / "indicators" / "count.sql").write_text(QUERY, encoding="utf-8")
    (folder / "catalogue").mkdir()
    (folder / "catalogue" / "overview.toml").write_text(text, encoding="utf-8")
    return folder


def test_catalogue_is_sound():
    """Rule 3: every indicator has an entry whose columns exist, and no key is unknown."""
    assert set(catalogue.entries()) == set(queries.layer("indicators"))


def test_every_column_has_a_title():
    """Tables and files name every column in the reader's words."""
    columns = {column.name for query in queries.layer("indicators").values() for column in query.columns}
    assert sorted(columns ^ set(catalogue.vocabulary()["column"])) == []


def test_a_sound_entry_is_read(tmp_path: Path):
    """The planted faults below differ from a sound entry in one line each."""
    assert catalogue.entries(house(tmp_path, CATALOGUE))["count"].title == "次数"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('x = "month"', 'x = "week"', "expected a column of count.sql"),
        ('chart = "bars"', 'chart = "bars"\ncolour = "red"', "unknown key “colour”"),
        ('title_en = "Count"\n', "", "key “title_en” is missing"),
        ("[count]", "[counts]", "[count] is missing"),
        ('formula = "数"\n', "", "key “formula” is missing"),
        ('chart = "bars"', 'chart = "bars"\npage = "rhythm"', "unknown key “page”"),
        ("draws =", 'marks = "nothing"\ndraws =', "marks is “nothing”"),
        ("draws = { x", 'readings = [{ say = "{held.total}", say_en = "{held.sum}" }]\ndraws = { x', "“total” is not one of"),
        (
            "draws = { x",
            'readings = [{ when = "held", say = "a", say_en = "b" }]\ndraws = { x',
            "condition “held” is not understood",
        ),
    ],
)
def test_a_planted_catalogue_fault_is_found(tmp_path: Path, before: str, after: str, said: str):
    """Planted: one fault each; the message names entry and expectation."""
    assert before in CATALOGUE
    with pytest.raises(catalogue.CatalogueError, match="count") as error:
        catalogue.entries(house(tmp_path, CATALOGUE.replace(before, after)))
    assert said in str(error.value)


def test_a_start_that_judges_nothing_does_not_load_the_statistics():
    """SciPy's parts take a second; the command line and the pages come up without them."""
    code = "import sys, cadence.cli, cadence.view; sys.exit(any(name.startswith('scipy.stats') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=HOME, capture_output=True, check=False).returncode == 0
