-- Which unit misses what?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column unit   text
-- column type   text
-- column due    integer  periods due that can be judged
-- column met    integer  of these, held in full
-- column share  double   met ÷ due, 0 to 1; empty where nothing can be judged
select
    due.unit,
    due.type,
    count(*) filter (where due.state <> 'unreported')                                                          as due,
    count(*) filter (where due.state = 'met')                                                                  as met,
    count(*) filter (where due.state = 'met') / nullif(count(*) filter (where due.state <> 'unreported'), 0)   as share
from marts.due as due
join marts.units as units on units.unit = due.unit
where due.ends_on between $start and $until
    and due.state <> 'ahead'
    and due.unit in (select unnest($units))
    and due.type in (select unnest($types))
group by due.unit, due.type, units.position
order by units.position, min(due.rule)
