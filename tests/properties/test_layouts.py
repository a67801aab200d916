"""What is written in any layout comes back as it was: the same rows, the same values, nothing else."""

from hypothesis import given, note
from hypothesis import strategies as st

from cadence.sheets import read_files
from cadence.sheets.contracts import contracts
from tests.properties.layouts import Book, Written, books
from tests.sheets.books import context

SALT = b"test"
FILES = 8
LEDGERS = tuple(kind for kind in contracts() if kind != "units")  # a register in a drop makes the units of the others known


@given(
    st.one_of(
        st.lists(books(SALT, ("units",)), min_size=1, max_size=FILES), st.lists(books(SALT, LEDGERS), min_size=1, max_size=FILES)
    )
)
def test_every_record_comes_back(handed_in: list[Book]):
    """Kind, header rows, columns, records with their row numbers and values, and the rows that are passed over."""
    readings = read_files([(book.file, book.data) for book in handed_in], context())
    for book, reading in zip(handed_in, readings, strict=True):
        assert reading.reason is None, reading.reason
        for sheet, expected in zip(reading.sheets, book.sheets, strict=True):
            note("\n".join([f"{book.file} {expected.name}", *map(repr, expected.rows)]))
            same(sheet, expected)


def same(sheet, expected: Written) -> None:
    """The reading of a sheet says what was written on it."""
    truth = expected.truth
    assert (sheet.kind, sheet.verdict) == (truth.kind, "import"), (sheet.kind, sheet.verdict, sheet.reason, sheet.questions)
    assert sheet.header_rows == expected.header_rows
    assert sheet.columns == expected.headers
    assert not sheet.rejected
    (table,) = sheet.tables
    assert table.numbers == expected.numbers
    for name, cells in truth.fields.items():
        assert table.fields[name] == [cell.value for cell in cells], name
        if f"{name}_precision" in table.fields:
            assert table.fields[f"{name}_precision"] == [cell.precision for cell in cells], name
    assert {skipped.row for skipped in sheet.skipped} == set(expected.skipped)
    assert set(sheet.dropped) == set(expected.dropped)
    assert not any(secret in source for secret in expected.secrets for source in table.sources)
