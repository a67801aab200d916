"""Rows that a filter or a fold hides in an .xlsx: the bytes of the file in, the numbers of those rows by sheet out."""

from __future__ import annotations

import io
import re
import zipfile

LARGEST = 60_000_000
ROW = re.compile(rb"<row\b([^>]*)>")
NUMBER = re.compile(rb'\br="(\d+)"')
HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
SHEET = re.compile(r'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
RELATION = re.compile(r"<Relationship\b[^>]*>")


def rows(data: bytes) -> dict[str, list[int]]:
    """Sheet name → hidden rows, from 1; empty for anything that is no .xlsx, and for very large sheets."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: found for name, path in sheets(archive) if (found := of_sheet(archive, path))}
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return {}


def sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(name, path of its part) of the sheets of a workbook."""
    from html import unescape

    if "xl/workbook.xml" not in archive.namelist():
        return []
    relations = {}
    for tag in RELATION.findall(archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")):
        target, key = re.search(r'Target="([^"]*)"', tag), re.search(r'Id="([^"]*)"', tag)
        if target and key:
            relations[key[1]] = target[1].removeprefix("/xl/")
    found = SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8"))
    return [(unescape(name), f"xl/{relations[key]}") for name, key in found if key in relations]


def of_sheet(archive: zipfile.ZipFile, path: str) -> list[int]:
    """The hidden rows of one sheet."""
    if path not in archive.namelist() or archive.getinfo(path).file_size > LARGEST:
        return []
    tags = [tag for tag in ROW.findall(archive.read(path)) if HIDDEN.search(tag)]
    return [int(number[1]) for tag in tags if (number := NUMBER.search(tag))]
