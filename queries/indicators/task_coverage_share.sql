-- How many of the key tasks did party work support?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column period       date     first day of the year in which the task first appears in the span; each task counts once, as in the key-task map
-- column numerator    integer  tasks served by at least one activity of any unit in the span
-- column denominator  integer  tasks of the span
-- column n            integer  the same
with tasks as (
    select task, make_date(year(min(quarter)), 1, 1) as period
    from marts.tasks
    where quarter between $start and $until and unit in (select unnest($units))
    group by task
),

supported as (
    select distinct task
    from marts.task_support
    where month between $start and $until and type in (select unnest($types))
)

select
    tasks.period,
    count(supported.task) as numerator,
    count(*)              as denominator,
    count(*)              as n
from tasks
left join supported on supported.task = tasks.task
group by tasks.period
order by tasks.period
