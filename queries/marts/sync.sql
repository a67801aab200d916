-- For which sync steps does a unit have dated evidence?
--
-- column unit      text     one row per unit, month, type and step
-- column month     date     first day of the month
-- column type      text
-- column step      text     id of the step, as in data/rules/presets.toml
-- column evidence  integer  activities that record the step
-- column first_on  date     day of the first of them
with steps as (
    select distinct step from facts.sync_steps
)

select
    activities.unit,
    make_date(year(activities.held_on), month(activities.held_on), 1) as month,
    activities.type,
    steps.step,
    count(*)                                                          as evidence,
    min(activities.held_on)                                           as first_on
from facts.activities as activities
join steps on strpos(',' || activities.sync || ',', ',' || steps.step || ',') > 0
where activities.sync is not null
group by all
