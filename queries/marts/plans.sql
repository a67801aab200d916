-- Which activities were planned, and how late was each changed for the last time?
--
-- column unit           text     one row per planned activity, in the newest version of its item
-- column type           text
-- column planned_on     date
-- column month          date     first day of the month planned for
-- column quarter        date     first day of the quarter planned for
-- column is_day_known   boolean  false where the plan gives only the month
-- column item           text
-- column occasions      integer  activities planned by the item
-- column versions       integer  versions of the item so far
-- column change_reason  text     of the last change
-- column days_left      integer  days from the last change to the date before it or the new one, whichever came first; empty where not known
-- column theme          text     theme of the year
with changed as (
    select
        *,
        date_diff('day', changed_on, planned_on)  as to_new,
        date_diff('day', changed_on, replaced_on) as to_old
    from facts.plans
)

select
    unit,
    type,
    planned_on,
    make_date(year(planned_on), month(planned_on), 1)             as month,
    make_date(year(planned_on), 3 * quarter(planned_on) - 2, 1)   as quarter,
    is_day_known,
    item,
    occasions,
    versions,
    change_reason,
    case when to_old < to_new then to_old else to_new end         as days_left,
    theme
from changed
