-- How many activities had a part in which everybody could ask and discuss?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column quarter     date     first day of the quarter
-- column discussed   integer  activities with such a part
-- column undiscussed integer  activities without
-- column n           integer  activities that say whether there was one
select
    quarter,
    count(*) filter (where has_interaction)      as discussed,
    count(*) filter (where not has_interaction)  as undiscussed,
    count(*)                                     as n
from marts.activities
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
    and has_interaction is not null
group by quarter
order by quarter
