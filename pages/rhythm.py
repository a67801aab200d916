"""How evenly is the work spread over the year?"""

from cadence import view

view.title("工作节奏")
view.rhythm_findings()
view.warnings()
view.indicator("rhythm_ribbon")
view.side_by_side("year_wheel", "burn_up")
view.indicator("held_recorded")
view.indicator("evenness")
