-- Which activities were much shorter than is usual for their kind?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column type       text
-- column p10        double   min; a tenth of the activities lasted at most as long
-- column p25        double   min
-- column p50        double   min; the middle
-- column p75        double   min
-- column p90        double   min
-- column threshold  double   min; half of the middle of the kind
-- column brief      integer  activities shorter than the threshold
-- column n          integer  activities with a duration; kinds with fewer than eight are left out
with timed as (
    select type, minutes, median(minutes) over (partition by type) / 2 as threshold
    from marts.activities
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
        and minutes > 0
)

select
    type,
    quantile_cont(minutes, 0.1)                    as p10,
    quantile_cont(minutes, 0.25)                   as p25,
    quantile_cont(minutes, 0.5)                    as p50,
    quantile_cont(minutes, 0.75)                   as p75,
    quantile_cont(minutes, 0.9)                    as p90,
    min(threshold)                                 as threshold,
    count(*) filter (where minutes < threshold)    as brief,
    count(*)                                       as n
from timed
group by type
having count(*) >= 8
order by n desc, type
