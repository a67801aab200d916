"""Does it serve the organ's key tasks, in fact and not only in name?"""

from cadence import view

view.title("业务融合")
view.findings("integration")
view.indicator("task_coverage")
view.side_by_side("linked_trend", "two_skins")
view.indicator("sync_matrix")
