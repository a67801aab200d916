"""Work that takes a while: shares of it in; one number from 0 to 1 with a text out, for whoever watches, who can end it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, Protocol

from cadence.words import Message


class Cancelled(Exception):
    """Whoever watches wants the work to end; raised by `Watch.step`, never caught on the way out."""


class Watch(Protocol):
    """Told how far the work is, several times a second, in the thread that does the work."""

    def step(self, done: float, text: Message) -> None:
        """`done` goes from 0 to 1 and never back. Whatever is raised here ends the work and its child process at once."""


@dataclass(frozen=True)
class Progress:
    """A stretch of the work from `low` to `high`; without a watch it tells nobody."""

    watch: Watch | None = None
    low: float = 0.0
    high: float = 1.0

    def step(self, share: float, text: Message) -> None:
        """Tell that this share of the stretch is done."""
        if self.watch is not None:
            self.watch.step(self.low + share * (self.high - self.low), text)

    def part(self, first: float, last: float) -> Progress:
        """The stretch between two shares of this one."""
        width = self.high - self.low
        return Progress(self.watch, self.low + first * width, self.low + last * width)

    def parts(self, weights: list[int]) -> list[Progress]:
        """This stretch divided by weights, one stretch for each."""
        total, before, found = max(sum(weights), 1), 0, []
        for weight in weights:
            found.append(self.part(before / total, (before + weight) / total))
            before += weight
        return found


class Job:
    """Work in a thread of its own, in the language of whoever began it: how far it is, what came of it; `cancel` ends it."""

    def __init__(self, work: Callable[[Progress], Any], text: Message):
        self.done, self.text = 0.0, text
        self.result: Any = None
        self.error: BaseException | None = None
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=copy_context().run, args=(self._run, work), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[Progress], Any]) -> None:
        try:
            self.result = work(Progress(self))
        except BaseException as error:
            self.error = error

    def step(self, done: float, text: Message) -> None:
        """Note how far the work is; raises Cancelled where somebody wants it to end."""
        if self._cancelled.is_set():
            raise Cancelled
        self.done, self.text = done, text

    def cancel(self) -> None:
        """End the work the next time that it tells how far it is."""
        self._cancelled.set()

    def wait(self, seconds: float) -> bool:
        """Whether the work is over, after waiting for it at most so long."""
        self._thread.join(seconds)
        return not self._thread.is_alive()
