-- How evenly is the year's work spread over its months?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column month_of_year  integer  1 to 12
-- column held           integer  activities, kinds with a legitimate season left out; empty where no unit reported the month
-- column share          double   of the span's activities, 0 to 1
-- column even_share     double   of the working days in the months handed in by any unit, 0 to 1; empty where none was
with monthly as (
    select month(day) as month_of_year, sum(held) as held
    from marts.daily
    where day between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and not is_anchored
    group by month_of_year
),

reported as (
    select distinct month
    from marts.coverage
    where month between $start and $until and unit in (select unnest($units)) and status <> 'missing'
),

working as (
    select
        month(days.day)                                                                   as month_of_year,
        count(reported.month) > 0                                                         as is_reported,
        count(*) filter (where days.is_working and reported.month is not null)            as days
    from marts.days as days
    left join reported on reported.month = days.month
    where days.day between $start and $until
    group by month_of_year
)

select
    working.month_of_year,
    coalesce(monthly.held, case when working.is_reported then 0 end)                                                    as held,
    coalesce(monthly.held, case when working.is_reported then 0 end) / nullif(sum(monthly.held) over (), 0)             as share,
    case when working.is_reported then working.days / nullif(sum(working.days) over (), 0) end                          as even_share
from working
left join monthly on monthly.month_of_year = working.month_of_year
order by working.month_of_year
