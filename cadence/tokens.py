"""The design system's values, each named by what it means: colours of the light and the dark theme, type, spaces.

Pictures (`charts/style.py`) and pages (`view/style.css`, as CSS variables) take them from here. `.streamlit/config.toml` has to
repeat some; tests/test_tokens.py holds the copies equal and every colour of words readable. Why they are so: docs/design.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

FONT = (
    "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', 'WenQuanYi Zen Hei', "
    "sans-serif"
)
"""The reader's own fonts: nothing to download, and Chinese glyphs rather than Japanese ones."""
SIZE, SMALL, TINY = 12, 11, 10
"""Words of a picture, px: titles and hover; axes and legends; marks inside."""
BASE = 15
"""1 rem on a page, px."""
SCALE = {"title": "1.6rem", "header": "1.3rem", "subheader": "1.1rem", "text": "1rem", "small": ".85rem", "figure": "1.7rem"}
"""Words of a page."""
SPACE = {"hair": ".25rem", "tight": ".5rem", "near": ".75rem", "apart": "1.5rem"}
RADIUS = "4px"
PRESENTED = 1.35
"""How many times larger words and pictures are when the page is thrown on a wall."""


@dataclass(frozen=True)
class Look:
    """The colours of one theme. `_ink` marks the shade in which words are written."""

    dark: bool
    # the page
    paper: str
    raised: str
    side: str
    ink: str
    muted: str
    grid: str
    line: str
    border: str
    link: str
    pressed: str
    brand: str
    brand_ink: str
    error: str
    error_ink: str
    good_ink: str
    # the marks of a picture
    zero: str
    missing: str
    hatch: str
    main: str
    soft: str
    alert: str
    alert_ink: str
    good: str
    accent: str
    heat: tuple[str, ...]
    on_heat: tuple[str, ...]
    below: str
    above: str

    @property
    def categories(self) -> tuple[str, ...]:
        """Categorical colours in the order in which they are used."""
        return (self.main, self.alert, self.good, self.accent, self.soft)


LIGHT = Look(
    dark=False,
    paper="#ffffff",
    raised="#f4f5f7",
    side="#f7f8fa",
    ink="#1f2933",
    muted="#5a6673",
    grid="#e8ebef",
    line="#b9c1ca",
    border="#d9dde3",
    link="#2f5d8a",
    pressed="#3d5a80",
    brand="#9e1b1e",
    brand_ink="#9e1b1e",
    error="#b4560f",
    error_ink="#8f4208",
    good_ink="#22604f",
    zero="#ffffff",
    missing="#cfd4da",
    hatch="#7d8893",
    main="#2f6c9f",
    soft="#a9cbe4",
    alert="#c6800c",
    alert_ink="#8a5a00",
    good="#2f7d6b",
    accent="#a9709b",
    heat=("#d5e6f3", "#9cc4e1", "#5b98c6", "#2a6da3", "#0d4170"),
    on_heat=("#1f2933", "#1f2933", "#1f2933", "#ffffff", "#ffffff"),
    below="#2f6c9f",
    above="#c9761a",
)
DARK = Look(
    dark=True,
    paper="#16191e",
    raised="#20242b",
    side="#1b1f25",
    ink="#e6e8eb",
    muted="#a3aeb9",
    grid="#2a343e",
    line="#56626e",
    border="#363c45",
    link="#9cc0e6",
    pressed="#3f76ad",
    brand="#7a1618",
    brand_ink="#e58a8c",
    error="#e0914a",
    error_ink="#f0b07a",
    good_ink="#8fd0c0",
    zero="#16191e",
    missing="#464f59",
    hatch="#98a4b0",
    main="#6cafdf",
    soft="#2f5878",
    alert="#eeb04a",
    alert_ink="#eeb04a",
    good="#5fb39f",
    accent="#cf9cc3",
    heat=("#1d3a52", "#2a5d84", "#4088b8", "#7db9e0", "#d3eafa"),
    on_heat=("#e6e8eb", "#ffffff", "#16191e", "#16191e", "#16191e"),
    below="#6cafdf",
    above="#eea04f",
)


def variables() -> str:
    """The tokens as CSS variables: `--alert-ink`, `--space-tight`, `--size-small` …; colours follow the theme of the page.

    A browser without `light-dark()` (before 2024) follows the system's theme, as Streamlit does on the first visit.
    """
    light, dark = dict(_colours(LIGHT)), dict(_colours(DARK))
    sizes = {f"size-{name}": size for name, size in SCALE.items()} | {f"space-{name}": space for name, space in SPACE.items()}
    both = {name: f"light-dark({light[name]}, {dark[name]})" for name in light}
    return (
        f":root {{ {_written(sizes | {'radius': RADIUS} | light)} }}"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_written(dark)} }} }}"
        f"@supports (color: light-dark(#000, #fff)) {{ :root {{ {_written(both)} }} }}"
    )


def _colours(look: Look) -> Iterator[tuple[str, str]]:
    for name, value in asdict(look).items():
        for number, colour in enumerate(value if isinstance(value, tuple) else [value]):
            if isinstance(colour, str):
                yield name.replace("_", "-") + (f"-{number + 1}" if isinstance(value, tuple) else ""), colour


def _written(values: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())
