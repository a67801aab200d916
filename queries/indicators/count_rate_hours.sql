-- How many activities, how often, and how long?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column month       date     first day of the month
-- column held        integer  activities; 数量
-- column per_unit    double   activities per unit that handed in its ledger; 频次
-- column hours       double   h per unit that handed in its ledger, where durations are recorded; 时长
-- column per_member  double   h of each member: Σ duration × attended ÷ members of the units that record durations in the month; 人均时长
-- column weeks       integer  weeks of a unit that begin in the month with at least one activity of a known day
-- column busy        integer  of these, with as many activities as make a week overloaded
-- column reported    integer  units that handed in their ledger
-- column expected    integer  units that should have
with monthly as (
    select
        month,
        sum(held)         as held,
        sum(timed)        as timed,
        sum(minutes) / 60 as hours
    from marts.monthly
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by month
),

-- Only units that record durations: of the others nobody knows how long their members sat.
person_hours as (
    select
        activities.month,
        activities.unit,
        sum(activities.minutes * activities.attended) / 60 as hours
    from marts.activities as activities
    where activities.month between $start and $until
        and activities.unit in (select unnest($units))
        and activities.type in (select unnest($types))
        and activities.minutes is not null
        and activities.attended is not null
    group by activities.month, activities.unit
),

per_member as (
    select person_hours.month, sum(person_hours.hours) / nullif(sum(sizes.members), 0) as per_member
    from person_hours
    join marts.sizes as sizes
        on sizes.unit = person_hours.unit and sizes.year = year(person_hours.month) and sizes.members > 0
    group by person_hours.month
),

weekly as (
    select unit, year, week, min(month) as month, sum(held) as held
    from marts.daily
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by unit, year, week
),

weeks as (
    select
        month,
        count(*)                                                                                                   as weeks,
        count(*) filter (where held >= (select value from marts.thresholds where name = 'busy_week'))              as busy
    from weekly
    group by month
),

coverage as (
    select
        month,
        count(*) filter (where status <> 'missing') as reported,
        count(*)                                    as expected
    from marts.coverage
    where month between $start and $until and unit in (select unnest($units))
    group by month
)

select
    coverage.month,
    coalesce(monthly.held, case when coverage.reported > 0 then 0 end)                        as held,
    coalesce(monthly.held, 0) / nullif(coverage.reported, 0)                                  as per_unit,
    case when monthly.timed > 0 then monthly.hours / nullif(coverage.reported, 0) end         as hours,
    per_member.per_member,
    weeks.weeks,
    weeks.busy,
    coverage.reported,
    coverage.expected
from coverage
left join per_member on per_member.month = coverage.month
left join weeks on weeks.month = coverage.month
left join monthly on monthly.month = coverage.month
order by coverage.month
