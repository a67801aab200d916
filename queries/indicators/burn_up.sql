-- Is the year's work on its way, measured against plan and regulation?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column month     date     every month of the years touched by the span
-- column held      integer  activities from the start of the year; empty after the last month reported
-- column due       integer  due by regulation from the start of the year, kinds due once a year left out until December
-- column planned   integer  planned from the start of the year; empty where there is no plan
with months as (
    select distinct year, month
    from marts.days
    where year between year($start) and year($until)
),

held as (
    select month, sum(held) as held
    from marts.monthly
    where unit in (select unnest($units)) and type in (select unnest($types))
    group by month
),

due as (
    select make_date(year(ends_on), month(ends_on), 1) as month, sum(due) as due
    from marts.due
    where unit in (select unnest($units)) and type in (select unnest($types))
    group by month
),

planned as (
    select month, sum(planned) as planned
    from marts.planned
    where unit in (select unnest($units)) and type in (select unnest($types))
    group by month
),

last_reported as (
    select max(month) as month
    from marts.coverage
    where status <> 'missing' and unit in (select unnest($units))
)

select
    months.month,
    case when months.month <= last_reported.month
        then sum(coalesce(held.held, 0)) over through_year end                  as held,
    sum(coalesce(due.due, 0)) over through_year                                 as due,
    case when count(planned.planned) over (partition by months.year) > 0
        then sum(coalesce(planned.planned, 0)) over through_year end            as planned
from months
cross join last_reported
left join held on held.month = months.month
left join due on due.month = months.month
left join planned on planned.month = months.month
window through_year as (partition by months.year order by months.month)
order by months.month
