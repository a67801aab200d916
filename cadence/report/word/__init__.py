"""A report in; a .docx out, set in the house's template or in an office's own."""

from cadence.report.word.writer import written

__all__ = ["written"]
