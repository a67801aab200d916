-- Is more done in the days before an inspection than on the unit's other days?
--
-- param  start  date   first day on which an inspection may begin
-- param  until  date   last such day
-- param  units  names  units counted
-- param  types  names  kinds of activity counted
--
-- column name         text     one row per inspection
-- column starts_on    date     its first day
-- column opens_on     date     first of the days before it
-- column closes_on    date     last of these
-- column held         integer  activities in these days, of the units concerned that reported all of them
-- column expected     double   activities that these units would have held there at the pace of their other days of the year
-- column ratio        double   held ÷ expected
-- column low95        double   lower 95 % limit of the ratio, from how the units differ, at least as wide as counting allows
-- column high95       double   upper 95 % limit of the ratio
-- column units        integer  units counted
-- column at_year_end  integer  1 where the days before reach into the last six weeks of the year, whose rush cannot be told apart, else 0
-- column above        integer  1 where the lower limit is above 1 and nothing at_year_end, else 0
with inspections as (
    select starts_on, name, units, year(starts_on) as year
    from marts.events
    where event = 'inspection' and starts_on between $start and $until
),

-- Other inspections of the year, beyond the span too: the days before them are no base.
every_inspection as (
    select starts_on, units from marts.events where event = 'inspection'
),

reported as (
    select unit, month
    from marts.coverage
    where status <> 'missing'
        and year(month) in (select year from inspections)
        and unit in (select unnest($units))
),

before as (
    select value as days from marts.thresholds where name = 'before_inspection_days'
),

near as (
    select days.day, days.month, inspections.units
    from every_inspection as inspections
    join marts.days as days on date_diff('day', days.day, inspections.starts_on) between 0 and (select days from before)
),

nearby as (
    select distinct reported.unit, near.day
    from reported
    join near
        on near.month = reported.month
        and (near.units is null or strpos(near.units, '全') > 0 or strpos(near.units, reported.unit) > 0)
),

exposed as (
    select
        reported.unit,
        days.day,
        days.year,
        days.is_working,
        days.is_last_six_weeks,
        nearby.day is not null as is_before
    from reported
    join marts.days as days on days.month = reported.month
    left join nearby on nearby.unit = reported.unit and nearby.day = days.day
),

held as (
    select unit, day, sum(held) as held
    from marts.daily
    where unit in (select unnest($units))
        and type in (select unnest($types))
        and not is_anchored
    group by unit, day
),

base as (
    select
        exposed.unit,
        exposed.year,
        coalesce(sum(held.held), 0) / nullif(count(*) filter (where exposed.is_working), 0) as pace
    from exposed
    left join held on held.unit = exposed.unit and held.day = exposed.day
    where not exposed.is_before and not exposed.is_last_six_weeks
    group by exposed.unit, exposed.year
    having count(*) filter (where exposed.is_working) >= 60
),

windows as (
    select
        inspections.name,
        inspections.starts_on,
        exposed.unit,
        exposed.year,
        min(exposed.day)                                                     as opens_on,
        max(exposed.day)                                                     as closes_on,
        count(*)                                                             as days,
        count(*) filter (where exposed.is_working)                           as working,
        coalesce(sum(held.held), 0)                                          as held,
        count(*) filter (where exposed.is_last_six_weeks)                    as late
    from inspections
    join marts.days as days on date_diff('day', days.day, inspections.starts_on) between 1 and (select days from before)
    join exposed
        on exposed.day = days.day
        and (inspections.units is null or strpos(inspections.units, '全') > 0 or strpos(inspections.units, exposed.unit) > 0)
    left join held on held.unit = exposed.unit and held.day = exposed.day
    group by inspections.name, inspections.starts_on, exposed.unit, exposed.year
    having count(*) = (select days from before)
),

compared as (
    select windows.*, base.pace * windows.working as expected
    from windows
    join base on base.unit = windows.unit and base.year = windows.year
),

pooled as (
    select
        name,
        starts_on,
        min(opens_on)               as opens_on,
        max(closes_on)              as closes_on,
        sum(held)                   as held,
        sum(expected)               as expected,
        count(*)                    as units,
        case when max(late) > 0 then 1 else 0 end as at_year_end
    from compared
    group by name, starts_on
),

spread as (
    select
        pooled.name,
        pooled.starts_on,
        sum(pow(compared.held - compared.expected * pooled.held / nullif(pooled.expected, 0), 2))
            * count(*) / nullif(count(*) - 1, 0)      as squares
    from pooled
    join compared on compared.name = pooled.name and compared.starts_on = pooled.starts_on
    group by pooled.name, pooled.starts_on
),

limits as (
    select
        pooled.*,
        1.96 * sqrt(greatest(coalesce(spread.squares, 0), pooled.held, 1)) as width
    from pooled
    join spread on spread.name = pooled.name and spread.starts_on = pooled.starts_on
    where pooled.expected >= 5
)

select
    name,
    starts_on,
    opens_on,
    closes_on,
    held,
    expected,
    held / expected                                                         as ratio,
    greatest(0, held - width) / expected                                    as low95,
    (held + width) / expected                                               as high95,
    units,
    at_year_end,
    case when at_year_end = 0 and held - width > expected then 1 else 0 end    as above
from limits
order by starts_on, name
