-- How many of the units assessed felt a consequence?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column period       date     first day of the year
-- column numerator    integer  units assessed in the year with a reward, deduction, grade, talk or rectification recorded for it
-- column denominator  integer  units assessed in the year
-- column n            integer  the same
with assessed as (
    select distinct year, unit
    from marts.results
    where quarter between $start and $until and unit in (select unnest($units))
),

used as (
    select distinct year, unit
    from marts.outcomes
    where quarter between $start and $until and unit in (select unnest($units))
)

select
    make_date(assessed.year, 1, 1) as period,
    count(used.unit)               as numerator,
    count(*)                       as denominator,
    count(*)                       as n
from assessed
left join used on used.year = assessed.year and used.unit = assessed.unit
group by assessed.year
order by period
