"""Who takes part, who carries it, do leaders come as ordinary members?"""

from cadence import view

view.title("参与情况")
view.findings("participation")
view.section("谁来参加", "attendance_funnel", ("own_choice_attendance", "youth_gap"), "fatigue")
view.section("谁在带头", "secretary_duty", ("onion", "dual_life"))
view.section(
    "队伍怎么样",
    "member_structure",
    ("officer_structure", "officer_changes"),
    ("training_spread", "officer_age_gap"),
    "staffing_quality",
)
