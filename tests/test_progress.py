"""Work in the background says how far it is, can be ended, and keeps what went wrong."""

from __future__ import annotations

import time

import pytest

from cadence import words
from cadence.drafts import Draft
from cadence.progress import Cancelled, Job, Progress
from cadence.store import Store
from cadence.words import Message
from tests.ledgers import APRIL, MARCH, ledger

BEGIN = Message("正在打开文件")


def test_it_ends_with_what_it_made(empty_store: Store):
    """A draft is read, and how far that was went up to the end."""
    draft = Draft([ledger(MARCH, APRIL)])
    job = Job(lambda progress: draft.read(empty_store, progress), BEGIN)
    assert job.wait(30) and job.error is None and job.done == pytest.approx(1)
    assert job.result is draft and draft.would.counts.fresh == 2


def test_it_is_cancelled_at_once():
    """Whatever the work is doing, the next word about it ends it."""

    def slowly(progress: Progress) -> None:
        while True:
            progress.part(0, 1).step(0.5, BEGIN)
            time.sleep(0.01)

    job = Job(slowly, BEGIN)
    assert not job.wait(0.1) and job.done == 0.5
    job.cancel()
    assert job.wait(5) and isinstance(job.error, Cancelled)


def test_it_keeps_what_went_wrong():
    """An error in the thread is there for the page."""
    job = Job(lambda _: 1 / 0, BEGIN)
    assert job.wait(5) and isinstance(job.error, ZeroDivisionError)


def test_it_speaks_the_language_of_whoever_began_it():
    """A thread does not fall back to Chinese."""
    words.speak("en")
    job = Job(lambda _: words.language(), BEGIN)
    assert job.wait(5) and job.result == "en"
