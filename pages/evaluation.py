"""Do our scores discriminate, and do they reward effect or paper?"""

from cadence import view

view.title("考评体检")
view.findings("evaluation")
view.figures("top_band_share", "ongoing_share", "effect_weight", "reward_share", "results_used", "debrief_coverage")
view.section(
    "分数拉不拉得开",
    "score_ridge",
    ("compression", "item_discrimination"),
    "excellent_turns",
    "rank_mobility",
    "exemplar_dimensions",
)
view.section("评委一不一致", ("rater_agreement", "rater_leniency"))
view.section("考的是痕迹还是成效", "trace_effect", "weights")
view.section("奖惩与结果", ("late_deductions", "reward_penalty"), "grade_meaning", "feedback_days")
