"""What is still due, the calendar and habits in; a plan that spreads it evenly over the rest of the year out (docs/schedule.md)."""

from cadence.schedule.demand import Demand, read
from cadence.schedule.plan import MOST, Plan, as_before, even, weekly

__all__ = ["MOST", "Demand", "Plan", "as_before", "even", "read", "weekly"]
