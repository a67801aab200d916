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

compared as (
    select
        a.quarter,
        sum(sign(a.before - b.before) * sign(a.now - b.now)) as concordant,
        count(*) filter (where a.before <> b.before)         as untied_before,
        count(*) filter (where a.now <> b.now)               as untied_now
    from pairs as a
    join pairs as b on b.quarter = a.quarter and b.unit > a.unit
    group by a.quarter
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
    compared.concordant / nullif(sqrt(1.0 * compared.untied_before * compared.untied_now), 0) as beside,
    'tau'                                              as scale
from (select quarter, count(*) as n from pairs group by quarter) as quarters
cross join segments
left join counted on counted.quarter = quarters.quarter and counted.position = segments.position
left join compared on compared.quarter = quarters.quarter
where quarters.n >= 5
order by quarters.quarter, segments.position
