-- How much of what is due was held?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the quarter in which the due period ends
-- column numerator    integer  due periods met
-- column denominator  integer  due periods that can be judged: met, or short with every month reported
-- column n            integer  the same
select
    make_date(year(ends_on), 3 * quarter(ends_on) - 2, 1) as period,
    count(*) filter (where state = 'met')                 as numerator,
    count(*)                                              as denominator,
    count(*)                                              as n
from marts.due
where ends_on between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
    and state in ('met', 'short')
group by period
order by period
