-- How many of those expected came?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the quarter
-- column numerator    integer  people who came
-- column denominator  integer  people expected; members exempt by rule are left out by the ledger
-- column n            integer  activities behind the figure
select
    quarter    as period,
    sum(attended)    as numerator,
    sum(expected)    as denominator,
    sum(counted)    as n
from marts.monthly
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
group by quarter
having sum(expected) > 0
order by period
