-- Has each unit's ledger been handed in, month by month?
--
-- column unit    text
-- column month   date  one row per branch or office and month, from the first month anybody reported (or its founding) to the last
-- column status  text  reported, partly or missing
with span as (
    select min(month) as first_month, max(month) as last_month from facts.coverage
),

months as (
    select distinct days.month
    from facts.days as days
    join span on days.month between span.first_month and span.last_month
),

reporting as (
    select distinct unit from facts.coverage
),

units as (
    select units.unit, units.founded_on
    from facts.units as units
    left join reporting on reporting.unit = units.unit
    where units.kind in ('branch', 'office') or reporting.unit is not null
)

select
    units.unit,
    months.month,
    coalesce(coverage.status, 'missing') as status
from units
join months on units.founded_on is null or last_day(months.month) >= units.founded_on
left join facts.coverage as coverage on coverage.unit = units.unit and coverage.month = months.month
