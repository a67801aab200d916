-- How many of the key tasks did party work support?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the quarter
-- column numerator    integer  tasks of the quarter served by at least one activity from the start of the year to the end of the quarter
-- column denominator  integer  tasks of the quarter
-- column n            integer  the same
with tasks as (
    select distinct task, quarter
    from marts.tasks
    where quarter between $start and $until and unit in (select unnest($units))
),

support as (
    select task, month
    from marts.task_support
    where type in (select unnest($types))
)

select
    quarter                        as period,
    count(*) filter (where exists (
        select 1
        from support
        where support.task = tasks.task and support.month between make_date(year(tasks.quarter), 1, 1) and tasks.quarter + interval 2 month
    ))                             as numerator,
    count(*)                       as denominator,
    count(*)                       as n
from tasks
group by quarter
order by quarter
