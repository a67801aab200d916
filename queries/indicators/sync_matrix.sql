-- Which sync steps does each unit have dated evidence for?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
-- param  preset text   five (L13) or six (L19)
--
-- column unit      text     units with any step recorded in the span
-- column step      text     id of the step
-- column evidence  integer  activities that record it
-- column first_on  date     day of the first of them; empty where there is none
-- column complete  boolean  the unit has every step of the list
with steps as (
    select step, position
    from marts.sync_steps
    where preset = $preset
),

evidence as (
    select unit, step, sum(evidence) as evidence, min(first_on) as first_on
    from marts.sync
    where month between $start and $until
        and unit in (select unnest($units))
        and type in (select unnest($types))
    group by unit, step
),

units as (
    select distinct unit from evidence
)

select
    units.unit,
    steps.step,
    coalesce(evidence.evidence, 0)                                                     as evidence,
    evidence.first_on,
    count(evidence.step) over (partition by units.unit) = count(*) over (partition by units.unit) as complete
from units
cross join steps
left join evidence on evidence.unit = units.unit and evidence.step = steps.step
order by units.unit, steps.position
