-- How do units score on the three examples and the one model?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column criterion   text     criteria whose name speaks of an example (表率) or a model (模范)
-- column scale       text     rate
-- column value       double   mean score ÷ full mark, 0 to 1
-- column low         double   tenth percentile of the units, 0 to 1
-- column high        double   ninetieth percentile of the units, 0 to 1
-- column usual       double   1, the full mark
-- column n           integer  scores: one per unit and quarter, the mean over its raters
-- column is_flagged  boolean  false
with scores as (
    select criterion, quarter, unit, avg(rate) as rate
    from marts.ratings
    where quarter between $start and $until
        and unit in (select unnest($units))
        and rate is not null
        and (contains(criterion, '表率') or contains(criterion, '模范'))
    group by criterion, quarter, unit
)

select
    criterion,
    'rate'                   as scale,
    avg(rate)                as value,
    quantile_cont(rate, 0.1) as low,
    quantile_cont(rate, 0.9) as high,
    1.0::double              as usual,
    count(*)                 as n,
    false                    as is_flagged
from scores
group by criterion
having count(*) >= 5
order by criterion
