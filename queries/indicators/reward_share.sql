-- How many of the rewards and deductions are rewards?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column period       date     first day of the quarter
-- column numerator    integer  rewards
-- column denominator  integer  rewards and deductions; a quarter's total counts as one where its items are not there
-- column n            integer  the same
select
    quarter                                        as period,
    count(*) filter (where direction = 'reward')   as numerator,
    count(*)                                       as denominator,
    count(*)                                       as n
from marts.outcomes
where quarter between $start and $until
    and unit in (select unnest($units))
    and direction in ('reward', 'deduction')
group by quarter
order by period
