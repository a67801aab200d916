"""The documents agree with the code: made pages are fresh, links lead somewhere, commands and settings are told, twins agree."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bench.__main__ import app as bench
from cadence import catalogue, patterns, queries, settings, store
from cadence.cli import app as cli
from cadence.settings import Settings
from cadence.view.frame import PAGES

HOME = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
GUIDES = ("docs/statistics.md", "docs/统计说明.md")
"""The guide to the statistics of rhythm."""
DOCUMENTS = sorted(path.relative_to(HOME).as_posix() for path in [*HOME.glob("*.md"), *(HOME / "docs").glob("*.md")])
EXAMPLES = {"docs/recipes.md"}
"""Where files are named that a reader is to make; `pages/x.py` is one everywhere."""
PICTURES = (".png", ".jpg", ".svg")
PLACE = re.compile(r"(?:cadence|pages|queries|data|tests|docs|bench)(?:/[\w-]+)+\.(?:py|sql|toml|md|css|js)")
MACHINE = {
    "a path of a machine": re.compile(r"(?<![\w.:/*])/(?:work|tmp|root|home|opt|mnt|srv)\b"),
    "a registry host": re.compile(r"pypi|pythonhosted|npmjs|crates\.io|index-url", re.IGNORECASE),
    "how the work was done": re.compile(r"\b(?:session|sub-?agent|assistant|language model)s?\b", re.IGNORECASE),
    "a figure not yet measured": re.compile(r"\bTODO\b(?!-MEASURE)"),
}


def make():
    """docs/make.py as a module."""
    spec = importlib.util.spec_from_file_location("make", HOME / "docs" / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(name: str) -> str:
    """A document's text."""
    return (HOME / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """A document without its code blocks."""
    return re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(text: str) -> set[str]:
    """What `#…` may lead to: headings as they are slugged, and named places."""
    headings = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings} | set(
        re.findall(r'<a id="([^"]+)">', text)
    )


def links(name: str, text: str) -> Iterator[tuple[str, Path, str]]:
    """(as written, file, anchor) of every link of a document that stays inside the repository."""
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(text)):
        if not re.match(r"[a-z]+:", target):
            file, _, anchor = target.partition("#")
            yield target, ((HOME / name).parent / file).resolve() if file else HOME / name, anchor


def broken(name: str, text: str) -> list[str]:
    """Links that lead nowhere; pictures are looked at elsewhere."""
    return [
        target
        for target, path, anchor in links(name, text)
        if path.suffix not in PICTURES
        and (not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path.read_text(encoding="utf-8"))))
    ]


def missing_places(text: str) -> list[str]:
    """Files and tests named in backticks that do not exist; a pattern (`*`, ID) names none."""
    faults = [
        place
        for place in PLACE.findall(" ".join(re.findall(r"`([^`\n]+)`", text)))
        if place != "pages/x.py" and not (HOME / place).exists()
    ]
    for place, test in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text):
        if not (HOME / place).exists() or not re.search(rf"^ *def {test}\(", read(place), re.MULTILINE):
            faults.append(f"{place}::{test}")
    return faults


def commands(app) -> set[str]:
    """Names of a command line's commands."""
    return {command.name or command.callback.__name__ for command in app.registered_commands}


def told(text: str) -> list[tuple[str, str, str]]:
    """(variable, key, default) of the settings table."""
    rows = re.findall(r"^\| `(CADENCE_\w+)` \| (\S+) \| ([^|]+) \|", text, re.MULTILINE)
    return [(variable, key.strip("`"), default.strip()) for variable, key, default in rows]


def known(defaults: Settings) -> dict[str, tuple[str, str]]:
    """Variable → (key, default) as cadence/settings.py has them."""
    found = {}
    for field in fields(Settings):
        value = getattr(defaults, field.name)
        if isinstance(value, bool):
            default = "`true`" if value else "`false`"
        elif value == "":
            default = ""
        else:
            path = Path(value)
            default = f"`{path.relative_to(HOME).as_posix() + '/' * path.is_dir() if path.is_absolute() else value}`"
        found[f"CADENCE_{field.name.upper()}"] = (field.name, default)
    return found


def differing(rows: list[tuple[str, str, str]], defaults: Settings) -> list[str]:
    """Where a settings table says something else than cadence/settings.py; an empty default is said in a word."""
    expected = known(defaults)
    faults = [f"{name} is not told" for name in expected if name not in {row[0] for row in rows}]
    for variable, key, default in rows:
        if variable == "CADENCE_SETTINGS":
            continue
        if variable not in expected:
            faults.append(f"{variable} does not exist")
        elif key != expected[variable][0] or (default != expected[variable][1] if expected[variable][1] else "`" in default):
            faults.append(f"{variable}: {key}, {default}; expected {', '.join(expected[variable])}")
    return faults


def shape(text: str) -> dict[str, list]:
    """What twins share: levels of headings, rows of tables, lines of code blocks, links to files."""
    return {
        "headings": [len(marks) for marks in re.findall(r"^(#+) ", prose(text), re.MULTILINE)],
        "tables": [len(rows.splitlines()) for rows in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)],
        "lists": [
            len(rows.splitlines()) for rows in re.findall(r"(?:^- .*\n(?:  .*\n)*)+", re.sub(r"\n  ", " ", text), re.MULTILINE)
        ],
        "blocks": [len(block.splitlines()) for block in re.findall(r"^```(.*?)^```", text, re.MULTILINE | re.DOTALL)],
        "links": sorted(
            {target for target in re.findall(r"\]\(([^)]+)\)", text) if "README" not in target and not target.endswith(PICTURES)}
        ),
    }


def figures(text: str) -> list[tuple[list[str], ...]]:
    """What twin guides share besides their shape: per section the numbers of each row of its tables, and those with a point."""
    number = r"\d+(?:[.,]\d+)*"
    return [
        (
            *(sorted(re.findall(number, row)) for row in re.findall(r"^\|.*", section, re.MULTILINE)),
            sorted(re.findall(r"\d+\.\d+", section)),
        )
        for section in re.split(r"^#+ ", prose(text), flags=re.MULTILINE)
    ]


def test_made_pages_are_fresh():
    """docs/indicators.md and docs/spreadsheets.md are what `python docs/make.py` would write now."""
    assert make().stale() == []


def test_a_changed_definition_is_found():
    """Planted: another formula, another threshold, another header; each changes its page."""
    made, entries, kinds = make(), catalogue.entries(), make().contracts()
    assert made.indicators(entries) == read("docs/indicators.md")
    for change in ({"formula": "别的算法"}, {"minimum_n": 99}, {"source": ("L99",)}):
        assert made.indicators({**entries, "attendance": replace(entries["attendance"], **change)}) != read("docs/indicators.md")
    units = kinds["units"]
    heading = replace(units.fields["unit"], headers=("别的表头",))
    assert made.spreadsheets({**kinds, "units": replace(units, fields={**units.fields, "unit": heading})}) != read(
        "docs/spreadsheets.md"
    )


def test_an_edited_or_missing_page_is_found(tmp_path: Path):
    """Planted: a page edited by hand, and one that is not there."""
    (tmp_path / "indicators.md").write_text(read("docs/indicators.md").replace("÷", "/", 1), encoding="utf-8")
    assert make().stale(tmp_path) == ["indicators.md", "spreadsheets.md"]


def test_every_indicator_and_page_is_told():
    """Each indicator has a section; each page of the menu stands in both READMEs."""
    text = read("docs/indicators.md")
    assert [id for id in catalogue.entries() if f'<a id="{id}">' not in text] == []
    titles = [title for group in PAGES.values() for title in group.values()]
    assert [(name, title) for name in READMES for title in titles if f"| {title} " not in read(name)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
class TestEveryDocument:
    """What holds for each."""

    def test_links_lead_somewhere(self, name: str):
        """Files exist, and anchors in them."""
        assert broken(name, read(name)) == []

    def test_pictures_exist(self, name: str):
        """No empty frame where a picture is announced."""
        assert [target for target, path, _ in links(name, read(name)) if path.suffix in PICTURES and not path.exists()] == []

    def test_files_and_tests_that_are_named_exist(self, name: str):
        """What stands in backticks can be opened."""
        assert name in EXAMPLES or missing_places(read(name)) == []

    def test_it_is_about_the_product(self, name: str):
        """No path of somebody's machine, no registry, no note to the writer."""
        assert [(what, found.group()) for what, seen in MACHINE.items() if (found := seen.search(read(name)))] == []


@pytest.mark.parametrize("name", READMES)
class TestEveryReadme:
    """Both languages."""

    def test_every_command_is_told(self, name: str):
        """A command that is not in the README would be found by nobody."""
        assert set(re.findall(r"^\| `python -m cadence ([\w-]+)", read(name), re.MULTILINE)) == commands(cli)

    def test_no_command_is_invented(self, name: str):
        """Every command told exists."""
        assert set(re.findall(r"python -m cadence ([\w-]+)", read(name))) == commands(cli)

    def test_the_settings_are_those_of_the_code(self, name: str):
        """Variables, keys and defaults."""
        assert differing(told(read(name)), Settings()) == []

    def test_the_two_commands_stand_on_the_first_screen(self, name: str):
        """What it is, for whom, a picture, two commands, the flow, the table: before the second heading."""
        first = read(name).split("\n## ")[0]
        order = ["![", "./run app", "./run test", "streamlit run app.py", "queries/facts", "docs/recipes.md#an-indicator"]
        assert [first.find(part) for part in order] == sorted(first.find(part) for part in order) and first.find(order[0]) > 0


def examples(text: str) -> list[tuple[list[str], str]]:
    """(words of the call, what it is said to print) of the console examples; files are listed, paths made absolute."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        for call, printed in re.findall(r"^\$ python -m cadence (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            told = [str(path) for word in call.split() for path in (sorted(HOME.glob(word)) if "/" in word else [word])]
            found.append((told, printed))
    return found


@pytest.mark.parametrize("name", READMES)
def test_the_examples_print_what_is_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Each call of the command line, run one after the other on a new database; “…” stands for lines left out."""
    path = str(tmp_path / "cadence.duckdb")
    monkeypatch.setenv("CADENCE_DATABASE", path)
    assert len(examples(read(name))) == 4
    for call, printed in examples(read(name)):
        found = CliRunner().invoke(cli, call)
        pattern = "".join(r"(?:.*\n)*" if line == "…" else re.escape(f"{line}\n") for line in printed.splitlines())
        assert found.exit_code == 0 and re.fullmatch(pattern, found.stdout), (call, found.stdout, found.stderr)
    store.open(path).close()


def test_the_readmes_are_twins():
    """The same headings, tables, lists, blocks and links in the same order."""
    english, chinese = (shape(read(name)) for name in READMES)
    assert english == chinese


def test_the_guides_to_statistics_are_twins():
    """The same headings, tables, lists and blocks, links except to each other, and the same numbers in every table and section."""
    english, chinese = (shape(read(name)) for name in GUIDES)
    for twin in (english, chinese):
        twin["links"] = [
            target.partition("#")[0] for target in twin["links"] if Path(target).name not in {Path(name).name for name in GUIDES}
        ]
    assert english == chinese
    assert figures(read(GUIDES[0])) == figures(read(GUIDES[1]))


@pytest.mark.parametrize("name", GUIDES)
class TestEveryGuideToStatistics:
    """Both languages."""

    def test_every_pattern_has_its_section(self, name: str):
        """In the order in which a page lists them."""
        titles = [pattern.title for pattern in patterns.patterns().values()]
        assert [found for found in re.findall(r"^### (?:.*\()?(.*?)\)?$", read(name), re.MULTILINE) if found in titles] == titles

    def test_the_columns_of_findings_are_told(self, name: str):
        """Names and types as in the header of queries/marts/findings.sql."""
        columns = [(column.name, column.type) for column in queries.layer("marts")["findings"].columns]
        assert re.findall(r"^\| `(\w+)` \| (text|integer|double|boolean) \|", read(name), re.MULTILINE) == columns


def test_settings_are_told_as_in_their_module():
    """The table in the docstring of cadence/settings.py names the same variables and keys."""
    rows = re.findall(r"^(CADENCE_\w+) +(\S+) ", settings.__doc__, re.MULTILINE)
    assert rows == [row[:2] for row in told(read("README.md"))]


def test_every_measurement_is_told():
    """Each command of `python -m bench` stands in docs/performance.md, and no other."""
    assert set(re.findall(r"python -m bench (\w+)", read("docs/performance.md"))) == commands(bench)


def test_planted_faults_are_found():
    """Planted: a dead link, a dead anchor, a missing file and test, a path, a setting gone, a default changed, half a twin."""
    assert broken("README.md", "[a](docs/nothing.md) [b](docs/recipes.md#nothing) [c](LICENSE) [d](docs/recipes.md#a-page)") == [
        "docs/nothing.md",
        "docs/recipes.md#nothing",
    ]
    text = "`cadence/nothing.py` `LICENSE` `tests/test_store.py::test_nothing` `tests/test_docs.py::test_the_readmes_are_twins`"
    assert missing_places(text) == ["cadence/nothing.py", "tests/test_store.py::test_nothing"]
    assert all(
        any(seen.search(text) for seen in MACHINE.values())
        for text in ("see /tmp/notes", "pip install -i https://pypi.example", "in this session", "TODO later")
    )
    assert not any(seen.search("data/sample, ./run, http://localhost:8501/home") for seen in MACHINE.values())
    rows = told(read("README.md"))
    assert differing([row for row in rows if row[0] != "CADENCE_PROFILE"], Settings()) == ["CADENCE_PROFILE is not told"]
    assert differing(rows, replace(Settings(), profile="local")) and differing(rows, replace(Settings(), sample=False))
    assert differing([*rows, ("CADENCE_COLOUR", "colour", "`red`")], Settings()) == ["CADENCE_COLOUR does not exist"]
    assert shape(read("README.md") + "\n## More\n") != shape(read("README.md"))
    guide = read(GUIDES[0])
    for there, other in (("| 0.894 |", "| 0.984 |"), ("≤ 0.04", "≤ 0.05")):
        assert figures(guide.replace(there, other, 1)) != figures(guide)
