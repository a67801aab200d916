-- Were records written when the work was done, or in batches before somebody came to look?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column activity     text
-- column unit         text
-- column type         text
-- column held_on      date
-- column recorded_on  date
-- column lag          integer  working days from the activity to its record
-- column is_late      boolean  recorded more than fifteen working days after
select
    activity,
    unit,
    type,
    held_on,
    recorded_on,
    lag,
    lag > 15 as is_late
from marts.recordings
where held_on between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
order by held_on, activity
