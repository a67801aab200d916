"""What tells rows apart: keys must stay what they were in databases made before."""

import hashlib

from cadence import batches
from cadence.batches import records
from cadence.sheets import Context, read_files
from cadence.sheets.contracts import contracts
from tests.sheets.books import TODAY, file

HEAD = ["党支部", "活动类型", "活动日期", "主题", "时长（分钟）", "实到人数"]


def digest(value):
    """Eight bytes of BLAKE2b of how Python writes a value."""
    return hashlib.blake2b(repr(value).encode(), digest_size=8).hexdigest()


def test_keys_are_digests_of_the_values(empty_store, monkeypatch):
    """The key's values as a tuple, absent ones None; however many rows are digested at a time."""
    monkeypatch.setattr(records, "CHUNK", 2)
    rows = [["甲支部", "党课", "2024-03-05", "学‘党章’", 90, 5], ["乙支部", "支委会", "2024-03-06", None, None, None]]
    readings = read_files([file("xlsx", [HEAD, *rows, ["丙支部", "党课", "2024年3月", 'a"b\\', 60, 0]])], Context(TODAY))
    batches.commit(empty_store, readings, "somebody")
    contract = contracts()["activities"]
    fields = readings[0].sheets[0].tables[0].fields
    with empty_store.cursor() as cursor:
        stored = cursor.execute("select key, source from raw.activities order by record").fetchall()
    assert len(stored) == 3
    for record, (key, source) in enumerate(stored):
        assert key == digest(tuple(fields[name][record] if name in fields else None for name in contract.key))
        assert source == readings[0].sheets[0].tables[0].sources[record]
