-- Does it make a difference whether a unit did well: who gets what, and does the score follow what was done?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column part      text     top, upper, middle, lower, bottom: fifths of the units by their result of the year
-- column segment    text     what it got that year: graded, rewarded, nothing, deducted or talked; the weightiest
-- column k          integer  units and years
-- column share      double   of the units and years of the part, 0 to 1
-- column n          integer  units and years of the part
-- column beside     double   rewards less deductions, points per unit and year
-- column scale      text     net
-- column satisfaction    double   mean satisfaction with the activities of the part, on the ledger's own scale
-- column rho        double   rank correlation of result and satisfaction over units with five rated activities a year, mean of the years
-- column rho_low    double   lower 95 % limit
-- column rho_high   double   upper 95 % limit
-- column pairs      integer  units and years behind it
-- column top_gap    double   net points per unit, top part less bottom part
with yearly as (
    select
        unit,
        year,
        coalesce(avg(rate) filter (where assessment = 'annual'), avg(rate)) as result
    from marts.results
    where quarter between $start and $until
        and unit in (select unnest($units))
        and rate is not null
    group by unit, year
),

placed as (
    select
        unit,
        year,
        result,
        floor(5 * (rank() over (partition by year order by result desc) - 1) / count(*) over (partition by year)) as place
    from yearly
    qualify count(*) over (partition by year) >= 10
),

outcomes as (
    select
        unit,
        year,
        bool_or(direction in ('talk', 'rectify'))                                                       as is_talked,
        bool_or(direction = 'grade')                                                                    as is_graded,
        coalesce(sum(points) filter (where direction = 'reward'), 0)
            - coalesce(sum(points) filter (where direction = 'deduction'), 0)                           as net,
        bool_or(direction = 'deduction')                                                                as is_deducted,
        bool_or(direction = 'reward')                                                                   as is_rewarded
    from marts.outcomes
    where quarter between $start and $until
    group by unit, year
),

rated as (
    select unit, year(held_on) as year, avg(satisfaction) as satisfaction, count(satisfaction) as n
    from marts.activities
    where held_on between $start and $until and satisfaction is not null
    group by all
),

got as (
    select
        placed.unit,
        placed.year,
        placed.place,
        placed.result,
        coalesce(outcomes.net, 0) as net,
        rated.satisfaction,
        rated.n                   as rated,
        case
            when outcomes.is_talked then 'talked'
            when outcomes.is_graded then 'graded'
            when outcomes.is_deducted and outcomes.net <= 0 then 'deducted'
            when outcomes.is_rewarded then 'rewarded'
            else 'nothing'
        end                       as segment
    from placed
    left join outcomes on outcomes.unit = placed.unit and outcomes.year = placed.year
    left join rated on rated.unit = placed.unit and rated.year = placed.year
),

ranked as (
    select
        year,
        rank() over (partition by year order by result)  as result_rank,
        rank() over (partition by year order by satisfaction) as quality_rank
    from got
    where rated >= 5
),

correlated as (
    select year, corr(result_rank, quality_rank) as rho, count(*) as n
    from ranked
    group by year
),

-- Fisher's z of the years, each weighing what it rests on; spread after Bonett and Wright (2000).
pooled as (
    select
        tanh(sum((n - 3) * atanh(greatest(least(rho, 0.999999), -0.999999))) / nullif(sum(n - 3), 0)) as rho,
        sum(n - 3)                                                                                   as weight,
        sum(n)                                                                                       as pairs
    from correlated
    where n >= 10 and rho is not null and not isnan(rho)
),

fifths as (
    select
        place,
        count(*)     as n,
        avg(net)     as net,
        sum(satisfaction * rated) / nullif(sum(rated), 0) as satisfaction
    from got
    group by place
),

segments as (
    select unnest(['graded', 'rewarded', 'nothing', 'deducted', 'talked']) as segment, unnest([1, 2, 3, 4, 5]) as position
),

counted as (
    select place, segment, count(*) as k from got group by all
)

select
    list_extract(['top', 'upper', 'middle', 'lower', 'bottom'], cast(fifths.place as integer) + 1) as part,
    segments.segment,
    coalesce(counted.k, 0)                                                                         as k,
    coalesce(counted.k, 0) / fifths.n                                                              as share,
    fifths.n,
    fifths.net                                                                                     as beside,
    'net'                                                                                          as scale,
    fifths.satisfaction,
    pooled.rho,
    tanh(atanh(pooled.rho) - 1.96 * sqrt((1 + pooled.rho ** 2 / 2) / nullif(pooled.weight, 0)))     as rho_low,
    tanh(atanh(pooled.rho) + 1.96 * sqrt((1 + pooled.rho ** 2 / 2) / nullif(pooled.weight, 0)))     as rho_high,
    cast(pooled.pairs as bigint)                                                                   as pairs,
    max(fifths.net) filter (where fifths.place = 0) over ()
        - max(fifths.net) filter (where fifths.place = 4) over ()                                  as top_gap
from fifths
cross join segments
cross join pooled
left join counted on counted.place = fifths.place and counted.segment = segments.segment
order by fifths.place, segments.position
