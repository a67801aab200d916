-- Who sets the work going: superiors, the plan, or the unit itself?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column quarter   date     first day
-- column superior  integer  activities set going by a superior; empty where no ledger says
-- column plan      integer  by the plan; empty where no ledger says
-- column own       integer  by the unit itself; empty where no ledger says
-- column after     integer  where no ledger says: activities in the days after a notice in the calendar
-- column outside   integer  where no ledger says: all others
-- column even      double   where no ledger says: share of those days in the working days of the months reported, 0 to 1
-- column n         integer  activities counted
-- column all_held  integer  activities, whether their ledger says or not
with held as (
    select unit, quarter, held_on, triggered_by, is_day_known
    from marts.activities
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
),

recorded as (
    select count(triggered_by) > 0 as is_recorded from held
),

notices as (
    select starts_on, units
    from marts.events
    where event in ('inspection', 'campaign', 'congress')
),

windows as (
    select distinct days.day
    from marts.days as days
    join notices
        on date_diff('day', notices.starts_on, days.day)
            between 0 and (select value from marts.thresholds where name = 'after_notice_days')
    where notices.units is null or strpos(notices.units, '全') > 0
),

reported as (
    select distinct month from marts.coverage
    where month between $start and $until and unit in (select unnest($units)) and status <> 'missing'
),

working as (
    select days.quarter, count(*) as days, count(windows.day) as window_days
    from marts.days as days
    join reported on reported.month = days.month
    left join windows on windows.day = days.day
    where days.is_working
    group by days.quarter
)

select
    held.quarter,
    case when any_value(recorded.is_recorded) then count(*) filter (where held.triggered_by = 'superior') end  as superior,
    case when any_value(recorded.is_recorded) then count(*) filter (where held.triggered_by = 'plan') end      as plan,
    case when any_value(recorded.is_recorded) then count(*) filter (where held.triggered_by = 'own') end       as own,
    case when not any_value(recorded.is_recorded) then count(windows.day) end                                  as after,
    case when not any_value(recorded.is_recorded) then count(*) - count(windows.day) end                       as outside,
    case when not any_value(recorded.is_recorded)
        then any_value(working.window_days) / nullif(any_value(working.days), 0) end                           as even,
    case when any_value(recorded.is_recorded) then count(held.triggered_by) else count(*) end                  as n,
    count(*)                                                                                                   as all_held
from held
cross join recorded
left join windows on windows.day = held.held_on and held.is_day_known
left join working on working.quarter = held.quarter
where recorded.is_recorded or exists (select 1 from windows)
group by held.quarter
order by held.quarter
