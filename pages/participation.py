"""Who takes part, who carries it, do leaders come as ordinary members?"""

from cadence import view

view.title("参与情况")
view.findings("participation")
view.indicator("attendance_funnel")
view.side_by_side("onion", "dual_life")
