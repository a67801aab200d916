-- How many people take part in an activity, by kind?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column type    text
-- column p10     double   people; a tenth of the activities had at most as many
-- column p25     double   people
-- column p50     double   people; the middle
-- column p75     double   people
-- column p90     double   people
-- column few     integer  activities with at most five people
-- column many    integer  activities with more than twenty people
-- column n       integer  activities with people counted; kinds with fewer than eight are left out
select
    type,
    quantile_cont(attended, 0.1)         as p10,
    quantile_cont(attended, 0.25)        as p25,
    quantile_cont(attended, 0.5)         as p50,
    quantile_cont(attended, 0.75)        as p75,
    quantile_cont(attended, 0.9)         as p90,
    count(*) filter (where attended <= 5)  as few,
    count(*) filter (where attended > 20)  as many,
    count(*)                             as n
from marts.activities
where month between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
    and attended > 0
group by type
having count(*) >= 8
order by n desc, type
