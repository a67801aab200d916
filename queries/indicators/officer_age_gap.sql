-- Are the party-affairs officers older than the members?
--
-- param  until  date   last day of the span; the register that stood then
-- param  units  names  units counted
--
-- column unit      text     the unit above those that the register gives ages for; five officers and members or more, the widest gap first
-- column gap       double   years; mean age of the officers − mean age of the members
-- column officers  double   years; mean age of the officers
-- column members   double   years; mean age of the members
-- column is_older  integer  1 where the officers are five years older or more
-- column middle    double   years; the gap of the middle one
-- column on        date     quarter of the newest register used
-- column n         integer  officers
with latest as (
    select *
    from marts.registers
    where unit in (select unnest($units)) and coalesce(quarter <= $until, true)
    qualify row_number() over (partition by unit order by quarter desc nulls last) = 1
),

summed as (
    select
        coalesce(units.parent, latest.unit) as unit,
        sum(latest.officers_mean_age * latest.officers) / sum(latest.officers) as officers,
        sum(latest.mean_age * latest.members) / sum(latest.members) as members,
        max(latest.quarter) as "on",
        sum(latest.officers) as n
    from latest
    join marts.units as units on units.unit = latest.unit
    where latest.is_lowest and latest.members > 0 and latest.officers > 0
        and latest.mean_age is not null and latest.officers_mean_age is not null
    group by coalesce(units.parent, latest.unit)
    having sum(latest.officers) >= 5 and sum(latest.members) >= 5
)

select
    unit,
    officers - members as gap,
    officers,
    members,
    cast(officers - members >= 5 as integer) as is_older,
    median(officers - members) over () as middle,
    "on",
    n
from summed
order by gap desc, unit
