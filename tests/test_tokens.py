"""The design system is one: Streamlit's configuration and the style sheet agree with the tokens, and words can be read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cadence import tokens
from cadence.charts import style
from cadence.tokens import DARK, LIGHT, Look

HOME = Path(__file__).resolve().parent.parent
CSS = (HOME / "cadence" / "view" / "style.css").read_text(encoding="utf-8")
SCRIPT = (HOME / "cadence" / "view" / "chrome.js").read_text(encoding="utf-8")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
COPIES = {
    "primaryColor": "pressed",
    "backgroundColor": "paper",
    "secondaryBackgroundColor": "raised",
    "textColor": "ink",
    "borderColor": "border",
    "linkColor": "link",
    "dataframeHeaderBackgroundColor": "raised",
    "redColor": "error",
    "redTextColor": "error_ink",
    "greenColor": "good",
    "greenTextColor": "good_ink",
}
"""Key of [theme.light] and [theme.dark] → token."""
WORDS = ("ink", "muted", "link", "alert_ink", "error_ink", "good_ink", "brand_ink")
MARKS = ("main", "alert", "good", "accent", "above", "below", "error", "hatch")
each_look = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])


def theme() -> dict:
    """The [theme] of Streamlit's configuration."""
    return tomllib.loads((HOME / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def differing(written: dict, look: Look) -> dict[str, tuple[str, str]]:
    """Keys of a theme's configuration that say something else than the token, and keys that no token stands for."""
    colours = {key: value for key, value in written.items() if not isinstance(value, dict)}
    return {
        key: (value, getattr(look, COPIES.get(key, ""), "no token"))
        for key, value in colours.items()
        if value != getattr(look, COPIES.get(key, ""), "no token")
    }


@each_look
class TestColours:
    """Both themes."""

    def test_streamlit_has_the_same(self, look: Look):
        """Every colour of the configuration is the token it stands for."""
        written = theme()["dark" if look.dark else "light"]
        assert differing(written, look) == {} and set(COPIES) <= set(written)
        assert written["sidebar"]["backgroundColor"] == look.side

    def test_words_can_be_read(self, look: Look):
        """4.5 : 1 on every ground (WCAG AA)."""
        grounds = (look.paper, look.raised, look.side)
        assert {name for name in WORDS for ground in grounds if contrast(getattr(look, name), ground) < 4.5} == set()

    def test_words_on_colours_can_be_read(self, look: Look):
        """4.5 : 1 on the band, on what can be pressed, on each shade of heat."""
        pairs = [("#ffffff", look.brand), ("#ffffff", look.pressed), *zip(look.heat, look.on_heat, strict=True)]
        assert [pair for pair in pairs if contrast(*pair) < 4.5] == []

    def test_marks_can_be_seen(self, look: Look):
        """3 : 1 on paper (WCAG AA for pictures); what is paler never stands without words, hatching or a neighbour."""
        assert {name for name in MARKS if contrast(getattr(look, name), look.paper) < 3} == set()


def test_a_planted_difference_is_found():
    """Planted: a colour changed in the configuration alone, and one that no token knows."""
    assert set(differing({**theme()["light"], "textColor": "#000000", "blueColor": "#0000ff"}, LIGHT)) == {"textColor", "blueColor"}


def test_streamlit_has_the_same_type():
    """Font, sizes and corners."""
    written = theme()
    sizes = [tokens.SCALE[name] for name in ("title", "header", "subheader")] + [tokens.SCALE["text"]] * 3
    assert written["font"] == written["headingFont"] == tokens.FONT == style.FONT
    assert (written["baseFontSize"], written["headingFontSizes"]) == (tokens.BASE, sizes)
    assert (written["baseRadius"], written["metricValueFontSize"]) == (tokens.RADIUS, tokens.SCALE["figure"])


def test_the_style_sheet_names_only_tokens():
    """No colour is written into style.css but white on the band and the black and white of paper; every variable exists."""
    assert set(COLOUR.findall(CSS)) <= {"#fff", "#000"}
    known = set(re.findall(r"--([\w-]+):", tokens.variables() + CSS)) | set(re.findall(r'setProperty\("--(\w+)"', SCRIPT))
    assert set(re.findall(r"var\(--([\w-]+)", CSS)) <= known


def test_the_variables_follow_the_theme():
    """Light and dark in one declaration, and what an older browser falls back to."""
    text = tokens.variables()
    assert f"--ink: light-dark({LIGHT.ink}, {DARK.ink});" in text and f"--ink: {LIGHT.ink};" in text
    assert f"--heat-5: light-dark({LIGHT.heat[4]}, {DARK.heat[4]});" in text and "--dark" not in text
