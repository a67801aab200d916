-- Which months has each unit handed in?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column unit    text
-- column month   date  first day of the month
-- column status  text  reported, partly or missing
-- column is_missing boolean
select
    coverage.unit,
    coverage.month,
    coverage.status,
    coverage.status = 'missing' as is_missing
from marts.coverage as coverage
join marts.units as units on units.unit = coverage.unit
where coverage.month between $start and $until
    and coverage.unit in (select unnest($units))
order by units.position, coverage.month
