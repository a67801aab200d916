-- Is what is due being held?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column type        text
-- column every       text     month, quarter or year
-- column due         integer  periods due that can be judged
-- column met         integer  of these, held in full
-- column short       integer  of these, not held in full
-- column unreported  integer  periods that cannot be judged because a month is missing or partly reported
-- column share       double   met ÷ due, 0 to 1
select
    type,
    every,
    count(*) filter (where state <> 'unreported')                                                          as due,
    count(*) filter (where state = 'met')                                                                  as met,
    count(*) filter (where state = 'short')                                                                as short,
    count(*) filter (where state = 'unreported')                                                           as unreported,
    count(*) filter (where state = 'met') / nullif(count(*) filter (where state <> 'unreported'), 0)       as share
from marts.due
where ends_on between $start and $until
    and state <> 'ahead'
    and unit in (select unnest($units))
    and type in (select unnest($types))
group by type, every
order by min(rule)
