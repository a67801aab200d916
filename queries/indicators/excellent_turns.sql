-- Is the share of top grades always used up, and do they go round?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column organ       text     in the order of the register; its latest year in the span with a top grade
-- column year        integer
-- column assessed    integer  units assessed in the year
-- column excellent   integer  of them, units with a top grade
-- column cap         integer  a third of the units assessed, rounded down
-- column is_full     boolean  as many top grades as the third allows
-- column is_over     boolean  more than that
-- column lists       integer  years of award lists compared; empty where rotation was not judged
-- column repeats     integer  awards to a unit that had one already in these lists
-- column lots        double   repeats that drawing lots would give
-- column is_rotating boolean  surely fewer repeats than lots and other organs give; empty below three lists
-- column scale       text     how the repeats are read: repeats
with assessed as (
    select unit, year from marts.results where quarter between $start and $until
    union
    select unit, year from marts.outcomes where quarter between $start and $until
),

counted as (
    select
        coalesce(units.parent, units.unit) as organ,
        assessed.year,
        count(*)                           as assessed,
        count(graded.unit)                 as excellent
    from assessed
    join marts.units as units on units.unit = assessed.unit
    left join (
        select distinct unit, year from marts.outcomes where direction = 'grade' and quarter between $start and $until
    ) as graded on graded.unit = assessed.unit and graded.year = assessed.year
    where assessed.unit in (select unnest($units))
    group by all
),

latest as (
    select organ, year, assessed, excellent, cast(floor(assessed / 3) as bigint) as cap
    from counted
    where excellent > 0
    qualify row_number() over (partition by organ order by year desc) = 1
)

select
    latest.organ,
    latest.year,
    latest.assessed,
    latest.excellent,
    latest.cap,
    latest.excellent = latest.cap                        as is_full,
    latest.excellent > latest.cap                        as is_over,
    cast(rotation.lists as bigint)                       as lists,
    cast(rotation.k as bigint)                           as repeats,
    rotation.expected * rotation.n                       as lots,
    case when rotation.level <> 'too_few' then rotation.flagged end as is_rotating,
    'repeats'                                            as scale
from latest
left join marts.findings as rotation
    on rotation.pattern = 'award_rotation'
    and rotation.scope = 'organ'
    and rotation.unit = latest.organ
    and rotation.year = latest.year
left join marts.units as units on units.unit = latest.organ
order by units.position, latest.organ
