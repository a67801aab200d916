-- How many activities whose subject the unit chooses serve a business task, with something to show for it?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the quarter
-- column numerator    integer  linked to a task and with an office, a partner, a solved problem or a decision beside it
-- column denominator  integer  activities whose subject the unit chooses
-- column n            integer  activities behind the figure
select
    quarter    as period,
    sum(substantive)    as numerator,
    sum(discretionary)    as denominator,
    sum(discretionary)    as n
from marts.monthly
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
group by quarter
having sum(discretionary) > 0
order by period
