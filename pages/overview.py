"""Where do we stand, what changed, what needs a look?"""

from cadence import view

view.title("总览")
view.findings("overview", "frequency", "rhythm", "participation", "integration")
view.notes(empty=False)
view.figures("compliance", "yearend_share", "attendance", "prompt_recording", "linked_share", "task_coverage_share")
view.indicator("units_overview")
view.indicator("coverage_map")
