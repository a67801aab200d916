"""Where do we stand, what changed, what needs a look?"""

from cadence import view

view.title("总览")
view.tour()
view.findings("overview", "frequency", "rhythm", "participation", "integration", "quality", "evaluation")
view.notes(empty=False)
view.figures(
    "compliance",
    "yearend_share",
    "even_share",
    "prompt_recording",
    "attendance",
    "dual_life_share",
    "organiser_share",
    "task_coverage_share",
    "linked_share",
    "stale_share",
    "top_band_share",
    "reward_share",
)
view.freshness()
view.side_by_side("pillars", "under_lamp")
view.bands()
view.indicator("units_overview")
