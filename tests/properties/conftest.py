"""How long Hypothesis searches: the same few examples in every run, or `CADENCE_HYPOTHESIS=thorough` for a long random one."""

import os

from hypothesis import HealthCheck, Phase, settings

FOUND = [Phase.explicit, Phase.generate]  # a failing sheet is shown whole: shrinking a workbook takes minutes
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example]
settings.register_profile(
    "ci", phases=FOUND, derandomize=True, deadline=None, database=None, suppress_health_check=SLOW, max_examples=25
)
settings.register_profile("thorough", phases=FOUND, deadline=None, suppress_health_check=SLOW, max_examples=150, print_blob=True)
settings.load_profile(os.environ.get("CADENCE_HYPOTHESIS", "ci"))
