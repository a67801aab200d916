-- When did somebody come to inspect?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
--
-- column starts_on  date
-- column ends_on    date
-- column event      text
-- column name       text
select
    starts_on,
    ends_on,
    event,
    name
from marts.events
where event = 'inspection' and starts_on between $start and $until
order by starts_on, name
