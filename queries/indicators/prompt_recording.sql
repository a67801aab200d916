-- How many records were written while the memory was fresh?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the quarter
-- column numerator    integer  activities recorded within three working days
-- column denominator  integer  activities with a day of recording
-- column n            integer  activities behind the figure
select
    quarter    as period,
    sum(prompt)    as numerator,
    sum(dated)    as denominator,
    sum(dated)    as n
from marts.monthly
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
group by quarter
having sum(dated) > 0
order by period
