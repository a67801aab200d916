-- How did one unit spread its year, and how did the others?
--
-- param  units  names    the unit
-- param  year   integer
--
-- column unit       text
-- column week       integer  week of the year, 1 to 53, counted in sevens from 1 January
-- column starts_on  date
-- column held       integer  activities, kinds with a legitimate season left out
-- column expected   double   as many in all, spread as the other organs' units spread theirs over the weeks it handed in
-- column is_system  boolean  false where there are too few other units, and the working days were taken instead
with weeks as (
    select week, min(day) as starts_on
    from marts.days
    where year = $year
    group by week
),

reported as (
    select coverage.unit, days.week
    from marts.coverage as coverage
    join marts.days as days on days.month = coverage.month and days.year = $year
    where coverage.status <> 'missing' and coverage.unit in (select unnest($units))
    group by coverage.unit, days.week
),

held as (
    select unit, week, sum(held) as held
    from marts.daily
    where year = $year and unit in (select unnest($units)) and not is_anchored
    group by unit, week
),

shares as (
    select reported.unit, reported.week, expected.share, expected.is_system
    from reported
    join marts.units as units on units.unit = reported.unit
    join marts.expected as expected
        on expected.organ = coalesce(units.parent, units.unit) and expected.year = $year and expected.week = reported.week
)

select
    shares.unit,
    shares.week,
    weeks.starts_on,
    coalesce(held.held, 0)                                                                                    as held,
    sum(coalesce(held.held, 0)) over of_unit * shares.share / nullif(sum(shares.share) over of_unit, 0)       as expected,
    shares.is_system
from shares
join weeks on weeks.week = shares.week
left join held on held.unit = shares.unit and held.week = shares.week
window of_unit as (partition by shares.unit)
order by shares.unit, shares.week
