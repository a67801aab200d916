-- Which three units of like size spread their work over the months of the year most like this one?
--
-- param  until  date   last day counted; the profile goes back two years before its year
-- param  units  names  one unit; nothing is said of several
--
-- column unit      text
-- column shared    double   share of the work that falls into the same months of the year in both, 0 to 1; the three with the largest
-- column members   integer  people of that unit
-- column own_members  integer  people of the unit asked for
-- column held      integer  activities behind that unit's profile, kinds with a legitimate season left out; 24 at least
-- column counted   integer  activities behind the profile of the unit asked for
with own as (
    select peers.unit, units.members
    from marts.peers as peers
    join marts.units as units on units.unit = peers.unit
    where peers.unit in (select unnest($units)) and len($units) = 1
),

candidates as (
    select units.unit, units.members
    from marts.peers as peers
    join marts.units as units on units.unit = peers.unit
    join own on own.members > 0 and 3 * units.members between 2 * own.members and 4.5 * own.members
),

monthly as (
    select activities.unit, month(activities.month) as month, count(*) as held
    from marts.activities as activities
    join candidates on candidates.unit = activities.unit
    where activities.held_on between make_date(year($until) - 2, 1, 1) and $until and not activities.is_anchored
    group by all
),

profiles as (
    select unit, month, held, sum(held) over (partition by unit) as whole
    from monthly
),

shared as (
    select
        other.unit,
        max(other.whole)                                                        as held,
        max(mine.whole)                                                         as counted,
        sum(least(other.held / other.whole, mine.held / mine.whole))            as shared
    from profiles as mine
    join own on own.unit = mine.unit
    join profiles as other on other.month = mine.month and other.unit <> mine.unit
    where mine.whole >= 24 and other.whole >= 24
    group by other.unit
)

select
    shared.unit,
    shared.shared,
    candidates.members,
    own.members as own_members,
    shared.held,
    shared.counted
from shared
join candidates on candidates.unit = shared.unit
cross join own
order by shared.shared desc, shared.unit
limit 3
