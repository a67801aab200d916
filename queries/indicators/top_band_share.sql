-- How many results lie in the top band?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column period       date     first day of the quarter
-- column numerator    integer  results of 90 % of the full mark or more
-- column denominator  integer  results: one per unit, assessment and rater, with a full mark
-- column n            integer  the same
select
    quarter                                       as period,
    -- rates are sums of decimals, in no fixed order: 90 % may come as 0.8999999999999999
    count(*) filter (where round(rate, 9) >= 0.9) as numerator,
    count(*)                                      as denominator,
    count(*)                                      as n
from marts.results
where quarter between $start and $until
    and unit in (select unnest($units))
    and rate is not null
group by quarter
order by period
