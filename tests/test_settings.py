"""Settings: environment over file over defaults, and every mistake said with place, value and expectation."""

from __future__ import annotations

from pathlib import Path

import pytest

from cadence import settings
from cadence.settings import SettingError, Settings


def load(tmp_path: Path, text: str | None = None, **environment: str) -> Settings:
    """The settings of a file with this text and of these CADENCE_ variables."""
    path = tmp_path / "cadence.toml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    named = {"CADENCE_SETTINGS": str(path)} if text is not None else {}
    return settings.load({**named, **{f"CADENCE_{name.upper()}": value for name, value in environment.items()}})


def test_defaults(tmp_path: Path):
    """With an empty file and no variables: Chinese, the national minimum, the sample office."""
    assert load(tmp_path, "") == Settings()
    assert (Settings().language, Settings().profile, Settings().sample) == ("zh", "national", True)


def test_the_file_overrides_the_defaults(tmp_path: Path):
    """A key of the file counts, the others keep their defaults."""
    found = load(tmp_path, 'language = "en"\nsample = false\n')
    assert (found.language, found.sample, found.profile) == ("en", False, "national")


def test_the_environment_overrides_the_file(tmp_path: Path):
    """A variable counts before the file, and before the defaults for keys that the file leaves out."""
    found = load(tmp_path, 'language = "en"\nprofile = "local"\n', language="zh", database="/srv/cadence.duckdb")
    assert (found.language, found.profile, found.database) == ("zh", "local", "/srv/cadence.duckdb")


@pytest.mark.parametrize("word", ["1", "TRUE", "yes", "0", "False", "no"])
def test_words_for_yes_and_no(tmp_path: Path, word: str):
    """The sample switch understands the usual words in any case."""
    assert load(tmp_path, "", sample=word).sample is (word in ("1", "TRUE", "yes"))


def test_the_data_folder_is_a_path(tmp_path: Path):
    """An existing folder is taken."""
    (tmp_path / "rules").mkdir()
    assert load(tmp_path, "", data=str(tmp_path)).data == tmp_path


@pytest.mark.parametrize(
    ("name", "value", "expectation"),
    [
        ("sample", "maybe", "expected true or false"),
        ("language", "fr", "expected zh or en"),
        ("data", "/no/such/folder", "expected an existing directory"),
    ],
)
def test_a_bad_value_is_named(tmp_path: Path, name: str, value: str, expectation: str):
    """The message says which setting, its value and what was expected."""
    with pytest.raises(SettingError, match=f"setting “{name}” is “{value}”; {expectation}"):
        load(tmp_path, "", **{name: value})


def test_an_unknown_key_is_named_with_its_file(tmp_path: Path):
    """A misspelt key is an error that lists the known ones."""
    with pytest.raises(SettingError, match=r"cadence\.toml: unknown key “langauge”; expected one of .*language"):
        load(tmp_path, 'langauge = "en"')


def test_a_broken_file_is_named(tmp_path: Path):
    """A file that is not TOML is an error of the settings with file and place, not a traceback."""
    with pytest.raises(SettingError, match=r"cadence\.toml: .*line 1"):
        load(tmp_path, "language = en")


def test_a_file_that_was_asked_for_must_exist(tmp_path: Path):
    """CADENCE_SETTINGS may not point to nothing."""
    with pytest.raises(SettingError, match=r"nothing\.toml”, which does not exist"):
        settings.load({"CADENCE_SETTINGS": str(tmp_path / "nothing.toml")})
