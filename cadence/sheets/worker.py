"""The child process that opens workbooks: (bytes) in over stdin, sheets out over stdout, both pickled; nothing else runs here.

calamine aborts the whole process on some hostile files, so it never runs in the process of the reader. Limits on memory and
processor time (`limits`) are set here; the parent sets the limit on waiting. Start: `python -m cadence.sheets.worker`.
"""

from __future__ import annotations

import gc
import io
import pickle
import sys
import zlib
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from cadence.sheets import distinct, limits

if TYPE_CHECKING:
    from cadence.sheets.condensed import Places

CODE_BYTES = 4


def main() -> None:
    """Answer one workbook after another until stdin is closed."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    gc.disable()
    while True:
        try:
            data = pickle.load(source)
        except EOFError:
            return
        size = limits.unpacked(data)
        limits.set_memory(size, limits.holds_large(data) or "numpy" in sys.modules)
        limits.set_seconds(size)
        pickle.dump(answer(data), target, protocol=5)
        target.flush()


def answer(data: bytes) -> dict[str, Any]:
    """{"sheets": […]} or {"error": "password" | "damaged" | "limit", "detail": …} for one workbook."""
    try:
        return {"sheets": (condensed(data) if limits.holds_large(data) else None) or sheets(data, io.BytesIO(data))}
    except MemoryError:
        return {"error": "limit", "detail": "rows"}
    except limits.TooMuch as error:
        return {"error": "limit", "detail": error.bound}
    except BaseException as error:  # a panic inside calamine is no Exception; whatever it is, the file cannot be read
        kind = "password" if type(error).__name__ == "PasswordError" or "assword" in str(error) else "damaged"
        return {"error": kind, "detail": str(error)[:200]}


def condensed(data: bytes) -> list[dict[str, Any]] | None:
    """The sheets of a workbook with a large one, read in condensed form; None if that does not go, whyever."""
    from cadence.sheets.condensed import condensed

    try:
        return sheets(data, *condensed(data))
    except limits.TooMuch:
        raise
    except BaseException:  # the workbook as it is decides what to say of it
        return None


def sheets(data: bytes, source: io.BytesIO, places: Sequence[Places] = ()) -> list[dict[str, Any]]:
    """Every sheet of a workbook; `source` is what calamine reads, the same bytes or condensed ones with these places."""
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_filelike(source)
    metas = [meta for meta in workbook.sheets_metadata if grid(meta)]
    if len(metas) > limits.MAX_SHEETS:
        raise limits.TooMuch("sheets")
    spans = merged_in_ods(data) if data[:2] == b"PK" else {}
    marked = marks_of(data) if data[:2] == b"PK" else {}
    found: list[dict[str, Any]] = []
    cells = 0
    for meta in metas:
        found.append({**sheet(workbook, meta, spans.get(meta.name, []), cells, places), **marked.get(meta.name, {})})
        cells += sum(len(codes) // CODE_BYTES for _, codes in found[-1]["columns"])
    return found


def grid(meta: Any) -> bool:
    """A sheet of cells; chart and macro sheets are passed by."""
    return str(meta.typ).endswith("WorkSheet")


def sheet(workbook: Any, meta: Any, spans: list, cells: int, places: Sequence[Places]) -> dict[str, Any]:
    """One sheet as plain values: columns of distinct cells and codes, and where the first filled cell is (0-based)."""
    read = workbook.get_sheet_by_name(meta.name)
    merged = [(*first, *last) for first, last in (read.merged_cell_ranges or [])] + spans
    if places:
        from cadence.sheets.condensed import whole

        read = whole(read, places) or read
    limits.check_grid(read.height, read.width, cells)
    limits.check_merged(merged, read.height, read.width)
    row, column = read.start or (0, 0)
    columns = columns_of(read)
    limits.check_texts({cell for cells, _ in columns for cell in cells if type(cell) is str})
    return {
        "name": meta.name,
        "hidden": not str(meta.visible).endswith(".Visible"),
        "columns": [(cells, codes.tobytes()) for cells, codes in columns],
        "merged": merged,
        "row": row,
        "column": column,
    }


def columns_of(read: Any) -> list[tuple[list[Any], Any]]:
    """The columns of a sheet, from the first filled row and column on."""
    if hasattr(read, "columns"):
        return read.columns()
    row = read.start[0] if read.start else 0
    far = row * read.width > limits.MAX_CELLS  # iter_rows would make every empty cell above
    return distinct.columns(read.to_python(skip_empty_area=True) if far else islice(read.iter_rows(), row, None))


def marks_of(data: bytes) -> dict[str, dict[str, Any]]:
    """Hidden rows and error cells by sheet; none where the XML is not what it should be, since calamine has read the cells."""
    from xml.parsers.expat import ExpatError
    from zipfile import BadZipFile

    from cadence.sheets.marks import marks

    try:
        return marks(data)
    except (ExpatError, BadZipFile, zlib.error, OSError, LookupError, ValueError, RuntimeError):
        return {}


def merged_in_ods(data: bytes) -> dict[str, list[tuple[int, int, int, int]]]:
    """Merged ranges of an OpenDocument sheet, which calamine does not report; empty for other zips and very large ones."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" not in archive.namelist() or archive.getinfo("content.xml").file_size > 30_000_000:
            return {}
        content = archive.read("content.xml")
    return spans_of(content) if b"spanned=" in content else {}


def spans_of(content: bytes) -> dict[str, list[tuple[int, int, int, int]]]:
    """Sheet name → (first row, first column, last row, last column) of each merged range, 0-based."""
    from cadence.sheets.marks import plain_parser

    found: dict[str, list[tuple[int, int, int, int]]] = {}
    at = {"name": "", "row": 0, "repeat": 1, "column": 0}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            at.update(name=attributes.get("table:name", ""), row=0, column=0)
        elif tag == "table:table-row":
            at.update(repeat=int(attributes.get("table:number-rows-repeated", 1)), column=0)
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            rows, columns = (int(attributes.get(f"table:number-{side}-spanned", 1)) for side in ("rows", "columns"))
            if rows > 1 or columns > 1:
                span = (at["row"], at["column"], at["row"] + rows - 1, at["column"] + columns - 1)
                found.setdefault(at["name"], []).append(span)
            at["column"] += int(attributes.get("table:number-columns-repeated", 1))

    def end(tag: str) -> None:
        if tag == "table:table-row":
            at["row"] += at["repeat"]

    parser = plain_parser()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(content, True)
    return found


if __name__ == "__main__":
    main()
