"""A selection in; a report in Word, PDF or Excel out, made from the same answers as the pages.

`compose` asks and orders (`outline` says what stands where, `sources` is the annex) → `document`, the parts of a report; `pictures`
draws them in a browser; `word`, `pdf` and `workbook` make files; `edition` does all of it. What sets documents is loaded when first
asked for: it takes as long as the rest of the program.
"""

from cadence.report.errors import ReportError

KINDS = ("brief", "analysis")
FORMATS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}

__all__ = ["FORMATS", "KINDS", "ReportError", "make", "style_template"]


def make(store, kind, asked, formats, *, unit="", comparison="last_year", own="", watch=None, preview=0):
    """The files of a report of a selection; see `cadence.report.edition.edition`."""
    from cadence.report.edition import edition
    from cadence.report.request import Request

    return edition(store, Request(kind, asked, unit, comparison), formats, own, watch, preview)


def style_template(language):
    """The style template, as .docx, that an office can put its letterhead on."""
    from cadence.report.word.template import made

    return made(language)
