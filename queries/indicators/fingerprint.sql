-- On which days of the week, in which months of the year, is the work done?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column weekday        integer  Monday is 1; one row per day of the week and month of the year
-- column month_of_year  integer  1 to 12
-- column held           integer  activities; empty where no unit reported the month
-- column days           integer  such days in the months handed in, summed over the units
-- column rate           double   held ÷ days × 100: activities on a hundred such days of a unit
-- column rest           integer  of the held, on days that are not worked
-- column peak           double   share of the day of the week in all activities, 0 to 1
with reported as (
    select month, count(*) as units
    from marts.coverage
    where month between $start and $until and unit in (select unnest($units)) and status <> 'missing'
    group by month
),

held as (
    select day, sum(held) as held
    from marts.daily
    where day between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by day
),

profile as (
    select
        days.weekday,
        month(days.day)                                                                                            as month_of_year,
        count(reported.month) > 0                                                                                  as is_reported,
        coalesce(sum(reported.units), 0)                                                                           as days,
        coalesce(sum(held.held), 0)                                                                                as held,
        coalesce(sum(held.held) filter (where not days.is_working), 0)                                             as rest
    from marts.days as days
    left join reported on reported.month = days.month
    left join held on held.day = days.day
    where days.day between $start and $until
    group by days.weekday, month_of_year
)

select
    weekday,
    month_of_year,
    case when is_reported then held end                                               as held,
    days,
    case when is_reported then 100 * held / nullif(days, 0) end                       as rate,
    rest,
    sum(held) over (partition by weekday) / nullif(sum(held) over (), 0)              as peak
from profile
order by weekday, month_of_year
