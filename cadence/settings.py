"""Where things are and how this installation speaks: environment variables first, then a TOML file, then defaults.

variable             TOML key      default
CADENCE_SETTINGS     -             cadence.toml beside app.py
CADENCE_DATABASE     database      data/cadence.duckdb
CADENCE_DATA         data          data/  (rules, contracts, sample)
CADENCE_LANGUAGE     language      zh
CADENCE_BASE_PATH    base_path     empty; the path under which a reverse proxy serves the app
CADENCE_PROFILE      profile       national; a file of data/rules/profiles
CADENCE_TEMPLATE     template      empty; a .docx with the office's styles and letterhead, for reports
CADENCE_SAMPLE       sample        true; a database made by the first run starts with the sample office
CADENCE_DEVELOPMENT  development   false; /samples shows every part of the design system, and a card that fails says where
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent


class SettingError(ValueError):
    """A setting has a value that cannot be used; the message names place, value and expectation."""


@dataclass(frozen=True)
class Settings:
    """One installation. `database` may be ":memory:"."""

    data: Path = HOME / "data"
    database: str = str(HOME / "data" / "cadence.duckdb")
    language: str = "zh"
    base_path: str = ""
    profile: str = "national"
    template: str = ""
    sample: bool = True
    development: bool = False


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises SettingError where a key or value is not understood."""
    path = Path(environment.get("CADENCE_SETTINGS", HOME / "cadence.toml"))
    if not path.exists():
        if "CADENCE_SETTINGS" in environment:
            raise SettingError(f"CADENCE_SETTINGS names “{path}”, which does not exist")
        written: dict[str, Any] = {}
    else:
        try:
            written = tomllib.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise SettingError(f"{path}: {error}; expected a TOML file in UTF-8") from None
    names = {field.name for field in fields(Settings)}
    if unknown := sorted(set(written) - names):
        raise SettingError(f"{path}: unknown key “{unknown[0]}”; expected one of {', '.join(sorted(names))}")
    for name in names:
        if (value := environment.get(f"CADENCE_{name.upper()}")) is not None:
            written[name] = value
    read = Settings(**{name: _read(name, value) for name, value in written.items()})
    return read if "database" in written else replace(read, database=str(read.data / "cadence.duckdb"))


def _read(name: str, value: Any) -> Any:
    """The value in its field's type."""
    if name == "data":
        if not ((folder := Path(value)) / "rules").is_dir():
            raise SettingError(f"setting “data” is “{value}”; expected an existing directory with rules/ and sample/ in it")
        return folder
    if name == "template":
        if value and not Path(value).is_file():
            raise SettingError(f"setting “template” is “{value}”; expected a .docx, such as `report-template` writes")
        return str(value)
    if name in ("sample", "development"):
        words = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
        if (text := str(value).lower()) not in words:
            raise SettingError(f"setting “{name}” is “{value}”; expected true or false")
        return words[text]
    if name == "language" and value not in ("zh", "en"):
        raise SettingError(f"setting “language” is “{value}”; expected zh or en")
    return str(value)
