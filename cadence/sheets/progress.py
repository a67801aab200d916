"""How far a reading is: shares of the work in, one number from 0 to 1 with a text for whoever watches out; watching can end it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

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
