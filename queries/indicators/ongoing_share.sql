-- How many of the year's scores were given before its last quarter?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column period       date     first day of the year
-- column numerator    integer  scores given before October: by the day rated, else by the quarter they are about
-- column denominator  integer  scores
-- column n            integer  the same
select
    make_date(year, 1, 1)                                                             as period,
    count(*) filter (where coalesce(rated_on, quarter) < make_date(year, 10, 1))      as numerator,
    count(*)                                                                          as denominator,
    count(*)                                                                          as n
from marts.ratings
where quarter between $start and $until
    and unit in (select unnest($units))
group by year
order by period
