"""Does it serve the organ's key tasks, in fact and not only in name?"""

from cadence import view

view.title("业务融合")
view.findings("integration")
view.figures("linked_share", "nominal_share", "task_coverage_share")
view.section("支撑了哪些重点任务", "task_coverage")
view.section("是实还是名", "linked_trend", "two_skins", "business_for_party")
view.section("和谁一起做", ("outreach", "business_reach"))
view.section("做成了什么", ("results", "theme_match"), "sync_matrix")
