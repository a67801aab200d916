"""How evenly is the work spread over the year?"""

from cadence import view

view.title("工作节奏")
view.rhythm_findings()
view.warnings()
view.indicator("rhythm_ribbon")
view.side_by_side("year_wheel", "burn_up")
view.section("节奏稳不稳", "held_recorded", "evenness", ("fingerprint", "fade_out"))
view.section("计划当不当真", ("plan_ladder", "plan_changes"))
view.section("谁在推动", ("inspection_surge", "upward_driven"), "upper_organised")
