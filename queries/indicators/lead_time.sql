-- How long before it was held was an activity announced?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column part    text     ahead8 (more than a week), ahead3 (three to seven days), ahead1 (one or two), ahead0, planned (no notice) or unsaid
-- column held    integer  activities
-- column sudden  integer  activities neither announced before the day nor in the plan; the same in each row
-- column n       integer  activities of units that fill day of notice or day planned; the same in each row
with judged as (
    select
        date_diff('day', notified_on, held_on)                                  as ahead,
        planned_on is not null                                                  as is_planned,
        count(coalesce(notified_on, planned_on)) over (partition by unit) > 0   as is_told
    from marts.activities
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and is_day_known
),

counted as (
    select
        case
            when ahead > 7 then 'ahead8'
            when ahead >= 3 then 'ahead3'
            when ahead >= 1 then 'ahead1'
            when ahead <= 0 then 'ahead0'
            when is_planned then 'planned'
            else 'unsaid'
        end       as part,
        count(*)  as held,
        count(*) filter (where coalesce(ahead, 0) <= 0 and not is_planned) as sudden
    from judged
    where is_told
    group by 1
),

parts as (
    select
        unnest(['ahead8', 'ahead3', 'ahead1', 'ahead0', 'planned', 'unsaid']) as part,
        unnest([1, 2, 3, 4, 5, 6])                                           as position
)

select
    parts.part,
    coalesce(counted.held, 0)       as held,
    sum(counted.sudden) over ()     as sudden,
    sum(counted.held) over ()       as n
from parts
left join counted on counted.part = parts.part
qualify n > 0
order by parts.position
