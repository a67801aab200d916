-- How unevenly are the party-affairs officers trained?
--
-- param  until  date   last day of the span; the register that stood then
-- param  units  names  units counted
--
-- column unit       text     the unit above those that the register gives hours for; five officers or more, lowest first
-- column hours      double   h; training per officer by the newest register up to then, since January of its year
-- column threshold  double   h; half of what the middle unit's officers have
-- column is_short   integer  1 where below the threshold
-- column middle     double   h; of the middle unit
-- column variation  double   standard deviation ÷ mean of the hours of all units below
-- column short      integer  officers of units below the threshold, of all groups
-- column officers   integer  officers of all units that give hours
-- column on         date     quarter of that register
-- column n          integer  officers of the group
with latest as (
    select *
    from marts.registers
    where unit in (select unnest($units)) and coalesce(quarter <= $until, true)
    qualify row_number() over (partition by unit order by quarter desc nulls last) = 1
),

newest as (
    select latest.unit, coalesce(units.parent, latest.unit) as "group", latest.officers_hours as hours, latest.officers, latest.quarter
    from latest
    join marts.units as units on units.unit = latest.unit
    where latest.officers_hours is not null and latest.officers > 0 and latest.is_lowest
    qualify latest.quarter is not distinct from max(latest.quarter) over ()
),

middles as (
    select median(hours) as middle, stddev_samp(hours) / nullif(avg(hours), 0) as variation from newest
),

spread as (
    select
        middles.middle,
        middles.variation,
        sum(newest.officers) as officers,
        sum(case when newest.hours < middles.middle / 2 then newest.officers else 0 end) as short
    from newest
    cross join middles
    group by middles.middle, middles.variation
)

select
    newest."group" as unit,
    sum(newest.hours * newest.officers) / sum(newest.officers) as hours,
    any_value(spread.middle) / 2 as threshold,
    cast(sum(newest.hours * newest.officers) / sum(newest.officers) < any_value(spread.middle) / 2 as integer) as is_short,
    any_value(spread.middle) as middle,
    any_value(spread.variation) as variation,
    any_value(spread.short) as short,
    any_value(spread.officers) as officers,
    any_value(newest.quarter) as "on",
    sum(newest.officers) as n
from newest
cross join spread
group by newest."group"
having sum(newest.officers) >= 5
order by hours, unit
