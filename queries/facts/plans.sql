-- Which activities were planned, in the newest version of each plan item?
--
-- column unit           text     one row per planned activity
-- column type           text
-- column planned_on     date
-- column is_day_known   boolean  false where the plan gives only the month
-- column item           text
-- column occasions      integer  activities planned by the item
-- column versions       integer  versions of the item so far; a superseded version is left out, and one without a number is the first
-- column changed_on     date     day of the last change
-- column change_reason  text     of the last change
-- column replaced_on    date     last day for which the version before was planned; empty for a first version
-- column theme          text     theme of the year
with standing as (
    select
        unit,
        type,
        planned_on,
        coalesce(planned_on_precision, 'day') <> 'month' as is_day_known,
        item,
        coalesce(occasions, 1) as occasions,
        record,
        coalesce(version, 1) as version,
        changed_on,
        change_reason,
        theme
    from raw.standing_plans
),

counted as (
    select
        unit,
        type,
        planned_on,
        is_day_known,
        item,
        occasions,
        changed_on,
        change_reason,
        theme,
        count(*) over (partition by unit, type, item, year(planned_on))                                        as rows_of_item,
        max(version) over (partition by unit, type, item, year(planned_on))                                    as last_version,
        lag(case when is_day_known then planned_on else last_day(planned_on) end)
            over (partition by unit, type, item, year(planned_on) order by version, record)                    as replaced_on,
        row_number() over (partition by unit, type, item, year(planned_on) order by version desc, record desc) as newest
    from standing
),

judged as (
    select *, item is null or rows_of_item > last_version as is_each_its_own from counted
)

select
    unit,
    type,
    planned_on,
    is_day_known,
    item,
    occasions,
    case when is_each_its_own then 1 else last_version end       as versions,
    changed_on,
    change_reason,
    case when not is_each_its_own then replaced_on end           as replaced_on,
    theme
from judged
where newest = 1 or is_each_its_own
