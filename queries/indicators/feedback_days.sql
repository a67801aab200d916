-- How soon is a unit told its result?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column year     integer  of the day recorded
-- column segment  text     within_week, within_month or later
-- column k        integer  rewards, deductions and uses of results
-- column share    double   of those with both days, 0 to 1
-- column n        integer  those with both days
-- column beside   double   median days from the day recorded to the day the unit was told
-- column scale    text     days
with told as (
    select year(recorded_on) as year, greatest(date_diff('day', recorded_on, fed_back_on), 0) as days
    from marts.outcomes
    where recorded_on between $start and $until
        and unit in (select unnest($units))
        and fed_back_on is not null
),

years as (
    select year, count(*) as n, median(days) as days from told group by year
),

segments as (
    select unnest(['within_week', 'within_month', 'later']) as segment, unnest([1, 2, 3]) as position
),

counted as (
    select year, case when days <= 7 then 1 when days <= 30 then 2 else 3 end as position, count(*) as k
    from told
    group by all
)

select
    years.year,
    segments.segment,
    coalesce(counted.k, 0)           as k,
    coalesce(counted.k, 0) / years.n as share,
    years.n,
    years.days                       as beside,
    'days'                           as scale
from years
cross join segments
left join counted on counted.year = years.year and counted.position = segments.position
order by years.year, segments.position
