"""Rule 5: every word on the screen goes through `words`, and every language says all of them."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from cadence import words

HOME = Path(__file__).resolve().parent.parent
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
SCREEN = ("app.py", "pages", "cadence/view", "cadence/filters.py", "cadence/charts", "cadence/patterns.py")
"""Where every Chinese text is a text for the reader; elsewhere only what is said or put into a Message is."""


def files() -> list[Path]:
    """Every module of the product; the sample office's own words are data."""
    found = [HOME / "app.py", *sorted((HOME / "pages").glob("*.py")), *sorted((HOME / "cadence").rglob("*.py"))]
    return [path for path in found if "sample" not in path.relative_to(HOME).parts[1:2] and path.name != "sample.py"]


def texts(source: str, everything: bool) -> set[str]:
    """The Chinese texts of a module: all of its constants, or only those given to say() and Message()."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }
    if everything:
        nodes = list(ast.walk(tree))
    else:
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node.func) in ("say", "Message")]
        nodes = [inner for call in calls if call.args for inner in ast.walk(call.args[0])]
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and id(node) not in docstrings
    }


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def spoken() -> set[str]:
    """Every text that a reader may meet from code."""
    found: set[str] = set()
    for path in files():
        place = path.relative_to(HOME).as_posix()
        found |= texts(path.read_text(encoding="utf-8"), place.startswith(SCREEN))
    return found - set(words.LANGUAGES.values())


def literals() -> set[str]:
    """Every Chinese constant of the product and of its data files, so that a stale translation is found."""
    found: set[str] = set()
    for path in files():
        found |= texts(path.read_text(encoding="utf-8"), everything=True)
    return found | {value for path in data_files() for value in _strings(tomllib.loads(path.read_text(encoding="utf-8")))}


def data_files() -> list[Path]:
    return [
        *sorted((HOME / "data" / "contracts").glob("*.toml")),
        *sorted((HOME / "data" / "rules").rglob("*.toml")),
        *sorted((HOME / "queries").glob("*.toml")),
    ]


def _strings(node: object) -> set[str]:
    if isinstance(node, str):
        return {node}
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return {text for value in inner for text in _strings(value)}


def placeholders(text: str) -> set[str]:
    """Names in braces, formats aside."""
    return set(re.findall(r"\{([^{}:!]*)", text))


@pytest.mark.parametrize("language", [language for language in words.LANGUAGES if language != words.SOURCE])
class TestLanguage:
    """Each language besides the source."""

    def test_every_text_is_translated(self, language: str):
        """Nothing that is said lacks a translation."""
        assert sorted(spoken() - set(words.catalogue(language))) == []

    def test_a_text_has_one_translation(self, language: str):
        """Two entries never translate the same text differently."""
        said: dict[str, set[str]] = {}
        for text, translation in words.pairs(language):
            said.setdefault(text, set()).add(translation)
        assert {text: found for text, found in said.items() if len(found) > 1} == {}

    def test_no_translation_is_stale(self, language: str):
        """Every entry of the message catalogue still stands somewhere in the product."""
        written = tomllib.loads((HOME / "data" / "words" / f"{language}.toml").read_text(encoding="utf-8"))["words"]
        assert sorted(set(written) - literals()) == []

    def test_placeholders_agree(self, language: str):
        """A translation fills in the same values as its source."""
        assert {text: said for text, said in words.catalogue(language).items() if placeholders(text) != placeholders(said)} == {}

    def test_no_chinese_is_left(self, language: str):
        """A translation holds no Chinese but what it quotes in “”, 《》 or 「」 or names as the product's own name."""
        quoted = re.compile(r"“[^”]*”|《[^》]*》|「[^」]*」|（[^）]*）|节拍")
        assert {text: said for text, said in words.catalogue(language).items() if CHINESE.search(quoted.sub("", said))} == {}


def test_a_new_text_without_translation_is_found():
    """Planted: a page with a text that nobody translated."""
    assert texts('from cadence import view\nview.title("从未翻译")', everything=True) == {"从未翻译"}


def test_only_what_is_said_counts_outside_the_screen():
    """Planted: a header synonym is data; a message is not."""
    assert texts('FOOTER = ["小计"]\nproblem = Message("第{row}行", {"row": 3})', everything=False) == {"第{row}行"}


def test_plain_text_means_nothing_to_markdown():
    assert words.plain("*甲*_支部_[x](y)") == r"\*甲\*\_支部\_\[x\]\(y\)"
