-- How few people carry the work?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column layer    text     from the core outwards: core carries the first 80 % of the activities, regular the next 15 %, casual the last 5 %
-- column people   integer  hosts in the layer
-- column held     integer  activities they hosted
-- column share    double   of the hosts, 0 to 1
-- column members  integer  members of the units shown, hosts or not; empty where no register gives them
with hosts as (
    select unit, host, sum(held) as held
    from marts.hosts
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by unit, host
),

ranked as (
    select
        held,
        sum(held) over (order by held desc, unit, host) - held as before,
        sum(held) over ()                                      as total
    from hosts
),

layered as (
    select
        held,
        before,
        case when before < 0.8 * total then 'core' when before < 0.95 * total then 'regular' else 'casual' end as layer
    from ranked
),

members as (
    select sum(members) as members
    from marts.units
    where unit in (select unnest($units)) and kind in ('branch', 'office')
)

select
    layered.layer,
    count(*)                             as people,
    sum(layered.held)                    as held,
    count(*) / sum(count(*)) over ()     as share,
    any_value(members.members)           as members
from layered
cross join members
group by layered.layer
order by min(layered.before)
