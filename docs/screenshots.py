"""Every page over the sample office, in both languages and themes, in; `docs/screenshots/<page>-<language>-<theme>.png` out.

    python docs/screenshots.py             every page
    python docs/screenshots.py rhythm      the pages named

Needs Chromium and fonts for Chinese, as the browser tests do (`.ci/run` says how they are installed).
"""

from __future__ import annotations

import os
import sys
import tempfile
from io import BytesIO
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from cadence import batches, engine, store  # noqa: E402
from cadence.view.frame import PAGES  # noqa: E402
from cadence.view.help import SEEN  # noqa: E402
from cadence.words import LANGUAGES  # noqa: E402
from tests.browser.server import CHROMIUM, FLAGS, Server, Visitor  # noqa: E402

WIDTH, HEIGHT = 1280, 1500
"""A laptop's width; the height shows the first two screens, which is what a page is judged by."""
COLOURS = 128
"""Flat areas and text lose nothing visible, and the files are a third as large."""
OF_ONE = {"unit": {"unit": "应用开发部党支部"}}
"""What a page is asked for besides the language."""


def main(wanted: list[str]) -> None:
    """Take the pictures of the pages wanted; all where none are named."""
    stems = wanted or [stem for group in PAGES.values() for stem in group]
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "sample.duckdb"
        filled = engine.ready(store.open(str(database)))
        batches.import_sample(filled)
        filled.close()
        server = Server(database, dict(os.environ), Path(folder) / "log")
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                for theme in ("light", "dark"):
                    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=theme, locale="zh-CN")
                    context.add_cookies([{"name": SEEN, "value": "1", "url": server.url()}])
                    visitor = Visitor(context.new_page(), server)
                    for stem in stems:
                        for lang in LANGUAGES:
                            visitor.open(stem, lang=lang, **OF_ONE.get(stem, {}))
                            if stem == "report":
                                visitor.page.locator(".st-key-make_report button").click()
                                visitor.page.locator(".st-key-report_pages img").first.wait_for()
                            save(visitor.page.screenshot(), HERE / "screenshots" / f"{stem}-{lang}-{theme}.png")
        finally:
            server.stop()


def save(picture: bytes, path: Path) -> None:
    """Written with few colours."""
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(path.relative_to(HERE.parent), f"{path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
