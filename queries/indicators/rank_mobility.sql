-- How much does the order of units move from quarter to quarter?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column quarter  date     first day of the later quarter
-- column segment  text     same_fifth, next_fifth or further: how far a unit's fifth moved
-- column k        integer  units
-- column share    double   of the units scored in both quarters, 0 to 1
-- column n        integer  units scored in both quarters
-- column beside   double   Kendall's tau-b of the two quarters, -1 to 1
-- column scale    text     tau
with scored as (
    select unit, quarter, avg(points) as points
    from marts.results
    where quarter between $start - interval 3 month and $until
        and unit in (select unnest($units))
        and coalesce(assessment, '') <> 'annual'
    group by unit, quarter
),

pairs as (
    select later.unit, later.quarter, earlier.points as before, later.points as now
    from scored as later
    join scored as earlier on earlier.unit = later.unit and earlier.quarter = later.quarter - interval 3 month
    where later.quarter >= $start
),

placed as (
    select
        unit,
        quarter,
        before,
        now,
        count(*) over (partition by quarter)                        as n,
        rank() over (partition by quarter order by before desc) - 1 as rank_before,
        rank() over (partition by quarter order by now desc) - 1    as rank_now
    from pairs
),

moved as (
    select quarter, n, abs(floor(5 * rank_now / n) - floor(5 * rank_before / n)) as fifths
    from placed
),

-- Kendall's tau-b from counts on a grid of at most 200 × 200 classes, since pairs of thousands of units would take too long.
classed as (
    select
        quarter,
        case when n > 200 then floor(200 * rank_before / n) else rank_before end as a,
        case when n > 200 then floor(200 * rank_now / n) else rank_now end       as b,
        count(*)                                                                 as k
    from placed
    group by all
),

grid as (
    select rows.quarter, rows.a, columns.b, coalesce(classed.k, 0) as k
    from (select distinct quarter, a from classed) as rows
    join (select distinct quarter, b from classed) as columns on columns.quarter = rows.quarter
    left join classed on classed.quarter = rows.quarter and classed.a = rows.a and classed.b = columns.b
),

beside_it as (
    select
        quarter,
        a,
        b,
        k,
        sum(k) over (partition by quarter, a order by b) - k as smaller,
        sum(k) over (partition by quarter, a order by b desc) - k as larger
    from grid
),

ordered as (
    select
        quarter,
        k,
        sum(smaller) over (partition by quarter, b order by a) - smaller as concordant,
        sum(larger) over (partition by quarter, b order by a) - larger   as discordant
    from beside_it
),

tied as (
    select
        quarter,
        sum(t * (t - 1)) filter (where side = 'a') / 2 as before,
        sum(t * (t - 1)) filter (where side = 'b') / 2 as now
    from (
        select quarter, 'a' as side, a as class, sum(k) as t from classed group by quarter, a
        union all
        select quarter, 'b', b, sum(k) from classed group by quarter, b
    ) as sides
    group by quarter
),

compared as (
    select
        ordered.quarter,
        sum(ordered.k * (ordered.concordant - ordered.discordant))::double      as excess,
        (sum(ordered.k) * (sum(ordered.k) - 1) / 2 - any_value(tied.before))::double as untied_before,
        (sum(ordered.k) * (sum(ordered.k) - 1) / 2 - any_value(tied.now))::double    as untied_now
    from ordered
    join tied on tied.quarter = ordered.quarter
    group by ordered.quarter
),

segments as (
    select unnest(['same_fifth', 'next_fifth', 'further']) as segment, unnest([0, 1, 2]) as position
),

counted as (
    select quarter, least(fifths, 2) as position, count(*) as k
    from moved
    group by all
)

select
    cast(quarters.quarter as date)                     as quarter,
    segments.segment,
    coalesce(counted.k, 0)                             as k,
    coalesce(counted.k, 0) / quarters.n                as share,
    quarters.n,
    compared.excess / nullif(sqrt(compared.untied_before * compared.untied_now), 0) as beside,
    'tau'                                              as scale
from (select quarter, count(*) as n from pairs group by quarter) as quarters
cross join segments
left join counted on counted.quarter = quarters.quarter and counted.position = segments.position
left join compared on compared.quarter = quarters.quarter
where quarters.n >= 5
order by quarters.quarter, segments.position
