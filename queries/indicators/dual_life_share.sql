-- How many of the leaders expected came to their own branch?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the quarter
-- column numerator    integer  leaders who came
-- column denominator  integer  leaders expected
-- column n            integer  activities behind the figure
select
    quarter                as period,
    sum(leaders_attended)  as numerator,
    sum(leaders_expected)  as denominator,
    sum(with_leaders)      as n
from marts.monthly
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
group by quarter
having sum(leaders_expected) > 0
order by period
