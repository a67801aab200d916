-- Does one rater give more than the others do for the same?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column rater       integer  a number, never a name
-- column scale       text     deviation
-- column value       double   mean of its score less the mean of the other raters' for the same unit and criterion, in hundredths of the full mark
-- column low         double   lower 95 % limit of value
-- column high        double   upper 95 % limit of value
-- column usual       double   0
-- column n           integer  scores that another rater gave as well
-- column units       integer  units among them
-- column is_flagged  boolean  the interval leaves out a whole hundredth to either side
with scores as (
    select
        unit,
        rater,
        100 * rate                                                                     as score,
        sum(100 * rate) over (partition by unit, quarter, assessment, criterion)       as total,
        count(*) over (partition by unit, quarter, assessment, criterion)              as raters
    from marts.ratings
    where quarter between $start and $until
        and unit in (select unnest($units))
        and rater is not null
        and rate is not null
),

by_unit as (
    select rater, unit, avg(score - (total - score) / (raters - 1)) as deviation, count(*) as n
    from scores
    where raters > 1
    group by rater, unit
),

by_rater as (
    select
        rater,
        avg(deviation)                                    as value,
        stddev_samp(deviation) / nullif(sqrt(count(*)), 0) as error,
        count(*) - 1                                      as freedom,
        sum(n)                                            as n,
        count(*)                                          as units
    from by_unit
    group by rater
),

limits as (
    select rater, value, n, units, error * (1.96 + 2.372 / nullif(freedom, 0) + 2.822 / nullif(freedom * freedom, 0)) as half
    from by_rater
)

select
    rater,
    'deviation'                                         as scale,
    value,
    value - half                                        as low,
    value + half                                        as high,
    0.0::double                                         as usual,
    cast(n as bigint)                                   as n,
    units,
    coalesce(value - half > 1 or value + half < -1, false) as is_flagged
from limits
where units >= 5
order by rater
