-- Which inspections, campaigns and closures explain the rhythm?
--
-- column starts_on  date  one row per event
-- column ends_on    date
-- column event      text  inspection, campaign, congress, festival or closure
-- column name       text
-- column units      text  the units concerned as the sheet words them; empty for all
select
    starts_on,
    coalesce(ends_on, starts_on) as ends_on,
    event,
    name,
    units
from raw.standing_calendar
