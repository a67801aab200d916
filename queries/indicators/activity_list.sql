-- Which activities stand behind a figure?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column activity      text
-- column unit          text
-- column type          text
-- column held_on       date
-- column is_day_known  boolean
-- column topic         text
-- column form          text     as the ledger words it
-- column expected      integer  people
-- column attended      integer  people
-- column recorded_on   date
-- column task          text
select
    activity,
    unit,
    type,
    held_on,
    is_day_known,
    topic,
    form,
    expected,
    attended,
    recorded_on,
    task
from marts.activities
where held_on between $start and $until
    and unit in (select unnest($units))
    and type in (select unnest($types))
order by held_on desc, activity
