"""A selection in; a report in Word, PDF or Excel out, made from the same answers as the pages.

`compose` asks and orders (`outline` says what stands where, `sources` is the annex) → `document`, the parts of a report; `pictures`
draws them in a browser; `word`, `pdf` and `workbook` make files; `make` does all of it.
"""

from cadence.report.compose import KINDS, Request
from cadence.report.errors import ReportError
from cadence.report.make import FORMATS, Made, make

__all__ = ["FORMATS", "KINDS", "Made", "ReportError", "Request", "make"]
