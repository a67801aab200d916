-- Do long plans become short steps: planned for the year, carried out in the month, fixed to a day, made known in time?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column stage        text     annual, carried, traced, dated or noticed; one row per step, in this order
-- column numerator    integer
-- column denominator  integer  unit-years for the first step, plan items for the second, activities for the others
-- column share        double   numerator ÷ denominator, 0 to 1; empty where the spreadsheets say nothing
-- column lead         double   median days ahead: of the notice, working days; empty for the other steps
with reported as (
    select unit, year(month) as year, month
    from marts.coverage
    where month between $start and $until and unit in (select unnest($units)) and status <> 'missing'
),

planned as (
    select unit, year(month) as year, month, type, sum(occasions) as planned
    from marts.plans
    where unit in (select unnest($units)) and type in (select unnest($types))
    group by unit, year, month, type
),

planning as (
    select distinct unit, year from planned
),

unit_years as (
    select distinct reported.unit, reported.year, planning.unit is not null as has_plan
    from reported
    join marts.units as units on units.unit = reported.unit and units.kind in ('branch', 'office')
    left join planning on planning.unit = reported.unit and planning.year = reported.year
),

held as (
    select unit, year(month) as year, month, type, sum(held) as held
    from marts.monthly
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by unit, year, month, type
),

-- Only months that were reported can show whether a plan was carried out, only years with a plan whether an activity was planned.
carried as (
    select planned.planned, least(planned.planned, coalesce(held.held, 0)) as matched
    from planned
    join reported on reported.unit = planned.unit and reported.month = planned.month
    left join held on held.unit = planned.unit and held.month = planned.month and held.type = planned.type
),

traced as (
    select held.held, least(held.held, coalesce(planned.planned, 0)) as matched
    from held
    join planning on planning.unit = held.unit and planning.year = held.year
    left join planned on planned.unit = held.unit and planned.month = held.month and planned.type = held.type
),

activities as (
    select unit, held_on, planned_on, notified_on
    from marts.activities
    where month between $start and $until
        and is_day_known
        and unit in (select unnest($units))
        and type in (select unnest($types))
),

-- A ledger that never fills the column cannot say that a date was not fixed, or that nobody was told.
dating as (
    select unit from activities group by unit having count(planned_on) > 0
),

working as (
    select day, sum(case when is_working then 1 else 0 end) over (order by day) as worked from marts.days
),

notices as (
    select held.worked - told.worked as lead
    from activities
    join working as held on held.day = activities.held_on
    join working as told on told.day = activities.notified_on
),

steps as (
    select 1 as position, 'annual' as stage, count(*) filter (where has_plan) as numerator, count(*) as denominator, null as lead
    from unit_years
    where exists (select 1 from planning)
    union all
    select 2, 'carried', coalesce(sum(matched), 0), coalesce(sum(planned), 0), null
    from carried
    union all
    select 3, 'traced', coalesce(sum(matched), 0), coalesce(sum(held), 0), null
    from traced
    union all
    select 4, 'dated', count(planned_on), count(*), null
    from activities
    where unit in (select unit from dating)
    union all
    select 5, 'noticed',
        count(*) filter (where lead >= (select value from marts.thresholds where name = 'notice_days')), count(*), median(lead)
    from notices
)

select
    stage,
    cast(numerator as bigint)             as numerator,
    cast(denominator as bigint)           as denominator,
    numerator / nullif(denominator, 0)    as share,
    cast(lead as double)                  as lead
from steps
where (select sum(denominator) from steps) > 0
order by position
