-- How many activities decided or solved something?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the quarter
-- column numerator    integer  activities with at least one decision or solved problem
-- column denominator  integer  activities that record decisions or solved problems, were it none
-- column n            integer  activities behind the figure
select
    quarter                                                            as period,
    count(*) filter (where decisions > 0 or problems_solved > 0)       as numerator,
    count(*)                                                           as denominator,
    count(*)                                                           as n
from marts.activities
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
    and (decisions is not null or problems_solved is not null)
group by quarter
order by period
