-- Which criteria tell units apart?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column criterion   text     those that differ least first
-- column scale       text     rate
-- column value       double   mean score ÷ full mark, 0 to 1
-- column low         double   tenth percentile of the units, 0 to 1
-- column high        double   ninetieth percentile of the units, 0 to 1
-- column usual       double   1, the full mark
-- column n           integer  scores: one per unit and quarter, the mean over its raters
-- column sd          double   standard deviation within a quarter, in hundredths of the full mark
-- column full_marks        integer  of them, those at the full mark
-- column is_flagged  boolean  everybody has the full mark, or the standard deviation is below half a hundredth; not below 5 scores
with scores as (
    select criterion, quarter, unit, avg(rate) as rate
    from marts.ratings
    where quarter between $start and $until
        and unit in (select unnest($units))
        and rate is not null
    group by criterion, quarter, unit
),

centred as (
    select criterion, rate, rate - avg(rate) over (partition by criterion, quarter) as deviation, quarter
    from scores
),

criteria as (
    select
        criterion,
        count(*)                                                                          as n,
        avg(rate)                                                                         as value,
        quantile_cont(rate, 0.1)                                                          as low,
        quantile_cont(rate, 0.9)                                                          as high,
        100 * sqrt(sum(deviation * deviation) / nullif(count(*) - count(distinct quarter), 0)) as sd,
        count(*) filter (where rate >= 1 - 1e-9)                                          as full_marks
    from centred
    group by criterion
)

select
    criterion,
    'rate'      as scale,
    value,
    low,
    high,
    1.0::double as usual,
    n,
    sd,
    full_marks,
    n >= 5 and (full_marks = n or coalesce(sd, 1) < 0.5) as is_flagged
from criteria
order by sd nulls last, criterion
