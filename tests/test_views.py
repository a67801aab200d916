"""Named views: each reader's own, replaced by name, removed without being deleted."""

from __future__ import annotations

import pytest

from cadence import views
from cadence.store import Store
from cadence.views import ViewError


def names(store: Store, by: str) -> list[tuple[str, str, str]]:
    """Name, page and query of a reader's views."""
    return list(views.listed(store, by)[["name", "page", "query"]].itertuples(index=False, name=None))


def test_a_view_is_found_again_by_who_saved_it(empty_store: Store):
    """And by nobody else; in the order of saving."""
    views.save(empty_store, "  季度\n例会 ", "rhythm", "period=2025Q3", "李")
    views.save(empty_store, "窗口", "unit", "unit=%E7%94%B2&with=2024", "李")
    views.save(empty_store, "别人的", "overview", "", "王")
    assert names(empty_store, "李") == [("季度 例会", "rhythm", "period=2025Q3"), ("窗口", "unit", "unit=%E7%94%B2&with=2024")]
    assert names(empty_store, "王") == [("别人的", "overview", "")]


def test_the_same_name_replaces(empty_store: Store):
    """Of one reader; another reader's view of that name stays, and so does the row of the one before."""
    for by in ("李", "王"):
        views.save(empty_store, "例会", "rhythm", "period=2024", by)
    views.save(empty_store, "例会", "unit", "period=2025", "李")
    assert names(empty_store, "李") == [("例会", "unit", "period=2025")] and names(empty_store, "王") == [
        ("例会", "rhythm", "period=2024")
    ]
    with empty_store.cursor() as cursor:
        assert cursor.execute("select count(*) from raw.views").fetchall() == [(3,)]


def test_removed_is_not_deleted_and_only_ones_own(empty_store: Store):
    """Nobody takes another's view away; the log says who removed what."""
    view = views.save(empty_store, "例会", "rhythm", "", "李")
    views.remove(empty_store, view, "王")
    assert len(names(empty_store, "李")) == 1
    views.remove(empty_store, view, "李")
    assert names(empty_store, "李") == []
    with empty_store.cursor() as cursor:
        log = cursor.execute("select name, saved_by, removed_by, removed_at is not null from raw.views").fetchall()
    assert log == [("例会", "李", "李", True)]


@pytest.mark.parametrize("name", [" ", "长" * 41, "找 13812345678"])
def test_what_is_no_name_is_refused(empty_store: Store, name: str):
    """No words, too many, or somebody's number."""
    with pytest.raises(ViewError):
        views.save(empty_store, name, "rhythm", "", "李")
    assert names(empty_store, "李") == []


def test_a_reader_keeps_thirty(empty_store: Store, monkeypatch: pytest.MonkeyPatch):
    """One more is refused with the number; one of a name that is there still replaces it."""
    monkeypatch.setattr(views, "MOST", 2)
    for name in ("一", "二"):
        views.save(empty_store, name, "rhythm", "", "李")
    with pytest.raises(ViewError, match="2"):
        views.save(empty_store, "三", "rhythm", "", "李")
    assert views.save(empty_store, "二", "unit", "", "李")
