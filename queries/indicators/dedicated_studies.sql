-- How often does the leadership study party building, each half-year?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
--
-- column unit      text     one row per organ or department that reported and half-year
-- column half      date     first day of the half-year
-- column studies   integer  meetings on party building: by their kind, or by the words of their topic
-- column due       integer  studies due in a half-year
-- column months    integer  months reported, of six
-- column state     text     met, short, or unreported where fewer than due are known and a month is missing
-- column is_short  integer  1 where short, else 0
with halves as (
    select
        coverage.unit,
        make_date(year(coverage.month), case when month(coverage.month) <= 6 then 1 else 7 end, 1) as half,
        count(*) filter (where coverage.status = 'reported')                                       as months
    from marts.coverage as coverage
    join marts.units as units on units.unit = coverage.unit and units.kind in ('organ', 'department')
    where coverage.month between $start and $until
        and coverage.unit in (select unnest($units))
        and coverage.status <> 'missing'
    group by coverage.unit, half
),

studies as (
    select unit, make_date(year(month), case when month(month) <= 6 then 1 else 7 end, 1) as half, count(*) as studies
    from marts.activities
    where month between $start and $until
        and unit in (select unnest($units))
        and (type = 'party_study' or exists (
            select 1 from marts.dictionary where name = 'party_study' and contains(activities.topic, word)))
    group by unit, half
),

counted as (
    select
        halves.unit,
        halves.half,
        coalesce(studies.studies, 0)                                                             as studies,
        (select cast(value as integer) from marts.thresholds where name = 'studies_half_year')   as due,
        halves.months
    from halves
    left join studies on studies.unit = halves.unit and studies.half = halves.half
)

select
    counted.unit,
    counted.half,
    counted.studies,
    counted.due,
    counted.months,
    case when counted.studies >= counted.due then 'met' when counted.months < 6 then 'unreported' else 'short' end as state,
    case when counted.studies < counted.due and counted.months = 6 then 1 else 0 end                               as is_short
from counted
left join marts.units as units on units.unit = counted.unit
order by units.position, counted.unit, counted.half
