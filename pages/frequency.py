"""Is what is due being held: count, frequency and hours together?"""

from cadence import view

view.title("活动频次")
view.findings("frequency")
view.indicator("count_rate_hours")
view.indicator("due_held")
view.indicator("calendar_heat")
view.section("坚持得住吗", ("compliance_map", "streaks"))
view.section("做得全不全", ("duty_coverage", "prescribed_mix"), ("hours_met", "dedicated_studies"))
