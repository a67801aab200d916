"""A font as Word names it in; the families of this machine that may stand for it, best first, out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import typst

from cadence.report.styles import ARIAL, FANGSONG, HEITI, KAITI, SONGTI, TIMES, XIAOBIAOSONG
from cadence.tokens import FONT
from cadence.words import Message

CHINESE = re.compile(r"[\u2e80-\u2fff\u3001-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")

_SERIF = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Noto Serif SC",
    "SimSun",
    "STSong",
    "Songti SC",
    "AR PL UMing CN",
    "FZShuSong-Z01",
)
_SANS = (
    *("SimHei", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC"),
    *("Microsoft YaHei", "PingFang SC", "Heiti SC", "FZHei-B01", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback"),
)
_FANGSONG = ("FangSong_GB2312", "FangSong", "STFangsong", "FZFangSong-Z02", "FZFangSong-Z02S")
_KAITI = ("KaiTi_GB2312", "KaiTi", "STKaiti", "Kaiti SC", "FZKai-Z03", "FZKai-Z03S", "AR PL UKai CN")
_XIAOBIAOSONG = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong")
_ALL = (*_SERIF, *_SANS, *_FANGSONG, *_KAITI, *_XIAOBIAOSONG)
_FAMILIES = {
    FANGSONG: (*_FANGSONG, *_ALL),
    KAITI: (*_KAITI, *_ALL),
    HEITI: (*_SANS, *_ALL),
    SONGTI: _ALL,
    XIAOBIAOSONG: (*_XIAOBIAOSONG, *_ALL),
    TIMES: ("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman"),
    ARIAL: ("Arial", "Liberation Sans", "Arimo", "Nimbus Sans"),
}
_OF_PICTURES = tuple(name.strip(" '") for name in FONT.split(","))
"""The families that pictures name; where none of them is installed, a browser looks for another by itself."""


EMBEDDED = "Libertinus Serif"
"""What Typst brings with it: for Latin letters where nothing else is."""


@cache
def found() -> typst.Fonts:
    """Every font of this machine; looked for once, so a font that is installed later needs a restart."""
    return typst.Fonts(include_system_fonts=True)


@cache
def families(font: str) -> tuple[str, ...]:
    """The installed families that stand for a font of `styles`, best first; none where nothing Chinese is installed."""
    return tuple(name for name in dict.fromkeys(_FAMILIES[font]) if name in _names())


def is_real(font: str) -> bool:
    """Whether the first family is the kind of letter that was meant, and not another that stands in for it."""
    own = {FANGSONG: _FANGSONG, KAITI: _KAITI, XIAOBIAOSONG: _XIAOBIAOSONG}.get(font, ())
    return bool(families(font)) and families(font)[0] in own


def lacking(language: str, texts: Iterable[str] = ()) -> Message | None:
    """Why texts of this language, or these, would show boxes: no Chinese font; None where all is well."""
    if any(name in _names() for name in (*_ALL, *_OF_PICTURES)):
        return None
    if language != "zh" and not any(CHINESE.search(text) for text in texts):
        return None
    return Message(
        "服务器上没有中文字体，图片和 PDF 中的汉字会显示为方框，因此不生成。请安装一种中文字体（如 Noto CJK，Debian 系统中为 "
        "fonts-noto-cjk）后重新启动；Word 报告和数据附表不受影响。"
    )


@cache
def _names() -> frozenset[str]:
    return frozenset(found().families())
