-- What does a unit's period come to, measure by measure, and how much do its activities scatter?
--
-- param  start  date   first day counted
-- param  until  date   last day counted
-- param  units  names  the unit and what is below it
-- param  types  names  kinds of activity counted
--
-- column measure      text     pace, met, attended, linked or prompt
-- column numerator    integer  pace: activities; else those met, who came, linked, recorded in time
-- column denominator  integer  pace: unit-months handed in; else those due, expected, of its own subject, with a day of recording
-- column n            integer  activities, or periods due, behind it
-- column spread       double   attended: sum of squares of those who came less those to be expected at the unit's own rate; else empty
with monthly as (
    select
        sum(held)          as held,
        sum(counted)       as counted,
        sum(expected)      as expected,
        sum(attended)      as attended,
        sum(discretionary) as discretionary,
        sum(substantive)   as substantive,
        sum(dated)         as dated,
        sum(prompt)        as prompt
    from marts.monthly
    where month between $start and $until and unit in (select unnest($units)) and type in (select unnest($types))
),

scatter as (
    select sum((activities.attended - activities.expected * monthly.attended / monthly.expected) ** 2) as spread
    from marts.activities as activities
    cross join monthly
    where activities.held_on between $start and $until
        and activities.unit in (select unnest($units))
        and activities.type in (select unnest($types))
        and activities.expected > 0
        and activities.attended is not null
),

due as (
    select count(*) filter (where state = 'met') as met, count(*) as due
    from marts.due
    where ends_on between $start and $until
        and state in ('met', 'short')
        and unit in (select unnest($units))
        and type in (select unnest($types))
),

covered as (
    select count(*) as months
    from marts.coverage
    where month between $start and $until and status <> 'missing' and unit in (select unnest($units))
),

measured as (
    select 1 as place, 'pace' as measure, coalesce(monthly.held, 0) as numerator, covered.months as denominator,
        coalesce(monthly.held, 0) as n, cast(null as double) as spread
    from monthly
    cross join covered
    union all
    select 2, 'met', met, due, due, null from due
    union all
    select 3, 'attended', monthly.attended, monthly.expected, monthly.counted, scatter.spread from monthly cross join scatter
    union all
    select 4, 'linked', substantive, discretionary, discretionary, null from monthly
    union all
    select 5, 'prompt', prompt, dated, dated, null from monthly
)

select measure, numerator, denominator, n, spread
from measured
where denominator > 0
order by place
