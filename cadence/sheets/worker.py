"""The child process that opens workbooks: (bytes) in over stdin, sheets out over stdout, both pickled; nothing else runs here.

calamine aborts the whole process on some hostile files, so it never runs in the process of the reader. Limits on memory and
processor time (`limits`) are set here; the parent sets the limit on waiting. Start: `python -m cadence.sheets.worker`.
"""

from __future__ import annotations

import io
import pickle
import sys
from typing import Any

from cadence.sheets import limits


def main() -> None:
    """Answer one workbook after another until stdin is closed."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while True:
        try:
            data = pickle.load(source)
        except EOFError:
            return
        size = limits.unpacked(data)
        limits.set_memory(size)
        limits.set_seconds(size)
        pickle.dump(answer(data), target, protocol=5)
        target.flush()


def answer(data: bytes) -> dict[str, Any]:
    """{"sheets": […]} or {"error": "password" | "damaged" | "limit", "detail": …} for one workbook."""
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        metas = [meta for meta in workbook.sheets_metadata if grid(meta)]
        if len(metas) > limits.MAX_SHEETS:
            raise limits.TooMuch("sheets")
        spans = merged_in_ods(data) if data[:2] == b"PK" else {}
        sheets: list[dict[str, Any]] = []
        cells = 0
        for meta in metas:
            sheets.append(sheet(workbook, meta, spans.get(meta.name, []), cells))
            cells += sum(map(len, sheets[-1]["rows"]))
        return {"sheets": sheets}
    except PasswordError:
        return {"error": "password"}
    except MemoryError:
        return {"error": "limit", "detail": "rows"}
    except limits.TooMuch as error:
        return {"error": "limit", "detail": error.bound}
    except BaseException as error:  # a panic inside calamine is no Exception; whatever it is, the file cannot be read
        return {"error": "password" if "assword" in str(error) else "damaged", "detail": str(error)[:200]}


def grid(meta: Any) -> bool:
    """A sheet of cells; chart and macro sheets are passed by."""
    return str(meta.typ).endswith("WorkSheet")


def sheet(workbook: Any, meta: Any, spans: list, cells: int) -> dict[str, Any]:
    """One sheet as plain values: rows from the first filled cell on, and where that cell is (0-based)."""
    read = workbook.get_sheet_by_name(meta.name)
    limits.check_grid(read.height, read.width, cells)
    merged = [(*first, *last) for first, last in (read.merged_cell_ranges or [])] + spans
    limits.check_merged(merged, read.height, read.width)
    row, column = read.start or (0, 0)
    return {
        "name": meta.name,
        "hidden": not str(meta.visible).endswith(".Visible"),
        "rows": values(read.to_python(skip_empty_area=True)),
        "merged": merged,
        "row": row,
        "column": column,
    }


def values(rows: list[list[Any]]) -> list[list[Any]]:
    """Empty and blank cells, infinities and NaN become None; equal texts become one object, which keeps the answer small."""
    seen: dict[str, str | None] = {"": None}

    def value(cell: Any) -> Any:
        if type(cell) is not str:
            return None if type(cell) is float and cell - cell != 0 else cell
        if cell not in seen:
            seen[cell] = cell if cell.strip(" \t\r\n\u3000\xa0\ufeff\u200b") else None
        return seen[cell]

    read = [[value(cell) for cell in row] for row in rows]
    limits.check_texts(seen)
    return read


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
    from xml.parsers import expat

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

    def entity(*_: Any) -> None:
        raise ValueError("a sheet has no entities of its own")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, entity
    parser.Parse(content, True)
    return found


if __name__ == "__main__":
    main()
