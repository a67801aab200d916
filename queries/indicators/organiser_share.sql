-- How many of those who hosted at all carried half of the activities?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the quarter
-- column numerator    integer  the fewest people of each unit who hosted half of its activities of the quarter
-- column denominator  integer  everybody who hosted
-- column n            integer  activities with a host
with hosts as (
    select unit, make_date(year(month), 3 * quarter(month) - 2, 1) as period, host, sum(held) as held
    from marts.hosts
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by unit, period, host
),

ranked as (
    select
        period,
        held,
        sum(held) over (partition by unit, period order by held desc, host) - held as before,
        sum(held) over (partition by unit, period) as total
    from hosts
)

select
    period,
    count(*) filter (where before < 0.5 * total) as numerator,
    count(*) as denominator,
    sum(held) as n
from ranked
group by period
order by period
