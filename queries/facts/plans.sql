-- Which activities were planned, in the newest version of each plan item?
--
-- column unit          text     one row per planned activity
-- column type          text
-- column planned_on    date     the first of the month where only the month is planned
-- column item          text
-- column occasions     integer  activities planned by the item
-- column versions      integer  versions of the item so far; a superseded version is left out, and one without a number is the first
-- column is_day_known  boolean  false where the plan names only the month
with standing as (
    select
        unit,
        type,
        planned_on,
        item,
        coalesce(occasions, 1)                        as occasions,
        record,
        coalesce(version, 1)                          as version,
        coalesce(planned_on_precision, 'day') = 'day' as is_day_known
    from raw.standing_plans
),

counted as (
    select
        unit,
        type,
        planned_on,
        item,
        occasions,
        is_day_known,
        count(*) over (partition by unit, type, item, year(planned_on))                                        as rows_of_item,
        max(version) over (partition by unit, type, item, year(planned_on))                                    as last_version,
        row_number() over (partition by unit, type, item, year(planned_on) order by version desc, record desc) as newest
    from standing
)

select
    unit,
    type,
    planned_on,
    item,
    occasions,
    case when item is null or rows_of_item > last_version then 1 else last_version end as versions,
    is_day_known
from counted
where newest = 1 or item is null or rows_of_item > last_version
