"""Everything about one unit on one page."""

from cadence import view

view.title("单位画像")
view.portrait()
view.notes()
view.findings("frequency", "rhythm", "participation", "integration")
view.side_by_side("portrait_history", "portrait_types")
view.indicator("portrait_calendar")
view.indicator("fingerprint")
view.rhythm_findings()
view.warnings()
view.comparison()
