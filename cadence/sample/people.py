"""Who took part: an activity in, the same with the host's post, those absent and gone early, and the young among them out.

Everything here is drawn from random streams of its own, so that none of it moves what `activities` and `offices` draw.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from cadence.sample import organ, timeline, topics
from cadence.sample.organ import Branch

if TYPE_CHECKING:
    from cadence.sample.activities import Activity

POSTS = ("书记", "副书记", "组织委员", "宣传委员")
POSTS_WITHOUT_COMMITTEE = ("书记", "副书记")


def told(activity: Activity, branch: Branch | None, seed: int) -> Activity:
    """The activity with what its ledger tells of the people; `branch` is None for the organ's own activities."""
    random = Random(f"{seed}/people/{activity.unit}/{activity.held_on}/{activity.types[0]}/{activity.starts_at}/{activity.topic}")
    host = branch or organ.branches()[0]
    expected, attended = (0, 0) if branch is None else _young(activity, branch, seed, random)
    return replace(
        activity,
        absent=activity.expected - activity.attended - activity.leave,
        left_early=_left_early(activity, host, random),
        young_expected=expected,
        young_attended=attended,
        host_role=_post(activity, host, seed),
        organised_by="机关党委" if branch is None else _organiser(activity, branch, random),
    )


def young_members(branch: Branch, random: Random) -> int:
    """How many members of a branch were born after 1980; `random` is the branch's stream of the register."""
    return 3 if branch.exempt else round(branch.members * random.uniform(0.45, 0.75))


def registered(branch: Branch, year: int, seed: int) -> dict[str, float]:
    """What the register tells of a branch's people besides how many they are: ages, party ages, staff, its officers' training."""
    random = Random(f"{seed}/people/{branch.unit}/{year}")
    young = young_members(branch, Random(f"{seed}/register/{branch.unit}/{year}"))
    under35 = round(young * random.uniform(0.35, 0.6))
    over60 = branch.exempt + random.randint(0, 3) if branch.exempt else int(random.random() < 0.15)
    veteran = min(branch.members - young, over60 + round((branch.members - young) * random.uniform(0.1, 0.35)))
    middle = branch.members - young - over60
    mean_age = (under35 * 31 + (young - under35) * 40 + middle * 51 + over60 * 69) / branch.members
    older = random.gauss(5.5 if branch.quality < -0.3 else -1.0, 2.5)
    hours = random.gauss(30 + 5 * branch.quality, 7) * (0.35 if "yearend_culture" in branch.patterns else 1)
    return {
        "members_under35": under35,
        "members_over60": over60,
        "members_new": min(young, under35 + random.randint(0, 2)),
        "members_veteran": veteran,
        "mean_age": round(mean_age, 1),
        "staff": max(branch.members, round((branch.members - branch.exempt) / random.uniform(0.42, 0.7))),
        "officers_mean_age": round(min(59.0, mean_age + older), 1),
        "officers_hours": round(max(4.0, hours)),
    }


def _young(activity: Activity, branch: Branch, seed: int, random: Random) -> tuple[int, int]:
    """Members born after 1980 expected and attending: they miss what is prescribed more often than what is chosen."""
    able = branch.members - branch.exempt
    young = young_members(branch, Random(f"{seed}/register/{branch.unit}/{activity.held_on.year}"))
    expected = sum(person < min(young, able) for person in random.sample(range(able), min(activity.expected, able)))
    weight = 0.6 if activity.types[0] in timeline.OWN_CHOICE else 1.9
    ranked = sorted(range(activity.expected), key=lambda person: random.random() ** (1 / (weight if person < expected else 1)))
    return expected, sum(person < expected for person in ranked[: activity.attended])


def _left_early(activity: Activity, branch: Branch, random: Random) -> int:
    chance = 0.12 if "fade_out" in branch.patterns else 0.06 if activity.minutes >= 120 else 0.015
    return sum(random.random() < chance for _ in range(activity.attended))


def _post(activity: Activity, branch: Branch, seed: int) -> str:
    """The host's post: the first of the branch's invented people is its secretary, the second the deputy, then the committee."""
    place = topics.people(seed, organ.branches().index(branch), 8).index(activity.host)
    posts = POSTS if branch.has_committee else POSTS_WITHOUT_COMMITTEE
    return posts[place] if place < len(posts) else "党员"


def _organiser(activity: Activity, branch: Branch, random: Random) -> str:
    """The branch itself, or a level above in its place."""
    shared = timeline.herds(branch) and "theme_day" in activity.types and activity.held_on.month in timeline.HERD_MONTHS
    ordered = activity.triggered_by == "上级部署"
    chance = 0.8 if shared else 0.55 if "superior_driven" in branch.patterns else 0.15 if ordered else 0.05
    return random.choice(("机关党委", "党总支", "党总支")) if random.random() < chance else "支部"
