-- How many hours of learning come to each member, on average of the unit?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit     text     one row per branch or office and year with learning on record
-- column year     integer
-- column hours    double   hours of learning per member: Σ duration × attended ÷ members; empty where too few durations are known
-- column due      double   hours due in a year
-- column members  integer  people, by the register of the year, else the nearest
-- column told     double   share of the learning activities with duration and attendance on record, 0 to 1
-- column months   integer  months reported, of twelve
-- column judged   integer  1 where hours can be held against the year: all months reported, durations known, five members or more; else 0
-- column enough   integer  1 where judged and hours reach what is due, else 0
with learning as (
    select
        activities.unit,
        year(activities.month)                                                                       as year,
        count(*)                                                                                     as held,
        count(*) filter (where activities.minutes is not null and activities.attended is not null)  as told,
        sum(activities.minutes * activities.attended)                                                as minutes
    from marts.activities as activities
    join marts.types as types on types.type = activities.type and types.is_learning
    where activities.month between $start and $until
        and activities.unit in (select unnest($units))
        and activities.type in (select unnest($types))
    group by activities.unit, year(activities.month)
),

reported as (
    select unit, year(month) as year, count(*) filter (where status = 'reported') as months
    from marts.coverage
    where month between $start and $until and unit in (select unnest($units))
    group by unit, year(month)
),

hours as (
    select
        learning.unit,
        learning.year,
        sizes.members,
        units.position,
        learning.told / learning.held                  as told,
        coalesce(reported.months, 0)                   as months,
        case when learning.told / learning.held >= 0.8
            then learning.minutes / (select value from marts.thresholds where name = 'hour_minutes') / nullif(sizes.members, 0) end as hours
    from learning
    join marts.units as units on units.unit = learning.unit and units.kind in ('branch', 'office')
    left join marts.sizes as sizes on sizes.unit = learning.unit and sizes.year = learning.year
    left join reported on reported.unit = learning.unit and reported.year = learning.year
),

judged as (
    select
        *,
        (select value from marts.thresholds where name = 'learning_hours')                       as due,
        case when months = 12 and hours is not null and members >= 5 then 1 else 0 end           as judged
    from hours
)

select
    unit,
    year,
    hours,
    due,
    members,
    told,
    months,
    judged,
    case when judged = 1 and hours >= due then 1 else 0 end as enough
from judged
order by year, position, unit
