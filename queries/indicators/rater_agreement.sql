-- How far do raters agree on the same unit, criterion by criterion?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column criterion   text     those agreed on least first
-- column scale       text     alpha
-- column value       double   Krippendorff's alpha for scores: 1 is full agreement, 0 what chance gives; empty where all scores are alike
-- column low         double   lower 95 % limit, by leaving out one unit after the other; empty where every score agrees
-- column high        double   upper 95 % limit
-- column usual       double   0.667
-- column n           integer  scores of units that two raters or more scored
-- column items       integer  units and quarters scored by two raters or more
-- column raters      integer  raters
-- column is_flagged  boolean  alpha is surely below 0.667
with scores as (
    select criterion, unit, quarter, assessment, rater, 100 * rate as score
    from marts.ratings
    where quarter between $start and $until
        and unit in (select unnest($units))
        and rater is not null
        and rate is not null
),

items as (
    select
        criterion,
        unit,
        count(*)                                                                               as n,
        sum(score)                                                                             as total,
        sum(score * score)                                                                     as squares,
        count(*) * (sum(score * score) - sum(score) * sum(score) / count(*)) / (count(*) - 1)  as within_item
    from scores
    group by criterion, unit, quarter, assessment
    having count(*) > 1
),

by_unit as (
    select
        criterion,
        unit,
        count(*)         as items,
        sum(n)           as n,
        sum(total)       as total,
        sum(squares)     as squares,
        sum(within_item) as within_items
    from items
    group by criterion, unit
),

sums as (
    select
        criterion,
        count(*)          as units,
        sum(items)        as items,
        sum(n)            as n,
        sum(total)        as total,
        sum(squares)      as squares,
        sum(within_items) as within_items
    from by_unit
    group by criterion
),

-- α = 1 − (n − 1)/n · Σ m·SS/(m − 1) ÷ SS of all; left are the same sums without one unit.
without_one as (
    select
        sums.criterion,
        ln(nullif(
            (sums.n - by_unit.n - 1) / nullif(sums.n - by_unit.n, 0)
            * greatest(sums.within_items - by_unit.within_items, 0)
            / nullif(sums.squares - by_unit.squares - (sums.total - by_unit.total) ** 2 / nullif(sums.n - by_unit.n, 0), 0),
            0
        )) as logarithm
    from by_unit
    join sums on sums.criterion = by_unit.criterion
),

errors as (
    select criterion, (count(*) - 1) * stddev_pop(logarithm) / sqrt(count(*) - 1) as error, count(*) - 1 as freedom
    from without_one
    where logarithm is not null
    group by criterion
    having count(*) > 1
),

ratios as (
    select
        sums.criterion,
        sums.n,
        sums.items,
        sums.units,
        case
            when sums.squares - sums.total ** 2 / sums.n > 1e-6
                then (sums.n - 1) / sums.n * greatest(sums.within_items, 0) / (sums.squares - sums.total ** 2 / sums.n)
        end                                                                                             as ratio,
        errors.error * (1.96 + 2.372 / errors.freedom + 2.822 / (errors.freedom * errors.freedom))      as half
    from sums
    left join errors on errors.criterion = sums.criterion
),

raters as (
    select criterion, count(distinct rater) as raters from scores group by criterion
)

select
    ratios.criterion,
    'alpha'                                                   as scale,
    1 - ratios.ratio                                          as value,
    case when ratios.ratio > 1e-9 then 1 - ratios.ratio * exp(ratios.half) end  as low,
    case when ratios.ratio > 1e-9 then 1 - ratios.ratio * exp(-ratios.half) end as high,
    0.667::double                                             as usual,
    cast(ratios.n as bigint)                                  as n,
    cast(ratios.items as bigint)                              as items,
    raters.raters,
    coalesce(1 - ratios.ratio * exp(-ratios.half) < 0.667, false) as is_flagged
from ratios
join raters on raters.criterion = ratios.criterion
where ratios.units >= 5
order by value nulls first, ratios.criterion
