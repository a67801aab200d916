-- Are decisions carried out?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column quarter  date     first day of the quarter in which it was decided
-- column closed   integer  decisions carried out
-- column open     integer  decisions not yet carried out
-- column n        integer  decisions of activities that record both numbers
select
    quarter,
    sum(least(decisions_closed, decisions))                as closed,
    sum(greatest(decisions - decisions_closed, 0))         as open,
    sum(decisions)                                         as n
from marts.activities
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
    and decisions > 0
    and decisions_closed is not null
group by quarter
order by quarter
