"""Files in; an import in the making: what was answered and corrected, what the files then say, and how that differs, out.

A draft lives with one reader until it is committed or dropped; nothing of it is stored. Cells stay opened, so that an answer is
read at once. It knows nothing of pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cadence import batches
from cadence.batches import Choice, Receipt, mappings
from cadence.progress import Progress, Watch
from cadence.sheets import FileReading, Layout, Question, SheetReading, open_files, read_opened
from cadence.sheets.cells import Workbook
from cadence.sheets.reader import ENCODING, named
from cadence.store import Store
from cadence.words import Message

Cell = tuple[str, str, str]
"""File, sheet, and a cell such as B14."""


@dataclass
class Draft:
    """One drop of files.

    `asked` are all questions met so far, answered ones too, so that an answer can be changed. `layouts` are those mapped by hand in
    this draft, by signature; `known` those that the store remembers.
    """

    files: Sequence[tuple[str, bytes]]
    answers: dict[str, str] = field(default_factory=dict)
    layouts: dict[str, Layout] = field(default_factory=dict)
    corrections: dict[Cell, str] = field(default_factory=dict)
    opened: list[Workbook | Message] = field(default_factory=list)
    readings: list[FileReading] = field(default_factory=list)
    would: Receipt | None = None
    asked: dict[str, Question] = field(default_factory=dict)
    known: Mapping[str, Layout] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.files = unlike(named(self.files))

    def read(self, store: Store, watch: Watch | None = None) -> Draft:
        """Open what is not open yet, read everything as it was answered and corrected, and compare it with what stands."""
        if not self.opened:
            self.opened = open_files(self.files, self.answers, Progress(watch).part(0, 0.5))
        self.known = mappings.known(store)
        context = batches.context(store, answers=self.answers, layouts=self.layouts, corrections=self.corrections)
        self.readings = read_opened(self.files, self.opened, context, Progress(watch).part(0.5, 1))
        self.would = batches.preview(store, self.readings)
        for sheet in self.sheets():
            self.asked |= {question.id: question for question in sheet.questions if len(question.options) > 1}
        return self

    def sheets(self) -> list[SheetReading]:
        """Every sheet of every file."""
        return [sheet for reading in self.readings for sheet in reading.sheets]

    @property
    def waiting(self) -> list[Question]:
        """Questions that hold rows back and have no answer yet."""
        return [question for question in self.asked.values() if question.severity == "ask" and question.id not in self.answers]

    def answer(self, question: str, value: str) -> None:
        """Settle a question for every row that it concerns."""
        self.answers[question] = value

    def read_text_as(self, file: str, encoding: str) -> None:
        """Decode a text file anew in another encoding."""
        self.answers[ENCODING + file] = encoding
        at = [name for name, _ in self.files].index(file)
        self.opened[at : at + 1] = open_files(self.files[at : at + 1], self.answers)

    def correct(self, cells: Mapping[Cell, str]) -> None:
        """Put new texts into cells; a text of None takes a correction back."""
        for cell, text in cells.items():
            self.corrections.pop(cell, None)
            if text is not None:
                self.corrections[cell] = text

    def take_as(self, file: str, sheet: SheetReading, kind: str) -> None:
        """Read the sheet's tables as another kind; what was said of their columns goes with the old one."""
        for signature in sheet.layouts:
            self.layouts[signature] = Layout(kind, {}, file)

    def map(self, file: str, sheet: SheetReading, columns: Mapping[str, str]) -> None:
        """Say which field, or IGNORE, each of these headers of the sheet is; the others stay as they were read or remembered."""
        for signature in sheet.layouts:
            before = self.layouts.get(signature) or self.known.get(signature, Layout(None, {}))
            self.layouts[signature] = Layout(before.kind, {**before.columns, **columns}, file)

    def forget(self, sheet: SheetReading) -> None:
        """Read the sheet's layouts as if nobody had ever said anything about them."""
        for signature in sheet.layouts:
            self.layouts[signature] = Layout(None, {})

    def remember(self) -> dict[str, Layout]:
        """The layouts worth remembering: those mapped by hand, and those whose doubtful columns were answered."""
        found = dict(self.layouts)
        for reading in self.readings:
            for sheet in reading.sheets:
                told = {
                    header: self.answers[f"column:{header}"]
                    for header in sheet.headers.values()
                    if f"column:{header}" in self.answers
                }
                for signature in sheet.layouts if told else ():
                    layout = found.get(signature, Layout(None, {}, reading.file))
                    found[signature] = replace(layout, columns={**told, **layout.columns})
        return found

    def commit(self, store: Store, choice: Choice, by: str | None, profile: str) -> Receipt:
        """Store the accepted rows as one batch; the layouts corrected by hand are remembered."""
        return batches.commit(store, self.readings, by, profile, choice, self.remember())


def unlike(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The files under names that differ: a second 台账.xlsx becomes 台账 (2).xlsx; the same file twice is one."""
    found: dict[str, bytes] = {}
    for name, data in files:
        stem, dot, ending = name.rpartition(".")
        unlike, turn = name, 1
        while unlike in found and found[unlike] != data:
            turn += 1
            unlike = f"{stem or ending} ({turn}){dot}{ending if stem else ''}"
        found[unlike] = data
    return list(found.items())
