-- Where do activities start from: a point of learning, of business, of management, or of the team?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column part    text     learning, business, management, team or unsaid
-- column held    integer  activities
-- column unsaid  integer  activities that say none; the same in each row
-- column n       integer  activities of units that fill the column, of kinds whose subject the unit chooses; the same in each row
with judged as (
    select
        coalesce(entry_point, 'unsaid')                   as part,
        count(entry_point) over (partition by unit) > 0   as is_told
    from marts.activities
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and is_discretionary
),

parts as (
    select unnest(['learning', 'business', 'management', 'team', 'unsaid']) as part, unnest([1, 2, 3, 4, 5]) as position
),

counted as (
    select part, count(*) as held
    from judged
    where is_told
    group by part
)

select
    parts.part,
    coalesce(counted.held, 0)                                                          as held,
    coalesce(sum(counted.held) filter (where parts.part = 'unsaid') over (), 0)        as unsaid,
    sum(counted.held) over ()                                                          as n
from parts
left join counted on counted.part = parts.part
qualify n > 0
order by parts.position
