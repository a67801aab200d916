"""What calamine does not tell of an .xlsx: its bytes in, hidden rows and error cells of each sheet out. Runs in the child only."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import Any
from xml.parsers import expat

MOST_XML = 30_000_000
MOST_ERRORS = 1_000
LONGEST_CELL = 10
ERROR = re.compile(r"#[A-Z_/0]{1,14}[!?]?")
WORTH_PARSING = re.compile(rb"""<(?:\w+:)?row\b[^<>]*\bhidden=|<(?:\w+:)?c\b[^<>]*\bt=["']e["']""")


def marks(data: bytes) -> dict[str, dict[str, Any]]:
    """Sheet name → {"hidden_rows": row numbers from 1, "errors": [(row number, 0-based column, "#N/A")]}.

    Sheets of more than MOST_XML bytes of XML are passed by, and so is whatever is no .xlsx.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return {}
        found = {}
        if archive.getinfo("xl/workbook.xml").file_size > MOST_XML:
            return {}
        for name, path in paths(archive).items():
            if path in names and archive.getinfo(path).file_size <= MOST_XML:
                xml = archive.read(path)
                if WORTH_PARSING.search(xml):
                    found[name] = of_sheet(xml)
        return found


def paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → path of its XML."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith("Relationship"):
            targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.rsplit(":", 1)[-1] == "sheet":
            relation = next((value for name, value in attributes.items() if name.endswith(":id")), "")
            sheets[attributes.get("name", "")] = targets.get(relation, "")

    for path, start in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        parser = plain_parser()
        parser.StartElementHandler = start
        parser.Parse(archive.read(path), True)
    return sheets


def of_sheet(xml: bytes) -> dict[str, Any]:
    """Hidden rows and error cells of one sheet; rows and cells that do not say where they stand follow the one before."""
    hidden: list[int] = []
    errors: list[tuple[int, int, str]] = []
    at = {"row": 0, "column": -1}
    error: list[str] = []
    inside = {"error": False, "value": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rsplit(":", 1)[-1]
        if tag == "row":
            at.update(row=int(attributes.get("r", at["row"] + 1)), column=-1)
            if attributes.get("hidden") in ("1", "true"):
                hidden.append(at["row"])
        elif tag == "c":
            at["column"] = column_of(attributes["r"]) if "r" in attributes else at["column"] + 1
            inside["error"] = attributes.get("t") == "e"
        inside["value"] = tag == "v" and inside["error"]

    def text(part: str) -> None:
        if inside["value"]:
            error.append(part)

    def end(tag: str) -> None:
        inside["value"] = False
        if tag.rsplit(":", 1)[-1] == "c" and inside["error"]:
            if len(errors) < MOST_ERRORS:
                said = "".join(error)
                errors.append((at["row"], at["column"], said if ERROR.fullmatch(said) else "#"))
            inside["error"] = False
            error.clear()

    parser = plain_parser()
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, text, end
    parser.Parse(xml, True)
    return {"hidden_rows": hidden, "errors": errors}


def plain_parser() -> Any:
    """A parser that refuses a file with entities of its own, which no spreadsheet program writes: ValueError."""

    def entity(*_: Any) -> None:
        raise ValueError("a sheet has no entities of its own")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = entity
    return parser


def column_of(cell: str) -> int:
    """“C7” → 2."""
    number = 0
    for sign in cell[:LONGEST_CELL]:
        if sign.isalpha():
            number = number * 26 + ord(sign.upper()) - 64
    return number - 1
