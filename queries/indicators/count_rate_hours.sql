-- How many activities, how often, and how long?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column month     date     first day of the month
-- column held      integer  activities; 数量
-- column per_unit  double   activities per unit that handed in its ledger; 频次
-- column hours     double   h per unit that handed in its ledger, where durations are recorded; 时长
-- column reported  integer  units that handed in their ledger
-- column expected  integer  units that should have
with monthly as (
    select
        month,
        sum(held)         as held,
        sum(timed)        as timed,
        sum(minutes) / 60 as hours
    from marts.monthly
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by month
),

coverage as (
    select
        month,
        count(*) filter (where status <> 'missing') as reported,
        count(*)                                    as expected
    from marts.coverage
    where month between $start and $until and unit in (select unnest($units))
    group by month
)

select
    coverage.month,
    coalesce(monthly.held, case when coverage.reported > 0 then 0 end)                        as held,
    coalesce(monthly.held, 0) / nullif(coverage.reported, 0)                                  as per_unit,
    case when monthly.timed > 0 then monthly.hours / nullif(coverage.reported, 0) end         as hours,
    coverage.reported,
    coverage.expected
from coverage
left join monthly on monthly.month = coverage.month
order by coverage.month
