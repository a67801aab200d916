-- How much of the work is prescribed, and how much the units' own choice?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column quarter     date     first day
-- column own_choice  integer  activities of the unit's own choice; 自选动作
-- column prescribed  integer  规定动作
-- column n           integer  activities
-- column units       integer  units that reported at least half a year of the span; the same in each row
-- column without     integer  of these, without any own choice in the span; the same in each row
-- column names       text     the first three of these, in the order of the register
with held as (
    select unit, quarter, sum(held) as held, sum(prescribed) as prescribed
    from marts.monthly
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by unit, quarter
),

reported as (
    select unit
    from marts.coverage
    where month between $start and $until and unit in (select unnest($units)) and status = 'reported'
    group by unit
    having count(*) >= 6
),

chosen as (
    select reported.unit, coalesce(sum(held.held - held.prescribed), 0) as own_choice, coalesce(sum(held.held), 0) as held
    from reported
    left join held on held.unit = reported.unit
    group by reported.unit
),

none as (
    select chosen.unit, row_number() over (order by units.position, chosen.unit) as place
    from chosen
    left join marts.units as units on units.unit = chosen.unit
    where chosen.own_choice = 0 and chosen.held > 0 and coalesce(units.kind, 'branch') in ('branch', 'office')
),

told as (
    select count(*) as without, coalesce(string_agg(unit, '、' order by place) filter (where place <= 3), '') as names
    from none
)

select
    held.quarter,
    sum(held.held - held.prescribed)        as own_choice,
    sum(held.prescribed)                    as prescribed,
    sum(held.held)                          as n,
    (select count(*) from reported)         as units,
    any_value(told.without)                 as without,
    any_value(told.names)                   as names
from held
cross join told
group by held.quarter
order by held.quarter
