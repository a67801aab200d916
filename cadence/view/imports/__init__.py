"""The import page: four steps from files to a receipt, and below them what was imported before."""

from cadence.view.imports.flow import upload
from cadence.view.imports.past import history

__all__ = ["history", "upload"]
