-- How do the small problems solved add up?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit    text     units that record solved problems
-- column month   date     first day of the month; from the first month to the unit's last with a number
-- column solved  integer  problems solved from the start of the span to the end of the month
-- column raised  integer  problems raised up to then; empty where the unit never says
-- column gained  integer  problems solved in the month itself
with monthly as (
    select
        unit,
        month,
        sum(problems_solved)                                          as solved,
        sum(problems_raised) filter (where problems_solved is not null) as raised
    from marts.activities
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and problems_solved is not null
    group by unit, month
),

spans as (
    select unit, max(month) as last_month, min(min(month)) over () as first_month
    from monthly
    group by unit
),

months as (
    select spans.unit, cast(unnest(generate_series(first_month, last_month, interval 1 month)) as date) as month
    from spans
)

select
    months.unit,
    months.month,
    sum(coalesce(monthly.solved, 0)) over (partition by months.unit order by months.month)  as solved,
    sum(monthly.raised) over (partition by months.unit order by months.month)               as raised,
    coalesce(monthly.solved, 0)                                                             as gained
from months
left join monthly on monthly.unit = months.unit and monthly.month = months.month
order by months.unit, months.month
