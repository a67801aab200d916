-- Which inspections, campaigns and closures explain the rhythm?
--
-- column starts_on  date  one row per event
-- column ends_on    date
-- column event      text  inspection, campaign, congress, festival or closure
-- column name       text
-- column units      text  the units concerned as the sheet words them; empty for all
with standing as (
    select events.*
    from raw.calendar as events
    join raw.batches as batches on batches.batch = events.batch
    where batches.undone_at is null
    qualify row_number() over (partition by events.key order by events.batch desc, events.record) = 1
)

select
    starts_on,
    coalesce(ends_on, starts_on) as ends_on,
    event,
    name,
    units
from standing
