"""Small topic, prepared, lively form, problems solved?"""

from cadence import view

view.title("活动质量")
view.findings("quality")
view.figures("small_topic_share", "stale_share", "substantiated_share")
view.section("题目小不小", ("topic_focus", "size_fit"), ("entry_points", "herding"))
view.section("形式活不活", ("stale_forms", "form_diversity"), ("speaking", "perceived_gain"), "interaction")
view.section("准备足不足", ("lead_time", "preparation"), "too_short")
view.section("有没有结果", "small_wins", ("closure", "procedure"), "verifiable_demands", "life_meetings")
