-- Do decisions say who does it and by when?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column quarter  date     first day of the quarter in which it was decided
-- column owned    integer  decisions with owner and deadline
-- column unowned  integer  decisions without
-- column n        integer  decisions of activities that record both numbers
select
    quarter,
    sum(least(decisions_owned, decisions))            as owned,
    sum(greatest(decisions - decisions_owned, 0))     as unowned,
    sum(decisions)                                    as n
from marts.activities
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
    and decisions > 0
    and decisions_owned is not null
group by quarter
order by quarter
