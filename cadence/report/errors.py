"""What is raised where a report cannot be made: a sentence for the reader."""

from __future__ import annotations

from cadence.words import Message


class ReportError(Exception):
    """A report, or a part of it, cannot be made here; `message` says what is missing and what to do."""

    def __init__(self, message: Message):
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
