"""The invented sample office: a seed goes in, a folder of spreadsheets as untidy as real ones comes out.

`organ` says who there is and what is hidden where; `timeline`, `activities`, `people`, `offices` and `scores` make the records;
`ledgers` and `forms` lay them out as each office would; `books` writes the files.
"""

from __future__ import annotations

from pathlib import Path

from cadence.sample import forms, ledgers
from cadence.sample.organ import truth, truth_of_year

SEED = 0x828262CD  # the code points of 节 and 拍

__all__ = ["SEED", "truth", "truth_of_year", "write"]


def write(directory: Path, seed: int = SEED) -> list[Path]:
    """Write every file of the sample below a directory; the same seed gives the same bytes. Returns the paths, sorted."""
    return sorted(book.write(Path(directory)) for book in (*ledgers.books(seed), *forms.books(seed)))
