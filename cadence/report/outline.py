"""`data/report/outline.toml` in; which figures, pictures and tables stand in each report out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cadence import catalogue
from cadence.words import DATA

PATH = DATA / "report" / "outline.toml"


class OutlineError(ValueError):
    """The outline is wrong; the message names every place, value and expectation."""


@dataclass(frozen=True)
class Part:
    """A part of the analysis: the page whose findings open it, and its indicators in order."""

    page: str
    title: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """One report: its title (a Chinese source text), headline figures, pictures of the single page, or parts."""

    title: str
    figures: tuple[str, ...]
    pictures: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator that it holds, once, headline figures first."""
        drawn = [id for part in self.parts for id in part.indicators]
        return tuple(dict.fromkeys([*self.figures, *self.pictures, *drawn]))

    @property
    def drawn(self) -> int:
        """How many pictures it has where every indicator has something to show."""
        return len(self.pictures) + sum(len(part.indicators) for part in self.parts)


@cache
def outlines(path: Path = PATH) -> dict[str, Outline]:
    """The reports by name: brief and analysis. Raises OutlineError naming all faults at once."""
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    if faults := list(_faults(written)):
        raise OutlineError(f"{path}: " + "; ".join(faults))
    return {
        name: Outline(
            title=report["title"],
            figures=tuple(report["figures"]),
            pictures=tuple(report.get("pictures", ())),
            parts=tuple(Part(part["page"], part["title"], tuple(part["indicators"])) for part in report.get("parts", ())),
        )
        for name, report in written.items()
    }


def _faults(written: Mapping[str, Any]) -> Iterator[str]:
    known = catalogue.entries()
    if set(written) != {"brief", "analysis"}:
        yield f"reports are {', '.join(sorted(written))}; expected brief and analysis"
    for name, report in written.items():
        for place in (report, *report.get("parts", ())):
            ids = [*place.get("figures", ()), *place.get("pictures", ()), *place.get("indicators", ())]
            yield from (f"[{name}] “{id}” is no indicator of queries/catalogue" for id in ids if id not in known)
            if not place.get("title") or not place.get("title_en"):
                yield f"[{name}] title and title_en are needed in each part"
        for part in report.get("parts", ()):
            if part["page"] not in {entry.page for entry in known.values()}:
                yield f"[{name}] page is “{part['page']}”; expected a file of queries/catalogue"
