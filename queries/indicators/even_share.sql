-- How much of the work lies in the months in which even work would lie?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the year; units with fewer than eight activities or three months handed in are left out
-- column numerator    double   activities up to what even work over the working days of the months handed in would hold in each month
-- column denominator  integer  activities, kinds with a legitimate season left out
-- column chance       double   the same share where as many activities fall on working days by chance (Poisson), 0 to 1
-- column n            integer  the denominator; where no unit has eight activities, those of the unit with the most, in one row without a ratio
with days as (
    select year, month, count(*) filter (where is_working) as working
    from marts.days
    where day between $start and $until
    group by year, month
),

daily as (
    select unit, month, sum(held) as held
    from marts.daily
    where day between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and not is_anchored
    group by unit, month
),

monthly as (
    select coverage.unit, days.year, days.working, coalesce(daily.held, 0) as held
    from marts.coverage as coverage
    join days on days.month = coverage.month
    left join daily on daily.unit = coverage.unit and daily.month = coverage.month
    where coverage.status <> 'missing' and coverage.unit in (select unnest($units))
),

yearly as (
    select unit, year, sum(held) as held, sum(working) as working
    from monthly
    group by unit, year
    having count(*) >= 3
),

expected as (
    select monthly.year, monthly.held, yearly.held * monthly.working / yearly.working as even
    from monthly
    join yearly on yearly.unit = monthly.unit and yearly.year = monthly.year
    where monthly.working > 0 and yearly.held >= 8
)

select
    make_date(year, 1, 1)                     as period,
    sum(least(held, even))                    as numerator,
    sum(held)                                 as denominator,
    sum(even - exp((floor(even) + 1) * ln(even) - even - lgamma(floor(even) + 1))) / sum(held) as chance,
    sum(held)                                 as n
from expected
group by year
union all
select make_date(max(year), 1, 1), 0, 0, null, max(held)
from yearly
having max(held) between 1 and 7
order by period
