"""LibreOffice as an independent reader: .docx files in, the texts of their pages out."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

PROGRAM = shutil.which("libreoffice") or shutil.which("soffice")
needed = pytest.mark.skipif(not PROGRAM and not os.environ.get("CADENCE_NEED_BROWSER"), reason="LibreOffice is missing")


def converted(files: dict[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Name → text per page, blanks taken out; all files in one run with a profile of its own, so that runs do not collide."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    assert PROGRAM, "LibreOffice is missing"
    told = subprocess.run(
        [PROGRAM, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", folder]
        + [folder / f"{name}.docx" for name in files],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    assert "rror" not in told.stderr, told.stderr
    return {name: _pages(folder / f"{name}.pdf") for name in files}


def _pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()
