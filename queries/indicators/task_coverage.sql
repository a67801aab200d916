-- Which key tasks does party work support, and which does nobody?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column task       text     orphans, which nobody supports, first
-- column owner      text     the unit that carries the task
-- column unit       text     a unit of the selection that supports it; the owner where there is none
-- column held       integer  activities of the unit linked to the task
-- column supporters integer  units that support the task, in the selection or not
-- column is_orphan  boolean  no unit supports it
with tasks as (
    select task, min(unit) as owner
    from marts.tasks
    where quarter between $start and $until and unit in (select unnest($units))
    group by task
),

support as (
    select task, unit, sum(held) as held
    from marts.task_support
    where month between $start and $until and type in (select unnest($types))
    group by task, unit
),

supporters as (
    select task, count(*) as units
    from support
    group by task
)

select
    tasks.task,
    tasks.owner,
    coalesce(support.unit, tasks.owner)               as unit,
    coalesce(support.held, 0)                         as held,
    coalesce(supporters.units, 0)                     as supporters,
    supporters.units is null                          as is_orphan
from tasks
left join supporters on supporters.task = tasks.task
left join support on support.task = tasks.task and support.unit in (select unnest($units))
order by supporters, tasks.task, held desc, unit
